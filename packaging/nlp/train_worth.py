"""Trains the check-worthiness score on the ClaimBuster sentences (Zenodo 3609356, CC BY 4.0) and writes its weights.

Three linear models are averaged, so that none of them rules alone: one tells check-worthy from other sentences, one facts from
the rest, and PRIOR, set by hand, keeps what holds for news but not for debates. From the weights of the word vector the direction
is taken off in which words that judge (words.txt) lie from those of sober news (neutral_words.txt). Debates of 2016 are left out,
so that the score can be measured on them; they only calibrate it: a slope and an offset, already multiplied into the weights, make
0.8 mean that eight in ten such sentences are worth a check. Needs scikit-learn beside Factdesk; takes some five minutes.

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
from factdesk.nlp import data, pipeline, reading
from factdesk.nlp.drafts import SentenceDraft

Numbers = np.ndarray[Any, Any]
NEUTRAL = Path(__file__).with_name("neutral_words.txt")

PRIOR = {
    "bias": -0.4, "number": 0.5, "percent": 0.8, "money": 0.8, "quantity": 0.6, "date": 0.5, "names": 0.8, "place": 0.4, "person": 0.3,
    "organisation": 0.3, "people": 0.3, "source": 0.4, "past": 0.4, "question": -2.0, "exclamation": -1.5, "first_person": -0.8,
    "second_person": -1.2, "should": -0.6, "opinion": -0.5, "short": -1.5, "shortish": -0.5, "no_verb": -2.0, "violence": 0.5,
    "hedge": -0.2, "modal": -0.4, "contact": -6.0, "length": 0.6, "order": -1.0, "change": 0.3, "assessment": -6.0, "speculation": -3.0,
    "evaluation": -3.0, "intensifier": -1.0, "discourse": -1.2, "scare": -0.6, "adverbs": -1.0, "adjectives": -1.0, "root_present": -0.4,
    "root_past": 0.4, "negation": -0.3, "figures": 0.3,
}  # fmt: skip
LEFT_OUT = "2016"
VECTOR_SCALE = 3.0
STRENGTH = 0.1
SHARES = (0.35, 0.30, 0.35)  # of check-worthy, of fact, of what is set by hand
JUDGING = 5.0  # how much the direction of judging words counts


def sentences(path: Path, loaded: pipeline.Pipeline) -> tuple[list[SentenceDraft], Numbers, Numbers]:
    """All sentences as the product reads them, their labels, and which of them only calibrate."""
    documents: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents[row["doc"]].append((" ".join(row["text"].split()), row["label"]))
    drafts: list[SentenceDraft] = []
    labels: list[int] = []
    held_out: list[bool] = []
    for name, rows in documents.items():
        spans, at, wanted = [], 0, {}
        for text, label in rows:
            spans.append(Span(at, at + len(text)))
            wanted[at] = label
            at += len(text) + 1
        draft = reading.read(loaded, name, "\n".join(text for text, _ in rows), "", spans)
        drafts += draft.sentences
        labels += [wanted[sentence.span.start] for sentence in draft.sentences]
        held_out += [name.startswith(LEFT_OUT)] * len(draft.sentences)
    return drafts, np.array(labels), np.array(held_out)


def judging_direction(loaded: pipeline.Pipeline) -> Numbers:
    """The direction of length one in which judging words lie from neutral ones, among the word vectors."""
    neutral = [
        word
        for line in NEUTRAL.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()
    ]
    judging = [*data.words("worth.evaluation"), *data.words("worth.intensifiers")]
    rows, sides = [], []
    for words, side in ((judging, 1), (neutral, 0)):
        for word in words:
            vector = loaded.nlp.vocab[word].vector
            length = float(np.linalg.norm(vector))
            if length:
                rows.append(vector / length)
                sides.append(side)
    direction = LogisticRegression(C=1.0, max_iter=3000).fit(np.array(rows), sides).coef_[0]
    return direction / np.linalg.norm(direction)


def train(drafts: list[SentenceDraft], labels: Numbers, held_out: Numbers, direction: Numbers | None) -> dict[str, Any]:
    """The averaged weights by feature name, and those of the vector, calibrated on what was held out."""
    names = sorted({name for draft in drafts for name in draft.features} | (PRIOR.keys() - {"bias"}))
    x = np.array([[draft.features.get(name, 0.0) for name in names] for draft in drafts])
    width = 0 if direction is None else len(direction)
    if width:
        x = np.hstack([x, VECTOR_SCALE * np.array([draft.vector or (0.0,) * width for draft in drafts])])
    models = [
        LogisticRegression(max_iter=1000, C=STRENGTH).fit(x[~held_out], wanted[~held_out])
        for wanted in (labels == 1, labels >= 0)
    ]
    mean = sum(share * model.coef_[0] for share, model in zip(SHARES, models, strict=False))
    bias = sum(share * float(model.intercept_[0]) for share, model in zip(SHARES, models, strict=False))
    mean[: len(names)] += [SHARES[2] * PRIOR.get(name, 0.0) for name in names]
    bias += SHARES[2] * PRIOR["bias"]
    if direction is not None:
        mean[len(names) :] -= JUDGING * direction / VECTOR_SCALE
    platt = LogisticRegression(C=1e6).fit((x[held_out] @ mean + bias)[:, None], labels[held_out] == 1)
    slope, offset = float(platt.coef_[0][0]), float(platt.intercept_[0])
    weights = {name: slope * float(w) for name, w in zip(names, mean, strict=False)} | {"bias": slope * bias + offset}
    return {
        "source": "ClaimBuster, Zenodo 3609356, CC BY 4.0; made by packaging/nlp/train_worth.py",
        "calibration": {"slope": round(slope, 4), "offset": round(offset, 4)},
        "weights": {name: round(weights[name], 4) for name in sorted(weights)},
        "vector": [round(float(w) * VECTOR_SCALE * slope, 4) for w in mean[len(names) :]],
    }


def main() -> None:
    """Writes worth.json, for the bundled pipeline, and worth_plain.json, for pipelines with other vectors or none."""
    path, out = Path(sys.argv[1]), Path(sys.argv[2])
    loaded = pipeline.load()
    drafts, labels, held_out = sentences(path, loaded)
    for name, direction in (("worth", judging_direction(loaded)), ("worth_plain", None)):
        text = json.dumps(train(drafts, labels, held_out, direction), indent=0)
        (out / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{name}.json: {len(text)} bytes from {len(drafts)} sentences")


if __name__ == "__main__":
    main()
