"""Word documents: paragraphs, tables and notes in the order in which they are read.

Read from the XML itself and not with python-docx, which opens neither templates nor documents with macros and does not
show notes, text boxes or tracked changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.office.packages import Package, local
from factdesk.exchange.office.text import Met, add_table
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

KIND = "Word document"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_DEEPEST = 60  # elements inside each other that are gone into
_BLANKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_LEFT_OUT = frozenset(
    {"del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "Fallback",
     "delInstrText", "annotationRef", "sdtPr", "sdtEndPr"}
)  # fmt: skip
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class _Found(Met):
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and id, in the order of their numbers
    boxes: list[Any] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # for each field that is open: whether its instructions go on


def read_docx(file: SourceFile, _options: ReadOptions) -> Iterator[Reading]:
    """The whole document as one article."""
    package = Package(file, KIND)
    main = _main_part(file, package)
    root = package.xml(main)
    body = next((child for child in root if local(child) == "body"), None)
    if body is None:
        raise package.refusal("is a broken Word document: it has no text.")
    found = _Found()
    _blocks(body, found, 0)
    _append_notes(package, main.rpartition("/")[0], found)
    text = normalise("\n\n".join(found.text))
    if not text.strip():
        raise ImportRefusedError(
            f"{file.quoted} holds no text.", "Pictures of a text need OCR (text recognition) first."
        )
    known = _core(package)
    title = found.title or known.get("title", "") or found.heading or find_headline(text)
    if title == known.get("title") and (len(title.split()) < 2 or len(title) > 300):
        title = found.heading or find_headline(text)
    byline = known.get("creator", "")
    meta = ArticleMeta(title=title, byline=byline, language=guess_language(text))
    source = ArticleSource(file.data, file.name, "", MEDIA_TYPE, file.captured_at)
    yield Reading(NewArticle(text, meta, source), warnings=tuple(_warnings(package, found, byline)))


def _main_part(file: SourceFile, package: Package) -> str:
    """The name of the file that holds the text."""
    relations = package.xml("_rels/.rels")
    for relation in () if relations is None else relations:
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            name = str(relation.get("Target", "")).lstrip("/")
            if name.startswith(("xl/", "ppt/")):
                break
            if name in package.names:
                return name
    if "word/document.xml" in package.names:
        return "word/document.xml"
    if any(name.startswith(("xl/", "ppt/")) for name in package.names):
        raise ImportRefusedError(
            f"{file.quoted} is a spreadsheet or slides, not a Word document.", "Give it the ending that belongs to it."
        )
    raise package.refusal("is no Word document, though its name says so.", "Check where it comes from.")


# the text ------------------------------------------------------------------------------------------------------------


def _blocks(parent: Any, found: _Found, depth: int) -> None:
    """Paragraphs and tables, also inside of what only wraps them."""
    if depth > _DEEPEST:
        return
    for child in parent:
        match local(child):
            case "p":
                _paragraph(child, found)
            case "tbl":
                _table(child, found, depth + 1)
            case "del" | "moveFrom":
                found.counts["deleted"] += 1
            case name if name not in _LEFT_OUT:
                found.counts["inserted"] += name in {"ins", "moveTo"}
                _blocks(child, found, depth + 1)


def _paragraph(paragraph: Any, found: _Found) -> None:
    parts: list[str] = []
    boxes, found.boxes = found.boxes, []
    found.fields.clear()
    _inline(paragraph, parts, found, 0)
    text = "".join(parts).strip("\n ")
    style = _style(paragraph)
    if style.startswith(("toc", "verzeichnis", "tm")) and style[-1:].isdigit():
        found.counts["contents"] += 1
    elif text.strip():
        found.text.append(text)
        if not found.title and style in {"title", "titel", "titre"}:
            found.title = " ".join(text.split())
        elif not found.heading and style.startswith(("heading1", "heading 1", "berschrift1", "überschrift1", "titre1")):
            found.heading = " ".join(text.split())
    inside, found.boxes = found.boxes, boxes
    for box in inside:
        found.counts["boxes"] += 1
        _blocks(box, found, 1)


def _style(paragraph: Any) -> str:
    for properties in paragraph:
        if local(properties) == "pPr":
            for child in properties:
                if local(child) == "pStyle":
                    return next((str(value) for key, value in child.attrib.items() if key.endswith("}val")), "").lower()
    return ""


def _inline(parent: Any, parts: list[str], found: _Found, depth: int) -> None:
    """The text of a paragraph's parts: runs, links, fields, insertions."""
    for child in parent if depth <= _DEEPEST else ():
        name = local(child)
        if name == "t":
            parts.append("" if any(found.fields) else child.text or "")
        elif name in _BLANKS:
            parts.append(_BLANKS[name])
        elif name in _LEFT_OUT:
            found.counts["deleted"] += name in {"del", "moveFrom"}
        elif name == "r" and _is_hidden(child):
            found.counts["hidden"] += 1
        elif not _special(child, name, parts, found):
            found.counts["inserted"] += name in {"ins", "moveTo"}
            found.counts["comments"] += name == "commentReference"
            wanted = [each for each in child if local(each) == "rubyBase"] if name == "ruby" else child
            _inline(wanted, parts, found, depth + 1)


