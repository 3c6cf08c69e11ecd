"""How two claims of a cluster stand to each other."""

import pytest

from factdesk.compare.standing import relation_between
from factdesk.model.claims import Claim, ClaimKind, Judgement, Relation, Status
from factdesk.model.clusters import Cluster, Member
from factdesk.model.spans import Span
from factdesk.model.values import Value, ValueKind

SAME, DIFFERS, CONFLICTS = Relation.SAME, Relation.DIFFERS, Relation.CONFLICTS


def claim(name, *numbers):
    """A claim about boats, with its numbers of them."""
    values = tuple(Value(ValueKind.NUMBER, Span(0, 2), str(n), "boat", n, n) for n in numbers)
    return Claim(
        name, f"article {name}", Span(0, 9), "x", ClaimKind.EVENT, None, "", "", (), Status.ACCEPTED, "Ada", None,
        Judgement(), "", "", values=values,
    )  # fmt: skip


def cluster(**relations):
    """A cluster led by the claim "lead"; of each other one its relation, and its number of boats if given."""
    members = [Member("m", claim("lead", 10), SAME, Status.ACCEPTED, 1.0, "", "Ada")]
    for name, (relation, *numbers) in relations.items():
        members.append(Member(name, claim(name, *numbers), relation, Status.ACCEPTED, 1.0, "", "Ada"))
    return Cluster("k", "case", "", "lead", Judgement(), "", "", "Ada", tuple(members))


@pytest.mark.parametrize("relation", [SAME, DIFFERS, CONFLICTS])
def test_claims_stand_to_the_lead_as_they_are_kept(relation):
    found = cluster(other=(relation,))
    assert relation_between(found, "lead", "other") is relation
    assert relation_between(found, "other", "lead") is relation


def test_what_is_the_same_as_the_lead_stands_as_the_lead_does():
    found = cluster(one=(SAME,), other=(CONFLICTS,))
    assert relation_between(found, "one", "other") is CONFLICTS


def test_other_wording_of_what_is_contradicted_is_contradicted():
    assert relation_between(cluster(one=(DIFFERS,), other=(CONFLICTS,)), "one", "other") is CONFLICTS


def test_two_that_contradict_the_lead_contradict_each_other_only_with_other_values():
    assert relation_between(cluster(one=(CONFLICTS, 12), other=(CONFLICTS, 40)), "one", "other") is CONFLICTS
    assert relation_between(cluster(one=(CONFLICTS, 12), other=(CONFLICTS, 12)), "one", "other") is DIFFERS
    assert relation_between(cluster(one=(CONFLICTS,), other=(CONFLICTS,)), "one", "other") is DIFFERS


def test_a_claim_is_the_same_as_itself():
    assert relation_between(cluster(one=(CONFLICTS,)), "one", "one") is SAME
