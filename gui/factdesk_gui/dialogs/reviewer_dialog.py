"""Asks who is deciding."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from factdesk_gui.dialogs.fields import Field, Form
from factdesk_gui.dialogs.frame import FrameDialog

_FIELDS = (Field("name", "&Name", placeholder="Name or initials"),)


class ReviewerDialog(FrameDialog):
    """The reviewer's name; emits `name_chosen`."""

    name_chosen = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            "Reviewer name", "It is kept with each of your decisions and leaves with every export.", "Keep", parent
        )
        self.form = Form(_FIELDS)
        self.form.set_value("name", name)
        self.form.edited.connect(self._check)
        self.body.addWidget(self.form)
        self.setMinimumWidth(420)
        self._check()

    def accept(self) -> None:
        """Gives the name and closes."""
        self.name_chosen.emit(self.form.value("name"))
        super().accept()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.form.value("name")))
