"""Feeds (RSS, Atom) that were saved: every entry an article. They are parsed from bytes alone; no address is followed.

Read with lxml, not with a feed library, so that the bytes of each entry can be kept as its original.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.pages.charset import decoded_markup
from factdesk.exchange.pages.flow import text_of
from factdesk.exchange.pages.fragments import line_of, maybe_marked_up
from factdesk.exchange.pages.phrases import (
    has_words,
    joined_names,
    tidy,
    tidy_address,
    tidy_date,
    tidy_language,
    tidy_name,
)
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

RSS, ATOM = "application/rss+xml", "application/atom+xml"
MOST_TAGS = 1_000_000

_BEFORE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,1000}\?>\s*|<!--.{0,3000}?-->\s*|<!DOCTYPE[^\[>]{0,500}>\s*)*",
    re.DOTALL | re.I,
)
_ROOT = re.compile(rb"<(?:[a-z]{1,10}:)?(?:rss|feed|RDF)[\s>]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,1000}\?>")
_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_LONE_AND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_UNCLOSED = re.compile(r"<(br|hr|wbr)(?:\s[^<>/]{0,200})?>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OURS = re.compile(  # media, podcast and other extensions use the same names for other things
    r"^(?:http://www\.w3\.org/2005/Atom|http://purl\.org/atom/ns#|http://purl\.org/rss/1\.0/(?:modules/content/)?|"
    r"http://my\.netscape\.com/rdf/simple/0\.9/|http://backend\.userland\.com/.*|http://purl\.org/dc/(?:elements/1\.1|terms)/|"
    r"http://www\.w3\.org/1999/02/22-rdf-syntax-ns#)$"
)
_PREFIXES = ("content", "dc", "dcterms", "atom", "rdf")
_AUTHOR = re.compile(r"[^\s@]+@\S+\s*\(([^()]+)\)")
_END = re.compile(r"</(?:[a-z]{1,10}:)?(?:rss|feed|RDF)\s*>")
_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|\[&#8230;\]|…|\.\.\.|(?:continue reading|read more)\W*)\s*$", re.IGNORECASE)


def read_feed(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """The entries of a feed, in its order."""
    feed = _Feed(file, options)
    count = 0
    for number, entry in enumerate(feed.entries, 1):
        found = feed.read(entry, f"entry {number}")
        count += isinstance(found, Reading)
        yield found
    if feed.is_cut:
        yield BadPart(f"after entry {len(feed.entries)}", "the feed is broken or cut off there")
    if not count:
        raise ImportRefusedError(f"{file.quoted} is a feed without any entry that has text.", "Save it again later.")


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    is_whole: bool


class _Feed:
    """A parsed feed and what holds for all of its entries."""

    def __init__(self, file: SourceFile, options: ReadOptions) -> None:
        from lxml import etree

        self._file = file
        self._decoded = decoded_markup(file, options.encoding)
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
        )
        try:
            root = etree.fromstring(_safe(file, self._decoded.text), parser=parser)
        except etree.LxmlError:
            root = None
        if root is None or _name(root) not in {"rss", "feed", "RDF"}:
            raise ImportRefusedError(f"{file.quoted} is no feed that can be read.", "It may be cut off or damaged.")
        limits = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
        self.is_cut = limits or _END.search(self._decoded.text[-2000:]) is None
        self._is_atom = _name(root) == "feed"
        self.entries = [each for each in root.iter() if _name(each) in {"item", "entry"}]
        head = root if self._is_atom else next((each for each in root if _name(each) == "channel"), root)
        fields = _fields(head)
        self._title = _line(fields, "title")
        self._language = (
            tidy_language(_line(fields, "language")) or tidy_language(_lang(head)) or tidy_language(_lang(root))
        )
        self._authors = _authors(fields)

    def read(self, entry: Any, place: str) -> Found:
        """One entry as an article."""
        from lxml import etree

        fields = _fields(entry)
        title, body = _line(fields, "title"), _body(fields)
        text = normalise(body.text)
        if not has_words(text):
            return BadPart(place, "it holds no text" + (f" (“{tidy(title, 80)}”)" if title else ""))
        if title and not re.sub(r"\W+", "", text).casefold().startswith(re.sub(r"\W+", "", title).casefold()):
            text = f"{normalise(title)}\n\n{text}"
        date, doubt = _date(fields)
        meta = ArticleMeta(
            title=tidy(title),
            publisher=tidy(self._title),
            byline=_authors(fields) or self._authors,
            url=_link(fields, entry),
            published_at=date,
            language=tidy_language(_lang(entry)) or self._language or guess_language(text),
        )
        original = etree.tostring(entry, encoding="utf-8", with_tail=False)
        kind = ATOM if self._is_atom else RSS
        source = ArticleSource(original, self._file.name, "utf-8", kind, self._file.captured_at)
        decoded = self._decoded
        reading = Reading(NewArticle(text, meta, source), decoded.confident, decoded.alternatives, place=place)
        summary = "" if body.is_whole else "The feed holds only a summary of it, not the whole text."
        broken = f"{text.count(chr(0xFFFD))} characters could not be read." if "\ufffd" in text else ""
        return reading.warned(summary, doubt, broken)


def _safe(file: SourceFile, text: str) -> bytes:
    """The feed as UTF-8 with the named characters of HTML written out; refuses what declares entities of its own."""
    import html

    if text.count("<") > MOST_TAGS:
        raise ImportRefusedError(f"{file.quoted} has more than {MOST_TAGS:,} tags.", "Split it.")
    if _ENTITIES.search(text):
        raise ImportRefusedError(
            f"{file.quoted} declares entities of its own, as feeds made to do harm do.", "No feed needs them."
        )

    def written_out(found: re.Match[str]) -> str:
        meant = html.unescape(found[0])
        return meant if meant != found[0] and not set(meant) & set("<>&") else f"&amp;{found[1]};"

    text = _CONTROLS.sub("", _DECLARATION.sub("", text, count=1))
    text = _UNCLOSED.sub(r"<\1/>", _LONE_AND.sub("&amp;", text))
    return _NAMED.sub(written_out, text).strip().encode("utf-8", "replace")


def _name(element: Any) -> str:
    """Its name if it is one of feeds, "" for those of extensions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, closing, name = tag.rpartition("}")
    if closing:
        return str(name) if _OURS.match(space[1:]) else ""
    prefix, colon, rest = tag.partition(":")
    return tag if not colon else rest if prefix in _PREFIXES else ""


