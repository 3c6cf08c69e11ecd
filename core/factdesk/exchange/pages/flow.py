"""The text of a tree of elements as a reader sees it: paragraphs, headings and list items on lines of their own.

Takes HTML and the tree that trafilatura makes of it. Runs of blanks are one space, as on a screen; soft hyphens and
other invisible marks are left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_PARAGRAPHS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "dialog",
        "div",
        "dl",
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
        "head",
        "header",
        "hr",
        "html",
        "main",
        "nav",
        "p",
        "pre",
        "quote",
        "section",
        "summary",
        "table",
        "caption",
        "ul",
        "ol",
        "list",
        "menu",
        "fieldset",
    ]
)
_LINES = frozenset(["dd", "dt", "item", "legend", "li", "row", "tr"])
_LISTS = frozenset(["dl", "list", "menu", "ol", "ul"])
_CELLS = frozenset(["cell", "td", "th"])
_ITEMS = frozenset({"li", "item"})
_BREAKS = frozenset(["br", "lb"])
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "textarea",
        "select",
        "option",
        "input",
        "button",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "param",
        "source",
        "track",
        "area",
        "datalist",
        "dialog",
        "rp",
        "rt",
    ]
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)

Skips = Callable[[Any], bool]


def text_of(root: Any, *, skips: Skips | None = None, is_html: bool = True) -> str:
    """The text of an element and all in it, without what is not shown.

    Args:
        root: an element of lxml.
        skips: elements to leave out, with all in them.
        is_html: False for the tree of trafilatura, where `head` is a heading.
    """
    flow = _Flow()
    unseen = _UNSEEN if is_html else frozenset()
    left_out: Any = None
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if left_out is not None:
            if event == "end" and element is left_out:
                left_out = None
                flow.add(element.tail if element is not root else None)
            continue
        if event == "start":
            tag = _local(element)
            if tag in unseen or (is_html and _is_hidden(element)) or (skips is not None and skips(element)):
                left_out = element
                continue
            flow.open(tag, element)
        elif event == "end":
            flow.close(_local(element))
        if event != "start" and element is not root:
            flow.add(element.tail)
    return flow.text()


@dataclass(slots=True)
class _Flow:
    """Builds a text from its elements in their order."""

    paragraphs: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the paragraph at hand
    line: list[str] = field(default_factory=list)  # pieces of the line at hand
    bullet: str = ""  # to stand before the next words
    counters: list[int | None] = field(default_factory=list)  # of the lists around, None for those without numbers
    verbatim: int = 0

    def open(self, tag: str, element: Any) -> None:
        """An element begins."""
        self._break(tag)
        if tag in _BREAKS:
            self._end_line(keeps_blank=True)
        elif tag in _CELLS and self.line:
            self.line.append(" | ")
        elif tag in _LISTS:
            self.counters.append(_first_number(tag, element))
        elif tag in _ITEMS and self.counters:
            self.bullet = self._next_bullet(element)
        self.verbatim += tag == "pre"
        self.add(element.text)

    def close(self, tag: str) -> None:
        """An element ends."""
        self.verbatim -= tag == "pre"
        self._end_line_at(tag)
        if tag in _ITEMS:
            self.bullet = ""
        if tag in _LISTS and self.counters:
            self.counters.pop()
        self._break(tag)

    def add(self, text: str | None) -> None:
        """Text between elements."""
        if not text:
            return
        text = _INVISIBLE.sub("", text)
        first, *others = _BLANK_LINES.sub("\n\n", text).split("\n") if self.verbatim else (text,)
        self.line.append(first)
        for other in others:
            self._end_line(keeps_blank=True)
            self.line.append(other)

    def text(self) -> str:
        """All of it."""
        self._end_paragraph()
        return "\n\n".join(self.paragraphs)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS and not self.counters:
            self._end_paragraph()
        else:
            self._end_line_at(tag)

    def _end_line_at(self, tag: str) -> None:
        if tag in _PARAGRAPHS or tag in _LINES:
            self._end_line()

    def _next_bullet(self, element: Any) -> str:
        number = self.counters[-1]
        if number is None:
            return "" if (element.get("rend") or "").startswith(("dd", "dt")) else "- "
        self.counters[-1] = number + 1
        return f"{number}. "

    def _end_line(self, *, keeps_blank: bool = False) -> None:
        whole = "".join(self.line)
        words = whole.rstrip() if self.verbatim else " ".join(whole.split())
        words = words.removesuffix(" |")
        self.line.clear()
        if words and words != "|":
            self.lines.append(self.bullet + words)
            self.bullet = ""
        elif keeps_blank and self.lines and self.lines[-1]:
            self.lines.append("")

    def _end_paragraph(self) -> None:
        self._end_line()
        block: list[str] = []
        for line in [*self.lines, ""]:
            if line:
                block.append(line)
            elif block:
                self.paragraphs.append("\n".join(block))
                block = []
        self.lines.clear()


def _first_number(tag: str, element: Any) -> int | None:
    if tag != "ol" and element.get("rend") != "ol":
        return None
    start = element.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1


def _local(element: Any) -> str:
    """Its name without the namespace, which XHTML has."""
    return str(element.tag).rpartition("}")[2]


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and _HIDDEN.search(style[:1000]) is not None
