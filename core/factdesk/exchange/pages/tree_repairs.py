"""What would be lost of a page on its way through the search for its article, put so that it survives, and put back.

That search drops `time` elements with their words, tears quotations out of their sentences, and joins lines.
"""

import re
from typing import Any

PARAGRAPH, LINE, SPACE = "\ue000", "\ue001", "\ue002"
"""Private characters that stand for breaks and blanks; `markup` takes them out of every page first."""

_WORDS = frozenset(
    [
        "p",
        "li",
        "blockquote",
        "td",
        "th",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figcaption",
        "em",
        "strong",
        "b",
        "i",
        "u",
        "a",
        "span",
        "font",
        "small",
        "q",
        "cite",
    ]
)
_LOST = ("time", "label", "output", "data")
_PUT_BACK = re.compile(rf"\s*(?:\|\s*)?{PARAGRAPH}[\s{PARAGRAPH}]*")
_LINES = re.compile(rf"[ \n]*{LINE}[ \n]*")


def repair(tree: Any) -> None:
    """Changes a tree of HTML so that what would be lost survives."""
    for element in list(tree.iter(*_LOST)):
        parent = element.getparent()
        if parent is not None and parent.tag in _WORDS and _has_more_words(parent, element):
            element.drop_tag()
    for element in [each for each in tree.iter("q") if each.getparent() is not None]:
        _quote(element)
    for element in [each for each in tree.iter("ol") if _has_own_numbers(each)]:
        element.tag = "ul"  # its numbers would be told wrongly
    for element in list(tree.iter("br")):
        _keep_break(element)
    for element in list(tree.iter("pre")):
        _keep_lines(element)


def restore(text: str) -> str:
    """The text with what stood for breaks and blanks put back."""
    text = _PUT_BACK.sub("\n\n", text)
    return _LINES.sub("\n", text).replace(SPACE, " ").strip("\n")


def _has_more_words(parent: Any, element: Any) -> bool:
    """Whether an element stands inside a sentence."""
    own = sum(len(piece.strip()) for piece in element.itertext())
    around = 0
    for count, piece in enumerate(parent.itertext()):
        around += len(piece.strip())
        if around > own or count > 1000:
            break
    return 0 < own < around


def _quote(element: Any) -> None:
    element.text = f"“{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}”"
    else:
        element.text += "”"
    element.drop_tag()


def _keep_break(element: Any) -> None:
    """Two breaks in a row are the end of a paragraph."""
    following = element.getnext()
    if following is not None and following.tag == "br" and not (element.tail or "").strip():
        element.tail = f" {PARAGRAPH} "


def _has_own_numbers(element: Any) -> bool:
    return (
        element.get("reversed") is not None
        or element.get("start", "1") != "1"
        or element.find("li[@value]") is not None
    )


def _keep_lines(element: Any) -> None:
    for each in element.iter():
        each.text = _verbatim(each.text)
        if each is not element:
            each.tail = _verbatim(each.tail)


def _verbatim(text: str | None) -> str | None:
    if not text:
        return text
    return re.sub(" {2,}", lambda found: SPACE * len(found[0]), text.replace("\t", "    ")).replace("\n", LINE)
