"""The parent's side of the child process that reads other people's files and writes exports."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from factdesk import errors
from factdesk.child_process import ended_by_allowance
from factdesk.clock import AwakeTime
from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.exchange import messages
from factdesk.exchange.atomic import sweep
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.export_format import Checked, Loss, Written
from factdesk.exchange.exporters import EVERYTHING, Exported
from factdesk.exchange.originals import Originals
from factdesk.exchange.progress import Progress, StoppedError, never, no_progress
from factdesk.exchange.readings import AS_IT_IS, BadPart, KnownPart, Reading, ReadOptions
from factdesk.exchange.tables.mapping import TableHead
from factdesk.model.articles import NewArticle

SECONDS = 60.0
"""How long a file may take from one answer to the next before it is given up; a machine that sleeps does not count."""

_POLL = 0.05
_TAIL = 4000


def child_command(task: str) -> list[str]:
    """How to start the child: the same Python, or the same bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--exchange", task]
    return [sys.executable, "-P", "-m", "factdesk.exchange.process_main", task]


class FileProcess:
    """One child at a time, started when it is first needed and again when a file has ended it. For use by one thread.

    Args:
        task: `read` or `write`; one who reads has little memory and cannot write files.
        command: how to start it, for tests.
        seconds: how long it may take from one answer to the next; None for no limit.
    """

    def __init__(self, task: str, command: Sequence[str] | None = None, seconds: float | None = SECONDS) -> None:
        self._task = task
        self._command = list(command or child_command(task))
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._known: list[str] = []
        self._place = ""  # inside the file, as far as the child has told

    def know(self, hashes: Collection[str]) -> None:
        """Files with these SHA-256 are in the project already and need not be read."""
        self._known = sorted(hashes)
        self.close()

    def read(
        self, path: Path, options: ReadOptions = AS_IT_IS, stopped: Callable[[], bool] = never
    ) -> Iterator[Reading | BadPart | KnownPart]:
        """All that is in a file, as it is found.

        Raises:
            ImportRefusedError: naming the file, when it cannot be read, takes too long or too much memory.
            StoppedError: when `stopped` says so, at once.
        """
        request = {"do": "read", "path": str(path), "options": messages.read_options_to(options)}
        for message in self._ask(request, path.name, stopped):
            with _understood(path.name):
                found = messages.found_from(message)
            if found is not None:
                yield replace(found, path=path) if isinstance(found, Reading) else found

    def head(self, path: Path, options: ReadOptions = AS_IT_IS, stopped: Callable[[], bool] = never) -> TableHead:
        """The columns and first rows of a table (see `table_mapping.table_head`); errors as for `read`."""
        request = {"do": "head", "path": str(path), "options": messages.read_options_to(options)}
        for message in self._ask(request, path.name, stopped):
            if message.get("is") == "head":
                with _understood(path.name):
                    return messages.head_from(message)
        raise ImportRefusedError(f"“{path.name}” is no table.", "Check what it is.")

    def export(
        self,
        project: Path,
        format_name: str,
        out: Path,
        options: ExportOptions = EVERYTHING,
        progress: Progress = no_progress,
        stopped: Callable[[], bool] = never,
    ) -> Exported:
        """Write an export (see `exporters.export_project`) away from this process.

        A stop ends the child at once; what it had begun to write is taken away.
        """
        request = {
            "do": "export",
            "project": str(project),
            "format": format_name,
            "out": str(out),
            "options": messages.export_options_to(options),
        }
        for message in self._swept(self._ask(request, out.name, stopped), out):
            if message.get("is") == "progress":
                progress(message["done"], message["total"])
            elif message.get("is") == "exported":
                written, checked = message["written"], message["checked"]
                return Exported(
                    out,
                    Written(written["count"], written["unit"], tuple(written["notes"])),
                    tuple(Loss(**loss) for loss in message["losses"]),
                    Checked(checked["how"], tuple(checked["problems"])),
                )
        raise FactdeskError(f"The export to {out} ended without a result.", "Try again.")

    def foresee(
        self, project: Path, format_name: str, options: ExportOptions = EVERYTHING, stopped: Callable[[], bool] = never
    ) -> list[Loss]:
        """What a format would lose (see `exporters.foresee`)."""
        request = {
            "do": "foresee",
            "project": str(project),
            "format": format_name,
            "options": messages.export_options_to(options),
        }
        for message in self._ask(request, project.name, stopped):
            if message.get("is") == "foreseen":
                return [Loss(**loss) for loss in message["losses"]]
        return []

    def close(self) -> None:
        """End the child at once."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def __enter__(self) -> "FileProcess":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # inside -------------------------------------------------------------------------------------------------------

    def _ask(self, request: dict[str, Any], name: str, stopped: Callable[[], bool]) -> Iterator[messages.Message]:
        """The answers to a request until its last one."""
        complete = False
        self._place = ""
        try:
            self._send(request)
            while not complete:
                message = self._answer(name, stopped)
                told = message.get("is", "")
                if told == "at":
                    self._place = str(message.get("place", ""))[:100]
                    continue
                if told == "refused":
                    complete = True
                    raise _error_of(message)
                complete = told in {"end", "exported", "foreseen", "head"}
                yield message
        finally:
            if not complete:
                self.close()  # whatever it still does, nobody waits for it

    @staticmethod
    def _swept(answers: Iterator[messages.Message], out: Path) -> Iterator[messages.Message]:
        """The answers; when they end in an error, nothing that was begun stays at the place of the export."""
        try:
            yield from answers
        except FactdeskError:
            for path in (out, out.with_name(f"{out.name}.about.json")):
                sweep(path)
            raise

    def _send(self, request: dict[str, Any]) -> None:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._start()
        assert self._child is not None  # noqa: S101 - started just now
        assert self._child.stdin is not None  # noqa: S101 - it has a pipe
        with contextlib.suppress(OSError):  # gone already: the answer says so
            self._child.stdin.write(messages.encode(request))
            self._child.stdin.flush()

    def _start(self) -> None:
        environment = os.environ | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        self._child = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self._lines = queue.Queue()
        threading.Thread(
            target=_listen, args=(self._child.stdout, self._lines), name="factdesk-files", daemon=True
        ).start()
        if self._known:
            self._send({"do": "know", "sha256": self._known})
            self._answer("", never)

    def _answer(self, name: str, stopped: Callable[[], bool]) -> messages.Message:
        awake = AwakeTime()
        while True:
            if stopped():
                raise StoppedError("It was stopped.", "Nothing of it was kept.")
            try:
                line = self._lines.get(timeout=_POLL)
            except queue.Empty:
                if self._seconds is not None and awake.passed() > self._seconds:
                    raise self._given_up(name, f"reading it took longer than {self._seconds:.0f} seconds") from None
                continue
            if line is None and self._task == "write":
                raise FactdeskError(
                    f"The process that wrote “{name}” ended before its time; perhaps memory ran out.",
                    "Nothing was put in place. Export a part of the project, or close other programs and try again.",
                )
            if line is None and self._child is not None and ended_by_allowance(self._child.wait()):
                raise self._given_up(name, "it kept the processor busy for too long")
            if line is None:
                raise ImportRefusedError(
                    f"“{name}” ended the process that read it{self._where}; it is broken, or needs too much memory.",
                    "Save it anew in the program that it comes from, or copy and paste its text.",
                )
            with _understood(name):
                return messages.decode(line)

    def _given_up(self, name: str, why: str) -> ImportRefusedError:
        return ImportRefusedError(
            f"“{name}” was given up{self._where}: {why}.",
            "It may be broken, far too large, or made to do that. Save it anew in the program that it comes from, import a "
            "part of it, or copy and paste its text.",
        )

    @property
    def _where(self) -> str:
        return f" at {self._place}" if self._place else ""


def completed(reading: Reading) -> NewArticle:
    """The article with its original bytes, read again from where they lie; see `originals` for many.

    Raises ImportRefusedError when the file is gone or was changed since it was read.
    """
    with Originals() as originals:
        return originals.completed(reading)


@contextlib.contextmanager
def _understood(name: str) -> Iterator[None]:
    """Whoever reads a hostile file may be made to say anything: what makes no sense refuses the file."""
    try:
        yield
    except messages.BadMessageError as error:
        raise ImportRefusedError(
            f"“{name}” made the process that read it answer nonsense ({error}).",
            "Save it anew in the program that it comes from, or copy and paste its text.",
        ) from error


def _listen(stream: Any, lines: "queue.Queue[bytes | None]") -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            lines.put(line)
    lines.put(None)


def _error_of(message: messages.Message) -> FactdeskError:
    kind = getattr(errors, message.get("error", ""), FactdeskError)
    is_known = isinstance(kind, type) and issubclass(kind, FactdeskError)
    return (kind if is_known else FactdeskError)(message["message"], message["hint"])
