"""A blind copy for a second reviewer, and the union when it comes back: any order, any number of times, nothing changed."""

import itertools
import shutil
import sqlite3
from contextlib import closing

import pytest

from builders import Bench, new_article
from factdesk.errors import DamagedError, FactdeskError
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Judgement, Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.adjudication import adjudicate
from factdesk.ops.articles import add_article
from factdesk.ops.claims import accept_claims, add_claim, mark_claim, refuse_claims, set_note
from factdesk.ops.clusters import confirm_absence, link_claims, mark_cluster
from factdesk.ops.evidence import add_source
from factdesk.ops.history import undo
from factdesk.ops.merge_report import summary
from factdesk.ops.merging import take_over
from factdesk.ops.people import set_colour
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article, get_claim, history_of
from factdesk.store.opinions import opinions_about

RARE = "Zanzibarium"


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "bridge.factdesk")
    yield made
    made.close()


def judged(bench):
    """A case in which Ada left something of every sort."""
    first, second, third, *_ = bench.claims()
    other = bench.claims(bench.again)[0]
    bench.run(link_claims, bench.case, first.id, other.id, Relation.SAME)
    bench.run(mark_cluster, bench.case, first.id, Verdict.DISPUTED, Reason.CONTRADICTED, RARE, 80)
    bench.run(mark_claim, second.id, Verdict.VERIFIED, None, RARE)
    bench.run(refuse_claims, [third.id])
    bench.run(add_source, first.id, EvidenceKind.URL, Stance.REFUTES, quote=RARE, url=f"https://example.org/{RARE}")
    bench.run(confirm_absence, bench.case, first.id, bench.report)
    return first, second, third, other


def copy_for(bench, tmp_path, name, claim_ids=()):
    return hand_over(bench.project, tmp_path / f"{name}.factdesk", name, claim_ids)


def worked(path, reviewer, work):
    """What a reviewer does in a copy."""
    with Project.open(path, reviewer=reviewer) as project:
        work(project)
        with project.reader() as reader:
            assert check_project(reader) == []
    return path


def opinions(bench, claim_id):
    return [
        (opinion.reviewer, opinion.judgement.verdict, opinion.judgement.note)
        for opinion in opinions_about(bench.reader, [claim_id]).get(claim_id, [])
    ]


def test_a_blind_copy_has_the_claims_and_nothing_of_what_was_decided(bench, tmp_path):
    judged(bench)
    made = copy_for(bench, tmp_path, "Ben")
    with Project.open(made.path) as project, project.reader() as reader:
        assert check_project(reader) == []
        claims = {claim.id: claim for claim in claims_of_article(reader, bench.bridge, include_refused=True)}
        assert set(claims) == {claim.id for claim in bench.claims()}
        for claim in claims.values():
            assert (claim.verdict, claim.judgement.note, claim.status) == (None, "", Status.SUGGESTED)
        for table in ("decisions", "operations", "evidence", "absences", "opinions"):
            assert reader.value(f"SELECT count(*) FROM {table}") == 0, table
        assert reader.value("SELECT value FROM settings WHERE name = 'handover'")
    assert RARE.encode() not in made.path.read_bytes(), "traces of a note are left in the file"
    assert (made.reviewer, made.claims) == ("Ben", 9)


def test_a_later_blind_copy_holds_nothing_of_reviewers_who_only_judged(bench, tmp_path):
    first, *_ = judged(bench)
    made = copy_for(bench, tmp_path, "Xanthippe")

    def work(project):
        project.run(mark_claim, first.id, Verdict.VERIFIED, None, "Quixotic")
        project.run(add_source, first.id, EvidenceKind.NOTE, Stance.SUPPORTS, note="Quixotic")

    merge_file(bench.project, worked(made.path, "Xanthippe", work))
    bench.run(adjudicate, bench.case, first.id, Judgement(Verdict.UNVERIFIED, note="Quixotic"), "Xanthippe")
    bench.run(set_colour, "Xanthippe", "teal")
    late = copy_for(bench, tmp_path, "Dee")
    for trace in (RARE, "Quixotic", "Xanthippe"):
        assert trace.encode() not in late.path.read_bytes()
    with Project.open(late.path) as project, project.reader() as reader:
        assert check_project(reader) == []
        assert {row[0] for row in reader.rows("SELECT name FROM reviewers")} <= {"Ada", "Dee"}
        assert opinions_about(reader, [first.id]) == {}
        assert history_of(reader, first.id) == []


def test_the_first_project_is_as_it_was_and_remembers_the_hand_over(bench, tmp_path):
    first, *_ = judged(bench)
    copy_for(bench, tmp_path, "Ben")
    assert get_claim(bench.reader, first.id).verdict is Verdict.DISPUTED
    row = bench.reader.one("SELECT reviewer, file_name, claims FROM handovers")
    assert tuple(row) == ("Ben", "Ben.factdesk", 9)
    assert check_project(bench.reader) == []


