"""A case whose names are formulas, HTML, paths and addresses that act: no export lets them act."""

import csv
import json
import re
import zipfile

import pytest
from openpyxl import load_workbook

from builders import analysis_of, new_article
from factdesk.exchange.attachments import attachment_of
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats_known import formats
from factdesk.model.claims import Reason, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.articles import add_article
from factdesk.ops.claims import mark_claim, set_claimant
from factdesk.ops.evidence import add_source
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.store.claims import claims_of_article

NAME = '=HYPERLINK("http://x")<img src="file:///etc/passwd"><script>x()</script>&amp;\'"'
PATH = "../../../up.txt"
ADDRESSES = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "https://a.example/<b>?\"'&x",
    "smb://h/x",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "case.factdesk"
    with Project.create(path, reviewer=NAME, case_name=NAME) as project, project.reader() as reader:
        case = list_cases(reader)[0].id
        text = "=1+1 is what it costs. The mayor paid <b>12</b> on 3 May 2031. Nothing else is known"
        article = project.run(add_article, case, new_article(text, title=NAME, publisher=PATH, name=PATH)).created
        project.run(store_analysis, analysis_of(article, text, words=[("mayor", "PERSON", NAME)]))
        first, second = claims_of_article(reader, article, include_refused=True)[:2]
        for claim in (first, second):
            project.run(set_claimant, claim.id, NAME)
            project.run(mark_claim, claim.id, Verdict.DISPUTED, Reason.SOURCES_CONFLICT, NAME)
        for address in ADDRESSES:
            project.run(add_source, first.id, EvidenceKind.URL, Stance.REFUTES, NAME, address, NAME, source=NAME)
        file = attachment_of(b"x", f"{PATH}{NAME}")
        project.run(
            add_source, second.id, EvidenceKind.FILE, Stance.SUPPORTS, "", "", NAME, source=NAME, attachment=file
        )
        yield project


def written(project, tmp_path, name):
    kind = next(each for each in formats() if each.name == name)
    out = tmp_path / "inside" / f"out{kind.suffix}"
    out.parent.mkdir()
    made = export_project(project, name, out)
    assert made.checked.problems == ()
    return out


@pytest.mark.parametrize("name", [each.name for each in formats() if each.name != "dataset"])
def test_names_of_a_stranger_lead_no_export_to_another_place(hostile, tmp_path, name):
    out = written(hostile, tmp_path, name)
    assert {path.name for path in tmp_path.iterdir()} == {"inside"}
    assert {path.name for path in out.parent.iterdir()} <= {out.name, f"{out.name}.about.json"}
    assert not list(tmp_path.parent.glob("up*"))
    assert not [path for path in out.rglob("*") if path.is_symlink()]
    beside = out.with_name(f"{out.name}.about.json")
    if beside.exists():
        assert json.loads(beside.read_text(encoding="utf-8"))


def test_no_cell_of_a_table_begins_a_formula(hostile, tmp_path):
    out = written(hostile, tmp_path, "csv")
    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n]", cell) and not re.fullmatch(r"-?[\d.]+", cell)]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(hostile, tmp_path):
    book = load_workbook(written(hostile, tmp_path, "xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [c for c in cells if c.hyperlink and not re.match("https?://", c.hyperlink.target or "https://")]


def test_a_dossier_has_links_of_the_web_only_and_no_markup_of_a_stranger(hostile, tmp_path):
    page = written(hostile, tmp_path, "dossier-html").read_text(encoding="utf-8")
    assert "&lt;img src=" in page
    assert not re.search(r"<img|<script>x|<b>12", page)
    links = re.findall(r'href="([^"]*)"', page)
    assert [link for link in links if not re.match("https?://|#", link)] == []
    assert "javascript:alert(1)" in page


def test_a_document_has_links_of_the_web_only(hostile, tmp_path):
    with zipfile.ZipFile(written(hostile, tmp_path, "dossier-docx")) as archive:
        relations = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
    outside = re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', relations)
    assert outside
    assert all(re.search(r'Target="https?://', each) for each in outside)
