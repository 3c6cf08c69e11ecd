"""Progress on a real project."""

import pytest
from PySide6.QtCore import Qt

from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claims
from factdesk.store.progress import case_progress
from factdesk_gui.models.progress_model import ProgressModel
from factdesk_gui.panels.progress_panel import ProgressPanel


@pytest.fixture
def panel(session, review, qtbot):
    panel = ProgressPanel(session, review)
    qtbot.addWidget(panel)
    panel.resize(320, 400)
    panel.show()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    return panel


def test_the_model_satisfies_qt(bench, qtmodeltester):
    model = ProgressModel()
    model.set_progress(case_progress(bench.reader, bench.case))
    qtmodeltester.check(model)


def test_numbers_stand_in_words_and_follow_decisions(panel, bench, settled, qtbot):
    assert panel.words == "0 of 9 claims decided, 9 only suggested"
    settled(mark_claims, [claim.id for claim in bench.claims()[:2]], Verdict.DISPUTED)
    qtbot.waitUntil(lambda: panel.words == "2 of 9 claims decided, 7 only suggested")
    assert "2 disputed" in panel._parts.text()
    assert "7 open" in panel._parts.text()
    spoken = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "The Daily: 2 of 3 claims decided, 1 only suggested"
    assert not panel.grab().isNull()


def test_the_selection_outlives_a_decision(panel, bench, settled, qtbot):
    panel.view.setCurrentIndex(panel.model.index(1))
    settled(mark_claims, [bench.claims()[0].id], Verdict.VERIFIED)
    qtbot.waitUntil(lambda: panel.words.startswith("1 of"))
    assert panel.view.currentIndex().row() == 1


def test_a_click_asks_for_the_article(panel, bench, qtbot):
    place = panel.view.visualRect(panel.model.index(1)).center()
    with qtbot.waitSignal(panel.article_wanted) as caught:
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [bench.again]


def test_the_button_asks_for_the_next_undecided_claim_while_there_is_one(panel, bench, settled, qtbot):
    with qtbot.waitSignal(panel.next_undecided_wanted):
        qtbot.mouseClick(panel.next_button, Qt.MouseButton.LeftButton)
    everything = [claim.id for article in bench.texts for claim in bench.claims(article)]
    settled(mark_claims, everything, Verdict.VERIFIED)
    qtbot.waitUntil(lambda: not panel.next_button.isEnabled())


def test_an_empty_case_says_what_to_do(panel, review, qtbot):
    review.choose_case("")
    qtbot.waitUntil(lambda: panel._pages.currentIndex() == 1)
    assert panel.words == "No claims yet"
