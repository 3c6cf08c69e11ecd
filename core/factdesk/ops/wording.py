"""Words for the undo menu and the activity list."""

from collections.abc import Sequence

_LONGEST = 48


def quoted(text: str) -> str:
    """A short quotation on one line."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + '…'}”"


def counted(things: Sequence[object], one: str, many: str = "") -> str:
    """“1 claim”, “3 claims”."""
    return f"{len(things):,} {one if len(things) == 1 else many or one + 's'}"
