"""Gives spoiled files to the readers: python tests/fuzz/run.py [SECONDS] [--seed NUMBER] [--keep FOLDER]

Valid files of every kind that is imported, and a project, are spoiled at random and read as the program reads them. Prints the
figures; files that showed a fault are kept in out/fuzz. Ends with 1 when anything happened that must not (see docs/threat-model.md).

With --guided [SECONDS] [TARGET ...] inputs that reach new places in our code are kept and changed further (atheris, libFuzzer): each
target in a process of its own for so many seconds, all of them when none is named. --targets lists them.
"""

import argparse
import faulthandler
import os
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from fuzz_targets import ALONE, NAMES, make_samples  # noqa: E402 - found only now
from fuzzing import fuzz  # noqa: E402 - found only now
from guided import is_possible, run_guided  # noqa: E402 - found only now


def main() -> int:
    """Runs for so many seconds and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float, nargs="?")
    parser.add_argument("target", nargs="*", choices=[[], *NAMES], default=[], metavar="TARGET")
    parser.add_argument("--guided", action="store_true")
    parser.add_argument("--targets", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--keep", type=Path, default=ROOT / "out" / "fuzz")
    chosen = parser.parse_args()
    if chosen.targets:
        print("\n".join(NAMES))
        return 0
    os.nice(10)
    if chosen.guided:
        return _guided(int(chosen.seconds or 60), chosen.target or NAMES, chosen.keep)
    seconds = chosen.seconds or 600.0
    faulthandler.dump_traceback_later(seconds + 300, exit=True)  # the parent itself hangs
    print(f"spoiling files for {seconds:.0f} seconds, seed {chosen.seed}", flush=True)
    outcome = fuzz(seconds, chosen.seed, chosen.keep)
    print("\n".join(outcome.lines()))
    return 1 if outcome.faults else 0


def _guided(seconds: int, names: tuple[str, ...], keep: Path) -> int:
    if not is_possible():
        print(
            "Guided fuzzing needs atheris, which there is for Linux on x86_64 with Python below 3.14; --guided left out, it works."
        )
        return 2
    samples = keep / "samples"
    if set(names) - ALONE:
        make_samples(samples)
    faults = 0
    for name in names:
        outcome = run_guided(name, samples, keep, seconds=seconds)
        print(outcome.line(), flush=True)
        for file, words in outcome.faults.items():
            print(f"  FAULT {file}: {words}", flush=True)
        faults += len(outcome.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
