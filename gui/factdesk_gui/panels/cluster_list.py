"""The claims of all articles about the same fact: the cluster, as the reviewer sees and arranges it."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from factdesk.model.claims import Relation, Status
from factdesk.model.clusters import Member
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.icon_button import IconButton, MenuButton
from factdesk_gui.panels.quote_box import ClaimBadge
from factdesk_gui.panels.section import Card, Section
from factdesk_gui.panels.words import RELATION_GLYPHS, count, shorten
from factdesk_gui.plain import PlainLabel, wrapped_tip

_WORDS = {Relation.SAME: "Same", Relation.DIFFERS: "Differs", Relation.CONFLICTS: "Conflicts"}
_MEANT = {
    Relation.SAME: "Says the same as the lead",
    Relation.DIFFERS: "Worded otherwise than the lead, or more precise",
    Relation.CONFLICTS: "Another number, date, place or outcome than the lead",
}
_LEAD = "The others are compared with it"


class MemberCard(Card):
    """One claim of the cluster.

    Signals:
        accept_wanted, refuse_wanted: about its place in the cluster.
        lead_wanted: the others should be compared with it.
        relation_chosen: another Relation to the lead.
    """

    accept_wanted = Signal()
    refuse_wanted = Signal()
    lead_wanted = Signal()
    relation_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member: Member | None = None
        self._is_lead = self._read_only = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._relation = MenuButton(self._menu, flat=True)
        self._badge = ClaimBadge()
        self._quote = ClampLabel(2)
        self._place = ClampLabel(1, soft=True)
        self._why = ClampLabel(2, soft=True)
        self._accept = IconButton("accept", "Accept: this claim is about the same fact")
        self._refuse = IconButton("refuse", "Refuse: this claim is about something else")
        self._accept.clicked.connect(self.accept_wanted)
        self._refuse.clicked.connect(self.refuse_wanted)
        self._here = PlainLabel("this claim")
        self._here.setProperty("role", "soft")
        head = QHBoxLayout()
        head.addWidget(self._relation)
        head.addWidget(self._here)
        head.addStretch(1)
        head.addWidget(self._badge)
        head.addWidget(self._accept)
        head.addWidget(self._refuse)
        self.body.setContentsMargins(6, 4, 8, 5)
        self.body.setSpacing(1)
        self.body.addLayout(head)
        self.body.addWidget(self._quote)
        self.body.addWidget(self._place)
        self.body.addWidget(self._why)

    def show_member(
        self, member: Member, article: str, *, is_lead: bool, is_current: bool, waits: bool, read_only: bool
    ) -> None:
        """Shows another member; one that waits can be accepted."""
        self.member, self._is_lead, self._read_only = member, is_lead, read_only
        claim = member.claim
        word = "Lead" if is_lead else _WORDS[member.relation]
        sign = "◆" if is_lead else RELATION_GLYPHS[member.relation]
        self._relation.setText(f"{sign} {word}{'?' if waits else ''}")
        self._relation.setAccessibleName(f"In the cluster: {word}{', suggested' if waits else ''}")
        self._relation.setToolTip(_relation_tip(member, is_lead=is_lead))
        self._badge.show_claim(claim)
        self._badge.setVisible(claim.verdict is not None and not is_current)
        self._quote.set_text(claim.quote)
        self._quote.setVisible(not is_current)
        self._here.setVisible(is_current)
        self._place.set_text(" · ".join(part for part in (article, claim.claimant) if part))
        self._place.setVisible(not is_current)
        self._why.set_text(f"Put here because: {member.reason}" if member.reason else "")
        self._why.setVisible(waits and bool(member.reason))
        for button in (self._accept, self._refuse):
            button.setVisible(waits)
            button.setEnabled(not read_only)
        self.setAccessibleName(f"{word}: {shorten(claim.quote, 120)}, {article}")
        self.setToolTip("" if is_current else "Click to go to this claim")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: everything that can be done with the member."""
        self._menu.popup(event.globalPos())

    def _fill_menu(self) -> None:
        self._menu.clear()
        member = self.member
        if member is None:
            return
        self._menu.addAction("Go to this claim").triggered.connect(self.activated)
        self._menu.addSeparator()
        for relation in Relation:
            action = self._menu.addAction(f"{RELATION_GLYPHS[relation]}  {_WORDS[relation]}")
            action.setCheckable(True)
            action.setChecked(not self._is_lead and member.relation is relation)
            action.setEnabled(not self._read_only and not self._is_lead)
            action.triggered.connect(lambda _=False, relation=relation: self.relation_chosen.emit(relation))
        self._menu.addSeparator()
        waiting = member.status is Status.SUGGESTED
        self._offer("Accept", self.accept_wanted.emit, possible=waiting)
        self._offer("Refuse" if waiting else "Take it out of the cluster", self.refuse_wanted.emit)
        self._offer("Compare the others with this one", self.lead_wanted.emit, possible=not self._is_lead)

    def _offer(self, words: str, act: Callable[[], object], *, possible: bool = True) -> None:
        action = self._menu.addAction(words)
        action.setEnabled(possible and not self._read_only)
        action.triggered.connect(act)


