"""What a page says about its article: title, publisher, byline, address, date and language."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from factdesk.exchange.pages.described import Described
from factdesk.exchange.pages.markup import Page
from factdesk.exchange.pages.page_dates import published
from factdesk.exchange.pages.phrases import (
    joined_names,
    tidy,
    tidy_address,
    tidy_language,
    tidy_name,
)

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,9}\)(https?://[^\s>]{1,2000})\s", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S{1,2000})", re.IGNORECASE)
_SAVED_AT = re.compile(
    r"<!--\s*Page saved with SingleFile\s[^>]{0,3000}?saved date:\s*\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})"
)
_AUTHOR_META = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
                "citation_author", "article:author_name")  # fmt: skip
_SITE_META = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "sailthru.publisher",
              "apple-mobile-web-app-title")  # fmt: skip
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-]|s?__?-?name|names?$)", re.IGNORECASE)
_NOT_A_BYLINE = re.compile(r"comment|related|bio|avatar|image|promo|newsletter|sidebar|footer|date|time", re.IGNORECASE)
_ROLE = re.compile(r"\s*(?:[|•·,]|\bis\b)\s.*$|\s+\d.*$|\s+(?:published|updated|posted)\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an article from its page; "" for what is not."""

    title: str = ""
    headline: str = ""  # as it stands on the page; "" when it shows none
    publisher: str = ""
    byline: str = ""
    url: str = ""
    published_at: str = ""
    language: str = ""  # as the page declares it
    saved_at: str = ""  # when the page was saved, if its program noted it
    warnings: tuple[str, ...] = ()
    body: str = ""  # the article as the page holds it for search engines
    is_paid: bool = False  # the page says that only subscribers can read it whole


def facts_of(page: Page, address: str = "") -> Facts:
    """All that a page says about its article.

    Args:
        page: the page.
        address: where it was on the web, if whoever saved it noted that.
    """
    metas = _metas(page.root)
    url = _url(page, metas, address)
    described = Described(page.data_blocks, url)
    url = url or tidy_address(described.address())
    site = _site(metas, described)
    title, headline = _titles(page.root, metas, described, site)
    date, doubt = published(page.root, metas, described, url)
    return Facts(
        title=title,
        headline=headline,
        publisher=site or _host(url),
        byline=_byline(page.root, metas, described),
        url=url,
        published_at=date,
        language=_language(page.root, metas, described),
        saved_at=_saved_at(page.text),
        warnings=(doubt,) if doubt else (),
        body=described.said("articleBody"),
        is_paid=str(described.article.get("isAccessibleForFree")).casefold() == "false",
    )


def _metas(root: Any) -> dict[str, str]:
    """The first content of each meta element by its name."""
    found: dict[str, str] = {}
    for element in [] if root is None else root.iter("meta"):
        content = (element.get("content") or "").strip()[:4000]
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                found.setdefault(name[:100].strip().lower(), content)
    return found


def _url(page: Page, metas: dict[str, str], address: str) -> str:
    head = page.text[:100_000]
    saved = [match[1] for pattern in (_SINGLE_FILE, _SAVED_FROM) if (match := pattern.search(head))]
    base = next(filter(None, map(tidy_address, (*saved, address, metas.get("og:url")))), "")
    links = (
        [] if page.root is None else page.root.xpath(".//link[translate(@rel,'CANONIL','canonil')='canonical']/@href")
    )
    canonical = [_joined(base, link.strip()[:2048]) for link in links[:3]]
    found = [tidy_address(each) for each in (*canonical, metas.get("og:url"), *saved, address)]
    found = [each for each in found if each]
    deep = [each for each in found if urlsplit(each).path.strip("/") or urlsplit(each).query]
    return next(iter(deep or found), "")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return tidy(host.removeprefix("www."))


def _site(metas: dict[str, str], described: Described) -> str:
    names = (metas.get("og:site_name"), *described.names("publisher"), described.site())
    others = (metas.get(name) for name in _SITE_META)
    return next(filter(None, map(tidy_name, (*names, *others))), "")


