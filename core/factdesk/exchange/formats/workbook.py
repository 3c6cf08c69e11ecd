"""The claims with their articles, evidence and clusters as a workbook (XLSX) for Excel, LibreOffice and pandas."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from factdesk import __version__
from factdesk.exchange.claim_rows import (
    COLUMNS,
    Cell,
    ClaimTable,
    article_label,
    evidence_place,
    shown_quote,
)
from factdesk.exchange.dataset import Dataset, Document, ExportCluster
from factdesk.exchange.export_format import ALL_FEATURES, Checked, ExportFormat, Feature, Group, Written
from factdesk.exchange.formats.workbook_sheets import (
    MOST_COLUMNS,
    Column,
    Sheets,
    cell_text,
    rows_in,
    sheets_at,
    sheets_with_formulas,
)
from factdesk.exchange.losses import losses_of
from factdesk.exchange.progress import Steps
from factdesk.model.claims import Claim, Relation, Status, Verdict
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.store.board_source import load_absences

_WIDE = {"quote": 60, "note": 40, "evidence": 60, "normalised": 40, "normalised_claim": 40, "article": 30}
_COLOURS = {Verdict.VERIFIED: "D9EAD3", Verdict.DISPUTED: "F4CCCC", Verdict.UNVERIFIED: "FFF2CC"}
_CELLS = {Relation.SAME: "states", Relation.DIFFERS: "differs", Relation.CONFLICTS: "conflicts"}
_CELL_COLOURS = {Relation.DIFFERS: "FFF2CC", Relation.CONFLICTS: "F4CCCC"}
_NOT_MENTIONED = "not mentioned"
_WIDEST_MATRIX = 200  # articles; beyond, a matrix is of no use to anybody

_SAMPLE = 200  # rows that openpyxl reads too

_ARTICLES = (
    *("number", "article_id", "title", "publisher", "byline", "url", "published_at", "language", "captured_at"),
    *("imported_at", "file", "media_type", "length", "claims", "decided", "case", "origin", "text_sha256"),
    "original_sha256",
)
_EVIDENCE = (
    *("evidence_id", "claim_id", "claim", "verdict", "stance", "kind", "place", "article_id", "start", "end", "quote"),
    *("url", "source", "note", "published_at", "captured_at", "file", "sha256", "made_by", "made_at"),
)
_CLUSTERS = ("cluster", "case", "fact", "verdict", "reason", "note", "sources", "conflicts")


def write_workbook(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write all sheets; the articles are read once."""
    with sheets_at(out) as sheets:
        count, notes = _write_sheets(dataset, sheets, steps)
        sheets.save(out)
    return Written(count, "claims", tuple(notes))


def _write_sheets(dataset: Dataset, sheets: Sheets, steps: Steps) -> tuple[int, list[str]]:
    claims = sheets.sheet("Claims", _columns(COLUMNS))
    articles = sheets.sheet("Articles", _columns(_ARTICLES))
    evidence = sheets.sheet("Evidence", _columns(_EVIDENCE))
    table, quotes = ClaimTable(dataset), dict[str, tuple[str, str]]()
    for number, document in enumerate(dataset.documents(), start=1):
        articles.add(_article_cells(number, document))
        for row in table.rows(document):
            claims.add(row.cells, _verdict_colour(row.claim.verdict, COLUMNS.index("verdict")))
        for each in document.claims:
            quotes[each.claim.id] = (document.article.id, shown_quote(dataset, each.claim.quote))
            for one in each.evidence:
                colour = _verdict_colour(each.claim.verdict, _EVIDENCE.index("verdict"))
                evidence.add(_evidence_cells(dataset, each.claim, one), colour)
        steps.step()
    for sheet in (claims, articles, evidence):
        sheet.close()
    as_list = _write_clusters(dataset, sheets, quotes)
    notes = [*sheets.changes.sentences()]
    if as_list:
        notes.append(
            f"With more than {_WIDEST_MATRIX} articles, the clusters are a list with a row for each article, not a matrix."
        )
    _write_about(dataset, sheets, notes)
    return claims.rows, notes


def _columns(names: Sequence[str]) -> list[Column]:
    return [Column(name, _WIDE.get(name, 24 if name.endswith(("_id", "sha256", "url")) else 14)) for name in names]


def _verdict_colour(verdict: Verdict | None, column: int) -> dict[int, str]:
    return {} if verdict is None else {column: _COLOURS[verdict]}


