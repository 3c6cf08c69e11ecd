"""Files become articles: read off the UI thread, looked at, corrected."""

import sys
import time
import zipfile

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from factdesk.exchange import importers
from factdesk.exchange.importers import from_pasted
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import Reading
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.given import Given, GivenClaim, GivenMention
from factdesk.model.ids import article_id, sha256
from factdesk.model.spans import Span
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs.article_fields import meta_problem
from factdesk_gui.dialogs.file_reading import OneFile
from factdesk_gui.dialogs.import_dialog import ImportDialog, file_filters
from factdesk_gui.dialogs.import_row import Column
from factdesk_gui.dialogs.import_rows import ImportRows
from factdesk_gui.dialogs.mapping_dialog import MappingDialog
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
    def opened(paths, known=None, titles=None, **more):
        dialog = ImportDialog(paths, KnownArticles(known or {}, {}, titles or {}), jobs, **more)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.wanted = []
        dialog.import_wanted.connect(dialog.wanted.append)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog.reading.is_busy)
        return dialog

    return opened


def cell(dialog, row, column):
    return dialog.rows.index(row, column).data()


def column(dialog, column):
    return [cell(dialog, row, column) for row in range(dialog.rows.rowCount())]


def texts(dialog):
    return [reading.article.text for reading in dialog.wanted[0].readings]


def test_files_are_listed_and_given_in_order(make, files):
    dialog = make([files / "levee.txt", files / "dam.txt"])
    assert [cell(dialog, row, Column.FILE) for row in range(2)] == ["levee.txt", "dam.txt"]
    assert cell(dialog, 0, Column.TITLE) == "Levee broke in the night"
    assert cell(dialog, 1, Column.ENCODING) == "Windows-1251"
    assert dialog.accept_button.text() == "Import 2 articles"
    dialog.accept()
    assert texts(dialog) == [ENGLISH, RUSSIAN]


def test_a_folder_stands_for_its_files(make, files):
    dialog = make([files])
    assert {cell(dialog, row, Column.FILE) for row in range(dialog.rows.rowCount())} == {"levee.txt", "dam.txt"}


