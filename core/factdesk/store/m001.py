"""The first schema, as literal SQL. Frozen once released: later changes are steps of their own."""

TABLES = """
CREATE TABLE reviewers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (trim(name) <> ''),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  reviewer_id TEXT NOT NULL REFERENCES reviewers (id),
  started_at TEXT NOT NULL,
  ended_at TEXT,
  interrupted INTEGER NOT NULL DEFAULT 0 CHECK (interrupted IN (0, 1)),
  process_id INTEGER NOT NULL,
  tool_version TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE places (
  reviewer_id TEXT PRIMARY KEY REFERENCES reviewers (id),
  place TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  created_at TEXT NOT NULL,
  made_by TEXT REFERENCES reviewers (id)
) STRICT;

CREATE TABLE articles (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT '',
  publisher TEXT NOT NULL DEFAULT '',
  byline TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  published_at TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  length INTEGER NOT NULL CHECK (length > 0),
  text_sha256 TEXT NOT NULL,
  original_sha256 TEXT NOT NULL,
  original_size INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  source_name TEXT NOT NULL DEFAULT '',
  media_type TEXT NOT NULL,
  captured_at TEXT NOT NULL DEFAULT '',
  imported_at TEXT NOT NULL,
  imported_by TEXT REFERENCES reviewers (id),
  text TEXT NOT NULL CHECK (length(text) = length)
) STRICT;

CREATE TABLE originals (
  article_id TEXT PRIMARY KEY REFERENCES articles (id),
  zlib BLOB NOT NULL
) STRICT;

CREATE TABLE case_articles (
  case_id TEXT NOT NULL REFERENCES cases (id),
  article_id TEXT NOT NULL REFERENCES articles (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (case_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_articles_in_order ON case_articles (case_id, position, article_id);
CREATE INDEX case_articles_by_article ON case_articles (article_id);

CREATE TABLE analyses (
  article_id TEXT PRIMARY KEY REFERENCES articles (id),
  model_name TEXT NOT NULL,
  model_version TEXT NOT NULL,
  spacy_version TEXT NOT NULL,
  factdesk_version TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  analysed_at TEXT NOT NULL,
  sentences TEXT NOT NULL
) STRICT;

CREATE TABLE claims (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL REFERENCES articles (id),
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  quote TEXT NOT NULL CHECK (length(quote) = "end" - start),
  kind TEXT NOT NULL
    CHECK (kind IN ('event', 'quantity', 'quotation', 'position', 'prediction', 'opinion', 'background')),
  score REAL CHECK (score BETWEEN 0 AND 1),
  claimant TEXT NOT NULL DEFAULT '',
  claimant_start INTEGER,
  claimant_end INTEGER,
  content_start INTEGER,
  content_end INTEGER,
  normalised TEXT NOT NULL DEFAULT '',
  features TEXT NOT NULL DEFAULT '[]',
  status TEXT NOT NULL CHECK (status IN ('suggested', 'accepted', 'refused')),
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  model TEXT NOT NULL DEFAULT '',
  repeat_of TEXT,
  verdict TEXT CHECK (verdict IN ('verified', 'disputed', 'unverified')),
  reason TEXT CHECK (reason IS NULL
    OR verdict = 'verified' AND reason IN ('clear', 'with caveat')
    OR verdict = 'disputed' AND reason IN ('contradicted by evidence', 'sources conflict', 'missing context')
    OR verdict = 'unverified' AND reason IN ('not enough evidence', 'not checkable')),
  note TEXT NOT NULL DEFAULT '',
  confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
  decided_by TEXT REFERENCES reviewers (id),
  decided_at TEXT CHECK ((decided_at IS NULL) = (verdict IS NULL)),
  linked INTEGER NOT NULL DEFAULT 0,
  conflicts INTEGER NOT NULL DEFAULT 0,
  evidence_count INTEGER NOT NULL DEFAULT 0,
  CHECK ((reason IS NULL) OR (verdict IS NOT NULL)),
  CHECK ((claimant_start IS NULL) = (claimant_end IS NULL)),
  CHECK ((content_start IS NULL) = (content_end IS NULL))
) STRICT;
CREATE INDEX claims_queue
  ON claims (article_id, start, "end", status, verdict, conflicts, score, decided_at, kind);

CREATE TABLE entities (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  label TEXT NOT NULL,
  merged_into TEXT REFERENCES entities (id),
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL
) STRICT;
CREATE INDEX entities_merged ON entities (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE mentions (
  id TEXT PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES articles (id),
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  quote TEXT NOT NULL CHECK (length(quote) = "end" - start),
  label TEXT NOT NULL CHECK (label <> ''),
  entity_id TEXT REFERENCES entities (id),
  status TEXT NOT NULL CHECK (status IN ('suggested', 'accepted', 'refused')),
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  model TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mentions_in_order ON mentions (article_id, start, "end", status, entity_id);
CREATE INDEX mentions_by_entity ON mentions (entity_id, quote, article_id, status, start, "end");

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  claim_id TEXT NOT NULL REFERENCES claims (id),
  kind TEXT NOT NULL CHECK (kind IN ('passage', 'url', 'file', 'note')),
  stance TEXT NOT NULL CHECK (stance IN ('supports', 'refutes', 'context')),
  quote TEXT NOT NULL DEFAULT '',
  article_id TEXT REFERENCES articles (id),
  start INTEGER,
  "end" INTEGER,
  url TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  captured_at TEXT NOT NULL DEFAULT '',
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  CHECK (kind <> 'passage'
    OR article_id IS NOT NULL AND start >= 0 AND "end" > start AND length(quote) = "end" - start),
  CHECK (kind = 'passage' OR article_id IS NULL AND start IS NULL AND "end" IS NULL)
) STRICT;
CREATE INDEX evidence_by_claim ON evidence (claim_id);
CREATE INDEX evidence_by_article ON evidence (article_id, start) WHERE article_id IS NOT NULL;

CREATE TABLE links (
  id TEXT PRIMARY KEY,
  claim_a TEXT NOT NULL REFERENCES claims (id),
  claim_b TEXT NOT NULL REFERENCES claims (id),
  relation TEXT NOT NULL CHECK (relation IN ('same', 'differs', 'conflicts')),
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  reason TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('suggested', 'accepted', 'refused')),
  made_by TEXT REFERENCES reviewers (id),
  made_at TEXT NOT NULL,
  CHECK (claim_a <> claim_b)
) STRICT;
CREATE INDEX links_by_a ON links (claim_a, status, relation);
CREATE INDEX links_by_b ON links (claim_b, status, relation);

CREATE TABLE operations (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('do', 'undo', 'redo', 'machine')),
  target INTEGER REFERENCES operations (seq),
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
  merge_key TEXT NOT NULL DEFAULT '',
  session_id TEXT NOT NULL REFERENCES sessions (id),
  reviewer_id TEXT NOT NULL REFERENCES reviewers (id),
  at TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  CHECK ((target IS NOT NULL) = (cause IN ('undo', 'redo')))
) STRICT;
CREATE INDEX operations_by_state ON operations (cause, state, seq);

CREATE TABLE row_changes (
  operation INTEGER NOT NULL REFERENCES operations (seq),
  n INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (operation, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_changes_by_row ON row_changes (table_name, row_id);

CREATE TABLE decisions (
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
  operation INTEGER REFERENCES operations (seq),
  reviewer_id TEXT NOT NULL REFERENCES reviewers (id),
  session_id TEXT NOT NULL REFERENCES sessions (id),
  decided_at TEXT NOT NULL,
  tool_version TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_claim ON decisions (claim_id, number);
"""

