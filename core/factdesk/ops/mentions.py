"""Operations on mentions and entities."""

from collections.abc import Iterator, Sequence
from typing import Any

from factdesk.compare.anchors import is_cut
from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Status
from factdesk.model.ids import entity_id as id_of_entity
from factdesk.model.ids import new_id
from factdesk.model.mentions import LABELS, NAME_LABELS, Mention
from factdesk.model.spans import Span
from factdesk.ops.passages import quote_at
from factdesk.ops.wording import counted, quoted
from factdesk.store.entities import marked_spans, spellings_of, standing_entity, texts_with
from factdesk.store.mentions import get_entity, get_mention
from factdesk.store.transaction import Transaction

_SHORTEST = 2  # letters of a spelling that is looked for


def add_mention(tx: Transaction, article_id: str, span: Span, label: str) -> Changes:
    """Mark a passage as a mention. If the same mention is there already, it is accepted."""
    quote = quote_at(tx, article_id, span)
    tx.record(f"New mention {quoted(quote)} ({_meaning(label)})")
    known = tx.value(
        'SELECT id FROM mentions WHERE article_id = ? AND start = ? AND "end" = ? AND label = ?',
        (article_id, span.start, span.end, label),
    )
    if known is not None:
        tx.update("mentions", known, status=Status.ACCEPTED)
        return tx.changes(created=known)
    mention_id = new_id()
    tx.insert(
        "mentions",
        {
            "id": mention_id,
            "article_id": article_id,
            "start": span.start,
            "end": span.end,
            "quote": quote,
            "label": label,
            "entity_id": entity_for(tx, article_id, quote, label),
            "status": Status.ACCEPTED,
            "made_by": tx.reviewer_id,
            "made_at": tx.now,
        },
    )
    return tx.changes(created=mention_id)


def relabel_mention(tx: Transaction, mention_id: str, label: str) -> Changes:
    """Give a mention another label; a corrected suggestion counts as accepted."""
    mention = get_mention(tx, mention_id)
    tx.record(f"Label {quoted(mention.quote)} as {_meaning(label)}")
    if label != mention.label:
        entity = entity_for(tx, mention.article_id, mention.quote, label)
        tx.update("mentions", mention_id, label=label, entity_id=entity, status=Status.ACCEPTED)
    return tx.changes()


def move_mention(tx: Transaction, mention_id: str, span: Span) -> Changes:
    """Move the edges of a mention; a corrected suggestion counts as accepted."""
    mention = get_mention(tx, mention_id)
    quote = quote_at(tx, mention.article_id, span)
    tx.record(f"Move the edges of {quoted(mention.quote)}")
    if span != mention.span:
        tx.set_columns(
            "mentions", mention_id, {"start": span.start, "end": span.end, "quote": quote, "status": Status.ACCEPTED}
        )
    return tx.changes()


