"""Lists that grow with the case, read whole and in part."""

import pytest

from builders import Bench
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claims
from factdesk.store.articles import article_names, first_articles, in_case, list_articles
from factdesk.store.claims import claims_of_article
from factdesk.store.progress import case_progress


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path / "p.factdesk")
    yield bench
    bench.close()


def test_first_articles_come_in_case_order(bench):
    names = list(article_names(bench.reader, bench.case))
    assert names == [article.id for article in list_articles(bench.reader, bench.case)]
    assert first_articles(bench.reader, bench.case, 2) == names[:2]
    assert first_articles(bench.reader, "no such case", 2) == []


def test_articles_of_other_cases_are_told_apart(bench):
    known = first_articles(bench.reader, bench.case, 1)
    assert in_case(bench.reader, bench.case, [*known, "unknown"]) == set(known)


def test_progress_of_named_articles_is_the_same_as_in_the_whole_list(bench):
    article = first_articles(bench.reader, bench.case, 2)[1]
    bench.project.run(mark_claims, [claims_of_article(bench.reader, article)[0].id], Verdict.DISPUTED)
    whole = case_progress(bench.reader, bench.case)
    (part,) = case_progress(bench.reader, bench.case, [article])
    assert part == next(row for row in whole if row.article.id == article)
    assert part.disputed == 1
    assert case_progress(bench.reader, bench.case, []) == []


def test_rows_read_in_one_step_keep_their_types(bench):
    rows = bench.reader.lists(
        "a, b, c", "SELECT 1 AS a, NULL AS b, 'é \"x\"' AS c UNION ALL SELECT 2, 3, '' ORDER BY a DESC"
    )
    assert rows == [[2, 3, ""], [1, None, 'é "x"']]
