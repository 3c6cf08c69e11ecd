"""OpenDocument texts (LibreOffice and others), packed or as one flat XML file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.office.packages import Package, local, parsed, refuse_declarations
from factdesk.exchange.office.text import Met, add_table
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

KIND = "OpenDocument text"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_DEEPEST = 60
_MOST_SPACES = 1_000  # that one element may stand for
_BLANK = re.compile(r"[ \t\r\n]+")
_TYPES = (b"application/vnd.oasis.opendocument.text", b'office:mimetype="application/vnd.oasis.opendocument.text')
_LEFT_OUT = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "variable-decls", "bibliography-mark",
     "user-field-decls", "alphabetical-index-mark", "toc-mark", "table-of-content", "desc", "title", "ruby-text",
     "covered-table-cell", "script", "note-citation", "index-title-template", "table-column", "table-columns"}
)  # fmt: skip


@dataclass(slots=True)
class _Found(Met):
    notes: list[str] = field(default_factory=list)
    later: list[Any] = field(default_factory=list)  # text boxes of the paragraph that is being read


def read_odt(file: SourceFile, _options: ReadOptions) -> Iterator[Reading]:
    """The whole document as one article."""
    content, meta_root = _roots(file)
    body = next((element for element in content.iter() if local(element) == "text" and _is_office(element)), None)
    if body is None:
        raise ImportRefusedError(f"{file.quoted} is no {KIND}, though its name says so.", "Check where it comes from.")
    found = _Found()
    _blocks(body, found, 0)
    text = normalise("\n\n".join([*found.text, *(f"[{number}] {note}" for number, note in enumerate(found.notes, 1))]))
    if not text.strip():
        raise ImportRefusedError(
            f"{file.quoted} holds no text.", "Pictures of a text need OCR (text recognition) first."
        )
    known = _known(meta_root)
    title = found.title or known.get("title", "") or found.heading or find_headline(text)
    byline = known.get("creator", "")
    meta = ArticleMeta(title=title, byline=byline, language=guess_language(text))
    source = ArticleSource(file.data, file.name, "", MEDIA_TYPE, file.captured_at)
    yield Reading(NewArticle(text, meta, source), warnings=tuple(_warnings(found, byline)))


def _roots(file: SourceFile) -> tuple[Any, Any]:
    """The roots of the text and of what is known about it; the second may be None."""
    if not file.data.startswith(b"PK\x03\x04"):
        refuse_declarations(file, file.data)
        root = parsed(file, file.data, KIND)
        return root, root
    package = Package(file, KIND)
    content = package.xml("content.xml")
    if content is None:
        raise package.refusal(f"is no {KIND}, though its name says so.", "Check where it comes from.")
    manifest = package.data("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise package.refusal("is locked with a password.", "Save it without one.")
    return content, package.xml("meta.xml")


def _is_office(element: Any) -> bool:
    return "office" in str(element.tag).rpartition("}")[0]


# the text ------------------------------------------------------------------------------------------------------------


def _blocks(parent: Any, found: _Found, depth: int) -> None:
    if depth > _DEEPEST:
        return
    for child in parent:
        match local(child):
            case "h" | "p" as name:
                _paragraph(child, found, is_heading=name == "h", depth=depth)
            case "table":
                _table(child, found, depth + 1)
            case name:
                if name not in _LEFT_OUT:
                    _blocks(child, found, depth + 1)
                else:
                    _count(name, found)


def _count(name: str, found: _Found) -> None:
    found.counts["changes"] += name == "tracked-changes"
    found.counts["comments"] += name == "annotation"
    found.counts["indexes"] += name == "table-of-content"


def _paragraph(paragraph: Any, found: _Found, *, is_heading: bool, depth: int) -> None:
    parts: list[str] = []
    outer, found.later = found.later, []
    _inline(paragraph, parts, found, 0)
    text = _tidied("".join(parts))
    if text.strip():
        found.text.append(text)
        line = " ".join(text.split())
        style = next((str(value) for key, value in paragraph.attrib.items() if key.endswith("}style-name")), "")
        if style == "Title" and not found.title:
            found.title = line
        elif is_heading and not found.heading:
            found.heading = line
    boxes, found.later = found.later, outer
    for box in boxes:
        found.counts["boxes"] += 1
        _blocks(box, found, depth + 1)


_SPACE, _TAB, _BREAK = "\ue000", "\ue001", "\ue002"
"""Stand for what is not white space of the XML file until that has been folded."""


def _tidied(text: str) -> str:
    """White space of the file folded, that of the text in its place."""
    text = _BLANK.sub(" ", text).strip(" ")
    return text.replace(_SPACE, " ").replace(_TAB, "\t").replace(_BREAK, "\n").strip("\n")


def _inline(parent: Any, parts: list[str], found: _Found, depth: int) -> None:
    """The text of a paragraph's parts; what comes after a part belongs to the paragraph."""
    parts.append(_plain(parent.text))
    for child in parent:
        if depth < _DEEPEST:
            _part(child, parts, found, depth)
        parts.append(_plain(child.tail))


