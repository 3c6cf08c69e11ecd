"""How much is decided."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from factdesk.model.articles import Article
from factdesk.store.articles import articles_with_counts
from factdesk.store.connection import Queryable
from factdesk.store.version import schema_name


@dataclass(frozen=True, slots=True)
class ArticleProgress:
    """The state of one article's claims; refused ones are not counted."""

    article: Article
    total: int
    decided: int
    verified: int
    disputed: int
    unverified: int
    suggested: int  # not looked at by a person yet


def case_progress(r: Queryable, case_id: str, article_ids: Collection[str] | None = None) -> list[ArticleProgress]:
    """Each article of a case, or each of those that are named, in case order."""
    return [ArticleProgress(article, *counts) for article, counts in articles_with_counts(r, case_id, article_ids)]


def project_stats(r: Queryable) -> dict[str, Any]:
    """Counts of everything, for people and scripts."""
    return {
        "schema": schema_name(int(r.value("PRAGMA user_version"))),
        "cases": [
            {"id": row["id"], "name": row["name"], "articles": row["articles"]}
            for row in r.rows(
                "SELECT k.id, k.name, (SELECT count(*) FROM case_articles WHERE case_id = k.id) AS articles "
                "FROM cases k ORDER BY k.created_at, k.id"
            )
        ],
        "articles": r.value("SELECT count(*) FROM articles WHERE id IN (SELECT article_id FROM case_articles)"),
        "analysed": r.value("SELECT count(*) FROM analyses WHERE article_id IN (SELECT article_id FROM case_articles)"),
        "claims": _by(r, "claims", "status"),
        "verdicts": _by(r, "claims", "coalesce(verdict, 'none')", "status <> 'refused'"),
        "mentions": _by(r, "mentions", "status"),
        "entities": r.value("SELECT count(*) FROM entities WHERE merged_into IS NULL"),
        "evidence": r.value("SELECT count(*) FROM evidence"),
        "links": _by(r, "links", "status"),
        "clusters": _clusters(r),
        "origins": r.value("SELECT count(*) FROM (SELECT 1 FROM origins GROUP BY case_id, origin HAVING count(*) > 1)"),
        "decisions": r.value("SELECT count(*) FROM decisions"),
        "reviewers": [row[0] for row in r.rows("SELECT name FROM reviewers ORDER BY created_at, name")],
        "sessions": r.value("SELECT count(*) FROM sessions"),
        "last_step": r.value("SELECT max(at) FROM operations") or "",
    }


def _clusters(r: Queryable) -> dict[str, Any]:
    """Clusters of two claims or more; those of one claim only hold what a person wrote about it."""
    members = "SELECT count(*) FROM cluster_claims m WHERE m.cluster_id = clusters.id AND m.status <> 'refused'"
    shared = f"({members}) > 1"
    against = f"({members} AND m.relation = 'conflicts') > 0"
    return {
        "total": r.value(f"SELECT count(*) FROM clusters WHERE {shared}"),
        "conflicting": r.value(f"SELECT count(*) FROM clusters WHERE {against}"),
        "verdicts": _by(r, "clusters", "coalesce(verdict, 'none')", shared),
        "members": _by(r, "cluster_claims", "status"),
        "inherited": r.value("SELECT count(*) FROM claims WHERE inherited_from IS NOT NULL"),
        "absences": r.value("SELECT count(*) FROM absences"),
    }


def _by(r: Queryable, table: str, what: str, condition: str = "1") -> dict[str, int]:
    rows = r.rows(f"SELECT {what} AS name, count(*) FROM {table} WHERE {condition} GROUP BY 1 ORDER BY 1")
    return dict(map(tuple, rows))
