"""What a newer version of an article does to clusters, their verdicts, absences and origins."""

import pytest

from builders import BRIDGE_AGAIN, REPORT, new_article
from factdesk.errors import GateError
from factdesk.exchange.attachments import attachment_of
from factdesk.model.claims import Anchor, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate
from factdesk.ops.clusters import confirm_absence, link_claims, mark_cluster
from factdesk.ops.evidence import add_source
from factdesk.ops.gate import save_gate
from factdesk.ops.history import undo
from factdesk.ops.origins import join_origin
from factdesk.ops.versions import replace_article
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim, links_of
from factdesk.store.clusters import absent_articles, cluster_of, origins_of
from factdesk.store.evidence import evidence_for_cluster
from factdesk.store.gate import missing_for


@pytest.fixture
def linked(bench):
    """A claim of the first article and one of the second in one cluster that is disputed."""
    bench.a, bench.b = bench.claims(bench.bridge)[0].id, bench.claims(bench.again)[0].id
    bench.k = bench.run(link_claims, bench.case, bench.a, bench.b, Relation.SAME).created
    bench.run(mark_cluster, bench.case, bench.a, Verdict.DISPUTED)
    return bench


def newer(bench, article, text):
    changes = bench.run(replace_article, bench.case, article, new_article(text))
    assert check_project(bench.reader) == []
    return changes


def test_cluster_verdict_and_links_follow_a_moved_claim(linked):
    made = newer(linked, linked.again, "Corrected. " + BRIDGE_AGAIN).created
    moved = get_claim(linked.reader, linked.b)
    assert (moved.article_id, moved.anchor) == (made, Anchor.MOVED)
    assert (moved.verdict, moved.inherited_from) == (Verdict.DISPUTED, linked.k)
    cluster = cluster_of(linked.reader, linked.case, linked.a)
    assert [member.claim.id for member in cluster.members] == [linked.a, linked.b]
    assert [claim.id for _, claim in links_of(linked.reader, linked.b)] == [linked.a]


def test_claim_left_behind_leaves_the_row_but_keeps_its_verdict_and_comes_back_with_undo(linked):
    newer(linked, linked.again, "Nothing is known about any of this.")
    assert get_claim(linked.reader, linked.b).anchor is Anchor.ORPHAN
    assert get_claim(linked.reader, linked.b).verdict is Verdict.DISPUTED
    cluster = cluster_of(linked.reader, linked.case, linked.a)
    assert [member.claim.id for member in cluster.members] == [linked.a]
    linked.run(undo)
    assert len(cluster_of(linked.reader, linked.case, linked.a).members) == 2


def test_confirmed_absence_goes_along_when_nothing_about_the_fact_came_in(linked):
    linked.run(confirm_absence, linked.case, linked.a, linked.report)
    made = newer(linked, linked.report, REPORT.replace("unknown", "some sheds")).created
    assert absent_articles(linked.reader, linked.k) == [made]
    linked.run(undo)
    assert absent_articles(linked.reader, linked.k) == [linked.report]


def test_confirmed_absence_is_to_be_looked_at_again_when_words_about_the_fact_came_in(linked):
    linked.run(confirm_absence, linked.case, linked.a, linked.report)
    changes = newer(linked, linked.report, REPORT + " A bridge at Ostrava fell, too.")
    assert absent_articles(linked.reader, linked.k) == [linked.report]
    assert "1 confirmed absence to look at again" in changes.title


def test_newer_version_belongs_to_the_same_origin(linked):
    linked.run(join_origin, linked.case, [linked.bridge, linked.again])
    made = newer(linked, linked.again, "Corrected. " + BRIDGE_AGAIN).created
    assert [origin.article_ids for origin in origins_of(linked.reader, linked.case)] == [(linked.bridge, made)]
    linked.run(undo)
    assert [o.article_ids for o in origins_of(linked.reader, linked.case)] == [(linked.bridge, linked.again)]


def test_gate_holds_for_the_cluster_and_counts_evidence_of_all_its_claims(linked):
    linked.run(save_gate, EvidenceGate(verified_origins=2))
    for claim, site in ((linked.a, "https://example.org"), (linked.b, "https://example.net")):
        with pytest.raises(GateError, match="independent origin"):
            linked.run(mark_cluster, linked.case, linked.a, Verdict.VERIFIED)
        linked.run(add_source, claim, EvidenceKind.URL, Stance.SUPPORTS, url=site, attachment=attachment_of(b"x", "x"))
    assert missing_for(linked.reader, linked.case, linked.b, Verdict.VERIFIED) == []
    linked.run(mark_cluster, linked.case, linked.b, Verdict.VERIFIED)
    assert get_claim(linked.reader, linked.a).verdict is Verdict.VERIFIED
    newer(linked, linked.again, "Nothing is known about any of this.")
    shown = evidence_for_cluster(linked.reader, linked.case, linked.a)
    assert [found.is_settled for found in shown] == [True, False]
