import tempfile
import warnings

import pytest
from openpyxl import load_workbook

from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats.workbook import EXPORT, check_workbook
from factdesk.exchange.formats.workbook_parts import letters
from factdesk.exchange.formats.workbook_sheets import LARGEST_CELL, Changes, cell_text
from factdesk.exchange.formats_known import broken_formats
from factdesk.exchange.progress import StoppedError
from factdesk.ops.claims import set_note
from factdesk.store.articles import article_text
from nasty_case import HALF_A, ROUTE, nasty_case


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    bench = nasty_case(tmp_path_factory.mktemp("nasty"))
    yield bench
    bench.close()


@pytest.fixture
def book(nasty, tmp_path):
    out = tmp_path / "claims.xlsx"
    made = export_project(nasty.project, "xlsx", out, ExportOptions(whose=Whose.ALL))
    assert made.checked.problems == ()
    book = load_workbook(out)
    yield book
    book.close()


def rows_of(book, sheet):
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_format_is_registered():
    assert not [each for each in broken_formats() if "xlsx" in each]
    assert EXPORT.works_without_text


def test_every_sheet_is_there_with_a_frozen_head(book):
    assert book.sheetnames == ["Claims", "Articles", "Evidence", "Clusters", "About"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_no_cell_is_a_formula_and_texts_are_exact(nasty, book):
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    claims = rows_of(book, "Claims")
    by_quote = {row["quote"]: row for row in claims}
    assert by_quote[ROUTE]["note"] == "two\nlines\tand a tab | _ ->"
    assert by_quote[ROUTE]["opinions"].startswith("Ben | O’Neil: verified (clear); Ada: ")
    for row in claims:
        assert article_text(nasty.reader, row["article_id"])[row["start"] : row["end"]] == row["quote"]
    assert rows_of(book, "Articles")[3]["title"] == "=HYPERLINK(1)"
    cell = book["Articles"]["C5"]
    assert (cell.value, cell.quotePrefix) == ("=HYPERLINK(1)", True)
    evidence = rows_of(book, "Evidence")
    assert "=SUM(A1)" in {row["note"] for row in evidence}
    assert "time table.txt" in {row["file"] for row in evidence}


def test_verdicts_are_words_and_a_colour(book):
    head = [cell.value for cell in book["Claims"][1]]
    column = head.index("verdict")
    fills = {row[column].value: row[column].fill.start_color.rgb for row in book["Claims"].iter_rows(min_row=2)}
    assert set(fills) == {None, "verified", "disputed", "unverified"}
    assert len(set(fills.values())) == 4


def test_the_clusters_are_a_matrix_of_facts_by_article(book):
    rows = rows_of(book, "Clusters")
    row = next(row for row in rows if row["fact"].startswith("The ferry Milva sank on 3 May 2031 <off>"))
    assert (row["verdict"], row["reason"], row["sources"], row["conflicts"]) == ("disputed", "sources conflict", 3, 1)
    assert row["1. The Harbour Post"].startswith("states: “The ferry Milva sank off")
    assert row["2. Evening 晩報"].startswith("conflicts: “The ferry Milva went down")
    last = next(name for name in row if name.startswith("5. "))
    assert row[last] == "not mentioned"


def test_the_last_sheet_says_what_it_is_and_what_it_lacks(book):
    about = rows_of(book, "About")
    assert any(row["about"] == "Cannot hold" and "texts" in row["text"] for row in about)
    assert any("code points" in row["text"] for row in about)


def test_pandas_reads_it(nasty, tmp_path):
    import pandas as pd

    out = tmp_path / "claims.xlsx"
    made = export_project(nasty.project, "xlsx", out, ExportOptions(with_text=False, anonymous=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        frames = pd.read_excel(out, sheet_name=None, engine="openpyxl")
    claims = frames["Claims"]
    assert len(claims) == made.written.count
    assert claims["quote"].isna().all()
    assert set(claims["verdict"].dropna()) == {"verified", "disputed", "unverified"}
    assert set(claims["reviewer"].dropna()) == {"reviewer 1", "reviewer 2"}
    everything = "\n".join(frame.to_csv() for frame in frames.values())
    assert "260 passengers" not in everything
    assert "Ada" not in everything


def test_characters_and_lengths_that_a_cell_cannot_hold_are_told(tmp_path):
    bench = nasty_case(tmp_path)
    try:
        claim = bench.claim(bench.ferry, HALF_A)
        bench.run(set_note, claim, "\x0bbell\x07 " + "😊" * 20_000 + "_x0041_")
        out = tmp_path / "claims.xlsx"
        notes = export_project(bench.project, "xlsx", out).written.notes
        assert len(notes) == 2  # what was cut away is not told of
        assert "U+FFFD" in notes[0]
        assert "32,767" in notes[1]
    finally:
        bench.close()


def test_a_text_is_cut_between_characters_and_changed_as_little_as_possible():
    assert cell_text("a\x0bb\ufffe") == "a\ufffdb\ufffd"
    assert cell_text("\t\n e\u0301=") == "\t\n e\u0301="
    for text in ("😊" * 20_000, "a" + "😊" * 20_000, "x" * 40_000):
        cut = cell_text(text)
        assert len(cut.encode("utf-16-le")) // 2 <= LARGEST_CELL
        assert cut.endswith(text[-1] + "…")
        cut.encode()
    assert cell_text("x" * LARGEST_CELL) == "x" * LARGEST_CELL
    changes = Changes()
    cell_text("_x0041_", changes)
    assert "_x0041_" in next(changes.sentences())


def test_columns_are_named_as_spreadsheets_name_them():
    names = letters(16_384)
    assert [names[0], names[25], names[26], names[701], names[702], names[-1]] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_a_stopped_export_leaves_nothing_anywhere(nasty, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    seen = []
    with pytest.raises(StoppedError):
        export_project(
            nasty.project,
            "xlsx",
            tmp_path / "claims.xlsx",
            progress=lambda *step: seen.append(step),
            stopped=lambda: len(seen) > 2,
        )
    assert tempfile.tempdir == str(tmp_path / "temporary")
    export_project(nasty.project, "xlsx", tmp_path / "claims.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.xlsx", "claims.xlsx.about.json", "temporary"]
    assert not list((tmp_path / "temporary").iterdir())


def test_a_changed_workbook_does_not_pass_the_check(nasty, tmp_path):
    out = tmp_path / "claims.xlsx"
    export_project(nasty.project, "xlsx", out)
    book = load_workbook(out)
    book["Claims"]["H2"] = 1
    book["Articles"]["C2"] = "=1+1"
    book.save(out)
    with nasty.project.reader() as reader:
        problems = check_workbook(Dataset(reader, ExportOptions(), EXPORT), out).problems
    assert "xl/worksheets/sheet2.xml has a formula" in problems
    assert any("row 2 of Claims" in problem for problem in problems)
