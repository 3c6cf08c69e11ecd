"""Groups of claims from links."""

from hypothesis import given
from hypothesis import strategies as st

from factdesk.compare.clusters import BAR, PairLink, cluster_links
from factdesk.model.claims import Relation

SAME, DIFFERS, CONFLICTS = Relation.SAME, Relation.DIFFERS, Relation.CONFLICTS
CLAIMS = [f"c{i}" for i in range(9)]
claim = st.sampled_from(CLAIMS)
pairs = st.lists(st.tuples(claim, claim).filter(lambda pair: pair[0] != pair[1]), max_size=4)
link_lists = st.lists(
    st.builds(PairLink, claim, claim, st.sampled_from(list(Relation)), st.floats(0, 1).map(lambda x: round(x, 3))),
    max_size=30,
)


def group_of(groups: list[list[str]], claim: str) -> list[str]:
    return next(group for group in groups if claim in group)


def link(a: str, b: str, score: float = 0.9, relation: Relation = SAME) -> PairLink:
    return PairLink(a, b, relation, score)


def test_linked_claims_form_a_group_and_the_others_stay_alone():
    assert cluster_links(["a", "b", "c"], [link("a", "b")]) == [["a", "b"], ["c"]]


def test_weak_links_do_not_chain():
    chain = [link(x, y, 0.6) for x, y in zip("abcdef", "bcdefg", strict=True)]
    assert max(map(len, cluster_links("abcdefg", chain))) == 2


def test_a_claim_joins_when_it_fits_most_of_the_group():
    links = [link(x, y) for x, y in ("ab", "ac", "bc", "da", "db")]
    assert cluster_links("abcd", links) == [["a", "b", "c", "d"]]


def test_contradicting_claims_share_a_group():
    assert cluster_links("ab", [link("a", "b", 0.5, CONFLICTS)]) == [["a", "b"]]


def test_a_contradicting_claim_joins_where_a_different_one_does_not():
    links = [link("a", "b"), link("b", "c"), link("a", "c"), link("a", "x", 0.6, CONFLICTS)]
    assert cluster_links("abcx", links) == [["a", "b", "c", "x"]]
    links[-1] = link("a", "x", 0.6, DIFFERS)
    assert cluster_links("abcx", links) == [["a", "b", "c"], ["x"]]


def test_a_contradiction_does_not_make_one_row_of_two():
    links = [link("a", "b"), link("c", "d"), link("a", "c", 0.6, CONFLICTS)]
    assert cluster_links("abcd", links) == [["a", "b"], ["c", "d"]]


def test_claims_of_one_article_do_not_count_as_unlike():
    links = [link("a1", "b", 0.7), link("a2", "b", 0.7)]
    assert cluster_links(["a1", "a2", "b"], links) == [["a1", "b"], ["a2"]]
    articles = {"a1": "a", "a2": "a", "b": "b"}
    assert cluster_links(["a1", "a2", "b"], links, article_of=articles) == [["a1", "a2", "b"]]


def test_a_person_wins_over_the_links():
    links = [link("a", "b")]
    assert cluster_links("abc", links, together=[("b", "c")], apart=[("a", "b")]) == [["a"], ["b", "c"]]


def test_unknown_claims_are_left_out():
    assert cluster_links("ab", [link("a", "z")], together=[("b", "z")], apart=[("y", "z")]) == [["a"], ["b"]]


@given(link_lists, pairs, pairs)
def test_every_claim_is_in_one_group(links, together, apart):
    groups = cluster_links(CLAIMS, links, together, apart)
    assert sorted(claim for group in groups for claim in group) == CLAIMS
    assert groups == sorted(groups)


@given(link_lists, pairs, pairs)
def test_what_a_person_kept_apart_stays_apart(links, together, apart):
    groups = cluster_links(CLAIMS, links, together, apart)
    assert not any(b in group_of(groups, a) for a, b in apart)


@given(link_lists, pairs)
def test_what_a_person_brought_together_stays_together(links, together):
    groups = cluster_links(CLAIMS, links, together)
    assert all(b in group_of(groups, a) for a, b in together)


@given(link_lists, st.randoms(use_true_random=False))
def test_the_order_of_the_links_does_not_matter(links, random):
    shuffled = random.sample(links, len(links))
    assert cluster_links(CLAIMS, links) == cluster_links(CLAIMS, shuffled)


@given(link_lists)
def test_each_claim_of_a_group_fits_the_rest_on_the_whole(links):
    best: dict[frozenset[str], float] = {}
    for each in links:
        if each.a != each.b:
            weight = min(1.0, each.score + 0.15) if each.relation is CONFLICTS else each.score
            pair = frozenset((each.a, each.b))
            best[pair] = max(best.get(pair, 0.0), weight)
    for group in cluster_links(CLAIMS, links):
        inside = [best.get(frozenset((a, b)), 0.0) for i, a in enumerate(group) for b in group[i + 1 :]]
        clash = any(each.relation is CONFLICTS and {each.a, each.b} <= set(group) for each in links)
        assert clash or not inside or sum(inside) / len(inside) >= BAR - 1e-6


@given(link_lists)
def test_claims_that_are_only_linked_by_a_contradiction_share_a_group(links):
    ends = [end for each in links for end in {each.a, each.b}]
    groups = cluster_links(CLAIMS, links)
    for each in links:
        alone = ends.count(each.a) == ends.count(each.b) == 1 and each.a != each.b
        if alone and each.relation is CONFLICTS:
            assert each.b in group_of(groups, each.a)
