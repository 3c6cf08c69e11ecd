"""Rows of the board as operations: merged, moved, taken apart, each taken back in one step."""

import pytest

from builders import Bench
from factdesk.errors import FactdeskError
from factdesk.model.claims import Relation
from factdesk.ops.clusters import link_claims
from factdesk.ops.history import undo
from factdesk.ops.rows import confirm_absences, merge_rows, move_claims, remove_claims, withdraw_absences
from factdesk.store.clusters import absent_articles, cluster_of


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path / "rows.factdesk")
    yield bench
    bench.close()


@pytest.fixture
def row(bench):
    """A row of the first claims of two articles, and two claims that stand alone."""
    claims = {
        name: [claim.id for claim in bench.claims(getattr(bench, name))] for name in ("bridge", "again", "report")
    }
    bench.run(link_claims, bench.case, claims["bridge"][0], claims["again"][0], Relation.SAME)
    return claims


def members(bench, claim_id):
    cluster = cluster_of(bench.reader, bench.case, claim_id)
    return set() if cluster is None else {member.claim.id for member in cluster.members}


def test_merging_single_claims_makes_a_row_and_one_undo_takes_it_back(bench, row):
    first, second = row["report"][0], row["again"][2]
    bench.run(merge_rows, bench.case, [first, second])
    assert members(bench, first) == {first, second}
    bench.run(undo)
    assert members(bench, first) == set()


def test_the_first_row_keeps_its_lead(bench, row):
    lead = cluster_of(bench.reader, bench.case, row["bridge"][0]).lead
    changes = bench.run(merge_rows, bench.case, [row["bridge"][0], row["report"][0]])
    assert changes.title == "Merge 2 rows"
    assert cluster_of(bench.reader, bench.case, row["report"][0]).lead == lead


def test_a_claim_moves_alone(bench, row):
    target = row["report"][0]
    bench.run(move_claims, bench.case, [row["again"][0]], target)
    assert members(bench, target) == {target, row["again"][0]}
    assert row["again"][0] not in members(bench, row["bridge"][0])
    bench.run(undo)
    assert members(bench, row["bridge"][0]) == {row["bridge"][0], row["again"][0]}


def test_a_claim_finds_a_place_beside_one_of_its_own_article(bench, row):
    moved = row["bridge"][2]
    bench.run(move_claims, bench.case, [moved], row["bridge"][0])  # the lead is in the same article
    assert members(bench, moved) == {row["bridge"][0], row["again"][0], moved}


def test_a_claim_cannot_move_to_a_row_of_its_own_article_only(bench, row):
    with pytest.raises(FactdeskError, match="same article"):
        bench.run(move_claims, bench.case, [row["report"][0]], row["report"][1])


def test_claims_are_taken_out_together(bench, row):
    bench.run(merge_rows, bench.case, [row["bridge"][0], row["report"][0]])
    bench.run(remove_claims, bench.case, [row["again"][0], row["report"][0]])
    assert members(bench, row["bridge"][0]) == {row["bridge"][0]}
    bench.run(undo)
    assert len(members(bench, row["bridge"][0])) == 3


def test_absences_are_confirmed_and_taken_back_as_one_step(bench, row):
    cells = [(row["bridge"][0], bench.report), (row["again"][2], bench.report)]
    bench.run(confirm_absences, bench.case, cells)
    clusters = [cluster_of(bench.reader, bench.case, claim).id for claim, _ in cells]
    assert [absent_articles(bench.reader, cluster) for cluster in clusters] == [[bench.report], [bench.report]]
    bench.run(withdraw_absences, bench.case, cells)
    assert [absent_articles(bench.reader, cluster) for cluster in clusters] == [[], []]
    bench.run(undo)
    bench.run(undo)
    assert cluster_of(bench.reader, bench.case, row["again"][2]) is None
