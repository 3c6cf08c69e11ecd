"""The claim itself: state, quote, where it stands and why the machine proposed it; accept or refuse it."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from factdesk.model.claims import Claim, Status
from factdesk_gui import theme as themes
from factdesk_gui.panels.badge import badge_width, claim_look, paint_badge
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.icon_button import IconButton
from factdesk_gui.panels.words import claim_state, when
from factdesk_gui.plain import plain_tip
from factdesk_gui.theme import reading_font

_LINES = 8
_QUOTE_POINTS = 11.5
_MEANT = (
    "How much the machine thinks the claim is worth checking, from 0 to 100: of ten sentences with 80, people found "
    "about eight worth it. It says nothing about whether the claim is true. The words behind it are what spoke for it."
)


class ClaimBadge(QWidget):
    """The state of the claim as a badge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim: Claim | None = None

    def show_claim(self, claim: Claim) -> None:
        """Shows the state of another claim."""
        self._claim = claim
        self.setAccessibleName(claim_state(claim))
        self.setToolTip(plain_tip(_state_tip(claim)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: as wide as the word."""
        metrics = self.fontMetrics()
        width = badge_width(claim_look(self._claim, themes.current()), metrics) if self._claim else 0
        return QSize(width, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        """Qt: never narrower."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints the badge."""
        del event
        if self._claim is not None:
            painter = QPainter(self)
            painter.setFont(self.font())
            paint_badge(painter, self.rect(), claim_look(self._claim, themes.current()), themes.current())


class WhyLabel(ClampLabel):
    """Why the machine proposed the claim; its tooltip says what the number means."""

    def tip(self) -> str:
        """What stands in the tooltip."""
        return _MEANT


class QuoteBox(QWidget):
    """Head of the inspector.

    Signals:
        accept_wanted, refuse_wanted, restore_wanted: about the claim shown.
        place_wanted: show the claim in its article.
        first_copy_wanted: show the claim that this one repeats.
    """

    accept_wanted = Signal()
    refuse_wanted = Signal()
    restore_wanted = Signal()
    place_wanted = Signal()
    first_copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim: Claim | None = None
        self._expanded = False
        self._badge = ClaimBadge()
        self._quote = ClampLabel(_LINES)
        self._quote.setFont(reading_font(points=_QUOTE_POINTS))
        self._place = ClampLabel(2, soft=True)
        self._voices = ClampLabel(3)
        self._seen = ClampLabel(2, soft=True)
        self._why = WhyLabel(1, soft=True)
        self._more = QToolButton(text="Show all of it")
        self._copy = IconButton("paste", "Copy the quote")
        self._go = IconButton("article", "Show the claim in its article")
        self._refuse_later = IconButton("refuse", "Refuse: it is no claim worth checking", "Refuse")
        self._repeat = QPushButton("Go to the first copy")
        self._accept = QPushButton("Accept")
        self._refuse = QPushButton("Refuse")
        self._restore = QPushButton("Take back the refusal")
        self._build()

    def show_claim(self, claim: Claim, article: str, voices: str = "", seen: str = "", *, read_only: bool) -> None:
        """Shows a claim.

        Args:
            claim: the claim.
            article: name of its article.
            voices: who says it, on whose word; "" when it is the article itself.
            seen: where and when it was seen first; "" when it is in one article only.
            read_only: nothing can be changed.
        """
        if self._claim is None or claim.id != self._claim.id:
            self._set_expanded(expanded=False)
        self._claim = claim
        self._badge.show_claim(claim)
        self._quote.set_text(claim.quote)
        kind = claim.kind.value.capitalize()
        self._place.set_text(" · ".join(part for part in (kind, article, _maker(claim)) if part))
        for label, words in ((self._voices, voices), (self._seen, seen), (self._why, _why(claim))):
            label.set_text(words)
            label.setVisible(bool(words))
        self._repeat.setVisible(claim.repeat_of is not None)
        suggested = claim.status is Status.SUGGESTED
        refused = claim.status is Status.REFUSED
        self._accept.setVisible(suggested)
        self._refuse.setVisible(suggested)
        self._refuse_later.setVisible(not suggested and not refused)
        self._restore.setVisible(refused)
        for button in (self._accept, self._refuse, self._refuse_later, self._restore):
            button.setEnabled(not read_only)
        self._show_more()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Names the keys for "accept" and "refuse" in the tooltips."""
        for name, button, meaning in (
            ("accept", self._accept, "Accept the suggestion as a claim worth checking"),
            ("refuse", self._refuse, "Refuse: it is no claim worth checking; it stays in the file"),
        ):
            key = keys.get(name, "")
            word = name.capitalize()
            button.setText(f"{word}  {key}" if key else word)
            button.setAccessibleName(word)
            button.setToolTip(plain_tip(f"{meaning} ({key})" if key else meaning))
        self._refuse_later.set_key(keys.get("refuse", ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: with another width more or less of the quote fits."""
        super().resizeEvent(event)
        self._show_more()

    def _build(self) -> None:
        self._quote.setObjectName("claim-quote")
        self._repeat.setToolTip("The same text stands earlier in this article")
        self._restore.setToolTip("Make it a claim again")
        self.set_keys({})
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._badge)
        head.addStretch(1)
        head.addWidget(self._copy)
        head.addWidget(self._go)
        head.addWidget(self._refuse_later)
        steps = QHBoxLayout()
        steps.setSpacing(6)
        for button in (self._accept, self._refuse, self._restore, self._repeat):
            steps.addWidget(button)
        steps.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._quote)
        box.addWidget(self._more)
        box.addWidget(self._place)
        box.addWidget(self._voices)
        box.addWidget(self._seen)
        box.addWidget(self._why)
        box.addLayout(steps)
        self._copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self._claim.quote if self._claim else "")
        )
        self._go.clicked.connect(self.place_wanted)
        self._more.clicked.connect(lambda: self._set_expanded(expanded=not self._expanded))
        self._repeat.clicked.connect(self.first_copy_wanted)
        self._accept.clicked.connect(self.accept_wanted)
        self._refuse.clicked.connect(self.refuse_wanted)
        self._refuse_later.clicked.connect(self.refuse_wanted)
        self._restore.clicked.connect(self.restore_wanted)

    def _set_expanded(self, *, expanded: bool) -> None:
        self._expanded = expanded
        self._quote.set_lines(0 if expanded else _LINES)
        self._show_more()

    def _show_more(self) -> None:
        self._more.setText("Show less" if self._expanded else "Show all of it")
        self._more.setVisible(self._expanded or self._quote.cut)


def _maker(claim: Claim) -> str:
    if claim.made_by == "machine":
        return "proposed by the machine" if claim.status is Status.SUGGESTED else ""
    return f"made by {claim.made_by}"


def _why(claim: Claim) -> str:
    if claim.score is None:
        return ""
    features = f": {', '.join(claim.features)}" if claim.features else ""
    return f"Check-worthiness {round(claim.score * 100)} of 100{features}"


def _state_tip(claim: Claim) -> str:
    if claim.verdict and claim.decided_by:
        return f"{claim_state(claim)}, by {claim.decided_by}, {when(claim.decided_at)}"
    return claim_state(claim)