def test_a_part_can_be_handed_over(bench, tmp_path):
    _, second, *_ = judged(bench)
    made = copy_for(bench, tmp_path, "Ben", [second.id])
    with Project.open(made.path) as project, project.reader() as reader:
        assert check_project(reader) == []
        assert [row[0] for row in reader.rows("SELECT id FROM claims")] == [second.id]
    with pytest.raises(FactdeskError, match="None of these claims"):
        copy_for(bench, tmp_path, "Cy", ["c0"])
    with pytest.raises(FactdeskError, match="already a file"):
        copy_for(bench, tmp_path, "Ben")


def test_what_comes_back_is_an_opinion_and_changes_no_claim(bench, tmp_path):
    first, second, third, _ = judged(bench)
    made = copy_for(bench, tmp_path, "Ben")

    def work(project):
        project.run(mark_claim, first.id, Verdict.VERIFIED, None, "seen it")
        project.run(mark_claim, third.id, Verdict.UNVERIFIED)
        project.run(mark_claim, second.id, Verdict.DISPUTED)
        project.run(undo)

    before = {claim.id: claim for claim in bench.claims()}
    merged = merge_file(bench.project, worked(made.path, "Ben", work))
    assert {claim.id: claim for claim in bench.claims()} == before
    assert opinions(bench, first.id) == [("Ada", Verdict.DISPUTED, RARE), ("Ben", Verdict.VERIFIED, "seen it")]
    assert opinions(bench, second.id) == [("Ada", Verdict.VERIFIED, RARE)], "Ben took his verdict back"
    assert opinions(bench, third.id) == [("Ben", Verdict.UNVERIFIED, "")]
    assert merged.report.reviewers == ["Ben"]
    assert summary(merged.report) == "Came in from Ben: 4 decisions."
    assert check_project(bench.reader) == []


def test_a_file_that_comes_again_brings_only_what_is_new(bench, tmp_path):
    first, second, *_ = bench.claims()
    made = copy_for(bench, tmp_path, "Ben")
    worked(made.path, "Ben", lambda project: project.run(mark_claim, first.id, Verdict.VERIFIED))
    merge_file(bench.project, made.path)
    again = merge_file(bench.project, made.path)
    assert summary(again.report).startswith("Nothing new came in")
    worked(made.path, "Ben", lambda project: project.run(mark_claim, second.id, Verdict.DISPUTED))
    third = merge_file(bench.project, made.path)
    assert third.report.added["decision"] == 1
    assert opinions(bench, second.id) == [("Ben", Verdict.DISPUTED, "")]


def test_claims_evidence_and_articles_of_others_come_in_and_can_be_undone(bench, tmp_path):
    made = copy_for(bench, tmp_path, "Ben")
    found = {}

    def work(project):
        with project.reader() as reader:
            case = reader.value("SELECT id FROM cases")
        found["claim"] = project.run(add_claim, bench.bridge, Span(4, 21)).created
        project.run(mark_claim, found["claim"], Verdict.VERIFIED)
        project.run(add_source, found["claim"], EvidenceKind.URL, Stance.SUPPORTS, url="https://example.org/a")
        found["article"] = project.run(add_article, case, new_article("Late news. The bridge stands.")).created
        found["late"] = project.run(add_claim, found["article"], Span(0, 10)).created

    merged = merge_file(bench.project, worked(made.path, "Ben", work))
    claim = get_claim(bench.reader, found["claim"])
    assert (claim.made_by, claim.verdict, claim.evidence_count) == ("Ben", None, 1)
    assert get_claim(bench.reader, found["late"]).article_id == found["article"]
    assert merged.report.added["article"] == 1
    assert check_project(bench.reader) == []
    bench.run(undo)
    assert bench.reader.value("SELECT count(*) FROM claims WHERE id = ?", (found["claim"],)) == 0
    assert check_project(bench.reader) == []
    merge_file(bench.project, made.path)
    assert get_claim(bench.reader, found["claim"]).made_by == "Ben"


