"""Dates of evidence and articles that give reason to look twice."""

import pytest

from builders import BRIDGE, new_article
from factdesk.model.articles import ArticleMeta
from factdesk.model.claims import Verdict
from factdesk.model.dating import TimeIssue
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import TimeGuard
from factdesk.model.spans import Span
from factdesk.ops.articles import edit_article
from factdesk.ops.claims import mark_claim
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.gate import save_time_guard
from factdesk.ops.versions import replace_article
from factdesk.store.first_seen import first_seen
from factdesk.store.time_guard import time_warnings


@pytest.fixture
def claim(bench):
    """The first claim of an article of 18 May 2031."""
    date(bench, bench.bridge, "2031-05-18", "The Daily")
    return bench.claims()[0].id


def date(bench, article, published, publisher):
    bench.run(edit_article, article, ArticleMeta(publisher=publisher, published_at=published))


def source(bench, claim, published, **more):
    given = {"url": "https://example.org", "source": "Office"} | more
    return bench.run(add_source, claim, EvidenceKind.URL, Stance.SUPPORTS, published_at=published, **given).created


def warned(bench, claim):
    return [(found.issue, found.text) for found in time_warnings(bench.reader, bench.case, claim)]


def test_evidence_that_fits_gives_no_warning(bench, claim):
    source(bench, claim, "2031-05-17")
    source(bench, claim, "2031-05-18T09:00:00Z")
    source(bench, claim, "2031")
    assert warned(bench, claim) == []


def test_evidence_published_after_the_article_is_newer_than_the_claim(bench, claim):
    made = source(bench, claim, "2031-05-20")
    (found,) = time_warnings(bench.reader, bench.case, claim)
    assert (found.issue, found.evidence_id) == (TimeIssue.NEWER, made)
    assert found.text == "“Office” was published on 20 May 2031, after the article (18 May 2031)."


def test_passage_of_a_later_article_is_newer_too_but_never_stale(bench, claim):
    date(bench, bench.again, "2031-06", "Evening")
    bench.run(add_passage, claim, bench.again, Span(0, 9), Stance.SUPPORTS)
    assert warned(bench, claim) == [
        (TimeIssue.NEWER, "“Evening” was published in June 2031, after the article (18 May 2031).")
    ]
    date(bench, bench.again, "2011", "Evening")
    assert warned(bench, claim) == []


def test_old_sources_are_stale_as_the_project_says(bench, claim):
    source(bench, claim, "2030-05-17")
    assert warned(bench, claim) == [(TimeIssue.STALE, "“Office” was published 366 days before the article.")]
    bench.run(save_time_guard, TimeGuard(stale_days=400))
    assert warned(bench, claim) == []
    bench.run(save_time_guard, TimeGuard(stale_days=0))
    assert warned(bench, claim) == []


def test_unknown_dates_are_said_to_be_unknown(bench, claim):
    source(bench, claim, "")
    bench.run(add_source, claim, EvidenceKind.NOTE, Stance.CONTEXT, note="a thought")
    assert warned(bench, claim) == [(TimeIssue.UNKNOWN_DATE, "It is not known when “Office” was published.")]
    date(bench, bench.bridge, "", "The Daily")
    assert warned(bench, claim)[0][1].startswith("It is not known when the article was published")


def test_article_that_changed_after_capture_is_told(bench, claim):
    date(bench, bench.again, "2031-05-01", "Evening")
    sentences = [Span(0, 46), Span(47, 73), Span(74, 88)]
    for span in sentences:
        bench.run(add_passage, claim, bench.again, span, Stance.SUPPORTS)
    text = "Ostrava’s old bridge collapsed late on Sunday. Officials counted 16 injured. It rained."
    bench.run(replace_article, bench.case, bench.again, new_article(text))
    texts = [text for issue, text in warned(bench, claim) if issue is TimeIssue.ARTICLE_CHANGED]
    assert texts[0] == "“Evening” changed after it was captured; this passage is still in it."
    assert texts[1] == "“Evening” changed after it was captured, and the words of this passage with it."
    assert "has a newer version" in texts[2]
    assert "this passage is gone" in texts[2]


def test_evidence_captured_before_the_claims_article_changed_is_told(bench, claim):
    source(bench, claim, "2031-05-01", captured_at="2031-05-19")
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    newer = new_article(BRIDGE + " More.")
    newer = newer.__class__(newer.text, newer.meta, newer.source.__class__(b"x", captured_at="2031-05-21T08:00:00Z"))
    bench.run(replace_article, bench.case, bench.bridge, newer)
    assert warned(bench, claim) == [
        (
            TimeIssue.CAPTURED_BEFORE_CHANGE,
            "“Office” was captured on 19 May 2031, before the present version of the article (21 May 2031).",
        )
    ]


def test_claim_whose_words_changed_or_went_is_told(bench, claim):
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    newer = bench.run(
        replace_article, bench.case, bench.bridge, new_article(BRIDGE.replace("on Monday", "on Tuesday"))
    ).created
    ((issue, text),) = warned(bench, claim)
    assert issue is TimeIssue.ARTICLE_CHANGED
    assert "were changed in the newer version" in text
    bench.run(replace_article, bench.case, newer, new_article("Something else altogether happened."))
    assert [text for _, text in warned(bench, claim)] == [
        "The article has a newer version, in which the words of this claim are gone."
    ]


def cluster(bench, *members):
    bench.run(_put, "clusters", {"id": "k", "case_id": bench.case, "lead": members[0][0]})
    for claim, relation, status in members:
        row = {"id": f"p{claim}", "cluster_id": "k", "claim_id": claim, "relation": relation, "status": status}
        bench.run(_put, "cluster_claims", row)


def _put(tx, table, row):
    tx.put(table, row | {"made_at": tx.now})
    return tx.changes()


def test_first_source_is_the_earliest_published_of_the_cluster(bench, claim):
    other, third = bench.claims(bench.again)[0].id, bench.claims(bench.report)[0].id
    cluster(bench, (claim, "same", "accepted"), (other, "differs", "accepted"), (third, "conflicts", "accepted"))
    date(bench, bench.again, "2031-05-17", "Evening")
    date(bench, bench.report, "2031-05-01", "Report")
    found = first_seen(bench.reader, bench.case, claim)
    assert (found.claim_id, found.label, found.published_at, found.is_sure) == (other, "Evening", "2031-05-17", True)
    assert first_seen(bench.reader, bench.case, third).label == "Report"


def test_first_source_says_how_sure_it_is(bench, claim):
    other, third = bench.claims(bench.again)[0].id, bench.claims(bench.report)[0].id
    cluster(bench, (claim, "same", "accepted"), (other, "same", "suggested"), (third, "same", "accepted"))
    date(bench, bench.again, "2031-05", "Evening")
    found = first_seen(bench.reader, bench.case, claim)
    assert (found.label, found.is_sure) == ("Evening", False)
    assert found.why == (
        "The Daily may be as early; 1 source has no date; nobody has confirmed yet that it states the same"
    )


def test_without_any_date_nothing_is_said_to_be_first(bench):
    assert first_seen(bench.reader, bench.case, bench.claims()[0].id) is None
