"""Pieces of markup that hold nothing but what is to be read: the body of a mail, of an entry, of a chapter."""

import html
import re

from factdesk.exchange.pages.flow import text_of
from factdesk.exchange.pages.markup import crude_text, tree_of

_MARKED_UP = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>]*)?/?|!--.*?--)>", re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def fragment_text(markup: str) -> str:
    """All of its text as it is shown."""
    tree = tree_of(markup)
    return crude_text(markup) if tree is None else text_of(tree)


def maybe_marked_up(text: str) -> str:
    """The text of a string that may be plain or marked up."""
    if _MARKED_UP.search(text) or re.search(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);", text):
        return fragment_text(text)
    paragraphs = re.split(r"\n[ \t]*\n", text.strip().replace("\r\n", "\n"))
    return "\n\n".join(filter(None, ("\n".join(map(str.strip, each.split("\n"))) for each in paragraphs)))


def line_of(markup: str) -> str:
    """A title that may be marked up, as one line."""
    text = html.unescape(markup[:4000])
    return " ".join(html.unescape(_TAGS.sub("", text) if _MARKED_UP.search(text) else text).split())
