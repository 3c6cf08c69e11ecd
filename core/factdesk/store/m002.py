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
CREATE INDEX articles_replaced ON articles (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX claims_carried ON claims (article_id) WHERE anchor <> 'exact';
CREATE INDEX mentions_carried ON mentions (article_id) WHERE anchor <> 'exact';
CREATE INDEX evidence_carried ON evidence (article_id) WHERE anchor <> 'exact';
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
) STRICT;

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

VIEWS = """
DROP VIEW claims_with_verdicts;
CREATE VIEW claims_with_verdicts AS
SELECT c.id AS claim_id,
       (SELECT group_concat(k.name, '; ') FROM case_articles ca JOIN cases k ON k.id = ca.case_id
        WHERE ca.article_id = c.article_id) AS cases,
       a.publisher, a.title AS article, a.published_at, c.article_id, c.start, c."end", c.quote, c.normalised, c.kind,
       c.score, c.claimant, c.status, c.verdict, c.reason, c.note, c.confidence, d.name AS decided_by, c.decided_at,
       coalesce(m.name, 'machine') AS made_by, c.made_at, c.model, c.linked, c.conflicts, c.evidence_count,
       c.inherited_from, c.anchor
FROM claims c JOIN articles a ON a.id = c.article_id
LEFT JOIN reviewers d ON d.id = c.decided_by LEFT JOIN reviewers m ON m.id = c.made_by;

CREATE VIEW clusters_board AS
SELECT k.id AS cluster_id, s.name AS "case", coalesce(nullif(k.normalised, ''), l.quote) AS claim, k.verdict, k.reason,
       k.note, k.confidence, d.name AS decided_by, k.decided_at, a.publisher, a.title AS article, a.published_at,
       m.relation, m.status, m.claim_id = k.lead AS is_lead, c.quote, c.claimant, c.verdict AS claim_verdict,
       c.inherited_from IS NULL AND c.verdict IS NOT NULL AS is_own_verdict, o.origin, m.claim_id, c.article_id,
       m.score, m.reason AS why, coalesce(r.name, 'machine') AS made_by
FROM clusters k JOIN cases s ON s.id = k.case_id JOIN claims l ON l.id = k.lead
JOIN cluster_claims m ON m.cluster_id = k.id AND m.status <> 'refused'
JOIN claims c ON c.id = m.claim_id JOIN articles a ON a.id = c.article_id
LEFT JOIN origins o ON o.case_id = k.case_id AND o.article_id = c.article_id
LEFT JOIN reviewers d ON d.id = k.decided_by LEFT JOIN reviewers r ON r.id = m.made_by;
"""
