"""Start of the window: the only place that makes the objects which live as long as the process."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from factdesk import __version__
from factdesk_gui.faults import Faults
from factdesk_gui.icons import app_icon
from factdesk_gui.jobs import Jobs
from factdesk_gui.main_window import MainWindow
from factdesk_gui.prefs import Prefs
from factdesk_gui.theme import themes


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


def _stop_on_signals(app: QApplication) -> QTimer:
    """Closes the window in good order on Ctrl+C or a polite kill; Python sees signals only between its own steps."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: app.closeAllWindows())
    timer = QTimer(interval=300)
    timer.timeout.connect(lambda: None)
    timer.start()
    return timer


def run(project: Path | None, *, demo: bool = False) -> int:
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
        window.projects.open(project)
    ticker = _stop_on_signals(app)
    code = app.exec()
    ticker.stop()
    jobs.close()
    return code
