"""Cases and articles."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A set of articles about one event, reviewed together."""

    id: str
    name: str
    created_at: str  # UTC, ISO 8601 with Z, as every time here
    article_count: int = 0


@dataclass(frozen=True, slots=True)
class ArticleMeta:
    """What a reviewer may edit about an article. Empty text means unknown."""

    title: str = ""
    publisher: str = ""
    byline: str = ""
    url: str = ""
    published_at: str = ""  # ISO 8601 date or date and time, as precise as known
    language: str = ""  # BCP 47


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Where an article's text came from: the bytes as they were and how they were read."""

    original: bytes
    name: str = ""  # file name without its folder, or "" for pasted text
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    captured_at: str = ""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article ready to be stored: normalised text, what is known about it, and its origin."""

    text: str
    meta: ArticleMeta
    source: ArticleSource


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article without its text."""

    id: str
    meta: ArticleMeta
    length: int  # code points of the stored text
    text_sha256: str
    original_sha256: str
    original_size: int
    encoding: str
    source_name: str
    media_type: str
    captured_at: str
    imported_at: str
    analysed: bool = False  # whether pre-annotation has been stored
    claim_count: int = 0  # claims that stand (not refused)
    decided_count: int = 0  # of these, with a verdict
    opening: str = ""  # how the text begins, where neither publisher nor title is known

    @property
    def name(self) -> str:
        """Publisher and title, as far as known, where there is room for both."""
        known = [part for part in (self.meta.publisher, self.meta.title) if part]
        return " — ".join(known) or self.label

    @property
    def label(self) -> str:
        """A short name for lists and pane heads: publisher, else title, else file name or first words."""
        return self.meta.publisher or self.meta.title or unnamed_label(self.source_name, self.opening) or self.id[:9]


_OPENING = 48  # code points of a text that stand for its name
_PART = re.compile(r"[^\W\d_]+")
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_SAYS_NOTHING = frozenset({"article", "articles", "text", "file", "document", "download", "untitled", "page", "index"})


def unnamed_label(source_name: str, opening: str) -> str:
    """A name for an article without publisher and title: its file's name if that has a word in it, else its first words."""
    stem = source_name.rpartition(".")[0] or source_name
    words = [part for part in _PART.findall(stem) if len(part) > 3 and not _HEX.fullmatch(part)]
    if any(word.casefold() not in _SAYS_NOTHING for word in words):
        return source_name
    line = " ".join(opening.split())
    if not line:
        return source_name
    return line if len(line) <= _OPENING else line[:_OPENING].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
