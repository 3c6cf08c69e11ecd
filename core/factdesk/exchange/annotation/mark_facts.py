"""Articles and marks as plain values (text, numbers, lists), for formats that have a free place to keep them in."""

from collections.abc import Mapping
from typing import Any

from factdesk.compare.values import normal_form
from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.annotation.marking import Marking
from factdesk.exchange.dataset import Dataset, Document, ExportClaim
from factdesk.model.articles import Article
from factdesk.model.claims import Claim, ClaimKind, Judgement, Reason, Status, Verdict
from factdesk.model.given import GivenClaim, GivenMention
from factdesk.model.mentions import Mention
from factdesk.model.spans import Span

Facts = dict[str, Any]

UNDECIDED = "claim"
SUGGESTION = "suggestion"
CLAIM_LABELS = (*(verdict.value for verdict in Verdict), UNDECIDED, SUGGESTION)
"""The labels of claims where a format has one label for a span."""


def claim_label(claim: Claim) -> str:
    """Its verdict, else whether a person or the machine made a claim of it."""
    if claim.verdict is not None:
        return claim.verdict.value
    return SUGGESTION if claim.status is Status.SUGGESTED else UNDECIDED


def meta_facts(article: Article) -> Facts:
    """What a reviewer may edit about an article, as every format calls it."""
    meta = article.meta
    return {
        "title": meta.title,
        "publisher": meta.publisher,
        "byline": meta.byline,
        "url": meta.url,
        "published_at": meta.published_at,
        "language": meta.language,
    }


def article_head(article: Article) -> Facts:
    """What tells which article it is: beside a text in formats that keep texts."""
    return {"article": article.id, **meta_facts(article), "text_sha256": article.text_sha256}


def article_facts(document: Document) -> Facts:
    """What is known of an article."""
    article = document.article
    return {
        "id": article.id,
        **meta_facts(article),
        "text_sha256": article.text_sha256,
        "source_name": article.source_name,
        "cases": list(document.cases),
        "origin": document.origin,
    }


def mention_facts(dataset: Dataset, mention: Mention) -> Facts:
    """A mention with the thing that it names."""
    thing = dataset.entities.get(mention.entity_id or "")
    return {
        "id": mention.id,
        "start": mention.span.start,
        "end": mention.span.end,
        "quote": mention.quote,
        "label": mention.label,
        "status": mention.status.value,
        "entity": thing.id if thing else "",
        "name": thing.name if thing else "",
    }


def claim_facts(each: ExportClaim) -> Facts:
    """A claim with its verdict, those of others if they were asked for, and what it says in parts."""
    claim = each.claim
    return {
        "id": claim.id,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "status": claim.status.value,
        "score": claim.score,
        "made_by": claim.made_by,
        **_judgement_facts(claim.judgement),
        "reviewer": claim.decided_by,
        "decided_at": claim.decided_at,
        "claimant": claim.claimant,
        "attribution": [voice.name for voice in claim.attribution],
        "normalised": claim.normalised,
        "values": [normal_form(value) for value in claim.values],
        "clusters": [{"id": id_, "relation": relation.value} for id_, relation in each.clusters],
        "opinions": [
            {**_judgement_facts(view.judgement), "reviewer": view.reviewer, "decided_at": view.decided_at}
            for view in each.opinions
        ],
    }


def given_claim(facts: Mapping[str, Any], span: Span) -> GivenClaim:
    """A claim from its facts; raises ValueError, KeyError or TypeError for what are none."""
    verdict, reason = facts["verdict"], facts["reason"]
    judgement = Judgement(
        Verdict(verdict) if verdict else None,
        Reason(reason) if verdict and reason else None,
        str(facts["note"]),
        facts["confidence"],
    )
    return GivenClaim(
        span=span,
        key=str(facts["id"]),
        kind=ClaimKind(facts["kind"]),
        judgement=judgement,
        reviewer=str(facts["reviewer"]),
        decided_at=str(facts["decided_at"]),
        normalised=str(facts["normalised"]),
        claimant=str(facts["claimant"]),
        score=None if facts["score"] is None else float(facts["score"]),
        is_suggestion=Status(facts["status"]) is Status.SUGGESTED,
    )


def given_mention(facts: Mapping[str, Any], span: Span) -> GivenMention:
    """A mention from its facts; raises ValueError or KeyError for what are none."""
    is_suggestion = Status(facts["status"]) is Status.SUGGESTED
    return GivenMention(span, str(facts["label"]), str(facts["name"]), is_suggestion)


def take_labelled(marking: Marking, label: str, span: Span, *, among_claims: bool = False) -> None:
    """A mark of another tool that says nothing but a label: a claim if that is one of a claim's, else a mention."""
    is_claim = foreign_labels.is_claim_label(label)
    if not (among_claims or is_claim or label in CLAIM_LABELS):
        marking.mention(span, label)
        return
    judgement = marking.verdict("" if is_claim or label in (UNDECIDED, SUGGESTION) else label)
    marking.claim(span, f"{len(marking.claims) + 1}", judgement, is_suggestion=label == SUGGESTION)


def _judgement_facts(judgement: Judgement) -> Facts:
    return {
        "verdict": judgement.verdict.value if judgement.verdict else None,
        "reason": judgement.reason.value if judgement.reason else None,
        "note": judgement.note,
        "confidence": judgement.confidence,
    }
