"""Start of the window: the only place that makes the objects which live as long as the process."""

import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from factdesk import __version__
from factdesk_gui.faults import Faults
from factdesk_gui.icons import app_icon
from factdesk_gui.jobs import Jobs
from factdesk_gui.main_window import MainWindow
from factdesk_gui.prefs import Prefs
from factdesk_gui.theme import themes

_PAUSE_MS = 30
_LATER = (
    "factdesk.model.claims",
    "factdesk.store.connection",
    "factdesk.project",
    "factdesk.store.queue",
    "factdesk_gui.session",
    "factdesk_gui.reader.canvas",
    "factdesk_gui.reader.pane",
    "factdesk_gui.reader.desk",
    "factdesk_gui.panels.row_delegate",
    "factdesk_gui.panels.queue_view",
    "factdesk_gui.panels.queue_panel",
    "factdesk_gui.panels.inspector_panel",
    "factdesk_gui.panels.entities_panel",
    "factdesk_gui.panels.find_panel",
    "factdesk_gui.workspace",
    "factdesk_gui.analysis",
    "factdesk_gui.control.claims",
    "factdesk_gui.control.controls",
    "factdesk_gui.control.context_menu",
)


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application with Factdesk's name, so that settings and assistive tools find it."""
    app = QApplication(arguments)
    app.setApplicationName("factdesk")
    app.setApplicationDisplayName("Factdesk")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("Factdesk")
    app.setDesktopFileName("org.factdesk.Factdesk")
    app.setWindowIcon(app_icon())
    return app


def make_window(prefs: Prefs, jobs: Jobs, faults: Faults) -> MainWindow:
    """The main window in the chosen colours, not yet shown."""
    themes().apply(prefs.scheme)
    return MainWindow(prefs, jobs, faults)


class WarmUp(QObject):
    """Loads what an open project needs, a part at each turn, once the window is painted and nobody waits for it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = _parts()
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._load_next)

    def start(self) -> None:
        """Begins after a pause."""
        self._timer.start()

    def _load_next(self) -> None:
        part = next(self._parts, "")
        if not part:
            self._timer.stop()
            return
        with suppress(ImportError):  # whoever needs it will tell
            import_module(part)


def _parts() -> Iterator[str]:
    """All of these, then the formats of exports: twenty small modules that the dialog would else wait for."""
    yield from _LATER
    from factdesk.exchange.formats_known import GROUP  # noqa: PLC0415 - later
    from factdesk.exchange.registered import own_modules  # noqa: PLC0415 - later

    yield from own_modules(GROUP)


def _stop_on_signals(app: QApplication) -> QTimer:
    """Closes the window in good order on Ctrl+C or a polite kill; Python sees signals only between its own steps."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: app.closeAllWindows())
    timer = QTimer(interval=300)
    timer.timeout.connect(lambda: None)
    timer.start()
    return timer


def run(project: Path | None, *, demo: bool = False, read_only: bool = False) -> int:
    """Opens the window and stays until it is closed."""
    app = make_application(sys.argv[:1])
    faults = Faults()
    faults.install()
    prefs = Prefs()
    jobs = Jobs()
    window = make_window(prefs, jobs, faults)
    window.show()
    if demo:
        window.projects.open_sample()
    elif project is not None:
        window.projects.open(project, read_only=read_only)
    WarmUp(window).start()
    ticker = _stop_on_signals(app)
    code = app.exec()
    ticker.stop()
    jobs.close()
    return code
