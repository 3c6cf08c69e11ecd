"""Who says things in a case."""

from factdesk.store.connection import Queryable


def claimants_of(r: Queryable, case_id: str) -> list[tuple[str, int]]:
    """Voices and how many claims each has in the case, most first; refused claims left out."""
    rows = r.rows(
        "SELECT c.claimant, count(*) AS claims FROM case_articles a JOIN claims c ON c.article_id = a.article_id "
        "WHERE a.case_id = ? AND c.status <> 'refused' AND c.claimant <> '' "
        "GROUP BY c.claimant ORDER BY claims DESC, c.claimant",
        (case_id,),
    )
    return [(name, number) for name, number in rows]
