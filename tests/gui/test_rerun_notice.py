"""What reading articles again changed: told once, calm when nothing did, and listed with the way to each passage."""

import pytest

from builders import BRIDGE, MODEL, analysis_of
from commands import run
from factdesk.model.analysis import ModelInfo
from factdesk.model.spans import Span
from factdesk.store.analysis_runs import MarkChange, MarkChanges, RunChanges
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.changes_dialog import ChangesDialog, total_words

WAIT = 30_000
NEWER = ModelInfo("test_model", "2.0", "3.8", "0.2.0")


def mark(name, before=None, after=None):
    return MarkChange(name, Span(4, 10), "bridge", before or {}, after or {})


def changes(claims=None, mentions=None):
    return RunChanges(
        "a", "Courier", "2026-01-01T00:00:00Z", MODEL, NEWER, claims or MarkChanges(), mentions or MarkChanges()
    )


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (MarkChanges(new=(mark("a"), mark("b")), gone=(mark("c"),)), "2 new claims, 1 gone"),
        (MarkChanges(gone=(mark("c"),), rescored=(mark("d"), mark("e"))), "1 claim gone, 2 scores changed"),
        (MarkChanges(rescored=(mark("d"),)), "1 score changed"),
    ],
    ids=["new and gone", "gone and rescored", "rescored"],
)
def test_all_changes_together_are_one_line(claims, words):
    assert total_words([changes(claims)]) == words


def test_each_change_is_a_row_in_words(qtbot):
    claims = MarkChanges(
        new=(mark("a"),),
        gone=(mark("b"),),
        rescored=(mark("c", {"score": 0.35, "kind": "event"}, {"score": 0.62, "kind": "quantity"}),),
        kept=(mark("d"),),
    )
    mentions = MarkChanges(rescored=(mark("m", {"label": "ORG"}, {"label": "GPE"}),))
    dialog = ChangesDialog([changes(claims, mentions)])
    qtbot.addWidget(dialog)
    assert [words for words, _ in dialog.rows()] == [
        "new claim",
        "claim gone",
        "score 35 → 62; kind event → quantity",
        "claim kept: you worked on it",
        "what it is Organisation → Place",
    ]
    assert "read with test_model 2.0" in dialog.tree.topLevelItem(0).text(1)
    with qtbot.waitSignal(dialog.place_wanted) as told:
        dialog.tree.itemClicked.emit(dialog.tree.topLevelItem(0).child(0), 0)
    assert told.args == ["a", Span(4, 10), "a"]


def test_reading_again_with_another_model_is_told_with_the_way_to_each_passage(opened, qtbot, project):
    run(opened, Command.PRE_ANNOTATE, qtbot)
    qtbot.waitUntil(lambda: any("Read again" in one.text for one in opened.notices.notices()), timeout=WAIT)
    notice = next(one for one in opened.notices.notices() if "Read again" in one.text)
    assert notice.text.startswith("Read again with fake 1")
    assert "9 claims gone" in notice.text
    assert notice.text.endswith("decisions untouched.")
    opened.binder.run(Command.READ_CHANGES)
    qtbot.waitUntil(lambda: opened.findChild(ChangesDialog) is not None)
    dialog = opened.findChild(ChangesDialog)
    assert len([words for words, _ in dialog.rows() if words == "claim gone"]) == 9
    with qtbot.waitSignal(opened.workspace.review.passage_wanted) as shown:
        dialog.tree.itemClicked.emit(dialog.tree.topLevelItem(0).child(0), 0)
    assert shown.args[0].article_id == project.bridge
    dialog.reject()


def test_the_same_suggestions_again_are_no_news(opened, qtbot, project):
    found = analysis_of(project.bridge, BRIDGE, words=[("Ostrava", "GPE", "Ostrava"), ("Jana Nová", "PERSON", "Nová")])
    annotator = opened.controls.analysis.annotator
    annotator.article_done.emit(found)
    annotator.ended.emit(1)
    qtbot.waitUntil(lambda: any("pre-annotated" in one.text for one in opened.notices.notices()))
    qtbot.waitUntil(lambda: not opened.workspace.session.pending)
    assert not any("Read again" in one.text for one in opened.notices.notices())


def test_without_any_change_the_list_says_so(opened, qtbot):
    opened.binder.run(Command.READ_CHANGES)
    qtbot.waitUntil(lambda: opened.findChild(ChangesDialog) is not None)
    dialog = opened.findChild(ChangesDialog)
    assert dialog.rows() == []
    dialog.reject()
