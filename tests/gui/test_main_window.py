"""The window as a whole: what commands do to the project, and what is seen of it."""

import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from builders import BRIDGE, new_article
from commands import run
from factdesk.model.claims import Reason, Status, Verdict
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.versions import replace_article
from factdesk.project import Project
from factdesk.store.articles import list_articles, sentences_of
from factdesk.store.claims import claims_of_article, get_claim, history_of, links_of
from factdesk.store.evidence import evidence_of
from factdesk.store.mentions import mentions_of_article
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.import_dialog import ImportDialog
from factdesk_gui.theme import themes


def current(window):
    return get_claim(window.workspace.session.reader, window.workspace.review.claim_id)


def test_the_first_window_offers_ways_to_begin_and_no_dock(window):
    assert not any(dock.isVisible() for dock in window.docks.all())
    assert not window.binder.action(Command.IMPORT_FILES).isEnabled()
    assert window.binder.action(Command.OPEN_SAMPLE).isEnabled()


def test_every_command_is_answered_once_a_project_is_open(opened):
    assert opened.binder.unanswered() == []


@pytest.mark.parametrize(
    ("command", "verdict"),
    [
        (Command.VERIFY, Verdict.VERIFIED),
        (Command.DISPUTE, Verdict.DISPUTED),
        (Command.UNVERIFY, Verdict.UNVERIFIED),
    ],
)
def test_a_verdict_is_on_disk_and_accepts_the_suggestion(opened, qtbot, command, verdict):
    run(opened, command, qtbot)
    claim = current(opened)
    assert (claim.verdict, claim.status, claim.decided_by) == (verdict, Status.ACCEPTED, "Ada")
    qtbot.waitUntil(lambda: opened.binder.action(command).isChecked())


def test_a_verdict_is_cleared_and_the_history_keeps_both(opened, qtbot):
    run(opened, Command.VERIFY, qtbot)
    run(opened, Command.CLEAR_VERDICT, qtbot)
    history = history_of(opened.workspace.session.reader, current(opened).id)
    assert [decision.judgement.verdict for decision in history] == [None, Verdict.VERIFIED]


def test_the_same_reason_twice_takes_it_away(opened, qtbot):
    run(opened, Command.DISPUTE, qtbot)
    run(opened, Command.REASON_2, qtbot)
    assert current(opened).judgement.reason is Reason.SOURCES_CONFLICT
    run(opened, Command.REASON_2, qtbot)
    assert current(opened).judgement.reason is None


def test_edges_move_by_words_and_undo_brings_them_back(opened, qtbot):
    before = current(opened).span
    run(opened, Command.END_LATER, qtbot)
    run(opened, Command.START_LATER, qtbot)
    moved = current(opened)
    assert BRIDGE[moved.span.start : moved.span.end] == "bridge at Ostrava fell on Monday. Mayor"
    run(opened, Command.UNDO, qtbot)
    run(opened, Command.UNDO, qtbot)
    assert current(opened).span == before
    run(opened, Command.REDO, qtbot)
    assert current(opened).span.end > before.end


def test_undo_names_its_step_in_the_menu(opened, qtbot):
    run(opened, Command.VERIFY, qtbot)
    qtbot.waitUntil(lambda: "verified" in opened.binder.title(Command.UNDO))


def test_a_selection_becomes_a_claim_a_mention_and_evidence(opened, project, qtbot):
    workspace = opened.workspace
    first = current(opened)
    start = BRIDGE.index("12 people")
    workspace.review.show_passage(project.bridge, Span(start, start + 9))
    workspace.review.select(passage(project.bridge, start, start + 10))
    run(opened, Command.EVIDENCE_REFUTES, qtbot)
    evidence = evidence_of(workspace.session.reader, first.id)
    assert [(one.stance, one.quote) for one in evidence] == [("refutes", "12 people ")]
    run(opened, Command.NEW_CLAIM, qtbot)
    qtbot.waitUntil(lambda: current(opened).quote == "12 people")
    assert current(opened).made_by == "Ada"
    workspace.review.select(passage(project.bridge, start, start + 2))
    opened.controls.marks.add_mention("CARDINAL")
    qtbot.waitUntil(lambda: not workspace.session.pending)
    mentions = mentions_of_article(workspace.session.reader, project.bridge)
    assert ("12", "CARDINAL") in {(one.quote, one.label) for one in mentions}


