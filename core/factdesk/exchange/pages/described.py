"""What a page says about itself for search engines: JSON-LD, with its references resolved."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

Thing = dict[str, Any]

_LARGEST = 1_000_000  # code points of one block
_MOST = 2000  # things of a page
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_ARTICLES = frozenset({"Report", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Review", "ClaimReview"})
_INTO = ("@graph", "mainEntity", "mainEntityOfPage")


class Described:
    """The things that a page describes; the article among them first."""

    def __init__(self, blocks: tuple[str, ...], address: str = "") -> None:
        things = list(_things(blocks))
        self._by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
        self.articles = [thing for thing in things if _is_article(thing)]
        self.article = _likeliest(self.articles, address)
        self._sites = [thing for thing in things if {"WebSite", "NewsMediaOrganization"} & _types(thing)]

    def said(self, key: str) -> str:
        """A string that the article says, or ""."""
        return string(self.article.get(key))

    def names(self, key: str) -> list[str]:
        """The names of the persons or organisations under a key of the article."""
        return [name for each in _as_list(self.article.get(key)) if (name := self._name(each))]

    def site(self) -> str:
        """The name of the site."""
        return next(filter(None, map(self._name, self._sites)), "")

    def address(self) -> str:
        """Where the article says that it is."""
        page = self.article.get("mainEntityOfPage")
        if isinstance(page, dict):
            page = page.get("@id") or page.get("url")
        return string(self.article.get("url")) or string(page)

    def _name(self, thing: Any) -> str:
        if isinstance(thing, str):
            return string(thing)
        if not isinstance(thing, dict):
            return ""
        identifier = thing.get("@id")
        if not thing.get("name") and isinstance(identifier, str):
            thing = self._by_id.get(identifier, thing)
        name = thing.get("name")
        if isinstance(name, list):
            return ", ".join(filter(None, map(string, name)))
        whole = " ".join(filter(None, (string(thing.get(key)) for key in ("givenName", "familyName"))))
        return string(name) or whole


def string(value: Any) -> str:
    """A string of JSON-LD as it is meant: some pages escape it once more for HTML."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _things(blocks: tuple[str, ...]) -> Iterator[Thing]:
    waiting: list[Any] = []
    for block in blocks:
        if len(block) > _LARGEST:
            continue
        try:
            waiting.append(json.loads(_WRAPPING.sub("", block), strict=False))
        except (ValueError, RecursionError):
            continue
    waiting.reverse()
    for _ in range(_MOST):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value[:_MOST]))
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in _INTO if isinstance(value.get(key), dict | list))


def _types(thing: Thing) -> set[str]:
    return {each.rpartition("/")[2] for each in _as_list(thing.get("@type")) if isinstance(each, str)}


def _is_article(thing: Thing) -> bool:
    return any(each.endswith("Article") or each in _ARTICLES for each in _types(thing))


def _likeliest(articles: list[Thing], address: str) -> Thing:
    """The one of this address, else the first that has a date, else the first."""

    def rank(thing: Thing) -> tuple[bool, bool, bool]:
        page = thing.get("mainEntityOfPage")
        places = {string(thing.get("url")), string(page.get("@id") if isinstance(page, dict) else page)}
        return address == "" or address not in places, not thing.get("datePublished"), not thing.get("headline")

    return min(articles, key=rank, default={})


def _as_list(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [] if value is None else [value]