def _article_cells(number: int, document: Document) -> tuple[Cell, ...]:
    article, meta = document.article, document.article.meta
    decided = sum(each.claim.verdict is not None for each in document.claims)
    return (
        *(number, article.id, meta.title, meta.publisher, meta.byline, meta.url, meta.published_at, meta.language),
        *(article.captured_at, article.imported_at, article.source_name, article.media_type, article.length),
        *(len(document.claims), decided, "; ".join(document.cases), document.origin, article.text_sha256),
        article.original_sha256,
    )


def _evidence_cells(dataset: Dataset, claim: Claim, each: Evidence) -> tuple[Cell, ...]:
    quote = shown_quote(dataset, each.quote, is_of_article=each.kind is EvidenceKind.PASSAGE)
    start, end = (each.span.start, each.span.end) if each.span else (None, None)
    return (
        *(each.id, claim.id, shown_quote(dataset, claim.quote), claim.verdict and claim.verdict.value),
        *(each.stance.value, each.kind.value, evidence_place(dataset, each), each.article_id, start, end, quote),
        *(each.url, each.source, each.note, each.published_at, each.captured_at, each.file.name if each.file else None),
        *(each.sha256, each.made_by, each.made_at),
    )


# clusters -------------------------------------------------------------------------------------------------------


def _write_clusters(dataset: Dataset, sheets: Sheets, quotes: dict[str, tuple[str, str]]) -> bool:
    """The board: what each article says about each fact. True when it is a list, for there are too many articles."""
    as_list = len(dataset.articles) > min(_WIDEST_MATRIX, MOST_COLUMNS - len(_CLUSTERS))
    numbers = {article.id: number for number, article in enumerate(dataset.articles)}
    heads = [f"{number + 1}. {article_label(dataset, article)}" for number, article in enumerate(dataset.articles)]
    columns = [Column("article", 30), Column("says", 60)] if as_list else [Column(head, 30) for head in heads]
    sheet = sheets.sheet("Clusters", [*_columns(_CLUSTERS), *columns])
    cases = {case.id: case.name for case in dataset.cases}
    absences = {pair for case in cases for pair in load_absences(dataset.r, case)}
    for cluster in dataset.clusters:
        cells = _cluster_cells(cluster, quotes, absences, numbers)
        fact = cluster.text if dataset.options.with_text else cluster.normalised
        first = (cluster.id, cases[cluster.case_id], fact, *_judged(cluster), *_figures(cluster, quotes))
        colours = _verdict_colour(cluster.judgement.verdict, 3)
        if as_list:
            for number, (words, colour) in sorted(cells.items()):
                sheet.add((*first, heads[number], words), {**colours, **({len(first) + 1: colour} if colour else {})})
            continue
        filled = [cells.get(number, ("", "")) for number in range(len(heads))]
        colours |= {len(first) + number: colour for number, (_, colour) in enumerate(filled) if colour}
        sheet.add((*first, *(words for words, _ in filled)), colours)
    sheet.close()
    return as_list


def _judged(cluster: ExportCluster) -> tuple[Cell, ...]:
    judgement = cluster.judgement
    verdict, reason = judgement.verdict, judgement.reason
    return (verdict and verdict.value, reason and reason.value, judgement.note)


def _figures(cluster: ExportCluster, quotes: dict[str, tuple[str, str]]) -> tuple[int, int]:
    """In how many articles it is, and in how many of these in conflict with the lead."""
    against = {quotes[claim][0] for claim, relation, _ in cluster.members if relation is Relation.CONFLICTS}
    return len({quotes[claim][0] for claim, _, _ in cluster.members}), len(against)


def _cluster_cells(
    cluster: ExportCluster,
    quotes: dict[str, tuple[str, str]],
    absences: set[tuple[str, str]],
    numbers: dict[str, int],
) -> dict[int, tuple[str, str]]:
    """Words and colour of the cells that hold something, by number of the article."""
    found: dict[int, tuple[str, str]] = {}
    for claim, relation, status in cluster.members:
        article, quote = quotes[claim]
        suggested = " (suggested)" if status is Status.SUGGESTED else ""
        words = f"{_CELLS[relation]}{suggested}" + (f": “{quote}”" if quote else "")
        before, colour = found.get(numbers[article], ("", ""))
        found[numbers[article]] = (f"{before}\n{words}".lstrip("\n"), _CELL_COLOURS.get(relation, colour))
    for number in (numbers[article] for id_, article in sorted(absences) if id_ == cluster.id and article in numbers):
        found.setdefault(number, (_NOT_MENTIONED, ""))
    return found


