"""Project files as earlier releases, or somebody with other tools, wrote them."""

import hashlib
import sqlite3
import zlib
from contextlib import closing

from factdesk.store import migrations, version

FIRST = """
INSERT INTO reviewers VALUES ('r1', 'Ada', 't0');
INSERT INTO sessions VALUES ('s1', 'r1', 't0', 't9', 0, 1, '0.1.0');
INSERT INTO cases VALUES ('k1', 'The bridge', 't0', NULL);
INSERT INTO articles (id, title, length, text_sha256, original_sha256, original_size, encoding, media_type, imported_at,
  imported_by, text) VALUES ('a1', 'One', 7, '{0}', '{0}', 7, 'utf-8', 'text/plain', 't1', 'r1', 'It fell'),
  ('a2', 'Two', 8, '{1}', '{1}', 8, 'utf-8', 'text/plain', 't1', 'r1', 'It stood');
INSERT INTO case_articles VALUES ('k1', 'a1', 1024), ('k1', 'a2', 2048);
INSERT INTO claims (id, article_id, start, "end", quote, kind, score, status, made_at, verdict, decided_by, decided_at)
  VALUES ('c1', 'a1', 0, 7, 'It fell', 'event', 0.5, 'accepted', 't1', 'disputed', 'r1', 't2'),
  ('c2', 'a2', 0, 8, 'It stood', 'event', 0.5, 'suggested', 't1', NULL, NULL, NULL);
INSERT INTO links VALUES ('l1', 'c1', 'c2', 'conflicts', 0.8, 'fell / stood', 'suggested', NULL, 't1');
INSERT INTO entities VALUES ('e1', 'It', 'ORG', NULL, NULL, 't1');
INSERT INTO mentions VALUES ('m1', 'a1', 0, 2, 'It', 'ORG', 'e1', 'suggested', NULL, 't1', 'x');
INSERT INTO evidence (id, claim_id, kind, stance, quote, article_id, start, "end", made_at)
  VALUES ('v1', 'c1', 'passage', 'refutes', 'It stood', 'a2', 0, 8, 't3');
INSERT INTO analyses VALUES ('a1', 'x', '1', '3', '0.1', 'en', 't1', '[]');
INSERT INTO settings VALUES ('model', '"x"');
INSERT INTO operations VALUES (1, 'o1', 'claims.mark_claim', 'Mark disputed: It fell', 'do', NULL, 'done', '', 's1',
  'r1', 't2', '0.1.0');
INSERT INTO row_changes VALUES (1, 0, 'claims', 'c1', '{{"status":"suggested","verdict":null,"decided_by":null,
  "decided_at":null}}', '{{"status":"accepted","verdict":"disputed","decided_by":"r1","decided_at":"t2"}}');
INSERT INTO decisions VALUES (1, 'd1', 'c1', 'accepted', 'disputed', NULL, '', NULL, 'do', 'Mark disputed', 1, 'r1', 's1',
  't2', '0.1.0');
"""


def first_release_file(path):
    """A project of schema 1.0 with data that no later step of the schema has touched."""
    texts = [b"It fell", b"It stood"]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        only_first = migrations.Migrations("factdesk")
        only_first(name="m001_first_schema")(migrations.m001_first_schema)
        connection.execute(f"PRAGMA application_id = {version.APPLICATION_ID}")
        only_first.apply(migrations.Database(connection))
        connection.executescript(FIRST.format(*(hashlib.sha256(text).hexdigest() for text in texts)))
        for article, text in zip(("a1", "a2"), texts, strict=True):
            connection.execute("INSERT INTO originals VALUES (?, ?)", (article, zlib.compress(text)))
    return path


STEPS = ("m001_first_schema", "m002_across_sources", "m003_other_reviewers", "m004_steps_of_opinions")


def file_of_schema(path, count):
    """The same project as it was after so many steps of the schema."""
    first_release_file(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        steps = migrations.Migrations("factdesk")
        for name in STEPS[:count]:
            steps(name=name)(getattr(migrations, name))
        steps.apply(migrations.Database(connection))
    return path


def tamper(path, *statements):
    """Changes a project by SQL, past the program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
