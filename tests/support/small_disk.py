"""A disk of a few megabytes that can be filled up: a real one where we may mount it, else a limit on what we may write."""

import os
import resource
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path


class SmallDisk:
    """A folder on a disk of its own.

    Attributes:
        words: what is said when it is full, as a pattern.
        is_real: whether it can be full, and not only refuse to be written.
    """

    is_real = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self.words = "disk is full"

    def take_away(self) -> None:
        """As when a stick is pulled out."""
        subprocess.run(["umount", "-l", str(self.path)], check=True)

    @contextmanager
    def full(self, *, leaving: int = 0):
        """While inside, no more than so many bytes fit."""
        filler = self.path / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (65_536, 4096):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue
            if leaving:
                os.truncate(filler, max(0, filler.stat().st_size - leaving))
        try:
            yield
        finally:
            filler.unlink()


class LimitedDisk(SmallDisk):
    """An ordinary folder; while it is full, this process may write nothing to any file."""

    is_real = False

    def take_away(self) -> None:
        """The folder is gone with all that is in it."""
        self.path.rename(self.path.with_name("away"))

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.words = "disk is full|could not be|cannot be"

    @contextmanager
    def full(self, *, leaving: int = 0):  # noqa: ARG002 - as for the other
        """While inside, every write is refused, whatever should be left."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def small_disk(path: Path, megabytes: int = 24):
    """The one that this system allows."""
    path.mkdir()
    if not _mounted(path, megabytes):
        yield LimitedDisk(path)
        return
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], capture_output=True, check=False)


def _mounted(path: Path, megabytes: int) -> bool:
    if shutil.which("mount") is None or os.environ.get("FACTDESK_TEST_DISK") == "limit":
        return False
    wanted = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)]
    return subprocess.run(wanted, capture_output=True, check=False).returncode == 0
