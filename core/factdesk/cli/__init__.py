"""The commands for scripts and for machines without a display."""

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code (0 done, 1 refused with a sentence, 2 wrong usage, 3 problems found)."""
    from factdesk.cli.app import run  # noqa: PLC0415 - Typer takes long to import; the window never needs it

    return run(argv)
