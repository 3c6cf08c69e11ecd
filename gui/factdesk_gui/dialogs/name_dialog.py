"""Asks for one name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from factdesk_gui.dialogs.fields import Field, Form
from factdesk_gui.dialogs.frame import FrameDialog


class NameDialog(FrameDialog):
    """Emits `name_given` with the name, which is never empty.

    Args:
        title, explains, accept: as for every dialog.
        name: to begin with.
        placeholder: what such a name looks like.
    """

    name_given = Signal(str)

    def __init__(
        self, title: str, explains: str, accept: str, name: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, explains, accept, parent)
        self.form = Form((Field("name", "&Name", placeholder=placeholder),))
        self.form.set_value("name", name)
        self.form.edited.connect(self._check)
        self.body.addWidget(self.form)
        self.setMinimumWidth(420)
        self._check()
        self.form.editor("name").setFocus()  # else the way out has it: the buttons come first in the order of tabs

    def accept(self) -> None:
        """Gives the name and closes."""
        self.name_given.emit(self.form.value("name"))
        super().accept()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.form.value("name")))
