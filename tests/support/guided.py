"""The parent's side of guided fuzzing: each target in its own process, with limits of time and memory."""

import os
import random
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fuzz_targets import Target

CHILD = Path(__file__).parents[1] / "fuzz" / "target.py"
SLOW = 10.0
"""Seconds of processor time that no input may take."""
HANG = 60
"""Seconds by the clock after which an input hangs, on a machine that may do many other things."""

_MEMORY = 2048  # MB
_RESTARTS = 5


@dataclass(slots=True)
class Guided:
    """What came of a target."""

    name: str
    executions: int = 0
    places: int = 0
    """Places of our code that were reached."""
    faults: dict[str, str] = field(default_factory=dict)
    """By the name of the file that holds the input: what happened."""

    def line(self) -> str:
        """In words."""
        return f"{self.name:<16} {self.executions:>9,} executions, {self.places:>6,} places reached, {len(self.faults)} faults"


def played(name: str, target: "Target", keep: Path, *, runs: int, seed: int = 0) -> Guided:
    """The same without a guide: the inputs to begin with, spoiled at random. For machines that have no guided fuzzer."""
    from fuzzing import spoiled  # what it needs must be instrumented in the child

    chance = random.Random(seed)
    faults = keep / "faults"
    faults.mkdir(parents=True, exist_ok=True)
    watched = Watched(name, target.run, faults)
    for _ in range(runs):
        watched(spoiled(chance.choice(target.seeds), chance, chance.choice(target.seeds)))
    return Guided(name, runs, faults=_told(name, faults))


def is_possible() -> bool:
    """Whether there is a guided fuzzer on this machine."""
    return find_spec("atheris") is not None


def run_guided(name: str, samples: Path, keep: Path, *, seconds: int = 0, runs: int = -1, seed: int = 0) -> Guided:
    """One target for so many seconds, or so many executions; inputs that reach something new are kept below `keep`."""
    corpus, faults = keep / "corpus" / name, keep / "faults"
    corpus.mkdir(parents=True, exist_ok=True)
    faults.mkdir(parents=True, exist_ok=True)
    outcome = Guided(name)
    until = time.monotonic() + seconds
    for _ in range(_RESTARTS):
        limits = (
            [f"-max_total_time={max(1, round(until - time.monotonic()))}"]
            if seconds
            else [f"-runs={runs}", f"-seed={seed}"]
        )
        if not _run_once(outcome, samples, corpus, faults, limits) or (seconds and time.monotonic() > until - 2):
            break
    outcome.faults = _told(name, faults)
    return outcome


def _told(name: str, faults: Path) -> dict[str, str]:
    paths = sorted(faults.glob(f"{name}--*.txt"))
    return {path.stem: path.read_text(encoding="utf-8").strip().splitlines()[-1][:300] for path in paths}


def _run_once(outcome: Guided, samples: Path, corpus: Path, faults: Path, limits: list[str]) -> bool:
    """Whether it ended before its time, because an input ended it."""
    command = [
        sys.executable, str(CHILD), outcome.name, str(samples), str(corpus), str(faults), *limits, f"-timeout={HANG}", "-print_final_stats=1",
        f"-rss_limit_mb={_MEMORY}", f"-artifact_prefix={faults}/{outcome.name}--ended-",
    ]  # fmt: skip
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
    ran = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, check=False)
    counted = re.findall(r"number_of_executed_units: (\d+)", ran.stderr) or re.findall(
        r"^#(\d+)\t", ran.stderr, re.MULTILINE
    )
    places = re.findall(r" cov: (\d+)", ran.stderr)
    outcome.executions += int(counted[-1]) if counted else 0
    outcome.places = max(outcome.places, int(places[-1]) if places else 0)
    if ran.returncode == 0 and counted:
        return False
    said = [
        line for line in ran.stderr.splitlines() if "ERROR: " in line or "Error" in line
    ] or ran.stderr.splitlines()[-1:]
    name = f"{outcome.name}--ended-{len(list(faults.glob(f'{outcome.name}--ended-*.txt')))}"
    faults.joinpath(f"{name}.txt").write_text(
        f"{ran.stderr[-4000:]}\n{said[0][:300] if said else ran.returncode}", encoding="utf-8"
    )
    return bool(counted)


class Watched:
    """A target that writes down what it raises, and goes on."""

    def __init__(self, name: str, run: Callable[[bytes], None], faults: Path) -> None:
        self._name, self._run, self._faults = name, run, faults

    def __call__(self, data: bytes) -> None:
        begun = time.process_time()
        try:
            self._run(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not be
            self._write_down(_where(error), traceback.format_exc(), data)
        took = time.process_time() - begun
        if took > SLOW:
            self._write_down("slow", f"{took:.1f} seconds", data)

    def _write_down(self, place: str, words: str, data: bytes) -> None:
        path = self._faults / f"{self._name}--{place}"
        if not path.exists():
            path.write_bytes(data)
            path.with_name(f"{path.name}.txt").write_text(words, encoding="utf-8", errors="replace")


def _where(error: Exception) -> str:
    """The kind of an error and the last place in our own code, for telling one fault from another."""
    frames = [
        each
        for each in traceback.extract_tb(error.__traceback__)
        if "factdesk" in each.filename or "support" in each.filename
    ]
    last = frames[-1]
    return f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
