"""Whether the file that is open is still the one under its name.

In WAL mode SQLite does not look: it would go on writing to a file that was deleted, and what is decided from then on
would be gone when the program ends.
"""

from pathlib import Path

from factdesk.errors import MovedError

_HINT = "Save a copy now: it holds everything that was saved so far. This window goes on showing it, but cannot write."
_OR_BACK = f"{_HINT} Or put the file back under its name, then it can."


class Whereabouts:
    """Remembers which file a path named when it was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _identity(path)

    def check(self) -> None:
        """Refuse to go on when the file is not there any more, or another one is."""
        now = _identity(self._path)
        if now is None:
            raise MovedError(
                f"{self._path} is no longer there: it was moved or deleted, or its disk was taken away.", _OR_BACK
            )
        if now != self._known:
            raise MovedError(f"{self._path} was replaced by another file while it was open.", _HINT)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
