"""Clusters: who belongs together, and one verdict for all of them."""

import pytest

from clusters import suggest_cluster
from factdesk.errors import FactdeskError
from factdesk.model.claims import Reason, Relation, Status, Verdict
from factdesk.model.spans import Span
from factdesk.ops.claims import mark_claim, refuse_claims, restore_claims, set_confidence, set_note, set_reason
from factdesk.ops.clusters import (
    accept_cluster,
    accept_members,
    confirm_absence,
    ensure_cluster,
    link_claims,
    mark_cluster,
    mark_clusters,
    merge_clusters,
    point_at,
    refuse_members,
    set_lead,
    set_normalised_claim,
    set_relation,
    split_cluster,
    unlink_claim,
    withdraw_absence,
)
from factdesk.ops.history import redo, undo, undo_title
from factdesk.ops.links import refuse_links
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim, history_of, links_of
from factdesk.store.clusters import absent_articles, cluster_of, contradictions, get_cluster

SAME, DIFFERS, CONFLICTS = Relation


@pytest.fixture
def three(bench):
    """The first claims of three articles in one cluster: a leads, b says the same, c differs."""
    bench.a, bench.b, bench.c = (
        bench.claims(article)[0].id for article in (bench.bridge, bench.again, bench.report)
    )  # fmt: skip
    bench.run(link_claims, bench.case, bench.a, bench.b, SAME)
    bench.k = bench.run(link_claims, bench.case, bench.a, bench.c, DIFFERS).created
    yield bench
    assert check_project(bench.reader) == []
    while undo_title(bench.reader):
        bench.run(undo)
        assert check_project(bench.reader) == []


def test_what_was_decided_leads_instead_of_a_claim_that_nobody_has_looked_at(bench):
    read, unread = (bench.claims(article)[0] for article in (bench.bridge, bench.again))
    cluster = suggest_cluster(bench, unread, read, relation=DIFFERS)
    bench.run(mark_cluster, bench.case, read.id, Verdict.VERIFIED)
    found = get_cluster(bench.reader, cluster)
    assert (found.lead, found.judgement.verdict) == (read.id, Verdict.VERIFIED)
    places = {each.claim.id: (each.relation, each.status) for each in found.members}
    assert places == {read.id: (SAME, Status.ACCEPTED), unread.id: (DIFFERS, Status.SUGGESTED)}
    assert get_claim(bench.reader, unread.id).verdict is None
    assert check_project(bench.reader) == []
    bench.run(undo)
    assert get_cluster(bench.reader, cluster).lead == unread.id


def verdicts(bench):
    """What is in force for a, b and c: verdict, and whether it is the cluster's."""
    found = [get_claim(bench.reader, claim) for claim in (bench.a, bench.b, bench.c)]
    return [(str(c.verdict or "-"), c.inherited_from == bench.k and c.inherited_from is not None) for c in found]


def member(bench, claim, cluster=None):
    members = get_cluster(bench.reader, cluster or bench.k).members
    return next(each for each in members if each.claim.id == claim)


def relations(bench, cluster=None):
    return [(m.claim.id, m.relation) for m in get_cluster(bench.reader, cluster or bench.k).members]


def test_linked_claims_are_one_cluster(three):
    cluster = cluster_of(three.reader, three.case, three.b)
    assert (cluster.id, cluster.lead, cluster.made_by) == (three.k, three.a, "Ada")
    assert relations(three) == [(three.a, SAME), (three.b, SAME), (three.c, DIFFERS)]
    assert {each.status for each in cluster.members} == {Status.ACCEPTED}
    assert [claim.id for _, claim in links_of(three.reader, three.a)] == sorted(
        [three.b, three.c], key=lambda claim: claim
    )
    assert undo_title(three.reader).startswith("Link (differs) “The bridge")


def test_a_verdict_holds_for_the_whole_cluster(three):
    three.run(mark_cluster, three.case, three.b, Verdict.DISPUTED, Reason.CONTRADICTED, "see the map", 70)
    assert verdicts(three) == [("disputed", True)] * 3
    claim = get_claim(three.reader, three.c)
    assert (claim.judgement.reason, claim.judgement.note, claim.judgement.confidence) == (
        Reason.CONTRADICTED, "see the map", 70,
    )  # fmt: skip
    assert (claim.decided_by, claim.status) == ("Ada", Status.ACCEPTED)
    assert history_of(three.reader, three.c)[0].title == undo_title(three.reader)
    assert "and 2 linked" in undo_title(three.reader)
    three.run(undo)
    assert verdicts(three) == [("-", False)] * 3
    three.run(redo)
    three.reopen()
    assert verdicts(three) == [("disputed", True)] * 3


