"""A window that only reads follows what others write to the project."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.store.connection import has_wal
from factdesk_gui.session import Session

_LOOK_MS = 1000


class Following(QObject):
    """Looks now and then whether the project was changed elsewhere; then all screens are filled anew.

    Args:
        session: what is shown.
        again: opens a project once more; for one that is read without a trace, which cannot notice changes.
        parent: whose life it shares.
    """

    def __init__(self, session: Session, again: Callable[[Path], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._again = again
        self.is_stale = False  # it is being opened once more: the next one goes on where this one is
        self._seen: object = None
        self._seen = self._stamp()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Looks now."""
        stamp = self._stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        if self._session.project.is_traceless:
            self._timer.stop()
            self.is_stale = True
            self._again(self._session.project.path)
        else:
            self._session.changed.emit(Changes(title="Shows what was changed elsewhere", everything=True))

    def stop(self) -> None:
        """Looks no more."""
        self._timer.stop()

    def _stamp(self) -> object:
        project = self._session.project
        try:
            if not project.is_traceless:
                return self._session.reader.value("PRAGMA data_version")
            state = project.path.stat()
            return has_wal(project.path), state.st_mtime_ns, state.st_size, state.st_ino
        except (OSError, FactdeskError):  # gone for a moment, or for good: what is shown stays
            return self._seen
