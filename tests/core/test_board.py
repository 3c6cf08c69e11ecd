"""The board: what each source says about each fact."""

import pytest

from builders import MODEL, found_claim, new_article
from factdesk.model.analysis import Analysis, FoundMention
from factdesk.model.claims import Relation, Verdict
from factdesk.model.clusters import CellState
from factdesk.model.spans import Span
from factdesk.model.values import Value, ValueKind
from factdesk.ops.articles import add_article, remove_article
from factdesk.ops.claims import mark_claim, refuse_claims
from factdesk.ops.clusters import confirm_absence, link_claims, mark_cluster, set_normalised_claim
from factdesk.ops.suggestions import store_analysis
from factdesk.store.board import Board, BoardFilter, BoardOrder, board, omissions
from factdesk.store.cases import list_cases
from factdesk.store.claims import claims_of_article
from factdesk.store.mentions import list_entities

SAME, DIFFERS, CONFLICTS = Relation
STATES, DIFFERING, CONFLICTING, QUOTES, NOT_FOUND, NOT_MENTIONED = CellState

TOLD = (
    ("North", "The dam broke on Friday and 12 families fled. Fish died."),
    ("South", "Twelve families left when the dam broke. A minister came."),
    ("East", "About 30 families fled, the police said. Fish died."),
    ("West", "The harvest was good."),
)
FAMILIES = {"North": ("12 families", 12), "South": ("Twelve families", 12), "East": ("30 families", 30)}


@pytest.fixture
def case(bench):
    """Four articles about a flood in a case of their own; the first three tell of families."""
    bench.case = list_cases(bench.reader)[0].id
    for article in (bench.bridge, bench.again, bench.report):
        bench.run(remove_article, bench.case, article)
    bench.ids, bench.first = {}, {}
    for publisher, text in TOLD:
        article = bench.run(add_article, bench.case, new_article(text, publisher=publisher)).created
        values = ()
        if publisher in FAMILIES:
            words, number = FAMILIES[publisher]
            at = text.index(words)
            span = Span(at, at + len(words))
            values = (Value(ValueKind.NUMBER, span, words, "family", number, number),)
        cut = text.index(". ") + 1 if ". " in text else len(text)
        found = [found_claim(Span(0, cut), values=values, claimant="the police" if publisher == "East" else "")]
        if cut < len(text):
            found.append(found_claim(Span(cut + 1, len(text)), score=0.2))
        mentions = (FoundMention(Span(4, 7), "FAC", "the dam"),) if publisher == "North" else ()
        bench.run(store_analysis, Analysis(article, MODEL, claims=tuple(found), mentions=mentions, language="en"))
        bench.ids[publisher] = article
        bench.first[publisher] = claims_of_article(bench.reader, article)[0].id
    return bench


@pytest.fixture
def linked(case):
    """The families as a cluster: the south states the same, the east conflicts."""
    case.run(link_claims, case.case, case.first["North"], case.first["South"], SAME)
    case.k = case.run(link_claims, case.case, case.first["North"], case.first["East"], CONFLICTS).created
    return case


def shown(case, order=BoardOrder.TEXT, **wanted):
    return board(case.reader, BoardFilter(case.case, **wanted), order)


def of_cluster(found: Board):
    return next(row for row in found.rows if row.cluster_id is not None)


def states(row):
    return [cell.state for cell in row.cells]


def test_claims_alone_are_rows_of_their_own(case):
    found = shown(case)
    assert [column.label for column in found.columns] == ["North", "South", "East", "West"]
    assert [row.text for row in found.rows][:3] == [
        "The dam broke on Friday and 12 families fled.", "Fish died.", "Twelve families left when the dam broke.",
    ]  # fmt: skip
    first = found.rows[0]
    assert (first.key, first.cluster_id, first.sources, first.verdict) == (case.first["North"], None, 1, None)
    assert states(first) == [STATES, NOT_FOUND, NOT_FOUND, NOT_FOUND]
    assert first.cell(0).claim_ids == (case.first["North"],)
    assert len(found.rows) == 7


def test_a_cell_says_what_differs(linked):
    row = of_cluster(shown(linked))
    assert states(row) == [STATES, STATES, CONFLICTING, NOT_FOUND]
    assert [cell.shown for cell in row.cells] == ["12 families", "12 families", "30 families", ""]
    assert (row.conflicts, row.sources, row.suggested, row.key) == (1, 2, 0, linked.k)


def test_without_values_a_cell_shows_other_words(case):
    first, other = case.first["North"], case.first["West"]
    case.run(link_claims, case.case, first, other, DIFFERS)
    row = of_cluster(shown(case))
    assert states(row)[3] is DIFFERING
    assert row.cell(3).shown == "The harvest was good"
    assert row.cell(0).shown == "The dam broke on Friday…"


def test_who_is_quoted_where_others_state_it(case):
    case.run(link_claims, case.case, case.first["North"], case.first["East"], SAME)
    row = of_cluster(shown(case))
    assert (row.cell(0).state, row.cell(2).state, row.cell(2).shown) == (STATES, QUOTES, "the police")


