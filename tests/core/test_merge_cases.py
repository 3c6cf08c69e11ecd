"""Merging when something is not as it was: the case moved on, the copy is older, damaged, or of another project."""

import itertools
import sqlite3
from contextlib import closing

import pytest

from builders import Bench, new_article
from factdesk.exchange.attachments import attachment_of
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.claims import add_claim, mark_claim, refuse_claims
from factdesk.ops.clusters import link_claims, mark_cluster, unlink_claim
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.history import undo
from factdesk.ops.versions import replace_article
from factdesk.project import Project
from factdesk.store.articles import list_articles
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.disagreements import takeable
from factdesk.store.opinions import opinions_about
from factdesk.store.queue import QueueFilter, QueueOrder, queue_ids
from merge_play import rows_by_table
from old_files import first_release_file


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "bridge.factdesk")
    yield made
    made.close()


def copy_for(bench, tmp_path, name):
    return hand_over(bench.project, tmp_path / f"{name}.factdesk", name)


def worked(path, reviewer, work):
    """What a reviewer does in a copy."""
    with Project.open(path, reviewer=reviewer) as project:
        work(project)
    return path


def opinions(bench, claim_id):
    return [
        (opinion.reviewer, opinion.judgement.verdict, opinion.judgement.note)
        for opinion in opinions_about(bench.reader, [claim_id]).get(claim_id, [])
    ]


def test_the_case_may_change_while_a_copy_is_away(bench, tmp_path):
    first, second, _ = (claim.id for claim in bench.claims())
    other = bench.claims(bench.again)[0].id
    own = bench.run(add_claim, bench.report, Span(2, 15)).created
    bench.run(link_claims, bench.case, first, other, Relation.SAME)
    made = copy_for(bench, tmp_path, "Ben")
    newer = bench.run(
        replace_article, bench.case, bench.bridge, new_article(f"{bench.texts[bench.bridge]} It was old.")
    ).created  # claims that somebody worked on moved along
    bench.run(unlink_claim, bench.case, other)
    bench.run(refuse_claims, [own])

    def work(project):
        project.run(mark_cluster, bench.case, first, Verdict.VERIFIED)
        project.run(mark_claim, second, Verdict.DISPUTED)
        project.run(mark_claim, own, Verdict.DISPUTED)
        project.run(add_passage, second, bench.bridge, Span(4, 21), Stance.REFUTES)

    before = rows_by_table(bench.reader)
    merged = merge_file(bench.project, worked(made.path, "Ben", work))
    assert merged.report.problems == []
    assert check_project(bench.reader) == []
    after = rows_by_table(bench.reader)
    assert all(rows <= after[table] for table, rows in before.items())
    assert get_claim(bench.reader, first).article_id == newer
    for claim, verdict in ((first, Verdict.VERIFIED), (other, Verdict.VERIFIED), (own, Verdict.DISPUTED)):
        assert opinions(bench, claim) == [("Ben", verdict, "")], "they said so, wherever the claim is now"
    assert get_claim(bench.reader, own).status is Status.REFUSED
    assert set(takeable(bench.reader)) == {first, second, other}


def test_a_newer_version_of_an_article_stands_beside_the_one_that_is_here(bench, tmp_path):
    first = bench.claims()[0].id
    bench.run(mark_claim, first, Verdict.VERIFIED)
    made = copy_for(bench, tmp_path, "Ben")
    text = f"{bench.texts[bench.bridge]} It was old."
    worked(made.path, "Ben", lambda project: project.run(replace_article, bench.case, bench.bridge, new_article(text)))
    merged = merge_file(bench.project, made.path)
    assert "stands beside the one that is here" in merged.report.remarks[0]
    assert get_claim(bench.reader, first).article_id == bench.bridge
    assert len(list_articles(bench.reader, bench.case)) == 4
    assert check_project(bench.reader) == []


