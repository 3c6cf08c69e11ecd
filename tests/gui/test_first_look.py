"""What a newcomer sees first: sizes of docks and panes, a chosen claim, the receipt of a decision, messages."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget

from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk_gui.actions.ids import Command
from factdesk_gui.docks import dock_widths
from factdesk_gui.first_claim import FirstClaim
from factdesk_gui.main_window import is_cut
from factdesk_gui.notices import NoticeBar
from factdesk_gui.panels.inspector_panel import InspectorPanel
from factdesk_gui.panels.queue_panel import QueuePanel
from factdesk_gui.panels.words import short_when, when
from factdesk_gui.reader.desk import ReadingDesk


@pytest.fixture
def desk(qtbot, session, review, bench):
    made = ReadingDesk(session, review)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("width", [1024, 1366, 1920, 2560, 3840])
def test_docks_leave_the_panes_more_than_half_of_any_usual_window(width):
    widths = dock_widths(width)
    assert min(widths.values()) >= 300
    assert max(widths.values()) <= 560
    assert width < 1366 or sum(widths.values()) < width / 2


def test_panes_that_would_be_too_tight_stand_in_two_rows_and_come_back(desk, bench, qtbot):
    for _ in range(5):
        desk.add_pane(bench.bridge)
    tops = [pane.mapTo(desk, pane.rect().topLeft()).y() for pane in desk.panes()]
    assert len(set(tops)) == 1
    desk.resize(760, 700)
    qtbot.waitUntil(lambda: len({pane.mapTo(desk, pane.rect().topLeft()).y() for pane in desk.panes()}) == 2)
    assert len(desk.row.sizes()) == 5
    assert desk.minimumSizeHint().width() < 760
    desk.resize(1400, 700)
    qtbot.waitUntil(lambda: len({pane.mapTo(desk, pane.rect().topLeft()).y() for pane in desk.panes()}) == 1)


def test_a_click_on_a_pane_s_head_offers_the_articles(desk, bench, qtbot, monkeypatch):
    pane = desk.add_pane(bench.bridge)
    shown = []
    monkeypatch.setattr(pane.head.menu, "popup", shown.append)
    qtbot.mouseClick(pane.head, Qt.MouseButton.LeftButton, pos=pane.head.title.geometry().center())
    assert len(shown) == 1
    pane.head.menu.aboutToShow.emit()
    assert len(pane.head.menu.actions()) > 3


def test_the_cross_on_a_pane_s_head_closes_it(desk, bench, qtbot):
    pane = desk.add_pane(bench.bridge)
    with qtbot.waitSignal(pane.head.close_wanted):
        pane.head._close.click()
    assert desk.panes() == []


def test_an_empty_desk_offers_to_import_and_to_paste(desk, qtbot):
    files, paste = desk.empty.findChildren(QPushButton)
    with qtbot.waitSignals([desk.empty.import_wanted, desk.empty.paste_wanted]):
        files.click()
        paste.click()


def test_the_first_claim_is_one_that_can_be_seen_and_is_chosen_once(desk, bench, session, review, qtbot):
    desk.add_pane(bench.bridge)
    queue = QueuePanel(session, review)
    qtbot.addWidget(queue)
    first = FirstClaim(session, review, desk, queue)
    qtbot.waitUntil(lambda: review.claim_id != "")
    assert review.claim_id in {claim.id for claim in bench.claims(bench.bridge)}
    review.choose_claim("")
    first._on_ordered(queue.visible_ids())
    assert review.claim_id == ""


def test_the_receipt_names_who_decided_only_after_it_is_on_disk(bench, session, review, settled, qtbot):
    panel = InspectorPanel(session, review)
    qtbot.addWidget(panel)
    claim = bench.claims()[0]
    review.choose_claim(claim.id)
    assert panel.verdict._receipt.isHidden()
    settled(mark_claim, claim.id, Verdict.DISPUTED)
    assert not panel.verdict._receipt.isHidden()
    assert panel.verdict._receipt.text.startswith("✓ Disputed, saved by ")


def test_times_of_today_are_short():
    assert short_when("2001-02-03T10:00:00Z") == when("2001-02-03T10:00:00Z")
    assert short_when("some day") == "some day"


def test_messages_float_and_move_nothing(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    notices = NoticeBar(window)
    window.show()
    notices.tell("Imported 5 articles.")
    assert notices.isVisible()
    assert window.rect().contains(notices.geometry())
    assert notices.geometry().bottom() > 560
    window.resize(500, 400)
    assert window.rect().contains(notices.geometry())


def test_a_window_saved_on_a_larger_screen_is_told(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1500, 900)
    window.show()
    saved = window.saveGeometry()
    assert is_cut(saved, QSize(1366, 768))
    assert not is_cut(saved, QSize(3840, 2160))


def test_a_dock_that_comes_back_leaves_the_panes_their_room(opened, qtbot):
    opened.resize(1366, 740)
    inspector = next(dock for dock in opened.docks.all() if dock.objectName() == "dock-inspector")
    opened.docks.hide("inspector")
    opened.docks.show("inspector")
    opened.resizeDocks([inspector], [700], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: inspector.isVisible() and inspector.width() <= dock_widths(1366)["inspector"] + 8)


def test_on_a_narrow_screen_one_side_makes_room_for_the_other(opened, monkeypatch, qtbot):
    docks = opened.docks
    monkeypatch.setattr(docks, "_is_narrow", lambda: True)
    seen = {dock.objectName().removeprefix("dock-"): dock for dock in docks.all()}
    docks.make_fit()
    assert seen["inspector"].isHidden()
    docks.show("inspector")
    assert seen["queue"].isHidden()
    docks.show("find")
    assert seen["inspector"].isHidden()
    assert not seen["find"].isHidden()


def test_a_closed_project_takes_its_messages_and_its_verdict_along(opened, qtbot):
    opened.notices.tell("Exported to a.csv.", passing=False)
    opened.binder.run(Command.VERIFY)
    qtbot.waitUntil(opened.binder.action(Command.VERIFY).isChecked)
    assert opened.close_workspace()
    assert opened.notices.notices() == []
    assert not opened.binder.action(Command.VERIFY).isChecked()
