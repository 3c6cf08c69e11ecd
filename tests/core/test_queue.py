"""The claim queue, search and progress."""

import pytest

from builders import new_article
from factdesk.model.claims import ClaimKind, Verdict
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article, move_article
from factdesk.ops.claims import add_claim, mark_claim, refuse_claims, set_claimant, set_normalised
from factdesk.ops.mentions import refuse_mentions
from factdesk.store.claims import claims_by_ids
from factdesk.store.mentions import list_entities, mentions_of_entity
from factdesk.store.queue import QueueFilter, QueueOrder, queue_ids, rowid_of
from factdesk.store.search import match_query, search_case


def queue(bench, order=QueueOrder.DISPUTE_FIRST, **wanted):
    numbers = queue_ids(bench.reader, QueueFilter(bench.case, **wanted), order)
    return [claim for _, claim in claims_by_ids(bench.reader, numbers)]


def ids(claims):
    return [claim.id for claim in claims]


def test_dispute_first_is_undecided_then_conflicting_then_by_score(bench):
    conflicting = {bench.claims()[1].id, bench.claims(bench.again)[1].id}
    first = queue(bench)
    assert set(ids(first[:2])) == conflicting
    rest = [claim.score for claim in first[2:]]
    assert rest == sorted(rest, reverse=True)
    bench.run(mark_claim, first[0].id, Verdict.DISPUTED)
    assert queue(bench)[-1].id == first[0].id


def test_orders(bench):
    scores = [claim.score for claim in queue(bench, QueueOrder.SCORE)]
    assert scores == sorted(scores, reverse=True)
    in_text = queue(bench, QueueOrder.TEXT_ORDER)
    assert ids(in_text) == [
        claim.id for article in (bench.bridge, bench.again, bench.report) for claim in bench.claims(article)
    ]
    bench.run(move_article, bench.case, bench.report, 0)
    assert queue(bench, QueueOrder.TEXT_ORDER)[0].article_id == bench.report
    bench.run(mark_claim, in_text[4].id, Verdict.VERIFIED)
    assert queue(bench, QueueOrder.RECENT)[0].id == in_text[4].id


def test_claim_made_by_hand_stands_at_the_top(bench):
    made = bench.run(add_claim, bench.bridge, Span(4, 10)).created
    assert queue(bench, QueueOrder.SCORE)[0].id == made


def test_refused_claims_are_shown_only_on_request(bench):
    claim = bench.claims()[0].id
    bench.run(refuse_claims, [claim])
    assert claim not in ids(queue(bench))
    assert ids(queue(bench, statuses=frozenset({"refused"}))) == [claim]


def test_filters(bench):
    one, two, three, *_ = (claim.id for claim in bench.claims())
    bench.run(mark_claim, one, Verdict.VERIFIED)
    bench.run(mark_claim, two, Verdict.DISPUTED)
    made = bench.run(add_claim, bench.bridge, Span(4, 10), ClaimKind.OPINION).created
    assert ids(queue(bench, verdicts=frozenset({"verified"}))) == [one]
    assert three in ids(queue(bench, verdicts=frozenset({"none"})))
    assert set(ids(queue(bench, verdicts=frozenset({"verified", "disputed"})))) == {one, two}
    assert ids(queue(bench, kinds=frozenset({"opinion"}))) == [made]
    assert {claim.article_id for claim in queue(bench, article_ids=frozenset({bench.again}))} == {bench.again}
    assert len(queue(bench, only_conflicts=True)) == 2
    assert queue(bench, article_ids=frozenset()) == []


def test_claims_of_an_entity(bench):
    ostrava = next(entity for entity in list_entities(bench.reader, bench.case) if entity.name == "Ostrava")
    found = queue(bench, entity_id=ostrava.id)
    assert set(ids(found)) == {bench.claims()[0].id, bench.claims(bench.again)[0].id}
    bench.run(refuse_mentions, [mentions_of_entity(bench.reader, ostrava.id, bench.case)[0].id])
    assert ids(queue(bench, entity_id=ostrava.id)) == [bench.claims(bench.again)[0].id]


