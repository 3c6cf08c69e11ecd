"""What the columns of a table hold is asked, shown on its first rows, and remembered."""

import csv
import zipfile

import pytest
from PySide6.QtCore import Qt

from factdesk.errors import ImportRefusedError
from factdesk.exchange.tables.mapping import TableHead
from factdesk.model.given import TableMapping
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs.import_dialog import ImportDialog
from factdesk_gui.dialogs.import_row import Column
from factdesk_gui.dialogs.mapped_row import check_rows, mapped_row
from factdesk_gui.dialogs.mapping_dialog import MappingDialog
from factdesk_gui.dialogs.mapping_memory import remember_mapping, remembered_mappings
from factdesk_gui.jobs import Jobs
from factdesk_gui.prefs import Prefs

TEXT = "The levee broke on Sunday night. Some 240 people left their homes, the mayor said. " * 4
HEAD = TableHead(
    columns=("n", "headline", "body", "day", "said", "label"),
    samples=(
        ("1", "Levee & dam", TEXT, "2 March 2024", "Some 240 people left their homes", "true"),
        ("2", "Bridge", "too short", "03/04/2024", "", "pants"),
    ),
    row_count=2,
    words={"label": ("true", "pants")},
)


@pytest.fixture
def dialog(qtbot):
    made = MappingDialog("rows.csv")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.given = []
    made.mapping_given.connect(lambda columns, mapping: made.given.append((columns, mapping)))
    made.open()
    return made


def choose(dialog, part, name):
    box = dialog.form.editor(part)
    box.setCurrentIndex(box.findData(name))


def test_nothing_can_be_agreed_on_before_the_table_is_read(dialog):
    assert not dialog.accept_button.isEnabled()
    dialog.show_error(ImportRefusedError("“rows.csv” is no table.", "Check what it is."))
    assert dialog.problem == "“rows.csv” is no table. Check what it is."


def test_the_guess_is_chosen_and_shown_on_the_first_row(dialog):
    dialog.show_head(HEAD)
    mapping = dialog.mapping()
    assert (mapping.text, mapping.title, mapping.published_at) == ("body", "headline", "day")
    assert dialog.preview.toPlainText() == TEXT
    assert dialog.facts.text().splitlines()[:2] == ["Levee & dam", "2024-03-02"]
    assert dialog.table.horizontalHeaderItem(2).text() == "body\nText"
    assert dialog.table.horizontalHeaderItem(0).text() == "n\nnot used"


def test_a_choice_changes_the_preview_and_a_table_without_texts_is_refused(dialog):
    dialog.show_head(HEAD)
    choose(dialog, "text", "")
    assert dialog.problem == "Choose the column that holds the texts."
    assert not dialog.accept_button.isEnabled()
    choose(dialog, "text", "n")
    assert "holds no texts" in dialog.problem
    choose(dialog, "text", "body")
    assert dialog.accept_button.isEnabled()
    dialog.table.selectRow(1)
    assert dialog.preview.toPlainText() == "too short"


def test_words_of_the_verdict_are_given_a_meaning(dialog):
    dialog.show_head(HEAD)
    choose(dialog, "claim", "said")
    choose(dialog, "verdict", "label")
    assert dialog.words.values() == {"true": "verified", "pants": ""}
    box = dialog.words.editor("pants")
    box.setCurrentIndex(box.findData("disputed"))
    assert "Claim, verified: Some 240 people" in dialog.facts.text()
    dialog.accept()
    ((columns, mapping),) = dialog.given
    assert columns == HEAD.columns
    assert mapping.verdict_words == (("true", "verified"), ("pants", "disputed"))


def test_what_was_said_before_comes_before_the_guess(dialog):
    remembered = TableMapping("body", "said", verdict="label", claim="said", verdict_words=(("true", "disputed"),))
    dialog.show_head(HEAD, remembered)
    assert (dialog.mapping().title, dialog.mapping().published_at) == ("said", "")
    assert dialog.words.values() == {"true": "disputed", "pants": ""}


@pytest.mark.parametrize(
    ("mapping", "words", "blocks"),
    [
        (TableMapping("body"), "1 row of the first 2 will be left out", False),
        (TableMapping("body", verdict="label"), "A verdict belongs to a claim", True),
        (TableMapping("body", url="body"), "chosen twice", True),
        (TableMapping("body", claim="headline"), "may not stand in the text", False),
        (TableMapping("body", published_at="day"), "1 date of the first rows is not clear", False),
    ],
)
def test_what_is_odd_about_a_mapping_is_told(mapping, words, blocks):
    problem, is_blocking = check_rows(HEAD, mapping)
    assert words in problem
    assert is_blocking == blocks


def test_a_claim_that_is_not_in_the_text_says_so():
    row = mapped_row(HEAD, TableMapping("body", claim="headline", verdict="label"), 0)
    assert row.facts[-1] == "Claim (not found in the text as it is here), no verdict: Levee & dam"


