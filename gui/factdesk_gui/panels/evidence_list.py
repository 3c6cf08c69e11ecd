"""Evidence about the current claim: what it says, for which side, where it is from."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from factdesk.model.dating import TimeIssue, TimeWarning
from factdesk.model.evidence import ClusterEvidence, Evidence, EvidenceKind, Stance
from factdesk_gui.panels.card_stack import CardStack
from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.clamp_label import ClampLabel
from factdesk_gui.panels.flow_layout import FlowLayout
from factdesk_gui.panels.icon_button import IconButton, MenuButton
from factdesk_gui.panels.section import Card, Section
from factdesk_gui.panels.words import STANCE_GLYPHS, as_known, evidence_place, shorten, when
from factdesk_gui.plain import plain_tip

_QUOTE_LINES = 3
_STANCE = "What it does for the claim; choose another stance here"
_OPPOSES = "It was added to a claim that contradicts this one; its stance can be changed there"


class EvidenceCard(Card):
    """One piece of evidence.

    Signals:
        stance_chosen: another Stance.
        edit_wanted: it should be edited.
        address_wanted: its web address should be shown.
        copy_wanted: a copy of its file should be saved.
    """

    stance_chosen = Signal(object)
    edit_wanted = Signal()
    address_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.evidence: Evidence | None = None
        self._stance = MenuButton(stance_menu(self, self.stance_chosen.emit), flat=True)
        self._stance.setToolTip(_STANCE)
        self._show = IconButton("article", "Show the passage in its article (double click)")
        self._link = IconButton("open", "Show the web address, then open it if you like")
        self._copy = IconButton("export", "Save a copy of the kept file…")
        self._edit = IconButton("edit", "Edit this evidence…")
        self._remove = IconButton("remove", "Remove this evidence (Delete)")
        self._quote = ClampLabel(_QUOTE_LINES)
        self._note = ClampLabel(_QUOTE_LINES)
        self._place = ClampLabel(3, soft=True)
        self._shared = ClampLabel(2, soft=True)
        self._warnings = ClampLabel(4)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._stance)
        head.addStretch(1)
        for button in (self._show, self._link, self._copy, self._edit, self._remove):
            head.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(self._quote)
        self.body.addWidget(self._note)
        self.body.addWidget(self._place)
        self.body.addWidget(self._shared)
        self.body.addWidget(self._warnings)
        self._show.clicked.connect(self.opened)
        self._link.clicked.connect(self.address_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        self._edit.clicked.connect(self.edit_wanted)
        self._remove.clicked.connect(self.removed)

    def show_evidence(
        self, found: ClusterEvidence, article: str, elsewhere: str, warnings: Sequence[str], *, read_only: bool
    ) -> None:
        """Shows another piece of evidence.

        Args:
            found: the evidence.
            article: name of the article it is in.
            elsewhere: name of the article whose claim it was added to, if that is not the claim shown.
            warnings: what is odd about its dates.
            read_only: nothing can be changed.
        """
        evidence = self.evidence = found.evidence
        word = found.stance.value.capitalize()
        self._stance.setText(f"{STANCE_GLYPHS[found.stance]}  {word}")
        self._stance.setAccessibleName(f"Stance: {word}")
        self._stance.setToolTip(_OPPOSES if found.opposes else _STANCE)
        self._stance.setEnabled(not read_only and not found.opposes)
        self._remove.setEnabled(not read_only)
        self._edit.setEnabled(not read_only)
        self._link.setVisible(bool(evidence.url))
        self._copy.setVisible(evidence.file is not None)
        self._show.setVisible(evidence.kind is EvidenceKind.PASSAGE and evidence.span is not None)
        self._quote.set_text(f"“{evidence.quote}”" if evidence.quote else "")
        self._quote.setVisible(bool(evidence.quote))
        self._note.set_text(evidence.note)
        self._note.setVisible(bool(evidence.note))
        place = evidence_place(evidence, article)
        self._place.set_text(" · ".join(part for part in (place, *_times(evidence)) if part))
        self._shared.set_text(_shared_words(found, elsewhere))
        self._shared.setVisible(bool(self._shared.text))
        self._warnings.set_text(" ".join(warnings))
        self._warnings.setVisible(bool(warnings))
        self.setAccessibleName(f"{word}: {shorten(evidence.quote or evidence.note or place, 120)}, {place}")


class EvidenceList(Section):
    """All evidence of a claim, and the buttons that add some.

    Signals:
        selection_wanted: add the selection as evidence with this Stance.
        source_wanted: open the dialog for an outside source.
        stance_chosen: evidence id and its new Stance.
        removal_wanted: evidence id.
        passage_wanted: an Evidence whose passage should be shown.
        edit_wanted, address_wanted, copy_wanted: id of evidence to be edited, whose web address should be shown, whose
            file should be saved somewhere else.
    """

    selection_wanted = Signal(object)
    source_wanted = Signal()
    stance_chosen = Signal(str, object)
    removal_wanted = Signal(str)
    passage_wanted = Signal(object)
    edit_wanted = Signal(str)
    address_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Evidence", "evidence", parent)
        self._view: ClaimView | None = None
        self._warnings: dict[str, list[str]] = {}
        self._about_article = ClampLabel(4)
        self._read_only = False
        self._key = ""
        self._claim_id = ""
        self.stack: CardStack[ClusterEvidence, EvidenceCard] = CardStack(self._make, self._fill, "pieces of evidence")
        self._add = MenuButton(stance_menu(self, self.selection_wanted.emit), "Add selection")
        self._add.setAccessibleName("Add the selection as evidence")
        self._source = QPushButton("Outside source…")
        self._source.setToolTip("Add a web page, a file or a note that is not in this case as evidence")
        self._source.clicked.connect(self.source_wanted)
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(self._add)
        flow.addWidget(self._source)
        self.body.addWidget(self._about_article)
        self.body.addWidget(self.stack)
        self.body.addWidget(row)
        self.show_warnings(())
        self.set_selection("")

    def show_view(self, view: ClaimView, *, read_only: bool) -> None:
        """Shows the evidence of a claim and of the others in its cluster."""
        claim_id = view.claim.id
        if claim_id != self._claim_id:
            self._warnings = {}
        self._view = view
        self._read_only = read_only
        self.stack.show_values(view.evidence, same_owner=claim_id == self._claim_id)
        self._claim_id = claim_id
        self.set_title(f"Evidence ({len(view.evidence)})" if view.evidence else "Evidence")
        self._source.setEnabled(not read_only)

    def show_warnings(self, warnings: Sequence[TimeWarning]) -> None:
        """Shows what is odd about the dates of the evidence and of the claim's article."""
        told: dict[str, list[str]] = {}
        for warning in warnings:
            sign = "·" if warning.issue is TimeIssue.UNKNOWN_DATE else "⚠"
            told.setdefault(warning.evidence_id or "", []).append(f"{sign} {warning.text}")
        self._about_article.set_text(" ".join(told.pop("", [])))
        self._about_article.setVisible(bool(self._about_article.text))
        if told != self._warnings and self._view is not None:
            self._warnings = told
            self.stack.show_values(self._view.evidence, same_owner=True)

    def set_selection(self, quote: str) -> None:
        """What is selected in a pane; "" for nothing."""
        self._add.setEnabled(bool(quote) and not self._read_only)
        key = f" ({self._key})" if self._key else ""
        self._add.setToolTip(
            plain_tip(
                f"Add “{shorten(quote)}” as evidence; say whether it supports or refutes the claim{key}"
                if quote
                else f"Select a passage in any article, then add it here{key}"
            )
        )

    def set_key(self, key: str) -> None:
        """Names the key that does the same."""
        self._key = key
        self.set_selection("")

    def _make(self) -> EvidenceCard:
        card = EvidenceCard()
        card.stance_chosen.connect(partial(self._on_stance, card))
        card.removed.connect(partial(self._on_removed, card))
        card.opened.connect(lambda: self.passage_wanted.emit(card.evidence))
        for signal, told in (
            (card.edit_wanted, self.edit_wanted),
            (card.address_wanted, self.address_wanted),
            (card.copy_wanted, self.copy_wanted),
        ):
            signal.connect(lambda told=told: card.evidence is not None and told.emit(card.evidence.id))
        return card

    def _fill(self, card: EvidenceCard, found: ClusterEvidence) -> None:
        view, evidence = self._view, found.evidence
        if view is not None:
            article = view.label(evidence.article_id)
            owner = next((one.claim.article_id for one in view.members if one.claim.id == evidence.claim_id), None)
            elsewhere = "" if found.is_own else view.label(owner)
            warnings = self._warnings.get(evidence.id, ())
            card.show_evidence(found, article, elsewhere, warnings, read_only=self._read_only)

    def _on_stance(self, card: EvidenceCard, stance: Stance) -> None:
        if card.evidence is not None and card.evidence.stance is not stance:
            self.stance_chosen.emit(card.evidence.id, stance)

    def _on_removed(self, card: EvidenceCard) -> None:
        if card.evidence is not None and not self._read_only:
            self.removal_wanted.emit(card.evidence.id)


def stance_menu(parent: QWidget, chosen: Callable[[Stance], None]) -> QMenu:
    """A menu of the three stances that calls `chosen` with one."""
    menu = QMenu(parent)
    for stance in Stance:
        action = menu.addAction(f"{STANCE_GLYPHS[stance]}  {stance.value.capitalize()}")
        action.triggered.connect(lambda _=False, stance=stance: chosen(stance))
    return menu


def _times(evidence: Evidence) -> list[str]:
    """When it was published and captured, and who added it."""
    published = f"published {as_known(evidence.published_at)}" if evidence.published_at else ""
    captured = f"captured {when(evidence.captured_at or evidence.made_at)}"
    return [published, captured, f"added by {evidence.made_by}" if evidence.made_by else ""]


def _shared_words(found: ClusterEvidence, elsewhere: str) -> str:
    """Whose evidence it is, where it is not the claim's own."""
    if found.is_own:
        return ""
    if found.opposes:
        return f"About the contradicting claim in {elsewhere}"
    return f"About the same fact in {elsewhere}" + ("" if found.is_settled else ", not accepted yet")
