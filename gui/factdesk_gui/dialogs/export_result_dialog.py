"""What became of an export: how it was checked, what was changed on the way, what it lacks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from factdesk.exchange.exporters import Exported
from factdesk_gui.dialogs.export_losses import loss_line
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.notices import Offer
from factdesk_gui.plain import PlainLabel

_BOTH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class ExportResultDialog(FrameDialog):
    """Only tells.

    Args:
        offers: buttons beside the one that closes.
    """

    def __init__(self, made: Exported, offers: Sequence[Offer], parent: QWidget | None = None) -> None:
        super().__init__("What was exported", "", "", parent)
        parts = (
            ("Written", [f"{made.path}: {made.written.words}."]),
            ("Checked", [made.checked.how]),
            ("Changed on the way", list(made.written.notes) or ["Nothing."]),
            ("Not in it", [loss_line(loss) for loss in made.losses] or ["Nothing."]),
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for head, lines in parts:
            column.addWidget(self._head(head))
            column.addWidget(self._lines(head, lines))
            column.addSpacing(8)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
        for offer in offers:
            button = QPushButton(offer.label, autoDefault=False)
            button.clicked.connect(offer.act)
            self.foot.addWidget(button)
        self.fit(680, 480)

    @staticmethod
    def _head(words: str) -> QLabel:
        label = PlainLabel(words)
        label.setStyleSheet("font-weight: 600;")
        return label

    @staticmethod
    def _lines(head: str, lines: Sequence[str]) -> QLabel:
        marked = lines if len(lines) == 1 else [f"•  {line}" for line in lines]
        label = PlainLabel("\n".join(marked), wordWrap=True)
        label.setTextInteractionFlags(_BOTH)
        label.setAccessibleName(f"{head}: {' '.join(lines)}")
        return label
