"""The third schema step, as literal SQL: what other reviewers decided in copies of this project. Frozen once released."""

COLUMNS = """
ALTER TABLE reviewers ADD COLUMN colour TEXT NOT NULL DEFAULT '';
"""

TABLES = """
CREATE TABLE handovers (
  id TEXT PRIMARY KEY,
  reviewer TEXT NOT NULL,
  file_name TEXT NOT NULL,
  claims INTEGER NOT NULL,
  made_by TEXT NOT NULL REFERENCES reviewers (id),
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE merges (
  id TEXT PRIMARY KEY,
  file_name TEXT NOT NULL,
  reviewers TEXT NOT NULL,
  report TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES reviewers (id),
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE opinions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  claim_id TEXT NOT NULL,
  status TEXT CHECK (status IN ('suggested', 'accepted', 'refused')),
  verdict TEXT CHECK (verdict IN ('verified', 'disputed', 'unverified')),
  reason TEXT,
  note TEXT NOT NULL DEFAULT '',
  confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
  cause TEXT NOT NULL CHECK (cause IN ('do', 'undo', 'redo')),
  title TEXT NOT NULL,
  reviewer_id TEXT NOT NULL REFERENCES reviewers (id),
  session_id TEXT NOT NULL REFERENCES sessions (id),
  decided_at TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  place INTEGER NOT NULL
) STRICT;
CREATE INDEX opinions_by_claim ON opinions (claim_id, session_id, place);

CREATE TABLE adjudications (
  id TEXT PRIMARY KEY,
  claim_id TEXT NOT NULL UNIQUE REFERENCES claims (id),
  chosen TEXT REFERENCES reviewers (id),
  made_by TEXT NOT NULL REFERENCES reviewers (id),
  made_at TEXT NOT NULL
) STRICT;
"""

TRIGGERS = """
CREATE TRIGGER opinions_stay BEFORE UPDATE ON opinions BEGIN
  SELECT RAISE(ABORT, 'opinions are only ever added');
END;
CREATE TRIGGER opinions_kept BEFORE DELETE ON opinions BEGIN
  SELECT RAISE(ABORT, 'opinions are only ever added');
END;
"""
