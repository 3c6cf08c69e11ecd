"""What each paragraph of an article is: running text, heading, credit, caption, navigation or list item.

Saved web pages mix all of these. Only running text, list items and captions can hold claims, and a paragraph that stands
twice (a headline, a caption) counts once.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from factdesk.model.spans import Span
from factdesk.nlp import data


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    HEADING = "heading"
    CREDIT = "credit"
    CAPTION = "caption"
    NAVIGATION = "navigation"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its span without surrounding space, its role, and the paragraph it repeats."""

    span: Span
    role: Role
    repeat_of: int | None = None  # index of the paragraph with the same text


BULLET = re.compile(r"(?:[-–—•·▪◦‣*■►●○✓➤]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_END = re.compile(r"[.!?…:;][\"'”’»“)\]]*$")
_AGENCY = (
    r"(?:Getty(?: Images)?|AFP|Reuters|REUTERS|AP(?: Photo)?|Associated Press|EPA(?:-EFE)?|Bloomberg|PA(?: Wire)?|Anadolu|Shutterstock"
    r"|iStock|Alamy|dpa|TASS|Xinhua|Sputnik|Ukrinform|NurPhoto|ZUMA|Rex|Handout|Pool|Wikimedia(?: Commons)?|Unsplash|Flickr)"
)
CREDIT = re.compile(
    rf"(?:(?:Photo|Image|Picture|Photograph|Video|Graphic|Credit|Source|Photos|Images)s?(?: credit)?\s*(?::|by\b|courtesy).{{0,90}}"
    rf"|[^.!?]{{0,70}}/\s*{_AGENCY}.{{0,60}}|\(?{_AGENCY}(?: Photo)?\s*/[^.!?]{{0,70}}|©.{{0,90}}|(?:\(c\)|Copyright\b).{{0,120}}"
    r"|(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|Edited|Written|Compiled)(?: and [a-z]+)? by [A-Z].{0,120})",
)
_NAVIGATION = re.compile(
    r"(?:read (?:more|also|next|the full.{0,30})|see (?:also|more)|explore more|more (?:on this|from|stories|news|like this)\b.{0,40}"
    r"|related(?: (?:articles?|stories|news|topics|content))?|share(?: (?:this|on|via|full)\b.{0,40})?|subscribe\b.{0,80}|sign up\b.{0,80}"
    r"|advertisement|advertising|follow us\b.{0,60}|click here\b.{0,60}|watch(?: (?:now|live|more))?|listen(?: (?:now|to this).{0,30})?|comments?|\d+ comments?"
    r"|newsletter\b.{0,60}|story continues below.{0,30}|continue reading.{0,60}|recommended(?: for you)?|most (?:read|popular)|trending(?: now)?"
    r"|topics?|tags?|contents?|table of contents|in this (?:article|story)|news|home|menu|search|log ?in|register|print|email|save|back to top"
    r"|cookie.{0,80}|all rights reserved.{0,60}|loading.{0,20}|skip to .{0,40}|(?:first )?published\b.{0,60}|(?:last )?updated\b.{0,60}|\d+ min(?:ute)?s? read)"
    r"\s*[:.…>»]*",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[#@]\w+(?:\s+[#@]\w+)*")
_BYLINE = re.compile(r"By [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,4}(?:,.{0,60}| (?:and|&) .{0,60})?")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|said|says|did|does|do|\w{3,}ed)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:A (?:handout|file|still|screengrab|view|photo|picture|general view)|File (?:photo|picture)|FILE\b|Pictured|Above|Left|Right|In this (?:photo|image|picture)"
    r"|The aftermath of)\b|.*\b(?:pictured|seen here|is seen|are seen|file photo|handout photo|this (?:photo|image))\b",
)
_SMALL = frozenset(data.words("layout.small"))


def plain(text: str) -> str:
    """The words alone, for telling whether two passages say the same."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def lines(text: str) -> list[Span]:
    """Every line with something on it, without surrounding space."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        kept = line.strip()
        if kept:
            start = match.start() + len(line) - len(line.lstrip())
            found.append(Span(start, start + len(kept)))
    return found


def _title_case(line: str) -> bool:
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", line) if w.casefold() not in _SMALL]
    return len(words) > 1 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _is_heading(line: str, *, last: bool) -> bool:
    """Short, without a full stop at its end, and not the torn end of an article."""
    if _END.search(line) and not line.endswith(("?", ":")):
        return False
    words = line.split()
    if len(words) <= 7 and not last:
        return not line.endswith(("”", '"', "’"))
    return len(words) <= 16 and (_title_case(line) or (len(words) <= 10 and not last and not _FINITE.search(line)))


def _role(line: str, *, first: bool, last: bool) -> Role:
    if _NAVIGATION.fullmatch(BULLET.sub("", line, count=1)) or _URL.fullmatch(line):
        return Role.NAVIGATION
    if len(line.split()) <= 18 and (CREDIT.fullmatch(line) or _BYLINE.fullmatch(line)):
        return Role.CREDIT
    if BULLET.match(line):
        return Role.LIST if _END.search(line) or len(line.split()) > 12 else Role.HEADING
    if first and not _END.search(line) and len(line.split()) <= 30:
        return Role.HEADING
    if _is_heading(line, last=last):
        return Role.HEADING
    if not _END.search(line) and not last:
        return Role.CAPTION
    return Role.CAPTION if _CAPTION.match(line) and len(line.split()) < 40 and not last else Role.BODY


def paragraphs(text: str, title: str = "") -> list[Paragraph]:
    """The paragraphs of a text in order; nothing but space lies between them."""
    spans = lines(text)
    said = [plain(span.of(text)) for span in spans]
    heading = plain(title)
    first_with: dict[str, int] = {}
    found: list[Paragraph] = []
    for i, span in enumerate(spans):
        role = _role(span.of(text), first=i == 0 and len(spans) > 1, last=i == len(spans) - 1)
        if heading and said[i] == heading:
            role = Role.HEADING
        repeat = first_with.setdefault(said[i], i) if len(said[i]) > 20 else i
        if repeat != i and (found[repeat].role is Role.HEADING or _is_title(span.of(text))):
            role = Role.HEADING
            found[repeat] = replace(found[repeat], role=role)
        found.append(Paragraph(span, role, repeat if repeat != i else None))
    return found


def _is_title(line: str) -> bool:
    """Whether a line that stands twice is a title and its entry in a list of contents."""
    return len(line.split()) <= 16 and not _END.search(line)
