"""The strip of values: what each source says, in the order of time, and what of it stands out."""

from dataclasses import replace

import pytest

from builders import analysis_of, new_article, sentence_spans
from factdesk.model.articles import ArticleMeta
from factdesk.model.claims import Relation, Status
from factdesk.model.spans import Span
from factdesk.model.values import Value, ValueKind
from factdesk.ops.articles import add_article
from factdesk.ops.clusters import link_claims
from factdesk.ops.suggestions import store_analysis
from factdesk.store.strip import StripLine, StripValue
from factdesk_gui.panels.inspector_panel import InspectorPanel
from factdesk_gui.panels.strip_entries import strip_entries

TEXTS = {
    "Late Paper": ("Some 40 boats sailed from Opava. It rained.", 40, "2031-03-19"),
    "Early Wire": ("Only 12 boats sailed from Opava. It was dry.", 12, "2031-03-18T07:30:00Z"),
    "No Date": ("40 boats sailed, said the harbour. Nobody looked.", 40, ""),
}


def add(bench, publisher):
    """An article whose first sentence counts boats."""
    text, number, published = TEXTS[publisher]
    article = replace(new_article(text), meta=ArticleMeta(publisher=publisher, published_at=published))
    article_id = bench.run(add_article, bench.case, article).created
    start = text.index(str(number))
    value = Value(ValueKind.NUMBER, Span(start, start + 2), str(number), "boat", number, number)
    found = analysis_of(article_id, text)
    first = replace(found.claims[0], values=(value,))
    assert first.span == sentence_spans(text)[0]
    bench.run(store_analysis, replace(found, claims=(first, *found.claims[1:])))
    return bench.claims(article_id)[0]


@pytest.fixture
def claims(bench):
    """The claims about the boats: the one on show, one that contradicts it, one that agrees."""
    claims = [add(bench, publisher) for publisher in TEXTS]
    bench.run(link_claims, bench.case, claims[0].id, claims[1].id, Relation.CONFLICTS)
    bench.run(link_claims, bench.case, claims[0].id, claims[2].id, Relation.SAME)
    return claims


@pytest.fixture
def strip(claims, session, review, qtbot):
    """The strip of the inspector, filled."""
    panel = InspectorPanel(session, review)
    qtbot.addWidget(panel)
    panel.resize(340, 900)
    panel.show()
    review.choose_claim(claims[0].id)
    qtbot.waitUntil(lambda: len(panel.values.stack.cards()) == 3)
    return panel.values


def test_sources_stand_in_the_order_of_time_unknown_ones_last(strip):
    entries = [row.entry for row in strip.stack.cards()]
    assert [entry.source for entry in entries] == ["Early Wire", "Late Paper", "No Date"]
    assert [entry.is_current for entry in entries] == [False, True, False]
    assert entries[0].when[0] == "18 Mar 2031"
    assert entries[1].when == ("19 March 2031",)
    assert entries[2].when == ()


def test_what_differs_is_marked_and_says_why(strip):
    early, late, undated = (row.entry for row in strip.stack.cards())
    assert [(value.text, value.differs) for value in early.values] == [("12 boats", True)]
    assert early.why == "12 boats, not 40 boats"
    assert early.is_odd
    assert undated.why == ""
    assert [value.text for value in late.values] == ["40 boats"]
    assert strip.title.startswith("Values side by side (")


def test_a_row_is_read_out_and_a_click_goes_to_its_claim(strip, claims, review):
    row = strip.stack.cards()[0]
    assert "Early Wire" in row.accessibleName()
    assert "≠ 12 boats" in row.accessibleName()
    row.click()
    assert review.claim_id == claims[1].id


def test_rows_fit_a_narrow_dock_without_being_cut(strip):
    for row in strip.stack.cards():
        assert row.width() <= 340
        assert row.height() >= row.heightForWidth(row.width())


def test_a_claim_alone_has_no_strip(strip, bench, review, qtbot):
    review.choose_claim(bench.claims(bench.report)[0].id)
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert strip.stack.cards() == []


def test_passages_of_one_article_that_say_the_same_are_one_row_the_one_in_hand_first():
    def line(claim_id, number):
        value = StripValue(f"{number} boats", str(number), Span(0, 2))
        same = (Relation.SAME, Status.ACCEPTED)
        return StripLine(
            claim_id, "a1", "Late Paper", "2031-03-19", "", (value,), (), "Boats.", "", *same, is_lead=False
        )

    lines = [line("c1", 40), line("c2", 40), line("c3", 12)]
    assert [entry.claim_id for entry in strip_entries(lines, "c2")] == ["c2", "c3"]
    assert [entry.claim_id for entry in strip_entries(lines, "")] == ["c1", "c3"]
