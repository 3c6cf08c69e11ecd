"""Operations on cases."""

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.ids import new_id
from factdesk.ops.wording import quoted
from factdesk.store.cases import get_case
from factdesk.store.transaction import Transaction


def create_case(tx: Transaction, name: str) -> Changes:
    """Add an empty case."""
    name = _clean(name)
    case_id = new_id()
    tx.record(f"Create case {quoted(name)}")
    tx.insert("cases", {"id": case_id, "name": name, "created_at": tx.now, "made_by": tx.reviewer_id})
    return tx.changes(created=case_id)


def rename_case(tx: Transaction, case_id: str, name: str) -> Changes:
    """Give a case another name."""
    name = _clean(name)
    case = get_case(tx, case_id)
    tx.record(f"Rename case {quoted(case.name)} to {quoted(name)}")
    tx.update("cases", case_id, name=name)
    return tx.changes()


def _clean(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise FactdeskError("The case has no name.", "Name the event that its articles are about.")
    return cleaned
