"""Trains the score of links between claims and writes its weights.

A logistic model over the features of nlp/likeness.py, held near a prior set by hand, since the data is small: our own labelled articles
(tests/eval/own), the sample case (sample_links.txt) and, where given, the set "events" of the evaluation folder (derived from ECB+, CC BY
3.0), each with the same weight. The last bit, how much a third claim counts, was chosen by hand. Takes a minute or two.

    python packaging/nlp/train_links.py resources/factdesk_resources/nlp/links.json [SETS/events.jsonl]
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from factdesk.exchange.sample import sample_articles
from factdesk.model.spans import Span
from factdesk.nlp import analyse, pipeline, reading
from factdesk.nlp.likeness import Context
from factdesk_resources.samples import sample_case

sys.path.insert(0, str(Path(__file__).parents[2] / "tests/eval"))
from labelled import own_set  # it lies beside the tests

PRIOR = {"wording": 5.0, "phrasing": 5.0, "rarest": 1.2, "names": 0.3, "values": 1.0, "articles": 2.0, "brief": 1.0, "alignment": 4.0, "heading": -1.0}  # fmt: skip
BIAS, THIRD = -6.2, 2.0
SHIFT = 0.7  # so that links are offered from where most of them are right in the sets together
HOLD = 3.0  # how strongly the prior holds
STEPS, RATE = 3000, 0.02

Rows = list[dict[str, Any]]


def from_files(path: Path) -> tuple[Rows, Rows]:
    """A set in the forms of the evaluation folder."""
    side = path.with_name(path.name.removesuffix(".jsonl") + ".links.jsonl")
    articles, links = (
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] for file in (path, side)
    )
    return articles, links


def from_sample() -> tuple[Rows, Rows]:
    """The sample case with its links."""
    named = [each.file.removesuffix(".txt") for each in sample_case().articles]
    articles = [
        {
            "id": name,
            "case": "sample",
            "text": new.text,
            "title": new.meta.title,
            "published": new.meta.published_at[:10],
        }
        for name, new in zip(named, sample_articles(), strict=True)
    ]
    links = []
    for line in Path(__file__).with_name("sample_links.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            relation, *ends = line.split()
            a, b = ([name, int(at), int(at) + 1] for name, at in (end.split(":") for end in ends))
            links.append({"a": a, "b": b, "relation": relation})
    return articles, links


def examples(articles: Rows, links: Rows, loaded: pipeline.Pipeline) -> Iterator[tuple[list[float], bool]]:
    """The features of every pair that is looked at, and whether it is a link."""
    linked = {frozenset((tuple(link["a"][:2]), tuple(link["b"][:2]))) for link in links if link["relation"] != "none"}
    starts = {end for pair in linked for end in pair}
    cases: dict[str, Rows] = defaultdict(list)
    for article in articles:
        cases[article["case"]].append(article)
    for case in cases.values():
        drafts = [
            reading.read(
                loaded, each["id"], each["text"], each.get("title", ""),
                tuple(Span(s[0], s[1]) for s in each["sentences"]) if "sentences" in each else None, each.get("published", ""),
            )
            for each in case
        ]  # fmt: skip
        units = analyse.units_of(drafts, analyse.conclude(drafts, loaded.info), all_sentences=True)
        ends = [
            next(((u.article_id, at) for name, at in starts if name == u.article_id and u.span.start <= at + 2 and at < u.span.end), None)
            for u in units
        ]  # fmt: skip
        context = Context(units)
        for i, others in context.candidates():
            for j, features in zip(others, context.features(i, others), strict=True):
                yield [features[name] for name in PRIOR], frozenset((ends[i], ends[j])) in linked


def fitted(sets: list[list[tuple[list[float], bool]]]) -> dict[str, float]:
    """Gradient descent (Adam) on the logistic loss, with the distance from the prior."""
    x = np.array([features for each in sets for features, _ in each])
    y = np.array([yes for each in sets for _, yes in each], float)
    share = np.concatenate([np.full(len(each), 100 / len(sets) / sum(yes for _, yes in each)) for each in sets])
    prior = np.array([*PRIOR.values(), BIAS])
    weights, mean, square = prior.copy(), np.zeros(len(prior)), np.zeros(len(prior))
    x1 = np.hstack([x, np.ones((len(x), 1))])
    hold = np.array([HOLD] * len(PRIOR) + [0.0])
    for step in range(1, STEPS + 1):
        gradient = x1.T @ ((1 / (1 + np.exp(-x1 @ weights)) - y) * share) + hold * (weights - prior)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        weights -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    rounded = [round(float(w), 1) for w in weights]
    return {"bias": round(rounded[-1] + SHIFT, 1), **dict(zip(PRIOR, rounded, strict=False)), "third": THIRD}


def main(out: Path, *files: Path) -> None:
    """Writes the weights."""
    loaded = pipeline.load()
    sets = [list(examples(*each, loaded)) for each in (from_sample(), own_set(), *map(from_files, files))]
    weights = fitted(sets)
    out.write_text(json.dumps({"weights": weights}) + "\n", encoding="utf-8")
    print(weights)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
