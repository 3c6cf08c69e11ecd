"""HTML that cannot be broken by what is put into it: every text is escaped unless it is markup already."""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

_VOID = frozenset({"meta", "br", "hr"})
_SCHEMES = frozenset({"http", "https"})


class Markup(str):
    """A piece of finished HTML."""

    __slots__ = ()


NOTHING = Markup("")

Content = str | Markup


def text(content: Content) -> Markup:
    """Text as HTML; markup stays as it is."""
    return content if isinstance(content, Markup) else Markup(escape(content, quote=True))


def tag(tag_name: str, *content: Content, **attributes: str) -> Markup:
    """An element. `class_` and `for_` stand for names that Python keeps; `_` in a name stands for a hyphen; empty ones go."""
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for name, value in attributes.items()
        if value
    )
    if tag_name in _VOID:
        return Markup(f"<{tag_name}{named}>")
    return Markup(f"<{tag_name}{named}>{''.join(map(text, content))}</{tag_name}>")


def together(content: Iterable[Content], between: str = "") -> Markup:
    """Pieces one after the other."""
    return Markup(escape(between, quote=True).join(text(each) for each in content))


def address(url: str) -> Markup:
    """An address: a link if it is one of the web, else only its words."""
    return tag("a", url, href=url, rel="noopener noreferrer nofollow") if is_web_address(url) else tag("code", url)


def is_web_address(url: str) -> bool:
    """Whether an address is harmless to follow: http or https with a host, and nothing unseen in it."""
    if any(character.isspace() or not character.isprintable() for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in _SCHEMES and bool(parts.hostname)
    except ValueError:
        return False
