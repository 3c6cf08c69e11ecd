import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.exchange.splits import SPLITS, part_of_each, tied_together


def parted(count, ties=(), claims=None):
    articles = [f"a{n}" for n in range(count)]
    groups = tied_together(articles, ties)
    hashes = {article: hashlib.sha256(article.encode()).hexdigest() for article in articles}
    return part_of_each(groups, hashes, dict.fromkeys(articles, 1) if claims is None else claims)


def test_ties_that_share_an_article_are_one_group():
    groups = tied_together("abcdef", [("a", "b"), ("c", "d"), ("b", "c"), ("e",), ("x", "f"), ()])
    assert sorted(map(sorted, groups)) == [["a", "b", "c", "d"], ["e"], ["f"]]


@given(st.integers(1, 40), st.lists(st.lists(st.integers(0, 39), max_size=4), max_size=12))
def test_nothing_that_is_tied_is_parted_and_train_is_never_empty(count, ties):
    named = [[f"a{n}" for n in tie] for tie in ties]
    parts = parted(count, named)
    assert len(parts) == count
    assert "train" in parts.values()
    for tie in named:
        assert len({parts[article] for article in tie if article in parts}) <= 1


@pytest.mark.parametrize(("count", "splits"), [(0, 0), (1, 1), (2, 2), (3, 3), (5, 3), (40, 3)])
def test_few_articles_still_fill_as_many_parts_as_they_can(count, splits):
    assert len(set(parted(count).values())) == splits


def test_many_articles_are_parted_eighty_ten_ten():
    parts = list(parted(3000).values())
    shares = [parts.count(name) / len(parts) for name in SPLITS]
    assert [round(share, 1) for share in shares] == [0.8, 0.1, 0.1]


def test_more_articles_move_none_of_the_others():
    before, after = parted(400), parted(500)
    assert {article: after[article] for article in before} == before


def test_train_has_something_to_learn_from():
    for article in ("a0", "a7", "a23"):
        parts = parted(30, claims={article: 5})
        assert parts[article] == "train"
