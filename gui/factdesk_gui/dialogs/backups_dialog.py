"""Backups of a project, what restoring one would take back, and the wish to do so."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from factdesk.store.backups import Backup, Difference
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.dialogs.sizes import size_words
from factdesk_gui.plain import PlainLabel, plain_tip

_EXPLAINS = (
    "A copy of the project is kept beside it each day that it is changed. Restoring one puts it in the place of the "
    "project; the project as it is now is kept as a backup too."
)
_AIR = 12  # pixels around the words of a row


class BackupsDialog(FrameDialog):
    """Shows backups, newest first.

    Signals:
        preview_wanted: path of a backup that should be compared with the project.
        restore_wanted: path of the backup that should take the project's place.
        backup_wanted: a backup should be made now.
    """

    preview_wanted = Signal(object)
    restore_wanted = Signal(object)
    backup_wanted = Signal()

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        super().__init__(f"Backups of “{project.stem}”", _EXPLAINS, "Restore this one", parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Backups, newest first")
        self.list.currentItemChanged.connect(self._ask)
        self.preview = QPlainTextEdit(readOnly=True)
        self.preview.setAccessibleName("What restoring this backup would take back")
        self.preview.setTabChangesFocus(True)
        self.now = QPushButton("Back up &now", autoDefault=False)
        self.now.clicked.connect(self.backup_wanted)
        self.foot.addWidget(self.now)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, words, widget in (
            (left, "&Backups", self.list),
            (right, "What restoring &takes back", self.preview),
        ):
            label = PlainLabel(words)
            label.setBuddy(widget)
            column.addWidget(label)
            column.addWidget(widget, 1)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addLayout(left, 4)
        halves.addLayout(right, 6)
        self.body.addLayout(halves, 1)
        self.fit(900, 480)
        self.accept_button.setEnabled(False)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Lists them; the newest is chosen."""
        self.list.clear()
        for backup in backups:
            item = QListWidgetItem(f"{moment_words(backup.made_at)}   {size_words(backup.size)}{_remark(backup)}")
            item.setData(Qt.ItemDataRole.UserRole, backup.path)
            item.setToolTip(plain_tip(str(backup.path)))
            item.setSizeHint(QSize(0, self.list.fontMetrics().height() + _AIR))
            self.list.addItem(item)
        if backups:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.preview.setPlainText("There is no backup yet. “Back up now” makes one.")

    def chosen(self) -> Path | None:
        """The backup that is chosen."""
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def show_difference(self, path: Path, difference: Difference) -> None:
        """What differs, if it is still the backup that is chosen."""
        if path == self.chosen():
            self.preview.setPlainText(difference_words(difference))
            self.accept_button.setEnabled(True)

    def show_trouble(self, path: Path, words: str) -> None:
        """Why a backup cannot be compared; one that is not sound cannot be restored either."""
        if path == self.chosen():
            self.preview.setPlainText(words)

    def accept(self) -> None:
        """Gives the backup and closes."""
        path = self.chosen()
        if path is not None:
            self.restore_wanted.emit(path)
        super().accept()

    def _ask(self) -> None:
        self.accept_button.setEnabled(False)
        path = self.chosen()
        if path is not None:
            self.preview.setPlainText("Comparing…")
            self.preview_wanted.emit(path)


def moment_words(time: str) -> str:
    """A stored time as the person's own clock shows it."""
    return datetime.fromisoformat(time).astimezone().strftime("%d %b %Y, %H:%M").lstrip("0")


def difference_words(difference: Difference) -> str:
    """What restoring takes back, in lines."""
    lost = [
        counted(difference.decisions, "decision"),
        counted(difference.claims, "claim"),
        counted(difference.articles, "article"),
    ]
    wanted = [words for words in lost if not words.startswith("0 ")]
    lines = ["Since then came: " + ", ".join(wanted) + "." if wanted else "Nothing was added or decided since then."]
    if difference.only_in_backup:
        lines.append(
            f"{counted(difference.only_in_backup, 'decision')} of the backup are not in the project: "
            "it is not simply an older state of it."
        )
    if difference.newest:
        lines += ["", "The newest of these decisions:"]
        lines += [f"{moment_words(at)}  {who}: {what}" for at, who, what in difference.newest]
    return "\n".join(lines)


def _remark(backup: Backup) -> str:
    stem = backup.path.stem
    for words in ("before restoring", "before merging", "damaged"):
        if words in stem:
            return f"   {words}"
    return ""
