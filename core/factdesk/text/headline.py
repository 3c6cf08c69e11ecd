"""The headline of an article, when its text shows one. The text itself keeps it."""

import re

_LINES_LOOKED_AT = 12
_LONGEST = 200
_WORDS = 30

_BULLET = re.compile(r"^\s*(?:[•·‣▪◦●○■□–—*+]|-(?!\d)|\d{1,2}[.)])\s+")
_HEADING_MARK = re.compile(r"^\s*(?:#{1,6}\s+|(?:headline|title)\s*:\s*)", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+(?:[|»·]|[-–—](?=\s))\s*[^|»·]{2,40}$")
_CREDIT = re.compile(
    r"^(?:by|written by|photo|photograph|image|picture|video|credit|source|caption|file)\b[\s:]"
    r"|^(?:published|updated|posted|last modified|last updated)\b"
    r"|^(?:advertisement|sponsored|share|share this.*|subscribe.*|sign up.*|log ?in|menu|home|search|skip to .*|cookie.*|"
    r"read more.*|related.*|comments?|newsletter|breaking(?: news)?|live|watch|listen|follow us.*|content|contents)$"
    r"|\b\d+ min(?:ute)?s? (?:read|ago)\b|©|^https?://",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^\W*(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\W+)?"
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d]{3,9}\.?,?\s+\d{4}|[^\W\d]{3,9}\.?\s+\d{1,2},?\s+\d{4})\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+[\"“‘«(]?[^\W\d_a-z]")
_FULL_STOP = re.compile(r"[.。।:;,][\"”’»)\]]*$")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\b[A-Z]\.[A-Z]\.)[\"”’»)\]]*$")


def find_headline(text: str) -> str:
    """The title: a short first line that is no sentence of the body, or a line that a machine put there twice."""
    lines = _first_lines(text)
    repeated = _repeated(lines)
    if repeated:
        return repeated
    for line in lines[:4]:
        if _is_furniture(line):
            continue
        if not _is_like_a_title(line):
            return ""
        return _without_site_name(line, lines)
    return ""


def _first_lines(text: str) -> list[str]:
    lines: list[str] = []
    start = 0
    while len(lines) < _LINES_LOOKED_AT and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        stretch = text[start : min(end, start + 4 * _LONGEST)]  # of a paragraph the beginning is enough to tell
        line = " ".join(stretch.split())
        if line:
            lines.append(_HEADING_MARK.sub("", line))
        start = end + 1
    return lines


def _repeated(lines: list[str]) -> str:
    """A line that stands twice near the top, alone or with the site's name behind it."""
    for index, line in enumerate(lines[:4]):
        if len(line) > _LONGEST or len(line.split()) < 3 or _is_furniture(line) or _SENTENCE_END.search(line):
            continue
        bare = _bare(line)
        for other in lines[index + 1 : index + 4]:
            again = _bare(other)
            if again == bare or bare == _bare(_SITE_NAME.sub("", other)):
                return line
            if again == _bare(_SITE_NAME.sub("", line)):
                return other
    return ""


def _bare(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def _is_furniture(line: str) -> bool:
    """Navigation, credits and dates: neither headline nor body."""
    if _CREDIT.search(line) or _BULLET.match(line):
        return True
    if _DATE.match(line) and len(line) <= 40:
        return True
    is_a_label = len(line) < 12 and len(line.split()) <= 2 and line.isascii() and not line.endswith(("?", "!"))
    return is_a_label or line.count(" | ") >= 2


def _is_like_a_title(line: str) -> bool:
    if len(line) > _LONGEST or len(line.split()) > _WORDS:
        return False
    if _FULL_STOP.search(line) and not _ELLIPSIS.search(line):
        return False
    return _SENTENCE_END.search(line.replace("...", "…")) is None or len(line) <= 110


def _without_site_name(line: str, lines: list[str]) -> str:
    """“Title | The Daily Example” without the name, when a bar or a repeat shows that it is one."""
    bar = re.search(r"\s+[|»]\s+[^|»]{2,40}$", line)
    if bar and len(line[: bar.start()].split()) >= 3:
        return line[: bar.start()]
    short = _SITE_NAME.sub("", line)
    return short if short != line and short in lines else line
