"""PDF with a text layer: its pages laid out as an article."""

import ctypes
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange import pulse
from factdesk.exchange.pdf.layout import Layout, Sheet, laid_out
from factdesk.exchange.pdf.lines import Piece
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 2_000
SECONDS = 120.0
"""How long the processor may work at the pages of one file; each page alone has much less (see `process_main`)."""

_LEAST = 20  # characters of a document with a text layer
_SPLIT = "Print the pages that hold the article to a new PDF, and import that."
_OCR = "Run OCR (text recognition) on it first, and import what comes out."
_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")  # ligatures and presentation forms
_NO_TITLE = re.compile(
    r"untitled|document\d*|microsoft word\b.*|print|.*\.(?:docx?|pdf|indd|odt|html?|qxd|txt)|about:blank|https?://\S*",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:admin\w*|user|owner|root|unknown|author|anonymous|none)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_HYPHEN, _HYPHENS = "-", "\x02\ufffe"  # what PDFium gives for hyphens at the ends of lines
_BLANK = " \t\u00a0\u2002\u2003\u2009"
_BOLD = 600
_SAMPLES = 200  # characters that tell in which direction a page is written
_EMPTY = Sheet((), 842.0)
_APART = 0.6  # ems after which a new piece begins


def read_pdf(file: SourceFile, _options: ReadOptions) -> Iterator[Reading]:
    """The whole file as one article."""
    sheets, info = _sheets(file)
    layout = laid_out(sheets)
    text = normalise(layout.text)
    letters = sum(not character.isspace() for character in text)
    if letters < _LEAST:
        raise ImportRefusedError(f"{file.quoted} is a scan: it has no text layer.", _OCR)
    unreadable = text.count("\ufffd") + sum("\ue000" <= character <= "\uf8ff" for character in text)
    if unreadable * 2 > letters:
        raise ImportRefusedError(
            f"The letters of {file.quoted} cannot be told: it does not say what its drawn characters mean.", _OCR
        )
    title = _title(info.get("Title", ""), layout.title, text)
    byline = " ".join(normalise(info.get("Author", "")).split())
    byline = "" if _NOBODY.fullmatch(byline) or len(byline) > 200 else byline
    meta = ArticleMeta(title=title, byline=byline, url=_url(layout), language=guess_language(text))
    source = ArticleSource(file.data, file.name, "", MEDIA_TYPE, file.captured_at)
    warnings = tuple(_warnings(sheets, layout, meta, unreadable))
    yield Reading(NewArticle(text, meta, source), warnings=warnings)


# the file ------------------------------------------------------------------------------------------------------------


def _sheets(file: SourceFile) -> tuple[list[Sheet], dict[str, str]]:
    """The pages and what the file says about itself."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(file, str(error)) from error
    with closing(document):
        count = len(document)
        if not count:
            raise ImportRefusedError(f"{file.quoted} is a broken PDF: it has no pages.", "Get the file again.")
        if count > MOST_PAGES:
            raise ImportRefusedError(f"{file.quoted} has {count:,} pages, more than {MOST_PAGES:,}.", _SPLIT)
        begun = time.process_time()
        sheets: list[Sheet | None] = []
        for number in range(count):
            pulse.at(f"page {number + 1}")
            sheets.append(_sheet(document, number))
            if time.process_time() - begun > SECONDS:
                raise ImportRefusedError(
                    f"{file.quoted} holds too much: {number + 1} of its {count} pages took {SECONDS:.0f} seconds.",
                    _SPLIT,
                )
        if not any(sheets):
            raise ImportRefusedError(
                f"{file.quoted} is a broken PDF: none of its pages can be opened.", "Get the file again."
            )
        return [sheet or _EMPTY for sheet in sheets], document.get_metadata_dict(skip_empty=True)


def _refusal(file: SourceFile, reason: str) -> ImportRefusedError:
    if "password" in reason.casefold() or "security" in reason.casefold():
        return ImportRefusedError(
            f"{file.quoted} is locked with a password.", "Open it, print it to a new PDF without one, and import that."
        )
    return ImportRefusedError(
        f"{file.quoted} is a broken PDF and cannot be opened.", "Get the file again, or print it to a new PDF."
    )


def _sheet(document: Any, number: int) -> Sheet | None:
    """One page; None when it is broken."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    with closing(page):
        try:
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return None
        with closing(text):
            turn = _turn(text.raw)
            left, bottom, right, top = page.get_bbox()
            return _moved(list(_pieces(text.raw, turn)), _turned(left, bottom, right, top, turn))


