"""From pieces of text on pages to an article: what is read when, without what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factdesk.exchange.pdf.columns import Columns
from factdesk.exchange.pdf.lines import Line, Piece, lines_of
from factdesk.exchange.pdf.margins import Page, body_size, strip_margins, take_notes
from factdesk.exchange.pdf.paragraphs import (
    Paragraph,
    Words,
    goes_on,
    line_pitch,
    paragraphs_of,
    text_of,
    words_of,
)

_TITLE = 1.15  # times larger than the text
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it comes from the file."""

    pieces: tuple[Piece, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as an article.

    Attributes:
        text: paragraphs with a blank line between them; notes from the feet of pages come last.
        title: what stands largest on the first page; "" if nothing does.
        gone: running lines and page numbers that were left out, each once.
        notes: how many notes were moved to the end.
    """

    text: str
    title: str = ""
    gone: tuple[str, ...] = ()
    notes: int = 0


def laid_out(sheets: Sequence[Sheet]) -> Layout:
    """The text of a document in reading order."""
    pages = [Page(lines_of(sheet.pieces), sheet.height, number) for number, sheet in enumerate(sheets, 1)]
    body = body_size(pages)
    gone = strip_margins(pages)
    for page in pages:
        take_notes(page, body)
    columns = Columns()
    for page in pages:
        columns.blocks_of(page.lines)  # to know the gutters of all pages
    blocks_by_page = [columns.blocks_of(page.lines) for page in pages]
    blocks = [block for page in blocks_by_page for block in page]
    notes = [sorted(page.notes, key=lambda line: -line.base) for page in pages if page.notes]
    words = words_of(line for block in (*blocks, *notes) for line in block)
    text = _texts(blocks, body, words)
    ends = _note_texts(notes, words)
    return Layout("\n\n".join([*text, *ends]), _title(blocks_by_page[:1], body, words), tuple(gone), len(ends))


def _texts(blocks: Sequence[Sequence[Line]], body: float, words: Words) -> list[str]:
    pitch = line_pitch(blocks)
    flow: list[Paragraph] = []
    for block in blocks:
        paragraphs = paragraphs_of(block, body, pitch)
        if flow and paragraphs and goes_on(flow[-1], paragraphs[0]):
            first = paragraphs.pop(0)
            flow[-1] = replace(first, lines=(*flow[-1].lines, *first.lines), is_indented=flow[-1].is_indented)
        flow += paragraphs
    return [text for paragraph in flow if (text := text_of(paragraph.lines, words).strip())]


def _note_texts(notes: Sequence[Sequence[Line]], words: Words) -> list[str]:
    """Each note as a paragraph: it begins with its number."""
    found: list[list[Line]] = []
    for page in notes:
        for index, line in enumerate(page):
            begins = line.text[:1].isdigit() or line.text[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§"
            if index == 0 or begins:
                found.append([line])
            else:
                found[-1].append(line)
    return [text_of(lines, words).strip() for lines in found]


def _title(first: Sequence[Sequence[Sequence[Line]]], body: float, words: Words) -> str:
    """The lines that stand largest on the first page, if they are larger than the text."""
    lines = [line for page in first for block in page for line in block if sum(map(str.isalpha, line.text)) > 2]
    largest = max((line.size for line in lines), default=0.0)
    if largest < _TITLE * body:
        return ""
    chosen: list[Line] = []
    for line in lines:
        if line.size >= 0.95 * largest:
            chosen.append(line)
        elif chosen:
            break
    title = text_of(chosen, words).strip()
    return title if len(title) <= _LONGEST_TITLE else ""
