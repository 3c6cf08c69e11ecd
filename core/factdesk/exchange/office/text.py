"""What readers of word processors' documents share: the text met on the way, and tables as text."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

_DEEPEST = 6  # tables in tables


@dataclass
class Met:
    """What is met on the way through a document."""

    text: list[str] = field(default_factory=list)  # paragraphs
    counts: Counter[str] = field(default_factory=Counter)
    title: str = ""
    heading: str = ""


M = TypeVar("M", bound=Met)


def add_table(rows: Sequence[Sequence[Any]], met: M, depth: int, read: Callable[[Any, M, int], None]) -> None:
    """Cells of a row with tabs between them, each row a line; a table of one column is a frame around paragraphs.

    Args:
        rows: the cells of each row.
        met: takes the text.
        depth: how many tables this one is in.
        read: reads what is in a cell.
    """
    if all(len(row) <= 1 for row in rows) or depth > _DEEPEST:
        for row in rows:
            for cell in row:
                read(cell, met, depth)
        return
    met.counts["tables"] += 1
    lines = []
    for row in rows:
        texts = []
        for cell in row:
            outer, met.text = met.text, []
            read(cell, met, depth)
            texts.append(" ".join(" ".join(met.text).split()))
            met.text = outer
        if any(texts):
            lines.append("\t".join(texts).rstrip("\t"))
    if lines:
        met.text.append("\n".join(lines))
