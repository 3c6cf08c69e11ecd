"""The status line: what was just done, whether it is on disk, and the work that goes on behind."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar, QWidget

from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.theme import current

_SAVING_SHOWN_AFTER_MS = 150  # most decisions are on disk long before; no need to flicker
_MESSAGE_MS = 6000
_WORK_WIDTH = 420
_FLASH_MS = 1500  # how long "Saved" stands out


class StatusLine(QObject):
    """Fills a window's status bar.

    Signals:
        stop_wanted: the reviewer asked to stop the work that is shown (see `shown_work`).
    """

    stop_wanted = Signal()

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._mode = PlainLabel()
        self._mode.setToolTip("Nothing can be changed here; open the project for writing to work in it")
        self._mode.setStyleSheet(
            "font-weight: 600; border: 1px solid palette(mid); border-radius: 6px; padding: 0 8px;"
        )
        self._origin = PlainLabel(visible=False)
        self._origin.setStyleSheet(self._mode.styleSheet())
        self._place = PlainLabel(visible=False)
        self._place.setStyleSheet(self._mode.styleSheet())
        self._saved = PlainLabel()
        self._saved.setAccessibleName("Saving state")
        self._saved.setContentsMargins(8, 0, 10, 0)
        self._saved.setToolTip("Every decision is on disk before it is called saved")
        self._flash_timer = QTimer(self, singleShot=True, interval=_FLASH_MS)
        self._flash_timer.timeout.connect(lambda: self._saved.setStyleSheet(""))
        self._work = PlainLabel()
        self._progress = QProgressBar(maximumWidth=140, maximumHeight=14, textVisible=False)
        self._stop = QPushButton("Stop", flat=True)
        self._stop.setToolTip("An export leaves nothing behind; of other work, what is finished is kept")
        self._stop.clicked.connect(self.stop_wanted)
        self._works: dict[str, tuple[str, int, int]] = {}  # by who does it, in the order of beginning
        for widget in (self._work, self._progress, self._stop, self._place, self._origin, self._mode, self._saved):
            bar.addPermanentWidget(widget)
        self._saving_timer = QTimer(self, singleShot=True, interval=_SAVING_SHOWN_AFTER_MS)
        self._saving_timer.timeout.connect(lambda: self._saved.setText("Saving…"))
        self.show_work(None)
        self.show_project(None, read_only=False)

    def say(self, message: str) -> None:
        """Shows what was just done, for a moment."""
        self._bar.showMessage(message, _MESSAGE_MS)

    def set_saving(self, saving: bool, *, all_saved: bool = True) -> None:  # noqa: FBT001 - a slot gets its value by place
        """Says "Saved" only once nothing is on its way to the disk, and nothing failed to get there."""
        if saving:
            self._saving_timer.start()
        else:
            self._saving_timer.stop()
            self._saved.setText("✓ Saved" if all_saved else "Not saved")
            self._flash("verified" if all_saved else "disputed")

    def show_project(self, name: str | None, *, read_only: bool) -> None:
        """Tells whether decisions can be made at all."""
        self._saving_timer.stop()  # of the project before
        self._mode.setText("Reading only" if read_only else "")
        self._mode.setVisible(read_only)
        self._saved.setText("✓ Saved" if name and not read_only else "")
        self.show_origin("")
        self.show_place("")

    def show_place(self, words: str, meaning: str = "") -> None:
        """Says where the project lies if that is not this computer alone, "" otherwise."""
        self._place.setText(words)
        self._place.setToolTip(plain_tip(meaning))
        self._place.setVisible(bool(words))

    def show_origin(self, words: str, meaning: str = "") -> None:
        """Says what sort of copy the project is, "" for none."""
        self._origin.setText(words)
        self._origin.setToolTip(plain_tip(meaning))
        self._origin.setVisible(bool(words))

    @property
    def shown_work(self) -> str:
        """Who does the work that is shown."""
        return next(reversed(self._works), "")

    def show_work(self, what: str | None, done: int = 0, total: int = 0, who: str = "") -> None:
        """Shows the progress of work behind; None hides it. A total of 0 means not known yet.

        What began last is shown, and when it ends, what else is under way.
        """
        if what is None:
            self._works.pop(who, None)
        else:
            self._works[who] = (what, done, total)
        shown = self._works.get(self.shown_work)
        widgets: tuple[QWidget, ...] = (self._work, self._progress, self._stop)
        for widget in widgets:
            widget.setVisible(shown is not None)
        if shown is not None:
            words, done, total = shown
            self._work.setText(self._work.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, _WORK_WIDTH))
            self._progress.setRange(0, total)
            self._progress.setValue(done)

    def forget_work(self) -> None:
        """The project whose work it was is closed."""
        self._works.clear()
        self.show_work(None)

    def _flash(self, verdict: str) -> None:
        style = current().verdict(verdict)
        self._saved.setStyleSheet(
            f"color: {style.ink.name()}; background: {style.tint.name()}; font-weight: 600; border-radius: 6px;"
        )
        self._flash_timer.start()
