"""Operations on origins: which articles share their text and therefore count as one source."""

from collections import Counter
from collections.abc import Sequence

from factdesk.errors import FactdeskError
from factdesk.model.analysis import FoundOrigin
from factdesk.model.changes import Changes
from factdesk.model.ids import new_id
from factdesk.ops.wording import counted, quoted
from factdesk.store.articles import get_article, in_case
from factdesk.store.touching import named_by_steps
from factdesk.store.transaction import Transaction


def store_origins(tx: Transaction, case_id: str, origins: Sequence[FoundOrigin]) -> Changes:
    """Keep which articles share their text, as the machine found it; what a person said about an article stays."""
    tx.record_machine(f"Compare texts: {counted(origins, 'group')} of articles of one origin")
    rows = tx.rows("SELECT article_id, origin, share, made_by FROM origins WHERE case_id = ?", (case_id,))
    named = {name.partition("/")[2] for name in named_by_steps(tx, "origins") if name.startswith(f"{case_id}/")}
    settled = named | {row["article_id"] for row in rows if row["made_by"] is not None}
    stored = {row["article_id"]: (row["origin"], row["share"]) for row in rows if row["article_id"] not in settled}
    counts = Counter(row["origin"] for row in rows if row["made_by"] is not None)
    shared = {origin for origin, count in counts.items() if count > 1}  # a person's groups take new reprints in
    found: dict[str, tuple[str, float]] = {}
    for origin in origins:
        here = in_case(tx, case_id, origin.article_ids)
        members = [article for article in origin.article_ids if article in here]
        chosen = {row["origin"] for row in rows if row["article_id"] in set(origin.article_ids) & settled} & shared
        if len(members) > 1:
            name = min(chosen) if chosen else f"o{members[0]}"
            shares = dict(zip(origin.article_ids, origin.shares, strict=True))
            found |= {article: (name, shares[article]) for article in members if article not in settled}
    for article in stored.keys() - found.keys():
        tx.execute("DELETE FROM origins WHERE case_id = ? AND article_id = ?", (case_id, article))
    for article, (origin_id, share) in found.items():
        if stored.get(article) != (origin_id, share):
            tx.execute(
                "INSERT INTO origins (case_id, article_id, origin, share, made_at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (case_id, article_id) DO UPDATE SET (origin, share) = (excluded.origin, excluded.share)",
                (case_id, article, origin_id, share, tx.now),
            )
    for article in stored.items() ^ found.items():
        tx.note("origins", {"case_id": case_id, "article_id": article[0]})
    return tx.changes()


def join_origin(tx: Transaction, case_id: str, article_ids: Sequence[str]) -> Changes:
    """Say that articles share their origin; groups that they are in already become one. `created` is the origin."""
    chosen = _require(tx, case_id, article_ids)
    if len(chosen) < 2:
        raise FactdeskError("One article alone has no common origin.", "Choose two articles or more.")
    tx.record(f"One origin: {counted(chosen, 'article')}")
    known = [origin for article in chosen if (origin := _origin(tx, case_id, article)) is not None]
    origin = known[0] if known else new_id()
    for other in dict.fromkeys(known):
        for article in _articles(tx, case_id, other):
            _put(tx, case_id, article, origin)
    for article in chosen:
        _put(tx, case_id, article, origin)
    return tx.changes(created=origin)


def leave_origin(tx: Transaction, case_id: str, article_id: str) -> Changes:
    """Say that an article has its own origin, whatever words it shares."""
    _require(tx, case_id, [article_id])
    tx.record(f"Origin of its own: {quoted(get_article(tx, article_id).label)}")
    origin = _origin(tx, case_id, article_id)
    if origin is not None and len(_articles(tx, case_id, origin)) > 1:
        _put(tx, case_id, article_id, new_id())
    return tx.changes()


def _require(tx: Transaction, case_id: str, article_ids: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(article_ids))
    if in_case(tx, case_id, chosen) != set(chosen):
        raise FactdeskError("An article is not in this case.", "It may have been removed; undo brings it back.")
    return chosen


def _origin(tx: Transaction, case_id: str, article_id: str) -> str | None:
    found: str | None = tx.value(
        "SELECT origin FROM origins WHERE case_id = ? AND article_id = ?", (case_id, article_id)
    )
    return found


def _articles(tx: Transaction, case_id: str, origin: str) -> list[str]:
    rows = tx.rows("SELECT article_id FROM origins WHERE case_id = ? AND origin = ? ORDER BY rowid", (case_id, origin))
    return [row[0] for row in rows]


def _put(tx: Transaction, case_id: str, article_id: str, origin: str) -> None:
    if _origin(tx, case_id, article_id) is not None:
        tx.update("origins", f"{case_id}/{article_id}", origin=origin, made_by=tx.reviewer_id)
        return
    row = {"case_id": case_id, "article_id": article_id, "origin": origin, "share": 0.0}
    tx.insert("origins", row | {"made_by": tx.reviewer_id, "made_at": tx.now})