def test_an_override_stays_and_falls_back_when_it_is_cleared(three):
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED, note="of all")
    three.run(mark_claim, three.b, Verdict.VERIFIED, note="only here")
    assert verdicts(three) == [("disputed", True), ("verified", False), ("disputed", True)]
    three.run(mark_cluster, three.case, three.c, Verdict.UNVERIFIED)
    assert verdicts(three) == [("unverified", True), ("verified", False), ("unverified", True)]
    (found,) = contradictions(three.reader, three.case)
    assert (found.cluster_id, found.verdict, found.claims) == (
        three.k, Verdict.UNVERIFIED, ((three.b, Verdict.VERIFIED),),
    )  # fmt: skip
    three.run(mark_claim, three.b, None)
    assert verdicts(three) == [("unverified", True)] * 3
    assert contradictions(three.reader, three.case) == []
    title = undo_title(three.reader)
    three.run(mark_claim, three.b, None)  # nothing of its own is left
    assert undo_title(three.reader) == title


def test_deciding_from_an_overridden_claim_takes_its_own_verdict_away(three):
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    three.run(mark_claim, three.b, Verdict.VERIFIED)
    three.run(mark_cluster, three.case, three.b, None)
    assert verdicts(three) == [("disputed", True)] * 3
    three.run(mark_claim, three.b, Verdict.VERIFIED)
    three.run(mark_cluster, three.case, three.b, Verdict.UNVERIFIED)
    assert verdicts(three) == [("unverified", True)] * 3
    three.run(mark_cluster, three.case, three.b, None)
    assert verdicts(three) == [("-", False)] * 3


def test_reason_note_and_confidence_of_an_inherited_verdict_are_the_clusters(three):
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    three.run(set_reason, three.b, Reason.SOURCES_CONFLICT)
    three.run(set_note, three.c, "they differ")
    three.run(set_confidence, three.a, 55)
    judgement = get_cluster(three.reader, three.k).judgement
    assert (judgement.reason, judgement.note, judgement.confidence) == (Reason.SOURCES_CONFLICT, "they differ", 55)
    assert {get_claim(three.reader, claim).judgement for claim in (three.a, three.b, three.c)} == {judgement}


def test_a_note_of_its_own_stays(three):
    three.run(set_note, three.b, "mine")
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED, note="of all")
    assert get_claim(three.reader, three.b).judgement.note == "mine"
    three.run(set_note, three.b, "still mine")
    assert get_cluster(three.reader, three.k).judgement.note == "of all"
    three.run(mark_cluster, three.case, three.a, None)
    assert get_claim(three.reader, three.b).judgement.note == "still mine"
    assert get_claim(three.reader, three.c).judgement.note == ""


def test_what_was_noted_before_goes_along_with_the_first_verdict(three):
    three.run(set_note, three.a, "a thought")
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    assert get_cluster(three.reader, three.k).judgement.note == "a thought"
    assert get_claim(three.reader, three.c).judgement.note == "a thought"


def test_a_claim_alone_is_decided_alone(bench):
    claim = bench.claims()[0].id
    bench.run(mark_cluster, bench.case, claim, Verdict.VERIFIED)
    assert get_claim(bench.reader, claim).inherited_from is None
    assert cluster_of(bench.reader, bench.case, claim) is None


def test_a_decided_claim_gives_its_verdict_to_what_is_linked_with_it(bench):
    a, b = bench.claims()[0].id, bench.claims(bench.again)[0].id
    bench.run(mark_claim, a, Verdict.VERIFIED, Reason.CLEAR, "seen")
    bench.run(link_claims, bench.case, b, a, SAME)
    found = [get_claim(bench.reader, claim) for claim in (a, b)]
    assert [(claim.verdict, claim.judgement.note) for claim in found] == [(Verdict.VERIFIED, "seen")] * 2
    assert {claim.inherited_from for claim in found} == {cluster_of(bench.reader, bench.case, a).id}
    assert check_project(bench.reader) == []


def test_a_conflicting_claim_neither_takes_nor_gives_the_verdict(three):
    d = three.claims(three.report)[1].id
    three.run(link_claims, three.case, three.b, d, CONFLICTS)
    three.run(mark_cluster, three.case, three.a, Verdict.VERIFIED)
    assert get_claim(three.reader, d).verdict is None
    three.run(mark_cluster, three.case, d, Verdict.VERIFIED)
    assert get_claim(three.reader, d).inherited_from is None
    assert "Both sides" in contradictions(three.reader, three.case)[0].reason
    three.run(set_relation, member(three, d).id, SAME)
    assert contradictions(three.reader, three.case) == []
    three.run(set_relation, member(three, three.c).id, CONFLICTS)
    assert verdicts(three) == [("verified", True), ("verified", True), ("-", False)]


