"""A corrected article takes the place of the one in the case, and nobody's work is lost on the way."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import BRIDGE, BRIDGE_AGAIN, Bench, analysis_of, new_article, sentence_spans
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Anchor, Status, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.spans import Span
from factdesk.model.versions import MarkKind
from factdesk.ops.articles import add_article, remove_article
from factdesk.ops.cases import create_case
from factdesk.ops.claims import accept_claims, add_claim, mark_claim, refuse_claims, set_claimant
from factdesk.ops.evidence import add_passage
from factdesk.ops.history import redo, undo
from factdesk.ops.mentions import accept_mentions, add_mention
from factdesk.ops.suggestions import store_analysis
from factdesk.ops.versions import reattach, replace_article, settle_anchor
from factdesk.store.articles import article_text, get_article, list_articles, unanalysed_articles
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.evidence import get_evidence
from factdesk.store.mentions import get_mention, mentions_of_article
from factdesk.store.queue import QueueFilter, queue_ids
from factdesk.store.search import search_case
from factdesk.store.versions import fuzzy_marks, orphans_of, version_diff, versions_of
from factdesk.text.normalise import normalise
from unicode_texts import texts

CORRECTED = (
    "Correction: an earlier version was wrong. The bridge at Ostrava fell on Monday. "
    "Mayor Jana Nová said 15 people were hurt. 🌊 Nobody drowned."
)


def text_of(mark, bench):
    return mark.span.of(article_text(bench.reader, mark.article_id))


def replaced(bench, text=CORRECTED, article=None, **more):
    changes = bench.run(replace_article, bench.case, article or bench.bridge, new_article(text, **more))
    assert check_project(bench.reader) == []
    return changes


@pytest.fixture
def worked(bench):
    """The bench with a verdict on each claim of the first article, evidence from it and a mention of a person's own."""
    first, second, third = bench.claims()
    for claim in (first, second, third):
        bench.run(mark_claim, claim.id, Verdict.VERIFIED)
    bench.passage = bench.run(
        add_passage, bench.claims(bench.again)[0].id, bench.bridge, first.span, Stance.SUPPORTS
    ).created
    bench.mention = bench.run(
        add_mention, bench.bridge, Span(BRIDGE.index("Monday"), BRIDGE.index(".")), "DATE"
    ).created
    bench.three = (first.id, second.id, third.id)
    return bench


def test_new_version_takes_the_place_of_the_old_one(worked):
    before = [article.id for article in list_articles(worked.reader, worked.case)]
    changes = replaced(worked, publisher="")
    newer = changes.created
    assert [article.id for article in list_articles(worked.reader, worked.case)] == [newer, *before[1:]]
    assert get_article(worked.reader, newer).meta.publisher == "The Daily"
    assert {newer, worked.bridge} <= changes.articles
    assert worked.case in changes.cases
    assert article_text(worked.reader, worked.bridge) == BRIDGE
    assert unanalysed_articles(worked.reader, worked.case) == [newer]


def test_marks_move_exactly_or_with_a_flag_or_are_listed(worked):
    newer = replaced(worked).created
    first, second, third = (get_claim(worked.reader, claim) for claim in worked.three)
    assert (first.article_id, first.anchor, text_of(first, worked)) == (newer, Anchor.MOVED, first.quote)
    assert (second.article_id, second.anchor) == (newer, Anchor.FUZZY)
    assert second.quote == "Mayor Jana Nová said 15 people were hurt."
    assert (third.article_id, third.anchor) == (worked.bridge, Anchor.ORPHAN)
    assert all(claim.verdict is Verdict.VERIFIED for claim in (first, second, third))
    passage = get_evidence(worked.reader, worked.passage)
    assert (passage.article_id, passage.anchor, text_of(passage, worked)) == (newer, Anchor.MOVED, first.quote)
    mention = get_mention(worked.reader, worked.mention)
    assert (mention.article_id, mention.anchor, text_of(mention, worked)) == (newer, Anchor.MOVED, "Monday")


