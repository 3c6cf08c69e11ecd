"""Processor time of the whole analysis, linking included, against the bare pipeline on the same texts in the same process."""

import gc
import time
from collections.abc import Callable
from typing import Any

import spacy

from factdesk.nlp import analyse
from factdesk.nlp.pipeline import Pipeline

_TOGETHER = 5  # articles of one case
_LEAST = 150_000  # characters to measure with


def _texts(rows: list[dict[str, Any]]) -> list[str]:
    """The longest texts, enough of them; the same again where there are too few."""
    chosen, size = [], 0
    texts = sorted((row["text"] for row in rows), key=len, reverse=True)
    while size < _LEAST:
        for text in texts:
            if size < _LEAST:
                chosen.append(text if size < sum(map(len, texts)) else f"{len(chosen)} {text}")
                size += len(text)
    return chosen


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def cost(loaded: Pipeline, rows: list[dict[str, Any]], rounds: int = 2) -> dict[str, float]:
    """The ratio, with what was measured; both take turns, and the best round of each counts."""
    texts = _texts(rows)
    bare = spacy.load(loaded.info.name)
    cases = [
        [analyse.CaseArticle(str(first + n), text) for n, text in enumerate(texts[first : first + _TOGETHER])]
        for first in range(0, len(texts), _TOGETHER)
    ]
    plain, whole = [], []
    analyse.analyse_case(loaded, cases[0])  # word lists are read once
    list(bare.pipe(texts[:1]))
    for _ in range(rounds):
        plain.append(_seconds(lambda: list(bare.pipe(texts))))
        whole.append(_seconds(lambda: [analyse.analyse_case(loaded, case) for case in cases]))
    return {
        "characters": sum(map(len, texts)),
        "bare_seconds": round(min(plain), 2),
        "whole_seconds": round(min(whole), 2),
        "cost_ratio": round(min(whole) / min(plain), 3),
    }
