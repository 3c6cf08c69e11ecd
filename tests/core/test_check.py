"""Checking a project finds what is wrong with it."""

import sqlite3
from contextlib import closing

import pytest

from factdesk.model.claims import Relation, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.spans import Span
from factdesk.ops.claims import mark_claim
from factdesk.ops.clusters import link_claims, mark_cluster
from factdesk.ops.evidence import add_passage
from factdesk.project import Project
from factdesk.store.check import check_project

DAMAGE = {
    "text": ("UPDATE articles SET text = replace(text, 'bridge', 'brigde')", "text of article"),
    "original": ("UPDATE originals SET zlib = x'00' WHERE rowid = 1", "original bytes"),
    "no original": ("DELETE FROM originals WHERE rowid = 1", "original bytes"),
    "claim": ("UPDATE claims SET start = start + 1, \"end\" = \"end\" + 1 WHERE number = 1", "quote of claim"),
    "mention": ("UPDATE mentions SET quote = 'Prague!' WHERE quote = 'Ostrava'", "quote of mention"),
    "evidence": ("UPDATE evidence SET quote = 'Prague!'", "quote of evidence"),
    "verdict": ("UPDATE claims SET verdict = 'verified' WHERE verdict = 'disputed'", "verdict of claim"),
    "note": ("UPDATE claims SET note = 'x' WHERE number = 2", "verdict of claim"),
    "status": ("UPDATE claims SET status = 'refused' WHERE verdict = 'disputed'", "verdict of claim"),
    "counts": ("UPDATE claims SET conflicts = 7 WHERE number = 3", "numbers of links"),
    "lead": ("UPDATE clusters SET lead = (SELECT id FROM claims WHERE number = 3)", "is led by a claim that is not in it"),
    "two clusters": (
        """INSERT INTO clusters (id, case_id, lead, made_at) SELECT 'k2', case_id, lead, made_at FROM clusters;
           INSERT INTO cluster_claims (id, cluster_id, claim_id, relation, status, made_at)
           SELECT 'p2', 'k2', lead, 'same', 'suggested', made_at FROM clusters WHERE id = 'k2'""",
        "is in 2 clusters of one case",
    ),
    "inherited": ("UPDATE clusters SET confidence = 3", "does not have the verdict of cluster"),
    "not passed on": (
        """UPDATE claims SET verdict = NULL, decided_by = NULL, decided_at = NULL, inherited_from = NULL
           WHERE inherited_from IS NOT NULL""",
        "did not reach claim",
    ),
    "absence": (
        """INSERT INTO absences SELECT 'b', m.cluster_id, c.article_id, m.made_by, m.made_at FROM cluster_claims m
           JOIN claims c ON c.id = m.claim_id LIMIT 1""",
        "which it is said not to mention",
    ),
    "attachment": (
        f"INSERT INTO attachments VALUES ('{'0' * 64}', 'a.pdf', '', 1, x'00', NULL, 't')",
        "attached file “a.pdf” is changed",
    ),
    "lost entry": (
        """INSERT INTO claims_fts (claims_fts, rowid, quote, normalised, claimant)
           SELECT 'delete', number, quote, normalised, claimant FROM claims WHERE number = 2""",
        "out of step with row 2 of claims",
    ),
    "stale entry": (
        "INSERT INTO articles_fts (rowid, text) VALUES (99, 'nothing')",
        "an entry 99 that articles has not",
    ),
    "dangling": ("PRAGMA foreign_keys = OFF; UPDATE evidence SET claim_id = 'gone'", "refers to something"),
}  # fmt: skip


@pytest.fixture
def closed(bench):
    """A project with a decision and evidence, closed."""
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    bench.run(link_claims, bench.case, bench.claims()[1].id, bench.claims(bench.again)[2].id, Relation.SAME)
    bench.run(mark_cluster, bench.case, bench.claims()[1].id, Verdict.UNVERIFIED)
    bench.run(add_passage, claim, bench.again, Span(0, 7), Stance.REFUTES)
    bench.close()
    return bench.path


def problems(path):
    with Project.open(path, read_only=True) as project, project.reader() as reader:
        return check_project(reader)


def test_sound_project_has_no_problems(closed):
    assert problems(closed) == []


@pytest.mark.parametrize(("sql", "words"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found_and_named(closed, sql, words):
    with closing(sqlite3.connect(closed)) as connection:
        connection.executescript(sql)
        connection.commit()
    found = problems(closed)
    assert any(words in problem for problem in found), found


def test_many_problems_are_counted(closed):
    with closing(sqlite3.connect(closed)) as connection:
        connection.executescript(
            "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 150) "
            "INSERT INTO claims_fts (rowid, quote) SELECT i, 'x' FROM n"
        )
    found = problems(closed)
    assert len(found) == 21
    assert found[-1] == "… and 31 more of this sort"


def test_broken_pages_are_found(closed):
    data = bytearray(closed.read_bytes())
    size = 4096
    with closing(sqlite3.connect(closed)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'row_changes'").fetchone()[0]
    data[(root - 1) * size : root * size] = b"\xff" * size
    closed.write_bytes(data)
    assert problems(closed)[0].startswith("The file is damaged")
