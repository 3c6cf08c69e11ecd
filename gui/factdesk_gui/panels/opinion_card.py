"""What one reviewer said about a claim: name and colour, verdict, reason, note, how sure, and when."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from factdesk.store.opinions import Opinion
from factdesk_gui.models.reviewer_colours import colour_of
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.memory_box import VerdictSign
from factdesk_gui.panels.words import short_when
from factdesk_gui.plain import PlainLabel, plain_tip

_DOT = 11


class ColourDot(QWidget):
    """A reviewer's colour; their name stands beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_colour(self, colour: QColor) -> None:
        """Shows another one."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a small square."""
        return QSize(_DOT, _DOT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints a round dot."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class NameLabel(PlainLabel):
    """A name that ends in an ellipsis when there is no room for all of it; the tooltip has the whole then."""

    def minimumSizeHint(self) -> QSize:
        """Qt: room for a few letters."""
        return QSize(4 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints as much as there is room for."""
        del event
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        self.setToolTip("" if shown == self.text() else plain_tip(self.text()))


class OpinionCard(QWidget):
    """One opinion.

    Args:
        lines: of the note at most; 0 for all.
    """

    def __init__(self, lines: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = ColourDot()
        self._name = NameLabel()
        self._sign = VerdictSign()
        self._facts = ClampLabel(2, soft=True)
        self._note = ClampLabel(lines)
        font = self._name.font()
        font.setWeight(font.Weight.DemiBold)
        self._name.setFont(font)
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(self._dot)
        head.addWidget(self._name)
        head.addWidget(self._sign)
        head.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addLayout(head)
        self.column.addWidget(self._facts)
        self.column.addWidget(self._note)

    def show_opinion(self, opinion: Opinion, colours: Mapping[str, QColor], mark: str = "") -> None:
        """Shows another one.

        Args:
            opinion: to show.
            colours: of reviewers, by name.
            mark: a word about it, such as “in force”.
        """
        judgement = opinion.judgement
        self._dot.set_colour(colour_of(opinion.reviewer, colours))
        self._name.setText(opinion.reviewer)
        self._sign.show_verdict(str(judgement.verdict))
        self._sign.setToolTip(plain_tip(f"{judgement.verdict}, said {opinion.reviewer}"))
        sure = f"{judgement.confidence} % sure" if judgement.confidence is not None else ""
        facts = (mark, str(judgement.reason or ""), sure, short_when(opinion.decided_at))
        self._facts.set_text(" · ".join(each for each in facts if each))
        self._note.set_text(f"“{judgement.note}”" if judgement.note else "")
        self._note.setVisible(bool(judgement.note))
        self.setAccessibleName(f"{opinion.reviewer}: {judgement.verdict}, {self._facts.text} {self._note.text}".strip())
