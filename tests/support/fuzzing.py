"""Spoils valid files at random and gives them to the real readers: whatever happens, the program goes on and says what was wrong."""

import io
import random
import re
import resource
import tempfile
import time
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.exchange.process import FileProcess
from factdesk.exchange.process_main import MEMORY
from factdesk.exchange.readings import BadPart, Reading
from factdesk.project import Project
from factdesk.store.articles import article_text, list_articles, original_bytes
from factdesk.store.cases import list_cases
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article
from factdesk.store.mentions import mentions_of_article
from factdesk.text.normalise import is_normalised
from fuzz_samples import packed, samples

SLOW = 10.0
"""Seconds of work that no small file may take."""

_GIVEN_UP = 240.0  # seconds of waiting, on a machine that may do many other things
_GROWTH = 300 * 1024 * 1024  # bytes by which the parent may grow
_ODD = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x98\x8a", b"\r", b"\x0b", b"&#0;", b"&x;", b"]]>", b"<!--",
    b"<![CDATA[", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b"<div>" * 300, b"[" * 3000, b'{"a":' * 500,
    b"9" * 400, b"-1", b"1e999", b"NaN", b"null", b"true", b'""', b"../../x", b"\t\t", b"\n\n--", b"%PDF-1.7", b"PK\x03\x04",
)  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What came of a run."""

    executions: int = 0
    read: int = 0
    refused: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)
    """What must not happen, by its kind: the example."""
    unexpected: dict[str, str] = field(default_factory=dict)
    """Faults of a reader that its process caught and told: the file is named, the words are poor."""
    slowest: float = 0.0
    memory: int = 0
    """The most address space of a child, in bytes."""

    def lines(self) -> list[str]:
        """The figures, in words."""
        kinds = ", ".join(f"{name} {number:,}" for name, number in self.by_kind.most_common())
        return [
            f"{self.executions:,} files ({self.read:,} read, {self.refused:,} refused): {kinds}",
            f"slowest {self.slowest:.1f} s of work, most address space of a child {self.memory / 2**20:,.0f} MB",
            *(f"caught by the child: {kind}: {example}" for kind, example in sorted(self.unexpected.items())),
            *(f"FAULT {kind}: {example}" for kind, example in sorted(self.faults.items())),
        ]


class Fuzzer:
    """One run; the same seed spoils the same files in the same way."""

    def __init__(self, folder: Path, seed: int, keep: Path | None = None) -> None:
        self._folder, self._keep = folder, keep
        self._chance = random.Random(seed)
        self._files, self._project = samples(folder)
        self._names = sorted(self._files)
        self._kinds = sorted({Path(name).suffix for name in self._names})
        self.outcome = Outcome()

    def run(self, seconds: float) -> Outcome:
        """Goes on until the time is over: seven files of articles, then a project, and so on."""
        until = time.monotonic() + seconds
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with FileProcess("read", seconds=_GIVEN_UP) as process:
            while time.monotonic() < until:
                for _ in range(7):
                    self._article(process)
                self._open_project()
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        if grown > _GROWTH:
            self.outcome.faults["memory of the parent"] = f"{grown:,} bytes more"
        return self.outcome

    def _article(self, process: FileProcess) -> None:
        kind = self._chance.choice(self._kinds)
        name = self._chance.choice([each for each in self._names if Path(each).suffix == kind])
        data = spoiled(self._files[name], self._chance, self._files[self._chance.choice(self._names)])
        path = self._folder / "spoiled" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        begun = _work_of(process)
        try:
            for found in process.read(path):
                self._judge(kind, found, name, data)
            self.outcome.read += 1
        except ImportRefusedError as error:
            self.outcome.refused += 1
            self._refusal(kind, error, name, data)
        except Exception as error:  # noqa: BLE001 - what must not happen, whatever it is
            self._fault(f"{kind} {type(error).__name__}", repr(error), name, data)
        self._measure(process, begun, kind, name, data)
        self.outcome.executions += 1
        self.outcome.by_kind[kind] += 1

    def _judge(self, kind: str, found: object, name: str, data: bytes) -> None:
        if isinstance(found, BadPart) and not found.reason:
            self._fault(f"{kind} part without a reason", found.place, name, data)
        if isinstance(found, Reading) and not is_normalised(found.article.text):
            self._fault(f"{kind} text that is not normal", found.place, name, data)
        if isinstance(found, Reading) and found.given:
            text = found.article.text
            for mark in (*found.given.claims, *found.given.mentions):
                if not 0 <= mark.span.start < mark.span.end <= len(text):
                    self._fault(f"{kind} mark outside of its text", repr(mark.span), name, data)

    def _refusal(self, kind: str, error: ImportRefusedError, name: str, data: bytes) -> None:
        if Path(name).stem not in error.message:  # of a standoff file also the one with its text
            self._fault(f"{kind} refusal without the file's name", error.message, name, data)
        caught = re.search(r"cannot be read \((\w+)(: .*)?\)\.$", error.message, re.DOTALL)
        if caught or "ended the process" in error.message:
            what = caught[1] if caught else "process ended"
            self.outcome.unexpected.setdefault(f"{kind} {what}", error.message)
            self._store(f"{kind}-{what}", name, data)
        if "longer than" in error.message:
            self._fault(f"{kind} hang", error.message, name, data)

    def _measure(self, process: FileProcess, begun: float, kind: str, name: str, data: bytes) -> None:
        child = process._child
        if child is None or child.poll() is not None:
            return
        took = _work_of(process) - begun
        self.outcome.slowest = max(self.outcome.slowest, took)
        if took > SLOW:
            self._fault(f"{kind} slow", f"{took:.1f} s", name, data)
        peak = re.search(r"VmPeak:\s+(\d+)", Path(f"/proc/{child.pid}/status").read_text())
        self.outcome.memory = max(self.outcome.memory, int(peak[1]) * 1024 if peak else 0)
        if self.outcome.memory > MEMORY * 1.1:
            self._fault(f"{kind} memory", f"{self.outcome.memory:,} bytes", name, data)

    def _open_project(self) -> None:
        path = self._folder / "spoiled.factdesk"
        data = self._spoiled_project()
        for left in self._folder.glob("spoiled.factdesk*"):
            left.unlink() if left.is_file() else None
        path.write_bytes(data)
        begun = time.process_time()
        try:
            _look_through(path, read_only=self._chance.random() < 0.7)
            self.outcome.read += 1
        except FactdeskError as error:
            self.outcome.refused += 1
            if not error.message or not error.hint:
                self._fault("project without a remedy", error.message, path.name, data)
        except Exception as error:  # noqa: BLE001 - what must not happen, whatever it is
            self._fault(f"project {type(error).__name__}", repr(error), path.name, data)
        took = time.process_time() - begun
        self.outcome.slowest = max(self.outcome.slowest, took)
        if took > SLOW:
            self._fault("project slow", f"{took:.1f} s", path.name, data)
        self.outcome.executions += 1
        self.outcome.by_kind["factdesk"] += 1

    def _spoiled_project(self) -> bytes:
        data = bytearray(self._project.read_bytes())
        for _ in range(self._chance.choice((1, 1, 3, 10, 100))):
            data[self._chance.randrange(len(data))] = self._chance.randrange(256)
        if self._chance.random() < 0.1:
            page = self._chance.randrange(len(data) // 4096) * 4096
            data[page : page + 4096] = self._chance.randbytes(4096)
        if self._chance.random() < 0.05:
            del data[self._chance.randrange(len(data)) :]
        return bytes(data)

    def _fault(self, kind: str, words: str, name: str, data: bytes) -> None:
        if kind not in self.outcome.faults:
            self.outcome.faults[kind] = f"{name}: {words[:300]}"
            self._store(kind, name, data)

    def _store(self, kind: str, name: str, data: bytes) -> None:
        if self._keep is None:
            return
        self._keep.mkdir(parents=True, exist_ok=True)
        path = self._keep / f"{re.sub(r'[^a-zA-Z0-9]+', '-', kind)}--{name}"
        if not path.exists():
            path.write_bytes(data)


def fuzz(seconds: float, seed: int, keep: Path | None = None) -> Outcome:
    """Spoils and reads files for so long; files that showed a fault are put into the folder `keep`."""
    with tempfile.TemporaryDirectory() as folder:
        return Fuzzer(Path(folder), seed, keep).run(seconds)


def spoiled(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """The bytes with one change or several; of packed files mostly a member is changed, so that the packing stays whole."""
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {each: archive.read(each) for each in archive.namelist()}
        name = chance.choice(sorted(parts))
        parts[name] = spoiled(parts[name], chance, other)
        return packed(parts)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        data = _once(data, chance, other)
    return data


def _once(data: bytes, chance: random.Random, other: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 4, 30, 500)))
    match chance.randrange(7):
        case 0:  # some bits
            return (
                data[:start]
                + bytes(each ^ (1 << chance.randrange(8)) for each in data[start : start + 1])
                + data[start + 1 :]
            )
        case 1:  # a part is gone
            return data[:start] + data[end:]
        case 2:  # a part many times
            return data[:start] + data[start:end] * chance.choice((2, 10, 200)) + data[end:]
        case 3:  # something odd
            return data[:start] + chance.choice(_ODD) + data[start if chance.random() < 0.5 else end :]
        case 4:  # a part of another file
            at = chance.randrange(len(other) + 1)
            return data[:start] + other[at : at + 300] + data[end:]
        case 5:  # a number is another one
            return (
                re.sub(
                    rb"\d+",
                    lambda _: str(chance.choice((0, -1, 1, 2**31, 2**63, 10**30))).encode(),
                    data[:start],
                    count=1,
                )
                + data[start:]
            )
        case _:  # cut off
            return data[:start] if chance.random() < 0.3 else data[:start] + chance.randbytes(8) + data[start:]


def _look_through(path: Path, *, read_only: bool) -> None:
    """What the window and the commands read when they open a project."""
    with Project.open(path, reviewer="Ada", read_only=read_only) as project, closing(project.reader()) as reader:
        check_project(reader)
        for case in list_cases(reader):
            for article in list_articles(reader, case.id):
                article_text(reader, article.id)
                original_bytes(reader, article.id)
                claims_of_article(reader, article.id, include_refused=True)
                mentions_of_article(reader, article.id)


def _work_of(process: FileProcess) -> float:
    """Seconds of processor time that the child has used."""
    child = process._child
    if child is None or child.poll() is not None:
        return 0.0
    user, system = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / 100
