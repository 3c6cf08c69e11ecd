"""Operations on claims, links and evidence."""

import pytest

from factdesk.errors import FactdeskError, NotFoundError
from factdesk.model.claims import ClaimKind, Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.claims import (
    accept_claims,
    add_claim,
    mark_claim,
    mark_claims,
    move_claim,
    refuse_claims,
    restore_claims,
    set_claim_kind,
    set_claimant,
    set_confidence,
    set_normalised,
    set_note,
    set_reason,
)
from factdesk.ops.evidence import add_passage, add_source, edit_evidence, remove_evidence
from factdesk.ops.history import undo, undo_title
from factdesk.ops.links import accept_links, add_link, refuse_links
from factdesk.store.claims import claim_marks, claims_by_ids, get_claim, history_of, links_of
from factdesk.store.evidence import evidence_of, get_evidence, passages_in
from factdesk.store.queue import rowid_of


@pytest.fixture
def claim(bench):
    """The first suggested claim of the first article."""
    return bench.claims()[0].id


def judged(bench, claim):
    judgement = get_claim(bench.reader, claim).judgement
    return judgement.verdict, judgement.reason, judgement.note, judgement.confidence


def test_verdict_accepts_a_suggestion_and_is_signed(bench, claim):
    changes = bench.run(mark_claim, claim, Verdict.DISPUTED, Reason.MISSING_CONTEXT, "see page 2", 80)
    stored = get_claim(bench.reader, claim)
    assert judged(bench, claim) == (Verdict.DISPUTED, Reason.MISSING_CONTEXT, "see page 2", 80)
    assert (stored.status, stored.decided_by, stored.made_by) == (Status.ACCEPTED, "Ada", "machine")
    assert stored.decided_at.endswith("Z")
    assert changes.claims == {claim}
    assert changes.articles == {bench.bridge}
    assert "disputed" in changes.title


def test_same_verdict_again_is_no_step(bench, claim):
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    at = get_claim(bench.reader, claim).decided_at
    title = undo_title(bench.reader)
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    assert undo_title(bench.reader) == title
    assert bench.reader.value("SELECT count(*) FROM decisions") == 1
    assert get_claim(bench.reader, claim).decided_at == at


def test_note_and_confidence_stay_and_the_reason_goes_when_the_verdict_changes(bench, claim):
    bench.run(mark_claim, claim, Verdict.DISPUTED, Reason.CONTRADICTED, "a", 10)
    bench.run(mark_claim, claim, Verdict.DISPUTED)
    assert judged(bench, claim) == (Verdict.DISPUTED, Reason.CONTRADICTED, "a", 10)
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    assert judged(bench, claim) == (Verdict.VERIFIED, None, "a", 10)
    bench.run(mark_claim, claim, None)
    assert judged(bench, claim) == (None, None, "a", 10)
    assert get_claim(bench.reader, claim).decided_by == ""


def test_reason_that_does_not_fit_is_refused(bench, claim):
    with pytest.raises(FactdeskError, match="does not go with") as caught:
        bench.run(mark_claim, claim, Verdict.VERIFIED, Reason.CONTRADICTED)
    assert "clear" in caught.value.hint
    with pytest.raises(FactdeskError, match="no verdict yet"):
        bench.run(set_reason, claim, Reason.CLEAR)
    assert get_claim(bench.reader, claim).status is Status.SUGGESTED


def test_reason_can_be_set_and_taken_away(bench, claim):
    bench.run(mark_claim, claim, Verdict.UNVERIFIED)
    bench.run(set_reason, claim, Reason.NOT_CHECKABLE)
    assert judged(bench, claim)[1] is Reason.NOT_CHECKABLE
    bench.run(set_reason, claim, None)
    assert judged(bench, claim)[1] is None


@pytest.mark.parametrize("confidence", [-1, 101])
def test_confidence_is_a_percentage(bench, claim, confidence):
    with pytest.raises(FactdeskError, match="no confidence"):
        bench.run(set_confidence, claim, confidence)


def test_note_on_a_suggestion_does_not_accept_it(bench, claim):
    bench.run(set_note, claim, "look again")
    assert get_claim(bench.reader, claim).status is Status.SUGGESTED
    assert history_of(bench.reader, claim)[0].judgement.note == "look again"


