"""The child process that reads articles: started, spoken to and ended; what it says comes as messages."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from factdesk.engine.protocol import ProtocolError, Request, decode_answer, encode

_CLOSE_WAIT_MS = 2000
_TAIL = 8000  # characters of the child's own words kept for a report


def worker_command() -> list[str]:
    """How to start the child: the same Python, or the same bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-P", "-m", "factdesk.engine.worker"]  # -P: never import from the folder we are started in


class WorkerProcess(QObject):
    """One child at a time.

    Signals:
        answered: an Answer of the protocol.
        ended: the child is gone without being asked to; the value tells whether it had started at all.
    """

    answered = Signal(object)
    ended = Signal(bool)

    def __init__(self, command: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.command = list(command or worker_command())
        self._process: QProcess | None = None
        self._tail = ""

    @property
    def is_alive(self) -> bool:
        """Whether there is a child."""
        return self._process is not None

    @property
    def process_id(self) -> int:
        """The child's number in the system, 0 for none."""
        return int(self._process.processId()) if self._process is not None else 0

    @property
    def last_words(self) -> str:
        """The end of what the child wrote to its error output."""
        return self._tail

    def launch(self) -> None:
        """Starts a child; it hears what is sent at once, and answers when it can."""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_words)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._tail = ""
        process.start(self.command[0], self.command[1:])

    def send(self, request: Request) -> None:
        """Sends a message; to no one if there is no child."""
        if self._process is not None:
            self._process.write(encode(request))

    def kill(self) -> None:
        """Ends the child at once and waits until it is gone; nothing of value is in it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(_CLOSE_WAIT_MS)
        process.deleteLater()

    def _on_words(self) -> None:
        if self._process is not None:
            self._keep(self._process.readAllStandardError().data())

    def _on_output(self) -> None:
        process = self._process
        while process is not None and process is self._process and process.canReadLine():
            line = process.readLine().data()
            try:
                answer = decode_answer(line)
            except ProtocolError:
                self._keep(line)
                continue
            self.answered.emit(answer)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.kill()
            self.ended.emit(False)  # noqa: FBT003 - Qt signals take positional values

    def _on_finished(self) -> None:
        self._on_output()
        self._on_words()
        self.kill()
        self.ended.emit(True)  # noqa: FBT003 - Qt signals take positional values

    def _keep(self, words: bytes) -> None:
        self._tail = (self._tail + words.decode("utf-8", "replace"))[-_TAIL:]
