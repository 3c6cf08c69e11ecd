"""Tab goes through what is made later in the order in which it stands on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from factdesk_gui.panels.card_stack import CardStack


class Row(QWidget):
    """A card that is two buttons."""

    def __init__(self):
        super().__init__()
        row = QHBoxLayout(self)
        self.buttons = (QPushButton(), QPushButton())
        for button in self.buttons:
            row.addWidget(button)

    def fill(self, value):
        for side, button in zip("ab", self.buttons, strict=True):
            button.setText(f"{value}{side}")


def test_tab_comes_to_cards_where_they_stand(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    stack = CardStack(Row, Row.fill, "rows")
    before, after = QPushButton("before"), QPushButton("after")
    for part in (before, stack, after):
        column.addWidget(part)
    stack.show_values(["1"], same_owner=False)
    stack.show_values(["1", "2"], same_owner=True)
    page.show()
    page.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    order = []
    while len(order) < 6:
        order.append(QApplication.focusWidget().text())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert order == ["before", "1a", "1b", "2a", "2b", "after"]