def test_a_claim_that_was_undone_here_comes_back_if_somebody_judged_it(bench, tmp_path):
    own = bench.run(add_claim, bench.report, Span(2, 15)).created
    made = copy_for(bench, tmp_path, "Ben")
    bench.run(undo)
    merge_file(bench.project, worked(made.path, "Ben", lambda project: project.run(mark_claim, own, Verdict.DISPUTED)))
    assert get_claim(bench.reader, own).made_by == "Ada"
    assert opinions(bench, own) == [("Ben", Verdict.DISPUTED, "")]
    assert check_project(bench.reader) == []


def test_what_its_maker_took_back_in_the_copy_does_not_come_in(bench, tmp_path):
    made = copy_for(bench, tmp_path, "Ben")

    def work(project):
        claim = project.run(add_claim, bench.bridge, Span(4, 21)).created
        project.run(add_source, claim, EvidenceKind.NOTE, Stance.SUPPORTS, note="a word")
        project.run(refuse_claims, [claim])
        project.run(add_claim, bench.bridge, Span(4, 22))
        project.run(undo)

    before = len(bench.claims())
    merged = merge_file(bench.project, worked(made.path, "Ben", work))
    assert (len(bench.claims()), merged.report.problems) == (before, [])


def test_a_file_of_another_project_with_the_same_articles_is_explained(bench, tmp_path):
    other = Bench(tmp_path / "other.factdesk", reviewer="Eve")
    claim = other.claims()[0].id
    other.run(mark_claim, claim, Verdict.DISPUTED)
    other.close()
    merged = merge_file(bench.project, other.path)
    assert "is no copy of this project, but of another one that has 3 of its 3 articles" in merged.report.remarks[0]
    assert opinions(bench, claim) == [("Eve", Verdict.DISPUTED, "")], "the same words in the same article"
    assert check_project(bench.reader) == []


def test_a_copy_of_an_older_factdesk_is_read_and_stays_as_it_is(tmp_path):
    home, copy = first_release_file(tmp_path / "home.factdesk"), first_release_file(tmp_path / "copy.factdesk")
    before = copy.read_bytes()
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO decisions SELECT 2, 'd2', 'c2', 'accepted', 'verified', NULL, '', NULL, 'do', 'Mark', NULL, "
            "reviewer_id, session_id, 't5', tool_version FROM decisions"
        )
    before = copy.read_bytes()
    with Project.open(home, reviewer="Ada") as project, project.reader() as reader:
        merged = merge_file(project, copy)
        assert merged.report.added == {"decision": 1}
        assert opinions_about(reader, ["c2"])["c2"][0].judgement.verdict is Verdict.VERIFIED
        assert check_project(reader) == []
    assert copy.read_bytes() == before
    assert not list(tmp_path.glob("copy.before*"))


