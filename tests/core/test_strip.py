"""The strip of values: what the sources of a cluster say, lined up."""

import pytest

from builders import MODEL, found_claim, new_article
from factdesk.model.analysis import Analysis, FoundMention
from factdesk.model.articles import ArticleMeta
from factdesk.model.claims import Relation
from factdesk.model.spans import Span
from factdesk.model.values import Value, ValueKind
from factdesk.ops.articles import add_article, edit_article
from factdesk.ops.claims import move_claim
from factdesk.ops.clusters import link_claims
from factdesk.ops.suggestions import store_analysis
from factdesk.store.claims import claims_of_article
from factdesk.store.strip import value_strip

TOLD = (
    ("North", "2026-03-05", "In Lhota 12 families fled.", ("12 families", 12), "Lhota"),
    ("South", "2026-03-03", "12 families left Lhota, “in tears”, one said.", ("12 families", 12), "Lhota"),
    ("East", "", "About Borek: 30 families fled.", ("30 families", 30), "Borek"),
)


@pytest.fixture
def told(bench):
    """Three claims in one cluster; the last has another number and another place."""
    bench.ids = []
    for publisher, date, text, (words, number), place in TOLD:
        article = bench.run(add_article, bench.case, new_article(text, publisher=publisher)).created
        bench.run(edit_article, article, ArticleMeta(publisher=publisher, published_at=date))
        at, where = text.index(words), text.index(place)
        value = Value(ValueKind.NUMBER, Span(at, at + len(words)), words, "family", number, number)
        claim = found_claim(Span(0, len(text)), values=(value,))
        mention = FoundMention(Span(where, where + len(place)), "GPE", place)
        bench.run(store_analysis, Analysis(article, MODEL, claims=(claim,), mentions=(mention,)))
        bench.ids.append(claims_of_article(bench.reader, article)[0].id)
    a, b, c = bench.ids
    bench.run(link_claims, bench.case, a, b, Relation.SAME)
    bench.run(link_claims, bench.case, a, c, Relation.CONFLICTS)
    return bench


def test_sources_are_lined_up_by_time_with_what_differs(told):
    lines = value_strip(told.reader, told.case, told.ids[2])
    assert [(line.label, line.published_at) for line in lines] == [
        ("South", "2026-03-03"), ("North", "2026-03-05"), ("East", ""),
    ]  # fmt: skip
    assert [[(v.text, v.differs) for v in line.values] for line in lines] == [
        [("12 families", True)], [("12 families", True)], [("30 families", True)],
    ]  # fmt: skip
    assert [line.why for line in lines] == ["", "", "30 families, not 12 families; Borek, not Lhota"]
    assert [(line.differs, line.is_lead) for line in lines] == [(False, False), (False, True), (True, False)]
    assert [[(n.text, n.differs) for n in line.names] for line in lines] == [
        [("Lhota", False)], [("Lhota", True)], [("Borek", True)],
    ]  # fmt: skip
    assert [line.said for line in lines] == ["in tears", "", ""]


def test_without_values_the_links_own_reason_is_told(told):
    other = told.claims()[0].id
    told.run(link_claims, told.case, told.ids[0], other, Relation.DIFFERS)
    line = next(line for line in value_strip(told.reader, told.case, other) if line.claim_id == other)
    assert line.why == "Ostrava, not Lhota"


def test_a_plural_or_an_article_makes_no_other_name(bench):
    ids = []
    for name in ("Lhota Engineer Club", "The Lhota Engineers Club"):
        text = f"{name} met on Sunday."
        article = bench.run(add_article, bench.case, new_article(text)).created
        mention = FoundMention(Span(0, len(name)), "ORG", name)
        found = found_claim(Span(0, len(text)))
        bench.run(store_analysis, Analysis(article, MODEL, claims=(found,), mentions=(mention,)))
        ids.append(claims_of_article(bench.reader, article)[0].id)
    bench.run(link_claims, bench.case, *ids, Relation.SAME)
    lines = value_strip(bench.reader, bench.case, ids[0])
    assert len({name.entity_id for line in lines for name in line.names}) == 2
    assert [(line.why, [name.differs for name in line.names]) for line in lines] == [("", [False]), ("", [False])]


def test_a_claim_alone_is_one_line(told):
    (line,) = value_strip(told.reader, told.case, told.claims(told.report)[2].id)
    assert (line.label, line.is_lead, line.why, line.values) == ("Report", True, "", ())


def test_values_outside_moved_edges_are_not_the_claims(told):
    span = Span(TOLD[2][2].index("families"), len(TOLD[2][2]))
    told.run(move_claim, told.ids[2], span)
    lines = value_strip(told.reader, told.case, told.ids[2])
    assert lines[2].values == ()
    assert lines[0].values[0].differs is False
