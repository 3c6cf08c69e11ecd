"""The second schema step, as literal SQL: clusters, origins, article versions, what evidence is. Frozen once released."""

COLUMNS = """
ALTER TABLE claims ADD COLUMN cue TEXT NOT NULL DEFAULT '';
ALTER TABLE claims ADD COLUMN attribution TEXT NOT NULL DEFAULT '[]';
ALTER TABLE claims ADD COLUMN stated_values TEXT NOT NULL DEFAULT '[]';
ALTER TABLE claims ADD COLUMN inherited_from TEXT REFERENCES clusters (id);
ALTER TABLE claims ADD COLUMN anchor TEXT NOT NULL DEFAULT 'exact'
  CHECK (anchor IN ('exact', 'moved', 'fuzzy', 'orphan'));
ALTER TABLE mentions ADD COLUMN anchor TEXT NOT NULL DEFAULT 'exact'
  CHECK (anchor IN ('exact', 'moved', 'fuzzy', 'orphan'));
ALTER TABLE evidence ADD COLUMN anchor TEXT NOT NULL DEFAULT 'exact'
  CHECK (anchor IN ('exact', 'moved', 'fuzzy', 'orphan'));
ALTER TABLE evidence ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN published_at TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN replaces TEXT REFERENCES articles (id);
ALTER TABLE analyses ADD COLUMN resources_version TEXT NOT NULL DEFAULT '';
CREATE INDEX claims_inherited ON claims (inherited_from) WHERE inherited_from IS NOT NULL;
"""

TABLES = """
CREATE TABLE clusters (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  normalised TEXT NOT NULL DEFAULT '',
  lead TEXT NOT NULL REFERENCES claims (id),
  verdict TEXT CHECK (verdict IN ('verified', 'disputed', 'unverified')),
  reason TEXT CHECK (reason IS NULL
    OR verdict = 'verified' AND reason IN ('clear', 'with caveat')
    OR verdict = 'disputed' AND reason IN ('contradicted by evidence', 'sources conflict', 'missing context')
    OR verdict = 'unverified' AND reason IN ('not enough evidence', 'not checkable')),
  note TEXT NOT NULL DEFAULT '',
  confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
  decided_by TEXT REFERENCES reviewers (id),
  decided_at TEXT CHECK ((decided_at IS NULL) = (verdict IS NULL)),
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  CHECK ((reason IS NULL) OR (verdict IS NOT NULL))
) STRICT;
CREATE INDEX clusters_by_case ON clusters (case_id);
CREATE INDEX clusters_by_lead ON clusters (lead);

CREATE TABLE cluster_claims (
  id TEXT PRIMARY KEY,
  cluster_id TEXT NOT NULL REFERENCES clusters (id),
  claim_id TEXT NOT NULL REFERENCES claims (id),
  relation TEXT NOT NULL CHECK (relation IN ('same', 'differs', 'conflicts')),
  status TEXT NOT NULL CHECK (status IN ('suggested', 'accepted', 'refused')),
  score REAL NOT NULL DEFAULT 1 CHECK (score BETWEEN 0 AND 1),
  reason TEXT NOT NULL DEFAULT '',
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  UNIQUE (cluster_id, claim_id)
) STRICT;
CREATE INDEX cluster_claims_by_claim ON cluster_claims (claim_id, status);

CREATE TABLE absences (
  id TEXT PRIMARY KEY,
  cluster_id TEXT NOT NULL REFERENCES clusters (id),
  article_id TEXT NOT NULL REFERENCES articles (id),
  made_by TEXT NOT NULL REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  UNIQUE (cluster_id, article_id)
) STRICT;

CREATE TABLE origins (
  case_id TEXT NOT NULL REFERENCES cases (id),
  article_id TEXT NOT NULL REFERENCES articles (id),
  origin TEXT NOT NULL,
  share REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  PRIMARY KEY (case_id, article_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL DEFAULT '',
  size INTEGER NOT NULL CHECK (size >= 0),
  zlib BLOB NOT NULL,
  added_by TEXT REFERENCES reviewers (id),
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE analysis_runs (
  id TEXT PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES articles (id),
  model_name TEXT NOT NULL,
  model_version TEXT NOT NULL,
  spacy_version TEXT NOT NULL,
  factdesk_version TEXT NOT NULL,
  resources_version TEXT NOT NULL,
  at TEXT NOT NULL,
  changed TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX analysis_runs_by_article ON analysis_runs (article_id, at);
"""