def _fields(element: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in element:
        if name := _name(child):
            found.setdefault(name, []).append(child)
    return found


def _lang(element: Any) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _line(fields: dict[str, list[Any]], name: str) -> str:
    return next((line for each in fields.get(name, []) if (line := line_of(_text(each)))), "")


def _body(fields: dict[str, list[Any]]) -> _Body:
    """The whole text if it is there, else the summary; the longer of two that both say that they are whole."""
    wholes = [_shown(each) for name in ("encoded", "content", "body") for each in fields.get(name, [])]
    summaries = [_shown(each) for name in ("description", "summary") for each in fields.get(name, [])]
    whole, summary = (max(each, key=len, default="") for each in (wholes, summaries))
    if whole and 2 * len(whole) >= len(summary):
        return _Body(whole, is_whole=_CUT.search(whole[-80:]) is None)
    return _Body(summary, is_whole=len(summary) > 1500 and _CUT.search(summary[-80:]) is None)


def _shown(element: Any) -> str:
    kind = (element.get("type") or "").casefold()
    if kind == "xhtml" or (len(element) and kind not in {"text", "html"}):
        return text_of(element)
    if kind == "text":
        return _text(element).strip()
    return maybe_marked_up(_text(element))


def _authors(fields: dict[str, list[Any]]) -> str:
    names: list[str] = []
    for each in (*fields.get("creator", []), *fields.get("author", [])):
        inside = _fields(each)
        line = _line(inside, "name") if inside else line_of(_text(each))
        mailed = _AUTHOR.fullmatch(line.strip())
        names.append(tidy_name(mailed[1] if mailed else line))
    return joined_names(names)


def _link(fields: dict[str, list[Any]], entry: Any) -> str:
    links = fields.get("link", [])
    found = [each.get("href") for each in links if (each.get("rel") or "alternate") == "alternate"]
    found += [_text(each) for each in links]
    found += [
        _text(each) for name in ("guid", "id") for each in fields.get(name, []) if each.get("isPermaLink") != "false"
    ]
    found.append(entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"))
    return next(filter(None, map(tidy_address, found)), "")


def _date(fields: dict[str, list[Any]]) -> tuple[str, str]:
    for name in ("pubDate", "published", "issued", "date", "created"):
        for each in fields.get(name, []):
            if date := tidy_date(_text(each)):
                return date, ""
    for each in (*fields.get("updated", []), *fields.get("modified", [])):
        if date := tidy_date(_text(each)):
            return date, f"The date {date} is the one of its last change; the feed names no other."
    return "", ""


def _is_feed(start: bytes) -> bool:
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        if start.startswith(mark):
            start = start[2:].decode(encoding, "ignore").encode()
    before = _BEFORE.match(start)
    place = before.end() if before else 0
    rest = start[place:]
    return _ROOT.match(rest) is not None or (
        rest[:9].upper() == b"<!DOCTYPE" and re.match(rb"<!doctype\s+(?:rss|feed)\b", rest, re.I) is not None
    )


IMPORTER = Importer(
    name="feed",
    title="Feed (RSS, Atom)",
    media_type=RSS,
    suffixes=frozenset({".rss", ".atom", ".rdf", ".xml"}),
    read=read_feed,
    sniff=_is_feed,
    has_encoding=True,
)
