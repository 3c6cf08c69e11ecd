"""Storing what the machine found. Never undone, and never over anything that a person has touched."""

import json
from collections.abc import Sequence
from typing import Any

from factdesk.model.analysis import Analysis, FoundClaim, FoundLink, FoundMention, ModelInfo
from factdesk.model.changes import Changes
from factdesk.model.claims import Status
from factdesk.model.ids import claim_id, entity_id, link_id, mention_id
from factdesk.model.spans import Span
from factdesk.model.stated import attribution_to_json, values_to_json
from factdesk.ops.analysis_record import store_run
from factdesk.ops.wording import counted, quoted
from factdesk.store.analysis_runs import in_words, suggested_marks, what_changed
from factdesk.store.articles import article_text, get_article
from factdesk.store.entities import is_split_off, spellings_split_off, standing_entity
from factdesk.store.touching import claims_before, mentions_before, named_by_steps, untouched_links, unused_entities
from factdesk.store.transaction import Transaction

Row = dict[str, Any]


def store_analysis(tx: Transaction, analysis: Analysis) -> Changes:
    """Keep the suggestions for one article; those of an earlier run that nobody touched are replaced.

    The title of a later run says what it changed.
    """
    article = get_article(tx, analysis.article_id)
    text = article_text(tx, analysis.article_id)
    before = suggested_marks(tx, article.id)
    _store_claims(tx, analysis, text)
    _store_mentions(tx, analysis, text)
    changed: Row = {}
    if article.analysed:
        found = (
            {claim_id(article.id, claim.span.start, claim.span.end) for claim in analysis.claims},
            {f"{mention.span.start}-{mention.span.end}" for mention in analysis.mentions},
        )
        changed = what_changed(before, suggested_marks(tx, article.id), found)
        tx.record_machine(f"Pre-annotate {quoted(article.label)} again: {in_words(changed)}")
    else:
        tx.record_machine(f"Pre-annotate {quoted(article.label)}: {counted(analysis.claims, 'claim')}")
    store_run(tx, analysis, changed)
    tx.note("articles", {"id": analysis.article_id})
    return tx.changes()


def store_links(tx: Transaction, case_id: str, links: Sequence[FoundLink], replace: bool = True) -> Changes:  # noqa: FBT001, FBT002 - called by keyword
    """Keep suggested links between claims of a case.

    With `replace`, untouched ones of an earlier run go first: a caller with many links sends the first batch with it
    and the others without.
    """
    wanted = [link for link in links if link.suggested]
    tx.record_machine(f"Suggest {counted(wanted, 'link')}")
    if replace:
        for row in untouched_links(tx, case_id):
            tx.execute("DELETE FROM links WHERE id = ?", (row["id"],))
            tx.note("links", row)
    known = {row[0] for row in tx.rows("SELECT id FROM links")} | named_by_steps(tx, "links")
    rows: dict[str, Row] = {}
    for link in wanted:
        a, b = _claim_for(tx, link.article_a, link.span_a), _claim_for(tx, link.article_b, link.span_b)
        if a is None or b is None or a == b or link_id(a, b) in known:
            continue
        first, second = sorted((a, b))
        rows[link_id(a, b)] = {
            "id": link_id(a, b),
            "claim_a": first,
            "claim_b": second,
            "relation": link.relation,
            "score": link.score,
            "reason": link.reason,
            "status": Status.SUGGESTED,
            "made_at": tx.now,
        }
    tx.bulk_insert("links", list(rows.values()))
    for row in rows.values():
        tx.note("links", row)
    return tx.changes()


# -- claims ------------------------------------------------------------------------------------------------------------


def _store_claims(tx: Transaction, analysis: Analysis, text: str) -> None:
    article = analysis.article_id
    before = claims_before(tx, article)
    touched = {row["id"] for row in before if row["touched"]}
    taken = {(row["start"], row["end"]) for row in before if row["touched"]}
    untouched = {row["id"] for row in before} - touched
    rows: dict[str, Row] = {}
    for found in analysis.claims:
        name = claim_id(article, found.span.start, found.span.end)
        if name not in touched and (found.span.start, found.span.end) not in taken:
            rows[name] = _claim_row(tx, analysis, text, found)
    _remove_claims(tx, untouched - rows.keys())
    tx.bulk_update("claims", [rows[name] for name in rows if name in untouched])
    tx.bulk_insert("claims", [row for name, row in rows.items() if name not in untouched])
    for row in rows.values():
        tx.note("claims", row)


def _claim_row(tx: Transaction, analysis: Analysis, text: str, found: FoundClaim) -> Row:
    first = None if found.repeat_of is None else analysis.claims[found.repeat_of].span
    claimant, content = found.claimant_span, found.content_span
    return {
        "id": claim_id(analysis.article_id, found.span.start, found.span.end),
        **_place(analysis.article_id, found.span, text),
        "kind": found.kind,
        "score": found.score,
        "claimant": found.claimant,
        "claimant_start": claimant and claimant.start,
        "claimant_end": claimant and claimant.end,
        "content_start": content and content.start,
        "content_end": content and content.end,
        "features": json.dumps(found.features, ensure_ascii=False),
        "status": Status.SUGGESTED,
        "made_at": tx.now,
        "model": _model(analysis.model),
        "repeat_of": first and claim_id(analysis.article_id, first.start, first.end),
        "cue": found.cue,
        "attribution": attribution_to_json(found.attribution),
        "stated_values": values_to_json(found.values),
    }


