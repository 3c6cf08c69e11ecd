"""Tables become articles row by row, with the claims that stand in them; what is no table is refused."""

import csv
import io
import json
import time
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factdesk.errors import ImportRefusedError, MappingNeededError
from factdesk.exchange.importers import importer_for, read_source
from factdesk.exchange.kinds.table import IMPORTER, read_table
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import AS_IT_IS, BadPart, Reading, ReadOptions, SourceFile
from factdesk.model.claims import Verdict
from factdesk.model.given import TableMapping
from factdesk.text.normalise import is_normalised

DAM = "The river rose by two metres on Sunday, and the water reached the old mill. “Nobody was hurt,” said the mayor of Orlen; 240 people were taken to a school."
MILL = "The old mill stands empty since March; its owner wants to sell it, “as soon as the water has gone”, he told the radio on Tuesday. Nobody has asked for it yet."


def rows_of(data, name="dam.csv", mapping=None, encoding=None):
    found = list(read_table(SourceFile(name, data), ReadOptions(encoding, mapping)))
    return [each for each in found if isinstance(each, Reading)], [each for each in found if isinstance(each, BadPart)]


def written(rows, **dialect):
    text = io.StringIO()
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue().encode()


def lines(*objects):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode()


HEAD = ["Headline", "Body", "Outlet", "Author", "Link", "Published", "Lang"]
FIRST = ["Dam breaks", DAM, "The Orlen Echo", "Mara Vell", "https://echo.example/dam", "18.03.2026", "en"]
SECOND = ["Mill for sale", MILL, "Radio Orlen", "", "https://radio.example/mill", "2026-03-20T09:30:00Z", "en-GB"]


@pytest.mark.parametrize(
    "dialect",
    [
        {},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"delimiter": "|", "lineterminator": "\n"},
        {"quoting": csv.QUOTE_ALL},
    ],
    ids=["comma", "semicolon", "tab", "bar", "quotes everywhere"],
)
def test_each_row_is_an_article_with_what_its_columns_say(dialect):
    (dam, mill), bad = rows_of(b"\xef\xbb\xbf" + written([HEAD, FIRST, SECOND], **dialect))
    assert bad == []
    assert dam.article.text == DAM
    meta = dam.article.meta
    assert (meta.title, meta.publisher, meta.byline) == ("Dam breaks", "The Orlen Echo", "Mara Vell")
    assert (meta.url, meta.published_at, meta.language) == ("https://echo.example/dam", "2026-03-18", "en")
    assert mill.article.meta.published_at == "2026-03-20T09:30:00Z"
    assert [dam.place, mill.place] == ["row 2", "row 3"]
    assert json.loads(mill.article.source.original)["Body"] == MILL


def test_bad_rows_are_told_with_their_place_and_good_ones_go_in():
    rows = [
        HEAD,
        FIRST,
        ["", "", "", "", "", "", ""],
        ["no text", "", "", "", "", "", ""],
        ["short", "Ha.", *[""] * 5],
        ["cells"],
        SECOND,
    ]
    (_, mill), bad = rows_of(written(rows) + b"\r\n\r\n")
    assert mill.place == "row 7"
    assert [(each.place, each.reason) for each in bad] == [
        ("row 4", "its “Body” is empty"),
        ("row 5", "its text has only 3 characters"),
        ("row 6", "it has 1 cell, the head 7"),
    ]


def test_a_date_that_means_two_days_is_left_out_and_told():
    (dam,), _ = rows_of(written([["text", "date"], [DAM, "03/04/2026"]]))
    assert dam.article.meta.published_at == ""
    assert "03/04/2026" in dam.warnings[0]


CLAIMED = TableMapping("text", claim="claim", verdict="label", verdict_words=(("TRUE", "verified"), ("meh", "")))


def test_claims_that_stand_in_the_text_are_given_with_their_verdicts():
    table = [
        ["text", "claim", "label"],
        [DAM, "240 people were taken to a school", "TRUE"],
        [DAM, '"nobody was  hurt," said the Mayor', "refuted"],
        [DAM, "The dam is made of cheese", "meh"],
        [MILL, "The old mill stands empty", "meh"],
        [MILL, "he told the radio", "purple"],
    ]
    (dam, mill), bad = rows_of(written(table), mapping=CLAIMED)
    assert bad == []
    assert (dam.place, mill.place) == ("rows 2–4", "rows 5–6")
    quotes = {DAM[claim.span.start : claim.span.end]: claim.judgement.verdict for claim in dam.given.claims}
    assert quotes == {
        "240 people were taken to a school": Verdict.VERIFIED,
        "Nobody was hurt,” said the mayor": Verdict.DISPUTED,
    }
    assert len(dam.warnings) == 1
    assert "The dam is made of cheese" in dam.warnings[0]
    assert "row 4" in dam.warnings[0]
    assert [claim.judgement.verdict for claim in mill.given.claims] == [None, None]
    assert "purple" in mill.warnings[0]
    assert dam.article.source.original.count(b"\n") == 3