def passage(article, start, end):
    from factdesk_gui.review import Passage

    return Passage(article, Span(start, end))


def test_refusing_goes_on_to_the_next_claim(opened, qtbot):
    refused = current(opened)
    run(opened, Command.REFUSE, qtbot)
    assert get_claim(opened.workspace.session.reader, refused.id).status is Status.REFUSED
    assert opened.workspace.review.claim_id != refused.id


def test_a_mention_in_hand_takes_accept_and_edges(opened, project, qtbot):
    mention = mentions_of_article(opened.workspace.session.reader, project.bridge)[0]
    claim = current(opened)
    opened.workspace.review.choose_mention(mention.id)
    run(opened, Command.ACCEPT, qtbot)
    run(opened, Command.END_LATER, qtbot)
    changed = mentions_of_article(opened.workspace.session.reader, project.bridge)[0]
    assert (changed.id, changed.status, changed.quote) == (mention.id, Status.ACCEPTED, "Ostrava fell")
    assert current(opened) == claim


def test_all_shown_suggestions_are_accepted_as_one_step(opened, project, qtbot):
    run(opened, Command.ACCEPT_SHOWN, qtbot)
    reader = opened.workspace.session.reader

    def statuses():
        return {claim.status for article in project.texts for claim in claims_of_article(reader, article)}

    qtbot.waitUntil(lambda: statuses() == {Status.ACCEPTED})
    run(opened, Command.UNDO, qtbot)
    assert statuses() == {Status.SUGGESTED}


def test_next_source_goes_round_the_linked_claims(opened, project, qtbot):
    reader = opened.workspace.session.reader
    linked = next(claim for claim in claims_of_article(reader, project.bridge) if claim.linked)
    opened.workspace.review.choose_claim(linked.id)
    run(opened, Command.NEXT_SOURCE, qtbot)
    assert current(opened).article_id == project.again
    run(opened, Command.NEXT_SOURCE, qtbot)
    assert current(opened).id == linked.id


def test_claims_chosen_in_two_articles_are_linked_by_one_command(opened, project, qtbot):
    reader = opened.workspace.session.reader
    here = claims_of_article(reader, project.bridge)[0]
    there = claims_of_article(reader, project.report)[0]
    opened.workspace.review.choose_claim(here.id)
    opened.workspace.review.choose_claim(there.id)
    run(opened, Command.LINK, qtbot)
    assert there.id in {claim.id for _, claim in links_of(reader, here.id)}


def test_the_place_is_kept_over_closing_and_opening(opened, project, qtbot):
    claim = claims_of_article(opened.workspace.session.reader, project.report)[1]
    opened.workspace.review.choose_claim(claim.id)
    shown = opened.workspace.desk.shown_articles()
    run(opened, Command.CLOSE_PROJECT, qtbot)
    assert opened.workspace is None
    opened.projects.open(project.path)
    qtbot.waitUntil(lambda: opened.workspace is not None)
    assert opened.workspace.review.claim_id == claim.id
    assert opened.workspace.desk.shown_articles() == shown


def test_a_project_named_from_where_one_stands_is_remembered_by_its_whole_path(window, project, qtbot, monkeypatch):
    monkeypatch.chdir(project.path.parent)
    project.close()
    window.projects.open(project.path.relative_to(project.path.parent))
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert window.workspace.session.project.path == project.path
    window.close_workspace()


def test_a_claim_of_a_replaced_text_is_not_taken_up_again(opened, project, qtbot):
    session, review = opened.workspace.session, opened.workspace.review
    review.choose_claim(claims_of_article(session.reader, project.bridge)[0].id)
    with qtbot.waitSignal(session.changed):
        session.run(replace_article, review.case_id, project.bridge, new_article("Nothing of it is true."))
    run(opened, Command.CLOSE_PROJECT, qtbot)
    opened.projects.open(project.path)
    qtbot.waitUntil(lambda: opened.workspace is not None)
    assert project.bridge not in opened.workspace.desk.shown_articles()