def _remove_claims(tx: Transaction, names: set[str]) -> None:
    marks = [(name,) for name in names]
    tx.executemany(
        "DELETE FROM links WHERE claim_a = ?", marks
    )  # suggestions only: others make the claim a touched one
    tx.executemany("DELETE FROM links WHERE claim_b = ?", marks)
    led = "SELECT id FROM clusters WHERE lead = ?"
    tx.executemany(f"DELETE FROM cluster_claims WHERE cluster_id IN ({led})", marks)  # noqa: S608 - a constant
    tx.executemany("DELETE FROM cluster_claims WHERE claim_id = ?", marks)
    tx.executemany("DELETE FROM clusters WHERE lead = ?", marks)  # made anew from the links that are left
    tx.executemany("DELETE FROM claims WHERE id = ?", marks)
    for name in names:
        tx.note("claims", {"id": name})


# -- mentions and entities ---------------------------------------------------------------------------------------------


def _store_mentions(tx: Transaction, analysis: Analysis, text: str) -> None:
    article = analysis.article_id
    before = mentions_before(tx, article)
    touched = {row["id"] for row in before if row["touched"]}
    taken = {(row["start"], row["end"]) for row in before if row["touched"]}
    untouched = {row["id"]: row["entity_id"] for row in before if not row["touched"]}
    entities = _Entities(tx)
    rows: dict[str, Row] = {}
    for found in analysis.mentions:
        name = mention_id(article, found.span.start, found.span.end, found.label)
        if name not in touched and (found.span.start, found.span.end) not in taken:
            label, entity = entities.of(found, article, found.span.of(text))
            rows[name] = {
                "id": name,
                **_place(article, found.span, text),
                "label": label,
                "entity_id": entity,
                "status": Status.SUGGESTED,
                "made_at": tx.now,
                "model": _model(analysis.model),
            }
    tx.bulk_insert("entities", entities.new)
    tx.executemany("DELETE FROM mentions WHERE id = ?", [(name,) for name in untouched.keys() - rows.keys()])
    tx.bulk_update("mentions", [rows[name] for name in rows if name in untouched])
    tx.bulk_insert("mentions", [row for name, row in rows.items() if name not in untouched])
    for entity in unused_entities(tx, [entity for entity in set(untouched.values()) if entity is not None]):
        tx.execute("DELETE FROM entities WHERE id = ?", (entity,))
    for row in rows.values():
        tx.note("mentions", row)


class _Entities:
    """Finds or makes the entity of each found mention, following merges and corrected labels."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[tuple[str, str], tuple[str, str]] = {}
        self._split = spellings_split_off(tx)
        self.new: list[Row] = []

    def of(self, found: FoundMention, article: str, quote: str) -> tuple[str, str | None]:
        """Label and entity id for a mention."""
        if found.entity is None:
            return found.label, None
        split = self._split.get(quote)
        if split is not None and is_split_off(self._tx, quote, self._named(found), split, article):
            return self._tx.value("SELECT label FROM entities WHERE id = ?", (split,)), split
        key = (found.entity, found.label)
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _named(self, found: FoundMention) -> str:
        """The entity that the machine means; one that nobody has stored yet has no mentions."""
        name = entity_id(found.entity or "", found.label)
        return standing_entity(self._tx, name) or name

    def _find(self, name: str, label: str) -> tuple[str, str]:
        entity = entity_id(name, label)
        standing = standing_entity(self._tx, entity)
        if standing is not None:
            return self._tx.value("SELECT label FROM entities WHERE id = ?", (standing,)), standing
        self.new.append({"id": entity, "name": name, "label": label, "made_at": self._tx.now})
        return label, entity


# -- links -------------------------------------------------------------------------------------------------------------


def _claim_for(tx: Transaction, article: str, span: Span) -> str | None:
    """The claim that a link means: the suggestion of this span, wherever its edges are now, or a person's own."""
    found: str | None = tx.value(
        'SELECT id FROM claims WHERE (id = :id OR article_id = :article AND start = :start AND "end" = :end) '
        "AND status <> 'refused' ORDER BY id = :id DESC",
        {"id": claim_id(article, span.start, span.end), "article": article, "start": span.start, "end": span.end},
    )
    return found


# -- shared ------------------------------------------------------------------------------------------------------------


def _place(article: str, span: Span, text: str) -> Row:
    if span.end > len(text):
        raise ValueError(f"a suggestion at {span.start}..{span.end} lies outside article {article}")
    return {"article_id": article, "start": span.start, "end": span.end, "quote": span.of(text)}


def _model(model: ModelInfo) -> str:
    return f"{model.name} {model.version}"
