"""How much a newsroom would want to check a sentence: a score from 0 to 1, and what sort of statement it is.

The score is a logistic model over the features of features.py and, where the pipeline has word vectors, over the sentence's
mean vector. Its weights are a resource; packaging/nlp/train_worth.py makes them. On news that two annotators judged, nineteen
in twenty sentences from 0.8 on were worth checking (docs/accuracy.md).
"""

import math

from factdesk.model.claims import ClaimKind
from factdesk.nlp import data
from factdesk.nlp.drafts import SentenceDraft
from factdesk.nlp.layout import Role

THRESHOLD = 0.45
"""Sentences from this score on are proposed as claims."""

SPOKEN_THRESHOLD = 0.1  # whether somebody said it can be checked
FEELING_THRESHOLD = 0.65  # what somebody feels is a claim only when much else speaks for it
QUOTED_FEELING_THRESHOLD = 0.3

_SOME_WORDS = 20  # characters
_NEVER = {Role.HEADING, Role.CREDIT, Role.NAVIGATION}


def score(sentence: SentenceDraft) -> float:
    """Check-worthiness between 0 and 1, the same every time."""
    features = sentence.features
    model = "worth" if sentence.vector else "worth_plain"
    weights = data.weights(model)
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    total += sum(w * x for w, x in zip(data.vector_weights(model), sentence.vector, strict=False))
    value = 1 / (1 + math.exp(-total))
    if sentence.role in _NEVER or sentence.repeat_of is not None:
        return round(0.05 * value, 4)
    if sentence.role is Role.CAPTION:
        value *= 0.6
    if features.get("question") or features.get("contact"):
        value *= 0.4
    return round(value, 4)


def is_claim(sentence: SentenceDraft) -> bool:
    """Whether the sentence is proposed to the reviewer: what a named source says sooner than the rest, even a feeling if in its own words."""
    named = [a for a in sentence.attributions if a.source is not None]
    least = SPOKEN_THRESHOLD if any(len(a.content) >= _SOME_WORDS for a in named) else THRESHOLD
    if sentence.features.get("feeling"):
        least = QUOTED_FEELING_THRESHOLD if any(a.kind != "indirect" for a in named) else FEELING_THRESHOLD
    return sentence.score >= least and sentence.role not in _NEVER


def kind(sentence: SentenceDraft) -> ClaimKind:
    """What sort of statement a claim is."""
    f = sentence.features
    if any(a.kind != "indirect" for a in sentence.attributions) or (f.get("quote") and f.get("saying")):
        return ClaimKind.QUOTATION
    if f.get("future") or (f.get("modal") and not f.get("past")):
        return ClaimKind.PREDICTION
    if f.get("opinion") and f.get("first_person"):
        return ClaimKind.OPINION
    if any(f.get(name) for name in ("number", "percent", "money", "quantity")):
        return ClaimKind.QUANTITY
    if sentence.attributions or f.get("according"):
        return ClaimKind.POSITION
    if not f.get("past") or f.get("root_present"):
        return ClaimKind.BACKGROUND
    return ClaimKind.EVENT
