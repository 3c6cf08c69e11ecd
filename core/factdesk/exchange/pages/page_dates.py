"""When an article was published, as precisely as its page says it."""

import re
from copy import deepcopy
from datetime import timedelta
from itertools import islice
from typing import Any

from factdesk.compare.dates import moment
from factdesk.exchange.pages.described import Described
from factdesk.exchange.pages.phrases import is_finer, tidy_date

_METAS = (
    *("article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished"),
    *(
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "published-date",
        "date",
        "dc.date.issued",
        "dcterms.issued",
    ),
    *("dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date"),
    *("cxenseparse:recs:publishtime", "originalpublicationdate", "release_date", "citation_publication_date"),
)
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)|[/-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_-]|$)"
)
_PUBLISHED = re.compile(r"publi|posted|entry-date|dateline|created", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|edit|revis", re.IGNORECASE)
_MOST_FOR_A_GUESS = 200_000  # code points of a page that is searched for any date at all


def published(root: Any, metas: dict[str, str], described: Described, url: str) -> tuple[str, str]:
    """The date of publication ("" if unknown), and a sentence when it is doubtful ("" if not)."""
    said = [tidy_date(described.said("datePublished")), *(tidy_date(metas.get(key)) for key in _METAS)]
    said += [] if root is None else _marked(root)
    said = list(dict.fromkeys(filter(None, said)))
    if said:
        best = said[0]
        same = [each for each in said if _is_near(each, best)]
        for each in same:
            best = each if is_finer(each, best) else best
        other = next((each for each in said if each not in same), "")
        return best, f"The page names two dates of publication, {best} and {other}; check which is right." * bool(other)
    for found, how in _guesses(root, url):
        if found:
            return found, f"The date {found} is guessed from {how}; check it."
    return "", ""


def _is_near(one: str, other: str) -> bool:
    first, second = moment(one), moment(other)
    if first is None or second is None:
        return False
    day = timedelta(hours=15)  # a day without its zone
    return first.first - day <= second.last and second.first - day <= first.last


def _marked(root: Any) -> list[str]:
    """Dates in elements that are marked as the date of publication."""
    found = [_date_of(each) for each in root.xpath(".//*[@itemprop='datePublished' or @pubdate]")[:5]]
    for each in root.xpath(".//time[@datetime]")[:50]:
        words = " ".join(each.get(name) or "" for name in ("class", "data-testid", "itemprop", "id", "title"))[:500]
        if _PUBLISHED.search(words) and not _CHANGED.search(words):
            found.append(_date_of(each))
            break
    return found


def _date_of(element: Any) -> str:
    values = (element.get("content"), element.get("datetime"), "".join(element.itertext())[:200])
    return next(filter(None, map(tidy_date, values)), "")


def _guesses(root: Any, url: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if root is not None:
        every = [each for each in islice(root.iter("time"), 50) if each.get("datetime")]
        times = [each for each in every if _is_in_article(each) and not _is_change(each)] or every[:1]
        found.append((_date_of(times[0]) if times else "", "a time that the page shows"))
    address = _IN_ADDRESS.search(url[:2048])
    if address is not None:
        year, month, day = (address[1], address[2], address[3]) if address[1] else (address[4], address[5], address[6])
        found.append((tidy_date(f"{year}-{int(month):02}-{int(day):02}"), "the address of the page"))
    if root is not None and not any(date for date, _ in found):
        found.append((_of_text(root), "what the page shows"))
    return found


def _is_in_article(element: Any) -> bool:
    return any(each.tag in {"article", "main"} for each in element.iterancestors())


def _is_change(element: Any) -> bool:
    parent = element.getparent()
    words = [
        element.get("class") or "",
        *("".join(each.itertext())[:100] for each in (element, parent) if each is not None),
    ]
    return _CHANGED.search(" ".join(words)[:500]) is not None


def _of_text(root: Any) -> str:
    """Any date near the top, by htmldate's rules. It gets the tree, never an address: nothing is fetched."""
    if sum(len(piece) for piece in root.itertext()) > _MOST_FOR_A_GUESS:
        return ""
    from htmldate import find_date

    tree = deepcopy(root)
    for element in list(tree.iter("meta", "time", "abbr")):
        names = " ".join(element.get(each) or "" for each in ("name", "property", "itemprop", "class"))
        if _CHANGED.search(names[:500]):
            element.drop_tree()
    try:
        return tidy_date(find_date(tree, extensive_search=False, original_date=True, url="") or "")
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):  # odd markup
        return ""