def _part(child: Any, parts: list[str], found: _Found, depth: int) -> None:
    match local(child):
        case "s":
            count = next((value for key, value in child.attrib.items() if key.endswith("}c")), "1")
            parts.append(_SPACE * min(int(count) if count.isdecimal() and len(count) < 9 else 1, _MOST_SPACES))
        case "tab":
            parts.append(_TAB)
        case "line-break":
            parts.append(_BREAK)
        case "note":
            _note(child, parts, found)
        case "text-box":
            found.later.append(child)
        case name:
            if name in _LEFT_OUT:
                _count(name, found)
            elif name:
                _inline(child, parts, found, depth + 1)


def _plain(text: str | None) -> str:
    return (text or "").replace(_SPACE, "\ufffd").replace(_TAB, "\ufffd").replace(_BREAK, "\ufffd")


def _note(note: Any, parts: list[str], found: _Found) -> None:
    inside = _Found()
    for child in note:
        if local(child) == "note-body":
            _blocks(child, inside, 0)
    found.notes.append(" ".join(" ".join(inside.text).split()))
    parts.append(f"[{len(found.notes)}]")


def _table(table: Any, found: _Found, depth: int) -> None:
    cells = [[cell for cell in row if local(cell) == "table-cell"] for row in _rows(table, 0)]
    add_table(cells, found, depth, _blocks)


def _rows(parent: Any, depth: int) -> Iterator[Any]:
    for child in parent:
        if local(child) == "table-row":
            yield child
        elif local(child) in {"table-rows", "table-header-rows", "table-row-group"} and depth < _DEEPEST:
            yield from _rows(child, depth + 1)


# what is told --------------------------------------------------------------------------------------------------------


def _known(root: Any) -> dict[str, str]:
    """Title and author, as the document's properties have them; who wrote it first goes before who did last."""
    known: dict[str, str] = {}
    meta = None if root is None else next((each for each in root.iter() if local(each) == "meta" and len(each)), None)
    for child in () if meta is None else meta:
        known.setdefault(local(child), " ".join(normalise(child.text or "").split()))
    if first := known.get("initial-creator"):
        known["creator"] = first
    return known


def _warnings(found: _Found, byline: str) -> Iterator[str]:
    counts = found.counts
    if counts["changes"]:
        yield "It has tracked changes: they were taken as accepted, deleted words left out."
    if counts["comments"]:
        yield "Its comments were left out."
    if found.notes:
        yield f"{len(found.notes)} {'note stands' if len(found.notes) == 1 else 'notes stand'} at the end of the text."
    if counts["boxes"]:
        yield "Text boxes follow the paragraph that they are anchored to."
    if counts["tables"]:
        yield "Tables were taken over as lines, their cells with tabs between them."
    if counts["indexes"]:
        yield "Its table of contents was left out."
    if byline:
        yield f"The byline “{byline}” is what the file names as its author."


def looks_like_odt(head: bytes) -> bool:
    """Whether a file begins as an OpenDocument text does, packed or flat."""
    if head.startswith(b"PK\x03\x04"):
        return head[30:].startswith(b"mimetype" + _TYPES[0]) or (b"mimetype" + _TYPES[0]) in head
    return _TYPES[1] in head or (b"opendocument" in head and _TYPES[0] in head and b"<office:document" in head)


IMPORTER = Importer("odt", KIND, MEDIA_TYPE, frozenset({".odt", ".ott", ".fodt"}), read_odt, looks_like_odt)