class ClusterList(Section):
    """All members of the current claim's cluster.

    Signals:
        claim_wanted: id of a claim to go to.
        accept_wanted, refuse_wanted: id of a member.
        lead_wanted: id of a claim.
        relation_chosen: id of a member and its Relation to the lead.
        accept_all_wanted: every suggested member.
        unlink_wanted: the current claim should leave the cluster.
    """

    claim_wanted = Signal(str)
    accept_wanted = Signal(str)
    refuse_wanted = Signal(str)
    lead_wanted = Signal(str)
    relation_chosen = Signal(str, object)
    accept_all_wanted = Signal()
    unlink_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("In other articles", "sources", parent)
        self._view: ClaimView | None = None
        self._read_only = False
        self._claim_id = ""
        self._keys: Mapping[str, str] = {}
        self.stack: CardStack[Member, MemberCard] = CardStack(self._make, self._fill, "claims", first=6)
        self._none = PlainLabel(wordWrap=True)
        self._none.setProperty("role", "soft")
        self.accept_all = QPushButton()
        self.unlink = IconButton(
            "unlink", "Unlink: take the current claim out of the cluster; the machine will not put it back"
        )
        self.accept_all.clicked.connect(self.accept_all_wanted)
        self.unlink.clicked.connect(self.unlink_wanted)
        self.head.addWidget(self.unlink)
        self.body.addWidget(self._none)
        self.body.addWidget(self.accept_all)
        self.body.addWidget(self.stack)
        self.set_keys({})

    def show_view(self, view: ClaimView, *, read_only: bool) -> None:
        """Shows the cluster of a claim."""
        self._view, self._read_only = view, read_only
        self.stack.show_values(view.members, same_owner=view.claim.id == self._claim_id)
        self._claim_id = view.claim.id
        self._none.setVisible(not view.members)
        self.unlink.setVisible(bool(view.members))
        waiting = len(view.waiting)
        self.accept_all.setVisible(waiting > 0)
        self.accept_all.setEnabled(not read_only)
        self.unlink.setEnabled(not read_only)
        self._say_steps(waiting)
        self.set_title(_title(view))

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Names the keys that link, unlink and accept."""
        self._keys = keys
        link = keys.get("link", "")
        way = f"choose both and press {link}" if link else "choose both and link them in the Claim menu"
        self._none.setText(f"No other article was found to say this. To link a claim of another article, {way}.")
        self._say_steps(len(self._view.waiting) if self._view is not None else 0)

    def _say_steps(self, waiting: int) -> None:
        accept, unlink = self._keys.get("accept_links", ""), self._keys.get("unlink", "")
        self.accept_all.setText(f"Accept {count(waiting, 'link')}  {accept}".strip())
        self.accept_all.setAccessibleName("Accept all links")
        self.accept_all.setToolTip("Confirm everything that the machine found for this fact, in one step")
        self.unlink.set_key(unlink)

    def _make(self) -> MemberCard:
        card = MemberCard()
        for signal, told in ((card.accept_wanted, self.accept_wanted), (card.refuse_wanted, self.refuse_wanted)):
            signal.connect(lambda told=told: card.member and told.emit(card.member.id))
        card.activated.connect(partial(self._tell_claim, card, self.claim_wanted.emit))
        card.lead_wanted.connect(partial(self._tell_claim, card, self.lead_wanted.emit))
        card.relation_chosen.connect(
            lambda relation: card.member and self.relation_chosen.emit(card.member.id, relation)
        )
        return card

    def _fill(self, card: MemberCard, member: Member) -> None:
        view = self._view
        if view is not None:
            card.show_member(
                member,
                view.label(member.claim.article_id),
                is_lead=view.cluster is not None and view.cluster.lead == member.claim.id,
                is_current=member.claim.id == view.claim.id,
                waits=member.id in view.waiting,
                read_only=self._read_only,
            )

    def _tell_claim(self, card: MemberCard, tell: Callable[[str], object]) -> None:
        if card.member is not None:
            tell(card.member.claim.id)


def _title(view: ClaimView) -> str:
    conflicts = sum(member.relation is Relation.CONFLICTS for member in view.members)
    if not view.others:
        return "In other articles"
    return f"In other articles ({len(view.others)}{f', {conflicts} in conflict' if conflicts else ''})"


def _relation_tip(member: Member, *, is_lead: bool) -> str:
    why = f"\nWhy the machine put it here: {member.reason}" if member.reason else ""
    by = f"\nPut here by {member.made_by}" if member.made_by not in {"", "machine"} else ""
    return wrapped_tip(f"{_LEAD if is_lead else _MEANT[member.relation]}.{why}{by}")
