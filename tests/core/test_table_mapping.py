"""What the columns of a table hold is guessed from their names and contents, or not at all."""

import json

import pytest

from factdesk.exchange.readings import ReadOptions, SourceFile
from factdesk.exchange.tables.dialects import Dialect, dialect_of
from factdesk.exchange.tables.mapping import TableHead, guess_mapping, judgement_of, table_head, verdict_words
from factdesk.exchange.written_dates import iso_date
from factdesk.model.claims import Judgement, Reason, Verdict

TEXT = "The river rose by two metres on Sunday, and the water reached the old mill. " * 4


def head(*columns, rows=3):
    """The head of a table of these columns: a name and its cells."""
    names = tuple(name for name, *_ in columns)
    samples = tuple(tuple(cells[row % len(cells)] for _, *cells in columns) for row in range(rows))
    words = {name: tuple(dict.fromkeys(cells)) for name, *cells in columns if all(len(cell) < 60 for cell in cells)}
    return TableHead(names, samples, rows, words)


@pytest.mark.parametrize(
    "name", ["text", "Body", "article_text", "full-text", "Volltext", "content", "MAIN TEXT", "data.body"]
)
def test_the_column_of_texts_is_known_by_its_name(name):
    mapping = guess_mapping(head(("id", "1", "2"), (name, TEXT), ("notes", TEXT[:100])))
    assert mapping is not None
    assert mapping.text == name


def test_the_column_of_texts_is_known_by_its_length_only_when_that_is_sure():
    assert guess_mapping(head(("x", TEXT), ("y", "short"))).text == "x"
    assert guess_mapping(head(("x", TEXT), ("y", TEXT))) is None
    assert guess_mapping(head(("text", "short"), ("label", "true"))) is None
    assert guess_mapping(head(("summary", TEXT), ("text", TEXT))).text == "text"


def test_other_columns_are_known_by_names_in_several_languages_and_by_contents():
    mapping = guess_mapping(
        head(("Überschrift", "Damm gebrochen"), ("Quelle", "Echo"), ("Autor", "M. Vell"), ("text", TEXT),
             ("where", "https://echo.example/1", "https://echo.example/2"), ("when", "2026-03-18", "2026-03-19"), ("Sprache", "de"))
    )  # fmt: skip
    assert (mapping.title, mapping.publisher, mapping.byline) == ("Überschrift", "Quelle", "Autor")
    assert (mapping.url, mapping.published_at, mapping.language) == ("where", "when", "Sprache")


def test_a_name_is_not_believed_when_the_cells_are_of_another_kind():
    mapping = guess_mapping(head(("text", TEXT), ("link", "none of them"), ("date", "soon"), ("claim", "x")))
    assert (mapping.url, mapping.published_at, mapping.claim) == ("", "", "")


def test_labels_are_translated_as_far_as_they_are_sure_and_need_claims():
    columns = (("text", TEXT), ("claim", TEXT[:40]), ("label", "SUPPORTS", "Refuted", "Not Enough Info", "kinda"))
    mapping = guess_mapping(head(*columns, rows=4))
    assert (mapping.claim, mapping.verdict) == ("claim", "label")
    assert mapping.verdict_words == (
        ("SUPPORTS", "verified"), ("Refuted", "disputed"), ("Not Enough Info", "unverified"), ("kinda", ""),
    )  # fmt: skip
    assert guess_mapping(head(columns[0], columns[2])).verdict == ""


def test_words_of_other_tools_mean_verdicts_only_when_they_are_sure():
    assert judgement_of("True") == Judgement(Verdict.VERIFIED)
    assert judgement_of("pants-on-fire").verdict is Verdict.DISPUTED
    assert judgement_of("half-true") == Judgement(Verdict.DISPUTED, Reason.MISSING_CONTEXT)
    assert judgement_of("kinda") == Judgement()
    assert verdict_words(["wahr", "?"]) == (("wahr", "verified"), ("?", ""))


def test_the_head_tells_what_a_person_needs_to_choose():
    rows = "".join(f"{number};{'ab'[number % 2]};{TEXT * 50}\n" for number in range(50))
    found = table_head(SourceFile("t.csv", f"n;label;text\nbad\n{rows}".encode("cp1252")), ReadOptions(), 5)
    assert found.columns == ("n", "label", "text")
    assert (found.row_count, len(found.samples), found.delimiter) == (50, 5, ";")
    assert found.words == {"label": ("a", "b")}
    assert len(found.samples[0][2]) == 2_000
    assert found.encoding == "utf-8"


def test_columns_without_a_name_of_their_own_get_one():
    def names(data):
        return table_head(SourceFile("t.csv", data.encode())).columns

    assert (
        names("a,,a,a (2)\n1,2,3,4\n") == ("a", "column B", "a [C]", "a (2)")
        or len(set(names("a,,a,a (2)\n1,2,3,4\n"))) == 4
    )
    assert names("a, a ,b\n1,2,3\n") == ("a", "a (2)", "b")
    assert names(f"1,{TEXT.replace(',', ' ')}\n2,x\n") == ("column A", "column B")


def test_a_table_of_one_column_keeps_its_commas():
    found = table_head(SourceFile("t.csv", b"text\nOne, two, three\nFour; five\n"))
    assert found.samples == (("One, two, three",), ("Four; five",))
    assert found.delimiter == ""


def test_json_objects_make_columns_of_all_their_keys():
    data = "\n".join(json.dumps(each) for each in ({"a": 1, "m": {"u": "x"}}, {"b": True, "a": None}))
    found = table_head(SourceFile("t.jsonl", data.encode()))
    assert found.columns == ("a", "m.u", "b")
    assert found.samples == (("1", "x", ""), ("", "", "true"))


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("a,b\n1,2\n", Dialect(",")),
        ("a;b\n1,5;2\n1,6;3\n", Dialect(";")),
        ("a\tb,c\n1\t2\n", Dialect("\t")),
        ('a,b\n1,"x\ny, z"\n2,w\n', Dialect(",")),
        ('a,b\n1,"x \\"y, z\\" w"\n2,w\n', Dialect(",", has_escapes=True)),
        ('a\tb\n1\t"open quote\n2\tb\n3\tc\n', Dialect("\t", has_quotes=False)),
        ("text\nwords\n", Dialect("")),
        ("", Dialect("")),
        ('a,b\n1,"' + "x" * 300_000 + '"\n', Dialect(",")),
    ],
)
def test_the_dialect_is_the_one_in_which_rows_come_out_alike(text, dialect):
    assert dialect_of(text) == dialect


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("2026", "2026"), ("2026-03-18", "2026-03-18"), ("2026-03-18 09:30", "2026-03-18T09:30"),
        ("2026-03-18T09:30:00+01:00", "2026-03-18T09:30:00+01:00"), ("18.3.2026", "2026-03-18"),
        ("18/03/2026 9:30", "2026-03-18T09:30"), ("3/18/2026", "2026-03-18"), ("03/04/2026", ""), ("2026/3/18", "2026-03-18"),
        ("March 18, 2026", "2026-03-18"), ("Wednesday, 18th March 2026", "2026-03-18"), ("18. März 2026", "2026-03-18"),
        ("Wed, 18 Mar 2026 09:30:00 +0100", "2026-03-18T08:30:00Z"), ("30.02.2026", ""), ("soon", ""), ("", ""), ("99/99/9999", ""),
        ("١٨.٠٣.٢٠٢٦", "2026-03-18"), ("1" * 70, ""),
    ],
)  # fmt: skip
def test_dates_become_iso_dates_when_they_mean_one_day(said, iso):
    assert iso_date(said) == iso
