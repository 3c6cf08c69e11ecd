"""A dossier as DOCX, for those who want to go on writing: real headings, tables with heads, fields for contents and pages."""

from pathlib import Path
from typing import Any

from factdesk.exchange.dataset import Dataset
from factdesk.exchange.dossier.check import missing_in, notes_of, quotes_of, titles_of
from factdesk.exchange.dossier.content import HOLDS, OPTIONS, README, build
from factdesk.exchange.dossier.size import expected_of_docx
from factdesk.exchange.dossier.words import several
from factdesk.exchange.dossier.writer import write_document
from factdesk.exchange.export_format import Checked, ExportFormat, Group, Written
from factdesk.exchange.progress import Steps


def write_dossier_docx(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the document."""
    dossier = build(dataset, steps)
    write_document(dossier, out, steps)
    return Written(len(dossier.entries), "claims", dossier.notes)


def check_dossier_docx(dataset: Dataset, out: Path) -> Checked:
    """Open it with python-docx: every passage, note and source is there, headings are headings, tables have heads."""
    import docx

    document: Any = docx.Document(str(out))
    paragraphs = {paragraph.text for paragraph in _paragraphs(document)}
    quotes = list(quotes_of(dataset))
    said = {paragraph.removesuffix("…") for paragraph in paragraphs}
    problems = [f"the passage “{quote[:60]}” is missing" for quote in quotes if quote not in said]
    missing = missing_in(paragraphs, lambda: "\n".join(paragraphs))
    problems += [f"the note “{note[:60]}” is missing" for note in missing(notes_of(dataset))]
    problems += [f"the source “{title[:60]}” is missing" for title in missing(titles_of(dataset))]
    styles = [paragraph._p.style or "" for paragraph in document.paragraphs]  # noqa: SLF001 - the ids: names are slow
    headings = sum(style.startswith("Heading") for style in styles)
    for table in document.tables:
        if not table.rows[0]._tr.xpath("./w:trPr/w:tblHeader"):  # noqa: SLF001 - the library has no name for it
            problems.append("a table has no head")
    return Checked(
        f"Opened with python-docx {docx.__version__}: {several(headings, 'heading')}, "
        f"{several(len(document.tables), 'table')} with heads; {several(len(quotes), 'passage is', 'passages are')} those of the "
        "project, word for word.",
        tuple(problems),
    )


def _paragraphs(document: Any) -> list[Any]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]


EXPORT = ExportFormat(
    name="dossier-docx",
    title="Dossier (DOCX)",
    suffix=".docx",
    group=Group.REPORT,
    description="The same report for word processors, to go on writing in it.",
    unit="code points",
    holds=HOLDS,
    write=write_dossier_docx,
    check=check_dossier_docx,
    options=OPTIONS,
    expects=expected_of_docx,
    works_without_text=True,
    readme=README,
)
