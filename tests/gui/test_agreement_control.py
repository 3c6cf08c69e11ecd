"""Figures of agreement, settling disagreements and one's own sessions, on a project in which two reviewers disagree."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from builders import Bench
from factdesk.errors import FactdeskError
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.claims import mark_claim
from factdesk.ops.clusters import link_claims, mark_cluster
from factdesk.ops.evidence import add_source
from factdesk.project import Project
from factdesk.store.claims import claims_of_article, get_claim
from factdesk.store.disagreements import disagreements
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.agreement_dialog import AgreementDialog
from factdesk_gui.dialogs.sessions_dialog import SessionsDialog
from factdesk_gui.models.agreement_figures import work_out
from factdesk_gui.models.reviewer_colours import shade
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.opinion_card import ColourDot
from factdesk_gui.panels.settle_detail import evidence_words
from factdesk_gui.panels.settle_window import SettleWindow
from factdesk_gui.theme import Scheme, themes


@pytest.fixture
def project(tmp_path):
    """Ada and Ben judged three claims, two of them differently; one of these holds for two articles."""
    made = Bench(tmp_path / "bridge.factdesk")
    made.first, made.second, made.third = (claim.id for claim in made.claims())
    made.other = made.claims(made.again)[0].id
    made.run(link_claims, made.case, made.first, made.other, Relation.SAME)
    copy = hand_over(made.project, tmp_path / "ben.factdesk", "Ben")
    made.run(mark_cluster, made.case, made.first, Verdict.VERIFIED, note="Ada's word")
    made.run(mark_claim, made.second, Verdict.DISPUTED)
    made.run(mark_claim, made.third, Verdict.UNVERIFIED)
    with Project.open(copy.path) as ben:
        ben.run(mark_cluster, made.case, made.first, Verdict.DISPUTED, Reason.CONTRADICTED, "<b>Ben's</b> word", 70)
        ben.run(add_source, made.first, EvidenceKind.URL, Stance.REFUTES, "It <i>stands</i>", "https://example.org/a")
        ben.run(mark_claim, made.second, Verdict.DISPUTED)
        ben.run(mark_claim, made.third, Verdict.VERIFIED)
    merge_file(made.project, copy.path)
    made.close()
    return made


@pytest.fixture
def settle(opened, qtbot):
    """The window for settling, with its queue."""
    opened.binder.run(Command.SETTLE)
    window = opened.findChild(SettleWindow)
    qtbot.waitUntil(lambda: window.current() is not None)
    yield window
    window.reject()


@pytest.fixture
def reader(opened):
    return opened.workspace.session.reader


def after(opened, qtbot, act):
    """Acts and waits for the step to be on disk and on screen."""
    with qtbot.waitSignal(opened.workspace.session.changed):
        act()


def test_the_queue_says_who_said_what(settle):
    assert settle.progress.text() == "0 of 2 settled"
    spoken = settle.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "The bridge at Ostrava fell on Monday., in The Daily: Ada verified, Ben disputed, open"
    assert [take.accessibleName() for take in settle.detail.takes] == [
        "Take Ada's verdict: verified",
        "Take Ben's verdict: disputed",
    ]


def test_the_evidence_of_each_stands_below_their_reason(settle):
    first = settle.current()
    assert evidence_words(first, "Ben") == ["− Refutes: “It <i>stands</i>”, https://example.org/a"]
    assert evidence_words(first, "Ada") == []
    labels = [label.text for label in settle.detail.findChildren(ClampLabel)]
    assert "− Refutes: “It <i>stands</i>”, https://example.org/a" in labels


def test_a_number_key_takes_a_verdict_for_all_claims_of_the_fact_and_goes_on(settle, opened, project, reader, qtbot):
    after(opened, qtbot, lambda: QTest.keyClick(settle.list, Qt.Key.Key_2))
    qtbot.waitUntil(lambda: settle.progress.text() == "1 of 2 settled")
    for claim_id in (project.first, project.other):
        claim = get_claim(reader, claim_id)
        assert (claim.verdict, claim.judgement.reason) == (Verdict.DISPUTED, Reason.CONTRADICTED)
        assert claim.judgement.note == "<b>Ben's</b> word"
    assert settle.current().claim.id == project.third
    assert settle.model.rowCount() == 1


def test_undo_in_the_window_opens_the_question_again(settle, opened, project, reader, qtbot):
    after(opened, qtbot, settle.detail.takes[1].click)
    qtbot.waitUntil(lambda: settle.progress.text() == "1 of 2 settled")
    with qtbot.waitSignal(opened.workspace.session.changed):
        QTest.keyClick(settle.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: settle.progress.text() == "0 of 2 settled")
    assert get_claim(reader, project.first).verdict is Verdict.VERIFIED


def test_a_third_verdict_has_its_own_reason_and_note(settle, opened, project, reader, qtbot):
    assert not settle.detail.give.isEnabled()
    QTest.keyClick(settle.list, Qt.Key.Key_U)
    settle.detail.reason.setCurrentText("not enough evidence")
    settle.detail.note.setPlainText("Neither has seen the report.")
    after(opened, qtbot, settle.detail.give.click)
    qtbot.waitUntil(lambda: settle.progress.text() == "1 of 2 settled")
    claim = get_claim(reader, project.first)
    assert (claim.verdict, claim.judgement.reason) == (Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE)
    assert claim.judgement.note == "Neither has seen the report."
    how = disagreements(reader, project.case, include_settled=True)[0].settled
    assert (how.chosen, how.made_by) == ("", "Ada")


def test_letters_and_digits_typed_into_the_note_are_only_text(settle, opened, project, reader):
    settle.activateWindow()
    settle.detail.note.setFocus()
    QTest.keyClicks(settle.detail.note, "2 vdu")
    assert settle.detail.note.toPlainText() == "2 vdu"
    assert settle.detail.verdict() is None
    assert get_claim(reader, project.first).verdict is Verdict.VERIFIED


def test_what_was_begun_stays_while_the_project_changes_elsewhere(settle, opened, project, qtbot):
    settle.detail.choose(Verdict.UNVERIFIED)
    settle.detail.note.setPlainText("half a thou")
    after(
        opened, qtbot, lambda: opened.workspace.session.run(mark_claim, project.second, Verdict.DISPUTED, None, "more")
    )
    with qtbot.waitSignal(settle.model.modelReset):
        opened.controls.agreement._list()
    assert settle.detail.note.toPlainText() == "half a thou"
    assert settle.detail.verdict() is Verdict.UNVERIFIED


def test_settled_ones_can_be_shown_with_how_they_were_settled(settle, opened, project, qtbot):
    after(opened, qtbot, settle.detail.takes[0].click)
    qtbot.waitUntil(lambda: settle.progress.text() == "1 of 2 settled")
    settle.with_settled.setChecked(True)
    assert settle.model.rowCount() == 2
    settle.list.setCurrentIndex(settle.model.index(0))
    assert settle.detail.state.text.endswith("Ada's verdict is in force.")
    settle.list.setCurrentIndex(settle.model.index(1))
    after(opened, qtbot, settle.detail.takes[0].click)
    settle.with_settled.setChecked(False)
    qtbot.waitUntil(lambda: settle.progress.text() == "2 of 2 settled")
    assert settle._empty.isVisible()
    assert "settled" in settle._empty.words


def test_enter_shows_the_claim_in_its_article_and_leaves_the_window_open(settle, opened, project, qtbot):
    settle.list.setCurrentIndex(settle.model.index(1))
    with qtbot.waitSignal(opened.workspace.review.claim_chosen):
        QTest.keyClick(settle.list, Qt.Key.Key_Return)
    assert opened.workspace.review.claim_id == project.third
    assert settle.isVisible()


def test_the_window_follows_the_colours(settle):
    themes().apply(Scheme.DARK)
    assert settle.detail.takes[1].text() == "Take Ben's  (2)"
    themes().apply(Scheme.LIGHT)


def test_who_only_reads_settles_nothing(window, project, qtbot):
    window.projects.open(project.path, read_only=True)
    qtbot.waitUntil(lambda: window.workspace is not None)
    qtbot.waitUntil(window.binder.action(Command.SETTLE).isEnabled)
    window.binder.run(Command.SETTLE)
    settle = window.findChild(SettleWindow)
    qtbot.waitUntil(lambda: settle.current() is not None)
    assert not any(take.isEnabled() for take in settle.detail.takes)
    assert not any(chip.isEnabled() for chip in settle.detail.verdicts.values())
    settle.reject()


def test_closing_the_project_takes_the_window_with_it(opened, qtbot):
    opened.binder.run(Command.SETTLE)
    qtbot.waitUntil(lambda: opened.findChild(SettleWindow) is not None)
    opened.binder.run(Command.CLOSE_PROJECT)
    qtbot.waitUntil(lambda: opened.findChild(SettleWindow) is None)


def test_the_inspector_lists_what_others_said_and_how_it_was_settled(opened, project, settle, qtbot):
    others = opened.workspace.inspector.others
    opened.workspace.review.choose_claim(project.first)
    qtbot.waitUntil(lambda: others.state == "Reviewers disagree; not settled yet.")
    (card,) = others.stack.cards()
    assert card.accessibleName().startswith("Ben: disputed, contradicted by evidence · 70 % sure")
    assert "“<b>Ben's</b> word”" in card.accessibleName()
    settle.list.setCurrentIndex(settle.model.index(0))
    after(opened, qtbot, settle.detail.takes[1].click)
    qtbot.waitUntil(lambda: others.state.endswith("Ben's verdict."))
    assert others.state.startswith("Reviewers disagreed. Settled by Ada, ")
    opened.workspace.review.choose_claim(project.other)
    opened.workspace.review.choose_claim("")


def test_colours_stand_beside_names_in_history_and_table(opened, project, figures):
    opened.workspace.review.choose_claim(project.first)
    (entry,) = opened.workspace.inspector.history.stack.cards()
    dot = entry.findChild(ColourDot)
    assert dot.grab().toImage().pixelColor(dot.rect().center()) == shade("blue", dark=False)
    assert "Ada" in entry.words
    for orientation, name in ((Qt.Orientation.Vertical, "blue"), (Qt.Orientation.Horizontal, "orange")):
        icon = figures.model.headerData(0, orientation, Qt.ItemDataRole.DecorationRole)
        assert icon.pixmap(14, 14).toImage().pixelColor(7, 7) == shade(name, dark=False)


def test_the_queue_shows_only_what_reviewers_disagree_on(opened, qtbot):
    queue, filters = opened.workspace.queue, opened.workspace.queue.filters
    switch = next(action for action in filters.menu.actions() if "disagree" in action.text())
    filters.menu.aboutToShow.emit()
    switch.trigger()
    qtbot.waitUntil(lambda: len(queue.visible_ids()) == 3)
    assert filters.filtered()
    filters.clear()
    qtbot.waitUntil(lambda: len(queue.visible_ids()) == 9)


def test_claims_that_nobody_else_judged_have_no_such_section(opened, project, qtbot):
    inspector = opened.workspace.inspector
    opened.workspace.review.choose_claim(project.second)
    qtbot.waitUntil(inspector.others.isVisible)
    lonely = project_claim(opened, project.report)
    with qtbot.waitSignal(inspector.extras.came):
        opened.workspace.review.choose_claim(lonely)
    qtbot.waitUntil(lambda: not inspector.others.isVisible())


def project_claim(opened, article):
    return claims_of_article(opened.workspace.session.reader, article)[0].id


@pytest.fixture
def figures(opened, qtbot):
    """The dialog with its figures worked out."""
    opened.binder.run(Command.AGREEMENT)
    dialog = opened.findChild(AgreementDialog)
    qtbot.waitUntil(lambda: bool(dialog.text()), timeout=20_000)
    yield dialog
    dialog.reject()


def cells(dialog):
    model = dialog.model
    return [[model.index(row, column).data() for column in range(4)] for row in range(4)]


def test_agreement_is_shown_with_a_table_that_says_who_said_what(figures):
    assert figures.alpha.text().startswith("Krippendorff's alpha: -0.")
    assert "over 4 claims judged by two or more of 2 reviewers. Only 4 claims" in figures.alpha.text()
    assert figures.pairs.currentText() == "Ada and Ben"
    assert "The same verdict on 25 % of 4 claims." in figures.pair.text()
    assert cells(figures) == [["0", "2", "0", "2"], ["0", "1", "0", "1"], ["1", "0", "0", "1"], ["1", "3", "0", "4"]]
    heads = [figures.model.headerData(each, Qt.Orientation.Horizontal) for each in range(4)]
    assert heads == ["✓ verified", "✗ disputed", "? unverified", "together"]
    assert figures.sides.text() == "Ada down, Ben across:"
    spoken = figures.model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ada ✗ disputed, Ben ✗ disputed: 1 (they agree)"
    assert figures.labels.text().startswith(
        "Where either of them said it, so did the other: verified 0 %, disputed 50 %"
    )
    assert figures.marks.text().startswith("Passages held for claims: F1 1.00 edge for edge")


def test_a_kind_nobody_differs_on_has_no_figure_but_a_sentence(figures, opened, project, qtbot):
    assert [figures.kinds.itemText(each) for each in range(figures.kinds.count())] == [
        "All kinds of claims",
        "event (4)",
    ]
    figures.kinds.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "claims of kind event" in figures.text())


def test_figures_are_copied_as_text(figures):
    figures.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Agreement in “The bridge”, all kinds of claims")
    assert "Ada down, Ben across\tverified\tdisputed\tunverified" in text
    assert "verified\t0\t2\t0" in text


def test_without_a_second_reviewer_a_sentence_says_what_is_missing(figures, opened):
    figures.show_figures(work_out(*figures.question(), [], {}))
    assert figures.alpha.text() == "Nothing was judged by two reviewers."
    assert "a merge brings them in" in figures.pair.text()
    assert not figures.table.isVisible()


def test_figures_that_cannot_be_worked_out_are_not_waited_for(figures):
    figures.cases.currentIndexChanged.emit(0)
    assert figures.alpha.text() == "Working it out…"
    figures.show_trouble(FactdeskError("The file is gone.", "Save a copy."))
    assert "could not" in figures.alpha.text()
    assert figures.problem == "The file is gone. Save a copy."


def test_own_sessions_are_shown_and_those_of_others_are_not(opened, reader, qtbot):
    assert (
        reader.value("SELECT count(*) FROM sessions s JOIN reviewers r ON r.id = s.reviewer_id WHERE name = 'Ben'") == 1
    )
    opened.binder.run(Command.MY_SESSIONS)
    qtbot.waitUntil(lambda: opened.findChild(SessionsDialog) is not None)
    dialog = opened.findChild(SessionsDialog)
    assert dialog.windowTitle() == "Sessions of Ada"
    assert dialog.model.rowCount() == 2
    assert dialog.model.index(0, 1).data() == "goes on"
    assert dialog.model.index(1, 3).data() == "3"
    assert dialog.sum.text() == "2 sessions, 3 decisions."
    dialog.reject()
