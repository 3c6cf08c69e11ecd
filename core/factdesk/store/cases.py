"""Cases, read."""

from sqlite3 import Row

from factdesk.errors import NotFoundError
from factdesk.model.articles import Case
from factdesk.store.connection import Queryable

_CASES = """
SELECT k.id, k.name, k.created_at, (SELECT count(*) FROM case_articles WHERE case_id = k.id) AS article_count
FROM cases k
"""


def list_cases(r: Queryable) -> list[Case]:
    """All cases, oldest first."""
    return [_case(row) for row in r.rows(f"{_CASES} ORDER BY k.created_at, k.id")]


def get_case(r: Queryable, case_id: str) -> Case:
    """One case."""
    row = r.one(f"{_CASES} WHERE k.id = ?", (case_id,))
    if row is None:
        raise NotFoundError(f"There is no case {case_id} in this project.")
    return _case(row)


def cases_of_article(r: Queryable, article_id: str) -> list[str]:
    """The ids of the cases that hold an article."""
    return [row[0] for row in r.rows("SELECT case_id FROM case_articles WHERE article_id = ?", (article_id,))]


def _case(row: Row) -> Case:
    return Case(row["id"], row["name"], row["created_at"], row["article_count"])