def test_claims_are_marked_together_in_one_step(bench):
    ids = [claim.id for claim in bench.claims()]
    bench.run(mark_claims, ids, Verdict.VERIFIED)
    assert {get_claim(bench.reader, each).verdict for each in ids} == {Verdict.VERIFIED}
    assert f"{len(ids)} claims" in undo_title(bench.reader)
    bench.run(undo)
    assert {get_claim(bench.reader, each).verdict for each in ids} == {None}


def test_accept_refuse_restore(bench):
    ids = [claim.id for claim in bench.claims()][:2]
    bench.run(accept_claims, ids)
    assert {get_claim(bench.reader, each).status for each in ids} == {Status.ACCEPTED}
    bench.run(mark_claim, ids[1], Verdict.VERIFIED)
    bench.run(refuse_claims, ids)
    assert {get_claim(bench.reader, each).status for each in ids} == {Status.REFUSED}
    assert not {mark.id for mark in claim_marks(bench.reader, bench.bridge)} & set(ids)
    bench.run(restore_claims, ids)
    assert [get_claim(bench.reader, each).status for each in ids] == [Status.SUGGESTED, Status.ACCEPTED]


def test_own_claim_is_accepted_and_signed(bench):
    span = Span(4, 10)
    made = bench.run(add_claim, bench.bridge, span, ClaimKind.QUANTITY).created
    claim = get_claim(bench.reader, made)
    assert (claim.quote, claim.kind, claim.status, claim.made_by, claim.score) == (
        "bridge", ClaimKind.QUANTITY, Status.ACCEPTED, "Ada", None,
    )  # fmt: skip
    again = bench.run(add_claim, bench.bridge, span)
    assert again.created == made


def test_claim_made_where_a_suggestion_stands_accepts_it(bench, claim):
    bench.run(refuse_claims, [claim])
    span = get_claim(bench.reader, claim).span
    assert bench.run(add_claim, bench.bridge, span).created == claim
    assert get_claim(bench.reader, claim).status is Status.ACCEPTED


def test_edges_move_and_the_id_stays(bench, claim):
    bench.run(move_claim, claim, Span(4, 21))
    moved = get_claim(bench.reader, claim)
    assert (moved.quote, moved.status) == ("bridge at Ostrava", Status.ACCEPTED)
    with pytest.raises(FactdeskError, match="already a claim"):
        bench.run(move_claim, claim, bench.claims()[1].span)
    with pytest.raises(FactdeskError, match="outside"):
        bench.run(move_claim, claim, Span(4, 4000))
    with pytest.raises(FactdeskError, match="no text"):
        bench.run(move_claim, claim, Span(3, 4))


def test_spans_count_code_points(bench):
    text = bench.texts[bench.bridge]
    wave = text.index("🌊")
    made = bench.run(add_claim, bench.bridge, Span(wave, wave + 11)).created
    assert get_claim(bench.reader, made).quote == "🌊 The river"


def test_corrections_accept_a_suggestion(bench):
    one, two, three = (claim.id for claim in bench.claims()[:3])
    bench.run(set_claim_kind, one, ClaimKind.OPINION)
    bench.run(set_normalised, two, "The bridge fell.")
    bench.run(set_claimant, three, "the mayor", Span(38, 48))
    claims = [get_claim(bench.reader, each) for each in (one, two, three)]
    assert [claim.status for claim in claims] == [Status.ACCEPTED] * 3
    assert (claims[0].kind, claims[1].normalised, claims[2].claimant) == (
        ClaimKind.OPINION, "The bridge fell.", "the mayor",
    )  # fmt: skip
    bench.run(set_claim_kind, one, ClaimKind.OPINION)
    assert undo_title(bench.reader).startswith("Claimant")


def test_missing_claim_is_named(bench):
    with pytest.raises(NotFoundError, match="c123"):
        bench.run(mark_claim, "c123", Verdict.VERIFIED)
    assert rowid_of(bench.reader, "c123") is None


def test_pages_keep_the_order_asked_for(bench):
    numbers = [rowid_of(bench.reader, claim.id) for claim in bench.claims()]
    wanted = [*reversed(numbers), 10**6]
    assert [number for number, _ in claims_by_ids(bench.reader, wanted)] == wanted[:-1]


