"""A dossier as PDF, made of the same page as the HTML one: tagged for screen readers, with bookmarks, for paper."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.dossier.check import is_found, notes_of, quotes_of, squeezed, titles_of
from factdesk.exchange.dossier.content import HOLDS, OPTIONS, README, build
from factdesk.exchange.dossier.page import pieces
from factdesk.exchange.dossier.size import expected_of_pdf
from factdesk.exchange.dossier.words import several
from factdesk.exchange.export_format import Checked, ExportFormat, Group, Written
from factdesk.exchange.progress import Steps

_WORK = 3  # steps of writing for each claim: about a page, laid out twice (for the numbers in the contents) and painted
_MARGIN = 52.0  # points at the top and bottom of a page, where only its number is
_PAGE = "Page "


def write_dossier_pdf(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Lay out the page and write it."""
    maker = _library()
    dossier = build(dataset, steps, _WORK)
    page = "".join(pieces(dossier))
    with _told(steps), _references_once(maker):
        document = maker.HTML(string=page, url_fetcher=_refuser()).render(pdf_tags=True, pdf_variant="pdf/ua-1")
        for sheet in document.pages:
            sheet.paint = _stepping(sheet.paint, steps)
        document.write_pdf(out, pdf_tags=True, pdf_variant="pdf/ua-1")
    return Written(len(dossier.entries), "claims", dossier.notes)


def check_dossier_pdf(dataset: Dataset, out: Path) -> Checked:
    """Read it with PDFium: pages, structure, and the words of every passage."""
    import pypdfium2

    with pypdfium2.PdfDocument(out) as document:
        pages = len(document)
        said = squeezed("".join(_text_of(document, number) for number in range(pages)))
        is_tagged = document.is_tagged()
    problems = [] if is_tagged else ["it has no structure for screen readers"]
    quotes = list(quotes_of(dataset))
    problems += [f"the passage “{quote[:60]}” is missing" for quote in quotes if not is_found(quote, said)]
    problems += [f"the note “{note[:60]}” is missing" for note in notes_of(dataset) if not is_found(note, said)]
    problems += [f"the source “{title[:60]}” is missing" for title in titles_of(dataset) if not is_found(title, said)]
    return Checked(
        f"Read with PDFium: {several(pages, 'page')} with a structure for screen readers; the words of "
        f"{several(len(quotes), 'passage')} are there.",
        tuple(problems),
    )


def _library() -> Any:
    try:
        import weasyprint
    except OSError as error:  # its own libraries of the system are loaded on import
        raise FactdeskError(
            "A PDF cannot be made here: the library Pango of the system is missing.",
            "Install it (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0), or choose the dossier "
            "as HTML, which browsers print, or as DOCX.",
        ) from error
    return weasyprint


def _refuser() -> Any:
    """Nothing is fetched: the page has all that it needs."""
    from weasyprint.urls import URLFetcher

    class Refuser(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Refuses every address."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the signature of the library
            """Raises ValueError, which the library passes over."""
            raise ValueError(f"{url[:80]} is not fetched")

    return Refuser()


@contextmanager
def _told(steps: Steps) -> Iterator[None]:
    """The library says in its log when it begins a page: a step then, and a chance to stop."""
    progress, messages = logging.getLogger("weasyprint.progress"), logging.getLogger("weasyprint")
    level, spreads = progress.level, progress.propagate
    handler, silence = _Pages(steps), logging.NullHandler()
    progress.addHandler(handler)
    messages.addHandler(silence)
    progress.setLevel(logging.INFO)
    progress.propagate = False
    try:
        yield
    finally:
        progress.removeHandler(handler)
        messages.removeHandler(silence)
        progress.setLevel(level)
        progress.propagate = spreads


@contextmanager
def _references_once(maker: Any) -> Iterator[None]:
    """The library lists all pages anew for each mark of the structure, thousands of times; here once."""
    library = maker.pdf.pydyf.PDF
    listing = library.page_references
    known: dict[int, Any] = {}

    def listed(pdf: Any) -> Any:
        count = len(pdf.pages["Kids"])
        if count not in known:
            known[count] = listing.fget(pdf)
        return known[count]

    library.page_references = property(listed)
    try:
        yield
    finally:
        library.page_references = listing


def _stepping(paint: Callable[..., None], steps: Steps) -> Callable[..., None]:
    """Painting a page is a step too."""

    def painted(*arguments: Any, **named: Any) -> None:
        _step(steps)
        paint(*arguments, **named)

    return painted


def _step(steps: Steps) -> None:
    """How many pages there will be is not known: the last steps wait for the end."""
    steps.step(max(0, min(1, steps.total - steps.done - 1)))


class _Pages(logging.Handler):
    """Turns messages into steps."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self._steps = steps

    def emit(self, record: logging.LogRecord) -> None:
        """Called by the library's logger; what is raised here ends its work."""
        if _PAGE in record.getMessage():
            _step(self._steps)


def _text_of(document: Any, number: int) -> str:
    """The words of a page without its margins."""
    page = document[number]
    words = page.get_textpage()
    try:
        width, height = page.get_size()
        return str(words.get_text_bounded(0, _MARGIN, width, height - _MARGIN))
    finally:
        words.close()
        page.close()


EXPORT = ExportFormat(
    name="dossier-pdf",
    title="Dossier (PDF)",
    suffix=".pdf",
    group=Group.REPORT,
    description="The same report for paper and for sending: page numbers, bookmarks, and a structure for screen readers (PDF/UA).",
    unit="code points",
    holds=HOLDS,
    write=write_dossier_pdf,
    check=check_dossier_pdf,
    options=OPTIONS,
    expects=expected_of_pdf,
    works_without_text=True,
    readme=README,
)
