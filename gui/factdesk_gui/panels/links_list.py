"""The same claim in the other articles: how each stands to this one, and what it says."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from factdesk.model.claims import Claim, Link, Relation, Status
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.quote_box import ClaimBadge
from factdesk_gui.panels.section import Card, Section
from factdesk_gui.panels.words import RELATION_GLYPHS, shorten

_WORDS = {Relation.SAME: "Same", Relation.DIFFERS: "Differs", Relation.CONFLICTS: "Conflicts"}

Pair = tuple[Link, Claim]


class LinkCard(Card):
    """One linked claim.

    Signals:
        accept_wanted, refuse_wanted: about the link.
    """

    accept_wanted = Signal()
    refuse_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair: Pair | None = None
        self._read_only = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._relation = QLabel()
        self._relation.setTextFormat(Qt.TextFormat.PlainText)
        font = self._relation.font()
        font.setBold(True)
        self._relation.setFont(font)
        self._badge = ClaimBadge()
        self._quote = ClampLabel(2)
        self._article = ClampLabel(1, soft=True)
        self._accept = QPushButton("Accept link")
        self._refuse = QPushButton("Refuse link")
        self._accept.setToolTip("The machine proposed this link; confirm it")
        self._refuse.setToolTip("These two claims have nothing to do with each other")
        self._accept.clicked.connect(self.accept_wanted)
        self._refuse.clicked.connect(self.refuse_wanted)
        head = QHBoxLayout()
        head.addWidget(self._relation)
        head.addStretch(1)
        head.addWidget(self._badge)
        steps = QHBoxLayout()
        steps.setSpacing(5)
        steps.addWidget(self._accept)
        steps.addWidget(self._refuse)
        steps.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._quote)
        self.body.addWidget(self._article)
        self.body.addLayout(steps)

    def show_pair(self, pair: Pair, article: str, *, read_only: bool) -> None:
        """Shows another link and the claim at its other end."""
        self.pair = pair
        self._read_only = read_only
        link, claim = pair
        suggested = link.status is Status.SUGGESTED
        word = _WORDS[link.relation]
        self._relation.setText(f"{RELATION_GLYPHS[link.relation]}  {word}{', suggested' if suggested else ''}")
        self._relation.setToolTip(_as_words(link.reason))
        self._badge.show_claim(claim)
        self._quote.set_text(claim.quote)
        self._article.set_text(article)
        for button in (self._accept, self._refuse):
            button.setVisible(suggested)
            button.setEnabled(not read_only)
        self.setAccessibleName(f"{word}: {shorten(claim.quote, 120)}, {article}")
        self.setToolTip("Click to go to this claim")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: accept or refuse, also for links that are accepted."""
        if self.pair is None:
            return
        menu = QMenu(self)
        menu.addAction("Go to this claim").triggered.connect(self.activated)
        accept = menu.addAction("Accept link")
        accept.setEnabled(not self._read_only and self.pair[0].status is Status.SUGGESTED)
        accept.triggered.connect(self.accept_wanted)
        refuse = menu.addAction("Refuse link")
        refuse.setEnabled(not self._read_only)
        refuse.triggered.connect(self.refuse_wanted)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())


class LinksList(Section):
    """All links of a claim.

    Signals:
        claim_wanted: id of a linked claim to go to.
        accept_wanted, refuse_wanted: id of a link.
    """

    claim_wanted = Signal(str)
    accept_wanted = Signal(str)
    refuse_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("In other articles", "sources", parent)
        self._articles: Mapping[str, str] = {}
        self._read_only = False
        self._claim_id = ""
        self.stack: CardStack[Pair, LinkCard] = CardStack(self._make, self._fill, "linked claims", first=6)
        self._none = QLabel("No other article was found to make this claim.", wordWrap=True)
        self._none.setProperty("role", "soft")
        self.body.addWidget(self.stack)
        self.body.addWidget(self._none)

    def show_links(self, claim_id: str, links: Sequence[Pair], articles: Mapping[str, str], *, read_only: bool) -> None:
        """Shows the links of a claim."""
        self._articles = articles
        self._read_only = read_only
        self.stack.show_values(links, same_owner=claim_id == self._claim_id)
        self._claim_id = claim_id
        self._none.setVisible(not links)
        conflicts = sum(link.relation is Relation.CONFLICTS for link, _ in links)
        numbers = f" ({len(links)}, {conflicts} in conflict)" if conflicts else f" ({len(links)})" if links else ""
        self.set_title(f"In other articles{numbers}")

    def _make(self) -> LinkCard:
        card = LinkCard()
        card.activated.connect(partial(self._tell, card))
        card.accept_wanted.connect(lambda: card.pair and self.accept_wanted.emit(card.pair[0].id))
        card.refuse_wanted.connect(lambda: card.pair and self.refuse_wanted.emit(card.pair[0].id))
        return card

    def _fill(self, card: LinkCard, pair: Pair) -> None:
        card.show_pair(pair, self._articles.get(pair[1].article_id, ""), read_only=self._read_only)

    def _tell(self, card: LinkCard) -> None:
        if card.pair is not None:
            self.claim_wanted.emit(card.pair[1].id)


def _as_words(reason: str) -> str:
    plain = reason.replace("&", "&amp;").replace("<", "&lt;")  # tooltips guess at rich text
    return f"<p>Why the machine linked them: {plain}</p>" if plain else ""
