"""The reading desk as far as it compares: what every pane's article says about the current claim."""

from PySide6.QtWidgets import QWidget

from factdesk.errors import NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.claims import Claim
from factdesk.store.claims import get_claim
from factdesk_gui.reader.counterparts import Counterparts, counterparts
from factdesk_gui.reader.desk_panes import PaneDesk
from factdesk_gui.reader.pane import ArticlePane
from factdesk_gui.review import Review
from factdesk_gui.session import Session


class ComparingDesk(PaneDesk):
    """Tells panes how they stand to the current claim, and sets off what they word otherwise."""

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(session, review, parent)
        self._compared: Counterparts | None = None  # of the current claim
        self._shows_differences = True
        self.panes_changed.connect(self.compare)
        self.text_came.connect(self.compare)
        self.passage_wanted.connect(self._go_to_passage)

    @property
    def shows_differences(self) -> bool:
        """Whether words that other articles put otherwise are set off."""
        return self._shows_differences

    def set_differences_shown(self, *, shown: bool) -> None:
        """Sets off words that other articles put otherwise, or stops that."""
        self._shows_differences = shown
        self.compare()

    def current_claim(self) -> Claim | None:
        """The claim that `Review` calls current; None also when undo took it away."""
        if not self.review.claim_id:
            return None
        try:
            return get_claim(self.session.reader, self.review.claim_id)
        except NotFoundError:
            return None

    def look_up(self, claim: Claim | None) -> None:
        """Reads what the other articles say about a claim."""
        reader, case_id = self.session.reader, self.review.case_id
        self._compared = counterparts(reader, case_id, claim) if claim is not None else None

    def compare(self) -> None:
        """Tells every pane how it stands to the current claim and what it words otherwise."""
        compared = self._compared
        others = [article for article in self.shown_articles() if compared and article != compared.claim.article_id]
        for pane in self.panes():
            pane.show_compared(compared, others if self._shows_differences else None)

    def show_linked(self) -> None:
        """Scrolls the other panes to their passages about the current claim."""
        for pane in self.panes():
            other = self._compared.nearest(pane.article_id) if self._compared is not None else None
            if other is not None:
                pane.reveal(other.span)

    def compare_after(self, changes: Changes) -> None:
        """Looks again if an operation touched what is compared."""
        shown = self._compared.claims() if self._compared is not None else set()
        if changes.everything or changes.clusters or changes.links or not shown.isdisjoint(changes.claims):
            self.look_up(self.current_claim())
            self.compare()

    def _go_to_passage(self, pane: ArticlePane) -> None:
        """Shows again what a pane's article says about the current claim."""
        compared = self._compared
        if compared is not None:
            here = pane.article_id == compared.claim.article_id
            found = compared.claim if here else compared.nearest(pane.article_id)
            if found is not None:
                pane.reveal(found.span)