def test_a_note_being_typed_is_kept_when_the_project_closes(opened, project, qtbot):
    run(opened, Command.VERIFY, qtbot)
    claim = current(opened)
    opened.activateWindow()
    opened.binder.run(Command.FOCUS_NOTE)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClicks(QApplication.focusWidget(), "seen by two")
    run(opened, Command.CLOSE_PROJECT, qtbot)
    with Project.open(project.path, read_only=True) as closed, closed.reader() as reader:
        assert get_claim(reader, claim.id).judgement.note == "seen by two"


def test_a_project_open_elsewhere_is_offered_for_reading(window, project, qtbot):
    with Project.open(project.path, reviewer="Bert"):
        window.projects.open(project.path)
        qtbot.waitUntil(lambda: bool(window.notices.notices()))
        notice = window.notices.notices()[0]
        assert "Bert" in notice.text + notice.hint
        window.projects.open(project.path, read_only=True)
        qtbot.waitUntil(lambda: window.workspace is not None)
        window.workspace.review.choose_claim(claims_of_article(window.workspace.session.reader, project.bridge)[0].id)
        qtbot.waitUntil(lambda: not window.binder.action(Command.VERIFY).isEnabled())
        window.close_workspace()


def test_a_damaged_file_is_told_and_the_start_page_stays(window, tmp_path, qtbot):
    path = tmp_path / "broken.factdesk"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    window.projects.open(path)
    qtbot.waitUntil(lambda: bool(window.notices.notices()))
    assert "broken.factdesk" in window.notices.notices()[0].text
    assert window.workspace is None


def test_articles_without_analysis_are_read_by_the_child_when_the_project_opens(window, project, qtbot):
    with Project.open(project.path, reviewer="Ada") as filling:
        added = filling.run(add_article, project.case, new_article("Nobody was hurt in Brno.", publisher="New"))
    window.projects.open(project.path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    reader = window.workspace.session.reader
    qtbot.waitUntil(lambda: bool(sentences_of(reader, added.created)))
    qtbot.waitUntil(lambda: not window.controls.analysis.annotator.is_running)


def test_dropped_text_files_are_offered_and_imported(opened, tmp_path, qtbot):
    path = tmp_path / "wire.txt"
    path.write_text("Rain in Brno\n\nIt rained in Brno for 3 days.", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    opened.dropEvent(event)
    dialog = opened.findChild(ImportDialog)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    dialog.accept()
    reader, case = opened.workspace.session.reader, opened.workspace.review.case_id
    qtbot.waitUntil(lambda: len(list_articles(reader, case)) == 4)
    qtbot.waitUntil(lambda: not opened.controls.analysis.annotator.is_running)
    assert list_articles(reader, case)[-1].meta.title == "Rain in Brno"


def test_an_export_is_written_behind_the_window(opened, tmp_path, qtbot):
    out = tmp_path / "out.csv"
    opened.controls.exports.export_to(out, "csv")
    qtbot.waitUntil(out.exists)
    qtbot.waitUntil(lambda: not opened.jobs.busy)
    assert out.read_text(encoding="utf-8-sig").count("The Daily") >= 2
    shutil.rmtree(tmp_path / "nowhere", ignore_errors=True)


def test_an_export_to_nowhere_is_told(opened, tmp_path, qtbot):
    opened.controls.exports.export_to(tmp_path / "nowhere" / "out.csv", "csv")
    qtbot.waitUntil(lambda: bool(opened.notices.notices()))
    assert "nowhere" in opened.notices.notices()[0].text + opened.notices.notices()[0].hint


def test_single_letters_do_nothing_while_a_note_is_typed(opened, qtbot):
    run(opened, Command.VERIFY, qtbot)
    claim = current(opened)
    opened.activateWindow()
    opened.binder.run(Command.FOCUS_NOTE)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClicks(QApplication.focusWidget(), "duxj")
    assert current(opened).id == claim.id
    assert current(opened).verdict is Verdict.VERIFIED


def test_colours_switch_at_once(opened, qtbot):
    opened.binder.run(Command.THEME_DARK)
    assert themes().theme.dark
    opened.binder.run(Command.THEME_LIGHT)
    assert not themes().theme.dark