def test_links_show_at_both_claims_and_follow_their_status(bench):
    claim = bench.claims()[1]
    other = bench.claims(bench.again)[1]
    assert (claim.linked, claim.conflicts, other.conflicts) == (1, 1, 1)
    ((link, found),) = links_of(bench.reader, claim.id)
    assert found.id == other.id
    assert [mark.has_conflict for mark in claim_marks(bench.reader, bench.bridge)].count(True) == 1
    bench.run(refuse_links, [link.id])
    assert get_claim(bench.reader, claim.id).linked == 0
    assert links_of(bench.reader, claim.id) == []
    bench.run(accept_links, [link.id])
    assert get_claim(bench.reader, other.id).conflicts == 1


def test_own_link_corrects_a_suggested_one(bench):
    one, two = bench.claims()[1].id, bench.claims(bench.again)[1].id
    changes = bench.run(add_link, two, one, Relation.SAME)
    assert changes.claims == {one, two}
    ((link, _),) = links_of(bench.reader, one)
    assert (link.id, link.relation, link.status) == (changes.created, Relation.SAME, Status.ACCEPTED)
    assert get_claim(bench.reader, one).conflicts == 0


def test_claims_of_one_article_are_not_linked(bench):
    with pytest.raises(FactdeskError, match="same article"):
        bench.run(add_link, bench.claims()[0].id, bench.claims()[1].id, Relation.SAME)


def test_new_link_counts_for_both(bench):
    one, two = bench.claims()[0].id, bench.claims(bench.report)[0].id
    bench.run(add_link, one, two, Relation.CONFLICTS)
    assert get_claim(bench.reader, two).conflicts == 1
    bench.run(undo)
    assert get_claim(bench.reader, two).linked == 0


def test_passage_is_evidence_with_its_quote(bench, claim):
    added = bench.run(add_passage, claim, bench.again, Span(0, 7), Stance.REFUTES)
    (evidence,) = evidence_of(bench.reader, claim)
    assert (evidence.id, evidence.quote, evidence.stance, evidence.made_by) == (
        added.created, "Ostrava", Stance.REFUTES, "Ada",
    )  # fmt: skip
    assert evidence.captured_at
    assert passages_in(bench.reader, bench.again) == [evidence]
    assert added.claims == {claim}
    assert added.articles == {bench.again}
    assert get_claim(bench.reader, claim).evidence_count == 1


def test_same_passage_again_changes_its_stance(bench, claim):
    first = bench.run(add_passage, claim, bench.again, Span(0, 7), Stance.REFUTES).created
    second = bench.run(add_passage, claim, bench.again, Span(0, 7), Stance.SUPPORTS).created
    assert first == second
    assert get_evidence(bench.reader, first).stance is Stance.SUPPORTS


def test_outside_sources(bench, claim):
    made = bench.run(
        add_source, claim, EvidenceKind.URL, Stance.CONTEXT, quote=" So it is. ", url="https://example.org/a", note="n"
    ).created
    bench.run(edit_evidence, made, stance=Stance.SUPPORTS, note="later", url="https://example.org/b", quote="Yes")
    evidence = get_evidence(bench.reader, made)
    assert (evidence.stance, evidence.note, evidence.url, evidence.quote) == (
        Stance.SUPPORTS, "later", "https://example.org/b", "Yes",
    )  # fmt: skip
    bench.run(remove_evidence, made)
    assert evidence_of(bench.reader, claim) == []
    bench.run(undo)
    assert evidence_of(bench.reader, claim) == [evidence]
    with pytest.raises(FactdeskError, match="empty"):
        bench.run(add_source, claim, EvidenceKind.NOTE, Stance.CONTEXT)
    with pytest.raises(NotFoundError):
        bench.run(remove_evidence, "x")


def test_quote_of_a_passage_is_not_edited(bench, claim):
    made = bench.run(add_passage, claim, bench.again, Span(0, 7), Stance.REFUTES).created
    with pytest.raises(ValueError, match="its article"):
        bench.run(edit_evidence, made, quote="Prague")