def accept_mentions(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Take suggested mentions over."""
    return _set_status(tx, ids, "Accept", Status.ACCEPTED)


def refuse_mentions(tx: Transaction, ids: Sequence[str]) -> Changes:
    """Put mentions aside; a later pre-annotation does not bring them back."""
    return _set_status(tx, ids, "Refuse", Status.REFUSED)


def rename_entity(tx: Transaction, entity_id: str, name: str) -> Changes:
    """Give an entity another name; how it is spelled in the articles stays."""
    entity = get_entity(tx, entity_id)
    name = _clean(name)
    tx.record(f"Rename {quoted(entity.name)} to {quoted(name)}")
    tx.update("entities", entity_id, name=name)
    return tx.changes()


def retype_entity(tx: Transaction, entity_id: str, label: str) -> Changes:
    """Give an entity and all its mentions another label."""
    entity = get_entity(tx, entity_id)
    if label not in NAME_LABELS:
        raise FactdeskError(
            f"“{label}” is no kind of thing with a name.", f"Choose one of {', '.join(sorted(NAME_LABELS))}."
        )
    tx.record(f"Label {quoted(entity.name)} as {_meaning(label)}")
    tx.update("entities", entity_id, label=label)
    for row in tx.rows("SELECT id FROM mentions WHERE entity_id = ? AND label <> ?", (entity_id, label)):
        tx.update("mentions", row["id"], label=label)
    return tx.changes()


def merge_entities(tx: Transaction, keep: str, others: Sequence[str]) -> Changes:
    """Make several entities one; later pre-annotations follow."""
    kept = get_entity(tx, keep)
    gone = [get_entity(tx, other) for other in others if other != keep]
    tx.record(f"Merge {', '.join(quoted(entity.name) for entity in gone[:3])} into {quoted(kept.name)}")
    tx.touch("entities", keep)
    for entity in gone:
        for row in tx.rows("SELECT id FROM mentions WHERE entity_id = ?", (entity.id,)):
            tx.update("mentions", row["id"], entity_id=keep)
        tx.update("entities", entity.id, merged_into=keep)
    return tx.changes(created=keep)


def split_mentions(tx: Transaction, mention_ids: Sequence[str], name: str) -> Changes:
    """Make an entity of its own of some mentions."""
    mentions: list[Mention] = [get_mention(tx, mention_id) for mention_id in mention_ids]
    if not mentions:
        raise FactdeskError("No mention is chosen.", "Choose the mentions that name something else.")
    name = _clean(name)
    tx.record(f"Split {counted(mentions, 'mention')} off as {quoted(name)}")
    label = next((mention.label for mention in mentions if mention.label in NAME_LABELS), mentions[0].label)
    entity = _make_entity(tx, new_id(), name, label)
    for mention in mentions:
        tx.update("mentions", mention.id, entity_id=entity)
    return tx.changes(created=entity)


def mark_all_occurrences(tx: Transaction, case_id: str, entity_id: str) -> Changes:
    """Make a mention of every place that writes an entity as it is written already, and is not marked yet.

    Whole words in the same spelling only. Places that someone refused, that lie in another mention, or whose article
    writes another entity in the same way are left alone.
    """
    entity = get_entity(tx, entity_id)
    spellings = [spelling for spelling in spellings_of(tx, entity_id) if len(spelling) >= _SHORTEST]
    made: list[Span] = []
    for article_id, text in texts_with(tx, case_id, spellings):
        for span in _unmarked(tx, article_id, text, entity_id, spellings):
            made.append(span)
            tx.insert(
                "mentions",
                {
                    "id": new_id(),
                    "article_id": article_id,
                    "start": span.start,
                    "end": span.end,
                    "quote": span.of(text),
                    "label": entity.label,
                    "entity_id": entity_id,
                    "status": Status.ACCEPTED,
                    "made_by": tx.reviewer_id,
                    "made_at": tx.now,
                },
            )
    if not made:
        return tx.changes(title=f"Every occurrence of {quoted(entity.name)} is marked already")
    tx.record(f"Mark {counted(made, 'more occurrence')} of {quoted(entity.name)}")
    return tx.changes()


def _set_status(tx: Transaction, ids: Sequence[str], verb: str, status: Status) -> Changes:
    if len(ids) == 1:
        tx.record(f"{verb} {quoted(get_mention(tx, ids[0]).quote)}")
    else:
        tx.record(f"{verb} {counted(ids, 'mention')}")
    for mention_id in ids:
        tx.update("mentions", mention_id, status=status)
    return tx.changes()


def entity_for(tx: Transaction, article_id: str, quote: str, label: str, name: str = "") -> str | None:
    """The entity of a new mention: the one of its given name, else that of the same words in this article, else a new one.

    Values have none. Part of a step.
    """
    if label not in NAME_LABELS:
        return None
    same: str | None = None
    if not name.strip():
        same = tx.value(
            "SELECT entity_id FROM mentions WHERE article_id = ? AND quote = ? AND label = ? AND entity_id IS NOT NULL "
            "AND status <> 'refused' GROUP BY entity_id ORDER BY count(*) DESC LIMIT 1",
            (article_id, quote, label),
        )
        name = quote
    name = " ".join(name.split())
    by_name = id_of_entity(name, label)
    return same or standing_entity(tx, by_name) or _make_entity(tx, by_name, name, label)


def _make_entity(tx: Transaction, entity_id: str, name: str, label: str) -> str:
    row: dict[str, Any] = {"id": entity_id, "name": name, "label": label, "made_by": tx.reviewer_id, "made_at": tx.now}
    tx.insert("entities", row)
    return entity_id


def _unmarked(tx: Transaction, article_id: str, text: str, entity_id: str, spellings: Sequence[str]) -> Iterator[Span]:
    marked = marked_spans(tx, article_id)
    elsewhere = {quote for _, quote, other in marked if other not in {None, entity_id}}
    taken = [span for span, _, _ in marked]
    for spelling in spellings:
        if spelling in elsewhere:
            continue
        start = text.find(spelling)
        while start >= 0:
            span = Span(start, start + len(spelling))
            if not is_cut(text, span) and not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield span
            start = text.find(spelling, start + 1)


def _meaning(label: str) -> str:
    if label not in LABELS:
        raise FactdeskError(f"There is no label “{label}”.", f"Choose one of {', '.join(LABELS)}.")
    return LABELS[label]


def _clean(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise FactdeskError("The entity has no name.", "Give the name it is best known by.")
    return cleaned
