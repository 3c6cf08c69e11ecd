"""What was decided earlier about claims like this one: a quiet line for each, which opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from factdesk.model.evidence import ClusterEvidence
from factdesk.model.memory import Remembered
from factdesk_gui import theme as themes
from factdesk_gui.panels.badge import BadgeLook, badge_width, paint_badge, style_of
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.section import Card, Section
from factdesk_gui.panels.words import STANCE_GLYPHS, short_when, shorten, when
from factdesk_gui.plain import plain_tip


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier decision, in words."""

    verdict: str
    signed: str  # case, date and reviewer
    quote: str
    likeness: str
    reason: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()


def earlier_words(found: Remembered) -> Earlier:
    """What is told about a remembered decision."""
    judgement = found.judgement
    where = " — ".join(part for part in (found.project, found.case_name, found.article) if part)
    signed = f"{short_when(found.decided_at)} by {found.decided_by}" if found.decided_by else when(found.decided_at)
    return Earlier(
        str(judgement.verdict or ""),
        f"{where} · {signed}",
        found.normalised or found.quote,
        f"{round(found.likeness * 100)} % alike",
        str(judgement.reason or ""),
        judgement.note,
        tuple(_piece(one) for one in found.evidence),
    )


def _piece(found: ClusterEvidence) -> str:
    evidence = found.evidence
    words = f"“{evidence.quote}”" if evidence.quote else evidence.note
    told = f"{STANCE_GLYPHS[found.stance]} {found.stance.value}: {words}".strip()
    source = evidence.source or evidence.url
    return f"{told} ({source})" if source else told


class VerdictSign(QWidget):
    """A verdict as a badge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = "none"

    def show_verdict(self, verdict: str) -> None:
        """Shows another one."""
        self._verdict = verdict
        self.setAccessibleName(self._look().word)
        self.setToolTip(plain_tip(f"{self._look().word}, decided earlier"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: as wide as the word."""
        return QSize(badge_width(self._look(), self.fontMetrics()), self.fontMetrics().height() + 8)

    def minimumSizeHint(self) -> QSize:
        """Qt: never narrower."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints the badge."""
        del event
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_badge(painter, self.rect(), self._look(), themes.current())

    def _look(self) -> BadgeLook:
        style = style_of(self._verdict, themes.current())
        return BadgeLook(style, style.name)


class EarlierCard(Card):
    """One earlier decision; pressing it shows reason, note and evidence, or hides them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open = False
        self._earlier: Earlier | None = None
        self._sign = VerdictSign()
        self._likeness = ClampLabel(1, soft=True)
        self._quote = ClampLabel(2)
        self._signed = ClampLabel(2, soft=True)
        self._more = ClampLabel(0)
        self._evidence = ClampLabel(0, soft=True)
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self._likeness, 1)
        self.body.addLayout(head)
        for part in (self._quote, self._signed, self._more, self._evidence):
            self.body.addWidget(part)
        self.activated.connect(lambda: self._open(is_open=not self._is_open))

    def show_earlier(self, earlier: Earlier) -> None:
        """Shows another decision, closed."""
        same = earlier == self._earlier
        self._earlier = earlier
        self._sign.show_verdict(earlier.verdict)
        self._likeness.set_text(earlier.likeness)
        self._quote.set_text(earlier.quote)
        self._signed.set_text(earlier.signed)
        self._more.set_text(" · ".join(part for part in (earlier.reason, earlier.note) if part))
        self._evidence.set_text(" · ".join(earlier.evidence))
        self.setAccessibleName(f"Earlier {earlier.verdict}: {shorten(earlier.quote, 120)}, {earlier.signed}")
        self._open(is_open=same and self._is_open)

    def _open(self, *, is_open: bool) -> None:
        self._is_open = is_open
        self._quote.set_lines(0 if is_open else 2)
        self._more.setVisible(is_open and bool(self._more.text))
        self._evidence.setVisible(is_open and bool(self._evidence.text))
        self.setToolTip("Press to close it again" if is_open else "Press to see reason, note and evidence")
        self.setAccessibleDescription("open" if is_open else "closed")


class MemoryBox(Section):
    """Earlier decisions about claims like the one shown; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Judged before", "memory", parent)
        self._claim_id = ""
        self.stack: CardStack[Earlier, EarlierCard] = CardStack(
            EarlierCard, EarlierCard.show_earlier, "decisions", first=2
        )
        self._nothing = ClampLabel(2, soft=True)
        self.body.addWidget(self.stack)
        self.body.addWidget(self._nothing)
        self.show_earlier("", ())

    def show_earlier(self, claim_id: str, found: Sequence[Earlier], nothing: str = "") -> None:
        """Shows what was found about a claim.

        Args:
            claim_id: of the claim.
            found: the decisions, the most alike first.
            nothing: what to say when there are none, because someone asked; else the section goes.
        """
        self.stack.show_values(found, same_owner=claim_id == self._claim_id)
        self._claim_id = claim_id
        self._nothing.set_text(nothing)
        self._nothing.setVisible(not found and bool(nothing))
        self.set_title(f"Judged before ({len(found)})" if found else "Judged before")
        self.setVisible(bool(found or nothing))
