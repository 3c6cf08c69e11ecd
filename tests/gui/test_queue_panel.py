"""The queue on a real project: order, filters, search, steps for many."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton

from factdesk.model.claims import ClaimKind, Relation, Status, Verdict
from factdesk.ops.claims import add_claim, mark_claim, mark_claims, refuse_claims, set_claim_kind
from factdesk.store.claims import get_claim
from factdesk.store.queue import QueueOrder
from factdesk_gui.models.queue_model import Column
from factdesk_gui.panels import filter_bar
from factdesk_gui.panels.queue_panel import QueuePanel


@pytest.fixture
def panel(session, review, qtbot):
    panel = QueuePanel(session, review)
    qtbot.addWidget(panel)
    panel.resize(1200, 500)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.model.ids) > 0)
    qtbot.waitUntil(lambda: "2 in conflict" in panel.status)  # the numbers come after the rows
    return panel


def quotes(panel):
    return [panel.model.claim(row).quote for row in range(panel.model.rowCount())]


def chip(panel, verdict):
    return panel.filters._chips[verdict]


def answered(panel, qtbot, act):
    """Does something that asks for another order, and waits for the answer to that, with its numbers."""
    heard = []
    panel.feed.ordered.connect(lambda _ids, anew: heard.append("order" if anew else "settled"))
    panel.feed.counted.connect(lambda: heard.append("numbers"))  # maybe those of the question before
    act()
    qtbot.waitUntil(lambda: "order" in heard and "numbers" in heard[heard.index("order") :])


def search(panel, qtbot, words):
    answered(panel, qtbot, lambda: panel.filters.findChild(QLineEdit).setText(words))


def switch(panel, qtbot, verdict):
    answered(panel, qtbot, lambda: qtbot.mouseClick(chip(panel, verdict), Qt.MouseButton.LeftButton))


def sort(panel, qtbot, order):
    chosen = list(QueueOrder).index(order)
    answered(panel, qtbot, lambda: panel.filters.findChild(QComboBox).setCurrentIndex(chosen))


def step(panel, words):
    """The entry of the context menu that begins so, for the rows chosen now."""
    menu = panel.bulk.menu(panel.chosen_ids(), panel, panel._review.case_id, filtered=panel.view.painter.all_chosen)
    return next(action for action in menu.actions() if action.text().replace("&", "").startswith(words))


def test_conflicting_claims_come_first(panel):
    first, second = panel.model.claim(0), panel.model.claim(1)
    assert first.conflicts
    assert second.conflicts
    assert panel.status == f"{len(panel.model.ids)} claims · 0 decided · 2 in conflict"


def test_counts_stand_on_the_switches(panel, bench, settled, qtbot):
    claims = bench.claims()
    settled(mark_claim, claims[0].id, Verdict.DISPUTED)
    settled(refuse_claims, [claims[1].id])
    qtbot.waitUntil(lambda: chip(panel, "refused").accessibleName() == "Refused 1")
    assert chip(panel, "disputed").accessibleName() == "Disputed 1"
    assert chip(panel, "verified").accessibleName() == "Verified 0"


def test_a_verdict_switch_filters_and_the_button_clears(panel, bench, settled, qtbot):
    chosen = bench.claims()[0]
    settled(mark_claim, chosen.id, Verdict.VERIFIED)
    switch(panel, qtbot, "verified")
    assert quotes(panel) == [chosen.quote]
    switch(panel, qtbot, "verified")
    switch(panel, qtbot, "disputed")
    assert quotes(panel) == []
    assert panel._empty.words == "No claim fits these filters."
    answered(panel, qtbot, lambda: qtbot.mouseClick(panel._empty.findChild(QPushButton), Qt.MouseButton.LeftButton))
    assert len(quotes(panel)) == len(set(quotes(panel))) > 3
    assert not panel.filters.filtered()


def test_refused_claims_show_only_when_asked_for(panel, bench, settled, qtbot):
    refused = bench.claims()[0]
    settled(refuse_claims, [refused.id])
    answered(panel, qtbot, panel.feed.reload)
    assert refused.quote not in quotes(panel)
    switch(panel, qtbot, "verified")
    switch(panel, qtbot, "refused")
    assert quotes(panel) == [refused.quote]
    assert not chip(panel, "verified").isChecked()


def test_typing_searches_once_after_a_pause(panel, qtbot, session, monkeypatch):
    asked = []
    ask = session.query
    monkeypatch.setattr(session, "query", lambda key, *rest: (asked.append(key), ask(key, *rest)))
    box = panel.filters.findChild(QLineEdit)
    with qtbot.waitSignal(panel.feed.counted):
        for letter in "injured":
            box.insert(letter)
    assert asked == ["queue", "queue.counts"]
    assert [quote for quote in quotes(panel) if "injured" in quote] == quotes(panel) != []


def test_enter_searches_at_once(panel, qtbot, monkeypatch):
    monkeypatch.setattr(panel.filters._pause, "interval", lambda: 10_000)
    panel.filters._pause.setInterval(10_000)
    panel.filters.findChild(QLineEdit).setText("storm")
    answered(panel, qtbot, lambda: qtbot.keyClick(panel.filters.findChild(QLineEdit), Qt.Key.Key_Return))
    assert len(quotes(panel)) == 1
    assert filter_bar.SEARCH_PAUSE_MS < 500


def test_the_menu_filters_by_kind_conflict_and_article(panel, bench, settled, qtbot):
    quantity = bench.claims()[1]
    settled(set_claim_kind, quantity.id, ClaimKind.QUANTITY)
    menu = panel.filters.menu
    menu.aboutToShow.emit()
    answered(panel, qtbot, menu._entries.kinds[ClaimKind.QUANTITY].trigger)
    assert quotes(panel) == [quantity.quote]
    off = [button for button in panel.filters.findChildren(QPushButton) if button.text().startswith("Kind: quantity")]
    answered(panel, qtbot, lambda: qtbot.mouseClick(off[0], Qt.MouseButton.LeftButton))
    assert len(quotes(panel)) > 3
    menu.aboutToShow.emit()
    answered(panel, qtbot, menu._conflicts.trigger)
    assert len(quotes(panel)) == 2
    menu.aboutToShow.emit()
    answered(panel, qtbot, menu._entries.articles[bench.again].trigger)
    assert [panel.model.claim(0).article_id] == [bench.again]
    assert panel.model.rowCount() == 1


def test_an_entity_filters_until_it_is_dropped(panel, bench, review, qtbot):
    entity = bench.reader.value("SELECT id FROM entities WHERE name = 'Silesia'")
    answered(panel, qtbot, lambda: review.choose_entity(entity))
    assert quotes(panel) == ["A storm passed over Silesia."]
    dropping = [button for button in panel.filters.findChildren(QPushButton) if "Silesia" in button.text()]
    answered(panel, qtbot, lambda: qtbot.mouseClick(dropping[0], Qt.MouseButton.LeftButton))
    assert review.entity_id == ""
    assert len(quotes(panel)) > 3


def test_sort_orders(panel, bench, settled, qtbot):
    sort(panel, qtbot, QueueOrder.TEXT_ORDER)
    assert quotes(panel)[:3] == [claim.quote for claim in bench.claims()]
    sort(panel, qtbot, QueueOrder.SCORE)
    scores = [panel.model.claim(row).score for row in range(panel.model.rowCount())]
    assert scores == sorted(scores, reverse=True)
    last = bench.claims()[2]
    settled(mark_claim, last.id, Verdict.UNVERIFIED)
    sort(panel, qtbot, QueueOrder.RECENT)
    assert quotes(panel)[0] == last.quote


def test_a_row_keeps_its_place_after_its_verdict(panel, review, settled, qtbot):
    before = quotes(panel)
    chosen = panel.model.claim(0)
    review.choose_claim(chosen.id)
    with qtbot.waitSignal(panel.feed.counted):
        settled(mark_claim, chosen.id, Verdict.VERIFIED)
    assert quotes(panel) == before
    assert panel.model.claim(0).verdict is Verdict.VERIFIED
    assert panel._again.isVisible()
    with qtbot.waitSignal(panel.feed.ordered):
        qtbot.mouseClick(panel._again, Qt.MouseButton.LeftButton)
    assert quotes(panel)[-1] == chosen.quote
    assert not panel._again.isVisible()
    assert panel.view.currentIndex().row() == panel.model.rowCount() - 1


def test_a_row_that_no_longer_fits_the_filter_stays_until_asked(panel, review, settled, qtbot):
    switch(panel, qtbot, "none")
    total = panel.model.rowCount()
    chosen = panel.model.claim(2)
    with qtbot.waitSignal(panel.feed.counted):
        settled(mark_claim, chosen.id, Verdict.VERIFIED)
    assert panel.model.claim(2).id == chosen.id
    assert panel.model.rowCount() == total
    with qtbot.waitSignal(panel.feed.ordered):
        panel.feed.reload()
    assert panel.model.rowCount() == total - 1


def test_a_new_claim_comes_in_and_undo_takes_it_out(panel, bench, session, settled, qtbot):
    span = bench.claims()[0].span
    total = panel.model.rowCount()
    with qtbot.waitSignal(panel.feed.ordered):
        settled(add_claim, bench.bridge, type(span)(span.start, span.start + 10))
    assert panel.model.rowCount() == total + 1
    with qtbot.waitSignal(panel.feed.ordered):
        session.undo()
    assert panel.model.rowCount() == total


def test_next_and_previous_walk_the_rows_and_stop_at_the_ends(panel, review):
    panel.next_claim()
    assert review.claim_id == panel.model.claim(0).id
    panel.next_claim()
    assert review.claim_id == panel.model.claim(1).id
    panel.previous_claim()
    panel.previous_claim()
    assert review.claim_id == panel.model.claim(0).id
    for _ in range(panel.model.rowCount() + 2):
        panel.next_claim()
    assert panel.view.currentIndex().row() == panel.model.rowCount() - 1


def test_next_undecided_passes_decided_claims_and_goes_round(panel, review, settled, qtbot):
    ids = [panel.model.claim(row).id for row in range(panel.model.rowCount())]
    settled(mark_claims, ids[1:], Verdict.VERIFIED)
    review.choose_claim(ids[2])
    with qtbot.waitSignal(review.claim_chosen) as caught:
        panel.next_undecided()
    assert caught.args == [ids[0]]


def test_a_click_chooses_and_a_choice_elsewhere_moves_the_row(panel, review, qtbot):
    place = panel.view.visualRect(panel.model.index(2, Column.CLAIM)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert review.claim_id == panel.model.claim(2).id
    review.choose_claim(panel.model.claim(0).id)
    assert panel.view.currentIndex().row() == 0


def test_all_filtered_claims_are_accepted_as_one_step_and_undone(panel, bench, session, qtbot):
    total = panel.model.rowCount()
    qtbot.keyClick(panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert panel.status == f"All {total} filtered claims chosen; Esc to leave"
    assert len(panel.view.chosen_rows()) < total
    with qtbot.waitSignal(session.changed):
        step(panel, f"Accept all {total} filtered claims").trigger()
    everything = [claim for article in (bench.bridge, bench.again, bench.report) for claim in bench.claims(article)]
    assert {claim.status for claim in everything} == {Status.ACCEPTED}
    with qtbot.waitSignal(session.changed):
        session.undo()
    everything = [claim for article in (bench.bridge, bench.again, bench.report) for claim in bench.claims(article)]
    assert {claim.status for claim in everything} == {Status.SUGGESTED}


def test_selected_rows_get_a_verdict_together(panel, bench, session, qtbot):
    panel.view.selectRow(0)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    ids = [panel.model.claim(row).id for row in (0, 1)]
    assert "2 of" in panel.status
    with qtbot.waitSignal(session.changed):
        step(panel, "Mark 2 claims as disputed").trigger()
    assert {get_claim(bench.reader, id_).verdict for id_ in ids} == {Verdict.DISPUTED}


def test_escape_and_a_new_selection_leave_all_filtered(panel, qtbot):
    panel.view.selectAll()
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert not panel.view.painter.all_chosen
    panel.view.selectAll()
    panel.view.selectRow(1)
    assert not panel.view.painter.all_chosen
    assert list(panel.chosen_ids()) == [panel.model.ids[1]]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_context_menu_opens_and_offers_all(panel, qtbot):
    panel.view.selectRow(0)
    panel.view.customContextMenuRequested.emit(QPoint(20, 20))
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    offers = [action.text() for action in menu.actions()]
    assert "&Accept this claim" in offers
    assert offers[-1].startswith("Choose all")
    menu.actions()[-1].trigger()
    menu.close()
    assert panel.view.painter.all_chosen


def test_single_letters_are_left_to_the_commands(panel, qtbot):
    panel.view.selectRow(0)
    panel.view.setFocus()
    qtbot.keyClicks(panel.view, "t")
    assert panel.view.currentIndex().row() == 0


def test_a_narrow_dock_shows_cards_and_a_wide_one_columns(panel, qtbot):
    assert panel.view.horizontalHeader().isVisible()
    assert not panel.view.isColumnHidden(Column.CLAIMANT)
    height = panel.view.verticalHeader().defaultSectionSize()
    panel.resize(320, 500)
    qtbot.waitUntil(lambda: panel.view.painter.cards)
    assert panel.width() == 320
    assert panel.view.isColumnHidden(Column.SCORE)
    assert panel.view.verticalHeader().defaultSectionSize() > 2 * height
    assert not panel.grab().isNull()


def test_without_claims_it_says_what_to_do(qtbot, session, review, bench):
    panel = QueuePanel(session, review)
    qtbot.addWidget(panel)
    review.choose_case("")
    qtbot.waitUntil(lambda: panel._empty.words.startswith("No claims yet"))
    assert panel.status == "0 claims · 0 decided · 0 in conflict"


def test_a_conflict_is_said_to_screen_readers(panel, bench):
    spoken = panel.model.index(0, Column.CLAIM).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Suggestion, ")
    assert "in conflict with 1 claim" in spoken
    assert bench.link().relation is Relation.CONFLICTS
