"""The rows of the dataset folder: articles, claims and pairs of claims, as its columns have them."""

from collections.abc import Iterator
from typing import Any

from factdesk.exchange.annotation.mark_facts import meta_facts
from factdesk.exchange.claim_rows import shown_quote
from factdesk.exchange.dataset import Dataset, Document, ExportClaim, ExportCluster
from factdesk.model.claims import Claim, Judgement
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.model.mentions import Mention
from factdesk.store.articles import sentences_of
from factdesk.store.board_source import load_absences
from factdesk.store.evidence import evidence_of
from factdesk.store.versions import earlier_versions

Row = dict[str, Any]


class DatasetRows:
    """Makes rows of articles and claims."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._facts: dict[str, ExportCluster] = {cluster.id: cluster for cluster in dataset.clusters}
        self._absences: dict[str, list[str]] = {}
        for cluster, article in sorted(pair for case in dataset.cases for pair in load_absences(dataset.r, case.id)):
            if cluster in self._facts:
                self._absences.setdefault(article, []).append(cluster)

    def refused(self, claim: Claim) -> ExportClaim:
        """A refused claim with its evidence."""
        return ExportClaim(claim, tuple(evidence_of(self._dataset.r, claim.id) if claim.evidence_count else ()))

    def article(self, document: Document) -> Row:
        """A row of the configuration “articles”."""
        article, dataset = document.article, self._dataset
        before = earlier_versions(dataset.r, article.id)
        scored = not dataset.options.decisions_only
        row = {
            "id": article.id,
            **meta_facts(article),
            "captured_at": article.captured_at,
            "cases": document.cases,
            "origin": document.origin,
            "replaces": before[0] if before else None,
            "length": article.length,
            "text": document.text if dataset.options.with_text else None,
            "text_sha256": article.text_sha256,
            "original_sha256": article.original_sha256,
            "sentences": [
                {"start": one.span.start, "end": one.span.end, "score": one.score if scored else None}
                for one in sentences_of(dataset.r, article.id)
            ],
            "mentions": [self._mention(mention) for mention in document.mentions],
            "not_mentioned": self._absences.get(article.id, []),
        }
        return _known(row)

    def _mention(self, mention: Mention) -> Row:
        entity = self._dataset.entities.get(mention.entity_id or "")
        return _known(
            {
                "start": mention.span.start,
                "end": mention.span.end,
                "quote": shown_quote(self._dataset, mention.quote),
                "label": mention.label,
                "entity_id": entity.id if entity else None,
                "entity": entity.name if entity else None,
                "status": mention.status.value,
                "made_by": mention.made_by,
            }
        )

    def claim(self, document: Document, each: ExportClaim) -> Row:
        """A row of the configuration “claims”."""
        claim, meta, dataset = each.claim, document.article.meta, self._dataset
        row = {
            "id": claim.id,
            "article_id": claim.article_id,
            "cases": document.cases,
            "title": meta.title,
            "publisher": meta.publisher,
            "url": meta.url,
            "published_at": meta.published_at,
            "language": meta.language,
            "start": claim.span.start,
            "end": claim.span.end,
            "quote": shown_quote(dataset, claim.quote),
            "normalised": claim.normalised,
            "kind": claim.kind.value,
            "score": claim.score,
            "claimant": claim.claimant,
            "attribution": [_known({"name": voice.name, "cue": voice.cue}) for voice in claim.attribution],
            "values": self._values(claim),
            "status": claim.status.value,
            "made_by": claim.made_by,
            "repeat_of": claim.repeat_of,
            **_judged(claim.judgement),
            "reviewer": claim.decided_by,
            "decided_at": claim.decided_at,
            "inherited": None if claim.verdict is None else claim.inherited_from is not None,
            "opinions": [
                _known({"reviewer": one.reviewer, **_judged(one.judgement), "decided_at": one.decided_at})
                for one in each.opinions
            ],
            "evidence": [self._evidence(one) for one in each.evidence],
            "clusters": [self._cluster(id_, relation.value) for id_, relation in each.clusters],
            "text_sha256": document.article.text_sha256,
        }
        return _known(row)

    def _values(self, claim: Claim) -> list[Row]:
        names = ("unit", "low", "high", "first_day", "last_day", "time")
        return [
            _known(
                {
                    "kind": value.kind.value,
                    "text": shown_quote(self._dataset, value.text),
                    "approximation": value.approximation.value,
                    **{name: getattr(value, name) for name in names},
                }
            )
            for value in claim.values
        ]

    def _evidence(self, one: Evidence) -> Row:
        is_passage = one.kind is EvidenceKind.PASSAGE
        return _known(
            {
                "id": one.id,
                "kind": one.kind.value,
                "stance": one.stance.value,
                "quote": shown_quote(self._dataset, one.quote, is_of_article=is_passage),
                "article_id": one.article_id,
                "start": one.span.start if one.span else None,
                "end": one.span.end if one.span else None,
                "url": one.url,
                "source": one.source,
                "note": one.note,
                "published_at": one.published_at,
                "captured_at": one.captured_at,
                "file": one.file.name if one.file else None,
                "sha256": one.sha256,
                "made_by": one.made_by,
            }
        )

    def _cluster(self, id_: str, relation: str) -> Row:
        cluster = self._facts.get(id_)
        judged = _judged(cluster.judgement) if cluster else {}
        fact = cluster.text if cluster else None
        return _known(
            {"id": id_, "relation": relation, "fact": fact, "verdict": judged.get("verdict"), "reason": judged.get("reason")}
        )  # fmt: skip


def _judged(judgement: Judgement) -> Row:
    verdict, reason = judgement.verdict, judgement.reason
    return {
        "verdict": verdict and verdict.value,
        "reason": reason and reason.value,
        "note": judgement.note,
        "confidence": judgement.confidence,
    }


def _known(row: Row) -> Row:
    """What is not known is null, not an empty text."""
    return {name: None if value == "" else value for name, value in row.items()}


def pairs_of(dataset: Dataset, places: dict[str, tuple[str, Claim]]) -> Iterator[Row]:
    """Linked claims; then the lead of each cluster with each other member, unless they are linked already."""
    linked: set[frozenset[str]] = set()
    for link in dataset.links:
        linked.add(frozenset({link.claim_a, link.claim_b}))
        told: Row = {
            "relation": link.relation.value,
            "status": link.status.value,
            "score": link.score,
            "reason": link.reason,
            "source": "link",
            "cluster": None,
        }
        yield _pair(dataset, places[link.claim_a][1], places[link.claim_b][1], told)
    for cluster in dataset.clusters:
        for claim, relation, status in cluster.members:
            pair = frozenset({cluster.lead, claim})
            if cluster.lead in places and claim in places and len(pair) == 2 and pair not in linked:
                linked.add(pair)
                more: Row = {"relation": relation.value, "status": status.value, "score": None, "reason": None}
                lead, other = places[cluster.lead][1], places[claim][1]
                yield _pair(dataset, lead, other, {**more, "source": "cluster", "cluster": cluster.id})


def _pair(dataset: Dataset, a: Claim, b: Claim, more: Row) -> Row:
    row: Row = {"claim_a": a.id, "claim_b": b.id, "article_a": a.article_id, "article_b": b.article_id}
    for name, claim in (("a", a), ("b", b)):
        row |= {f"start_{name}": claim.span.start, f"end_{name}": claim.span.end}
        row[f"quote_{name}"] = shown_quote(dataset, claim.quote)
    return _known(row | more)