def test_a_list_of_claims_in_a_json_object_is_a_list_of_claims():
    data = lines(
        {"text": DAM, "claims": ["The river rose by two metres", "Nobody was hurt"], "labels": ["true", "nei"]}
    )
    mapping = TableMapping("text", claim="claims", verdict="labels")
    (dam,), _ = rows_of(data, "dam.jsonl", mapping)
    assert [claim.judgement.verdict for claim in dam.given.claims] == [Verdict.VERIFIED, Verdict.UNVERIFIED]


def test_json_lines_and_lists_are_tables_too():
    one, two = (
        {"meta": {"url": "https://echo.example/a", "n": 1}, "content": DAM, "title": None},
        {"content": MILL, "tags": ["a", "b"], "x": [1]},
    )
    data = lines(one) + b"\n{broken\n[1]\n" + lines(two)
    (dam, mill), bad = rows_of(data, "dam.jsonl")
    assert dam.article.meta.url == "https://echo.example/a"
    assert (dam.place, mill.place) == ("line 1", "line 5")
    assert [each.place for each in bad] == ["line 3", "line 4"]
    for whole in ([one, two], {"count": 2, "articles": [one, two]}):
        for indent in (None, 2):
            (dam, mill), bad = rows_of(json.dumps(whole, indent=indent).encode(), "dam.json")
            assert (dam.article.text, mill.place, bad) == (DAM, "entry 2", [])
    (only,), _ = rows_of(json.dumps({"title": "Dam breaks", "body": DAM}).encode("utf-16"), "dam.json")
    assert (only.article.meta.title, only.article.text) == ("Dam breaks", DAM)


def sheet(rows, *, first=()):
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    for row in first:
        book.active.append(row)
    other = book.create_sheet("Articles")
    for row in rows:
        other.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_the_first_sheet_with_something_in_it_is_read():
    data = sheet(
        [
            ["Text", "Day", "Time", "Sum"],
            [DAM, date(2026, 3, 18), datetime.fromisoformat("2026-03-18T09:30"), "=1+1"],
            [],
            [MILL],
        ]
    )
    for name in ("dam.xlsx", "dam.csv"):
        (dam, mill), bad = rows_of(data, name)
        assert bad == []
        assert dam.article.meta.published_at == "2026-03-18"
        assert json.loads(dam.article.source.original) == {
            "Text": DAM,
            "Day": "2026-03-18",
            "Time": "2026-03-18T09:30:00",
        }
        assert mill.place == "row 4"
    assert not importer_for(SourceFile("dam.xlsx", data)).sniff


def test_which_column_holds_the_texts_must_be_sure():
    data = written([["a", "b"], [DAM, MILL], [MILL, DAM]])
    with pytest.raises(MappingNeededError, match=r"“dam\.csv”") as needed:
        rows_of(data)
    assert needed.value.hint == "Choose what each column holds."
    (first, _), _ = rows_of(data, mapping=TableMapping("b", title="a"))
    assert first.article.text == MILL
    with pytest.raises(MappingNeededError, match="no column “c”"):
        rows_of(data, mapping=TableMapping("c"))
    with pytest.raises(ImportRefusedError, match="No row"):
        rows_of(written([["a", "b"], ["x", DAM]]), mapping=TableMapping("a"))


def test_the_child_process_gives_the_head_and_asks_for_columns(tmp_path):
    path = tmp_path / "dam.csv"
    path.write_bytes(written([["a", "b"], [DAM, MILL]]))
    with FileProcess("read") as process:
        with pytest.raises(MappingNeededError, match=r"“dam\.csv”"):
            list(process.read(path))
        head = process.head(path)
        assert (head.columns, head.row_count, head.delimiter) == (("a", "b"), 1, ",")
        assert head.samples == ((DAM, MILL),)
        (found,) = process.read(path, ReadOptions(mapping=TableMapping("a")))
    assert isinstance(found, Reading)
    assert found.article.text == DAM


def test_our_own_export_is_no_table():
    data = lines({"type": "project", "format": "factdesk", "version": 4}, {"type": "article", "text": DAM})
    with pytest.raises(ImportRefusedError, match="export of Factdesk") as refused:
        list(read_source(SourceFile("case.jsonl", data)))
    assert "New project from an export" in refused.value.hint


