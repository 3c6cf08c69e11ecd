"""Errors nobody caught: a user's case becomes a notice, a bug becomes a report; both on the UI thread.

With PySide an exception in a slot, a virtual method or a pool thread ends in `sys.excepthook`, one in a Python thread
in `threading.excepthook`, one in a finaliser in `sys.unraisablehook`. All three are taken, and a queued signal carries
what they got to the UI thread.
"""

import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, qVersion

from factdesk import __version__
from factdesk.clock import utc_now
from factdesk.errors import FactdeskError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_PATIENCE = 5.0  # seconds for which the end of the program waits for a project to be examined
_REPORTS = 20  # different bugs told in one run; a window that fails everywhere must not bury its user


@dataclass(frozen=True, slots=True)
class CrashReport:
    """One bug, as it is shown and copied."""

    summary: str
    details: str
    where: str = ""  # the thread, when it was not the window's own

    @property
    def text(self) -> str:
        """What the copy button gives."""
        return f"{environment()}\n\n{self.details}"


def environment() -> str:
    """What a developer needs to know about this computer, and nothing about its user."""
    import platform  # noqa: PLC0415 - only a report needs it

    return (
        f"Factdesk {__version__} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}\n"
        f"{utc_now()}"
    )


class Faults(QObject):
    """Takes over the hooks of the interpreter.

    Signals, always on the thread of this object:
        told: a FactdeskError that nobody caught.
        crashed: a CrashReport; the same bug again is not told twice.

    What stumbles over a project is no bug when the project is damaged: that is looked at first, on a thread of its own.
    """

    told = Signal(object)
    crashed = Signal(object)

    _caught = Signal(object, str)  # exception, name of the thread
    _examined = Signal(object)  # the report, once it is clear that no damage is behind it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[str] = set()
        self._project: Path | None = None
        self._examiner: threading.Thread | None = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._installed = False
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        self._examined.connect(self.crashed, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes the hooks."""
        if not self._installed:
            self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
            sys.excepthook = self._on_exception
            threading.excepthook = self._on_thread_exception
            sys.unraisablehook = self._on_unraisable
            self._installed = True

    def uninstall(self) -> None:
        """Gives the hooks back."""
        if self._installed:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._installed = False
        if self._examiner is not None:
            self._examiner.join(_PATIENCE)

    def watch(self, project: Path | None) -> None:
        """The project that is open now."""
        self._project = project

    def report(self, error: BaseException) -> None:
        """Tells an exception that some boundary has caught."""
        self._take(error, threading.current_thread().name)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            app = QCoreApplication.instance()
            if app is not None:
                app.quit()
            return
        self._take(error.with_traceback(trace), threading.current_thread().name)

    def _on_thread_exception(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self._take(found.exc_value, found.thread.name if found.thread else "")

    def _on_unraisable(self, found: "UnraisableHookArgs") -> None:
        if found.exc_value is not None:
            self._take(found.exc_value, threading.current_thread().name)

    def _take(self, error: BaseException, thread: str) -> None:
        if not isinstance(error, FactdeskError) and sys.stderr is not None:  # a bundle without console has none
            traceback.print_exception(error)
        self._caught.emit(error, thread)

    def _on_caught(self, error: BaseException, thread: str) -> None:
        if isinstance(error, FactdeskError):
            self.told.emit(error)
            return
        place = "".join(traceback.format_tb(error.__traceback__)[-1:])
        bug = f"{type(error).__name__}:{place}"
        if bug in self._seen or len(self._seen) >= _REPORTS:
            return
        self._seen.add(bug)
        main = threading.main_thread().name
        report = CrashReport(
            summary=f"{type(error).__name__}: {error}".strip(": "),
            details="".join(traceback.format_exception(error)),
            where="" if thread == main else thread,
        )
        if self._project is None or not _may_be_damage(error):
            self.crashed.emit(report)
            return
        self._examiner = threading.Thread(
            target=self._examine, args=(error, report, self._project), name="factdesk-examine", daemon=True
        )
        self._examiner.start()

    def _examine(self, error: BaseException, report: CrashReport, project: Path) -> None:
        from factdesk.store.soundness import damage_behind  # noqa: PLC0415 - a window without a project loads no SQLite

        damage = damage_behind(error, project)
        if damage is None:
            self._examined.emit(report)
        else:
            self._caught.emit(damage, "")


def _may_be_damage(error: BaseException) -> bool:
    from factdesk.store.soundness import STUMBLES  # noqa: PLC0415 - a window without a project loads no SQLite

    return isinstance(error, STUMBLES)
