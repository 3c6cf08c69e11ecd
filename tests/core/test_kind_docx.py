"""Word documents become articles: what is shown in order, what is not shown left out, and hostile ones refused."""

import io
import time
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factdesk.errors import ImportRefusedError
from factdesk.exchange.importers import importer_for, read_source
from factdesk.exchange.readings import Reading, SourceFile
from factdesk.text.normalise import is_normalised

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def document(body: str, *, namespace: str = W, more: dict[str, str | bytes] | None = None) -> bytes:
    """A document of which only the XML of the text is written."""
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {namespace}><w:body>{body}</w:body></w:document>",
    }
    return packed(parts | (more or {}))


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def p(*runs: str) -> str:
    return "<w:p>" + "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def read(data: bytes, name: str = "dam.docx") -> Reading:
    file = SourceFile(name, data, "2026-03-18T09:30:00Z")
    (reading,) = read_source(file)
    assert isinstance(reading, Reading)
    assert reading.article.source.original is file.data
    return reading


def test_paragraphs_and_tables_come_in_the_order_of_the_document():
    made = docx.Document()
    made.core_properties.title = ""
    made.core_properties.author = "Mara Vell"
    made.add_heading("Dam at Orlen breaks", 0)
    made.add_paragraph("The river rose by two metres on Sunday.")
    table = made.add_table(2, 3)
    for row, words in enumerate((("Place", "Metres", ""), ("Orlen", "2.1", "at the\nmill"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    made.add_paragraph("Nobody was hurt.\nSchools stay shut.")
    file = io.BytesIO()
    made.save(file)
    reading = read(file.getvalue())
    assert reading.article.text == (
        "Dam at Orlen breaks\n\nThe river rose by two metres on Sunday.\n\nPlace\tMetres\nOrlen\t2.1\tat the mill\n\n"
        "Nobody was hurt.\nSchools stay shut."
    )
    meta = reading.article.meta
    assert (meta.title, meta.byline, meta.published_at) == ("Dam at Orlen breaks", "Mara Vell", "")
    assert any("Mara Vell" in warning for warning in reading.warnings)
    assert any("Tables" in warning for warning in reading.warnings)


def test_insertions_count_and_deletions_do_not():
    reading = read(
        document(
            p("The dam ", "<w:ins><w:r><w:t>at Orlen </w:t></w:r></w:ins>", "<w:del><w:r><w:delText>nearly </w:delText></w:r></w:del>", "broke.")
            + "<w:tbl><w:tr><w:tc>" + p("kept") + "</w:tc><w:tc>" + p("too") + "</w:tc></w:tr>"
            "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("gone") + "</w:tc><w:tc>" + p("too") + "</w:tc></w:tr></w:tbl>"
            + "<w:moveFrom>" + p("moved away") + "</w:moveFrom>"
        )
    )  # fmt: skip
    assert reading.article.text == "The dam at Orlen broke.\n\nkept\ttoo"
    assert any("tracked changes" in warning for warning in reading.warnings)


def test_links_and_results_of_fields_are_text_and_instructions_are_not():
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    body = p(
        "See ",
        "<w:hyperlink><w:r><w:t>the report</w:t></w:r></w:hyperlink>",
        " on page ",
        mark.format("begin"),
        "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>",
        mark.format("separate"),
        "<w:r><w:t>12</w:t></w:r>",
        mark.format("end"),
        "<w:fldSimple w:instr='DATE'><w:r><w:t> of March</w:t></w:r></w:fldSimple>",
        "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:t>😊</w:t></w:r>",
    )
    assert read(document(body)).article.text == "See the report on page 12 of March\t-😊"


def test_notes_go_to_the_end_and_comments_hidden_words_and_contents_are_left_out():
    note = f'<w:footnotes {W}><w:footnote w:id="-1">{p("---")}</w:footnote><w:footnote w:id="2">{p("Town hall.")}</w:footnote></w:footnotes>'
    ending = f'<w:endnotes {W}><w:endnote w:id="2">{p("Radio.")}</w:endnote></w:endnotes>'
    body = (
        "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>Rain 1</w:t></w:r></w:p>"
        + p(
            "It rained",
            "<w:r><w:endnoteReference w:id='2'/></w:r>",
            " all night",
            "<w:r><w:footnoteReference w:id='2'/></w:r>",
            ".",
        )
        + p("<w:commentRangeStart w:id='0'/>", "Then it stopped.", "<w:r><w:commentReference w:id='0'/></w:r>")
        + p(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>",
            "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>open</w:t></w:r>",
        )
    )
    more = {
        "word/footnotes.xml": note,
        "word/endnotes.xml": ending,
        "word/comments.xml": "<a/>",
        "word/header1.xml": "<a/>",
    }
    reading = read(document(body, more=more))
    assert reading.article.text == (
        "It rained[1] all night[2].\n\nThen it stopped.\n\nopen\n\n[1] Radio.\n\n[2] Town hall."
    )
    told = " ".join(reading.warnings)
    for word in ("comments", "hidden", "contents", "2 notes", "Headers"):
        assert word in told


def test_a_text_box_is_read_once_after_its_paragraph():
    box = "<w:txbxContent>" + p("In the box.") + "</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing>' + box + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(document(p("Before ", both, "after."))).article.text == "Before after.\n\nIn the box."


def test_a_frame_of_one_cell_is_no_table():
    cell = "<w:tbl><w:tr><w:tc>" + p("One.") + p("Two.") + "</w:tc></w:tr></w:tbl>"
    reading = read(document(cell))
    assert reading.article.text == "One.\n\nTwo."
    assert reading.warnings == ()


@pytest.mark.parametrize("name", ["letter.docm", "letter.dotx", "letter.txt", "letter.pdf", "letter"])
def test_templates_macros_and_wrong_names_are_read_by_what_they_are(name):
    strict = document(p("The dam held, says the mayor."), namespace=STRICT, more={"word/vbaProject.bin": b"\0macro"})
    assert read(strict, name).article.text == "The dam held, says the mayor."


def test_a_spreadsheet_is_no_word_document():
    data = packed({"[Content_Types].xml": TYPES, "docProps/app.xml": "<a/>", "xl/workbook.xml": "<a/>"})
    assert importer_for(SourceFile("letter.xlsx", data)).name == "table"
    with pytest.raises(ImportRefusedError, match=r"letter\.docx"):
        read(data, "letter.docx")


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (document(p("x"))[:200], "broken"),
        (document(""), "no text"),
        (document("<w:p>")[:-1], "broken"),
        (packed({"[Content_Types].xml": TYPES, "word/document.xml": "<a"}), "broken"),
        (packed({"[Content_Types].xml": TYPES, "word/document.xml": ENTITIES + f"<w:document {W}><w:body>&b;</w:body></w:document>"}), "entities"),
        (packed({"[Content_Types].xml": TYPES, "word/document.xml": (ENTITIES + "<a/>").encode("utf-16")}), "entities"),
        (packed({"[Content_Types].xml": TYPES, "word/document.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}), "entities"),
        (document(p("x"), more={"word/media/a.bin": b"\0" * 40_000_000}), "tightly"),
        (document("<w:sdt>" * 400 + p("x") + "</w:sdt>" * 400), "broken"),
        (b"PK\x03\x04word/" + b"\0" * 300, "broken"),
    ],
    ids=["cut", "empty", "cut at the end", "cut XML", "entities", "entities in UTF-16", "outside", "bomb", "deep", "no archive"],
)  # fmt: skip
def test_what_is_broken_or_hostile_is_refused_by_name_at_once(data, word):
    begun = time.monotonic()
    with pytest.raises(ImportRefusedError, match=word) as refused:
        read(data)
    assert "“dam.docx”" in refused.value.message
    assert refused.value.hint
    assert time.monotonic() - begun < 3


WHOLE = document(
    p("The dam ", "<w:ins><w:r><w:t>at Orlen</w:t></w:r></w:ins>")
    + "<w:tbl><w:tr><w:tc>"
    + p("a")
    + "</w:tc></w:tr></w:tbl>"
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6), st.booleans())
def test_whatever_is_damaged_gives_a_normalised_text_or_a_refusal(place, noise, cut):
    data = WHOLE[:place] + noise + (b"" if cut else WHOLE[place + len(noise) :])
    try:
        found = list(read_source(SourceFile("dam.docx", data)))
    except ImportRefusedError:
        return
    assert all(isinstance(each, Reading) and is_normalised(each.article.text) for each in found)
