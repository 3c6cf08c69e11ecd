"""One target of guided fuzzing, in a process of its own: python tests/fuzz/guided.py TARGET SAMPLES CORPUS FAULTS [libFuzzer's options]

Our own code is instrumented, so that inputs which reach new places in it are kept and changed further. What a target raises is
written down (once for each place in the code) and the run goes on; only a crash, a hang or too much memory end it.
"""

import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it; a project is written for each execution
SLOW = 10.0
"""Seconds of processor time that no input may take."""


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


def main() -> None:
    """Runs until libFuzzer has had enough."""
    import atheris

    name, samples, corpus, faults = sys.argv[1], *map(Path, sys.argv[2:5])
    folder = Path(tempfile.mkdtemp(prefix="factdesk-fuzz-", dir=MEMORY if MEMORY.is_dir() else None))
    shutil.copytree(samples, folder, dirs_exist_ok=True)
    try:
        with atheris.instrument_imports(include=["factdesk"]):
            from fuzz_targets import target_of  # instrumented from here on

            target = target_of(name, folder)
            watched = Watched(name, target.run, faults)
            for seed in target.seeds[:20]:  # what is only imported when it is needed
                watched(seed)
        for number, seed in enumerate(target.seeds):
            corpus.joinpath(f"seed-{number:03}").write_bytes(seed)
        longest = max(2 * max(map(len, target.seeds)), 1000)
        atheris.Setup(
            [sys.argv[0], f"-max_len={longest}", *sys.argv[5:], str(corpus)], Watched(name, target.run, faults)
        )
        atheris.Fuzz()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
