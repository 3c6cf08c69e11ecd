"""Marked-up text parsed within limits: no scripts, nothing fetched, no tree that would take minutes or burst."""

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

MOST_TAGS = 400_000  # of a page that is read at all
LARGEST = 20_000_000  # code points of one, without pictures written out

_PICTURE = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,60}[;,][^\s\"'()<>]{500,}", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\ue002\ufffe\uffff\ud800-\udfff]")
_WRITTEN = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")
_BLANKS = re.compile(r"[ \t\r\n\f]{200,}")
_UNSEEN = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "textarea", "select", "head")
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]{0,40})[^>]*|[!?/][^>]*)>?")
_BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `root` is None when its nesting or its lines are beyond what the parser takes."""

    text: str  # the markup as decoded, without control characters, scripts and pictures written out
    root: Any  # lxml's element
    tags: int  # roughly how many
    data_blocks: tuple[str, ...] = ()  # what it says about itself for search engines, as JSON


def parsed_page(markup: str) -> Page | None:
    """A page as a tree; None when it is so large, or has so many tags, that it is no article."""
    tags = markup.count("<")
    if tags > MOST_TAGS:
        return None
    markup = _PICTURE.sub("", markup)
    if len(markup) > LARGEST:
        return None
    markup, blocks = _without_scripts(_BLANKS.sub("\n\n", _without_controls(markup)))
    return Page(markup, _tree(markup), tags, blocks)


def tree_of(markup: str) -> Any:
    """A piece of markup as a tree, or None when it cannot be parsed whole."""
    return _tree(_BLANKS.sub("\n\n", _without_controls(markup))) if markup.count("<") <= MOST_TAGS else None


def crude_text(markup: str) -> str:
    """The text between tags, for what cannot be parsed: one paragraph for each stretch between breaking tags."""
    markup = _Cut(markup, _UNSEEN, drops_comments=True).rest
    pieces: list[str] = []
    start = 0
    while (found := _TAG.search(markup, start)) is not None:
        pieces.append(markup[start : found.start()])
        if (found[2] or "").lower() in _BREAKING:
            pieces.append("\x1f")
        start = found.end()
    pieces.append(markup[start:])
    paragraphs = (" ".join(html.unescape(part).split()) for part in "".join(pieces).split("\x1f"))
    return "\n\n".join(filter(None, paragraphs))


def _without_controls(markup: str) -> str:
    """Without characters that no XML may hold, as they are or written as numbers: libraries stumble over them."""
    markup = _CONTROLS.sub(" ", markup)
    return _WRITTEN.sub(_kept_if_fit, markup) if "&#" in markup else markup


def _kept_if_fit(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    is_fit = number < 0x110000 and _CONTROLS.match(chr(number)) is None
    return found[0] if is_fit else " "


def _tree(markup: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):  # no element at all
        return None
    was_cut = any(entry.level_name == "FATAL" for entry in parser.error_log)
    return None if was_cut or root is None else root


def _without_scripts(markup: str) -> tuple[str, tuple[str, ...]]:
    """The markup without scripts and styles, and the JSON that describes the page."""
    blocks: list[str] = []
    for opening, body in (cut := _Cut(markup, ("script", "style"))).removed:
        if "ld+json" in opening:
            blocks.append(body)
    return cut.rest, tuple(blocks)


class _Cut:
    """Markup without some elements, found by name only, in one pass; an element that never ends is left as it is."""

    def __init__(self, markup: str, names: tuple[str, ...], *, drops_comments: bool = False) -> None:
        self.removed: list[tuple[str, str]] = []  # opening tag in lower case, content
        pieces: list[str] = []
        opening = re.compile(rf"<({'|'.join(names)})(?=[\s>/])[^>]{{0,1000}}>|<(!--)", re.IGNORECASE)
        unending: set[str] = set()
        start = place = 0
        while (found := opening.search(markup, place)) is not None:
            name = (found[1] or found[2]).lower()
            place = found.end()
            end = None if name in unending else _end_of(name).search(markup, place)
            if end is None:
                unending.add(name)
                continue
            if name != "!--" or drops_comments:
                pieces.append(markup[start : found.start()])
                self.removed.append((found[0].lower(), markup[place : end.start()]))
                start = end.end()
            place = end.end()
        pieces.append(markup[start:])
        self.rest = " ".join(pieces)


@cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(r"--!?>" if name == "!--" else rf"</{name}(?:\s[^>]{{0,99}})?>", re.IGNORECASE)