def _moved(pieces: list[Piece], box: tuple[float, float, float, float]) -> Sheet:
    """The page with its lower left corner at 0; what stands outside of it is not seen."""
    left, bottom, right, top = box
    moved = tuple(
        Piece(each.text, each.left - left, each.right - left, each.base - bottom, each.size, each.bold)
        for each in pieces
        if bottom - 5 <= each.base <= top + 5 and left - 5 <= (each.left + each.right) / 2 <= right + 5
    )
    return Sheet(moved, top - bottom)


def _turn(text: Any) -> int:
    """In which direction most of a page is written: 0 to the right, 90 upwards, 180 to the left, 270 downwards."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    count = pdfium.FPDFText_CountChars(text)
    found: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _SAMPLES)):
        if pdfium.FPDFText_GetMatrix(text, index, matrix):
            if abs(matrix.a) >= abs(matrix.b):
                found[0 if matrix.a > 0 or matrix.d > 0 else 180] += 1
            else:
                found[90 if matrix.b > 0 else 270] += 1
    return found.most_common(1)[0][0] if found else 0


class _Pen:
    """Gathers characters into pieces."""

    def __init__(self) -> None:
        self.text = ""
        self.left = self.right = self.base = 0.0
        self.size = 10.0
        self.edge = (0.0, 0.0)  # of the last character
        self.bold = False

    def piece(self) -> Piece | None:
        """What was gathered; begins anew."""
        text, self.text = self.text, ""
        if not text.strip():
            return None
        return Piece(_forms(text), self.left, self.right, self.base, self.size, self.bold)

    def is_near(self, left: float, right: float) -> bool:
        """Whether a character stands beside the last one."""
        gap = max(left - self.edge[1], self.edge[0] - right)
        return -2 * self.size < gap < _APART * self.size

    def add(self, character: str, left: float, right: float) -> None:
        """Takes a character up."""
        gap = max(left - self.edge[1], self.edge[0] - right)
        if self.text and gap > 0.2 * self.size and self.text[-1] != " ":
            self.text += " "
        if not self.text:
            self.left, self.right = left, right
        self.text += character
        self.left, self.right, self.edge = min(self.left, left), max(self.right, right), (left, right)


def _pieces(text: Any, turn: int) -> Iterator[Piece]:
    """The pieces of a page in the order of the file, as far as they stand upright."""
    import pypdfium2.raw as pdfium

    pen, box = _Pen(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    like: tuple[float, float] | None = None  # baseline and size of the piece in the file's own measure
    upright = True
    for index, character in _characters(text):
        if character in "\n ":
            if character == "\n":
                if piece := pen.piece():
                    yield piece
            elif pen.text:
                pen.text += " "
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, bottom, right, top = _turned(box.left, box.bottom, box.right, box.top, turn)
        base = _turned(x.value, y.value, x.value, y.value, turn)[1]
        now = round(base, 1), pdfium.FPDFText_GetFontSize(text, index)
        if not (pen.text and like == now and pen.is_near(left, right)):
            if piece := pen.piece():
                yield piece
            like = now
            pen.base = base
            pen.size, upright = _measured(text, index, turn, top - bottom)
            pen.bold = pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD
        if upright:
            pen.add(character, left, right)
    if piece := pen.piece():
        yield piece


def _characters(text: Any) -> Iterator[tuple[int, str]]:
    """The characters of a page, each with its index; those that are nothing left out."""
    import pypdfium2.raw as pdfium

    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if character := _character(code):
            yield index, character


def _character(code: int) -> str:
    """A character as it is kept; "" for one that is nothing."""
    if not code or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return ""
    character = chr(code)
    if character in _HYPHENS:
        return _HYPHEN
    if character in _BLANK:
        return " "
    if character in "\r\n":
        return "\n"
    return "" if unicodedata.category(character) == "Cc" else character


def _turned(left: float, bottom: float, right: float, top: float, turn: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top as one sees them who turns the page so that its text is upright."""
    match turn:
        case 90:
            return bottom, -right, top, -left
        case 180:
            return -right, -top, -left, -bottom
        case 270:
            return -top, left, -bottom, right
    return left, bottom, right, top