def test_files_in_any_order_give_the_same_result(tmp_path):
    bench = Bench(tmp_path / "origin.factdesk")
    first, second, third, *_ = (claim.id for claim in bench.claims())
    copies = [copy_for(bench, tmp_path, name).path for name in ("Ben", "Cy", "Dee")]
    verdicts = itertools.cycle(Verdict)
    for path in copies:

        def work(project, path=path):
            for claim in (first, second, third):
                project.run(mark_claim, claim, next(verdicts), None, path.stem)
            project.run(add_claim, bench.bridge, Span(2, 9))
            project.run(set_note, first, f"more of {path.stem}")

        worked(path, path.stem, work)
    bench.close()
    results = []
    for number, order in enumerate(itertools.permutations(copies)):
        target = tmp_path / f"home{number}.factdesk"
        shutil.copy(bench.path, target)
        with Project.open(target, reviewer="Ada") as project:
            for path in (*order, order[0]):
                merge_file(project, path)
            with project.reader() as reader:
                assert check_project(reader) == []
                results.append(
                    (
                        opinions_about(reader, [first, second, third]),
                        {row[0] for row in reader.rows("SELECT id FROM opinions")},
                        sorted(tuple(row) for row in reader.rows("SELECT id, status, verdict, note FROM claims")),
                    )
                )
    assert all(
        ({claim: sorted(each, key=lambda o: o.reviewer) for claim, each in result[0].items()}, *result[1:])
        == ({claim: sorted(each, key=lambda o: o.reviewer) for claim, each in results[0][0].items()}, *results[0][1:])
        for result in results
    )


def test_what_others_agree_on_is_taken_over_as_one_step_in_their_name(bench, tmp_path):
    first, second, third, *_ = (claim.id for claim in bench.claims())
    bench.run(mark_claim, second, Verdict.VERIFIED)
    ben, cy = copy_for(bench, tmp_path, "Ben"), copy_for(bench, tmp_path, "Cy")

    def work(verdict):
        def mark(project):
            project.run(mark_claim, first, Verdict.DISPUTED, Reason.CONTRADICTED, "wrong")
            project.run(mark_claim, second, Verdict.DISPUTED)
            project.run(mark_claim, third, verdict)

        return mark

    merge_file(bench.project, worked(ben.path, "Ben", work(Verdict.VERIFIED)))
    merge_file(bench.project, worked(cy.path, "Cy", work(Verdict.DISPUTED)))
    bench.run(take_over, [first, second, third])
    claim = get_claim(bench.reader, first)
    assert (claim.verdict, claim.judgement.reason, claim.judgement.note) == (
        Verdict.DISPUTED,
        Reason.CONTRADICTED,
        "wrong",
    )
    assert claim.decided_by == "Ben"
    assert get_claim(bench.reader, second).verdict is Verdict.VERIFIED, "it had one here"
    assert get_claim(bench.reader, third).verdict is None, "they disagree"
    assert [name for name, *_ in opinions(bench, first)] == ["Ben", "Cy"], "Ada said nothing of her own"
    assert check_project(bench.reader) == []
    bench.run(undo)
    assert get_claim(bench.reader, first).verdict is None
    bench.run(mark_claim, first, Verdict.VERIFIED)
    with pytest.raises(FactdeskError, match="no verdict to take over"):
        bench.run(take_over, [first, second, third])


def test_one_person_on_two_computers_is_one_person(bench, tmp_path):
    made = copy_for(bench, tmp_path, "Ada")
    first = bench.claims()[0].id
    merge_file(
        bench.project, worked(made.path, "Ada", lambda project: project.run(mark_claim, first, Verdict.VERIFIED))
    )
    assert opinions(bench, first) == [("Ada", Verdict.VERIFIED, "")]
    assert bench.reader.value("SELECT count(*) FROM reviewers") == 1


def test_a_file_of_another_case_is_refused(bench, tmp_path):
    other = Project.create(tmp_path / "other.factdesk", reviewer="Ben")
    with other.reader() as reader:
        case = reader.value("SELECT id FROM cases")
    other.run(add_article, case, new_article("Something else."))
    other.close()
    with pytest.raises(FactdeskError, match="no article in common"):
        merge_file(bench.project, other.path)
    assert bench.reader.value("SELECT count(*) FROM reviewers") == 1
    (tmp_path / "no.factdesk").write_text("words")
    with pytest.raises(DamagedError):
        merge_file(bench.project, tmp_path / "no.factdesk")


def test_a_quote_that_is_not_at_its_place_is_told_and_left_out(bench, tmp_path):
    made = copy_for(bench, tmp_path, "Ben")
    ids = []
    worked(made.path, "Ben", lambda project: ids.append(project.run(add_claim, bench.bridge, Span(4, 21)).created))
    with closing(sqlite3.connect(made.path, isolation_level=None)) as connection:
        connection.execute("UPDATE claims SET quote = 'XXXXXXXXXXXXXXXXX' WHERE id = ?", ids)
    merged = merge_file(bench.project, made.path)
    assert "its quote is not what its article says there" in merged.report.problems[0]
    assert check_project(bench.reader) == []


def test_accepting_here_and_refusing_there_leaves_the_claim_as_it_is_here(bench, tmp_path):
    first = bench.claims()[0].id
    bench.run(accept_claims, [first])
    made = copy_for(bench, tmp_path, "Ben")
    merge_file(bench.project, worked(made.path, "Ben", lambda project: project.run(refuse_claims, [first])))
    assert get_claim(bench.reader, first).status is Status.ACCEPTED
