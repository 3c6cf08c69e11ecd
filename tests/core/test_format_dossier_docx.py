"""The dossier as DOCX: real headings and tables, every passage, and fields that a word processor fills."""

import re
import zipfile

import docx
import pytest

from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.exporters import export_project
from factdesk.exchange.verification import earlier_fingerprint
from factdesk.model.claims import Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.claims import mark_claim
from factdesk.ops.evidence import add_source
from factdesk.store.fingerprint import fingerprint
from nasty_case import nasty_case


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docx")
    case = nasty_case(folder)
    out = folder / "dossier.docx"
    exported = export_project(case.project, "dossier-docx", out, ExportOptions(whose=Whose.ALL))
    yield case, out, exported
    case.close()


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def test_every_passage_is_a_paragraph_of_its_own(made):
    case, out, exported = made
    assert "word for word" in exported.checked.how
    quotes = {paragraph.text for paragraph in docx.Document(str(out)).paragraphs if paragraph.style.name == "Quote"}
    for article in (case.ferry, case.evening, case.world, case.copy, case.market):
        assert {claim.quote for claim in case.claims(article, include_refused=False)} <= quotes


def test_headings_are_headings_and_first_rows_of_tables_are_heads(made):
    document = docx.Document(str(made[1]))
    titles = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert titles[:3] == ["Contents", "Summary", "How this was done"]
    assert next(len(row.cells) for row in document.tables[0].rows) == 7
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_fields_languages_directions_and_properties_are_set(made):
    case, out, _ = made
    body = part(out, "word/document.xml")
    assert re.search(r'<w:instrText[^>]*> TOC \\o "1-2"', body)
    assert body.count('w:fldCharType="begin"') == body.count('w:fldCharType="end"')
    assert "<w:bidi/>" in body
    assert "<w:rtl/>" in body
    assert 'w:lang w:val="ja"' in body
    assert " PAGE " in part(out, "word/footer1.xml")
    properties = docx.Document(str(out)).core_properties
    assert properties.title.startswith("Dossier: ")
    assert properties.language == "en-GB"
    assert properties.keywords == str(fingerprint(case.reader))


def test_links_within_lead_to_bookmarks(made):
    body = part(made[1], "word/document.xml")
    names = set(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', body))
    assert set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', body)) <= names


def test_only_addresses_of_the_web_become_links_and_control_characters_do_no_harm(bench, tmp_path):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.DISPUTED, note="bell \x07 and <w:p/>")
    for url in ("javascript:alert(1)", "https://good.example/?a=1&b=2"):
        bench.run(add_source, claim, EvidenceKind.URL, Stance.CONTEXT, url=url, quote="\x0b said")
    out = tmp_path / "dossier.docx"
    export_project(bench.project, "dossier-docx", out)
    targets = re.findall(r'Target="([^"]+)" TargetMode="External"', part(out, "word/_rels/document.xml.rels"))
    assert targets == ["https://good.example/?a=1&amp;b=2"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert "javascript:alert(1)" in text
    assert "bell \ufffd and <w:p/>" in text


def test_the_fingerprint_is_found_in_its_properties(made):
    case, out, _ = made
    sidecar = out.with_name("dossier.docx.about.json")
    about = sidecar.read_bytes()
    sidecar.unlink()
    try:
        assert str(earlier_fingerprint(out)) == str(fingerprint(case.reader))
    finally:
        sidecar.write_bytes(about)
