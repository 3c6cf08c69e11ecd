"""The dossier as PDF: readable, tagged, and made without anything from elsewhere."""

import sys

import pypdfium2
import pytest

from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.dossier import size
from factdesk.exchange.dossier.check import is_found, squeezed
from factdesk.exchange.exporters import export_project, foresee
from factdesk.exchange.formats import dossier_pdf
from factdesk.exchange.formats_known import get_format
from factdesk.exchange.progress import StoppedError
from factdesk.exchange.verification import earlier_fingerprint
from factdesk.store.fingerprint import fingerprint
from nasty_case import nasty_case


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf")
    case = nasty_case(folder)
    out = folder / "dossier.pdf"
    exported = export_project(case.project, "dossier-pdf", out, ExportOptions(case_id=case.case, whose=Whose.ALL))
    yield case, out, exported
    case.close()


def test_the_words_of_every_claim_are_read_back(made):
    case, out, exported = made
    assert "structure for screen readers" in exported.checked.how
    with pypdfium2.PdfDocument(out) as document:
        said = squeezed("".join(document[number].get_textpage().get_text_bounded() for number in range(len(document))))
    for claim in case.claims(case.ferry, include_refused=False):
        assert is_found(claim.quote, said), claim.quote


def test_it_is_tagged_has_bookmarks_and_a_title(made):
    _, out, _ = made
    with pypdfium2.PdfDocument(out) as document:
        assert document.is_tagged()
        assert len(document) > 3
        assert document.get_metadata_value("Title") == 'Dossier: Ferry <Milva> & "Co"'
        titles = [bookmark.get_title() for bookmark in document.get_toc()]
    assert {"Summary", "Key findings", "The claims one by one", "Sources"} <= set(titles)


def test_the_fingerprint_is_in_its_properties(made):
    case, out, _ = made
    sidecar = out.with_name("dossier.pdf.about.json")
    about = sidecar.read_bytes()
    sidecar.unlink()
    try:
        assert str(earlier_fingerprint(out)) == str(fingerprint(case.reader))
    finally:
        sidecar.write_bytes(about)


def test_the_check_misses_words_that_are_not_there(made):
    case, out, _ = made
    dataset = Dataset(case.reader, ExportOptions(), get_format("dossier-pdf"))
    assert dossier_pdf.check_dossier_pdf(dataset, out).problems == ()
    assert not is_found("never written anywhere", "awordhere")


def test_pages_and_time_are_told_beforehand_and_what_is_too_large_is_refused(made, tmp_path, monkeypatch):
    case, _, _ = made
    (expected,) = (loss for loss in foresee(case.reader, "dossier-pdf") if not loss.is_lost)
    assert expected.what == "About 20 pages, made in less than a minute"
    monkeypatch.setattr(size, "LARGEST_PDF", 3)
    for refused in (
        lambda: foresee(case.reader, "dossier-pdf"),
        lambda: export_project(case.reader, "dossier-pdf", tmp_path / "d.pdf"),
    ):
        with pytest.raises(FactdeskError, match="3 claims are the most") as told:
            refused()
        assert "Choose a part" in told.value.hint
    assert not list(tmp_path.iterdir())


def test_no_address_is_ever_fetched():
    refuser = dossier_pdf._refuser()
    for url in ("https://a.example/x.css", "file:///etc/hosts", "data:text/css,a"):
        with pytest.raises(ValueError, match="is not fetched"):
            refuser.fetch(url)


def test_it_can_be_stopped_while_pages_are_laid_out(made, tmp_path):
    case, *_ = made
    asked = []

    def stopped():
        asked.append(1)
        return len(asked) > 12

    with pytest.raises(StoppedError):
        export_project(case.project, "dossier-pdf", tmp_path / "dossier.pdf", stopped=stopped)
    assert list(tmp_path.iterdir()) == []


def test_without_pango_it_says_what_to_install_and_what_works_without(bench, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [_Broken(), *sys.meta_path])
    with pytest.raises(FactdeskError, match="Pango of the system is missing") as told:
        export_project(bench.project, "dossier-pdf", tmp_path / "dossier.pdf")
    assert "HTML" in told.value.hint
    assert "DOCX" in told.value.hint


class _Broken:
    """An import of WeasyPrint where its libraries are missing."""

    def find_spec(self, name, _path=None, _target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