def _write_about(dataset: Dataset, sheets: Sheets, notes: Sequence[str]) -> None:
    options = dataset.options
    suggestions = "left out" if options.decisions_only else "included, told from decisions by “status”"
    rows: list[tuple[str, str]] = [
        ("What it is", "Claims of news articles with the verdicts of reviewers, their evidence and the facts they share."),
        ("Made with", f"Factdesk {__version__}"),
        ("Cases", "; ".join(case.name for case in dataset.cases)),
        ("Positions", "start and end count code points of the article's stored text from 0; end is exclusive."),
        ("No verdict yet", "An empty cell; it is not a verdict."),
        ("Suggestions", suggestions),
        ("Texts", "Quotes are included." if options.with_text else "Quotes of articles are left out: positions and hashes only."),
        ("Licence", options.licence or "Not given. The texts belong to their publishers."),
    ]  # fmt: skip
    for loss in losses_of(dataset, EXPORT):
        rows.append(("Cannot hold", " ".join(filter(None, (f"{loss.what}.", loss.because)))))  # noqa: PERF401 - one list, in steps
    rows += [("Changed on the way", note) for note in notes]
    sheet = sheets.sheet("About", [Column("about", 24), Column("text", 100)])
    for row in rows:
        sheet.add(row)
    sheet.close()


# check ----------------------------------------------------------------------------------------------------------


def check_workbook(dataset: Dataset, out: Path) -> Checked:
    """Open it with openpyxl, and read every row: no formula anywhere, every cell of claims and evidence as in the project."""
    from openpyxl import __version__ as version
    from openpyxl import load_workbook

    with out.open("rb") as file, out.open("rb") as beside:  # its temporary name has no ending that openpyxl knows
        problems = [f"{name} has a formula" for name in sheets_with_formulas(file)]
        book = load_workbook(file, read_only=True)
        for title, head in (("Claims", COLUMNS), ("Evidence", _EVIDENCE)):
            problems += _beginning(book[title], rows_in(file, title, len(head)))
        book.close()
        claims = _Reread("Claims", rows_in(file, "Claims", len(COLUMNS)), COLUMNS)
        evidence = _Reread("Evidence", rows_in(beside, "Evidence", len(_EVIDENCE)), _EVIDENCE)
        table = ClaimTable(dataset)
        for document in dataset.documents():
            for row in table.rows(document):
                claims.expect(row.cells)
            for each in document.claims:
                for one in each.evidence:
                    evidence.expect(_evidence_cells(dataset, each.claim, one))
        claims.end()
        evidence.end()
    how = (
        f"Opened with openpyxl {version}, and every row read again: {claims.count:,} claims and {evidence.count:,} pieces of "
        "evidence, every place and quote as in the project; no cell is a formula."
    )
    return Checked(how, (*problems, *claims.problems, *evidence.problems))


class _Reread:
    """The rows of a sheet against those that it should have."""

    def __init__(self, title: str, rows: Iterator[tuple[Cell, ...]], head: Sequence[str]) -> None:
        self._title, self._rows = title, rows
        self.problems = [] if next(rows, ()) == tuple(head) else [f"the head of {title} is another one"]
        self.count = 0

    def expect(self, cells: Sequence[Cell]) -> None:
        """The next row has these cells."""
        self.count += 1
        kept = tuple((cell_text(cell) or None) if isinstance(cell, str) else cell for cell in cells)
        if next(self._rows, ()) != kept:
            self.problems.append(f"row {self.count + 1} of {self._title} does not hold what the project has")

    def end(self) -> None:
        """There is no further row."""
        self.problems += [f"{self._title} has rows too many" for _ in self._rows]


def _beginning(sheet: Any, rows: Iterator[tuple[Cell, ...]]) -> Iterator[str]:
    """The first rows as openpyxl reads them, which takes too long for all, against those that are read here."""
    for number, (theirs, ours) in enumerate(
        zip(sheet.iter_rows(values_only=True, max_row=_SAMPLE), rows, strict=False)
    ):
        if tuple(theirs) + (None,) * (len(ours) - len(theirs)) != ours:
            yield f"openpyxl reads row {number + 1} of {sheet.title} in another way"


EXPORT = ExportFormat(
    name="xlsx",
    title="Workbook (XLSX)",
    suffix=".xlsx",
    group=Group.TABLE,
    description="Claims, articles, evidence and the board of facts by source as sheets; for Excel, LibreOffice and pandas.",
    unit="code points",
    holds=ALL_FEATURES - {Feature.TEXTS, Feature.ORIGINALS, Feature.SENTENCES, Feature.MENTIONS, Feature.HISTORY,
                          Feature.FILES, Feature.VERSIONS},
    write=write_workbook,
    check=check_workbook,
    works_without_text=True,
)  # fmt: skip
