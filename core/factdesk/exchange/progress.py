"""How far a long import or export is, and a way to stop it between two steps."""

from collections.abc import Callable

from factdesk.errors import FactdeskError

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""

_EVERY = 64  # steps between two calls where there are very many, so that counting costs nothing


class StoppedError(FactdeskError):
    """The user stopped it; nothing was kept of it."""


def no_progress(_done: int, _total: int) -> None:
    """For those who do not want to know."""


def never() -> bool:
    """Nobody stops it."""
    return False


class Steps:
    """Counts steps, tells about them now and then, and asks whether to go on."""

    def __init__(
        self,
        total: int,
        progress: Progress = no_progress,
        stopped: Callable[[], bool] = never,
        what: str = "The export was stopped.",
    ) -> None:
        self._progress = progress
        self._stopped = stopped
        self._what = what
        self.begin(total)

    def begin(self, total: int) -> None:
        """Start to count anew, for one who knows better how many steps there are."""
        self.done = 0
        self.total = total
        self._every = max(1, min(_EVERY, total // 100))
        self._progress(0, total)

    def step(self, count: int = 1) -> None:
        """Note that steps were done; raises StoppedError if the user wants no more of them."""
        before = self.done
        self.done += count
        if self.done // self._every != before // self._every or self.done >= self.total:
            self._progress(min(self.done, self.total), self.total)
            if self._stopped():
                raise StoppedError(self._what, "Nothing of it was kept.")