def test_only_its_name_makes_a_file_a_table():
    assert IMPORTER.sniff is None  # others, who know their kind when they see it, go first
    assert importer_for(SourceFile("a.csv", b"a,b\n1,2\n")) is IMPORTER
    assert importer_for(SourceFile("a.jsonl", lines({"body": DAM}))) is IMPORTER
    assert importer_for(SourceFile("a.txt", b"a,b\n1,2\n")).name == "plain"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jsonl", lines({"text": DAM, "label": [[0, 9, "Claim"]]}), "doccano"),
        ("a.json", json.dumps([{"data": {"text": DAM}, "annotations": [{"result": []}]}]).encode(), "label-studio"),
        ("a.tsv", b"Dam\tB-LOC\nbreaks\tO\n", "conll"),
        ("a.jsonl", lines({"text": DAM, "label": "true"}), "table"),
        ("a.json", json.dumps([{"text": DAM, "html": "<!DOCTYPE html><html>"}]).encode(), "table"),
        ("a.csv", b"text,html\nx,<html><body>\n", "table"),
    ],
)
def test_annotated_data_is_read_by_those_who_know_it(name, data, kind):
    assert importer_for(SourceFile(name, data)).name == kind


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def changed(data, part, change):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    return zipped(parts)


BOOK = sheet([["text"], [DAM]], first=[["text"], [DAM]])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("dam.csv", b""),
        ("dam.csv", b" \n\n ,, \n"),
        ("dam.csv", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("dam.csv", b"a" * 40_000_000),
        ("dam.csv", b"," * 5_000_000),
        ("dam.csv", b'a,b\n"' + b"x" * 1000),
        ("dam.jsonl", b"not json"),
        ("dam.jsonl", b"{" * 1_000_000),
        ("dam.json", b"[" * 1_000_000),
        ("dam.json", b'[{"a":' * 100_000),
        ("dam.json", b"[1, 2, 3]"),
        ("dam.json", b'[{"text": "' + DAM.encode() + b'"}'),
        ("dam.json", b'{"n": ' + b"9" * 100_000 + b"}"),
        ("dam.xlsx", BOOK[:-100]),
        ("dam.xlsx", b"PK\x03\x04" + b"\0" * 500),
        ("dam.xlsx", zipped({"a.txt": "x"})),
        ("dam.xlsx", zipped({"xl/workbook.xml": "<a"})),
        ("dam.xlsx", changed(BOOK, SHEET, lambda xml: b'<!DOCTYPE a [<!ENTITY a "b">]>' + xml)),
        ("dam.xlsx", changed(BOOK, SHEET, lambda xml: xml[: len(xml) // 2])),
        ("dam.xlsx", changed(BOOK, SHEET, lambda xml: b" " * 30_000_000 + xml)),
        ("dam.xlsx", sheet([])),
    ],
)
def test_what_is_no_table_or_hostile_is_refused_by_name_at_once(name, data):
    begun = time.monotonic()
    with pytest.raises(ImportRefusedError) as refused:
        rows_of(data, name)
    assert name in refused.value.message
    assert refused.value.hint
    assert time.monotonic() - begun < 20


def test_a_row_that_says_it_is_the_trillionth_is_not_waited_for():
    data = changed(
        BOOK, SHEET, lambda xml: xml.replace(b'r="2"', b'r="999999999999"').replace(b'"A2"', b'"A999999999999"')
    )
    begun = time.monotonic()
    with pytest.raises(ImportRefusedError):
        rows_of(data, "dam.xlsx")
    assert time.monotonic() - begun < 20


def test_a_cell_may_be_longer_than_a_csv_reader_usually_takes():
    text = " ".join([DAM] * 2_000)
    (dam,), _ = rows_of(written([["title", "text"], ["Long", text]]))
    assert dam.article.text == text


cells = st.text("ab,;\t\"'\n\r|\\\0é😊{}[]:1 ", max_size=30)


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.lists(cells, max_size=4), max_size=6).map(
            lambda rows: "\n".join(",".join(row) for row in rows).encode()
        ),
        st.lists(st.dictionaries(cells, cells | st.none() | st.lists(cells), max_size=3), max_size=4).map(
            lambda rows: lines(*rows)
        ),
        st.tuples(st.integers(0, len(BOOK)), st.binary(max_size=5)).map(
            lambda at: BOOK[: at[0]] + at[1] + BOOK[at[0] + len(at[1]) :]
        ),
    ),
    st.sampled_from(["a.csv", "a.tsv", "a.json", "a.jsonl", "a.xlsx"]),
    st.booleans(),
)
def test_any_bytes_give_normalised_texts_or_a_refusal(data, name, chosen):
    options = ReadOptions(mapping=TableMapping("a", claim="b", verdict="a")) if chosen else AS_IT_IS
    try:
        found = list(read_table(SourceFile(name, data), options))
    except ImportRefusedError:
        return
    for each in found:
        if isinstance(each, Reading):
            assert is_normalised(each.article.text)
            assert all(0 <= claim.span.start < claim.span.end <= len(each.article.text) for claim in each.given.claims)
