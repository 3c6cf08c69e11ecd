"""OpenDocument texts become articles, packed and flat; hostile ones are refused."""

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factdesk.errors import ImportRefusedError
from factdesk.exchange.importers import importer_for, read_source
from factdesk.exchange.readings import Reading, SourceFile
from factdesk.text.normalise import is_normalised

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "text", "table", "draw", "meta", "style")
)
KIND = "application/vnd.oasis.opendocument.text"
META = (
    f'<office:document-meta {NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
    "<dc:title>Dam breaks</dc:title><dc:creator>Second Hand</dc:creator>"
    "<meta:initial-creator>Mara Vell</meta:initial-creator></office:meta></office:document-meta>"
)


def document(body: str, *, meta: str = META, manifest: str = "<a/>", kind: str = KIND) -> bytes:
    content = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
        archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


def read(data: bytes, name: str = "dam.odt") -> Reading:
    file = SourceFile(name, data)
    (reading,) = read_source(file)
    assert isinstance(reading, Reading)
    assert reading.article.source.original is file.data
    return reading


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_headings_paragraphs_lists_and_tables_come_in_order():
    cell = "<table:table-cell>{}</table:table-cell>"
    row = "<table:table-row>" + cell.format(p("Orlen")) + cell.format(p("2.1") + p("metres")) + "</table:table-row>"
    body = (
        "<text:h text:outline-level='1'>Dam at Orlen breaks</text:h>"
        + p("The river\n   rose by <text:span>two</text:span> metres<text:s text:c='2'/>on<text:tab/>Sunday.<text:line-break/>😊")
        + "<text:list><text:list-item>" + p("First") + "</text:list-item><text:list-item>" + p("Second") + "</text:list-item></text:list>"
        + "<table:table><table:table-header-rows>" + row + "</table:table-header-rows>" + row + "</table:table>"
        + p("<text:a>A link</text:a> and an end.")
    )  # fmt: skip
    reading = read(document(body))
    assert reading.article.text == (
        "Dam at Orlen breaks\n\nThe river rose by two metres  on\tSunday.\n😊\n\nFirst\n\nSecond\n\n"
        "Orlen\t2.1 metres\nOrlen\t2.1 metres\n\nA link and an end."
    )
    meta = reading.article.meta
    assert (meta.title, meta.byline, meta.published_at) == ("Dam breaks", "Mara Vell", "")


def test_what_is_not_shown_is_left_out_and_told():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("never") + "</text:deletion></text:changed-region>"
        "</text:tracked-changes><text:table-of-content>" + p("Rain 1") + "</text:table-of-content>"
        + p("It rained<office:annotation>" + p("sure?") + "</office:annotation> all night"
            "<text:note><text:note-citation>1</text:note-citation><text:note-body>" + p("Radio.") + "</text:note-body></text:note>.")
        + p("Before<draw:frame><draw:text-box>" + p("In the box.") + "</draw:text-box></draw:frame> after.")
    )  # fmt: skip
    reading = read(document(body))
    assert reading.article.text == "It rained all night[1].\n\nBefore after.\n\nIn the box.\n\n[1] Radio."
    told = " ".join(reading.warnings)
    for word in ("tracked changes", "comments", "1 note ", "contents", "Text boxes"):
        assert word in told


def test_a_flat_document_is_read_too_whatever_its_name():
    flat = (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{KIND}"><office:meta><meta:initial-creator>M. Vell'
        f"</meta:initial-creator></office:meta><office:body><office:text>{p('The dam held.')}</office:text></office:body></office:document>"
    ).encode()
    for name in ("dam.fodt", "dam.xml", "dam.txt"):
        assert read(flat, name).article.text == "The dam held."
    assert read(flat).article.meta.byline == "M. Vell"


def test_a_template_is_read_and_a_sheet_is_not():
    assert read(document(p("The dam held."), kind=KIND + "-template"), "dam.ott").article.text == "The dam held."
    sheet = document("", kind="application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(ImportRefusedError, match=r"dam\.odt"):
        importer_for(SourceFile("dam.odt", sheet))


def test_signs_of_private_use_in_the_file_are_no_white_space():
    assert read(document(p("a\ue000b"))).article.text == "a\ufffdb"


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (document(p("x"))[:300], "broken"),
        (document(""), "no text"),
        (document(p("<")), "broken"),
        (document(p("&lol;")), "broken"),
        (document(p("x"), manifest="<encryption-data/>"), "password"),
        (document(p("x"), meta=BOMB + META), "entities"),
        (document(p(" " * 30_000_000)), "tightly"),
        (document("<text:section>" * 300 + p("x") + "</text:section>" * 300), "broken"),
        (f'{BOMB}<office:document {NAMES} office:mimetype="{KIND}"/>'.encode(), "entities"),
        (f'<office:document {NAMES} office:mimetype="{KIND}"/>'.encode(), "no OpenDocument"),
    ],
    ids=["cut", "empty", "broken XML", "entity", "locked", "bomb", "blank", "deep", "flat bomb", "flat and empty"],
)
def test_what_is_broken_or_hostile_is_refused_by_name_at_once(data, word):
    begun = time.monotonic()
    with pytest.raises(ImportRefusedError, match=word) as refused:
        read(data)
    assert "“dam.odt”" in refused.value.message
    assert refused.value.hint
    assert time.monotonic() - begun < 3


def test_a_space_that_stands_for_millions_is_bounded():
    assert len(read(document(p("a<text:s text:c='99999999'/>b<text:s text:c='-1'/>c"))).article.text) < 2_000


WHOLE = document(p("The dam <text:span>at Orlen</text:span>") + "<table:table><table:table-row/></table:table>")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6), st.booleans())
def test_whatever_is_damaged_gives_a_normalised_text_or_a_refusal(place, noise, cut):
    data = WHOLE[:place] + noise + (b"" if cut else WHOLE[place + len(noise) :])
    try:
        found = list(read_source(SourceFile("dam.odt", data)))
    except ImportRefusedError:
        return
    assert all(isinstance(each, Reading) and is_normalised(each.article.text) for each in found)
