"""The fingerprint of a history: a chain of hashes over its entries, so that an earlier state can be recognised later.

Each entry's hash includes that of the entry before it: whoever knows the number and the hash of one entry can see later
whether anything up to there was changed, removed, added or put in another order. docs/project-file.md has the rule.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from factdesk.store.connection import Queryable

START = hashlib.sha256(b"factdesk-history-1").hexdigest()
"""The hash before the first entry."""

_PATTERN = re.compile(r"factdesk-history-1:(\d{1,12}):([0-9a-f]{64})")
_FIRST_NAME = (  # a reviewer may take another name later, which is no other history
    "coalesce((SELECT json_extract(c.before, '$.name') FROM row_changes c WHERE c.table_name = 'reviewers' "
    "AND c.row_id = p.id AND json_extract(c.before, '$.name') IS NOT NULL ORDER BY c.operation LIMIT 1), p.name)"
)
_COLUMNS = (
    "d.number, d.id, d.claim_id, d.status, d.verdict, d.reason, d.note, d.confidence, d.cause, d.title, "
    f"{_FIRST_NAME} AS name, d.session_id, d.decided_at, d.tool_version"
)
_ENTRIES = (
    f"SELECT {_COLUMNS} FROM decisions d JOIN reviewers p ON p.id = d.reviewer_id "
    "WHERE d.number > ? ORDER BY d.number LIMIT ?"
)
_PAGE = 2000
_PLACES = 64  # hashes on the way that are noted beside the last one
_SHORT = 16  # of their characters
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How many entries a history has, and the hash of its last one.

    `places` has the beginnings of some hashes on the way, by number of the entry: they tell where another history
    leaves this one.
    """

    count: int
    hash: str
    places: Mapping[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"factdesk-history-1:{self.count}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a history stands to an earlier fingerprint."""

    earlier: Fingerprint
    now: Fingerprint
    agrees: bool
    same_until: int = 0  # where it does not agree: so many first entries are known to be the same
    differs_by: int = 0  # and this one of the earlier entries is the last that can be the first to differ

    @property
    def added(self) -> int:
        """Entries that came since, where it agrees."""
        return self.now.count - self.earlier.count


def fingerprint_in(text: str) -> Fingerprint | None:
    """The one fingerprint that a text holds; None if it holds none, or several that differ."""
    found = set(_PATTERN.findall(text))
    if len(found) != 1:
        return None
    count, digest = found.pop()
    return Fingerprint(int(count), digest)


def fingerprint(r: Queryable, *, places: int = _PLACES) -> Fingerprint:
    """That of the project's history as it is now, with so many hashes on the way."""
    return _with_places(list(chain(r)), places)


def compare_history(r: Queryable, earlier: Fingerprint) -> Comparison:
    """Whether the history begins with the entries that an earlier fingerprint stands for."""
    hashes = list(chain(r))
    now = _with_places(hashes)
    if earlier.count <= len(hashes) and _at(hashes, earlier.count) == earlier.hash:
        return Comparison(earlier, now, agrees=True)
    same, differs = 0, min(earlier.count, len(hashes) + 1)
    for number, beginning in sorted(earlier.places.items()):
        if number <= len(hashes) and _at(hashes, number).startswith(beginning):
            same = number
        else:
            differs = number
            break
    return Comparison(earlier, now, agrees=False, same_until=same, differs_by=differs)


def chain(r: Queryable) -> Iterator[str]:
    """The hash of each entry, in order."""
    last, digest = 0, START
    while True:
        rows = r.rows(_ENTRIES, (last, _PAGE))
        if not rows:
            return
        for row in rows:
            digest = hashlib.sha256(f"{digest}\n{_ENCODER.encode(list(row)[1:])}".encode()).hexdigest()
            yield digest
        last = rows[-1][0]


def _at(hashes: list[str], count: int) -> str:
    return hashes[count - 1] if count else START


def _with_places(hashes: list[str], most: int = _PLACES) -> Fingerprint:
    count = len(hashes)
    step = max(1, -(-count // most))
    places = {number: hashes[number - 1][:_SHORT] for number in range(step, count, step)}
    return Fingerprint(count, _at(hashes, count), places)