def test_mappings_are_remembered_by_their_columns(tmp_path):
    prefs = Prefs(tmp_path / "prefs.ini")
    first = TableMapping("body, the long one", verdict_words=(("päis", "disputed"), ('"', "")))
    remember_mapping(prefs, ("a", "b, c"), first)
    remember_mapping(prefs, ("d",), TableMapping("d"))
    remember_mapping(prefs, ("d",), TableMapping("d", "d"))
    prefs.sync()
    again = Prefs(tmp_path / "prefs.ini")
    assert remembered_mappings(again) == {("a", "b, c"): first, ("d",): TableMapping("d", "d")}
    again.table_mappings = ["nonsense", *again.table_mappings, '{"columns": 3}']
    assert len(remembered_mappings(again)) == 2


def test_broken_memories_are_no_reason_to_fail(tmp_path):
    prefs = Prefs(tmp_path / "prefs.ini")
    prefs.table_mappings = ["{}", '{"columns": ["a"], "mapping": {"unheard": 1, "verdict_words": []}}', "[1]"]
    assert remembered_mappings(prefs) == {}


# in an import --------------------------------------------------------------------------------------------------------


def table(path, rows, names=("p", "q")):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([names, *rows])
    return path


@pytest.fixture
def imported(qtbot):
    jobs = Jobs()

    def opened(paths, **more):
        dialog = ImportDialog(paths, KnownArticles({}, {}, {}), jobs, **more)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.named = []
        dialog.mapping_named.connect(lambda columns, mapping: dialog.named.append((columns, mapping)))
        dialog.open()
        qtbot.waitUntil(lambda: not dialog.reading.is_busy, timeout=30_000)
        return dialog

    yield opened
    jobs.close()


def rows_of(number):
    return [
        (f"Levee {number} broke at {place}, and people left for {number}.", f"Town of {place} on the river")
        for place in ("Mirow", "Orlen")
    ]


def test_tables_with_the_same_columns_share_what_was_said_about_one(imported, tmp_path, qtbot):
    paths = [table(tmp_path / f"{number}.csv", rows_of(number)) for number in (1, 2)]
    other = table(tmp_path / "3.csv", rows_of(3), ("x", "y"))
    dialog = imported([*paths, other])
    assert [trouble.needs_mapping for trouble in dialog.troubles.model.troubles()] == [True] * 3
    assert dialog.troubles.columns.isEnabled()
    dialog.troubles.columns.click()
    (asked,) = dialog.findChildren(MappingDialog)
    qtbot.waitUntil(lambda: asked.table.rowCount() == 2, timeout=30_000)
    choose(asked, "text", "p")
    asked.accept()
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 4 and not dialog.reading.is_busy, timeout=30_000)
    assert [dialog.rows.row(number).name for number in range(4)] == [
        f"{number}.csv › row {row}" for number in (1, 2) for row in (2, 3)
    ]
    assert [trouble.name for trouble in dialog.troubles.model.troubles()] == ["3.csv"]
    assert dialog.named[0][0] == ("p", "q")


def test_a_table_in_an_archive_is_asked_about_and_remembered_too(imported, tmp_path, qtbot):
    path = tmp_path / "wire.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(table(tmp_path / "1.csv", rows_of(1)), "in/1.csv")
        archive.writestr("in/note.txt", "The town says that the levee will be mended.")
    first = imported([path])
    (trouble,) = first.troubles.model.troubles()
    assert (trouble.name, trouble.needs_mapping) == ("wire.zip › in/1.csv", True)
    first.ask_columns(trouble.file)
    (asked,) = first.findChildren(MappingDialog)
    qtbot.waitUntil(lambda: asked.table.rowCount() == 2, timeout=30_000)
    choose(asked, "text", "p")
    asked.accept()
    qtbot.waitUntil(lambda: first.rows.rowCount() == 3 and not first.reading.is_busy, timeout=30_000)
    assert first.troubles.model.rowCount() == 0
    second = imported([path], mappings={("p", "q"): TableMapping("p")})
    assert second.troubles.model.rowCount() == 0
    assert second.rows.rowCount() == 3


def test_a_remembered_mapping_is_used_and_can_be_changed(imported, tmp_path, qtbot):
    path = table(tmp_path / "1.csv", rows_of(1))
    dialog = imported([path], mappings={("p", "q"): TableMapping("q")})
    assert dialog.rows.row(0).article.text == "Town of Mirow on the river"
    dialog.detail.columns.click()
    (asked,) = dialog.findChildren(MappingDialog)
    qtbot.waitUntil(lambda: asked.table.rowCount() == 2, timeout=30_000)
    assert asked.mapping().text == "q"
    choose(asked, "text", "p")
    choose(asked, "title", "q")
    asked.accept()
    qtbot.waitUntil(lambda: "Levee" in dialog.rows.row(0).article.text, timeout=30_000)
    assert dialog.rows.index(0, Column.TITLE).data() == "Town of Mirow on the river"
    assert dialog.rows.rowCount() == 2
    qtbot.waitUntil(lambda: not dialog.reading.is_busy, timeout=30_000)
