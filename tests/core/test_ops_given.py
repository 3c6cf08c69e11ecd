import pytest

from factdesk.model.claims import ClaimKind, Judgement, Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate
from factdesk.model.given import Given, GivenArticle, GivenClaim, GivenEvidence, GivenLink, GivenMention
from factdesk.model.spans import Span
from factdesk.ops.claims import accept_claims, mark_claim, refuse_claims
from factdesk.ops.gate import save_gate
from factdesk.ops.given import store_given
from factdesk.ops.history import redo, undo
from factdesk.ops.mentions import refuse_mentions
from factdesk.store.claims import get_claim
from factdesk.store.evidence import evidence_of
from factdesk.store.mentions import list_entities, mentions_of_article
from nasty_case import claim_facts, link_facts, mention_facts

DISPUTED = Judgement(Verdict.DISPUTED, Reason.CONTRADICTED, "seen twice", 80)


def give(bench, given, article=None, source="labels.json"):
    return bench.run(store_given, bench.case, [GivenArticle(article or bench.bridge, given, source)])


def span_of(bench, words, article=None):
    start = bench.texts[article or bench.bridge].index(words)
    return Span(start, start + len(words))


def facts(bench):
    return claim_facts(bench.project), mention_facts(bench.project), link_facts(bench.project)


def claim_at(bench, span, article=None):
    return next(claim for claim in bench.claims(article) if claim.span == span)


def test_given_claims_are_accepted_with_their_verdict_by_whoever_imports_them(bench):
    span = span_of(bench, "12 people were hurt")
    given = GivenClaim(span, "7", ClaimKind.QUANTITY, DISPUTED, "Dana", normalised="12 hurt", claimant="Nová")
    title = give(bench, Given(claims=(given,))).title
    claim = claim_at(bench, span)
    assert title == "Marks from “labels.json”: 1 claim (verdicts of Dana)"
    assert (claim.status, claim.made_by, claim.decided_by, claim.judgement) == (Status.ACCEPTED, "Ada", "Ada", DISPUTED)
    assert (claim.kind, claim.normalised, claim.claimant) == (ClaimKind.QUANTITY, "12 hurt", "Nová")
    decision = bench.reader.one("SELECT title, verdict FROM decisions WHERE claim_id = ?", (claim.id,))
    assert tuple(decision) == (title, "disputed")


def test_given_suggestions_stay_suggestions(bench):
    span = span_of(bench, "12 people were hurt")
    mark = GivenMention(span_of(bench, "Mayor"), "PERSON", is_suggestion=True)
    give(bench, Given((GivenClaim(span, score=0.4, is_suggestion=True),), (mark,)))
    claim = claim_at(bench, span)
    assert (claim.status, claim.made_by, claim.score, claim.verdict) == (Status.SUGGESTED, "machine", 0.4, None)
    found = next(each for each in mentions_of_article(bench.reader, bench.bridge) if each.span == mark.span)
    assert (found.status, found.made_by) == (Status.SUGGESTED, "machine")


def test_all_of_it_is_one_step_back_and_forth(bench):
    before = facts(bench)
    one, other = span_of(bench, "12 people were hurt"), span_of(bench, "15 injured", bench.again)
    items = [
        GivenArticle(
            bench.bridge,
            Given(
                (GivenClaim(one, "a", judgement=DISPUTED),),
                (GivenMention(span_of(bench, "Mayor Jana Nová"), "PERSON", "The mayor"),),
                (GivenLink("a", "b", Relation.CONFLICTS),),
                (GivenEvidence("b", EvidenceKind.PASSAGE, Stance.REFUTES, span=span_of(bench, "Monday")),),
            ),
            "labels.json",
        ),
        GivenArticle(bench.again, Given((GivenClaim(other, "b"),)), "labels.json"),
    ]
    title = bench.run(store_given, bench.case, items).title
    after = facts(bench)
    assert title == "Marks from “labels.json”: 2 claims, 1 mention, 1 link, 1 piece of evidence"
    assert [len(new - old) for new, old in zip(after, before, strict=True)] == [2, 1, 1]
    evidence = evidence_of(bench.reader, claim_at(bench, other, bench.again).id)
    assert [(each.article_id, each.quote, each.made_by) for each in evidence] == [(bench.bridge, "Monday", "Ada")]
    assert "The mayor" in [entity.name for entity in list_entities(bench.reader, bench.case)]
    bench.run(undo)
    assert facts(bench) == before
    bench.run(redo)
    assert facts(bench) == after


