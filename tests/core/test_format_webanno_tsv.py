import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.exchange.annotation.uima import CLAIM, NAMED_ENTITY
from factdesk.exchange.annotation.webanno import escape_text, escape_value, parse_tsv, unescape_text, unescape_value
from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import ExportCheckError, export_project
from factdesk.exchange.formats import webanno_tsv
from factdesk.exchange.formats.webanno_tsv import EXPORT
from factdesk.exchange.progress import Steps
from factdesk.model.spans import Span
from loose_documents import LooseDataset, document_of, documents
from nasty_case import OVER_A_LINE, ROUTE, TWO_SENTENCES, nasty_case
from unicode_texts import texts


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def written(folder, *given_documents):
    EXPORT.write(LooseDataset(list(given_documents), EXPORT), folder, Steps(9))
    return [path.read_bytes().decode() for path in sorted(folder.glob("*.tsv"))]


def utf_16(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_the_head_is_followed_by_two_empty_lines_and_the_file_ends_with_a_token(tmp_path):
    [content] = written(tmp_path, document_of("One two. Three."))
    rows = content.split("\n")
    assert rows[0] == "#FORMAT=WebAnno TSV 3.3"
    assert rows[1] == f"#T_SP={NAMED_ENTITY}|identifier|value"
    assert rows[2].startswith(f"#T_SP={CLAIM}|verdict|reason|note|")
    assert rows[3:6] == ["", "", "#Text=One two."]
    assert rows[6].startswith("1-1\t0-3\tOne\t_\t_\t")
    assert rows[9:11] == ["", "#Text=Three."]
    assert rows[-1] == ""
    assert rows[-2].startswith("2-2\t14-15\t.\t")


def test_positions_are_utf_16_units(tmp_path):
    [content] = written(tmp_path, document_of("I like it 😊 in Berlin.", [Span(15, 21)]))
    row = next(row for row in content.split("\n") if "\tBerlin\t" in row)
    assert row.split("\t")[:5] == ["1-6", "16-22", "Berlin", "e1", "ORG"]


def test_annotations_of_several_tokens_and_stacked_ones_are_numbered(tmp_path):
    text = "Old Port Ostrel sank."
    mentions = [Span(4, 15), Span(9, 15), Span(0, 3)]
    [content] = written(tmp_path, document_of(text, mentions, [Span(0, 21)]))
    labels = [row.split("\t")[4] for row in content.split("\n") if re.match(r"\d", row)]
    assert labels == ["ORG", "ORG[2]", "ORG[2]|ORG[3]", "_", "_"]
    verdicts = [row.split("\t")[5] for row in content.split("\n") if re.match(r"\d", row)]
    assert verdicts == ["disputed[1]"] * 5


def test_the_nasty_case_is_read_again_token_by_token(nasty, tmp_path):
    made = export_project(nasty.project, "webanno-tsv", tmp_path / "tsv")
    paths = sorted((tmp_path / "tsv").glob("*.tsv"))
    for path, document in zip(paths, Dataset(nasty.reader, ExportOptions()).documents(), strict=True):
        rows = path.read_bytes().decode().split("\n")
        headers = [number for number, row in enumerate(rows) if row.startswith("#Text=")]
        for number in headers:
            sentence = unescape_text(rows[number].removeprefix("#Text="))
            start = int(rows[number + 1].split("\t")[1].split("-")[0])
            assert utf_16(document.text, start, start + len(sentence.encode("utf-16-le")) // 2) == sentence
        for row in rows:
            if re.match(r"\d+-\d+\t", row):
                _, places, form, *_ = row.split("\t")
                assert utf_16(document.text, *map(int, places.split("-"))) == form
        parsed = parse_tsv(path.read_bytes().decode())
        claims = {(mark["start"], mark["end"], mark["claimId"]) for mark in parsed.marks if mark["layer"] == CLAIM}
        quotes = {id_: utf_16(document.text, start, end) for start, end, id_ in claims}
        assert quotes == {each.claim.id: each.claim.quote for each in document.claims}
    ferry = {
        mark["claimId"]: mark for mark in parse_tsv(paths[0].read_bytes().decode()).marks if mark["layer"] == CLAIM
    }
    assert ferry[nasty.claim(nasty.ferry, ROUTE)]["note"] == "two\nlines\tand a tab | _ ->"
    assert ferry[nasty.claim(nasty.ferry, OVER_A_LINE)]["confidence"] == "100"
    assert ferry[nasty.claim(nasty.ferry, TWO_SENTENCES)]["verdict"] == "unverified"
    assert ferry[nasty.claim(nasty.ferry, TWO_SENTENCES)]["confidence"] == "0"
    assert "INCEpTION" in made.checked.how
    assert any("between sentences" in loss.what for loss in made.losses)


@given(texts)
def test_escapes_come_back(text):
    assert unescape_text(escape_text(text)) == text
    assert not re.search(r"[\t\n\r]", escape_text(text))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert unescape_value(escape_value(text)) == lines
    assert not re.search(r"[\t\n\r]", escape_value(text))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("\n\n\n#Text=One", "\n\n#Text=One", "two empty lines"),
        ("\n\n#Text=Three", "\n\n\n#Text=Three", "there are two empty lines"),
        ("\n#Text=Three.\n", "\n", "does not begin with its text"),
        ("2-1\t9-14", "2-1\t3-8", "inside the one before"),
        ("1-2\t", "1-3\t", "wrong number"),
        ("\t_\t_\t_\t", "\t", "not all columns"),
    ],
)
def test_what_inception_would_refuse_is_found(tmp_path, old, new, words):
    [content] = written(tmp_path, document_of("One two. Three."))
    assert old in content
    with pytest.raises(ValueError, match=words):
        parse_tsv(content.replace(old, new, 1))
    with pytest.raises(ValueError, match="at the end"):
        parse_tsv(content + "\n")


def test_positions_in_code_points_fail_the_check(nasty, tmp_path, monkeypatch):
    class Wrong:
        def __init__(self, text):
            pass

        def to_utf16(self, code_point):
            return code_point

    right = webanno_tsv.Utf16Map
    write = webanno_tsv._lines

    def lines(*arguments):
        monkeypatch.setattr(webanno_tsv, "Utf16Map", Wrong)
        yield from write(*arguments)
        monkeypatch.setattr(webanno_tsv, "Utf16Map", right)

    monkeypatch.setattr(webanno_tsv, "_lines", lines)
    with pytest.raises(ExportCheckError):
        export_project(nasty.project, "webanno-tsv", tmp_path / "tsv")


@settings(deadline=None, max_examples=80)
@given(st.lists(documents(), max_size=3))
def test_any_text_with_any_marks_comes_back(tmp_path_factory, found):
    dataset = LooseDataset(found, EXPORT)
    out = tmp_path_factory.mktemp("tsv")
    EXPORT.write(dataset, out, Steps(9))
    assert EXPORT.check(dataset, out).problems == ()
