"""What reading articles again changed, article by article; a click goes to the passage. Stays open."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from factdesk.store.analysis_runs import MarkChange, MarkChanges, RunChanges
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import counted, shortened
from factdesk_gui.models.label_words import label_word
from factdesk_gui.models.reading_words import model_words
from factdesk_gui.plain import plain_tip

_PLACE = int(Qt.ItemDataRole.UserRole)
_NAMES = {"score": "score", "kind": "kind", "claimant": "who says it", "label": "what it is", "entity": "entity"}
_UNKNOWN = "nobody"


class ChangesDialog(FrameDialog):
    """A tree: articles, and below each what changed in it.

    Signals:
        place_wanted: (article id, Span, id of a claim or ""): a passage should be shown.

    Args:
        changes: of all articles.
    """

    place_wanted = Signal(str, object, str)

    def __init__(self, changes: Sequence[RunChanges], parent: QWidget | None = None) -> None:
        explains = f"{total_words(changes)}. Your decisions are as they were." if changes else _NOTHING
        super().__init__("What the last reading changed", explains, "", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.tree = QTreeWidget(columnCount=2, alternatingRowColors=True, uniformRowHeights=True)
        self.tree.setHeaderLabels(["What", "Passage"])
        self.tree.setAccessibleName("What the last reading changed")
        for run in changes:
            self._add(run)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.tree.setColumnWidth(0, 290)
        self.tree.setStyleSheet("QTreeView::item { padding: 2px 0; }")
        self.tree.itemClicked.connect(self._show)
        self.tree.itemActivated.connect(self._show)
        self.body.addWidget(self.tree, 1)
        self.tree.setVisible(bool(changes))
        self.fit(820, 560 if changes else 160)
        self.tree.setFocus()

    def rows(self) -> list[tuple[str, str]]:
        """What stands in the tree below the articles."""
        tops = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return [(top.child(at).text(0), top.child(at).text(1)) for top in tops for at in range(top.childCount())]

    def _add(self, run: RunChanges) -> None:
        before, after = model_words(run.before), model_words(run.after)
        read = f"read with {after}, before with {before}" if before != after else f"read again with {after}"
        top = QTreeWidgetItem(self.tree, [run.label, read])
        for words, mark, claim in _lines(run):
            item = QTreeWidgetItem(top, [words, shortened(mark.quote, 200)])
            item.setToolTip(1, plain_tip(mark.quote))
            item.setData(0, _PLACE, (run.article_id, mark.span, claim))
        top.setExpanded(True)

    def _show(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, _PLACE)
        if place is not None:
            self.place_wanted.emit(*place)


_NOTHING = "Nothing: no article was read again, or the suggestions are the same."


def total_words(changes: Sequence[RunChanges]) -> str:
    """All together in words: "12 new claims, 3 gone, 40 scores changed"."""
    parts = []
    claims = [sum(len(getattr(run.claims, sort)) for run in changes) for sort in ("new", "gone", "rescored")]
    if any(claims):
        new, gone, rescored = claims
        told = ((new, f"{counted(new, 'new claim')}"), (gone, f"{gone:,} gone"))
        words = [text for number, text in told if number]
        if rescored:
            words.append(f"{counted(rescored, 'score')} changed")
        if not new and gone:
            words[0] = f"{counted(gone, 'claim')} gone"
        parts.append(", ".join(words))
    mentions = sum(len(run.mentions.new) + len(run.mentions.gone) + len(run.mentions.rescored) for run in changes)
    if mentions:
        parts.append(f"{counted(mentions, 'mention')} changed")
    kept = sum(len(run.claims.kept) + len(run.mentions.kept) for run in changes)
    if kept and not parts:
        parts.append(f"{counted(kept, 'mark')} of yours that the machine would not make")
    return "; ".join(parts)


def _lines(run: RunChanges) -> Iterator[tuple[str, MarkChange, str]]:
    for noun, marks in (("claim", run.claims), ("mention", run.mentions)):
        yield from _of_sort(noun, marks)


def _of_sort(noun: str, marks: MarkChanges) -> Iterator[tuple[str, MarkChange, str]]:
    is_claim = noun == "claim"
    for mark in marks.new:
        yield f"new {noun}", mark, mark.id if is_claim else ""
    for mark in marks.gone:
        yield f"{noun} gone", mark, ""
    for mark in marks.rescored:
        yield _moved(mark), mark, mark.id if is_claim else ""
    for mark in marks.kept:
        yield f"{noun} kept: you worked on it", mark, mark.id if is_claim else ""


def _moved(mark: MarkChange) -> str:
    return "; ".join(
        f"{_NAMES.get(name, name)} {_value(name, mark.before.get(name))} → {_value(name, mark.after.get(name))}"
        for name in mark.after
    )


def _value(name: str, value: object) -> str:
    if isinstance(value, float):
        return f"{value * 100:.0f}"
    if value is None or value == "":
        return _UNKNOWN if name == "claimant" else "none"
    return label_word(str(value)) if name == "label" else shortened(str(value), 30)
