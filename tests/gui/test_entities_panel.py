"""Entities on a real project."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from factdesk.ops.mentions import merge_entities, rename_entity
from factdesk.store.mentions import list_entities
from factdesk_gui.models.entities_model import EntitiesModel
from factdesk_gui.panels.entities_panel import EntitiesPanel


@pytest.fixture
def panel(session, review, qtbot):
    panel = EntitiesPanel(session, review)
    qtbot.addWidget(panel)
    panel.resize(320, 400)
    panel.show()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    return panel


def names(panel):
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def row_of(panel, name):
    return panel.model.index(names(panel).index(name))


def click(panel, qtbot, name, modifier=Qt.KeyboardModifier.NoModifier):
    place = panel.view.visualRect(row_of(panel, name)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def step(panel, words):
    """An entry of the context menu for what is selected, submenus included."""
    menu = panel.steps.menu(panel.chosen(), panel)
    found = [action for part in (menu, *menu.findChildren(QMenu)) for action in part.actions()]
    return next(action for action in found if action.text().replace("&", "").startswith(words))


def test_the_model_satisfies_qt(bench, qtmodeltester):
    model = EntitiesModel()
    model.set_entities(list_entities(bench.reader, bench.case))
    qtmodeltester.check(model)


def test_entities_come_most_mentioned_first_and_are_said_in_words(panel):
    assert names(panel)[0] == "Ostrava"
    spoken = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ostrava, country, region or city, 2 mentions in 2 articles"


def test_search_looks_at_names_and_spellings(panel, qtbot):
    panel.search.setText("jana")
    assert names(panel) == ["Nová"]
    panel.search.setText("nothing like it")
    assert "No entity" in panel._empty.words
    panel.search.clear()
    assert len(names(panel)) == 4


def test_a_click_emphasises_and_the_button_stops_it(panel, review, qtbot):
    click(panel, qtbot, "Silesia")
    chosen = review.entity_id
    assert panel.model.entity(row_of(panel, "Silesia").row()).id == chosen
    click(panel, qtbot, "Silesia")
    assert review.entity_id == chosen
    qtbot.mouseClick(panel._off, Qt.MouseButton.LeftButton)
    assert review.entity_id == ""
    assert not panel._off.isEnabled()


def test_double_click_walks_the_mentions_round(panel, bench, review, qtbot):
    click(panel, qtbot, "Ostrava")
    places = []
    for _ in range(3):
        with qtbot.waitSignal(review.passage_wanted) as caught:
            panel.view.activated.emit(row_of(panel, "Ostrava"))
        places.append(caught.args[0])
    assert [place.article_id for place in places] == [bench.bridge, bench.again, bench.bridge]
    assert places[0] == places[2]
    assert places[0].span.of(bench.texts[bench.bridge]) == "Ostrava"
    assert panel._status.text().startswith("Mention 1 of 2")


def test_rename(panel, session, qtbot):
    click(panel, qtbot, "Ostrava")
    with qtbot.waitSignal(session.changed):
        panel.steps.rename(panel.chosen()[0], "City of Ostrava")
    qtbot.waitUntil(lambda: "City of Ostrava" in names(panel))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_rename_asks_in_a_dialog_that_blocks_nothing(panel, session, qtbot):
    click(panel, qtbot, "Ostrava")
    step(panel, "Rename").trigger()
    dialog = panel.findChild(QInputDialog)
    assert dialog.textValue() == "Ostrava"
    dialog.setTextValue("Old Town")
    with qtbot.waitSignal(session.changed):
        dialog.accept()
    qtbot.waitUntil(lambda: "Old Town" in names(panel))


def test_merge_keeps_the_current_one(panel, session, qtbot):
    click(panel, qtbot, "Nova")
    other = row_of(panel, "Nová")
    panel.view.selectionModel().select(other, QItemSelectionModel.SelectionFlag.Select)
    entry = step(panel, "Merge")
    assert entry.text().replace("&", "") == "Merge 2 entities into “Nova”"
    with qtbot.waitSignal(session.changed):
        entry.trigger()
    qtbot.waitUntil(lambda: "Nová" not in names(panel))
    merged = panel.model.entity(row_of(panel, "Nova").row())
    assert set(merged.spellings) == {"Nova", "Jana Nová"}


def test_split_makes_a_spelling_its_own_entity(panel, bench, session, settled, qtbot):
    nova, silesia = (panel.model.entity(row_of(panel, name).row()).id for name in ("Nová", "Nova"))
    settled(merge_entities, nova, [silesia])
    qtbot.waitUntil(lambda: "Nova" not in names(panel))
    click(panel, qtbot, "Nová")
    with qtbot.waitSignal(session.changed):
        step(panel, "“Nova”").trigger()
    qtbot.waitUntil(lambda: "Nova" in names(panel))


def test_retype(panel, session, qtbot):
    click(panel, qtbot, "Silesia")
    with qtbot.waitSignal(session.changed):
        step(panel, "Organisation (ORG)").trigger()
    qtbot.waitUntil(lambda: panel.model.entity(row_of(panel, "Silesia").row()).label == "ORG")


def test_the_selection_outlives_a_change_elsewhere(panel, settled, qtbot):
    click(panel, qtbot, "Silesia")
    other = panel.model.entity(row_of(panel, "Ostrava").row())
    settled(rename_entity, other.id, "Elsewhere")
    qtbot.waitUntil(lambda: "Elsewhere" in names(panel))
    assert [entity.name for entity in panel.chosen()] == ["Silesia"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_context_menu_opens(panel, qtbot):
    click(panel, qtbot, "Ostrava")
    panel.view.customContextMenuRequested.emit(QPoint(10, 10))
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    assert menu.actions()[0].text() == "&Rename “Ostrava”…"
    menu.close()


def test_without_entities_it_says_what_to_do(panel, review, qtbot):
    review.choose_case("")
    qtbot.waitUntil(lambda: "No entities yet" in panel._empty.words)
    assert panel._status.text() == "0 entities"
