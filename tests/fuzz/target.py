"""One target of guided fuzzing, in a process of its own: python tests/fuzz/target.py TARGET SAMPLES CORPUS FAULTS [libFuzzer's options]

Our own code is instrumented, so that inputs which reach new places in it are kept and changed further. What a target raises is
written down (once for each place in the code) and the run goes on; only a crash, a hang or too much memory end it.
"""

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from guided import Watched  # noqa: E402 - found only now

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it; a project is written for each execution


def main() -> None:
    """Runs until libFuzzer has had enough."""
    import atheris

    name, samples, corpus, faults = sys.argv[1], *map(Path, sys.argv[2:5])
    folder = Path(tempfile.mkdtemp(prefix="factdesk-fuzz-", dir=MEMORY if MEMORY.is_dir() else None))
    if samples.is_dir():
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
