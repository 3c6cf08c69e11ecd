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
    for number in range(8):
        bar.tell(f"Done {number}.")
    assert texts(bar) == ["First error.", *(f"Done {number}." for number in range(3, 8))]


def shown(bar):
    """The text of each message that can be seen, with the name of the button that leads to the next."""
    return [(each.text, each._more.accessibleName()) for each in bar.notices() if not each.isHidden()]


def test_one_message_is_shown_at_a_time_and_the_others_come_round(bar):
    bar.tell("Exported to a.csv.", passing=False)
    assert bar.notices()[0]._more.isHidden()
    bar.tell("Exported to b.csv.", passing=False)
    bar.tell("Exported to c.csv.", passing=False)
    seen = []
    for _ in range(4):
        ((text, name),) = shown(bar)
        assert name == "Next message, 2 more"
        seen.append(text)
        bar.notices()[-1]._more.click()
    assert seen == ["Exported to c.csv.", "Exported to b.csv.", "Exported to a.csv.", "Exported to c.csv."]
    bar.notices()[-1]._cross.click()
    assert shown(bar) == [("Exported to a.csv.", "Next message, 1 more")]


def test_a_message_takes_the_place_of_one_about_the_same(bar):
    bar.tell("It was not saved.", kind=Kind.ERROR, about="saving")
    bar.tell("Exported to a.csv.", passing=False)
    bar.tell("The project stays open.", kind=Kind.ERROR, about="saving")
    assert texts(bar) == ["Exported to a.csv.", "The project stays open."]
    bar.withdraw("saving")
    assert shown(bar) == [("Exported to a.csv.", "Next message, 0 more")]


def test_a_message_waits_while_the_keyboard_is_on_it(bar, qtbot):
    bar.show()
    bar.tell("Removed.", offer=Offer("Undo", list))
    (notice,) = bar.notices()
    bar.activateWindow()
    notice.findChild(QPushButton).setFocus()
    qtbot.waitUntil(lambda: notice.in_hand)
    timer = notice.findChild(QTimer)
    with qtbot.waitSignal(timer.timeout):
        timer.setInterval(0)
    assert texts(bar) == ["Removed."]
    notice.findChild(QPushButton).clearFocus()
    qtbot.waitUntil(lambda: texts(bar) == [])


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
