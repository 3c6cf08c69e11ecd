"""Articles of a case that a new one may be a corrected version of: by address, or by title."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from factdesk.model.articles import ArticleMeta
from factdesk.store.articles import article_names
from factdesk.store.connection import Queryable

_TITLE_LEAST = 12  # code points; shorter titles say too little


@dataclass(frozen=True, slots=True)
class KnownArticles:
    """What a case has, for recognising newer texts of the same articles."""

    labels: Mapping[str, str]
    by_address: Mapping[str, str]
    by_title: Mapping[str, tuple[str, str]]  # id and publisher

    def earlier(self, meta: ArticleMeta) -> str | None:
        """The article with the same address, or the same title and no other publisher; None if there is none."""
        found = self.by_address.get(_address(meta.url)) if meta.url else None
        if found is not None:
            return found
        known, publisher = self.by_title.get(_title(meta.title), ("", ""))
        if known and (not publisher or not meta.publisher or publisher.casefold() == meta.publisher.casefold()):
            return known
        return None


def known_articles(r: Queryable, case_id: str) -> KnownArticles:
    """The articles of a case by address and by title; titles that occur twice are left out."""
    names = article_names(r, case_id)
    labels: dict[str, str] = {}
    addresses: dict[str, str] = {}
    titles: dict[str, tuple[str, str]] = {}
    doubtful: set[str] = set()
    for row in r.rows(
        "SELECT a.id, a.title, a.publisher, a.url FROM case_articles ca "
        "JOIN articles a ON a.id = ca.article_id WHERE ca.case_id = ? ORDER BY ca.position, a.id",
        (case_id,),
    ):
        parts = [part for part in (row["publisher"], row["title"]) if part]
        labels[row["id"]] = " — ".join(parts) or names[row["id"]]
        if row["url"]:
            addresses.setdefault(_address(row["url"]), row["id"])
        title = _title(row["title"])
        if title in titles:
            doubtful.add(title)
        elif len(title) >= _TITLE_LEAST:
            titles[title] = (row["id"], row["publisher"])
    return KnownArticles(labels, addresses, {title: found for title, found in titles.items() if title not in doubtful})


def _address(url: str) -> str:
    parts = urlsplit(url.strip())
    host = parts.netloc.casefold().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _title(title: str) -> str:
    return " ".join(title.casefold().split())
