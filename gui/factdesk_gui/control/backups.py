"""Backups while a project is open, and restoring one from the menu."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from factdesk.errors import FactdeskError
from factdesk_gui.actions.ids import Command
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar

if TYPE_CHECKING:
    from factdesk.store.backups import Backup, Difference
    from factdesk_gui.dialogs.backups_dialog import BackupsDialog

_RESTORE_ALL_THE_SAME = (
    "\n\nIf it is the project that cannot be read, this backup can be restored all the same; the project as it is now is kept "
    "with the backups. A backup that is damaged itself is refused."
    "\n\nTo see first what can still be read of the project, cancel this and choose “Rescue a damaged project…” in the File menu."
)
_FIRST_MS = 60_000  # after opening: not while the window fills
_EVERY_MS = 30 * 60_000


class BackupControl(QObject):
    """Backs up the open project when it is due, shows its backups, and restores one.

    Signals:
        closing_wanted: the project must be closed before a backup can take its place.
        restored: path of a project that was restored and can be opened.
    """

    closing_wanted = Signal()
    restored = Signal(object)

    def __init__(self, window: QWidget, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._notices = notices
        self._path: Path | None = None
        self._is_told = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.back_up_if_due)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.BACKUPS: self.ask}

    def follow(self, path: Path | None, *, read_only: bool = False) -> None:
        """From now on this project is backed up; None for none, and one that is only read is left alone."""
        self._path, self._is_told = path, False
        if path is None or read_only:
            self._timer.stop()
        else:
            self._timer.start(_FIRST_MS)

    def back_up_if_due(self) -> None:
        """Makes a backup if the newest is a day old and the project was changed since."""
        path = self._path
        self._timer.setInterval(_EVERY_MS)
        if path is not None:
            self._jobs.run(lambda _job: _back_up_if_due(path), None, self._on_failed)

    def ask(self) -> None:
        """Shows the backups of the open project."""
        if self._path is not None:
            self.ask_for(self._path)

    def ask_for(self, path: Path) -> None:
        """Shows the backups of a project, also of one that cannot be opened any more."""
        from factdesk_gui.dialogs.backups_dialog import BackupsDialog

        dialog = BackupsDialog(path, self._window)
        dialog.preview_wanted.connect(lambda backup: self._compare(path, backup, dialog))
        dialog.restore_wanted.connect(lambda backup: self.restore(path, backup))
        dialog.backup_wanted.connect(lambda: self._back_up(path, dialog))
        dialog.now.setEnabled(path == self._path)
        self._list(path, dialog)
        dialog.open()

    def restore(self, path: Path, backup: Path) -> None:
        """Puts a backup in the project's place and opens it."""
        if self._path == path:
            self.closing_wanted.emit()
        if self._path == path:  # it could not be closed: the notice there says why
            return

        def work(_job: Job) -> Path | None:
            from factdesk.store.backups import restore

            return restore(path, backup)

        self._jobs.run(work, lambda kept: self._on_restored(path, kept), self._notices.tell_error)

    def _list(self, path: Path, dialog: "BackupsDialog") -> None:
        def work(_job: Job) -> "list[Backup]":
            from factdesk.store.backups import list_backups

            return list_backups(path)

        self._jobs.run(work, _while_open(dialog, dialog.show_backups), self._notices.tell_error)

    def _compare(self, path: Path, backup: Path, dialog: "BackupsDialog") -> None:
        def work(_job: Job) -> "Difference":
            from factdesk.store.backups import compare
            from factdesk.store.connection import open_reader

            with open_reader(path) as mine, open_reader(backup) as copy:
                return compare(mine, copy)

        def failed(error: FactdeskError) -> None:
            dialog.show_trouble(
                backup,
                f"These cannot be compared: {error.message}{_RESTORE_ALL_THE_SAME if path != self._path else ''}",
            )
            dialog.accept_button.setEnabled(path != self._path)  # the project itself may be what cannot be read

        self._jobs.run(
            work, _while_open(dialog, lambda found: dialog.show_difference(backup, found)), _while_open(dialog, failed)
        )

    def _back_up(self, path: Path, dialog: "BackupsDialog") -> None:
        dialog.now.setEnabled(False)

        def work(_job: Job) -> "Backup":
            from factdesk.store.backups import make_backup

            return make_backup(path)

        def done(_backup: "Backup") -> None:
            dialog.now.setEnabled(True)
            self._list(path, dialog)

        self._jobs.run(work, _while_open(dialog, done), self._notices.tell_error)

    def _on_restored(self, path: Path, kept: Path | None) -> None:
        self.restored.emit(path)
        hint = f"The project as it was before is kept as {kept}." if kept else ""
        self._notices.tell(f"“{path.stem}” is again as the chosen backup has it.", hint)

    def _on_failed(self, error: FactdeskError) -> None:
        if not self._is_told:  # once is enough: the work goes on, and every half hour it is tried again
            self._is_told = True
            self._notices.tell(f"No backup could be made today. {error.message}", error.hint, Kind.WARNING)


def _while_open(dialog: "BackupsDialog", answer: Callable[..., None]) -> Callable[..., None]:
    """Only as long as the dialog is there."""
    alive = [True]
    dialog.finished.connect(lambda _result: alive.clear())

    def call(value: object) -> None:
        if alive:
            answer(value)

    return call


def _back_up_if_due(path: Path) -> None:
    from factdesk.store.backups import is_due, make_backup, thin_out

    if is_due(path):
        make_backup(path)
        thin_out(path)
