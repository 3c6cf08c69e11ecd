"""Files become articles: read off the UI thread, looked at, corrected."""

import threading

import pytest
from PySide6.QtCore import Qt

from factdesk.exchange import importers
from factdesk.exchange.importers import from_pasted, read_file
from factdesk.model.ids import article_id
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs import file_reading
from factdesk_gui.dialogs.article_fields import meta_problem
from factdesk_gui.dialogs.import_dialog import ImportDialog, file_filters
from factdesk_gui.dialogs.import_rows import Column
from factdesk_gui.jobs import Jobs

ENGLISH = "Levee broke in the night\n\nSome 250 people left their homes on Tuesday 🌊.\n"
RUSSIAN = "Дамба прорвана ночью\n\nОколо 200 человек покинули свои дома во вторник, сообщил мэр города.\n" * 3


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "levee.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "dam.txt").write_bytes(RUSSIAN.encode("cp1251"))
    return folder


@pytest.fixture
def make(qtbot, jobs):
    def opened(paths, known=None, titles=None):
        dialog = ImportDialog(paths, KnownArticles(known or {}, {}, titles or {}), jobs)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.given = []
        dialog.versions = []
        dialog.articles_given.connect(dialog.given.extend)
        dialog.versions_given.connect(dialog.versions.extend)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog.reading.is_busy)
        return dialog

    return opened


def cell(dialog, row, column):
    return dialog.rows.index(row, column).data()


def test_files_are_listed_and_given_in_order(make, files):
    dialog = make([files / "levee.txt", files / "dam.txt"])
    assert [cell(dialog, row, Column.FILE) for row in range(2)] == ["levee.txt", "dam.txt"]
    assert cell(dialog, 0, Column.TITLE) == "Levee broke in the night"
    assert cell(dialog, 1, Column.ENCODING) == "Windows-1251"
    assert dialog.accept_button.text() == "Import 2 articles"
    dialog.accept()
    assert [article.text for article in dialog.given] == [ENGLISH, RUSSIAN]


def test_a_folder_stands_for_its_files(make, files):
    dialog = make([files])
    assert {cell(dialog, row, Column.FILE) for row in range(dialog.rows.rowCount())} == {"levee.txt", "dam.txt"}


