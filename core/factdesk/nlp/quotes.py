"""Passages in quotation marks: curly, straight, German and single ones, also over several sentences of a paragraph."""

import re
from collections.abc import Iterator

from factdesk.model.spans import Span

_PAIRS = {"''": "'", "``": "'", "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"', "'": "'", "”": "”"}
_OPEN = re.compile(r"[“„«]|``|(?<!\w)''(?=\w)|(?<![\w])[\"‘'](?=\w)|(?<![\w])[”»](?=\w)")


def quoted(text: str, paragraph: Span) -> Iterator[Span]:
    """The quoted passages of a paragraph, marks included; an opening mark without its partner reaches to the end."""
    at = paragraph.start
    while (match := _OPEN.search(text, at, paragraph.end)) is not None:
        mark = match.group()
        end = _partner(text, match.end(), paragraph.end, mark)
        if end is None:
            if mark in "“„«" or (mark == '"' and match.start() == paragraph.start):
                yield Span(match.start(), paragraph.end)
                return
            at = match.end()
            continue
        if end - match.start() > 2:
            yield Span(match.start(), end)
        at = end


def _partner(text: str, start: int, end: int, mark: str) -> int | None:
    """Just behind the closing mark; an apostrophe inside a word does not close."""
    closers = _PAIRS[mark]
    if len(mark) == 2:
        found = text.find("''", start, end)
        return found + 2 if found >= 0 else None
    for i in range(start, end):
        if text[i] not in closers:
            continue
        if mark in "‘'" and i + 1 < end and text[i + 1].isalnum():
            continue
        if (
            mark in "‘'"
            and text[i - 1] == "s"
            and text[i + 1 : i + 2] == " "
            and _closes_later(text, i + 1, end, closers)
        ):
            continue
        return i + 1
    return None


def _closes_later(text: str, start: int, end: int, closers: str) -> bool:
    """Whether a plural's apostrophe is not the end: a better closing mark follows before the next opening one."""
    rest = text[start:end]
    later = re.search(rf"[.,!?][{re.escape(closers)}](?!\w)", rest)
    opening = re.search(r"(?<!\w)[‘'](?=\w)", rest)
    return later is not None and (opening is None or later.start() < opening.start())
