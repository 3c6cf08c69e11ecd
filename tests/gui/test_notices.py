"""Messages inside the window."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from factdesk.errors import FactdeskError, GateError
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.theme import Scheme, themes


@pytest.fixture
def bar(qtbot):
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def texts(bar):
    return [notice.text for notice in bar.notices()]


def test_the_bar_takes_no_room_while_there_is_nothing_to_tell(bar):
    assert bar.isHidden()
    bar.tell("Imported 5 articles.")
    assert not bar.isHidden()
    bar.clear()
    assert bar.isHidden()


def test_a_verdict_that_needs_more_evidence_is_told_for_a_while(bar, qtbot):
    bar.tell_error(GateError("It needs two sources.", "Add them."))
    (told,) = bar.notices()
    assert told.kind is Kind.WARNING
    told.findChild(QTimer).setInterval(0)
    qtbot.waitUntil(lambda: texts(bar) == [])


def test_success_goes_by_itself_and_errors_stay(bar, qtbot):
    bar.tell("Imported 5 articles.")
    bar.tell_error(FactdeskError("The disk is full.", "Make room."))
    done, error = bar.notices()
    assert error.findChild(QTimer) is None
    timer = done.findChild(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: texts(bar) == ["The disk is full."])
    assert (error.hint, error.kind) == ("Make room.", Kind.ERROR)


def test_a_message_is_closed_by_its_cross(bar, qtbot):
    bar.tell("Careful.", kind=Kind.WARNING)
    bar.notices()[0]._cross.click()
    assert bar.notices() == []


def test_an_offer_is_taken_once_and_keeps_the_message_longer(bar):
    taken = []
    bar.tell("Removed.", offer=Offer("Undo", lambda: taken.append(1)))
    notice = bar.notices()[0]
    assert notice.findChild(QTimer).interval() > 15_000
    notice.findChild(QPushButton).click()
    assert taken == [1]
    assert bar.notices() == []


def test_the_same_message_again_is_counted(bar):
    for _ in range(3):
        bar.tell_error(FactdeskError("The disk is full.", "Make room."))
    assert len(bar.notices()) == 1
    assert "(3 times)" in bar.notices()[0].accessibleName()


def test_only_a_few_messages_are_kept_and_errors_longest(bar):
    bar.tell_error(FactdeskError("First error."))
    for number in range(5):
        bar.tell(f"Done {number}.")
    assert texts(bar) == ["First error.", "Done 3.", "Done 4."]


def test_colours_follow_the_theme(bar):
    bar.tell("Careful.", kind=Kind.WARNING)
    before = bar.notices()[0].styleSheet()
    themes().apply(Scheme.DARK)
    try:
        assert bar.notices()[0].styleSheet() != before
    finally:
        themes().apply(Scheme.LIGHT)


def test_a_message_says_its_kind_to_assistive_tools(bar):
    bar.tell("The disk is full.", "Make room.", Kind.ERROR)
    assert bar.notices()[0].accessibleName() == "Error: The disk is full. Make room."
