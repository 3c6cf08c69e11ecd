"""Clusters that the machine suggests, beside those that a person has a hand in."""

import dataclasses

import pytest

from builders import BRIDGE, BRIDGE_AGAIN, MODEL, REPORT, found_claim, sentence_spans
from factdesk.model.analysis import Analysis, FoundLink
from factdesk.model.claims import Relation, Status, Verdict
from factdesk.model.spans import Span
from factdesk.ops.claims import add_claim, mark_claim, refuse_claims
from factdesk.ops.cluster_suggestions import store_clusters
from factdesk.ops.clusters import (
    accept_cluster,
    accept_members,
    confirm_absence,
    link_claims,
    mark_cluster,
    refuse_members,
    set_normalised_claim,
    split_cluster,
    unlink_claim,
)
from factdesk.ops.history import redo, undo
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.store.check import check_project
from factdesk.store.cluster_plan import plan_clusters
from factdesk.store.clusters import cluster_of, get_cluster

SAME, DIFFERS, CONFLICTS = Relation
TEXTS = (BRIDGE, BRIDGE_AGAIN, REPORT)


@pytest.fixture
def texts(bench):
    """The three articles of the bench by number."""
    bench.articles = (bench.bridge, bench.again, bench.report)
    yield bench
    assert check_project(bench.reader) == []


def link(bench, one, other, relation=SAME, score=0.9, reason="why"):
    """A found link between two claims, each given as (article, sentence)."""
    (a, n), (b, m) = one, other
    spans = sentence_spans(TEXTS[a])[n], sentence_spans(TEXTS[b])[m]
    return FoundLink(bench.articles[a], spans[0], bench.articles[b], spans[1], relation, score, reason)


def run(bench, *links):
    """A run of the machine that finds these links."""
    bench.run(store_links, bench.case, links)
    return bench.run(store_clusters, bench.case)


def claim(bench, article, sentence):
    return bench.claims(bench.articles[article])[sentence].id


def members(bench, article, sentence):
    """Article, relation and status of the members of a claim's cluster."""
    cluster = cluster_of(bench.reader, bench.case, claim(bench, article, sentence))
    if cluster is None:
        return []
    return [(bench.articles.index(m.claim.article_id), str(m.relation), str(m.status)) for m in cluster.members]


def shape(cluster):
    """A cluster without what links alone tell of its claims."""
    return cluster.judgement, cluster.lead, [(m.id, m.claim.id, m.relation, m.status) for m in cluster.members]


ALL = [(0, "same", "suggested"), (1, "same", "suggested"), (2, "conflicts", "suggested")]


def three(bench):
    """Links of a fact of all three articles, which the third contradicts."""
    return (
        link(bench, (0, 0), (1, 0)),
        link(bench, (0, 0), (2, 0), CONFLICTS, 0.8, "fell / stands"),
        link(bench, (1, 0), (2, 0), CONFLICTS, 0.7),
    )


def test_links_become_clusters_of_the_machine(texts):
    changes = run(texts, *three(texts))
    assert members(texts, 1, 0) == ALL
    cluster = cluster_of(texts.reader, texts.case, claim(texts, 0, 0))
    assert (cluster.made_by, cluster.lead) == ("machine", claim(texts, 0, 0))
    assert [(m.score, m.reason) for m in cluster.members][2] == (0.8, "fell / stands")
    assert changes.clusters == {cluster.id}
    assert claim(texts, 2, 0) in changes.claims
    assert run(texts, *three(texts)).clusters == frozenset()  # the same again changes nothing
    run(texts)
    assert members(texts, 1, 0) == []


def test_a_later_run_changes_what_nobody_touched(texts):
    run(texts, *three(texts))
    first = cluster_of(texts.reader, texts.case, claim(texts, 0, 0)).id
    run(texts, link(texts, (0, 0), (1, 0), DIFFERS, 0.6), link(texts, (1, 1), (2, 1)))
    assert members(texts, 0, 0) == [(0, "same", "suggested"), (1, "differs", "suggested")]
    assert cluster_of(texts.reader, texts.case, claim(texts, 0, 0)).id == first
    assert len(members(texts, 1, 1)) == 2