def _special(child: Any, name: str, parts: list[str], found: _Found) -> bool:
    """Takes up what is no text by itself: marks of fields and notes, text boxes."""
    if name == "fldChar":
        _field(child, found)
    elif name in _NOTES:
        _note_mark(child, _NOTES[name], parts, found)
    elif name == "txbxContent":
        found.boxes.append(child)
    else:
        return False
    return True


def _is_hidden(run: Any) -> bool:
    for properties in run:
        if local(properties) == "rPr":
            for child in properties:
                if local(child) == "vanish":
                    return not any(
                        key.endswith("}val") and value in {"0", "false"} for key, value in child.attrib.items()
                    )
    return False


def _field(mark: Any, found: _Found) -> None:
    """Fields have instructions, which are not shown, and a result, which is."""
    kind = next((value for key, value in mark.attrib.items() if key.endswith("}fldCharType")), "")
    if kind == "begin":
        found.fields.append(True)
    elif kind == "separate" and found.fields:
        found.fields[-1] = False
    elif kind == "end" and found.fields:
        found.fields.pop()


def _note_mark(mark: Any, kind: str, parts: list[str], found: _Found) -> None:
    number = next((str(value) for key, value in mark.attrib.items() if key.endswith("}id")), "")
    found.notes.append((kind, number))
    parts.append(f"[{len(found.notes)}]")


def _table(table: Any, found: _Found, depth: int) -> None:
    add_table([list(_children(row, "tc", 0)) for row in _children(table, "tr", 0)], found, depth, _blocks)


def _children(parent: Any, wanted: str, depth: int) -> Iterator[Any]:
    """Rows or cells, also inside of insertions and controls; deleted ones left out."""
    for child in parent:
        name = local(child)
        if name == wanted:
            if not _is_deleted(child):
                yield child
        elif name in {"ins", "sdt", "sdtContent", "moveTo", "customXml", "smartTag"} and depth < _DEEPEST:
            yield from _children(child, wanted, depth + 1)


def _is_deleted(row: Any) -> bool:
    return any(
        local(child) in {"trPr", "tcPr"} and any(local(each) in {"del", "cellDel"} for each in child) for child in row
    )


def _append_notes(package: Package, folder: str, found: _Found) -> None:
    """Footnotes and endnotes as paragraphs at the end, numbered as in the text."""
    texts: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        root = package.xml(f"{folder}/{kind}s.xml") if any(each == kind for each, _ in found.notes) else None
        for note in () if root is None else root:
            inside = _Found()
            _blocks(note, inside, 0)
            number = next((str(value) for key, value in note.attrib.items() if key.endswith("}id")), "")
            texts[kind, number] = " ".join(" ".join(inside.text).split())
    for index, key in enumerate(found.notes, 1):
        if texts.get(key):
            found.text.append(f"[{index}] {texts[key]}")


# what is told --------------------------------------------------------------------------------------------------------


def _core(package: Package) -> dict[str, str]:
    """Title and author, as the document's properties have them."""
    root = package.xml("docProps/core.xml")
    known: dict[str, str] = {}
    for child in () if root is None else root:
        known[local(child)] = " ".join(normalise(child.text or "").split())
    if known.get("creator", "").casefold() in {"python-docx", "admin", "administrator", "user", "author", "unknown"}:
        known["creator"] = ""
    return known


def _warnings(package: Package, found: _Found, byline: str) -> Iterator[str]:
    counts = found.counts
    if counts["deleted"] or counts["inserted"]:
        yield "It has tracked changes: they were taken as accepted, deleted words left out."
    if counts["comments"] or any(name.endswith("/comments.xml") for name in package.names):
        yield "Its comments were left out."
    if counts["hidden"]:
        yield "Words that are formatted as hidden were left out."
    if counts["contents"]:
        yield "Its table of contents was left out."
    if found.notes:
        one = len(found.notes) == 1
        yield f"{len(found.notes)} {'note stands' if one else 'notes stand'} at the end of the text."
    if counts["boxes"]:
        yield "Text boxes follow the paragraph that they are anchored to."
    if counts["tables"]:
        yield "Tables were taken over as lines, their cells with tabs between them."
    if any(name.startswith(("word/header", "word/footer")) for name in package.names):
        yield "Headers and footers of its pages were left out."
    if byline:
        yield f"The byline “{byline}” is what the file names as its author."


def looks_like_docx(head: bytes) -> bool:
    """Whether a file begins as a Word document does."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    if b"word/" in head:
        return True
    is_office = b"[Content_Types].xml" in head or b"_rels/.rels" in head or b"docProps/" in head
    return is_office and b"xl/" not in head and b"ppt/" not in head


IMPORTER = Importer(
    "docx", KIND, MEDIA_TYPE, frozenset({".docx", ".docm", ".dotx", ".dotm"}), read_docx, looks_like_docx
)
