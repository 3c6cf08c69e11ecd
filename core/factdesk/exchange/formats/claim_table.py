"""The claims as a table for spreadsheets: CSV (RFC 4180), UTF-8 with a byte order mark, one row a claim."""

import csv
import io
import re
from pathlib import Path
from typing import BinaryIO

from factdesk.exchange.claim_rows import COLUMNS, Cell, ClaimTable
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.export_format import ALL_FEATURES, Checked, ExportFormat, Feature, Group, Written
from factdesk.exchange.progress import Steps

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("''*[=+\\-@\t\r\n＝＋－＠]")
_LARGEST_CELL = 1 << 30  # the csv module refuses cells over 128 KB unless told otherwise; evidence may be longer


def guard(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return "'" + text if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """The text of a guarded cell."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write_claim_table(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write all claims of the chosen articles, or those that people accepted, made or refused."""
    with out.open("wb") as file:
        return Written(_write(dataset, file, steps), "claims")


def check_claim_table(dataset: Dataset, out: Path) -> Checked:
    """Read it with Python's csv module: every cell of every row, spans and quotes first of all."""
    previous = csv.field_size_limit(_LARGEST_CELL)
    try:
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            head = next(rows, [])
            problems = [] if head == list(COLUMNS) else ["the head of the table is another one"]
            count = 0
            table = ClaimTable(dataset)
            for document in dataset.documents():
                for expected in table.rows(document):
                    count += 1
                    found = [unguard(cell) for cell in next(rows, [])]
                    if found != [_plain(cell) for cell in expected.cells]:
                        problems.append(f"row {count + 1} does not hold what the project has of {expected.claim.id}")
            problems += [f"there is a row too much: {row[:1]}" for row in rows]
    finally:
        csv.field_size_limit(previous)
    how = f"Read again with a CSV reader: {count:,} rows of {len(head)} columns; every place, quote and other cell is that of the project."
    return Checked(how, tuple(problems))


def _write(dataset: Dataset, file: BinaryIO, steps: Steps) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count, table = 0, ClaimTable(dataset)
    for document in dataset.documents():
        for row in table.rows(document):
            writer.writerow([_guarded(cell) for cell in row.cells])
            count += 1
        steps.step()
    text.detach()
    return count


def _guarded(cell: Cell) -> Cell:
    """Numbers as numbers, nothing as an empty cell, text so that it cannot become a formula."""
    return guard(cell) if isinstance(cell, str) else cell


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)


EXPORT = ExportFormat(
    name="csv",
    title="Table of claims (CSV)",
    suffix=".csv",
    group=Group.TABLE,
    description="One row for each claim with its verdict and evidence; opens in a spreadsheet.",
    unit="code points",
    holds=ALL_FEATURES - {Feature.TEXTS, Feature.ORIGINALS, Feature.SENTENCES, Feature.MENTIONS, Feature.HISTORY,
                          Feature.ABSENCES, Feature.ORIGINS, Feature.FILES, Feature.VERSIONS},
    write=write_claim_table,
    check=check_claim_table,
    works_without_text=True,
)  # fmt: skip
