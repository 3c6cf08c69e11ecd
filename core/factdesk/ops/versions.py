"""A newer version of an article in place of the one in the case, and where people's marks go then.

Marks that a person made, accepted or decided about move along; what only the machine found is found anew.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from factdesk.compare.anchors import Carrier, Placed
from factdesk.errors import FactdeskError
from factdesk.model.articles import ArticleMeta, NewArticle
from factdesk.model.changes import Changes
from factdesk.model.claims import Anchor
from factdesk.model.ids import article_id as id_of_text
from factdesk.model.spans import Span
from factdesk.model.versions import MarkKind
from factdesk.ops.articles import require_membership, store_article
from factdesk.ops.passages import quote_at
from factdesk.ops.wording import counted, quoted
from factdesk.store.articles import article_text, get_article
from factdesk.store.stored_words import ANCHORS
from factdesk.store.touching import claims_before, mentions_before
from factdesk.store.transaction import Transaction
from factdesk.store.versions import (
    absences_in,
    current_version,
    earlier_versions,
    evidence_in,
    links_left_behind,
    mark_place,
    marks_by_ids,
    orphans_in,
    versions_of,
)

Row = dict[str, Any]

_PARTS = ("claimant", "content")  # of a claim: columns with a start and an end of their own


def replace_article(tx: Transaction, case_id: str, article_id: str, new: NewArticle) -> Changes:
    """Put a newer version in place of an article, in every case that has it; the old one stays readable.

    The title counts the marks that moved, changed or were left behind; `Changes.created` is the new version.
    """
    require_membership(tx, case_id, article_id)
    article = get_article(tx, article_id)
    if id_of_text(new.text) == article_id:
        return tx.changes(created=article_id, title=f"{quoted(article.label)} has not changed")
    if id_of_text(new.text) in {version.article_id for version in versions_of(tx, article_id)}:
        raise FactdeskError(
            f"This text is another version of {quoted(article.label)} that the project has already.",
            "Undo brings an earlier version back into the case.",
        )
    newer = store_article(tx, replace(new, meta=_completed(new.meta, article.meta)))
    tx.update("articles", newer, replaces=article_id)
    carrier = Carrier(article_text(tx, article_id), new.text)
    outcome: Counter[Anchor] = Counter()
    for kind in MarkKind:
        outcome += _Marks(tx, kind, article_id, newer).carry(carrier)
        outcome += _bring_back(tx, kind, newer, new.text)
    _take_the_place(tx, article_id, newer)
    for link in links_left_behind(tx, article_id):
        tx.delete("links", link, is_of_machine=True)
    doubtful = _carry_absences(tx, article_id, newer, carrier)
    tx.record(f"New version of {quoted(article.label)}{_told(outcome)}{doubtful}")
    return tx.changes(created=newer)


def settle_anchor(tx: Transaction, kind: MarkKind, mark_id: str) -> Changes:
    """A person looked at a mark whose words had changed a little, and it is right."""
    _, _, quote, anchor = mark_place(tx, kind, mark_id)
    tx.record(f"Looked at {quoted(quote)} in the new version")
    if anchor is Anchor.FUZZY:
        tx.update(str(kind), mark_id, anchor=Anchor.EXACT)
    return tx.changes()


def reattach(tx: Transaction, mark_id: str, span: Span, kind: MarkKind = MarkKind.CLAIM) -> Changes:
    """Put a mark that was left behind, or sits askew, at a passage of the article's present version."""
    article_id, _, quote, _ = mark_place(tx, kind, mark_id)
    current = current_version(tx, article_id)
    now = quote_at(tx, current, span)
    tx.record(f"Put {quoted(quote)} at {quoted(now)}")
    if kind is MarkKind.CLAIM:
        _refuse_second_claim(tx, current, span, mark_id)
    columns: dict[str, Any] = {"article_id": current, "start": span.start, "end": span.end, "quote": now}
    if kind is MarkKind.CLAIM and article_id != current:
        columns |= _without_parts()
    tx.set_columns(str(kind), mark_id, columns | {"anchor": Anchor.EXACT})
    return tx.changes()


class _Marks:
    """The marks of one sort in an article that move to its newer version."""

    def __init__(self, tx: Transaction, kind: MarkKind, old: str, newer: str) -> None:
        self._tx = tx
        self._kind = kind
        self._newer = newer
        self._rows = self._touched(old)
        self._names = {row["id"] for row in self._rows}

    def carry(self, carrier: Carrier) -> Counter[Anchor]:
        """Move what can be found again; the rest stays where it is, flagged."""
        places = carrier.place_all(Span(row["start"], row["end"]) for row in self._rows)
        outcome: Counter[Anchor] = Counter()
        for row in self._rows:
            whole = Span(row["start"], row["end"])
            placed = places.get(whole)
            if placed is None:
                anchor, columns = Anchor.ORPHAN, {}
            else:
                anchor = _anchor(ANCHORS[row["anchor"]], placed)
                columns = _columns(self._newer, placed.span, carrier.new)
                if self._kind is MarkKind.CLAIM:
                    columns |= self._parts(carrier, row, whole, placed)
            self._tx.set_columns(str(self._kind), row["id"], {"anchor": anchor} | columns)
            outcome[anchor] += 1
        return outcome

    def _touched(self, old: str) -> list[Row]:
        if self._kind is MarkKind.EVIDENCE:
            return evidence_in(self._tx, old)
        before = claims_before if self._kind is MarkKind.CLAIM else mentions_before
        return marks_by_ids(self._tx, self._kind, [row["id"] for row in before(self._tx, old) if row["touched"]])

    def _parts(self, carrier: Carrier, row: Row, whole: Span, placed: Placed) -> dict[str, Any]:
        """Where the speaker, the content and the values of a claim are now; what cannot be found is not guessed."""
        columns: dict[str, Any] = {}
        for part in _PARTS:
            start, end = row[f"{part}_start"], row[f"{part}_end"]
            found = None if start is None else carrier.shifted(Span(start, end), whole, placed)
            columns |= {f"{part}_start": found and found.start, f"{part}_end": found and found.end}
        values = []
        for value in json.loads(row["stated_values"]):
            found = carrier.shifted(Span(*value["span"]), whole, placed)
            if found is not None:
                values.append(value | {"span": [found.start, found.end]})
        voices = []
        for voice in json.loads(row["attribution"]):
            found = carrier.shifted(Span(*voice["span"]), whole, placed) if voice.get("span") else None
            voices.append(voice | {"span": found and [found.start, found.end]})
        repeat_of = row["repeat_of"] if row["repeat_of"] in self._names else None
        packed = {"stated_values": values, "attribution": voices}
        return (
            columns | {name: _json(rows) if rows else "[]" for name, rows in packed.items()} | {"repeat_of": repeat_of}
        )


