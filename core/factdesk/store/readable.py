"""Whether rows from elsewhere can be read as the values they stand for: one that cannot would spoil its neighbours here."""

from collections.abc import Callable, Mapping
from typing import Any

from factdesk.errors import DamagedError
from factdesk.store.articles import get_article
from factdesk.store.claims import get_claim, judgement_of, link_of
from factdesk.store.connection import Queryable
from factdesk.store.evidence import get_evidence
from factdesk.store.journal import Row
from factdesk.store.mentions import get_entity, get_mention

_LISTS = ("features", "attribution", "stated_values")
_BAD = "it holds what does not belong there"


def _read_claim(r: Queryable, name: str) -> None:
    get_claim(r, name)
    shapes = " + ".join(f"(json_valid({column}) AND json_type({column}) = 'array')" for column in _LISTS)
    if r.value(f"SELECT {shapes} FROM claims WHERE id = ?", (name,)) != len(_LISTS):
        raise DamagedError(_BAD, "")


def _read_link(r: Queryable, name: str) -> None:
    for row in r.rows("SELECT * FROM links WHERE id = ?", (name,)):
        link_of(row)


_READ: Mapping[str, Callable[[Queryable, str], object]] = {
    "articles": get_article,
    "claims": _read_claim,
    "mentions": get_mention,
    "entities": get_entity,
    "evidence": get_evidence,
    "links": _read_link,
}


def unreadable(r: Queryable, table: str, name: Any) -> str:
    """Why a row cannot be read as a value; "" if it can."""
    try:
        _READ[table](r, name)
    except (DamagedError, ValueError):
        return _BAD
    return ""


def no_judgement(row: Row) -> str:
    """Why an entry is no judgement that a person can give; "" if it is one."""
    try:
        judgement_of(row["verdict"], row["reason"], row["note"], row["confidence"])
    except (DamagedError, ValueError, TypeError):
        return _BAD
    return ""