def test_the_good_rows_of_a_damaged_copy_come_in_and_the_bad_ones_are_listed(bench, tmp_path):
    first, second, third = (claim.id for claim in bench.claims())
    other = bench.claims(bench.again)[0].id
    made = copy_for(bench, tmp_path, "Ben")
    ids = {}

    def work(project):
        project.run(mark_claim, first, Verdict.VERIFIED)
        ids["article"] = project.run(add_article, bench.case, new_article("Late news. It stands.")).created
        ids["late"] = project.run(add_claim, ids["article"], Span(0, 9)).created
        file = attachment_of(b"a scan", "scan.png")
        project.run(add_source, second, EvidenceKind.FILE, Stance.SUPPORTS, note="n", attachment=file)
        ids["bad"] = project.run(add_claim, bench.bridge, Span(4, 21)).created
        ids["good"] = project.run(add_claim, bench.bridge, Span(4, 10)).created
        ids["odd"] = project.run(add_claim, bench.bridge, Span(11, 18)).created
        project.run(mark_claim, third, Verdict.DISPUTED)
        project.run(mark_claim, other, Verdict.DISPUTED)

    worked(made.path, "Ben", work)
    with closing(sqlite3.connect(made.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("DROP TRIGGER decisions_stay")
        connection.execute("UPDATE articles SET text = 'Lost news. It stands.' WHERE id = ?", (ids["article"],))
        connection.execute("UPDATE attachments SET zlib = x'00'")
        connection.execute("UPDATE claims SET kind = 'rumour' WHERE id = ?", (ids["bad"],))
        connection.execute("UPDATE claims SET attribution = '[1]' WHERE id = ?", (ids["odd"],))
        connection.execute("UPDATE decisions SET verdict = 'perhaps' WHERE claim_id = ?", (third,))
        connection.execute("UPDATE decisions SET reason = 'because' WHERE claim_id = ?", (other,))
    merged = merge_file(bench.project, made.path)
    told = " / ".join(merged.report.problems)
    for words in (
        "its text is not the one",
        "“scan.png”: it is damaged",
        ids["late"],
        ids["bad"],
        ids["odd"],
        "does not belong there",
    ):
        assert words in told
    assert opinions(bench, first) == [("Ben", Verdict.VERIFIED, "")]
    assert get_claim(bench.reader, ids["good"]).made_by == "Ben"
    assert opinions(bench, third) == opinions(bench, other) == []
    assert check_project(bench.reader) == []
    assert ids["odd"] not in {claim.id for claim in bench.claims()}, "it would have spoiled the whole article"


def test_what_stands_around_a_page_that_cannot_be_read_comes_in(bench, tmp_path):
    made = copy_for(bench, tmp_path, "Ben")
    ids = [claim.id for claim in bench.claims()]

    def work(project):
        for number in range(30):
            for claim in ids:
                project.run(mark_claim, claim, list(Verdict)[number % 3], None, f"note {number} {'word ' * 20}")

    worked(made.path, "Ben", work)
    with closing(sqlite3.connect(made.path)) as connection:
        name = connection.execute("SELECT id FROM decisions WHERE number = 45").fetchone()[0].encode()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(made.path.read_bytes())
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    (number,) = (at for at, page in enumerate(pages) if name in page and b"note 14" in page)
    data[number * size : (number + 1) * size] = b"\xff" * size
    made.path.write_bytes(data)
    merged = merge_file(bench.project, made.path)
    assert "some of decisions: that part of the file is damaged" in merged.report.problems
    assert 60 < merged.report.added["decision"] < 90
    assert check_project(bench.reader) == []


def test_articles_of_two_files_that_have_one_place_are_read_one_after_the_other(bench, tmp_path):
    made = [copy_for(bench, tmp_path, name).path for name in ("Ben", "Cy")]
    for number, path in enumerate(made):

        def work(project, number=number):
            text = f"News {number}. It fell. It stands."
            article = project.run(add_article, bench.case, new_article(text)).created
            for span in (Span(0, 7), Span(8, 16), Span(17, 27)):
                project.run(add_claim, article, span)

        merge_file(bench.project, worked(path, path.stem, work))
    order = queue_ids(bench.reader, QueueFilter(bench.case), QueueOrder.TEXT_ORDER)
    articles = [bench.reader.value("SELECT article_id FROM claims WHERE number = ?", (number,)) for number in order]
    assert len(list(itertools.groupby(articles))) == 5
    assert check_project(bench.reader) == []


def test_a_part_comes_back_and_so_does_the_whole_later(bench, tmp_path):
    first, second, third = (claim.id for claim in bench.claims())
    part = hand_over(bench.project, tmp_path / "part.factdesk", "Ben", [second])
    assert part.claims == 1
    whole = copy_for(bench, tmp_path, "Ben")
    worked(part.path, "Ben", lambda project: project.run(mark_claim, second, Verdict.DISPUTED))
    worked(whole.path, "Ben", lambda project: project.run(mark_claim, third, Verdict.VERIFIED))
    for path in (whole.path, part.path):
        assert merge_file(bench.project, path).report.added == {"decision": 1}
    assert bench.reader.value("SELECT count(*) FROM claims") == 9
    assert [opinions(bench, claim) for claim in (first, second, third)] == [
        [],
        [("Ben", Verdict.DISPUTED, "")],
        [("Ben", Verdict.VERIFIED, "")],
    ]
    assert bench.reader.value("SELECT count(*) FROM reviewers") == 2
