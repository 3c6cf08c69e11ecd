"""The list of cases in the toolbar; there only when a project has more than one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QToolBar

from factdesk.model.changes import Changes

if TYPE_CHECKING:
    from factdesk_gui.workspace import Workspace

_WIDTH = 240


class CaseBox(QObject):
    """Shows which case is on the desk and changes to another."""

    def __init__(self, bar: QToolBar) -> None:
        super().__init__(bar)
        self._box = QComboBox(maximumWidth=_WIDTH, toolTip="The case on the desk")
        self._box.setAccessibleName("Case")
        self._box.activated.connect(self._on_chosen)
        first = bar.actions()[0] if bar.actions() else None
        self._place = bar.insertWidget(first, self._box) if first else bar.addWidget(self._box)
        self._place.setVisible(False)
        self._workspace: Workspace | None = None

    def follow(self, workspace: "Workspace") -> None:
        """Shows the cases of a project from now on."""
        self._workspace = workspace
        workspace.review.case_chosen.connect(self._show)
        workspace.session.changed.connect(self._on_changed)
        self._show()

    def leave(self) -> None:
        """The project is closed."""
        self._workspace = None
        self._place.setVisible(False)

    def names(self) -> list[str]:
        """The cases that can be chosen."""
        return [self._box.itemText(index) for index in range(self._box.count())]

    def choose(self, index: int) -> None:
        """Chooses a case, as a click does."""
        self._box.setCurrentIndex(index)
        self._on_chosen(index)

    def _on_changed(self, changes: Changes) -> None:
        if changes.cases or changes.everything:
            self._show()

    def _show(self) -> None:
        if self._workspace is None:
            return
        from factdesk.store.cases import list_cases  # noqa: PLC0415 - only an open project needs it

        cases = list_cases(self._workspace.session.reader)
        self._box.clear()
        for case in cases:
            self._box.addItem(case.name, case.id)
        self._box.setCurrentIndex(self._box.findData(self._workspace.review.case_id))
        self._place.setVisible(len(cases) > 1)

    def _on_chosen(self, index: int) -> None:
        if self._workspace is not None:
            self._workspace.review.choose_case(str(self._box.itemData(index)))
