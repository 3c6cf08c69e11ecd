"""Entities on a real project."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from commands import run
from factdesk.model.spans import Span
from factdesk.ops.mentions import add_mention, merge_entities, rename_entity
from factdesk.store.mentions import list_entities
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.name_dialog import NameDialog
from factdesk_gui.dialogs.split_dialog import SplitDialog
from factdesk_gui.models.entities_model import DECIDED_ROLE, EntitiesModel
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
    assert spoken == "Ostrava, Place, 2 mentions in 2 articles, found by the machine"


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
    qtbot.waitUntil(panel.card.isVisible)
    assert "All panes show “Silesia”" in panel.card.words
    qtbot.mouseClick(panel.card.off, Qt.MouseButton.LeftButton)
    assert review.entity_id == ""
    assert not panel.card.isVisible()


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
    dialog = panel.findChild(NameDialog)
    assert dialog.form.value("name") == "Ostrava"
    dialog.form.set_value("name", "Old Town")
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


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_split_makes_a_spelling_its_own_entity(panel, session, settled, qtbot):
    nova, other = (panel.model.entity(row_of(panel, name).row()).id for name in ("Nová", "Nova"))
    settled(merge_entities, nova, [other])
    qtbot.waitUntil(lambda: "Nova" not in names(panel))
    click(panel, qtbot, "Nová")
    step(panel, "Split").trigger()
    qtbot.waitUntil(lambda: panel.findChild(SplitDialog) is not None)
    dialog = panel.findChild(SplitDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.check("Nova")
    assert dialog.form.value("name") == "Nova"
    assert dialog.accept_button.text() == "Split off 1 mention"
    dialog.check("Jana Nová")
    assert "every mention" in dialog.problem
    dialog.tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    with qtbot.waitSignal(session.changed):
        dialog.accept()
    qtbot.waitUntil(lambda: len(names(panel)) == 4)


def test_the_card_tells_where_and_who(panel, session, settled, review, qtbot):
    click(panel, qtbot, "Ostrava")
    qtbot.waitUntil(panel.card.isVisible)
    assert panel.card.words == "All panes show “Ostrava”; queue and board are about it\nFound by the machine"
    chips = [chip.text() for chip in panel.card.findChildren(QPushButton) if chip.isVisible()]
    assert chips == ["The Daily  1", "Evening  1"]
    settled(rename_entity, review.entity_id, "City of Ostrava")
    qtbot.waitUntil(lambda: "Rename “Ostrava” to “City of Ostrava”" in panel.card.words)
    assert panel.model.index(0).data(DECIDED_ROLE) == "Ada"


def test_an_article_in_the_card_goes_to_its_mention(panel, bench, review, qtbot):
    click(panel, qtbot, "Ostrava")
    qtbot.waitUntil(panel.card.isVisible)
    chip = next(chip for chip in panel.card.findChildren(QPushButton) if chip.text().startswith("Evening"))
    with qtbot.waitSignal(review.passage_wanted) as caught:
        chip.click()
    assert caught.args[0].article_id == bench.again


def test_what_was_merged_can_be_separated(panel, session, settled, qtbot):
    nova, other = (panel.model.entity(row_of(panel, name).row()).id for name in ("Nová", "Nova"))
    settled(merge_entities, nova, [other])
    qtbot.waitUntil(lambda: "Nova" not in names(panel))
    click(panel, qtbot, "Nová")
    qtbot.waitUntil(lambda: any(b.text() == "Separate" for b in panel.card.findChildren(QPushButton)))
    button = next(b for b in panel.card.findChildren(QPushButton) if b.text() == "Separate")
    with qtbot.waitSignal(panel.steps.told) as told:
        button.click()
    assert told.args == ["Separate “Nova” from “Nová”", True]
    qtbot.waitUntil(lambda: "Nova" in names(panel))


def test_one_dropped_on_another_is_merged_into_it(panel, session, qtbot):
    data = panel.model.mimeData([row_of(panel, "Nova")])
    with qtbot.waitSignal(session.changed):
        assert panel.model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, row_of(panel, "Nová"))
    qtbot.waitUntil(lambda: "Nova" not in names(panel))
    assert not panel.model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, QModelIndex())


def test_the_list_can_show_one_sort_only(panel, qtbot):
    panel.labels.setCurrentIndex(panel.labels.findData("PERSON"))
    assert panel.labels.currentText() == "Person (2)"
    assert sorted(names(panel)) == ["Nova", "Nová"]
    assert panel._status.text() == "2 of 4 entities"
    panel.labels.setCurrentIndex(0)
    assert len(names(panel)) == 4


def test_escape_shows_everything_again(panel, review, qtbot):
    click(panel, qtbot, "Ostrava")
    assert review.entity_id
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert review.entity_id == ""


def test_all_occurrences_become_mentions(panel, bench, session, settled, qtbot):
    start = bench.texts[bench.report].index("bridge")
    settled(add_mention, bench.report, Span(start, start + len("bridge")), "FAC")
    qtbot.waitUntil(lambda: "bridge" in names(panel))
    click(panel, qtbot, "bridge")
    with qtbot.waitSignal(panel.steps.told) as told:
        step(panel, "Mark all").trigger()
    assert told.args[1] is True
    qtbot.waitUntil(lambda: panel.model.entity(row_of(panel, "bridge").row()).article_count == 3)


def test_nothing_to_mark_offers_no_undo(panel, qtbot):
    click(panel, qtbot, "Silesia")
    with qtbot.waitSignal(panel.steps.told) as told:
        step(panel, "Mark all").trigger()
    assert told.args == ["Every occurrence of “Silesia” is marked already", False]


def test_the_keys_of_the_list_rename_and_merge(opened, qtbot):
    panel = opened.workspace.entities
    opened.docks.show("entities")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    run(opened, Command.SHOW_ENTITIES, qtbot) if not panel.isVisible() else None
    panel.view.setFocus()
    click(panel, qtbot, "Nova")
    panel.view.selectionModel().select(row_of(panel, "Nová"), QItemSelectionModel.SelectionFlag.Select)
    qtbot.waitUntil(opened.binder.action(Command.MERGE_ENTITIES).isEnabled)
    qtbot.keyClick(panel.view, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: "Nová" not in names(panel))
    assert any("Merge “Nová” into “Nova”" in notice.text for notice in opened.notices.notices())
    opened.binder.run(Command.RENAME_ENTITY)
    dialog = opened.findChild(NameDialog)
    dialog.form.set_value("name", "Jana Nová")
    dialog.accept()
    qtbot.waitUntil(lambda: "Jana Nová" in names(panel))


def test_retype(panel, session, qtbot):
    click(panel, qtbot, "Silesia")
    with qtbot.waitSignal(session.changed):
        step(panel, "Organisation").trigger()
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
