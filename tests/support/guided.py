"""The parent's side of guided fuzzing: each target in its own process, with limits of time and memory."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

CHILD = Path(__file__).parents[1] / "fuzz" / "guided.py"
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
    for path in sorted(faults.glob(f"{name}--*.txt")):
        outcome.faults[path.stem] = path.read_text(encoding="utf-8").strip().splitlines()[-1][:300]
    return outcome


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
