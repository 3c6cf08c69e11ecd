"""How the cells of a text table are kept apart: tried on a sample, judged by how many rows come out alike."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
_NONE = "\x1f"  # a table of one column: what nobody types
_SAMPLE = 256 * 1024
_RECORDS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write a table."""

    delimiter: str  # "" for a single column
    has_quotes: bool = True
    has_escapes: bool = False  # backslashes before quotes inside of quotes

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Iterator[list[str]]:
        """The records of a text; strict ones raise csv.Error for quotes that nobody closes."""
        return csv.reader(
            lines,
            delimiter=self.delimiter or _NONE,
            quoting=csv.QUOTE_MINIMAL if self.has_quotes else csv.QUOTE_NONE,
            doublequote=not self.has_escapes,
            escapechar="\\" if self.has_escapes else None,
            strict=strict,
        )


def dialect_of(text: str, *, prefer_tab: bool = False) -> Dialect:
    """The dialect in which the head has several cells and most rows as many as the head."""
    sample = text[:_SAMPLE]
    whole = len(sample) == len(text)
    head = _first_line(sample)
    order = ("\t", ",", ";", "|") if prefer_tab else DELIMITERS
    candidates = [Dialect(delimiter) for delimiter in order if delimiter in head]
    candidates += [Dialect(each.delimiter, has_escapes=True) for each in candidates if '\\"' in sample]
    candidates += [Dialect(each.delimiter, has_quotes=False) for each in candidates if not each.has_escapes]
    best, most = Dialect(""), 0.0
    for candidate in candidates:
        score = _score(candidate, sample, whole=whole)
        if score > most + 0.02:  # the usual ones come first and win when it makes no difference
            best, most = candidate, score
    return best


def _first_line(sample: str) -> str:
    for line in sample.splitlines():
        if line.strip():
            return line
    return ""


def _score(dialect: Dialect, sample: str, *, whole: bool) -> float:
    """The share of rows that are as wide as the head, with a little for width; 0 where the head has one cell."""
    csv.field_size_limit(max(csv.field_size_limit(), _SAMPLE + 1))
    if whole and dialect.has_quotes and _is_open(dialect, sample):
        return 0.0
    widths: list[int] = []
    try:
        for cells in dialect.reader(io.StringIO(sample, newline="")):
            if cells:
                widths.append(len(cells))
            if len(widths) >= _RECORDS:
                break
    except csv.Error:
        return 0.0
    if not whole and len(widths) < _RECORDS and len(widths) > 1:
        widths.pop()  # cut in its middle
    if not widths or widths[0] < 2:
        return 0.0
    alike = Counter(widths)[widths[0]] / len(widths)
    return alike + min(widths[0], 20) / 1000


def _is_open(dialect: Dialect, sample: str) -> bool:
    """Whether a quote is opened and never closed, so that it swallows the rest of the table."""
    try:
        for _ in dialect.reader(io.StringIO(sample, newline=""), strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
