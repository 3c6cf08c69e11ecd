"""Electronic books (EPUB): every chapter an article. Locked books are refused."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from factdesk.errors import ImportRefusedError
from factdesk.exchange.office.packages import Package
from factdesk.exchange.pages.charset import decoded_markup
from factdesk.exchange.pages.flow import text_of
from factdesk.exchange.pages.markup import MOST_TAGS, crude_text, tree_of
from factdesk.exchange.pages.phrases import joined_names, tidy, tidy_date, tidy_language, tidy_name
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

MEDIA_TYPE = "application/epub+zip"
CHAPTER_TYPE = "application/xhtml+xml"
SHORT = 120  # code points; shorter pages are covers, half titles and the like
MOST_CHAPTERS = 5000

_PAGES = (CHAPTER_TYPE, "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_ENTITIES = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T\0", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Book:
    title: str
    meta: ArticleMeta  # what holds for every chapter
    chapters: tuple[str, ...]  # names of their files, in reading order
    titles: dict[str, str]  # by the name of the file


def read_epub(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """The chapters of a book in reading order, those without text left out."""
    package = Package(file, "electronic book")
    book = _book(package, file)
    locked = _locked(package)
    count = 0
    for number, name in enumerate(book.chapters, 1):
        place = book.titles.get(name) or f"chapter {number}"
        if name in locked:
            yield BadPart(place, "it is locked against copying")
            continue
        data = package.data(name)
        if data is None:
            yield BadPart(place, "it is not in the file")
            continue
        found = _chapter(SourceFile(file.name, data, file.captured_at), options.encoding, book, name, place)
        count += isinstance(found, Reading)
        if found is not None:
            yield found
    if not count:
        why = "is locked against copying" if locked else "holds no chapter with text"
        raise ImportRefusedError(
            f"{file.quoted} {why}.", "Open it in a reader, copy the passage that you need and paste it."
        )


def _chapter(file: SourceFile, chosen: str | None, book: _Book, name: str, place: str) -> Reading | BadPart | None:
    try:
        decoded = decoded_markup(file, chosen)
    except ImportRefusedError:
        return None if not file.data.strip() else BadPart(place, "it is no text")
    if decoded.text.count("<") > MOST_TAGS:
        return BadPart(place, f"it has more than {MOST_TAGS:,} tags")
    tree = tree_of(decoded.text)
    text = normalise(crude_text(decoded.text) if tree is None else text_of(tree))
    if len(text) < SHORT:
        return None
    heading = book.titles.get(name) or _heading(tree)
    title = tidy(
        f"{book.title}: {heading}" if book.title and heading and heading != book.title else heading or book.title
    )
    meta = ArticleMeta(
        title=title,
        publisher=book.meta.publisher,
        byline=book.meta.byline,
        published_at=book.meta.published_at,
        language=(tidy_language(tree.get("lang")) if tree is not None else "")
        or book.meta.language
        or guess_language(text),
    )
    source = ArticleSource(file.data, file.name, decoded.encoding, CHAPTER_TYPE, file.captured_at)
    return Reading(NewArticle(text, meta, source), decoded.confident, replaced=decoded.replaced, place=heading or place)


def _book(package: Package, file: SourceFile) -> _Book:
    container = _xml(package, "META-INF/container.xml")
    paths = [] if container is None else [each.get("full-path") for each in _named(container, "rootfile")]
    paths += [name for name in package.names if name.lower().endswith(".opf")]
    for path in filter(None, paths):
        root = _xml(package, path)
        if root is not None:
            return _of_opf(package, root, posixpath.dirname(path))
    raise ImportRefusedError(f"{file.quoted} is no electronic book: it has no list of its chapters.", "Get it again.")


def _of_opf(package: Package, root: Any, folder: str) -> _Book:
    files: dict[str, tuple[str, str, str]] = {}
    for each in _named(root, "item"):
        name = _inside(folder, each.get("href") or "")
        files[each.get("id") or ""] = (name, each.get("media-type") or "", each.get("properties") or "")
    spine = next(iter(_named(root, "spine")), None)
    names: dict[str, None] = {}
    for each in [] if spine is None else _named(spine, "itemref")[:MOST_CHAPTERS]:
        name, kind, what = files.get(each.get("idref") or "", ("", "", ""))
        if name and kind in _PAGES and "nav" not in what.split():
            names[name] = None
    title = _first(root, "title")
    meta = ArticleMeta(
        publisher=tidy_name(_first(root, "publisher")),
        byline=joined_names([tidy_name("".join(each.itertext())) for each in _named(root, "creator")[:20]]),
        published_at=tidy_date(_first(root, "date")),
        language=tidy_language(_first(root, "language")),
    )
    titles: dict[str, str] = {}
    for name, kind, what in files.values():
        if kind == "application/x-dtbncx+xml":
            titles |= _ncx_titles(_xml(package, name), posixpath.dirname(name))
        elif "nav" in what.split():
            titles = _nav_titles(_xml(package, name), posixpath.dirname(name)) | titles
    return _Book(title, meta, tuple(names), titles)


def _ncx_titles(root: Any, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for point in [] if root is None else _named(root, "navPoint"):
        label, place = _named(point, "text")[:1], _named(point, "content")[:1]
        if label and place:
            found.setdefault(_inside(folder, place[0].get("src") or ""), tidy("".join(label[0].itertext()), 120))
    return found


def _nav_titles(root: Any, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for link in [] if root is None else _named(root, "a"):
        found.setdefault(_inside(folder, link.get("href") or ""), tidy("".join(link.itertext()), 120))
    return found


def _heading(tree: Any) -> str:
    for each in [] if tree is None else tree.iter("h1", "h2", "h3"):
        if words := tidy("".join(each.itertext()), 120):
            return words
    return ""


def _locked(package: Package) -> set[str]:
    """The files that are encrypted; fonts are made unreadable in the same way, but they are no chapters."""
    root = _xml(package, "META-INF/encryption.xml")
    uses = [] if root is None else _named(root, "CipherReference")
    return {unquote(each.get("URI") or "") for each in uses}


def _xml(package: Package, name: str) -> Any:
    """The root element of one of its files; None when it is missing, broken or declares entities."""
    from lxml import etree

    data = package.data(name)
    if not data or _ENTITIES.search(data):
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _named(element: Any, name: str) -> list[Any]:
    return list(element.iter(f"{{*}}{name}"))


def _first(root: Any, name: str) -> str:
    return next((words for each in _named(root, name) if (words := tidy("".join(each.itertext())))), "")


def _inside(folder: str, link: str) -> str:
    """The name in the archive that a link means."""
    return posixpath.normpath(posixpath.join(folder, unquote(link.partition("#")[0])))


def _is_epub(start: bytes) -> bool:
    return start.startswith(b"PK\x03\x04") and MEDIA_TYPE.encode() in start[:200]


IMPORTER = Importer(
    name="epub",
    title="Electronic book (EPUB)",
    media_type=MEDIA_TYPE,
    suffixes=frozenset({".epub"}),
    read=read_epub,
    sniff=_is_epub,
)