def test_title_counts_what_became_of_the_marks(worked):
    assert replaced(worked).title == "New version of “The Daily”: 5 marks, 3 moved, 1 changed a little, 1 left behind"


def test_fuzzy_and_orphaned_marks_are_listed_with_what_they_said(worked):
    newer = replaced(worked).created
    (fuzzy,) = fuzzy_marks(worked.reader, worked.case)
    assert (fuzzy.kind, fuzzy.id, fuzzy.current_id) == (MarkKind.CLAIM, worked.three[1], newer)
    assert (fuzzy.quote_before, fuzzy.quote) == (
        "Mayor Jana Nová said 12 people were hurt.",
        "Mayor Jana Nová said 15 people were hurt.",
    )
    (orphan,) = orphans_of(worked.reader, worked.case)
    assert (orphan.id, orphan.article_id, orphan.current_id) == (worked.three[2], worked.bridge, newer)
    assert orphan.quote == orphan.quote_before == BRIDGE[orphan.span.start : orphan.span.end]


def test_looking_at_a_fuzzy_mark_settles_it(worked):
    replaced(worked)
    worked.run(settle_anchor, MarkKind.CLAIM, worked.three[1])
    assert fuzzy_marks(worked.reader, worked.case) == []
    worked.run(undo)
    assert len(fuzzy_marks(worked.reader, worked.case)) == 1
    with pytest.raises(NotFoundError):
        worked.run(settle_anchor, MarkKind.CLAIM, "nothing")


def test_orphan_is_put_back_by_hand(worked):
    newer = replaced(worked).created
    start = CORRECTED.index("Nobody drowned.")
    worked.run(reattach, worked.three[2], Span(start, start + 15))
    claim = get_claim(worked.reader, worked.three[2])
    assert (claim.article_id, claim.quote, claim.anchor) == (newer, "Nobody drowned.", Anchor.EXACT)
    assert claim.verdict is Verdict.VERIFIED
    assert orphans_of(worked.reader, worked.case) == []
    taken = get_claim(worked.reader, worked.three[0]).span
    with pytest.raises(FactdeskError, match="already a claim"):
        worked.run(reattach, worked.three[2], taken)
    assert check_project(worked.reader) == []


def test_refused_orphan_is_not_listed(worked):
    replaced(worked)
    worked.run(refuse_claims, [worked.three[2]])
    assert orphans_of(worked.reader, worked.case) == []


def test_orphan_comes_back_when_its_words_do(worked):
    replaced(worked)
    later = replaced(worked, CORRECTED + " 🌊 The river kept rising.", list_articles(worked.reader, worked.case)[0].id)
    claim = get_claim(worked.reader, worked.three[2])
    assert (claim.article_id, claim.anchor) == (later.created, Anchor.MOVED)
    assert get_claim(worked.reader, worked.three[1]).anchor is Anchor.FUZZY  # nobody has looked at it yet
    lineage = versions_of(worked.reader, later.created)
    assert lineage == versions_of(worked.reader, worked.bridge)
    assert (len(lineage), lineage[0].article_id, lineage[-1].is_current) == (3, worked.bridge, True)


def test_everything_is_one_step_to_undo_and_redo(worked):
    def state():
        tables = ("claims", "mentions", "evidence", "case_articles", "origins")
        return {table: sorted(map(tuple, worked.reader.rows(f"SELECT * FROM {table}"))) for table in tables}

    before = state()
    newer = replaced(worked).created
    after = state()
    worked.run(undo)
    assert state() == before
    assert [version.article_id for version in versions_of(worked.reader, worked.bridge)] == [worked.bridge]
    assert get_article(worked.reader, newer).id == newer
    worked.run(redo)
    assert state() == after
    assert check_project(worked.reader) == []


def test_untouched_suggestions_stay_behind_and_touched_ones_move(bench):
    first, second, third = bench.claims()
    bench.run(accept_claims, [first.id])
    bench.run(refuse_claims, [second.id])
    newer = replaced(bench).created
    assert [claim.id for claim in bench.claims(newer)] == [first.id, second.id]
    assert get_claim(bench.reader, second.id).status is Status.REFUSED
    assert get_claim(bench.reader, third.id).article_id == bench.bridge
    assert orphans_of(bench.reader, bench.case) == []


