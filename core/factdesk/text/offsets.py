"""Code points and UTF-16 units: the only place that converts between them.

The core counts code points, as Python and spaCy do; Qt's text documents count UTF-16 units and also change some
characters on the way in. `display` gives a text of the same length that a document leaves alone, `Utf16Map` converts
positions of that text. The truth stays the stored text: what is shown is never read back.
"""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CHANGED_BY_QT = "\0\r\u2029\ufdd0\ufdd1"
_SUBSTITUTES = {"\r": "\n", "\0": "\u2400", "\u2029": "\n", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"}
_BREAK_AFTER = 2000  # code points of one paragraph before a space may become a line break on screen
_SOFT_BREAK = re.compile(f"(.{{{_BREAK_AFTER}}}[^ ]*) ", re.DOTALL)


class Utf16Map:
    """Converts positions of one text between code points and UTF-16 units; any position from 0 to the length."""

    __slots__ = ("_code_points", "_units")

    def __init__(self, text: str) -> None:
        wide = not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)
        self._code_points = [m.start() for m in _ASTRAL.finditer(text)] if wide else []
        self._units = [at + before for before, at in enumerate(self._code_points)]

    def to_utf16(self, code_point: int) -> int:
        """The UTF-16 position of a code point position."""
        return code_point + bisect_left(self._code_points, code_point)

    def to_code_point(self, unit: int) -> int:
        """The code point position of a UTF-16 position; inside a surrogate pair it is the pair's start."""
        return unit - bisect_left(self._units, unit)


def display(text: str) -> str:
    """The text as a QTextDocument can hold it: same number of code points and of UTF-16 units, nothing it would alter.

    A stored text is normalised and hardly ever needs a substitute; this makes sure of it for any text at all.
    """
    if not _needs_substitutes(text):
        return text
    shown = text.replace("\r\n", "\u200b\n")
    for character, substitute in _SUBSTITUTES.items():
        shown = shown.replace(character, substitute)
    shown = _SURROGATES.sub("\ufffd", shown)
    return "\u2060" + shown[1:] if shown.startswith("\ufeff") else shown


def with_soft_breaks(shown: str) -> str:
    """The same text with very long paragraphs cut at a space now and then, so that a screen lays out small pieces.

    One space becomes one line break: no position moves.
    """
    paragraphs = shown.split("\n")
    if all(len(paragraph) <= 2 * _BREAK_AFTER for paragraph in paragraphs):
        return shown
    return "\n".join(
        paragraph if len(paragraph) <= 2 * _BREAK_AFTER else _SOFT_BREAK.sub(r"\1" + "\n", paragraph)
        for paragraph in paragraphs
    )


def _needs_substitutes(text: str) -> bool:
    if text.isascii():
        return "\0" in text or "\r" in text
    if text.startswith("\ufeff") or any(character in text for character in _CHANGED_BY_QT):
        return True
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return True
    return False
