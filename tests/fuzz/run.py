"""Gives spoiled files to the readers: python tests/fuzz/run.py [SECONDS] [--seed NUMBER] [--keep FOLDER]

Valid files of every kind that is imported, and a project, are spoiled at random and read as the program reads them. Prints the
figures; files that showed a fault are kept in out/fuzz. Ends with 1 when anything happened that must not (see docs/threat-model.md).
"""

import argparse
import faulthandler
import os
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from fuzzing import fuzz  # noqa: E402 - found only now


def main() -> int:
    """Runs for so many seconds and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float, nargs="?", default=600.0)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--keep", type=Path, default=ROOT / "out" / "fuzz")
    chosen = parser.parse_args()
    os.nice(10)
    faulthandler.dump_traceback_later(chosen.seconds + 300, exit=True)  # the parent itself hangs
    print(f"spoiling files for {chosen.seconds:.0f} seconds, seed {chosen.seed}", flush=True)
    outcome = fuzz(chosen.seconds, chosen.seed, chosen.keep)
    print("\n".join(outcome.lines()))
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
