"""What commands print: answers on standard output, notes and progress on standard error."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from factdesk.errors import FactdeskError

OK, REFUSED, PROBLEMS = 0, 1, 3
"""Exit codes; Typer itself leaves with 2 for wrong usage and 130 when it is stopped from the keyboard."""


def say(text: str) -> None:
    """A line of the answer."""
    typer.echo(text)


def say_json(answer: Any) -> None:
    """The answer for a script."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def note(text: str) -> None:
    """A line for the person at the terminal, which is no part of the answer."""
    typer.echo(text, err=True)


def note_error(error: FactdeskError) -> None:
    """What went wrong and what to do, in one line each."""
    note(f"factdesk: {error.message}")
    if error.hint:
        note(f"  {error.hint}")


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A callback (done, total) that moves a bar; nothing is drawn when nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - for terminals only
    from rich.progress import Progress  # noqa: PLC0415 - as above

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