def test_a_conflict_through_others_is_not_lost(texts):
    run(texts, link(texts, (0, 0), (1, 0), SAME, 1.0), link(texts, (1, 0), (2, 0), CONFLICTS, 1.0))
    assert {m[1] for m in members(texts, 0, 0)} == {"same", "conflicts"}


@pytest.mark.parametrize(
    "touch",
    [
        lambda b: b.run(mark_cluster, b.case, claim(b, 0, 0), Verdict.DISPUTED),
        lambda b: b.run(set_normalised_claim, b.case, claim(b, 0, 0), "It fell"),
        lambda b: b.run(accept_members, [cluster_of(b.reader, b.case, claim(b, 0, 0)).members[1].id]),
        lambda b: (b.run(accept_cluster, [cluster_of(b.reader, b.case, claim(b, 0, 0)).id]), b.run(undo)),
    ],
    ids=["verdict", "normalised", "accepted", "undone"],
)
def test_touched_clusters_stay_whatever_a_later_run_finds(texts, touch):
    run(texts, *three(texts))
    touch(texts)
    before = cluster_of(texts.reader, texts.case, claim(texts, 0, 0))
    run(texts)
    for article in texts.articles:
        texts.run(store_analysis, Analysis(article, dataclasses.replace(MODEL, version="2")))
        assert check_project(texts.reader) == []
    assert shape(get_cluster(texts.reader, before.id)) == shape(before)
    run(texts, link(texts, (0, 0), (1, 0), CONFLICTS))
    assert shape(get_cluster(texts.reader, before.id)) == shape(before)
    texts.run(redo)


def test_claims_are_suggested_for_clusters_that_a_person_made(texts):
    a, b = claim(texts, 0, 0), claim(texts, 1, 0)
    cluster = texts.run(link_claims, texts.case, a, b, SAME).created
    texts.run(mark_cluster, texts.case, a, Verdict.VERIFIED)
    run(texts, *three(texts))
    assert members(texts, 0, 0) == [(0, "same", "accepted"), (1, "same", "accepted"), (2, "conflicts", "suggested")]
    assert get_cluster(texts.reader, cluster).members[2].claim.verdict is None
    assert run(texts, *three(texts)).clusters == frozenset()
    texts.run(undo)
    texts.run(undo)  # the cluster was made here: what the machine added goes with it
    assert cluster_of(texts.reader, texts.case, a) is None
    assert check_project(texts.reader) == []
    texts.run(redo)
    assert len(members(texts, 0, 0)) == 3


def test_refused_and_unlinked_claims_are_never_suggested_again(texts):
    run(texts, *three(texts))
    third = cluster_of(texts.reader, texts.case, claim(texts, 0, 0)).members[2]
    texts.run(refuse_members, [third.id])
    run(texts, *three(texts))
    assert [m[0] for m in members(texts, 0, 0)] == [0, 1]
    texts.run(undo)
    assert len(members(texts, 0, 0)) == 3
    texts.run(unlink_claim, texts.case, claim(texts, 1, 0))
    run(texts, *three(texts))
    assert members(texts, 1, 0) == []
    texts.run(undo)
    assert len(members(texts, 1, 0)) == 3


def test_a_split_is_remembered(texts):
    run(texts, *three(texts))
    cluster = cluster_of(texts.reader, texts.case, claim(texts, 0, 0)).id
    texts.run(split_cluster, cluster, [claim(texts, 1, 0)])
    run(texts, *three(texts))
    assert [m[0] for m in members(texts, 0, 0)] == [0, 2]
    assert [m[0] for m in members(texts, 1, 0)] == [1]


def test_nothing_is_suggested_where_a_person_found_nothing(texts):
    texts.run(confirm_absence, texts.case, claim(texts, 0, 0), texts.report)
    run(texts, *three(texts))
    assert [m[0] for m in members(texts, 0, 0)] == [0, 1]


