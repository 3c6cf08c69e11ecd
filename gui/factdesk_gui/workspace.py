"""Everything that lives exactly as long as one open project: its session, panes and panels."""

from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from factdesk.errors import FactdeskError, NotFoundError
from factdesk.model.changes import Changes
from factdesk.ops.places import save_place
from factdesk.project import Project
from factdesk.store.articles import first_articles
from factdesk.store.cases import list_cases
from factdesk.store.claims import get_claim
from factdesk.store.places import load_place
from factdesk.store.versions import is_newest
from factdesk_gui.actions.ids import Command
from factdesk_gui.actions.shortcuts import Shortcuts
from factdesk_gui.first_claim import FirstClaim
from factdesk_gui.panels.board_panel import BoardPanel
from factdesk_gui.panels.entities_panel import EntitiesPanel
from factdesk_gui.panels.find_panel import FindPanel
from factdesk_gui.panels.inspector_panel import InspectorPanel
from factdesk_gui.panels.progress_panel import ProgressPanel
from factdesk_gui.panels.queue_panel import QueuePanel
from factdesk_gui.reader.desk import ReadingDesk
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_SAVE_PLACE_MS = 400
_FIRST_PANES = (2, 4)  # at least, at most
_PANE_WIDTH = 560  # pixels that a pane needs to show full lines
_PANES_SHARE = 0.64  # of the window's width; the docks have the rest
_KEYS_SHOWN = {
    "verified": Command.VERIFY,
    "disputed": Command.DISPUTE,
    "unverified": Command.UNVERIFY,
    "clear": Command.CLEAR_VERDICT,
    "accept": Command.ACCEPT,
    "refuse": Command.REFUSE,
    "note": Command.FOCUS_NOTE,
    "evidence": Command.EVIDENCE_SUPPORTS,
    "link": Command.LINK,
    "unlink": Command.UNLINK,
    "accept_links": Command.ACCEPT_LINKS,
    "normalise": Command.NORMALISE,
}


class Workspace(QObject):
    """One project on the desk."""

    def __init__(self, project: Project, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = Session(project, self)
        self.review = Review(self)
        self.desk = ReadingDesk(self.session, self.review)
        self.queue = QueuePanel(self.session, self.review)
        self.inspector = InspectorPanel(self.session, self.review)
        self.entities = EntitiesPanel(self.session, self.review)
        self.board = BoardPanel(self.session, self.review)
        self.progress = ProgressPanel(self.session, self.review)
        self.find = FindPanel(self.session, self.review)
        self._first_claim = FirstClaim(self.session, self.review, self.desk, self.queue)
        self.progress.article_wanted.connect(self.desk.show_article)
        self.progress.next_undecided_wanted.connect(self.queue.next_undecided)
        self._place_timer = QTimer(self, singleShot=True, interval=_SAVE_PLACE_MS)
        self._place_timer.timeout.connect(self._save_place)
        self._restoring = False
        self.review.claim_chosen.connect(self._place_changed)
        self.review.case_chosen.connect(self._on_case_chosen)
        self.desk.place_changed.connect(self._place_changed)
        self.session.changed.connect(self._on_changed)

    def panels(self) -> dict[str, QWidget]:
        """The widgets for the docks, by dock name."""
        return {
            "queue": self.queue,
            "entities": self.entities,
            "progress": self.progress,
            "find": self.find,
            "inspector": self.inspector,
            "board": self.board,
        }

    def follow_keys(self, shortcuts: Shortcuts) -> None:
        """Writes the keys in force onto the buttons of the panels, now and whenever one is changed."""
        self._shortcuts = shortcuts
        shortcuts.changed.connect(self._show_keys)
        self._show_keys()

    def open_last_place(self, place: dict[str, Any] | None = None) -> None:
        """Shows what the reviewer saw last: case, articles, scroll positions and claim; else the first articles."""
        place = place or load_place(self.session.reader, self.session.project.reviewer_id) or {}
        cases = [case.id for case in list_cases(self.session.reader)]
        if not cases:
            return
        self._restoring = True
        try:
            self.review.choose_case(place["case"] if place.get("case") in cases else cases[0])
            if not self.desk.restore(place.get("desk") or {}):
                self.show_first_articles()
            self._restore_claim(place.get("claim", ""))
        finally:
            self._restoring = False
        pane = self.desk.current_pane()
        if pane is not None:
            pane.focus()

    def show_first_articles(self) -> None:
        """Opens panes on the first articles of the case when none is shown."""
        if not self.desk.shown_articles():
            least, most = _FIRST_PANES
            panes = min(max(least, int(self.desk.window().width() * _PANES_SHARE) // _PANE_WIDTH), most)
            for article_id in first_articles(self.session.reader, self.review.case_id, panes):
                self.desk.add_pane(article_id)

    def flush(self) -> list[FactdeskError]:
        """Sends what was typed and the place to the disk and waits; gives what did not get there."""
        self._place_timer.stop()
        self.inspector.save_pending()
        self._save_place()
        return self.session.drain()

    def close(self) -> None:
        """Closes the project; `flush` comes first."""
        self._place_timer.stop()
        self.session.close()

    def _restore_claim(self, claim_id: str) -> None:
        try:
            if claim_id and is_newest(self.session.reader, get_claim(self.session.reader, claim_id).article_id):
                self.review.choose_claim(claim_id)
        except NotFoundError:  # the article left the case meanwhile
            return

    def place(self) -> dict[str, Any]:
        """What is shown now: case, claim, articles with their scroll positions."""
        return {"case": self.review.case_id, "claim": self.review.claim_id, "desk": self.desk.place()}

    def _place_changed(self) -> None:
        if not self._restoring:
            self._place_timer.start()

    def _save_place(self) -> None:
        if self.review.case_id and not self.session.read_only:
            self.session.run(save_place, self.place(), urgent=False)

    def _on_case_chosen(self) -> None:
        if not self._restoring:
            self.show_first_articles()
            self._place_changed()

    def _on_changed(self, changes: Changes) -> None:
        if changes.everything or changes.cases:
            self._choose_some_case()

    def _choose_some_case(self) -> None:
        cases = [case.id for case in list_cases(self.session.reader)]
        if self.review.case_id not in cases:
            self.review.choose_case(cases[0] if cases else "")

    def _show_keys(self) -> None:
        key_of = self._shortcuts.text
        self.inspector.set_keys({name: key_of(command) for name, command in _KEYS_SHOWN.items()})
        self.progress.set_key(key_of(Command.NEXT_UNDECIDED))
