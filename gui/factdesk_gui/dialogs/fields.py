"""Forms are tables of fields, walked by one builder."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from factdesk_gui.plain import PlainLabel, plain_tip

_TEXT_LINES = 4


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    key: str
    label: str  # with & before the access key
    kind: FieldKind = FieldKind.LINE
    placeholder: str = ""
    tip: str = ""
    choices: Sequence[tuple[str, str]] = ()  # value, words


Editor = QLineEdit | QPlainTextEdit | QComboBox


class Form(QWidget):
    """Fields below each other; `edited` names the one a person has changed."""

    edited = Signal(str)

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, Editor] = {}
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for field in fields:
            editor = self._make(field)
            editor.setToolTip(plain_tip(field.tip))
            editor.setAccessibleName(field.label.replace("&", ""))
            label = PlainLabel(field.label)
            label.setBuddy(editor)
            self._rows.addRow(label, editor)
            self._editors[field.key] = editor

    def editor(self, key: str) -> Editor:
        """The widget of a field."""
        return self._editors[key]

    def value(self, key: str) -> str:
        """What a field holds, without blanks around it."""
        editor = self._editors[key]
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        return (editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()).strip()

    def values(self) -> dict[str, str]:
        """What all fields hold."""
        return {key: self.value(key) for key in self._editors}

    def set_value(self, key: str, value: str) -> None:
        """Fills a field; that is no edit by a person."""
        editor = self._editors[key]
        was_blocked = editor.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.setCursorPosition(0)
        else:
            editor.setPlainText(value)
        editor.blockSignals(was_blocked)

    def set_values(self, values: dict[str, str]) -> None:
        """Fills the fields that are named."""
        for key, value in values.items():
            self.set_value(key, value)

    def show_field(self, key: str, *, visible: bool) -> None:
        """Shows or hides a field with its label."""
        self._rows.setRowVisible(self._editors[key], visible)

    def rename_field(self, key: str, label: str) -> None:
        """Gives a field another label."""
        found = self._rows.labelForField(self._editors[key])
        if isinstance(found, QLabel):
            found.setText(label)
        self._editors[key].setAccessibleName(label.replace("&", ""))

    def add_row(self, label: str, widget: QWidget) -> None:
        """Adds a widget of one's own below the fields."""
        words = PlainLabel(label)
        words.setBuddy(widget)
        self._rows.addRow(words, widget)

    def show_row(self, widget: QWidget, *, visible: bool) -> None:
        """Shows or hides a widget of one's own with its label."""
        self._rows.setRowVisible(widget, visible)

    def _make(self, field: Field) -> Editor:
        if field.kind is FieldKind.CHOICE:
            box = QComboBox()
            for value, words in field.choices:
                box.addItem(words, value)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.currentIndexChanged.connect(lambda _index, key=field.key: self.edited.emit(key))
            return box
        if field.kind is FieldKind.TEXT:
            area = QPlainTextEdit(placeholderText=field.placeholder, tabChangesFocus=True)
            area.setFixedHeight(area.fontMetrics().lineSpacing() * _TEXT_LINES + 16)
            area.textChanged.connect(lambda key=field.key: self.edited.emit(key))
            return area
        line = QLineEdit(placeholderText=field.placeholder)
        line.textChanged.connect(lambda _text, key=field.key: self.edited.emit(key))
        return line