def _bring_back(tx: Transaction, kind: MarkKind, newer: str, text: str) -> Counter[Anchor]:
    """Marks that an earlier version lost come back when the very words stand in the text again, and only once."""
    outcome: Counter[Anchor] = Counter()
    earlier = earlier_versions(tx, newer)[1:]
    by_article: dict[str, list[Row]] = {}
    for row in orphans_in(tx, kind, earlier) if earlier else ():
        by_article.setdefault(row["article_id"], []).append(row)
    for article, rows in by_article.items():
        returning = [row for row in rows if text.count(row["quote"]) == 1]
        if not returning:
            continue
        places = Carrier(article_text(tx, article), text).place_all(Span(row["start"], row["end"]) for row in returning)
        for row in returning:
            placed = places.get(Span(row["start"], row["end"]))
            if placed is not None and placed.anchor is not Anchor.FUZZY:
                columns = _columns(newer, placed.span, text)
                columns |= _without_parts() if kind is MarkKind.CLAIM else {}
                tx.set_columns(str(kind), row["id"], columns | {"anchor": Anchor.MOVED})
                outcome[Anchor.MOVED] += 1
    return outcome


def _take_the_place(tx: Transaction, old: str, newer: str) -> None:
    """In each case the newer version stands where the old one stood, and belongs to the same origin."""
    for row in tx.rows("SELECT case_id, position FROM case_articles WHERE article_id = ?", (old,)):
        tx.delete("case_articles", f"{row['case_id']}/{old}")
        _move_row(tx, "case_articles", dict(row) | {"article_id": newer})
    for row in tx.rows(
        "SELECT case_id, article_id, origin, share, made_by, made_at FROM origins WHERE article_id = ?", (old,)
    ):
        tx.delete("origins", f"{row['case_id']}/{old}")
        _move_row(tx, "origins", dict(row) | {"article_id": newer})


def _carry_absences(tx: Transaction, old: str, newer: str, carrier: Carrier) -> str:
    """“Not mentioned” holds for the newer version too, unless words about the fact came in; words for the title."""
    left = 0
    for row in absences_in(tx, old):
        is_doubtful = any(carrier.has_new_words_about(text) for text in row["facts"])
        if is_doubtful or row["is_known"]:
            left += is_doubtful
        else:
            tx.update("absences", row["id"], article_id=newer)
    return f"; {counted(range(left), 'confirmed absence')} to look at again" if left else ""


def _move_row(tx: Transaction, table: str, row: dict[str, Any]) -> None:
    known = f"SELECT 1 FROM {table} WHERE case_id = ? AND article_id = ?"  # noqa: S608 - the name of a table
    if tx.value(known, (row["case_id"], row["article_id"])) is None:
        tx.insert(table, row)


def _refuse_second_claim(tx: Transaction, article_id: str, span: Span, claim_id: str) -> None:
    other = tx.value(
        'SELECT id FROM claims WHERE article_id = ? AND start = ? AND "end" = ? AND id <> ?',
        (article_id, span.start, span.end, claim_id),
    )
    if other is not None:
        raise FactdeskError(
            "There is already a claim with these edges.", "Choose other edges, or refuse one of the two."
        )


def _anchor(before: Anchor, placed: Placed) -> Anchor:
    """What nobody has looked at since an earlier change still wants a look."""
    return Anchor.FUZZY if before is Anchor.FUZZY else placed.anchor


def _columns(article_id: str, span: Span, text: str) -> dict[str, Any]:
    return {"article_id": article_id, "start": span.start, "end": span.end, "quote": span.of(text)}


def _without_parts() -> dict[str, Any]:
    """A claim in a text in which nobody has looked for its speaker and values."""
    edges = {f"{part}_{edge}": None for part in _PARTS for edge in ("start", "end")}
    return edges | {"stated_values": "[]", "attribution": "[]", "repeat_of": None}


def _completed(new: ArticleMeta, old: ArticleMeta) -> ArticleMeta:
    """What the new version does not say about itself is as it was."""
    return ArticleMeta(**{name: value.strip() or getattr(old, name) for name, value in asdict(new).items()})


def _told(outcome: Counter[Anchor]) -> str:
    words = {
        Anchor.EXACT: "stayed in place",
        Anchor.MOVED: "moved",
        Anchor.FUZZY: "changed a little",
        Anchor.ORPHAN: "left behind",
    }
    parts = [f"{outcome[anchor]:,} {told}" for anchor, told in words.items() if outcome[anchor]]
    return f": {counted(range(outcome.total()), 'mark')}, {', '.join(parts)}" if parts else ""


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
