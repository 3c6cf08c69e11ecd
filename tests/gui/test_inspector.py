"""The inspector on a real project: what is pressed and typed ends up on disk, with the claim it was meant for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from clusters import suggest_cluster
from factdesk.errors import StorageFullError
from factdesk.model.claims import REASONS, ClaimKind, Reason, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.claims import mark_claim, refuse_claims, set_note, set_reason
from factdesk.ops.evidence import add_passage, add_source
from factdesk.project import Project
from factdesk.store.claims import get_claim, history_of
from factdesk.store.evidence import evidence_of
from factdesk_gui.panels.inspector_panel import InspectorPanel
from factdesk_gui.review import Passage, Review
from factdesk_gui.session import Session


@pytest.fixture
def panel(session, review, qtbot):
    panel = InspectorPanel(session, review)
    qtbot.addWidget(panel)
    panel.resize(320, 900)
    panel.show()
    return panel


@pytest.fixture
def claim(panel, bench, review):
    """The claim that conflicts with another article, chosen."""
    chosen = bench.claims()[1]
    suggest_cluster(bench, chosen, bench.claims(bench.again)[1])
    review.choose_claim(chosen.id)
    return chosen


@pytest.fixture
def press(qtbot, session):
    """Clicks a button and waits until its step is on disk."""

    def click(button):
        assert button.isVisible()
        assert button.isEnabled()
        with qtbot.waitSignal(session.changed):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return click


def verdict_button(panel, verdict):
    return panel.verdict._buttons[verdict]


def shown_reasons(panel):
    return [reason for reason, chip in panel.verdict._reasons.items() if chip.isVisible()]


def texts(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_without_a_claim_it_says_what_to_do(panel):
    assert "Choose a claim" in panel._empty.words
    assert panel._pages.currentWidget() is panel._empty


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_button_leads_to_a_decision_on_disk(panel, claim, bench, press, verdict):
    press(verdict_button(panel, verdict))
    assert get_claim(bench.reader, claim.id).verdict is verdict
    assert history_of(bench.reader, claim.id)[0].judgement.verdict is verdict
    assert [button.isChecked() for button in panel.verdict._buttons.values()] == [v is verdict for v in Verdict]


def test_the_verdict_is_cleared(panel, claim, bench, press):
    press(verdict_button(panel, Verdict.DISPUTED))
    press(panel.verdict._clear)
    assert get_claim(bench.reader, claim.id).verdict is None
    assert not panel.verdict._clear.isEnabled()
    assert shown_reasons(panel) == []


def test_pressing_the_verdict_that_stands_changes_nothing(panel, claim, bench, press, qtbot, session):
    press(verdict_button(panel, Verdict.VERIFIED))
    decisions = len(history_of(bench.reader, claim.id))
    with qtbot.assertNotEmitted(session.changed, wait=100):
        qtbot.mouseClick(verdict_button(panel, Verdict.VERIFIED), Qt.MouseButton.LeftButton)
    assert verdict_button(panel, Verdict.VERIFIED).isChecked()
    assert len(history_of(bench.reader, claim.id)) == decisions


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_fitting_reasons_are_offered_and_one_is_kept(panel, claim, bench, press, verdict):
    press(verdict_button(panel, verdict))
    assert shown_reasons(panel) == list(REASONS[verdict])
    reason = REASONS[verdict][-1]
    press(panel.verdict._reasons[reason])
    assert get_claim(bench.reader, claim.id).judgement.reason is reason
    press(panel.verdict._reasons[reason])
    assert get_claim(bench.reader, claim.id).judgement.reason is None


def test_a_note_is_saved_after_a_pause_as_one_step(panel, claim, bench, qtbot, session):
    panel.focus_note()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClicks(panel.note.editor, "See the ")
    with qtbot.waitSignal(session.changed):
        qtbot.keyClicks(panel.note.editor, "list")
    assert get_claim(bench.reader, claim.id).judgement.note == "See the list"
    assert panel.note.editor.toPlainText() == "See the list"
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert get_claim(bench.reader, claim.id).judgement.note == ""
    assert panel.note.editor.toPlainText() == ""


def test_a_note_typed_before_the_claim_changes_goes_to_its_own_claim(panel, claim, bench, review, qtbot, session):
    other = bench.claims()[2]
    panel.focus_note()
    qtbot.keyClicks(panel.note.editor, "for the second")
    with qtbot.waitSignal(session.changed):
        review.choose_claim(other.id)
    assert panel.note.editor.toPlainText() == ""
    assert get_claim(bench.reader, claim.id).judgement.note == "for the second"
    assert get_claim(bench.reader, other.id).judgement.note == ""
    review.choose_claim(claim.id)
    assert panel.note.editor.toPlainText() == "for the second"


def test_leaving_the_note_saves_it(panel, claim, bench, qtbot, session):
    panel.focus_note()
    panel.note.editor.setPlainText("left")
    with qtbot.waitSignal(session.changed, timeout=500):
        panel.note.saver.eventFilter(panel.note.editor, _focus_out())
    assert get_claim(bench.reader, claim.id).judgement.note == "left"


def _focus_out():
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QFocusEvent.Type.FocusOut)


def test_save_pending_sends_what_is_typed_now(panel, claim, bench, session, qtbot):
    panel.note.editor.setPlainText("unsaved\u00a0words")
    assert panel.note.saver.waiting
    with qtbot.waitSignal(session.changed, timeout=500):
        panel.save_pending()
    assert get_claim(bench.reader, claim.id).judgement.note == "unsaved\u00a0words"
    qtbot.waitUntil(lambda: not panel.note.saver.waiting)


def test_a_note_that_could_not_be_written_comes_back_and_is_tried_again(
    panel, claim, bench, review, qtbot, session, monkeypatch
):
    submit = session.project.submit
    full = StorageFullError("The disk is full.")

    def refuse(*_args, **_kwargs):
        raise full

    monkeypatch.setattr(session.project, "submit", refuse)
    panel.note.editor.setPlainText("must not be lost")
    with qtbot.waitSignal(session.failed) as failed:
        review.choose_claim(bench.claims()[0].id)
    assert failed.args == [full]
    monkeypatch.setattr(session.project, "submit", submit)
    review.choose_claim(claim.id)
    assert panel.note.editor.toPlainText() == "must not be lost"
    with qtbot.waitSignal(session.changed):
        panel.save_pending()
    assert get_claim(bench.reader, claim.id).judgement.note == "must not be lost"


def test_a_change_from_elsewhere_does_not_touch_what_is_being_typed(panel, claim, settled, qtbot):
    panel.note.editor.setPlainText("half a sent")
    settled(mark_claim, claim.id, Verdict.VERIFIED)
    assert panel.note.editor.toPlainText() == "half a sent"
    assert verdict_button(panel, Verdict.VERIFIED).isChecked()


def test_a_note_changed_elsewhere_is_shown(panel, claim, settled):
    settled(set_note, claim.id, "from elsewhere")
    assert panel.note.editor.toPlainText() == "from elsewhere"


def test_confidence_is_not_set_until_it_is(panel, claim, bench, qtbot, session):
    row = panel.verdict._confidence
    assert row._label.text() == "not set"
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(row._slider, Qt.Key.Key_Right)
    assert get_claim(bench.reader, claim.id).judgement.confidence == 55
    assert row._label.text() == "55 %"
    with qtbot.waitSignal(session.changed):
        qtbot.mouseClick(row._clear, Qt.MouseButton.LeftButton)
    assert get_claim(bench.reader, claim.id).judgement.confidence is None
    assert row._label.text() == "not set"


def test_confidence_moved_before_the_claim_changes_goes_to_its_own_claim(panel, claim, bench, review, qtbot, session):
    qtbot.keyClick(panel.verdict._confidence._slider, Qt.Key.Key_Left)
    with qtbot.waitSignal(session.changed):
        review.choose_claim(bench.claims()[0].id)
    assert get_claim(bench.reader, claim.id).judgement.confidence == 45
    assert panel.verdict._confidence._label.text() == "not set"


def test_accept_refuse_and_restore(panel, claim, bench, press):
    press(panel.quote._accept)
    assert get_claim(bench.reader, claim.id).status is Status.ACCEPTED
    assert not panel.quote._accept.isVisible()
    press(panel.quote._refuse_later)
    assert get_claim(bench.reader, claim.id).status is Status.REFUSED
    press(panel.quote._restore)
    assert get_claim(bench.reader, claim.id).status is not Status.REFUSED


def test_details_are_corrected(panel, claim, bench, qtbot, session, press):
    claimant = panel.details.findChild(QLineEdit)
    claimant.setText("Jana Nová")
    with qtbot.waitSignal(session.changed):
        panel.details.flush()
    assert get_claim(bench.reader, claim.id).claimant == "Jana Nová"
    kind = panel.details.findChild(QComboBox)
    kind.setCurrentIndex(kind.findText("Quantity"))
    with qtbot.waitSignal(session.changed):
        kind.activated.emit(kind.currentIndex())
    assert get_claim(bench.reader, claim.id).kind is ClaimKind.QUANTITY


def test_a_space_typed_at_the_end_is_not_taken_away(panel, claim, qtbot, session):
    claimant = panel.details.findChild(QLineEdit)
    claimant.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClicks(claimant, "Jana ")
    qtbot.keyClicks(claimant, "Nova")
    assert claimant.text() == "Jana Nova"


def test_the_selection_becomes_evidence_with_a_stance(panel, claim, bench, review, session, qtbot):
    add = panel.evidence._add
    assert not add.isEnabled()
    review.select(Passage(bench.report, Span(0, 12)))
    assert add.isEnabled()
    assert "A storm pass" in add.toolTip()
    refutes = next(action for action in add._menu.actions() if "Refutes" in action.text())
    with qtbot.waitSignal(session.changed):
        refutes.trigger()
    piece = evidence_of(bench.reader, claim.id)[0]
    assert (piece.stance, piece.article_id, piece.quote) == (Stance.REFUTES, bench.report, "A storm pass")
    card = panel.evidence.stack.cards()[0]
    assert card.accessibleName() == "Refutes: A storm pass, Report"
    assert panel.evidence.title == "Evidence (1)"


def test_evidence_is_shown_restanced_and_removed(panel, claim, bench, review, session, settled, qtbot):
    settled(add_passage, claim.id, bench.again, Span(0, 9), Stance.SUPPORTS)
    card = panel.evidence.stack.cards()[0]
    with qtbot.waitSignal(review.passage_wanted) as caught:
        qtbot.mouseDClick(card, Qt.MouseButton.LeftButton)
    assert caught.args == [Passage(bench.again, Span(0, 9))]
    with qtbot.waitSignal(session.changed):
        card.stance_chosen.emit(Stance.CONTEXT)
    assert evidence_of(bench.reader, claim.id)[0].stance is Stance.CONTEXT
    card.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(card, Qt.Key.Key_Delete)
    assert evidence_of(bench.reader, claim.id) == []
    assert panel.evidence.stack.cards() == []


def test_an_outside_source_is_asked_for(panel, claim, qtbot):
    with qtbot.waitSignal(panel.source_wanted):
        qtbot.mouseClick(panel.evidence._source, Qt.MouseButton.LeftButton)


def test_markup_in_quotes_and_names_stays_text(panel, claim, settled):
    settled(
        add_source, claim.id, EvidenceKind.URL, Stance.SUPPORTS, quote="<b>x</b> & <img src=y>", url="https://a.b/<i>"
    )
    card = panel.evidence.stack.cards()[0]
    assert "<b>x</b> & <img src=y>" in card._quote.text
    assert "https://a.b/<i>" in card._place.text
    tips = [widget.toolTip() for widget in (card._quote, card._place)]
    assert not any("<img" in tip or "<i>" in tip for tip in tips)


def test_history_says_who_what_and_when(panel, claim, settled, session, qtbot):
    settled(mark_claim, claim.id, Verdict.DISPUTED)
    settled(set_reason, claim.id, Reason.CONTRADICTED)
    with qtbot.waitSignal(session.changed):
        session.undo()
    words = [entry.words for entry in panel.history.stack.cards()]
    assert words[0].startswith("Undone: ")
    assert "now disputed" in words[0]
    assert all("Ada" in entry for entry in words)


def test_a_long_history_shows_its_beginning_and_then_all(panel, claim, settled, qtbot):
    for verdict in [*Verdict, *Verdict]:
        settled(mark_claim, claim.id, verdict)
    assert len(panel.history.stack.cards()) == 4
    more = panel.history.stack.findChild(QPushButton)
    assert more.text() == "Show all 6 decisions"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(panel.history.stack.cards()) == 6


def test_a_claim_that_undo_took_away_leaves_the_panel_empty(panel, bench, review, session, settled, qtbot):
    from factdesk.ops.claims import add_claim

    made = settled(add_claim, bench.report, Span(2, 7)).created
    review.choose_claim(made)
    assert panel.claim.id == made
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert panel.claim is None
    assert panel._pages.currentWidget() is panel._empty


def test_a_refused_claim_says_so(panel, claim, settled):
    settled(refuse_claims, [claim.id])
    assert panel.quote._badge.accessibleName() == "Refused"
    assert panel.quote._restore.isVisible()


def test_a_long_quote_is_cut_and_opens(panel, claim, qtbot):
    label = panel.quote._quote
    panel.resize(300, 900)
    label.set_text("A very long claim. " * 60)
    panel.quote._show_more()
    assert label.cut
    closed = label.heightForWidth(280)
    qtbot.mouseClick(panel.quote._more, Qt.MouseButton.LeftButton)
    assert label.heightForWidth(280) > 2 * closed
    assert not label.cut


def test_every_control_has_a_name_and_a_tooltip(panel, claim, settled):
    from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QSlider

    settled(mark_claim, claim.id, Verdict.VERIFIED)
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QSlider)
    controls = [control for kind in kinds for control in panel.findChildren(kind) if control.isVisible()]
    own = [control for control in controls if not control.objectName().startswith("qt_")]
    assert len(own) > 15
    for control in own:
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert name, control
        assert control.toolTip(), name


def test_keys_are_shown_on_the_buttons(panel, claim):
    panel.set_keys({"verified": "Y", "accept": "+"})
    assert "(Y)" in verdict_button(panel, Verdict.VERIFIED).toolTip()
    assert panel.quote._accept.text() == "Accept  +"


def test_read_only_says_so_and_disables_editing(bench, qtbot, tmp_path):
    claim = bench.claims()[1]
    bench.project.close()
    session = Session(Project.open(bench.path, read_only=True))
    review = Review()
    panel = InspectorPanel(session, review)
    qtbot.addWidget(panel)
    panel.show()
    review.choose_claim(claim.id)
    assert "reading only" in texts(panel)
    assert not any(button.isEnabled() for button in panel.verdict._buttons.values())
    assert panel.note.editor.isReadOnly()
    assert not panel.quote._accept.isEnabled()
    assert not panel.evidence._source.isEnabled()
    session.close()