def test_the_same_marks_a_second_time_are_nothing_new(bench):
    given = Given(
        (GivenClaim(span_of(bench, "12 people"), "a", judgement=DISPUTED), GivenClaim(bench.claims()[0].span)),
        (GivenMention(span_of(bench, "Mayor"), "PERSON"), GivenMention(span_of(bench, "Ostrava"), "GPE")),
        evidence=(GivenEvidence("a", EvidenceKind.URL, Stance.SUPPORTS, url="https://a.example", published_at="soon"),),
    )
    give(bench, given)
    after, steps = facts(bench), bench.reader.value("SELECT count(*) FROM operations")
    assert give(bench, given).title == "Marks from “labels.json”: nothing new"
    assert (facts(bench), bench.reader.value("SELECT count(*) FROM operations")) == (after, steps)
    (evidence,) = evidence_of(bench.reader, claim_at(bench, given.claims[0].span).id)
    assert evidence.published_at == ""  # no date that can be compared


def test_what_a_reviewer_decided_stays_and_what_nobody_looked_at_is_settled(bench):
    first, second, third = bench.claims()[:3]
    bench.run(mark_claim, first.id, Verdict.VERIFIED, Reason.CLEAR, "mine")
    bench.run(refuse_claims, [second.id])
    shown = mentions_of_article(bench.reader, bench.bridge)
    bench.run(refuse_mentions, [shown[0].id])
    claims = tuple(GivenClaim(claim.span, judgement=DISPUTED) for claim in (first, second, third))
    mentions = tuple(GivenMention(each.span, each.label) for each in shown[:2])
    give(bench, Given(claims, mentions))
    kept, refused, settled = (get_claim(bench.reader, claim.id) for claim in (first, second, third))
    assert (kept.verdict, kept.judgement.note) == (Verdict.VERIFIED, "mine")
    assert (refused.status, refused.verdict) == (Status.REFUSED, None)
    assert (settled.status, settled.judgement) == (Status.ACCEPTED, DISPUTED)
    again = {each.id: each.status for each in mentions_of_article(bench.reader, bench.bridge)}
    assert shown[0].id not in again
    assert again[shown[1].id] is Status.ACCEPTED


def test_a_claim_accepted_without_a_verdict_takes_the_one_given(bench):
    claim = bench.claims()[0]
    bench.run(accept_claims, [claim.id])
    give(bench, Given((GivenClaim(claim.span, judgement=DISPUTED),)))
    assert get_claim(bench.reader, claim.id).judgement == DISPUTED


def test_links_within_an_article_and_to_unknown_claims_are_left_out(bench):
    before = link_facts(bench.project)
    claims = (GivenClaim(span_of(bench, "12 people"), "a"), GivenClaim(span_of(bench, "Monday"), "b"))
    links = (GivenLink("a", "b", Relation.SAME), GivenLink("a", "nobody", Relation.SAME))
    give(bench, Given(claims, links=links))
    assert link_facts(bench.project) == before


def test_keys_of_two_files_are_not_mixed_up(bench):
    one = GivenArticle(bench.bridge, Given((GivenClaim(span_of(bench, "12 people"), "a"),)), "one.json")
    other = Given(
        (GivenClaim(span_of(bench, "15 injured", bench.again), "b"),), links=(GivenLink("a", "b", Relation.SAME),)
    )
    before = link_facts(bench.project)
    title = bench.run(store_given, bench.case, [one, GivenArticle(bench.again, other, "two.json")]).title
    assert title == "Marks from 2 files: 2 claims"
    assert link_facts(bench.project) == before


def test_the_evidence_gate_holds_for_given_verdicts_too(bench):
    bench.run(save_gate, EvidenceGate(disputed_evidence=1))
    poor, rich = span_of(bench, "12 people"), span_of(bench, "Monday")
    claims = (GivenClaim(poor, "a", judgement=DISPUTED), GivenClaim(rich, "b", judgement=DISPUTED))
    proof = GivenEvidence("b", EvidenceKind.NOTE, Stance.REFUTES, note="It was Sunday.", source="Weather office")
    title = give(bench, Given(claims, evidence=(proof,))).title
    assert [claim_at(bench, span).verdict for span in (poor, rich)] == [None, Verdict.DISPUTED]
    assert claim_at(bench, poor).judgement.note == "seen twice"
    assert title.endswith("; 1 without the verdict they had, for which evidence is missing")


@pytest.mark.parametrize("span", [Span(0, 10_000), Span(5_000, 5_001)])
def test_spans_outside_the_text_are_left_out(bench, span):
    before = facts(bench)
    evidence = GivenEvidence("a", EvidenceKind.PASSAGE, Stance.SUPPORTS, span=span)
    give(bench, Given((GivenClaim(span, "a"),), (GivenMention(span, "GPE"),), evidence=(evidence,)))
    assert facts(bench) == before


def test_labels_that_we_have_no_word_for_are_kept_as_they_are(bench):
    give(bench, Given(mentions=(GivenMention(span_of(bench, "Mayor"), "Job"),)))
    (found,) = (each for each in mentions_of_article(bench.reader, bench.bridge) if each.quote == "Mayor")
    assert (found.label, found.entity_id) == ("Job", None)
