"""Reads files to import: off the UI thread, in a child process, and told in batches so that the window never waits."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance

from factdesk.errors import FactdeskError, ImportRefusedError, MappingNeededError
from factdesk.exchange.files import expand_paths
from factdesk.exchange.importers import importers
from factdesk.exchange.process import FileProcess
from factdesk.exchange.progress import StoppedError
from factdesk.exchange.readings import AS_IT_IS, BadPart, KnownPart, Reading, ReadOptions
from factdesk.exchange.tables.mapping import TableHead
from factdesk.model.given import TableMapping
from factdesk_gui.jobs import Job, Jobs

Columns = tuple[str, ...]
Mappings = Mapping[Columns, TableMapping]

_TOLD_EVERY = 0.1  # seconds
_MOST_TOLD = 200  # readings at once
_TABLE = "table"  # the importer whose files have columns


@dataclass(frozen=True, slots=True)
class OneFile:
    """A file that can be read again: of a folder, or inside an archive."""

    path: Path
    member: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As people name it, without its folder."""
        return " › ".join((self.path.name, *self.member))


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file or a part of one that cannot be imported, and why."""

    file: OneFile
    place: str
    reason: str
    hint: str = ""
    needs_mapping: bool = False

    @property
    def name(self) -> str:
        """The file and the place in it."""
        return " › ".join(filter(None, (self.file.path.name, self.place)))

    def __str__(self) -> str:
        """In a line."""
        return f"{self.name}: {self.reason} {self.hint}".strip()


@dataclass(slots=True)
class Batch:
    """What was read since it was told last."""

    readings: list[Reading] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    known: list[Path] = field(default_factory=list)  # one for each file that is in the case; in an archive, each part

    def __len__(self) -> int:
        """How much there is to tell."""
        return len(self.readings) + len(self.troubles) + len(self.known)


class FileReading(QObject):
    """Reads what it is given; what is read before `stop` stays.

    Signals:
        found: a Batch.
        reread: a list of (OneFile, Batch): files read once more, with all that is in them.
        progressed: files done, files in all, words on what is being read.
        ended: nothing is under way any more.

    Args:
        known: SHA-256 of files that need not be read.
        mappings: what columns hold, as far as it was said before; what is added later holds for what is read later.
        process: makes the child process, for tests.
    """

    found = Signal(object)
    reread = Signal(object)
    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(
        self,
        jobs: Jobs,
        known: Iterable[str] = (),
        mappings: Mappings | None = None,
        parent: QObject | None = None,
        process: Callable[[], FileProcess] = lambda: FileProcess("read"),
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._known = frozenset(known)
        self._mappings = dict(mappings or {})
        self._process = process
        self._running: list[Job] = []

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return bool(self._running)

    def start(self, paths: Iterable[Path], *, known_too: bool = False) -> None:
        """Reads files; folders stand for the files in them. `known_too` reads also what is in the case already."""
        given = list(paths)
        self._run(lambda job: self._work(job, given, known_too=known_too), self.found)

    def start_again(self, files: Sequence[OneFile], encoding: str | None = None) -> None:
        """Reads files once more, with the encoding that was chosen for them."""
        self._run(lambda job: self._again(job, [(file, ReadOptions(encoding)) for file in files]), self.reread)

    def map_columns(self, columns: Columns, mapping: TableMapping, files: Sequence[OneFile]) -> None:
        """Reads those of the files again that have these columns, and from now on all that have them."""
        self._mappings[columns] = mapping
        self._run(lambda job: self._again(job, self._with_columns(job, columns, files, mapping)), self.reread)

    def ask_head(
        self, file: OneFile, done: Callable[[TableHead], object], failed: Callable[[FactdeskError], object]
    ) -> None:
        """The columns and first rows of a table."""

        def work(job: Job) -> TableHead:
            with self._process() as process:
                return process.head(file.path, ReadOptions(member=file.member), lambda: job.cancelled)

        self._jobs.run(work, done, failed)

    def mapping_of(self, columns: Columns) -> TableMapping | None:
        """What was said that these columns hold."""
        return self._mappings.get(columns)

    def stop(self) -> None:
        """Stops at once, in the middle of a file too."""
        for job in self._running:
            job.cancel()

    # on the thread of a job -----------------------------------------------------------------------------------------

    def _work(self, job: Job, paths: list[Path], *, known_too: bool) -> None:
        importers()  # loaded here, and not when the first row is painted
        found = expand_paths(paths)
        with self._process() as process:
            if not known_too:
                process.know(self._known)
            told = _Telling(job, len(found))
            for done, path in enumerate(found):
                if job.cancelled:
                    break
                told.begin(done, path)
                self._read(process, told, OneFile(path), AS_IT_IS)
            told.tell()

    def _again(self, job: Job, wanted: Iterable[tuple[OneFile, ReadOptions]]) -> None:
        done: list[tuple[OneFile, Batch]] = []
        with self._process() as process:
            for file, options in wanted:
                told = _Telling(job, 1, is_silent=True)
                self._read(process, told, file, options)
                if job.cancelled:
                    break
                done.append((file, told.batch))
        if done:
            job.tell(done)

    def _read(self, process: FileProcess, told: "_Telling", file: OneFile, options: ReadOptions) -> None:
        unclear: list[OneFile] = []  # tables in an archive, whose columns may have been named before
        try:
            mapping = options.mapping or self._mapping_for(process, told, file, options)
            for found in process.read(file.path, replace(options, mapping=mapping, member=file.member), told.stopped):
                if isinstance(found, BadPart) and found.needs_mapping and self._mappings and not file.member:
                    unclear.append(OneFile(file.path, found.member))
                else:
                    told.add(file, found)
        except StoppedError:
            return
        except FactdeskError as error:
            told.refuse(file, error)
        for each in unclear:
            self._read(process, told, each, options)

    def _mapping_for(
        self, process: FileProcess, told: "_Telling", file: OneFile, options: ReadOptions
    ) -> TableMapping | None:
        """What was said about a table with the same columns; None for no table, or where the columns speak for themselves."""
        name = file.member[-1] if file.member else file.path.name
        if not self._mappings or Path(name).suffix.lower() not in table_suffixes():
            return None
        try:
            head = process.head(file.path, replace(options, member=file.member), told.stopped)
        except ImportRefusedError:  # an annotated file of another kind, or a broken one: reading it says so
            return None
        return self._mappings.get(head.columns)

    def _with_columns(
        self, job: Job, columns: Columns, files: Sequence[OneFile], mapping: TableMapping
    ) -> Iterator[tuple[OneFile, ReadOptions]]:
        with self._process() as process:
            for file in files:
                try:
                    head = process.head(file.path, ReadOptions(member=file.member), lambda: job.cancelled)
                except ImportRefusedError:
                    continue
                except StoppedError:
                    return
                if head.columns == columns:
                    yield file, ReadOptions(mapping=mapping)

    # on the UI thread -----------------------------------------------------------------------------------------------

    def _run(self, work: Callable[[Job], None], told: SignalInstance) -> None:
        job = self._jobs.run(work, told=told)  # no lambda: these connections end with this object, not with the job
        job.progressed.connect(self.progressed)
        job.ended.connect(self._on_ended)
        self._running.append(job)

    def _on_ended(self) -> None:
        self._running = [job for job in self._running if not job.is_over]
        if not self._running:
            self.ended.emit()


class _Telling:
    """Collects what a job reads and tells it now and then."""

    def __init__(self, job: Job, total: int, *, is_silent: bool = False) -> None:
        self._job = job
        self._is_silent = is_silent
        self._total = total
        self._done = 0
        self._path = Path()
        self._inside = 0
        self._last = 0.0
        self.batch = Batch()

    def begin(self, done: int, path: Path) -> None:
        """The next file."""
        self._done, self._path, self._inside = done, path, 0
        self._tell_if_due()

    def add(self, file: OneFile, found: Reading | BadPart | KnownPart) -> None:
        """Something was found in a file."""
        self._inside += 1
        if isinstance(found, Reading):
            self.batch.readings.append(found)
        elif isinstance(found, KnownPart):
            self.batch.known.append(file.path)
        else:
            inner = OneFile(file.path, found.member)
            reason = found.reason[:1].upper() + found.reason[1:].removesuffix(".") + "."
            self.batch.troubles.append(Trouble(inner, found.place, reason, found.hint, found.needs_mapping))
        self._tell_if_due()

    def refuse(self, file: OneFile, error: FactdeskError) -> None:
        """A file cannot be imported at all."""
        place = " › ".join(file.member)
        needs_mapping = isinstance(error, MappingNeededError)
        self.batch.troubles.append(Trouble(file, place, error.message, error.hint, needs_mapping))
        self._tell_if_due()

    def stopped(self) -> bool:
        """Asked again and again while a file is read: whether to stop; what was read before is told meanwhile."""
        self._tell_if_due()
        return self._job.cancelled

    def tell(self) -> None:
        """Tells what there is."""
        self._last = time.monotonic()
        if self._is_silent:
            return
        self._job.report(self._done, self._total, self._words())
        if self.batch:
            told, self.batch = self.batch, Batch()
            self._job.tell(told)

    def _tell_if_due(self) -> None:
        if time.monotonic() - self._last > _TOLD_EVERY or len(self.batch) >= _MOST_TOLD:
            self.tell()

    def _words(self) -> str:
        count = f"{self._done + 1:,} of {self._total:,}: " if self._total > 1 else ""
        inside = f" ({self._inside:,} found)" if self._inside > 1 else ""
        return f"Reading {count}{self._path.name}{inside}"


def table_suffixes() -> frozenset[str]:
    """Endings of the names of files that have columns."""
    return next((each.suffixes for each in importers() if each.name == _TABLE), frozenset())


def table_kind() -> str:
    """What tables are called."""
    return next((each.title for each in importers() if each.name == _TABLE), "")


def read_one(path: Path, stopped: Callable[[], bool]) -> Reading:
    """The one article of a file. Raises ImportRefusedError when there is none, or more than one."""
    readings: list[Reading] = []
    with FileProcess("read") as process:
        for found in process.read(path, AS_IT_IS, stopped):
            if isinstance(found, Reading):
                readings.append(found)
            if len(readings) > 1:
                raise ImportRefusedError(
                    f"“{path.name}” holds more than one article.", "Choose a file that holds this article only."
                )
    if not readings:
        raise ImportRefusedError(f"“{path.name}” holds no article.", "There is nothing to compare in it.")
    return readings[0]