def test_unlinking_takes_the_inherited_verdict_and_is_remembered(three):
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    three.run(unlink_claim, three.case, three.a)
    assert verdicts(three) == [("-", False), ("disputed", True), ("disputed", True)]
    assert cluster_of(three.reader, three.case, three.a) is None
    cluster = get_cluster(three.reader, three.k)
    assert (cluster.lead, relations(three)) == (three.b, [(three.b, SAME), (three.c, DIFFERS)])
    assert links_of(three.reader, three.a) == []
    three.run(link_claims, three.case, three.a, three.b, SAME)
    assert verdicts(three) == [("disputed", True)] * 3
    with pytest.raises(FactdeskError, match="linked with no other"):
        three.run(unlink_claim, three.case, three.claims()[1].id)


def test_members_are_refused_and_accepted(three):
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    places = [member(three, three.b).id, member(three, three.c).id]
    three.run(refuse_members, places)
    assert verdicts(three) == [("disputed", True), ("-", False), ("-", False)]
    assert undo_title(three.reader) == "Refuse 2 links"
    three.run(accept_members, places)
    assert verdicts(three) == [("disputed", True)] * 3
    three.run(refuse_members, [member(three, claim).id for claim in (three.a, three.b, three.c)])
    assert len(get_cluster(three.reader, three.k).members) == 1


def test_a_refused_claim_inherits_nothing_until_it_is_restored(three):
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    three.run(refuse_claims, [three.a])
    assert verdicts(three)[0] == ("-", False)
    assert get_cluster(three.reader, three.k).lead == three.b
    three.run(restore_claims, [three.a])
    assert verdicts(three)[0] == ("disputed", True)


def test_a_verdict_takes_a_refused_claim_up_again(three):
    three.run(refuse_claims, [three.a, three.b])
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    found = {claim: get_claim(three.reader, claim) for claim in (three.a, three.b, three.c)}
    assert [(claim.status, claim.verdict) for claim in found.values()] == [
        (Status.ACCEPTED, Verdict.DISPUTED),
        (Status.REFUSED, None),
        (Status.ACCEPTED, Verdict.DISPUTED),
    ]


def test_many_refused_claims_are_taken_up_again_by_the_verdict_they_have(bench):
    claims = [claim.id for claim in bench.claims()]
    bench.run(mark_clusters, claims, Verdict.VERIFIED, bench.case)
    bench.run(refuse_claims, claims[:2])
    bench.run(mark_clusters, claims, Verdict.VERIFIED, bench.case)
    assert {(claim.status, claim.verdict) for claim in bench.claims()} == {(Status.ACCEPTED, Verdict.VERIFIED)}


def test_a_refused_place_is_taken_up_again_unless_the_claim_is_elsewhere(three):
    place = member(three, three.b).id
    three.run(refuse_members, [place])
    three.run(confirm_absence, three.case, three.a, three.again)
    three.run(set_relation, place, DIFFERS)
    assert (three.b, DIFFERS) in relations(three)
    assert absent_articles(three.reader, three.k) == []
    three.run(refuse_members, [place])
    three.run(link_claims, three.case, three.b, three.claims()[1].id, SAME)
    for again in (lambda: three.run(set_relation, place, SAME), lambda: three.run(accept_members, [place])):
        with pytest.raises(FactdeskError, match="in another cluster"):
            again()


def test_another_lead_turns_the_relations(three):
    three.run(set_lead, three.k, three.c)
    assert relations(three) == [(three.a, DIFFERS), (three.b, DIFFERS), (three.c, SAME)]
    three.run(set_relation, member(three, three.a).id, CONFLICTS)
    with pytest.raises(FactdeskError, match="compared with this one"):
        three.run(set_relation, member(three, three.c).id, SAME)


def test_clusters_merge_and_split(three):
    d, e = three.claims()[1].id, three.claims(three.again)[1].id
    other = three.run(link_claims, three.case, d, e, SAME).created
    three.run(mark_cluster, three.case, d, Verdict.VERIFIED)
    three.run(set_normalised_claim, three.case, e, "People were hurt")
    three.run(merge_clusters, three.k, [other])
    cluster = get_cluster(three.reader, three.k)
    assert (cluster.normalised, cluster.judgement.verdict, len(cluster.members)) == (
        "People were hurt", Verdict.VERIFIED, 5,
    )  # fmt: skip
    assert verdicts(three) == [("verified", True)] * 3
    new = three.run(split_cluster, three.k, [d, three.a]).created
    assert relations(three, new) == [(three.a, SAME), (d, SAME)]
    assert get_cluster(three.reader, three.k).lead == three.b
    assert get_claim(three.reader, d).verdict is None
    assert get_claim(three.reader, e).verdict is Verdict.VERIFIED
    for wrong in ([], [three.b, three.c, e]):
        with pytest.raises(FactdeskError, match="not all of them"):
            three.run(split_cluster, three.k, wrong)


