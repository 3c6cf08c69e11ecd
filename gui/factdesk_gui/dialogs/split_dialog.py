"""Chooses the spellings and mentions of an entity that name something else."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from factdesk_gui.dialogs.fields import Field, Form
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.plain import plain_tip

_ID = int(Qt.ItemDataRole.UserRole)
_OPEN_UP_TO = 12  # mentions: a longer list begins folded


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One mention with the words around it."""

    id: str
    spelling: str
    article: str
    before: str
    quote: str
    after: str

    @property
    def words(self) -> str:
        """The mention in its sentence."""
        return f"{self.article}: …{self.before}[{self.quote}]{self.after}…"


class SplitDialog(FrameDialog):
    """Shows the mentions by spelling, each with a check mark.

    Signals:
        split_given: ids of mentions, and the name of the new entity.

    Args:
        name: of the entity now.
        rows: its mentions in the case.
        checked: the spelling that is chosen at first, or "".
    """

    split_given = Signal(list, str)

    def __init__(self, name: str, rows: Sequence[SplitRow], checked: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            f"Split “{name}”",
            "Check the spellings, or single mentions, that name something else. They become an entity of its own; "
            "later pre-annotations follow.",
            "Split off",
            parent,
        )
        self._total = len(rows)
        self._own_name = False
        self.tree = QTreeWidget(headerHidden=True, columnCount=1)
        self.tree.setAccessibleName("Spellings and mentions")
        self.form = Form((Field("name", "&Name of the new entity"),))
        self._fill(rows, checked)
        self.tree.itemChanged.connect(self._on_checked)
        self.form.edited.connect(self._on_edited)
        self.body.addWidget(self.tree, 1)
        self.body.addWidget(self.form)
        self.fit(640, 520)
        self.tree.setFocus()
        self._on_checked()

    def chosen(self) -> list[str]:
        """Ids of the checked mentions."""
        return [str(item.data(0, _ID)) for item in self._mentions() if item.checkState(0) is Qt.CheckState.Checked]

    def check(self, spelling: str) -> None:
        """Sets the check mark of a spelling."""
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            if item.data(0, _ID) == spelling:
                item.setCheckState(0, Qt.CheckState.Checked)

    def accept(self) -> None:
        """Gives the mentions and the name, and closes."""
        self.split_given.emit(self.chosen(), self.form.value("name"))
        super().accept()

    def _fill(self, rows: Sequence[SplitRow], checked: str) -> None:
        groups: dict[str, list[SplitRow]] = {}
        for row in rows:
            groups.setdefault(row.spelling, []).append(row)
        for spelling, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
            top = QTreeWidgetItem(self.tree, [f"“{spelling}”  ({len(group)})"])
            top.setData(0, _ID, spelling)
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            for row in group:
                item = QTreeWidgetItem(top, [row.words])
                item.setData(0, _ID, row.id)
                item.setToolTip(0, plain_tip(row.words))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                state = Qt.CheckState.Checked if spelling == checked else Qt.CheckState.Unchecked
                item.setCheckState(0, state)
        if len(rows) <= _OPEN_UP_TO or len(groups) == 1:
            self.tree.expandAll()

    def _mentions(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return [top.child(at) for top in tops for at in range(top.childCount())]

    def _on_edited(self) -> None:
        self._own_name = bool(self.form.value("name"))
        self._check()

    def _on_checked(self) -> None:
        if not self._own_name:
            first = next((item for item in self._mentions() if item.checkState(0) is Qt.CheckState.Checked), None)
            self.form.set_value("name", str(first.parent().data(0, _ID)) if first is not None else "")
        self._check()

    def _check(self) -> None:
        number = len(self.chosen())
        is_all = bool(number) and number == self._total
        self.say_problem("That is every mention: rename the entity instead." if is_all else "")
        self.accept_button.setEnabled(bool(number) and not is_all and bool(self.form.value("name")))
        words = "mention" if number == 1 else "mentions"
        self.accept_button.setText(f"Split off {number} {words}" if number else "Split off")