def test_machine_finds_its_suggestions_anew_beside_what_moved(bench):
    first = bench.claims()[0]
    bench.run(mark_claim, first.id, Verdict.DISPUTED)
    newer = replaced(bench).created
    bench.run(store_analysis, analysis_of(newer, CORRECTED, words=[("Ostrava", "GPE", "Ostrava")]))
    claims = bench.claims(newer)
    assert [claim.span for claim in claims] == sentence_spans(CORRECTED)
    assert [claim.id for claim in claims if claim.verdict] == [first.id]
    assert len(mentions_of_article(bench.reader, newer)) == 1
    assert check_project(bench.reader) == []


def test_accepted_mention_moves_with_its_entity(bench):
    mention = next(m for m in mentions_of_article(bench.reader, bench.bridge) if m.quote == "Jana Nová")
    bench.run(accept_mentions, [mention.id])
    newer = replaced(bench).created
    moved = get_mention(bench.reader, mention.id)
    assert (moved.article_id, moved.entity_id, moved.quote) == (newer, mention.entity_id, "Jana Nová")


def test_parts_of_a_claim_go_with_it(bench):
    second = bench.claims()[1]
    start = BRIDGE.index("Jana Nová")
    number = [BRIDGE.index("12"), BRIDGE.index("12") + 2]
    bench.run(set_claimant, second.id, "Nová", Span(start, start + 9))
    bench.run(_stated, second.id, number, [start, start + 9])
    replaced(bench, "A new first line. " + BRIDGE)
    row = bench.reader.one("SELECT * FROM claims WHERE id = ?", (second.id,))
    assert row["claimant_start"] == start + 18
    assert json.loads(row["stated_values"])[0]["span"] == [number[0] + 18, number[1] + 18]
    assert json.loads(row["attribution"])[0]["span"] == [start + 18, start + 27]


def _stated(tx, claim, number, speaker):
    values = json.dumps([{"kind": "number", "span": number, "text": "12"}])
    voices = json.dumps([{"name": "Nová", "span": speaker, "cue": "said"}])
    tx.execute("UPDATE claims SET stated_values = ?, attribution = ? WHERE id = ?", (values, voices, claim))
    return tx.changes()


def test_values_whose_words_changed_are_not_guessed(bench):
    second = bench.claims()[1]
    bench.run(accept_claims, [second.id])
    bench.run(_stated, second.id, [BRIDGE.index("12"), BRIDGE.index("12") + 2], [0, 3])
    replaced(bench)
    row = bench.reader.one("SELECT * FROM claims WHERE id = ?", (second.id,))
    assert json.loads(row["stated_values"]) == []
    assert json.loads(row["attribution"])[0]["name"] == "Nová"


def test_links_evidence_and_queue_follow_the_claims(worked):
    before = [get_claim(worked.reader, claim) for claim in worked.three[:2]]
    replaced(worked)
    after = [get_claim(worked.reader, claim) for claim in worked.three[:2]]
    assert [(c.linked, c.conflicts, c.evidence_count) for c in after] == [
        (c.linked, c.conflicts, c.evidence_count) for c in before
    ]
    ids = queue_ids(worked.reader, QueueFilter(worked.case))
    decided = queue_ids(worked.reader, QueueFilter(worked.case, verdicts=frozenset({"verified"})))
    assert len(decided) == 2
    assert len(ids) == 2 + len(worked.claims(worked.again)) + len(worked.claims(worked.report))
    assert {hit.article_id for hit in search_case(worked.reader, worked.case, "Correction")} == {
        list_articles(worked.reader, worked.case)[0].id
    }
    assert search_case(worked.reader, worked.case, "river") == []


