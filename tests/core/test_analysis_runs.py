"""Pre-annotation again, with another model: what changed is told, what people did stays."""

import dataclasses

import pytest

from builders import BRIDGE, BRIDGE_AGAIN, MODEL, found_claim, sentence_spans
from factdesk.model.analysis import Analysis, FoundMention
from factdesk.model.claims import ClaimKind, Relation, Verdict
from factdesk.model.spans import Span
from factdesk.ops.claims import accept_claims, mark_claim, move_claim, refuse_claims
from factdesk.ops.cluster_suggestions import store_clusters
from factdesk.ops.clusters import accept_cluster, mark_cluster
from factdesk.ops.mentions import merge_entities, split_mentions
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.store.analysis_runs import last_changes
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.clusters import cluster_of, get_cluster
from factdesk.store.mentions import list_entities, mentions_of_article

SPANS = sentence_spans(BRIDGE)
NEWER = dataclasses.replace(MODEL, version="2.0", resources_version="abc")


def again(bench, claims, mentions=(), article=None):
    """A run of the newer model over the first article."""
    found = Analysis(article or bench.bridge, NEWER, claims=tuple(claims), mentions=tuple(mentions), language="en")
    changes = bench.run(store_analysis, found)
    assert check_project(bench.reader) == []
    return changes.title


def spans(marks):
    return [mark.span for mark in marks]


def test_a_first_run_changes_nothing_that_was_there(bench):
    assert last_changes(bench.reader, bench.case) == []
    rows = bench.reader.rows("SELECT model_version, changed FROM analysis_runs")
    assert [tuple(row) for row in rows] == [("1.0", "{}")] * 3


def test_what_a_later_run_changed_is_told_with_quotes(bench):
    nova = BRIDGE.index("Nová")
    mentions = [FoundMention(Span(14, 21), "FAC", "Ostrava"), FoundMention(Span(nova, nova + 4), "PERSON", "Nová")]
    title = again(
        bench,
        [found_claim(SPANS[0], score=0.4), found_claim(SPANS[1], score=0.81), found_claim(Span(4, 10))],
        mentions,
    )
    assert title == (
        "Pre-annotate “The Daily” again: 1 claim new, 1 gone, 1 rescored; 1 mention new, 1 gone, 1 rescored"
    )  # fmt: skip
    (found,) = last_changes(bench.reader, bench.case)
    assert (found.label, found.before.version, found.after, found.at != "") == ("The Daily", "1.0", NEWER, True)
    assert (spans(found.claims.new), spans(found.claims.gone)) == ([Span(4, 10)], [SPANS[2]])
    (moved,) = found.claims.rescored
    assert (moved.quote, moved.before, moved.after) == (SPANS[0].of(BRIDGE), {"score": 0.9}, {"score": 0.4})
    assert found.mentions.gone[0].quote == "Jana Nová"
    assert found.mentions.rescored[0].before["label"] == "GPE"
    assert again(bench, [found_claim(SPANS[0], score=0.4, kind=ClaimKind.OPINION)]).endswith(
        "2 claims gone, 1 rescored; 2 mentions gone"
    )
    assert last_changes(bench.reader, bench.case)[0].claims.rescored[0].after == {"kind": "opinion"}
    assert again(bench, [found_claim(SPANS[0], score=0.42, kind=ClaimKind.OPINION)]).endswith("nothing changed")
    assert last_changes(bench.reader, bench.case) == []


@pytest.fixture
def worked_on(bench):
    """A person accepted, refused, moved and decided claims, and merged and split entities."""
    first, second, third = (claim.id for claim in bench.claims())
    bench.run(accept_claims, [first])
    bench.run(move_claim, second, Span(SPANS[1].start + 6, SPANS[1].end))
    bench.run(refuse_claims, [third])
    other = bench.claims(bench.again)
    bench.run(mark_claim, other[0].id, Verdict.DISPUTED, note="no")
    bench.run(store_clusters, bench.case)
    bench.cluster = cluster_of(bench.reader, bench.case, second).id
    bench.run(accept_cluster, [bench.cluster])
    bench.run(mark_cluster, bench.case, other[1].id, Verdict.UNVERIFIED)
    entities = {entity.name: entity.id for entity in list_entities(bench.reader, bench.case)}
    bench.run(merge_entities, entities["Nová"], [entities["Nova"]])
    ostrava = mentions_of_article(bench.reader, bench.again)[0]
    bench.run(split_mentions, [ostrava.id], "Old Ostrava")
    return bench


def decisions(bench):
    """All that a person said, without what links alone tell."""
    claims = [
        dataclasses.replace(claim, linked=0, conflicts=0)
        for article in (bench.bridge, bench.again)
        for claim in bench.claims(article)
        if claim.status != "suggested"
    ]
    cluster = get_cluster(bench.reader, bench.cluster)
    members = [(m.id, m.claim.id, m.relation, m.status) for m in cluster.members]
    return claims, cluster.judgement, members, bench.reader.rows("SELECT * FROM decisions")


def test_decisions_stay_whatever_the_newer_model_finds(worked_on):
    before = decisions(worked_on)
    mentions = [FoundMention(Span(0, 7), "GPE", "Ostrava"), FoundMention(Span(77, 81), "PERSON", "Nova")]
    title = again(
        worked_on, [found_claim(span, score=0.1) for span in sentence_spans(BRIDGE_AGAIN)], mentions, worked_on.again
    )
    assert title == "Pre-annotate “Evening” again: 1 claim rescored"
    again(worked_on, [])
    worked_on.run(store_links, worked_on.case, [worked_on.link(Relation.SAME)])
    worked_on.run(store_clusters, worked_on.case)
    assert [tuple(row) for row in before[3]] == [tuple(row) for row in decisions(worked_on)[3]]
    assert decisions(worked_on)[:3] == before[:3]
    entities = {entity.name: entity for entity in list_entities(worked_on.reader, worked_on.case)}
    assert "Nova" not in entities
    assert entities["Old Ostrava"].mention_count == 1
    kept = {change.article_id: change.claims.kept for change in last_changes(worked_on.reader, worked_on.case)}
    assert len(kept[worked_on.bridge]) == 3


def test_a_refused_claim_found_again_stays_refused(worked_on):
    refused = worked_on.claims()[2].id
    again(worked_on, [found_claim(span) for span in SPANS])
    assert get_claim(worked_on.reader, refused).status == "refused"
    assert len(worked_on.claims()) == 3
