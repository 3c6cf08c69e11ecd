"""The dialog of export and dossier: formats, choices, place, and what would be lost."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from factdesk.errors import FactdeskError
from factdesk.exchange import formats_known
from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.export_format import (
    ALL_FEATURES,
    Checked,
    Choice,
    ExportFormat,
    FormatOption,
    Group,
    Loss,
    Written,
)
from factdesk.exchange.exporters import Exported
from factdesk.exchange.sidecar import IN_FOLDER
from factdesk.model.articles import Case
from factdesk_gui.dialogs import export_dialog
from factdesk_gui.dialogs.export_dialog import ExportDialog
from factdesk_gui.dialogs.export_forecast import Forecast
from factdesk_gui.dialogs.export_result_dialog import ExportResultDialog
from factdesk_gui.dialogs.export_subject import ClaimChoice, Subject, name_for
from factdesk_gui.jobs import Jobs
from factdesk_gui.notices import Offer
from factdesk_gui.prefs import Prefs


def made(name, title, suffix, group, **more):
    return ExportFormat(
        name=name,
        title=title,
        suffix=suffix,
        group=group,
        description=f"{title} for tests.",
        unit="code points",
        holds=ALL_FEATURES,
        write=lambda *_: Written(0, "lines"),
        check=lambda *_: Checked("Looked at."),
        **more,
    )


TAGS = FormatOption("tags", "&Tags", (("iob", "IOB2"), ("bilou", "BILOU")), "How tokens are tagged")
WHOLE = made(
    "jsonl", "Everything", ".jsonl", Group.WHOLE, ignores=frozenset({Choice.CASE, Choice.CLAIMS, Choice.WHOSE})
)
TABLE = made("csv", "Table", ".csv", Group.TABLE, works_without_text=True)
TOKENS = made("conll", "Tokens", "", Group.TOOL, options=(TAGS,))
OTHER = made("doccano", "Doccano", ".jsonl", Group.TOOL)
REPORT = made("dossier-html", "Dossier (HTML)", ".html", Group.REPORT)
FORMATS = (WHOLE, TABLE, TOKENS, OTHER, REPORT)


class Oracle:
    """Answers by hand what would be lost."""

    def __init__(self):
        self.questions, self.closed = [], False
        self.losses = [Loss("12 notes"), Loss("1 link between claims", "It is left out.")]

    def foresee(self, format_name, options, stopped):  # noqa: ARG002 - the signature of a Seer
        self.questions.append((format_name, options))
        if isinstance(self.losses, FactdeskError):
            raise self.losses
        return self.losses

    def close(self):
        self.closed = True


@pytest.fixture
def prefs(tmp_path, qapp):
    return Prefs(tmp_path / "prefs.ini")


@pytest.fixture
def jobs(qapp):
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def oracle():
    return Oracle()


@pytest.fixture
def shown(qtbot, prefs, jobs, oracle, tmp_path, monkeypatch):
    """Opens the dialog on a project with two cases and two reviewers."""
    monkeypatch.setattr(export_dialog, "formats", lambda: FORMATS)
    monkeypatch.setattr(export_dialog, "broken_formats", lambda: ("“x” cannot be loaded (why).",))
    subject = Subject(
        project=tmp_path / "Flood.factdesk",
        cases=(Case("c1", "The flood", ""), Case("c2", "The fire", "")),
        case_id="c2",
        reviewers=("Ada", "Bert"),
    )

    def show(**more):
        dialog = ExportDialog(replace(subject, **more), prefs, Forecast(jobs, oracle))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    yield show
    qtbot.waitUntil(lambda: not jobs.busy)


def answer(qtbot, dialog):
    with qtbot.waitSignal(dialog.export_wanted) as told:
        dialog.accept_button.click()
    return told.args[0]


# formats


def test_formats_stand_below_their_groups(shown):
    dialog = shown()
    texts = [dialog.list.list.item(row).text() for row in range(dialog.list.list.count())]
    assert texts == [
        *("Everything", "Everything", "Tables and datasets", "Table", "Annotation tools", "Tokens", "Doccano"),
        *("Report", "Dossier (HTML)"),
    ]
    assert dialog.list.name() == "jsonl"


def test_a_format_is_found_by_typing(shown, qtbot):
    dialog = shown()
    qtbot.keyClicks(dialog.list.search, "doc tool")
    assert dialog.list.names() == ["doccano"]
    assert dialog.list.name() == "doccano"
    dialog.list.search.setText("nothing like that")
    assert dialog.list.names() == []
    dialog.list.search.clear()
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Up)
    assert dialog.list.name() == "conll"


def test_the_arrow_keys_pass_over_the_names_of_groups(shown, qtbot):
    dialog = shown()
    seen = [dialog.list.name()]
    for _ in range(4):
        qtbot.keyClick(dialog.list.list, Qt.Key.Key_Down)
        seen.append(dialog.list.name())
    assert seen == [each.name for each in FORMATS]


def test_a_format_tells_what_it_is_for_and_what_its_positions_count(shown):
    dialog = shown()
    dialog.choose_format("conll")
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Tokens for tests." in words
    assert "A folder of files. Positions are code points." in words
    assert "1 format cannot be used." in words


def test_what_plugins_cannot_do_is_told_quietly(shown):
    dialog = shown()
    quiet = next(label for label in dialog.findChildren(QLabel) if "cannot be used" in label.text())
    assert "“x” cannot be loaded (why)." in quiet.toolTip()


def test_the_dossier_offers_only_reports_of_the_case_on_the_desk(shown, qtbot, prefs):
    dialog = shown(is_report=True)
    assert dialog.windowTitle() == "Dossier"
    assert dialog.list.names() == ["dossier-html"]
    wanted = answer(qtbot, dialog)
    assert (wanted.path.name, wanted.options.case_id) == ("Flood-dossier.html", "c2")
    assert wanted.options.decisions_only
    assert (prefs.report_format, prefs.export_format) == ("dossier-html", "")


def test_without_any_format_nothing_can_be_written(shown, monkeypatch):
    monkeypatch.setattr(export_dialog, "formats", lambda: (TABLE,))
    dialog = shown(is_report=True)
    assert not dialog.accept_button.isEnabled()
    assert dialog.export() is None


def test_every_registered_format_can_be_gone_to(shown, monkeypatch):
    monkeypatch.setattr(export_dialog, "formats", formats_known.formats)
    dialog = shown()
    names = [each.name for each in formats_known.formats()]
    assert dialog.list.names() == names
    for name in names:
        dialog.choose_format(name)
        wanted = dialog.export()
        assert wanted.format == name
        assert wanted.path.name.startswith("Flood")


# losses


def test_what_would_be_lost_is_listed(shown, qtbot, oracle):
    dialog = shown()
    dialog.choose_format("csv")
    qtbot.waitUntil(lambda: "12 notes" in dialog.losses.text)
    assert "1 link between claims – It is left out." in dialog.losses.text
    assert oracle.questions[-1][0] == "csv"
    oracle.losses = [Loss("About 20 pages", is_lost=False)]
    dialog.options.anonymous.setChecked(True)
    qtbot.waitUntil(lambda: "Nothing is lost." in dialog.losses.text)
    assert "About 20 pages." in dialog.losses.text
    assert oracle.questions[-1][1].anonymous


def test_only_the_newest_question_is_answered(shown, qtbot, oracle):
    dialog = shown()
    qtbot.waitUntil(lambda: not dialog.losses.is_busy)
    asked = len(oracle.questions)
    for name in ("csv", "conll", "doccano"):
        dialog.choose_format(name)
    assert dialog.losses.is_busy
    qtbot.waitUntil(lambda: not dialog.losses.is_busy)
    assert [name for name, _ in oracle.questions[asked:]] == ["doccano"]


def test_a_slow_answer_that_nobody_wants_any_more_is_given_up(shown, qtbot, oracle):
    slow = []

    def foresee(format_name, options, stopped):
        oracle.questions.append((format_name, options))
        while format_name == "csv" and not stopped():
            slow.append(1)
        return []

    oracle.foresee = foresee
    dialog = shown()
    dialog.choose_format("csv")
    qtbot.waitUntil(lambda: bool(slow))
    dialog.choose_format("doccano")
    qtbot.waitUntil(lambda: "Nothing is lost." in dialog.losses.text)
    assert oracle.questions[-1][0] == "doccano"


def test_choices_that_do_not_go_together_are_told(shown, qtbot, oracle):
    oracle.losses = FactdeskError("Nobody called “Zoe” worked here.", "Choose a reviewer.")
    dialog = shown()
    qtbot.waitUntil(lambda: "Nobody called" in dialog.losses.text)
    assert "Choose a reviewer." in dialog.losses.text


def test_a_closed_dialog_asks_no_more(shown, qtbot, oracle):
    dialog = shown()
    dialog.reject()
    qtbot.waitUntil(lambda: oracle.closed)


# choices


def test_choices_go_into_the_options(shown, qtbot):
    dialog = shown()
    dialog.choose_format("csv")
    form = dialog.options
    form.case.setCurrentIndex(1)
    form.whose.setCurrentIndex(4)
    form.decisions_only.setChecked(True)
    form.without_text.setChecked(True)
    form.licence.setEditText(" CC-BY-4.0 ")
    options = answer(qtbot, dialog).options
    assert options == ExportOptions(
        decisions_only=True, whose=Whose.ONE, reviewer="Bert", with_text=False, case_id="c1", licence="CC-BY-4.0"
    )


def test_a_format_offers_its_own_choices(shown, qtbot):
    dialog = shown()
    dialog.choose_format("conll")
    box = dialog.options.own("tags")
    assert (box.accessibleName(), box.toolTip()) == ("Tags", "How tokens are tagged")
    assert dialog.export().options.choices == {"tags": "iob"}
    box.setCurrentIndex(1)
    assert answer(qtbot, dialog).options.choices == {"tags": "bilou"}
    again = shown()
    again.choose_format("conll")
    assert again.export().options.choices == {"tags": "bilou"}
    again.choose_format("csv")
    assert again.export().options.choices == {}


def test_what_a_format_cannot_honour_cannot_be_chosen(shown):
    dialog = shown()
    form = dialog.options
    form.case.setCurrentIndex(1)
    dialog.choose_format("csv")
    form.case.setCurrentIndex(1)
    form.without_text.setChecked(True)
    dialog.choose_format("jsonl")
    assert not form.case.isEnabled()
    assert not form.without_text.isEnabled()
    assert "no sense without the texts" in form.without_text.toolTip()
    assert form.whole.isVisible()
    assert dialog.export().options == ExportOptions()
    dialog.choose_format("csv")
    assert form.case.isEnabled()
    assert not form.whole.isVisible()
    assert "may not pass on" in form.without_text.toolTip()


def test_only_the_chosen_rows_are_exported(shown, qtbot):
    dialog = shown(chosen=ClaimChoice("Only the 2 chosen claims", frozenset({"a", "b"})))
    dialog.choose_format("csv")
    assert not dialog.options.case.isEnabled()
    options = answer(qtbot, dialog).options
    assert (options.claim_ids, options.case_id) == ({"a", "b"}, "c2")


def test_claims_of_the_queue_are_offered_when_they_are_known(shown):
    dialog = shown()
    dialog.choose_format("csv")
    assert not dialog.options.claims.isVisible()
    dialog.add_claims(ClaimChoice("Those shown in the queue now, 0", frozenset()))
    assert not dialog.options.claims.isVisible()
    dialog.add_claims(ClaimChoice("Those shown in the queue now, 1", frozenset({"a"})))
    assert dialog.options.claims.isVisible()
    dialog.options.claims.setCurrentIndex(1)
    assert dialog.export().options.claim_ids == {"a"}


def test_questions_with_one_answer_are_not_asked(shown):
    dialog = shown(cases=(Case("c1", "The flood", ""),), case_id="c1", reviewers=("Ada",))
    dialog.choose_format("csv")
    assert not dialog.options.case.isVisible()
    assert not dialog.options.whose.isVisible()
    assert dialog.export().options == ExportOptions()


def test_a_report_has_no_licence(shown):
    dialog = shown()
    dialog.options.licence.setEditText("CC0-1.0")
    assert dialog.export().options.licence == "CC0-1.0"
    dialog.choose_format("dossier-html")
    assert not dialog.options.licence.isVisible()
    assert dialog.export().options.licence == ""


def test_choices_are_remembered_for_each_format(shown, qtbot, prefs):
    dialog = shown()
    dialog.choose_format("csv")
    dialog.options.anonymous.setChecked(True)
    dialog.options.whose.setCurrentIndex(1)
    dialog.options.licence.setEditText("ODbL-1.0")
    answer(qtbot, dialog)
    again = shown()
    assert again.list.name() == "csv"
    options = again.export().options
    assert (options.anonymous, options.whose, options.licence) == (True, Whose.ALL, "ODbL-1.0")
    again.choose_format("doccano")
    assert (again.export().options.anonymous, again.export().options.whose) == (False, Whose.IN_FORCE)
    assert set(json.loads(prefs.export_choices)) == {"csv"}


@pytest.mark.parametrize("stored", ["{", "[]", '{"csv": 3}', '{"csv": {"colour": 1}}'])
def test_broken_settings_are_forgotten(shown, prefs, stored):
    prefs.export_choices = stored
    assert shown().export().options == ExportOptions()


# place


def test_the_name_follows_the_format(shown, tmp_path):
    dialog = shown()
    names = []
    for each in FORMATS:
        dialog.choose_format(each.name)
        names.append(dialog.export().path.name)
    assert names == ["Flood.jsonl", "Flood.csv", "Flood-conll", "Flood-doccano.jsonl", "Flood-dossier.html"]
    assert names == [name_for("Flood", each) for each in FORMATS]
    assert dialog.export().path.parent == tmp_path


def test_the_next_export_begins_where_the_last_one_went(shown, prefs, tmp_path):
    (tmp_path / "out").mkdir()
    prefs.export_format, prefs.export_folder = "csv", str(tmp_path / "out")
    assert shown().export().path == tmp_path / "out" / "Flood.csv"


def test_a_name_that_a_person_gave_keeps_its_stem(shown, tmp_path):
    dialog = shown()
    dialog.place.take(tmp_path / "mine.v2.jsonl")
    dialog.choose_format("csv")
    assert dialog.export().path == tmp_path / "mine.v2.csv"
    dialog.choose_format("conll")
    assert dialog.export().path == tmp_path / "mine.v2"
    dialog.choose_format("csv")
    dialog.place.row.set_path(tmp_path / "typed")
    assert dialog.export().path == tmp_path / "typed.csv"


def test_places_that_cannot_be_written_are_told(shown, tmp_path):
    project = tmp_path / "Flood.factdesk"
    (tmp_path / "Flood.jsonl").touch()
    dialog = shown()
    assert "will be replaced" in dialog.problem
    assert dialog.accept_button.isEnabled()
    for path, words in (
        (tmp_path / "no" / "x.jsonl", "There is no folder"),
        (tmp_path, "is a folder"),
        (project, "itself"),
    ):
        dialog.place.row.set_path(path)
        assert words in dialog.problem
        assert not dialog.accept_button.isEnabled()
    dialog.place.row.set_path("")
    assert not dialog.accept_button.isEnabled()
    dialog.place.take(tmp_path / "Flood.jsonl")
    assert dialog.problem == ""


def test_only_a_folder_of_ours_is_replaced(shown, tmp_path):
    folder = tmp_path / "Flood-conll"
    folder.mkdir()
    dialog = shown()
    dialog.choose_format("conll")
    assert dialog.problem == ""
    (folder / "diary.txt").touch()
    dialog.choose_format("csv")
    dialog.choose_format("conll")
    assert "holds other files" in dialog.problem
    assert not dialog.accept_button.isEnabled()
    (folder / IN_FOLDER).write_text('{"made_with": "Factdesk 0.1.0", "files": {}}', encoding="utf-8")
    dialog.choose_format("csv")
    dialog.choose_format("conll")
    assert "will be replaced" in dialog.problem
    assert dialog.accept_button.isEnabled()


def test_a_folder_is_made_inside_the_one_that_is_chosen(shown, tmp_path):
    dialog = shown()
    dialog.choose_format("conll")
    (tmp_path / "out").mkdir()
    dialog.place._on_folder(tmp_path / "out")
    assert dialog.export().path == tmp_path / "out" / "Flood-conll"
    (tmp_path / "out" / IN_FOLDER).write_text('{"made_with": "Factdesk 0.1.0", "files": {}}', encoding="utf-8")
    dialog.place._on_folder(tmp_path / "out")
    assert dialog.export().path == tmp_path / "out"


# what it tells assistive tools, and the result


def test_everything_that_takes_input_has_a_name(shown):
    dialog = shown()
    dialog.choose_format("conll")
    form = dialog.options
    boxes = (form.case, form.claims, form.whose, form.licence, form.own("tags"), dialog.list.list, dialog.list.search)
    assert all(box.accessibleName() for box in boxes)
    assert "“reviewer 1”" in form.anonymous.accessibleDescription()


def test_the_details_say_how_it_was_checked_and_what_it_lacks(qtbot, tmp_path):
    export = Exported(
        tmp_path / "x.csv",
        Written(1, "claims", ("2 cells were cut.", "3 were guarded.")),
        (Loss("12 notes"),),
        Checked("Read again: 1 row."),
    )
    acted = []
    dialog = ExportResultDialog(export, [Offer("Open the folder", lambda: acted.append(1))])
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    words = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for expected in ("x.csv: 1 claim.", "Read again: 1 row.", "•  2 cells were cut.", "12 notes"):
        assert expected in words
    dialog.foot.widgets[0].click()
    assert acted == [1]
