"""What the formats of UIMA tools (INCEpTION, DKPro) have in common: layers, their features, the files beside the articles."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from factdesk.exchange.annotation.mark_facts import Facts, claim_facts
from factdesk.exchange.dataset import Dataset, Document, ExportClaim
from factdesk.exchange.export_format import ALL_FEATURES, Feature, Loss
from factdesk.exchange.reckoning import suggested_mentions_in
from factdesk.model.articles import Article
from factdesk.model.claims import REASONS, ClaimKind, Verdict
from factdesk.model.mentions import Mention
from factdesk.ops.wording import counted

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
SENTENCE = f"{_DKPRO}.segmentation.type.Sentence"
TOKEN = f"{_DKPRO}.segmentation.type.Token"
NAMED_ENTITY = f"{_DKPRO}.ner.type.NamedEntity"
ARTICLE = f"{_DKPRO}.metadata.type.DocumentMetaData"
ARTICLE_FIELD = f"{_DKPRO}.metadata.type.MetaDataStringField"
CLAIM = "webanno.custom.Claim"

LAYER_FILE, ENTITY_FILE, README = "claim-layer.json", "entities.json", "README.txt"

_REASONS = tuple(reason.value for reasons in REASONS.values() for reason in reasons)
CLAIM_FEATURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "verdict": ("verified, disputed or unverified; empty while there is none", tuple(map(str, Verdict))),
    "reason": ("why, in a fixed vocabulary", _REASONS),
    "note": ("the reviewer's note", ()),
    "confidence": ("percent", ()),
    "status": ("suggested: nobody looked at it; accepted: a person did", ("suggested", "accepted")),
    "reviewer": ("who gave the verdict", ()),
    "decidedAt": ("when, in UTC", ()),
    "kind": ("what sort of statement it is", tuple(map(str, ClaimKind))),
    "claimant": ("who says it", ()),
    "normalised": ("the claim in a reviewer's words", ()),
    "clusterId": ("claims with the same one are about the same fact", ()),
    "claimId": ("its id in Factdesk", ()),
}
"""Features of our own layer: what each holds, and its words where they are fixed. All are strings but the confidence."""

HOLDS = ALL_FEATURES - {
    *(Feature.ORIGINALS, Feature.SENTENCES, Feature.REFUSED, Feature.ALL_REVIEWERS, Feature.HISTORY, Feature.VALUES),
    *(Feature.CONFLICTS, Feature.ABSENCES, Feature.ORIGINS, Feature.PASSAGES, Feature.SOURCES, Feature.FILES),
    Feature.VERSIONS,
}


def claim_values(each: ExportClaim) -> dict[str, str | int | None]:
    """The features of a claim; None where there is nothing to say."""
    facts: Facts = claim_facts(each)
    named = {
        **{name: facts[name] for name in ("verdict", "reason", "note", "confidence", "status", "reviewer", "kind")},
        "decidedAt": facts["decided_at"],
        "claimant": facts["claimant"],
        "normalised": facts["normalised"],
        "clusterId": " ".join(cluster["id"] for cluster in facts["clusters"]),
        "claimId": facts["id"],
    }
    return {name: None if named[name] == "" else named[name] for name in CLAIM_FEATURES}


def entity_values(mention: Mention) -> dict[str, str | None]:
    """The features of a named entity: its label, and the thing that it names."""
    return {"identifier": mention.entity_id, "value": mention.label}


def file_name(number: int, article: Article, suffix: str) -> str:
    """A name for the file of an article: its place in the export and a few plain letters of its title."""
    words = re.findall(r"[a-z0-9]+", f"{article.meta.publisher} {article.meta.title}".lower())
    return f"{number:03}-{'-'.join(words)[:40].strip('-') or article.id[:8]}{suffix}"


def file_names(dataset: Dataset, suffix: str) -> Iterable[tuple[str, Document]]:
    """Every article with the name of its file."""
    for number, document in enumerate(dataset.documents(), 1):
        yield file_name(number, document.article, suffix), document


def write_beside(dataset: Dataset, out: Path, how: str) -> None:
    """Write what a person needs to load the articles: our layer for INCEpTION, names of entities, a few words."""
    _dump(out / LAYER_FILE, [claim_layer()])
    used = {mention.entity_id for document in dataset.documents() for mention in document.mentions}
    things = {id_: thing for id_, thing in dataset.entities.items() if id_ in used}
    _dump(out / ENTITY_FILE, {id_: {"name": thing.name, "label": thing.label} for id_, thing in things.items()})
    (out / README).write_text(_README.format(layer=LAYER_FILE, claim=CLAIM, how=how), encoding="utf-8")


def claim_layer() -> dict[str, Any]:
    """Our layer as INCEpTION exports and imports one: claims may overlap, cross sentences and begin anywhere."""
    return {
        "name": CLAIM,
        "uiName": "Claim",
        "type": "span",
        "description": "A check-worthy statement with its verdict.",
        "enabled": True,
        "built_in": False,
        "readonly": False,
        "attach_type": None,
        "attach_feature": None,
        "allow_stacking": True,
        "cross_sentence": True,
        "show_hover": True,
        "anchoring_mode": "CHARACTERS",
        "overlap_mode": "ANY_OVERLAP",
        "validation_mode": "NEVER",
        "lock_to_token_offset": False,
        "multiple_tokens": True,
        "linked_list_behavior": False,
        "features": [_feature(name, *about) for name, about in CLAIM_FEATURES.items()],
    }


def range_of(feature: str) -> str:
    """The UIMA type of one of our features."""
    return "uima.cas.Integer" if feature == "confidence" else "uima.cas.String"


def lost_on_mentions(dataset: Dataset) -> list[Loss]:
    """Named entities have no status: suggestions among them cannot be told."""
    suggested = suggested_mentions_in(dataset)
    because = "They look like mentions that a person made or accepted."
    return [Loss(f"{counted(range(suggested), 'suggested mention')} as such", because)] if suggested else []


def _feature(name: str, about: str, words: tuple[str, ...]) -> dict[str, Any]:
    tags = [{"tag_name": word, "tag_description": ""} for word in words]
    tag_set = {"name": f"Factdesk {name}", "description": about, "language": "en", "tags": tags, "create_tag": False}
    return {
        "name": name,
        "uiName": name,
        "type": range_of(name),
        "description": about,
        "tag_set": tag_set if words else None,
        "enabled": True,
        "visible": name in ("verdict", "reason", "status"),
        "include_in_hover": True,
        "required": False,
        "remember": False,
        "hideUnconstraintFeature": False,
        "multi_value_mode": "NONE",
        "link_mode": "NONE",
        "link_type_name": None,
        "link_type_role_feature_name": None,
        "link_type_target_feature_name": None,
        "traits": None,
        "curatable": True,
    }


def _dump(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


_README = """\
Articles with mentions and claims, made with Factdesk.

To open them in INCEpTION:
1. In the settings of the project, under Layers, import {layer}. Without the layer {claim}
   INCEpTION drops the claims without a word, or refuses the file.
2. To keep mentions that overlap, allow any overlap for the layer Named entity.
3. Under Documents, import the articles. {how}

Positions count UTF-16 units, and the end is exclusive: in “I like it 😊 in Berlin.” the word Berlin starts at 16.
entities.json tells which name and label stand behind an entity's identifier.
about.json tells what these files cannot hold.
"""
