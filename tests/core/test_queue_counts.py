"""Numbers beside the queue."""

import pytest

from builders import Bench
from factdesk.model.claims import Verdict
from factdesk.ops.articles import edit_article
from factdesk.ops.claims import mark_claims, refuse_claims
from factdesk.store.articles import article_names, get_article, list_articles
from factdesk.store.queue import QueueFilter, QueueOrder, queue_ids
from factdesk.store.queue_counts import Count, claim_ids, queue_counts


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path / "p.factdesk")
    yield bench
    bench.close()


def test_each_state_is_counted_whatever_the_switches_say(bench):
    first, second, third = (claim.id for claim in bench.claims())
    bench.run(mark_claims, [first, second], Verdict.DISPUTED)
    bench.run(refuse_claims, [second, third])
    counts = queue_counts(bench.reader, QueueFilter(bench.case, verdicts=frozenset({"verified"})))
    assert counts.disputed == Count(1, 0)
    assert counts.refused.claims == 2
    assert counts.none.claims == 6
    assert counts.verified == Count()


def test_within_sums_what_the_filter_shows(bench):
    bench.run(mark_claims, [claim.id for claim in bench.claims()[:2]], Verdict.DISPUTED)
    wanted = QueueFilter(bench.case)
    counts = queue_counts(bench.reader, wanted)
    assert counts.within(wanted) == (2, 2)
    assert counts.within(QueueFilter(bench.case, verdicts=frozenset({"none"}))) == (0, 1)
    assert counts.within(QueueFilter(bench.case, statuses=frozenset({"refused"}))) == (0, 0)


def test_other_filters_count(bench):
    assert queue_counts(bench.reader, QueueFilter(bench.case, only_conflicts=True)).none == Count(2, 2)
    assert queue_counts(bench.reader, QueueFilter(bench.case, search="injured")).none.claims == 1
    assert queue_counts(bench.reader, QueueFilter("elsewhere")).none == Count()


def test_names_are_those_of_the_articles(bench):
    article = get_article(bench.reader, bench.report)
    bench.run(edit_article, bench.report, type(article.meta)(title="Storm"))
    names = article_names(bench.reader, bench.case)
    assert list(names.items()) == [(a.id, a.label) for a in list_articles(bench.reader, bench.case)]
    assert names[bench.report] == "Storm"


def test_ids_keep_the_order_and_leave_out_what_is_gone(bench):
    numbers = list(queue_ids(bench.reader, QueueFilter(bench.case), QueueOrder.TEXT_ORDER))[:3]
    ids = [claim.id for claim in bench.claims()]
    assert claim_ids(bench.reader, [numbers[2], 999_999, numbers[0]]) == [ids[2], ids[0]]


def test_decided_claims_come_last_and_conflicts_first(bench):
    conflicting = bench.claims()[1]
    order = queue_ids(bench.reader, QueueFilter(bench.case))
    assert conflicting.id in claim_ids(bench.reader, order[:2])
    bench.run(mark_claims, [conflicting.id], Verdict.VERIFIED)
    order = queue_ids(bench.reader, QueueFilter(bench.case))
    assert claim_ids(bench.reader, order[-1:]) == [conflicting.id]