_RECOUNT_LINKS = """
  UPDATE claims SET (linked, conflicts) =
    (SELECT count(*), coalesce(sum(relation = 'conflicts'), 0)
     FROM (SELECT relation FROM links WHERE claim_a = claims.id AND status <> 'refused'
           UNION ALL SELECT relation FROM links WHERE claim_b = claims.id AND status <> 'refused'))
  WHERE id IN ({ids});
"""

_RECOUNT_EVIDENCE = """
  UPDATE claims SET evidence_count = (SELECT count(*) FROM evidence WHERE claim_id = claims.id) WHERE id IN ({ids});
"""

TRIGGERS = f"""
CREATE TRIGGER links_added AFTER INSERT ON links BEGIN {_RECOUNT_LINKS.format(ids="new.claim_a, new.claim_b")} END;
CREATE TRIGGER links_removed AFTER DELETE ON links BEGIN {_RECOUNT_LINKS.format(ids="old.claim_a, old.claim_b")} END;
CREATE TRIGGER links_changed AFTER UPDATE OF relation, status ON links BEGIN
{_RECOUNT_LINKS.format(ids="new.claim_a, new.claim_b")} END;
CREATE TRIGGER evidence_added AFTER INSERT ON evidence BEGIN {_RECOUNT_EVIDENCE.format(ids="new.claim_id")} END;
CREATE TRIGGER evidence_removed AFTER DELETE ON evidence BEGIN {_RECOUNT_EVIDENCE.format(ids="old.claim_id")} END;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions are only ever added');
END;
CREATE TRIGGER decisions_kept BEFORE DELETE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions are only ever added');
END;
"""

# enable_fts writes its index anew on every update of a row. A decision must not: these replace its update triggers.
FTS_UPDATES = """
DROP TRIGGER claims_au;
CREATE TRIGGER claims_au AFTER UPDATE OF quote, normalised, claimant ON claims BEGIN
  INSERT INTO claims_fts (claims_fts, rowid, quote, normalised, claimant)
    VALUES ('delete', old.number, old.quote, old.normalised, old.claimant);
  INSERT INTO claims_fts (rowid, quote, normalised, claimant)
    VALUES (new.number, new.quote, new.normalised, new.claimant);
END;
DROP TRIGGER articles_au;
CREATE TRIGGER articles_au AFTER UPDATE OF text ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, text) VALUES ('delete', old.number, old.text);
  INSERT INTO articles_fts (rowid, text) VALUES (new.number, new.text);
END;
"""

