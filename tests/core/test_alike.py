"""Recognising a newer text of an article that the case has."""

from dataclasses import replace

import pytest

from builders import Bench, new_article
from factdesk.model.articles import ArticleMeta
from factdesk.ops.articles import add_article
from factdesk.store.alike import known_articles

URL = "https://www.example.org/news/bridge/"


@pytest.fixture
def known(tmp_path):
    bench = Bench(tmp_path / "bridge.factdesk")
    new = new_article("A long text about it.", title="Bridge near the mill reopens", publisher="Courier")
    new = replace(new, meta=replace(new.meta, url=URL))
    made = bench.run(add_article, bench.case, new).created
    yield made, known_articles(bench.reader, bench.case)
    bench.close()


@pytest.mark.parametrize(
    ("meta", "is_known"),
    [
        (ArticleMeta(url="http://example.org/news/bridge#top"), True),
        (ArticleMeta(url="https://example.org/news/bridge?page=2"), False),
        (ArticleMeta(title="Bridge near  the Mill reopens"), True),
        (ArticleMeta(title="Bridge near the mill reopens", publisher="courier"), True),
        (ArticleMeta(title="Bridge near the mill reopens", publisher="Evening"), False),
        (ArticleMeta(title="Bridge"), False),
        (ArticleMeta(), False),
    ],
    ids=["address", "other page", "title", "same paper", "other paper", "short title", "nothing known"],
)
def test_an_article_is_known_by_address_or_title(known, meta, is_known):
    made, articles = known
    assert articles.earlier(meta) == (made if is_known else None)
    assert articles.labels[made] == "Courier — Bridge near the mill reopens"


def test_a_title_that_occurs_twice_tells_nothing(tmp_path):
    bench = Bench(tmp_path / "twice.factdesk")
    for text in ("First text of it.", "Second text of it."):
        bench.run(add_article, bench.case, new_article(text, title="Live: all that happened today"))
    assert known_articles(bench.reader, bench.case).earlier(ArticleMeta(title="Live: all that happened today")) is None
    bench.close()