def _titles(root: Any, metas: dict[str, str], described: Described, site: str) -> tuple[str, str]:
    """The title, and the headline as it stands on the page."""
    named = (described.said("headline"), metas.get("og:title", ""), metas.get("twitter:title", ""))
    said = [title for each in named if (title := _without_site(tidy(html.unescape(each)), site))]
    if root is None:
        return next(iter(said), ""), ""
    whole = _without_site(tidy(_text(root.find(".//title"))), site, guess=not said)
    headline = _headline(root, [*said, whole], site)
    title = said[0] if said else headline or whole
    return headline if headline and _is_same(headline, title) else title, headline


def _headline(root: Any, wanted: list[str], site: str) -> str:
    """The heading that says what the page is called; else the first large one, in the article if there is any."""
    heads = [(tidy(_text(each)), _is_in_article(each)) for each in list(root.iter("h1"))[:20]]
    heads = [(text, inside) for text, inside in heads if text and _bare(text) != _bare(site)]
    smaller = [tidy(_text(each)) for each in list(root.iter("h2", "h3"))[:30]]
    for title in wanted:
        for text in (*(text for text, _ in heads), *(text for text in smaller if _bare(text) == _bare(title))):
            if _is_same(text, title):
                return text
    inside = [text for text, is_inside in heads if is_inside]
    return next(iter(inside or [text for text, _ in heads]), "")


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())[:4000]


def _is_in_article(element: Any) -> bool:
    return any(each.tag in {"article", "main"} for each in element.iterancestors())


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _is_same(one: str, other: str) -> bool:
    """Whether one title is the other, or the other cut off or with something behind it."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return (len(short) > 8 and long.startswith(short) and 2 * len(short) > len(long)) or (bool(short) and short == long)


def _without_site(title: str, site: str, *, guess: bool = False) -> str:
    """“Title | Site” without the site; by its name, or what stands behind a bar."""
    parts = re.split(r"\s+[|–—·»:-]\s+", title)
    if site and len(parts) > 1:
        for name, rest in ((parts[-1], title[: title.rfind(parts[-1])]), (parts[0], title[len(parts[0]) :])):
            if _bare(name) and (_bare(name) in _bare(site) or _bare(site) in _bare(name)):
                return rest.strip(" |–—·»:-")
    found = re.fullmatch(r"(.{12,}?)\s+[|»]\s+[^|»]{2,40}", title) if guess else None
    return found[1] if found else title


def _byline(root: Any, metas: dict[str, str], described: Described) -> str:
    if names := joined_names([tidy_name(each) for each in described.names("author")]):
        return names
    for key in _AUTHOR_META:
        if name := tidy_name(html.unescape(metas.get(key, ""))):
            return name
    return "" if root is None else joined_names(_shown_authors(root))


def _shown_authors(root: Any) -> list[str]:
    """The names in the elements that are marked as author or byline."""
    for path in (
        ".//*[@itemprop='author']//*[@itemprop='name']",
        ".//*[@itemprop='author']",
        ".//a[@rel='author']",
        ".//*[(self::p or self::div or self::span or self::a or self::address or self::li) and @class]",
    ):
        found = [each for each in root.xpath(path)[:20000] if _may_be_byline(each, by_class="@class" in path)]
        names = [_ROLE.sub("", tidy_name(_text(each))) for each in found[:8]]
        names = [name for name in names if 3 <= len(name) <= 80 and len(name.split()) <= 8]
        if names:
            return names[:1] if "@class" in path else names
    return []


def _may_be_byline(element: Any, *, by_class: bool) -> bool:
    own = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    if by_class and not _BYLINE.search(own):
        return False
    around = " ".join(f"{each.get('class') or ''} {each.get('id') or ''}"[:300] for each in element.iterancestors())
    return not _NOT_A_BYLINE.search(own) and not re.search(r"comment|related|sidebar|recirc", around, re.IGNORECASE)


def _language(root: Any, metas: dict[str, str], described: Described) -> str:
    declared = "" if root is None else root.get("lang") or root.get("xml:lang") or ""
    others = (metas.get(key, "") for key in ("content-language", "og:locale", "dc.language", "language"))
    return next(filter(None, map(tidy_language, (declared, described.said("inLanguage"), *others))), "")


def _saved_at(markup: str) -> str:
    found = _SAVED_AT.search(markup[:100_000])
    if found is None:
        return ""
    try:
        moment = datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z")
    except ValueError:
        return ""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
