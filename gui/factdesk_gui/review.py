"""Where the reviewer is: the case, the current claim, the article in front and what is selected in it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from factdesk.model.spans import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A selection in one article; offsets in code points of its stored text."""

    article_id: str
    span: Span


class Review(QObject):
    """The one place that knows what is current; panels and panes listen to it and never to each other.

    Signals:
        case_chosen: id of the case now shown, "" for none.
        claim_chosen: id of the current claim, "" for none.
        mention_chosen: id of the mention clicked last, "" once a claim is chosen.
        article_focused: id of the article whose pane was used last, "" for none.
        selection_changed: a Passage, or None when nothing is selected.
        passage_wanted: a Passage that should be shown in its pane (search hit, evidence, mention).
        entity_chosen: id of the entity whose mentions all panes emphasise, "" for none.
    """

    case_chosen = Signal(str)
    claim_chosen = Signal(str)
    mention_chosen = Signal(str)
    article_focused = Signal(str)
    selection_changed = Signal(object)
    passage_wanted = Signal(object)
    entity_chosen = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case_id = ""
        self.claim_id = ""
        self.article_id = ""
        self.entity_id = ""
        self.mention_id = ""  # the mention clicked last, if the last click was on one
        self.selection: Passage | None = None

    def choose_case(self, case_id: str) -> None:
        """Shows another case; claim, entity and selection are left behind."""
        if case_id == self.case_id:
            return
        self.case_id = case_id
        self.choose_entity("")
        self.select(None)
        self.choose_claim("")
        self.case_chosen.emit(case_id)

    def choose_claim(self, claim_id: str) -> None:
        """Makes a claim the current one; choosing it again asks the panes to show it again."""
        self.claim_id = claim_id
        self.choose_mention("")
        self.claim_chosen.emit(claim_id)

    def choose_mention(self, mention_id: str) -> None:
        """Takes a mention in hand: edges, accept and refuse mean it until a claim is chosen."""
        if mention_id != self.mention_id:
            self.mention_id = mention_id
            self.mention_chosen.emit(mention_id)

    def focus_article(self, article_id: str) -> None:
        """Remembers the pane used last."""
        if article_id != self.article_id:
            self.article_id = article_id
            self.article_focused.emit(article_id)

    def select(self, passage: Passage | None) -> None:
        """Remembers the selection, wherever it is."""
        if passage != self.selection:
            self.selection = passage
            self.selection_changed.emit(passage)

    def choose_entity(self, entity_id: str) -> None:
        """Emphasises all mentions of an entity; the same one again switches it off."""
        self.entity_id = "" if entity_id == self.entity_id else entity_id
        self.entity_chosen.emit(self.entity_id)

    def show_passage(self, article_id: str, span: Span) -> None:
        """Asks for a passage to be shown in its pane."""
        self.passage_wanted.emit(Passage(article_id, span))