def test_not_found_and_not_mentioned_are_different(linked):
    linked.run(confirm_absence, linked.case, linked.first["North"], linked.ids["West"])
    assert states(of_cluster(shown(linked)))[3] is NOT_MENTIONED
    assert omissions(linked.reader, linked.case) == []


def test_omissions_are_facts_of_two_other_origins(linked):
    (row,) = omissions(linked.reader, linked.case)
    assert (row.key, row.omitted_in) == (linked.k, (linked.ids["West"],))
    text = "Nothing is known yet."
    unread = linked.run(add_article, linked.case, new_article(text, publisher="New")).created
    found = shown(linked, only_omissions=True)
    assert [column.is_analysed for column in found.columns] == [True] * 4 + [False]
    assert unread not in found.rows[0].omitted_in


def test_reprints_count_once(linked):
    ids = linked.ids
    linked.run(
        lambda tx: tx.executemany(
            "INSERT INTO origins (case_id, article_id, origin, share, made_at) VALUES (?, ?, 'o', 0.9, 't')",
            [(linked.case, ids["North"]), (linked.case, ids["South"])],
        )
    )
    found = shown(linked)
    row = of_cluster(found)
    assert (row.sources, row.conflicts, row.omitted_in) == (1, 1, ())
    assert [(column.origin_id, column.share) for column in found.columns] == [
        ("o", 0.9), ("o", 0.9), (None, 0.0), (None, 0.0),
    ]  # fmt: skip
    linked.run(
        lambda tx: tx.execute("UPDATE origins SET article_id = ? WHERE article_id = ?", (ids["West"], ids["South"]))
    )
    assert [column.label for column in shown(linked).columns] == ["North", "West", "South", "East"]


def test_three_questions_are_three_filters(linked):
    assert [row.key for row in shown(linked, only_conflicts=True).rows] == [linked.k]
    assert shown(linked, only_agreed=True).rows == ()
    assert [row.key for row in shown(linked, only_shared=True).rows] == [linked.k]
    single = shown(linked, only_single=True).rows
    assert linked.k not in {row.key for row in single}
    assert len(single) == 4
    linked.run(link_claims, linked.case, linked.first["North"], linked.first["East"], DIFFERS)
    assert [row.key for row in shown(linked, only_agreed=True).rows] == [linked.k]


def test_rows_are_filtered_by_state_name_speaker_and_words(linked):
    dam = next(entity for entity in list_entities(linked.reader, linked.case) if entity.name == "the dam")
    assert [row.key for row in shown(linked, entity_id=dam.id).rows] == [linked.k]
    assert [row.key for row in shown(linked, claimant="The Police").rows] == [linked.k]
    assert [row.text for row in shown(linked, search="fish").rows] == ["Fish died."] * 2
    linked.run(set_normalised_claim, linked.case, linked.first["North"], "Villagers had to go")
    assert [row.text for row in shown(linked, search="villagers").rows] == ["Villagers had to go"]
    linked.run(mark_cluster, linked.case, linked.first["South"], Verdict.DISPUTED)
    assert linked.k not in {row.key for row in shown(linked, only_undecided=True).rows}


def test_verdicts_of_the_cluster_and_of_its_claims(linked):
    linked.run(mark_cluster, linked.case, linked.first["North"], Verdict.DISPUTED)
    linked.run(mark_claim, linked.first["South"], Verdict.VERIFIED)
    row = of_cluster(shown(linked))
    assert (row.verdict, row.inherited, row.own) == (Verdict.DISPUTED, 1, 1)


def test_orders(linked):
    linked.run(mark_cluster, linked.case, linked.first["North"], Verdict.DISPUTED)
    assert shown(linked, BoardOrder.DISPUTE).rows[-1].key == linked.k
    assert shown(linked, BoardOrder.COVERAGE).rows[0].key == linked.k
    assert [row.score for row in shown(linked, BoardOrder.SCORE).rows] == [0.5, 0.5, 0.2, 0.2, 0.2]
    linked.run(mark_cluster, linked.case, linked.first["North"], None)
    assert shown(linked, BoardOrder.DISPUTE).rows[0].key == linked.k


def test_refused_claims_and_removed_articles_are_not_on_the_board(linked):
    linked.run(refuse_claims, [linked.first["North"]])
    row = of_cluster(shown(linked))
    assert (row.lead_claim_id, states(row)[0]) == (linked.first["South"], NOT_FOUND)
    linked.run(remove_article, linked.case, linked.ids["South"])
    linked.run(remove_article, linked.case, linked.ids["East"])
    assert all(row.cluster_id is None for row in shown(linked).rows)


def test_a_copy_in_the_same_article_is_in_the_row_of_the_first(case):
    text = "Rain fell. Rain fell."
    article = case.run(add_article, case.case, new_article(text)).created
    found = (found_claim(Span(0, 10)), found_claim(Span(11, 21), repeat_of=0))
    case.run(store_analysis, Analysis(article, MODEL, claims=found))
    (row,) = [row for row in shown(case).rows if row.text == "Rain fell."]
    assert len(row.cell(4).claim_ids) == 2


def test_an_empty_case_has_an_empty_board(bench):
    bench.run(lambda tx: tx.execute("DELETE FROM case_articles"))
    assert board(bench.reader, BoardFilter(bench.case)) == Board((), ())