def _measured(text: Any, index: int, turn: int, height: float) -> tuple[float, bool]:
    """The size of a character, and whether it stands upright."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    across = {0: matrix.a, 90: matrix.b, 180: -matrix.a, 270: -matrix.b}[turn]
    along = max(abs(matrix.a), abs(matrix.b))
    size = pdfium.FPDFText_GetFontSize(text, index) * max(abs(matrix.c), abs(matrix.d))
    if not 1 <= size <= 1000:
        size = max(1.0, height / 1.2)
    return size, along == 0 or across > 0.95 * along


def _forms(text: str) -> str:
    """Ligatures and presentation forms as the letters that they stand for; nothing else is changed."""
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


# what is told --------------------------------------------------------------------------------------------------------


def _title(said: str, largest: str, text: str) -> str:
    """The headline that one sees: the title that the file names, if it stands at the beginning, else what is largest."""
    said = " ".join(normalise(said).split())
    if not said or len(said.split()) < 2 or _NO_TITLE.fullmatch(said) or len(said) > 300:
        said = ""
    if said and said.casefold() in " ".join(text[:3000].split()).casefold():
        return said
    if len(largest.split()) < 3 and not (largest and largest.casefold() in said.casefold()):
        return said or largest or find_headline(text)
    return largest


def _url(layout: Layout) -> str:
    """The address in the footer of a printed web page."""
    for line in layout.gone:
        if found := _ADDRESS.search(line):
            return found[0]
    return ""


def _warnings(sheets: list[Sheet], layout: Layout, meta: ArticleMeta, unreadable: int) -> Iterator[str]:
    empty = [number for number, sheet in enumerate(sheets, 1) if not sheet.pieces]
    if empty:
        one = len(empty) == 1
        yield f"{'Page' if one else 'Pages'} {_ranges(empty)} {'has' if one else 'have'} no text; a scan needs OCR first."
    if layout.gone:
        shown = "; ".join(f"“{line[:60]}”" for line in layout.gone[:3])
        more = f" and {len(layout.gone) - 3} more" if len(layout.gone) > 3 else ""
        yield f"Lines that stand around the text of the pages were left out: {shown}{more}."
    if layout.notes:
        yield f"{layout.notes} {'note' if layout.notes == 1 else 'notes'} at the foot of pages moved to the end of the text."
    if meta.byline:
        yield f"The byline “{meta.byline}” is what the file names as its author."
    if unreadable:
        yield f"{unreadable:,} characters cannot be told: the file does not say what they mean."


def _ranges(numbers: list[int]) -> str:
    """“1, 3–5”."""
    parts = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        parts.append(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(parts)


def looks_like_pdf(head: bytes) -> bool:
    """Whether a file begins as a PDF does; some have a few other bytes before."""
    return re.match(rb"[\x00-\xff]{0,1000}?(?<![^\r\n\0\xbf])%PDF-\d", head) is not None


IMPORTER = Importer("pdf", "PDF", MEDIA_TYPE, frozenset({".pdf"}), read_pdf, looks_like_pdf)