def test_files_that_cannot_be_read_are_named_while_the_others_go_on(make, files):
    (files / "empty.txt").touch()
    (files / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    dialog = make([files / "empty.txt", files / "picture.png", files / "levee.txt", files / "gone.txt"])
    assert dialog.rows.rowCount() == 1
    troubles = dialog.troubles.model.troubles()
    assert [trouble.name for trouble in troubles] == ["empty.txt", "picture.png", "gone.txt"]
    assert all(trouble.name in trouble.reason for trouble in troubles)
    assert all(trouble.hint for trouble in troubles)
    assert dialog.troubles.label.text() == "3 files or parts cannot be imported:"
    assert dialog.troubles.isVisible()
    dialog.troubles.copy.click()
    assert QGuiApplication.clipboard().text().count("\n") == 2
    dialog.accept()
    assert len(dialog.wanted[0].troubles) == 3


def test_texts_that_are_there_already_are_told_and_not_taken(make, files):
    (files / "copy.txt").write_text(ENGLISH, encoding="utf-8")
    known = {article_id(RUSSIAN): "Вестник"}
    dialog = make([files / "levee.txt", files / "copy.txt", files / "dam.txt"], known)
    assert [cell(dialog, row, Column.REMARK) for row in range(3)] == [
        "",
        "Same text as levee.txt",
        "In this case: Вестник",
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
    meta = dialog.wanted[0].readings[0].article.meta
    assert (meta.publisher, meta.published_at, meta.url) == ("The Mirow Gazette", "2024-05-14", "https://x.org")
    assert meta.title == "Levee broke in the night"


def test_a_date_nobody_can_read_is_told_before_import(make, files):
    dialog = make([files / "levee.txt"])
    dialog.detail.form.editor("published_at").setText("last Tuesday")
    assert "levee.txt: “last Tuesday” is no date" in dialog.problem
    assert not dialog.accept_button.isEnabled()
    dialog.detail.form.editor("published_at").setText("2024-05")
    assert dialog.accept_button.isEnabled()


SLOW = """
import json, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "read" and asked["path"].endswith("slow.txt"):
        time.sleep(60)
    found = {"is": "bad", "place": "", "reason": "not good", "hint": "", "member": [], "needs_mapping": False}
    print(json.dumps(found if asked["do"] == "read" else {"is": "end"}), flush=True)
    if asked["do"] == "read":
        print(json.dumps({"is": "end"}), flush=True)
"""


def test_stop_ends_a_file_in_the_middle_and_keeps_what_has_been_read(qtbot, jobs, files, tmp_path):
    child = tmp_path / "child.py"
    child.write_text(SLOW)
    paths = [files / "levee.txt", files / "slow.txt", files / "dam.txt"]
    dialog = ImportDialog([], KnownArticles({}, {}, {}), jobs)
    qtbot.addWidget(dialog)
    dialog.reading._process = lambda: FileProcess("read", [sys.executable, str(child)])
    dialog.add_files(paths)
    qtbot.waitUntil(lambda: "slow.txt" in dialog._what.text() and dialog.troubles.model.rowCount() == 1)
    assert dialog._what.text() == "Reading 2 of 3: slow.txt"
    assert not dialog.accept_button.isEnabled(), "not before all is read"
    dialog._stop.click()
    qtbot.waitUntil(lambda: not dialog.reading.is_busy)
    assert [trouble.name for trouble in dialog.troubles.model.troubles()] == ["levee.txt"]


def test_closing_stops_the_reading_and_nothing_is_told_to_a_dialog_that_is_gone(qtbot, jobs, files):
    dialog = ImportDialog([files] * 3, KnownArticles({}, {}, {}), jobs)
    dialog.open()
    dialog.ask_columns(OneFile(files / "levee.txt"))
    gone = []
    dialog.destroyed.connect(lambda: gone.append(True))
    for asked in dialog.findChildren(MappingDialog):
        asked.reject()
    dialog.reject()
    qtbot.waitUntil(lambda: bool(gone))
    qtbot.waitUntil(lambda: not jobs.busy)


def test_the_file_chooser_offers_every_kind_that_can_be_imported():
    first, *others = file_filters()
    assert len(others) == len(importers.importers()) + 1  # and archives
    assert first.startswith("All files that can be imported (")
    assert all(ending in first for other in others for ending in other.rpartition("(")[2].rstrip(")").split())
    assert "*.zip" in first


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
    dialog.table.view.selectRow(0)
    assert cell(dialog, 0, Column.REMARK) == "Corrected version"
    assert dialog.detail.version.text() == "Corrected version of “Radio Nord”"
    assert dialog.accept_button.text() == "Import 1 article, compare 1"
    dialog.detail.version.click()
    assert (cell(dialog, 0, Column.REMARK), dialog.accept_button.text()) == ("", "Import 2 articles")
    dialog.detail.version.click()
    dialog.table.view.selectRow(1)
    assert not dialog.detail.version.isVisible()
    dialog.accept()
    assert texts(dialog) == [RUSSIAN]
    assert [(old, reading.article.text) for old, reading in dialog.wanted[0].versions] == [("old", ENGLISH)]


def test_files_of_the_case_are_told_and_read_only_when_asked(make, files, qtbot):
    known = {sha256((files / "levee.txt").read_bytes())}
    dialog = make([files], hashes=known)
    assert column(dialog, Column.FILE) == ["dam.txt"]
    assert dialog.known.label.text() == "1 file is in this case already and was not read again."
    dialog.known.button.click()
    qtbot.waitUntil(lambda: not dialog.reading.is_busy)
    assert column(dialog, Column.FILE) == ["dam.txt", "levee.txt"]
    assert not dialog.known.isVisible()


def test_an_archive_shows_what_is_inside_and_reads_one_of_it_again(make, tmp_path, qtbot):
    path = tmp_path / "wire.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/levee.txt", ENGLISH)
        archive.writestr("b/dam.txt", RUSSIAN.encode("cp1251"))
        archive.writestr("c/noise.bin", bytes(range(256)))
    dialog = make([path])
    assert column(dialog, Column.FILE) == ["wire.zip › a/levee.txt", "wire.zip › b/dam.txt"]
    assert [trouble.name for trouble in dialog.troubles.model.troubles()] == ["wire.zip › c/noise.bin"]
    dialog.table.choose(1)
    dialog.detail.encoding.choose("koi8_r")
    qtbot.waitUntil(lambda: cell(dialog, 1, Column.ENCODING) == "KOI8-R")
    assert column(dialog, Column.FILE) == ["wire.zip › a/levee.txt", "wire.zip › b/dam.txt"]
    assert dialog.table.key == 1


def test_a_drop_on_the_dialog_adds_files(make, files, qtbot):
    dialog = make([files / "levee.txt"])
    dialog.add_files([files / "dam.txt"])
    qtbot.waitUntil(lambda: not dialog.reading.is_busy)
    assert column(dialog, Column.FILE) == ["levee.txt", "dam.txt"]


def test_an_empty_table_says_why(make, files, tmp_path):
    (tmp_path / "none").mkdir()
    assert "nothing to import yet" in make([tmp_path / "none"]).table._empty.text()
    (files / "empty.txt").touch()
    assert "None of this can be imported" in make([files / "empty.txt"]).table._empty.text()
    known = {sha256((files / "levee.txt").read_bytes())}
    assert "in the case already" in make([files / "levee.txt"], hashes=known).table._empty.text()


# the table without files ---------------------------------------------------------------------------------------------


def reading(number, text="", *, warnings=(), given=None, **meta):
    text = text or f"Report {number}. Rain fell on {number} villages."
    article = NewArticle(text, ArticleMeta(**meta), ArticleSource(text.encode(), f"{number}.txt"))
    return Reading(article, warnings=tuple(warnings), given=given or Given(), kind="Plain text")


@pytest.fixture
def rows(qapp):
    return ImportRows(KnownArticles({article_id("Known text."): "Radio Nord"}, {}, {}))


def shown(rows, column=Column.FILE):
    return [rows.index(number, column).data() for number in range(rows.rowCount())]


def test_rows_are_sorted_by_a_column_and_go_back_to_the_order_of_reading(rows, qtmodeltester):
    rows.add([reading(10, title="b"), reading(9, title="c"), reading(2)])
    rows.sort(Column.FILE)
    assert shown(rows) == ["2.txt", "9.txt", "10.txt"]
    rows.sort(Column.TITLE)
    assert shown(rows, Column.TITLE) == ["b", "c", ""], "what has none comes last"
    rows.sort(-1)
    assert shown(rows) == ["10.txt", "9.txt", "2.txt"]
    qtmodeltester.check(rows)


def test_a_row_in_hand_stays_so_when_rows_are_sorted(rows):
    rows.add([reading(3), reading(1), reading(2)])
    kept = QPersistentModelIndex(rows.index(0, 0))
    rows.sort(Column.FILE)
    assert kept.row() == 2
    assert kept.data() == "3.txt"


def test_only_rows_with_remarks_are_shown_and_chosen(rows):
    rows.add([reading(1), reading(2, warnings=["A table was left out."]), reading(3)])
    rows.show_only_remarks(only=True)
    assert shown(rows) == ["2.txt"]
    assert shown(rows, Column.REMARK) == ["A table was left out"]
    rows.want_shown(wanted=False)
    rows.show_only_remarks(only=False)
    assert [each.is_wanted for each in rows.list.rows()] == [True, False, True]
    assert rows.list.counts == (2, 0, 1)


def test_marks_are_counted_and_taken_over_also_for_a_text_that_is_there(rows):
    given = Given(claims=(GivenClaim(Span(0, 5)),), mentions=(GivenMention(Span(0, 5), "ORG"),) * 1200)
    rows.add([reading(1, "Known text.", given=given), reading(2, "Known text."), reading(3, given=given)])
    assert shown(rows, Column.MARKS) == ["1 claim, 1,200 mentions", "", "1 claim, 1,200 mentions"]
    assert shown(rows, Column.REMARK)[0] == "In this case: Radio Nord; its marks are added"
    assert [each.is_wanted for each in rows.list.rows()] == [True, False, True]


def test_a_copy_is_none_any_more_when_the_first_is_read_differently(rows):
    first, copy = reading(1, "One text."), reading(2, "One text.")
    rows.add([first, copy])
    assert shown(rows, Column.REMARK) == ["", "Same text as 1.txt"]
    rows.replace_file(rows.row(0).file, [reading(1, "Another text.")])
    assert shown(rows, Column.REMARK) == ["", ""]
    assert rows.list.counts[0] == 2


def test_a_table_read_with_other_columns_takes_the_place_of_its_rows(rows):
    rows.add([reading(1), *(reading(5, f"Row {number}.") for number in range(3)), reading(2)])
    rows.replace_file(rows.row(1).file, [reading(5, f"Other {number}.") for number in range(2)])
    assert shown(rows) == ["1.txt", "5.txt", "5.txt", "2.txt"]
    assert [each.article.text for each in rows.list.rows()][1:3] == ["Other 0.", "Other 1."]


def test_thousands_of_rows_cost_no_more_than_hundreds(rows):
    def seconds(count):
        made = [reading(f"{count}-{number}") for number in range(count)]
        started = time.process_time()
        for start in range(0, count, 100):
            rows.add(made[start : start + 100])
        return time.process_time() - started

    seconds(100)
    assert seconds(4000) < 25 * seconds(400) + 0.2