def test_search_as_one_types(bench):
    first = bench.claims()[0].id
    assert first in ids(queue(bench, search="bri"))
    assert ids(queue(bench, search="ostrava monday")) == [first]
    assert ids(queue(bench, search='"bridge at"')) == [first]
    bench.run(set_normalised, first, "The viaduct collapsed")
    bench.run(set_claimant, first, "Spokeswoman")
    assert ids(queue(bench, search="viaduct")) == [first]
    assert ids(queue(bench, search="spokes")) == [first]
    assert queue(bench, search="zebra") == []
    assert ids(queue(bench, search="monday.")) == [first]


@pytest.mark.parametrize(
    "text", ['"', '""', "*", "(", "AND", "NOT x", "a:b", "^a", "-", "'; DROP", "\x00", "{a}", "a\\"]
)
def test_search_takes_anything(bench, text):
    queue(bench, search=text)
    search_case(bench.reader, bench.case, text)


def test_numbers_belong_to_claims(bench):
    claim = bench.claims()[0]
    ((number, found),) = claims_by_ids(bench.reader, [rowid_of(bench.reader, claim.id)])
    assert (found, rowid_of(bench.reader, found.id)) == (claim, number)


# -- find in case ------------------------------------------------------------------------------------------------------


def hits(bench, query, **more):
    found = search_case(bench.reader, bench.case, query, **more)
    return [(hit.article_id, bench.texts[hit.article_id][hit.span.start : hit.span.end]) for hit in found]


def test_hits_fold_case_and_accents_and_have_exact_spans(bench):
    assert hits(bench, "nova") == [(bench.bridge, "Nová"), (bench.again, "Nova")]
    assert hits(bench, "NOVÁ")[0] == (bench.bridge, "Nová")
    assert hits(bench, "river") == [(bench.bridge, "river")]  # stands behind an emoji
    assert search_case(bench.reader, bench.case, "  ") == []


def test_all_words_must_occur_and_the_last_may_go_on(bench):
    assert {article for article, _ in hits(bench, "bridge coll")} == {bench.again}
    assert hits(bench, '"old bridge"') == [(bench.again, "old bridge")]
    assert hits(bench, "bridg ") == []


def test_hits_stop_at_the_limit_and_show_their_surroundings(bench):
    assert len(search_case(bench.reader, bench.case, "bridge", limit=2)) == 2
    hit = search_case(bench.reader, bench.case, "resigned")[0]
    assert "resigned" in hit.snippet
    assert "\n" not in hit.snippet


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("東京で地震がありました。", "地震", "地震"),
        ("ราคาน้ำมันแพง", "น้ำมัน", "น้ำมัน"),
        ("Costs § 5 apply", "§", "§"),
        ("a\ufdd0b word \ufdd1c", "word", "word"),
        ("e\u0301te\u0301 is summer", "été", "e\u0301te\u0301"),
        ("שלום עולם", "עולם", "עולם"),
        ("it’s 12,5 % or 12.5%", "12.5%", "12.5"),
        ("👩‍👩‍👧 family news", "family", "family"),
    ],
)
def test_any_script_is_found(bench, text, query, found):
    article = bench.run(add_article, bench.case, new_article(text)).created
    bench.texts[article] = text
    assert (article, found) in hits(bench, query)


def test_removed_articles_are_not_found(bench):
    bench.run(lambda tx: tx.execute("DELETE FROM case_articles WHERE article_id = ?", (bench.bridge,)))
    assert [article for article, _ in hits(bench, "ostrava")] == [bench.again]


def test_queries_are_quoted():
    assert match_query('one "two three" fo') == '"one" AND "two three" AND "fo"*'
    assert match_query("地震") == ""
    assert match_query("?!") == ""
