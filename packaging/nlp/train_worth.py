"""Trains the check-worthiness score on the ClaimBuster sentences (Zenodo 3609356, CC BY 4.0) and writes its weights.

Three linear models are averaged, so that none of them rules alone: one tells check-worthy from other sentences, one facts from
the rest, and PRIOR, set by hand, keeps what holds for news but not for debates. Debates of 2016 are left out, so that the score
can be measured on them. Needs scikit-learn beside Factdesk; takes some five minutes.

    python packaging/nlp/train_worth.py CLAIMBUSTER.jsonl resources/factdesk_resources/nlp

A line of the input is {"doc": "1988-09-25.txt", "text": "...", "label": 1, 0 or -1}.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from factdesk.model.spans import Span
from factdesk.nlp import pipeline, reading
from factdesk.nlp.drafts import SentenceDraft

PRIOR = {
    "bias": -0.4, "number": 0.5, "percent": 0.8, "money": 0.8, "quantity": 0.6, "date": 0.5, "names": 0.8, "place": 0.4, "person": 0.3,
    "organisation": 0.3, "people": 0.3, "source": 0.4, "past": 0.4, "question": -2.0, "exclamation": -1.5, "first_person": -0.8,
    "second_person": -1.2, "should": -0.6, "opinion": -0.5, "short": -1.5, "shortish": -0.5, "no_verb": -2.0, "violence": 0.5,
    "hedge": -0.2, "modal": -0.4, "contact": -6.0, "length": 0.6, "order": -1.0, "change": 0.3, "assessment": -6.0, "speculation": -3.0,
}  # fmt: skip
LEFT_OUT = "2016"
VECTOR_SCALE = 3.0
STRENGTH = 0.1
SHIFT = -0.2  # so that 0.5 is where a newsroom's annotators begin to agree


def sentences(path: Path, loaded: pipeline.Pipeline) -> tuple[list[SentenceDraft], np.ndarray[Any, Any]]:
    """All sentences as the product reads them, with their labels."""
    documents: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row["doc"].startswith(LEFT_OUT):
            documents[row["doc"]].append((" ".join(row["text"].split()), row["label"]))
    drafts: list[SentenceDraft] = []
    labels: list[int] = []
    for name, rows in documents.items():
        spans, at, wanted = [], 0, {}
        for text, label in rows:
            spans.append(Span(at, at + len(text)))
            wanted[at] = label
            at += len(text) + 1
        draft = reading.read(loaded, name, "\n".join(text for text, _ in rows), "", spans)
        drafts += draft.sentences
        labels += [wanted[sentence.span.start] for sentence in draft.sentences]
    return drafts, np.array(labels)


def train(drafts: list[SentenceDraft], labels: np.ndarray[Any, Any], *, vectors: bool) -> dict[str, Any]:
    """The averaged weights by feature name, and those of the vector."""
    names = sorted({name for draft in drafts for name in draft.features})
    x = np.array([[draft.features.get(name, 0.0) for name in names] for draft in drafts])
    width = max(len(draft.vector) for draft in drafts) if vectors else 0
    if width:
        x = np.hstack([x, VECTOR_SCALE * np.array([draft.vector or (0.0,) * width for draft in drafts])])
    models = [LogisticRegression(max_iter=1000, C=STRENGTH).fit(x, wanted) for wanted in (labels == 1, labels >= 0)]
    mean = sum(model.coef_[0] for model in models) / 3
    weights = {name: float(w) for name, w in zip(names, mean, strict=False)}
    weights["bias"] = sum(float(model.intercept_[0]) for model in models) / 3 + SHIFT
    for name, prior in PRIOR.items():
        weights[name] = weights.get(name, 0.0) + prior / 3
    return {
        "source": "ClaimBuster, Zenodo 3609356, CC BY 4.0; made by packaging/nlp/train_worth.py",
        "weights": {name: round(weights[name], 4) for name in sorted(weights)},
        "vector": [round(float(w) * VECTOR_SCALE, 4) for w in mean[len(names) :]],
    }


def main() -> None:
    """Writes worth.json, for the bundled pipeline, and worth_plain.json, for pipelines with other vectors or none."""
    path, out = Path(sys.argv[1]), Path(sys.argv[2])
    drafts, labels = sentences(path, pipeline.load())
    for name, vectors in (("worth", True), ("worth_plain", False)):
        text = json.dumps(train(drafts, labels, vectors=vectors), indent=0)
        (out / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{name}.json: {len(text)} bytes from {len(drafts)} sentences")


if __name__ == "__main__":
    main()