def test_two_clusters_of_a_person_are_not_joined(texts):
    one = texts.run(link_claims, texts.case, claim(texts, 0, 0), claim(texts, 2, 0), SAME).created
    other = texts.run(link_claims, texts.case, claim(texts, 1, 0), claim(texts, 2, 1), SAME).created
    run(texts, *three(texts), link(texts, (0, 0), (2, 1)), link(texts, (1, 0), (2, 0)))
    assert {len(get_cluster(texts.reader, cluster).members) for cluster in (one, other)} == {2}


def test_a_step_undone_before_a_run_can_be_done_again_after_it(texts):
    texts.run(link_claims, texts.case, claim(texts, 0, 0), claim(texts, 1, 0), SAME)
    texts.run(undo)
    run(texts, *three(texts))
    texts.run(redo)
    assert check_project(texts.reader) == []
    assert [m[2] for m in members(texts, 0, 0)][:2] == ["accepted", "accepted"]


def test_undoing_an_own_claim_takes_the_machines_links_along(texts):
    span = Span(4, 20)
    own = texts.run(add_claim, texts.bridge, span).created
    other = sentence_spans(REPORT)[0]
    found = FoundLink(texts.bridge, span, texts.report, other, SAME, 0.9, "")
    run(texts, found)
    assert len(cluster_of(texts.reader, texts.case, own).members) == 2
    texts.run(undo)
    assert check_project(texts.reader) == []
    texts.run(redo)
    assert len(cluster_of(texts.reader, texts.case, own).members) == 2


def test_a_claim_that_a_run_no_longer_finds_leaves_its_cluster(texts):
    run(texts, *three(texts))
    texts.run(store_analysis, Analysis(texts.bridge, MODEL, claims=(found_claim(sentence_spans(BRIDGE)[1]),)))
    assert check_project(texts.reader) == []
    texts.run(store_clusters, texts.case)
    assert [m[0] for m in members(texts, 1, 0)] == [1, 2]


def test_copies_go_where_the_first_one_is(texts):
    spans = sentence_spans(BRIDGE)
    claims = (found_claim(spans[0]), found_claim(spans[1], repeat_of=0))
    texts.run(store_analysis, Analysis(texts.bridge, MODEL, claims=claims))
    run(texts, *three(texts))
    assert [m[0] for m in members(texts, 1, 0)] == [0, 0, 1, 2]


def test_refused_claims_are_in_no_suggested_cluster(texts):
    run(texts, *three(texts))
    texts.run(refuse_claims, [claim(texts, 0, 0)])
    texts.run(store_clusters, texts.case)
    assert [m[0] for m in members(texts, 1, 0)] == [1, 2]


def test_own_verdicts_stay_when_claims_are_grouped(texts):
    texts.run(mark_claim, claim(texts, 0, 0), Verdict.VERIFIED)
    run(texts, *three(texts))
    cluster = cluster_of(texts.reader, texts.case, claim(texts, 0, 0))
    assert cluster.judgement.verdict is None
    texts.run(accept_members, [cluster.members[1].id])
    cluster = get_cluster(texts.reader, cluster.id)
    assert cluster.judgement.verdict is Verdict.VERIFIED
    assert [(m.claim.verdict, m.status) for m in cluster.members] == [
        (Verdict.VERIFIED, Status.ACCEPTED), (Verdict.VERIFIED, Status.ACCEPTED), (None, Status.SUGGESTED),
    ]  # fmt: skip


def test_a_plan_is_made_anew_when_something_was_done_since(texts):
    texts.run(store_links, texts.case, three(texts))
    plan = plan_clusters(texts.reader, texts.case)
    texts.run(link_claims, texts.case, claim(texts, 0, 1), claim(texts, 1, 0), SAME)
    texts.run(store_clusters, texts.case, plan)
    assert [m[2] for m in members(texts, 0, 1)] == ["suggested", "accepted", "accepted", "suggested"]
    plan = plan_clusters(texts.reader, texts.case)
    texts.run(store_clusters, texts.case, plan)