def test_files_that_cannot_be_read_are_named_while_the_others_go_on(make, files):
    (files / "empty.txt").touch()
    (files / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    dialog = make([files / "empty.txt", files / "picture.png", files / "levee.txt", files / "gone.txt"])
    assert dialog.rows.rowCount() == 1
    reasons = [dialog.refused.item(row).text() for row in range(dialog.refused.count())]
    assert [name in reason for name, reason in zip(("empty", "picture", "gone"), reasons, strict=True)] == [True] * 3
    assert dialog.refused_label.text() == "3 files cannot be imported:"


def test_texts_that_are_there_already_are_told_and_not_taken(make, files):
    (files / "copy.txt").write_text(ENGLISH, encoding="utf-8")
    known = {article_id(RUSSIAN): "Вестник"}
    dialog = make([files / "levee.txt", files / "copy.txt", files / "dam.txt"], known)
    assert [cell(dialog, row, Column.REMARK) for row in range(3)] == [
        "",
        "same text as levee.txt",
        "in this case: Вестник",
    ]
    assert dialog.accept_button.text() == "Import 1 article"


def test_a_check_mark_takes_a_file_out(make, files):
    dialog = make([files / "levee.txt"])
    dialog.rows.setData(dialog.rows.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert dialog.accept_button.text() == "Import 0 articles"
    assert not dialog.accept_button.isEnabled()


def test_another_encoding_reads_the_file_anew_and_keeps_what_was_filled_in(make, files, qtbot):
    dialog = make([files / "dam.txt"])
    dialog.detail.form.editor("publisher").setText("Вестник")
    dialog.detail.encoding.choose("koi8_r")
    qtbot.waitUntil(lambda: cell(dialog, 0, Column.ENCODING) == "KOI8-R")
    article = dialog.rows.row(0).article
    assert article.text == RUSSIAN.encode("cp1251").decode("koi8_r")
    assert article.meta.publisher == "Вестник"
    assert dialog.detail.preview.toPlainText().startswith(article.text[:10])


def test_what_is_filled_in_goes_with_the_article(make, files):
    dialog = make([files / "levee.txt"])
    for key, value in {"publisher": "The Mirow Gazette", "published_at": "2024-05-14", "url": "https://x.org"}.items():
        dialog.detail.form.editor(key).setText(value)
    assert cell(dialog, 0, Column.PUBLISHER) == "The Mirow Gazette"
    dialog.accept()
    meta = dialog.given[0].meta
    assert (meta.publisher, meta.published_at, meta.url) == ("The Mirow Gazette", "2024-05-14", "https://x.org")
    assert meta.title == "Levee broke in the night"


def test_a_date_nobody_can_read_is_told_before_import(make, files):
    dialog = make([files / "levee.txt"])
    dialog.detail.form.editor("published_at").setText("last Tuesday")
    assert "levee.txt: “last Tuesday” is no date" in dialog.problem
    assert not dialog.accept_button.isEnabled()
    dialog.detail.form.editor("published_at").setText("2024-05")
    assert dialog.accept_button.isEnabled()


def test_stop_keeps_what_has_been_read(qtbot, jobs, files, monkeypatch):
    gate, first = threading.Event(), threading.Event()

    def slow(path, encoding=None):
        if path.name != "levee.txt":
            first.set()
            gate.wait(10)
        return read_file(path, encoding)

    monkeypatch.setattr(file_reading, "read_file", slow)
    paths = [files / "levee.txt", files / "dam.txt", *(files / f"never{number}.txt" for number in range(5))]
    dialog = ImportDialog(paths, KnownArticles({}, {}, {}), jobs)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(first.is_set)
    assert not dialog.accept_button.isEnabled(), "not before all is read"
    dialog._stop.click()
    gate.set()
    qtbot.waitUntil(lambda: not dialog.reading.is_busy)
    assert dialog.rows.rowCount() == 2
    assert dialog.refused.count() == 0
    assert dialog.accept_button.isEnabled()


def test_closing_stops_the_reading(qtbot, jobs, files):
    dialog = ImportDialog([files / "levee.txt"], KnownArticles({}, {}, {}), jobs)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not jobs.busy)


def test_the_file_chooser_offers_every_kind_that_can_be_imported():
    assert len(file_filters()) == len(importers.importers())
    assert "*.txt" in file_filters()[0]


@pytest.mark.parametrize(
    "date", ["", "2024", "2024-03", "2024-03-18", "2024-03-18T09:30Z", "2024-03-18 09:30:01+02:00"]
)
def test_dates_as_precise_as_known_are_fine(date):
    meta = from_pasted("Some text.").meta
    assert meta_problem(type(meta)(published_at=date)) == ""


@pytest.mark.parametrize("date", ["18.3.2024", "2024-13", "2024-02-45", "March", "2024-03-18T25:00"])
def test_other_dates_are_told(date):
    meta = from_pasted("Some text.").meta
    assert date in meta_problem(type(meta)(published_at=date))


def test_language_codes_are_checked():
    meta = from_pasted("Some text.").meta
    assert meta_problem(type(meta)(language="pt-BR")) == ""
    assert "English, mostly" in meta_problem(type(meta)(language="English, mostly"))


def test_a_newer_text_of_an_article_is_offered_as_its_version(make, files, qtbot):
    titles = {"levee broke in the night": ("old", "")}
    dialog = make([files / "levee.txt", files / "dam.txt"], {"old": "Radio Nord"}, titles)
    dialog.table.selectRow(0)
    assert cell(dialog, 0, Column.REMARK) == "corrected version"
    assert dialog.detail.version.text() == "Corrected version of “Radio Nord”"
    assert dialog.accept_button.text() == "Import 1 article, compare 1"
    dialog.detail.version.click()
    assert (cell(dialog, 0, Column.REMARK), dialog.accept_button.text()) == ("", "Import 2 articles")
    dialog.detail.version.click()
    dialog.table.selectRow(1)
    assert not dialog.detail.version.isVisible()
    dialog.accept()
    assert [article.text for article in dialog.given] == [RUSSIAN]
    assert [(old, article.text) for old, article in dialog.versions] == [("old", ENGLISH)]
