"""Verdicts that claims have of their own beside that of their cluster."""

from factdesk.model.claims import Verdict
from factdesk.store.connection import Queryable
from factdesk.store.stored_words import VERDICTS


def own_verdicts(r: Queryable, case_id: str) -> dict[str, Verdict]:
    """By claim: what was decided about it alone, in clusters of more than one claim."""
    rows = r.rows(
        "SELECT c.id, c.verdict FROM clusters k "
        "CROSS JOIN cluster_claims p ON p.cluster_id = k.id AND p.status <> 'refused' "
        "CROSS JOIN claims c ON c.id = p.claim_id AND c.verdict IS NOT NULL AND c.status <> 'refused' "
        "AND c.inherited_from IS NOT k.id WHERE k.case_id = ? AND EXISTS (SELECT 1 FROM cluster_claims o "
        "WHERE o.cluster_id = k.id AND o.claim_id <> p.claim_id AND o.status <> 'refused')",
        (case_id,),
    )
    return {row[0]: VERDICTS[row[1]] for row in rows}