def test_verdicts_of_merged_clusters_that_differ_stay_and_are_flagged(three):
    d, e = three.claims()[1].id, three.claims(three.again)[1].id
    other = three.run(link_claims, three.case, d, e, SAME).created
    three.run(mark_cluster, three.case, d, Verdict.VERIFIED)
    three.run(mark_cluster, three.case, three.a, Verdict.DISPUTED)
    three.run(merge_clusters, three.k, [other])
    found = [get_claim(three.reader, claim) for claim in (d, e)]
    assert [(claim.verdict, claim.inherited_from) for claim in found] == [(Verdict.VERIFIED, None)] * 2
    assert len(contradictions(three.reader, three.case)) == 1


def test_linking_claims_of_two_clusters_keeps_the_decided_one(three):
    d, e = three.claims()[1].id, three.claims(three.again)[1].id
    other = three.run(link_claims, three.case, d, e, SAME).created
    three.run(mark_cluster, three.case, d, Verdict.VERIFIED)
    assert three.run(link_claims, three.case, three.c, e, SAME).created == other
    assert len(get_cluster(three.reader, other).members) == 5
    three.run(link_claims, three.case, three.a, e, CONFLICTS)  # inside one cluster: only the relation
    assert (three.a, CONFLICTS) in relations(three, other)
    assert len(get_cluster(three.reader, other).members) == 5


def test_absence_is_confirmed_taken_back_and_given_up_for_a_passage(bench):
    claim = bench.claims()[0].id
    cluster = bench.run(confirm_absence, bench.case, claim, bench.report).created
    assert absent_articles(bench.reader, cluster) == [bench.report]
    bench.run(withdraw_absence, bench.case, claim, bench.report)
    assert absent_articles(bench.reader, cluster) == []
    bench.run(undo)
    found = bench.run(point_at, bench.case, claim, bench.report, Span(0, 30)).created
    assert absent_articles(bench.reader, cluster) == []
    assert get_claim(bench.reader, found).quote == "A storm passed over Silesia. N"
    assert [m.claim.id for m in cluster_of(bench.reader, bench.case, claim).members] == [claim, found]
    with pytest.raises(FactdeskError, match="states it"):
        bench.run(confirm_absence, bench.case, claim, bench.report)
    assert check_project(bench.reader) == []
    for _ in range(3):
        bench.run(undo)
    assert cluster_of(bench.reader, bench.case, claim) is None


def test_a_cluster_of_one_is_made_when_it_is_needed(bench):
    claim = bench.claims()[0].id
    cluster = bench.run(ensure_cluster, bench.case, claim).created
    title = undo_title(bench.reader)
    assert bench.run(ensure_cluster, bench.case, claim).created == cluster
    assert undo_title(bench.reader) == title
    bench.run(set_normalised_claim, bench.case, claim, "It f")
    bench.run(set_normalised_claim, bench.case, claim, "It fell")
    assert get_cluster(bench.reader, cluster).normalised == "It fell"
    bench.run(undo)
    assert get_cluster(bench.reader, cluster).normalised == ""


def test_several_clusters_are_decided_as_one_step(three):
    d = three.claims()[1].id
    three.run(mark_clusters, [three.a, three.b, d], Verdict.VERIFIED, three.case)
    assert verdicts(three) == [("verified", True)] * 3
    assert get_claim(three.reader, d).verdict is Verdict.VERIFIED
    three.run(undo)
    assert verdicts(three) == [("-", False)] * 3


def test_all_links_of_a_cluster_are_accepted_at_once(three):
    three.run(lambda tx: tx.execute("UPDATE cluster_claims SET status = 'suggested'"))
    three.run(mark_cluster, three.case, three.b, Verdict.DISPUTED)
    assert verdicts(three) == [("-", False), ("disputed", True), ("-", False)]
    three.run(accept_cluster, [three.k])
    assert verdicts(three) == [("disputed", True)] * 3
    assert undo_title(three.reader) == "Accept 2 links in 1 cluster"


def test_links_alone_change_no_cluster(three):
    link = links_of(three.reader, three.b)[0][0].id
    three.run(refuse_links, [link])
    assert len(get_cluster(three.reader, three.k).members) == 3