VIEWS = """
CREATE VIEW claims_with_verdicts AS
SELECT c.id AS claim_id,
       (SELECT group_concat(k.name, '; ') FROM case_articles ca JOIN cases k ON k.id = ca.case_id
        WHERE ca.article_id = c.article_id) AS cases,
       a.publisher, a.title AS article, a.published_at, c.article_id, c.start, c."end", c.quote, c.normalised, c.kind,
       c.score, c.claimant, c.status, c.verdict, c.reason, c.note, c.confidence, d.name AS decided_by, c.decided_at,
       coalesce(m.name, 'machine') AS made_by, c.made_at, c.model, c.linked, c.conflicts, c.evidence_count
FROM claims c JOIN articles a ON a.id = c.article_id
LEFT JOIN reviewers d ON d.id = c.decided_by LEFT JOIN reviewers m ON m.id = c.made_by;

CREATE VIEW decision_history AS
SELECT d.decided_at, r.name AS reviewer, d.cause, d.title, d.status, d.verdict, d.reason, d.note, d.confidence,
       d.claim_id, c.quote, a.publisher, a.title AS article, d.session_id, d.tool_version, d.id AS decision_id
FROM decisions d JOIN reviewers r ON r.id = d.reviewer_id
LEFT JOIN claims c ON c.id = d.claim_id LEFT JOIN articles a ON a.id = c.article_id
WHERE d.operation IS NULL
   OR NOT EXISTS (SELECT 1 FROM decisions x
                  WHERE x.claim_id = d.claim_id AND x.operation = d.operation AND x.number > d.number)
ORDER BY d.number;

CREATE VIEW articles_overview AS
SELECT a.id AS article_id,
       (SELECT group_concat(k.name, '; ') FROM case_articles ca JOIN cases k ON k.id = ca.case_id
        WHERE ca.article_id = a.id) AS cases,
       a.publisher, a.title, a.byline, a.published_at, a.url, a.language, a.length, a.source_name, a.encoding,
       a.captured_at, a.imported_at, r.name AS imported_by, n.analysed_at,
       n.model_name || ' ' || n.model_version AS model,
       (SELECT count(*) FROM claims c WHERE c.article_id = a.id AND c.status <> 'refused') AS claims,
       (SELECT count(*) FROM claims c WHERE c.article_id = a.id AND c.status <> 'refused'
          AND c.verdict IS NOT NULL) AS decided,
       (SELECT count(*) FROM mentions m WHERE m.article_id = a.id AND m.status <> 'refused') AS mentions,
       a.text_sha256, a.original_sha256
FROM articles a LEFT JOIN analyses n ON n.article_id = a.id LEFT JOIN reviewers r ON r.id = a.imported_by;

CREATE VIEW mentions_with_entities AS
SELECT m.id AS mention_id, a.publisher, a.title AS article, m.article_id, m.start, m."end", m.quote, m.label,
       e.name AS entity, m.entity_id, m.status, coalesce(r.name, 'machine') AS made_by, m.made_at, m.model
FROM mentions m JOIN articles a ON a.id = m.article_id
LEFT JOIN entities e ON e.id = m.entity_id LEFT JOIN reviewers r ON r.id = m.made_by;

CREATE VIEW evidence_with_claims AS
SELECT v.id AS evidence_id, v.stance, v.kind, v.quote, v.url, v.note, s.publisher AS source_publisher,
       s.title AS source_article, v.article_id AS source_article_id, v.start, v."end", v.captured_at,
       r.name AS made_by, v.made_at, v.claim_id, c.quote AS claim, c.verdict, a.publisher, a.title AS article
FROM evidence v JOIN claims c ON c.id = v.claim_id JOIN articles a ON a.id = c.article_id
LEFT JOIN articles s ON s.id = v.article_id LEFT JOIN reviewers r ON r.id = v.made_by;

CREATE VIEW links_with_quotes AS
SELECT l.id AS link_id, l.relation, l.status, l.score, l.reason, a.quote AS quote_a, aa.publisher AS publisher_a,
       b.quote AS quote_b, ab.publisher AS publisher_b, l.claim_a, l.claim_b,
       coalesce(r.name, 'machine') AS made_by, l.made_at
FROM links l JOIN claims a ON a.id = l.claim_a JOIN articles aa ON aa.id = a.article_id
JOIN claims b ON b.id = l.claim_b JOIN articles ab ON ab.id = b.article_id LEFT JOIN reviewers r ON r.id = l.made_by;

CREATE VIEW activity AS
SELECT o.at, r.name AS reviewer, o.title, o.cause, o.state,
       (SELECT count(*) FROM row_changes x WHERE x.operation = o.seq) AS changed_rows, o.target, o.seq,
       o.session_id, o.tool_version
FROM operations o JOIN reviewers r ON r.id = o.reviewer_id
ORDER BY o.seq;
"""
