"""Whether the open project lies on a network drive or in a folder that is copied to other computers, and what to do then."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from factdesk_gui.control.rescue import RescueControl
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk.store.shares import Share

_ABOUT = "share"


class ShareControl(QObject):
    """Looks where the project lies, off the UI thread: a network may be slow.

    Signals:
        found: a few words for the status line, and what they mean.
    """

    found = Signal(str, str)

    def __init__(self, workspace: Workspace, rescue: RescueControl, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._rescue = rescue
        self._jobs = jobs
        self._notices = notices
        self._is_gone = False
        workspace.destroyed.connect(self._on_gone)

    def look(self) -> None:
        """Looks once."""
        path = self._session.project.path

        def work(_job: Job) -> "Share | None":
            from factdesk.store.shares import share_of

            return share_of(path)

        self._jobs.run(work, self._tell)

    def _tell(self, share: "Share | None") -> None:
        if share is None or self._is_gone:
            return
        kind = Kind.WARNING if share.is_network else Kind.HINT
        offer = None if self._session.read_only else Offer("Save a copy…", self._rescue.ask_copy_at_home)
        self._notices.tell(share.message, share.hint, kind, offer, passing=not share.is_network, about=_ABOUT)
        words = "Network drive" if share.is_network else f"Copied by {share.name}"
        self.found.emit(words, f"{share.message} {share.hint}")

    def _on_gone(self) -> None:
        self._is_gone = True
