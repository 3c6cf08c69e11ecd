"""Exports of a project: which formats there are, and writing one so that no half file is ever left."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from factdesk.errors import FactdeskError
from factdesk.exchange.atomic import cannot_write, written_whole
from factdesk.exchange.formats.claim_table import write_claim_table
from factdesk.exchange.formats.jsonl import write_jsonl
from factdesk.exchange.progress import Progress, Steps, never, no_progress
from factdesk.project import Project
from factdesk.store.connection import Queryable, Reader

_SQLITE = b"SQLite format 3\x00"


class Write(Protocol):
    """Writes a project to a file, telling its steps; gives the number of rows or lines."""

    def __call__(
        self, r: Queryable, file: BinaryIO, start: Callable[[int], Steps], *, decisions_only: bool = False
    ) -> int:
        """Write."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format, as a dialog and the command line offer it."""

    name: str
    title: str
    suffix: str
    description: str
    write: Write


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into an export."""

    decisions_only: bool = False  # leave out suggestions that nobody has looked at


FORMATS = (
    ExportFormat(
        "jsonl",
        "Everything (JSON Lines)",
        ".jsonl",
        "The whole project with its history; Factdesk reads it back with nothing lost.",
        write_jsonl,
    ),
    ExportFormat(
        "csv",
        "Table of claims (CSV)",
        ".csv",
        "One row for each claim with its verdict and evidence; opens in a spreadsheet.",
        write_claim_table,
    ),
)


def formats() -> tuple[ExportFormat, ...]:
    """All formats that a project can be exported to."""
    return FORMATS


def get_format(name: str) -> ExportFormat:
    """A format by name."""
    for each in formats():
        if each.name == name:
            return each
    raise FactdeskError(f"There is no export format “{name}”.", f"Choose {' or '.join(f.name for f in formats())}.")


def export_project(
    source: Project | Reader,
    format_name: str,
    out: Path | str,
    options: ExportOptions = ExportOptions(),
    progress: Progress = no_progress,
    stopped: Callable[[], bool] = never,
) -> int:
    """Write an export; gives the number of rows or lines.

    The file appears under its name only when it is complete; an older one is replaced. `stopped` is asked between
    steps; when it says yes, StoppedError is raised and nothing is left behind.
    """
    chosen, out = get_format(format_name), Path(out)
    _check_target(out)
    reader = source.reader() if isinstance(source, Project) else nullcontext(source)
    with reader as r, r.snapshot() as project, written_whole(out) as file:
        return chosen.write(
            project,
            file,
            lambda total: Steps(total, progress, stopped),
            decisions_only=options.decisions_only,
        )


def _check_target(out: Path) -> None:
    if out.is_dir():
        raise FactdeskError(f"{out} is a folder.", "Give the name of the file to write.")
    try:
        with out.open("rb") as file:
            is_database = file.read(len(_SQLITE)) == _SQLITE
    except FileNotFoundError:
        return
    except OSError as error:
        raise cannot_write(out, error) from error
    if is_database:
        raise FactdeskError(f"{out} is a database, not an export.", "Give another name; nothing was written.")
