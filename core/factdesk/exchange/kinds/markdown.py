"""Markdown: its text without the marks, and what the lines at its top say about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.kinds.html import replaced_warning
from factdesk.exchange.kinds.plain import decoded_text
from factdesk.exchange.pages.fragments import maybe_marked_up
from factdesk.exchange.pages.phrases import (
    has_words,
    joined_names,
    tidy,
    tidy_address,
    tidy_date,
    tidy_language,
    tidy_name,
)
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

MEDIA_TYPE = "text/markdown"
LARGEST = 2_000_000  # code points; larger ones are taken with their marks

_FRONT = re.compile(r"^\ufeff?---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_TOML = re.compile(r"^\ufeff?\+\+\+[ \t]*\n(.{0,20000}?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_PAIR = re.compile(r"^([A-Za-z][\w -]{0,40}?)\s*[:=](?:\s+(.*)|\s*)$")
_COMMENT = re.compile(r"\s+#\s.*$")
_MOST_MARKS = 4000
_MARKS = re.compile(r"[\[\]<>`*_~!(|\\]")
_BLOCKS = re.compile(r"\n[ \t]*\n")
_NAMES = {
    "title": ("title", "headline"),
    "byline": ("author", "authors", "byline", "by", "creator"),
    "published_at": ("date", "published", "published_at", "datepublished", "pubdate", "created"),
    "url": ("url", "source", "source_url", "canonical", "canonical_url", "link", "permalink", "original_url"),
    "publisher": ("publisher", "site", "site_name", "publication", "website", "outlet"),
    "language": ("lang", "language", "locale"),
}


def read_markdown(file: SourceFile, options: ReadOptions) -> Iterator[Reading]:
    """The whole file as one article."""
    decoded = decoded_text(file, options)
    whole = normalise(decoded.text)
    said, body = _front_matter(whole)
    warnings = []
    if len(body) > LARGEST or _is_tangled(body):
        text, heading = body, find_headline(body)
        warnings.append("It is too large or too tangled to be read as Markdown: its marks were left in.")
    else:
        text, heading = plain_markdown(body)
    if not has_words(text):  # nothing but marks, or what is said of it
        text = whole
    if not has_words(text):
        raise ImportRefusedError(f"{file.quoted} holds no text.", "There is nothing to import from it.")
    meta = ArticleMeta(
        title=tidy(said.get("title")) or tidy(heading),
        publisher=tidy_name(said.get("publisher")),
        byline=joined_names(list(map(tidy_name, _items(said.get("byline", ""))))),
        url=tidy_address(said.get("url")),
        published_at=tidy_date(said.get("published_at")),
        language=tidy_language(said.get("language")) or guess_language(text),
    )
    source = ArticleSource(file.data, file.name, decoded.encoding, MEDIA_TYPE, file.captured_at)
    reading = Reading(NewArticle(text, meta, source), decoded.confident, decoded.alternatives, decoded.replaced)
    yield reading.warned(*warnings, replaced_warning(decoded.replaced))


def plain_markdown(text: str) -> tuple[str, str]:
    """The text of Markdown without its marks, and its first main heading ("" if it has none)."""
    from markdown_it import MarkdownIt

    writer = _Writer()
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in parser.parse(text):
        writer.take(token)
    return normalise(writer.text()), writer.heading


@dataclass(slots=True)
class _Writer:
    """Builds plain text from tokens."""

    blocks: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)  # lines of the outermost list at hand
    bullets: list[int | None] = field(default_factory=list)  # the numbers of the lists around; None without
    bullet: str = ""
    cells: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    is_cell: bool = False
    is_heading: bool = False
    heading: str = ""

    def take(self, token: Any) -> None:
        """The next token."""
        kind: str = token.type
        if kind == "inline":
            self._inline(token)
        elif kind in {"fence", "code_block"}:
            self._block(token.content.strip("\n"))
        elif kind == "html_block":
            self._block(maybe_marked_up(token.content))
        elif kind == "heading_open":
            self.is_heading = token.tag == "h1" and not self.heading
        elif kind.startswith(("bullet_list", "ordered_list", "list_item")):
            self._list(kind, token)
        else:
            self._table(kind)

    def _list(self, kind: str, token: Any) -> None:
        if kind.endswith("list_open"):
            self.bullets.append(int(token.attrs.get("start", 1)) if kind.startswith("ordered") else None)
        elif kind.endswith("list_close"):
            self._close_list()
        elif kind == "list_item_open":
            self._open_item()

    def _table(self, kind: str) -> None:
        if kind in {"th_open", "td_open"}:
            self.is_cell = True
            self.cells.append("")
        elif kind == "tr_close":
            self.is_cell = False
            self.rows.append(" | ".join(self.cells).removesuffix(" | "))
            self.cells.clear()
        elif kind == "table_close":
            self._block("\n".join(filter(None, self.rows)))
            self.rows.clear()

    def text(self) -> str:
        """All of it."""
        return "\n\n".join(self.blocks)

    def _inline(self, token: Any) -> None:
        words = _words(token)
        if self.is_cell:
            self.cells[-1] = " ".join(words.split())
            return
        if self.is_heading:
            self.heading, self.is_heading = " ".join(words.split()), False
        self._block(words)

    def _open_item(self) -> None:
        if not self.bullets:
            return
        number = self.bullets[-1]
        self.bullet = "- " if number is None else f"{number}. "
        if number is not None:
            self.bullets[-1] = number + 1

    def _close_list(self) -> None:
        self.bullets.pop()
        self.bullet = ""
        if not self.bullets and self.items:
            self.blocks.append("\n".join(self.items))
            self.items.clear()

    def _block(self, words: str) -> None:
        if not words.strip():
            return
        if self.bullets:
            self.items.append(self.bullet + words)
            self.bullet = ""
        else:
            self.blocks.append(words)


def _words(token: Any) -> str:
    """The text of a line of inline marks, without pictures and what is written for them."""
    pieces: list[str] = []
    for each in token.children or []:
        if each.type in {"text", "code_inline", "text_special"}:
            pieces.append(each.content)
        elif each.type == "softbreak":
            pieces.append(" ")
        elif each.type == "hardbreak" or (each.type == "html_inline" and each.content.lower().startswith("<br")):
            pieces.append("\n")
    return "\n".join(line.strip() for line in "".join(pieces).split("\n")).strip()


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the lines at the top say (`key: value` only, as in YAML; lists in a line or below), and the rest."""
    found = _FRONT.match(text) or _FRONT_TOML.match(text)
    if found is None:
        return {}, text
    values: dict[str, str] = {}
    key = ""
    for line in found[1].split("\n"):
        pair = _PAIR.match(line)
        if pair is not None:
            key = pair[1].strip().casefold().replace(" ", "_").replace("-", "_")
            values[key] = _unquoted(pair[2] or "")
        elif key and (item := re.match(r"^\s*-\s+(.+)$", line)):
            values[key] = ", ".join(filter(None, (values[key], _unquoted(item[1]))))
    if not values:
        return {}, text
    said = {name: next(filter(None, (values.get(key, "") for key in keys)), "") for name, keys in _NAMES.items()}
    return said, text[found.end() :]


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[:1] in {'"', "'"} and (end := value.find(value[0], 1)) > 0:
        return value[1:end]
    return _COMMENT.sub("", value)


def _items(value: str) -> list[str]:
    inside = value[1:-1] if value.startswith("[") and value.endswith("]") else value
    return [each.strip().strip("\"'") for each in inside.split(",")]


def _is_tangled(text: str) -> bool:
    """Whether a paragraph has more marks than a person writes: pairing them would take minutes."""
    return any(len(block) > _MOST_MARKS and len(_MARKS.findall(block)) > _MOST_MARKS for block in _BLOCKS.split(text))


IMPORTER = Importer(
    name="markdown",
    title="Markdown",
    media_type=MEDIA_TYPE,
    suffixes=frozenset({".md", ".markdown", ".mdown", ".mkd"}),
    read=read_markdown,
    has_encoding=True,
)