def test_suggested_links_with_claims_that_stay_behind_count_no_more(bench):
    other = bench.claims(bench.again)[1]
    assert (other.linked, other.conflicts) == (1, 1)
    replaced(bench)
    now = get_claim(bench.reader, other.id)
    assert (now.linked, now.conflicts) == (0, 0)
    bench.run(undo)
    now = get_claim(bench.reader, other.id)
    assert (now.linked, now.conflicts) == (1, 1)
    assert check_project(bench.reader) == []
    bench.run(store_analysis, analysis_of(bench.again, BRIDGE_AGAIN, scores=[0.1] * 3))
    assert get_claim(bench.reader, other.id).score == 0.1  # the machine may still change what nobody touched


def test_unchanged_text_is_no_step(worked):
    changes = replaced(worked, BRIDGE)
    assert changes.title == "“The Daily” has not changed"
    assert changes.created == worked.bridge
    assert not changes.articles


def test_going_back_to_an_earlier_version_is_left_to_undo(worked):
    newer = replaced(worked).created
    with pytest.raises(FactdeskError, match="another version"):
        replaced(worked, BRIDGE, newer)


def test_article_outside_the_case_cannot_be_replaced(bench):
    bench.run(remove_article, bench.case, bench.bridge)
    with pytest.raises(FactdeskError, match="not in this case"):
        replaced(bench)


def test_other_cases_with_the_article_get_the_new_version_too(worked):
    other = worked.run(create_case, "Other").created
    worked.run(add_article, other, new_article(BRIDGE))
    newer = replaced(worked).created
    assert [article.id for article in list_articles(worked.reader, other)] == [newer]


def test_version_that_is_in_the_case_already_stays_where_it_is(worked):
    known = worked.run(add_article, worked.case, new_article(CORRECTED)).created
    replaced(worked)
    assert [article.id for article in list_articles(worked.reader, worked.case)] == [worked.again, worked.report, known]


def test_diff_of_versions_shows_the_correction(worked):
    newer = replaced(worked).created
    diff = version_diff(worked.reader, worked.bridge, newer)
    assert any(BRIDGE[slice(*p.old)] == "12" and CORRECTED[slice(*p.new)] == "15" for p in diff.changes)


def test_line_ends_of_the_file_do_not_move_marks(bench):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    text = normalise("Intro\r\n\r\n" + BRIDGE.replace(". ", ".\r\n"))
    newer = bench.run(
        replace_article, bench.case, bench.bridge, NewArticle(text, ArticleMeta(), ArticleSource(b"crlf"))
    ).created
    moved = get_claim(bench.reader, claim)
    assert (moved.article_id, moved.span.start, moved.anchor) == (newer, 7, Anchor.MOVED)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    old=texts.map(normalise).filter(lambda text: text.strip()),
    new=texts.map(normalise).filter(lambda text: text.strip()),
    data=st.data(),
)
def test_every_mark_says_what_stands_there_whatever_the_texts(tmp_path_factory, old, new, data):
    bench = Bench(tmp_path_factory.mktemp("any") / "case.factdesk")
    try:
        article = bench.run(add_article, bench.case, new_article(old)).created
        if data.draw(st.booleans()):
            new = f"{new[:5]}{old}{new[5:]}"
        for _ in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(old) - 1))
            span = Span(start, data.draw(st.integers(start + 1, len(old))))
            if span.of(old).strip():
                bench.run(add_claim, article, span)
                bench.run(add_passage, bench.claims(bench.report)[0].id, article, span, Stance.CONTEXT)
        claims = {claim.id: claim for claim in bench.claims(article)}
        before = sorted(map(tuple, bench.reader.rows("SELECT * FROM claims")))
        newer = bench.run(replace_article, bench.case, article, new_article(normalise(new))).created
        assert check_project(bench.reader) == []  # each quote is what its article says there
        for claim in claims.values():
            now = get_claim(bench.reader, claim.id)
            assert (now.article_id == newer) == (now.anchor is not Anchor.ORPHAN) or newer == article
            if now.anchor is not Anchor.FUZZY:
                assert now.quote == claim.quote
        if newer != article:
            bench.run(undo)
            assert sorted(map(tuple, bench.reader.rows("SELECT * FROM claims"))) == before
    finally:
        bench.close()
