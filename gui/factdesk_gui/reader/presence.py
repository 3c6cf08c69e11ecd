"""How a pane's article stands to the current claim, in a word in the pane's head."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from factdesk.model.claims import Relation
from factdesk_gui import theme
from factdesk_gui.plain import plain_tip

_PAD = 6
_SIGNS = {Relation.SAME: ("=", "same"), Relation.DIFFERS: ("≈", "differs"), Relation.CONFLICTS: ("≠", "conflicts")}
_MEANT = {
    Relation.SAME: "This article states the current claim as well.",
    Relation.DIFFERS: "This article puts the current claim otherwise.",
    Relation.CONFLICTS: "This article contradicts the current claim.",
}


@dataclass(frozen=True, slots=True)
class Presence:
    """What the chip in a pane's head says; empty words for nothing."""

    words: str = ""
    tip: str = ""
    is_conflict: bool = False
    is_absent: bool = False


NOTHING = Presence()
HERE = Presence("this claim", "The current claim stands in this article.")
NOT_FOUND = Presence("not found here", "No passage about the current claim was found in this article.", is_absent=True)
NOT_MENTIONED = Presence("not mentioned", "A person confirmed: this article does not say it.", is_absent=True)


def presence_of(relation: Relation, passages: int, *, suggested: bool) -> Presence:
    """An article with passages about the current claim."""
    sign, word = _SIGNS[relation]
    more = f" ({passages})" if passages > 1 else ""
    unsure = " The machine proposed it; nobody has confirmed it yet." if suggested else ""
    return Presence(
        f"{sign} {word}{'?' if suggested else ''}{more}",
        f"{_MEANT[relation]}{unsure} Click to go to the passage.",
        is_conflict=relation is Relation.CONFLICTS,
    )


class PresenceChip(QAbstractButton):
    """Shows a presence; a click goes to the passage, if there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presence = NOTHING
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_presence(self, presence: Presence) -> None:
        """Says something else."""
        if presence != self.presence:
            self.presence = presence
            self.setText(presence.words)
            self.setToolTip(plain_tip(presence.tip))
            self.setAccessibleName(f"On the current claim: {presence.words}")
            self.setEnabled(not presence.is_absent)
            self.setCursor(Qt.CursorShape.ArrowCursor if presence.is_absent else Qt.CursorShape.PointingHandCursor)
            self.setVisible(bool(presence.words))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Qt: the words in a frame; no higher than a line, so that nothing below moves."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.presence.words) + 2 * _PAD + 2, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Qt: a sign and a letter."""
        return QSize(34, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints frame and words; what is absent has a broken frame."""
        del event
        colours = theme.current()
        presence = self.presence
        strong = presence.is_conflict
        ink = colours.warning if strong else colours.soft_text if presence.is_absent else colours.text
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colours.accent if self.hasFocus() or (self.underMouse() and self.isEnabled()) else colours.edge
        pen = QPen(ink if strong else edge, 2.0 if self.hasFocus() else 1.0)
        if presence.is_absent:
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        painter.setBrush(colours.warning_tint if strong else QColor(Qt.GlobalColor.transparent))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(ink)
        if strong:
            font = self.font()
            font.setBold(True)
            painter.setFont(font)
        words = self.rect().adjusted(_PAD - 2, 0, 2 - _PAD, 0)
        shown = painter.fontMetrics().elidedText(presence.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)
