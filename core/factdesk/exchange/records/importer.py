"""An export of Factdesk back into a new project, with ids, authors, times and history.

Lines that cannot be kept are listed with their number and the reason; what does not depend on them is kept.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from factdesk.errors import FactdeskError, TooNewError
from factdesk.exchange.formats.jsonl import FORMAT, VERSION
from factdesk.exchange.formats.records import LATER
from factdesk.exchange.progress import Progress, Steps, never, no_progress
from factdesk.exchange.records.fields import Record
from factdesk.exchange.records.reading import BadRecordError, Keeper
from factdesk.model.changes import Changes
from factdesk.project import Project
from factdesk.store.lock import lock_path
from factdesk.store.transaction import Transaction
from factdesk.store.whole import is_new

_STOPPED = "The import was stopped."


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that was not kept, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(slots=True)
class JsonlReport:
    """What became of the lines of a file."""

    kept: Counter[str] = field(default_factory=Counter)
    """Records kept, by type."""
    problems: list[LineProblem] = field(default_factory=list)


def is_export(path: Path) -> bool:
    """Whether a file begins as an export of Factdesk does."""
    try:
        with path.open("rb") as file:
            return _header_of(file.readline(1_000_000)) is not None
    except OSError:
        return False


def import_jsonl(
    project: Project,
    path: Path | str,
    progress: Progress = no_progress,
    stopped: Callable[[], bool] = never,
) -> JsonlReport:
    """Bring an export back into a project in which nothing was done yet, in one transaction.

    `progress` counts bytes. Raises FactdeskError when the file is no export or the project is not new.
    """
    path = Path(path)
    with project.reader() as reader:
        if not is_new(reader):
            raise FactdeskError(
                f"{project.path} already holds articles or decisions.",
                "Make a new project (factdesk new PROJECT) and import the export there.",
            )
    try:
        with path.open("rb") as file:
            _check_header(path, file.readline())
            file.seek(0)
            report = JsonlReport()
            steps = Steps(path.stat().st_size, progress, stopped, _STOPPED)
            project.run(_keep_all, file, steps, report)
    except OSError as error:
        raise FactdeskError(f"{path} cannot be read ({error.strerror or error}).", "Check its name.") from error
    project.sign_in_again()
    return report


def project_from_export(
    path: Path,
    target: Path,
    reviewer: str,
    progress: Progress = no_progress,
    stopped: Callable[[], bool] = never,
) -> tuple[Project, JsonlReport]:
    """Make a project of an export and open it; if that fails or is stopped, no file is left."""
    project = Project.create(target, reviewer=reviewer)
    try:
        report = import_jsonl(project, path, progress, stopped)
    except BaseException:
        project.close()
        for leftover in (target, lock_path(target)):
            leftover.unlink(missing_ok=True)
        raise
    return project, report


def _check_header(path: Path, line: bytes) -> None:
    header = _header_of(line)
    if header is None:
        raise FactdeskError(
            f"{path} is no export of Factdesk.", "Its first line should tell so; texts are imported as text files."
        )
    if not isinstance(header["version"], int) or header["version"] > VERSION:
        raise TooNewError(f"{path} was exported by a newer Factdesk.", "Update Factdesk to import it.")


def _header_of(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    is_header = isinstance(record, dict) and record.get("type") == "project" and record.get("format") == FORMAT
    return record if is_header and "version" in record else None


def _keep_all(tx: Transaction, file: BinaryIO, steps: Steps, report: JsonlReport) -> Changes:
    keeper = Keeper(tx)
    ended = False
    number = 0
    waiting: dict[tuple[str, str], int] = {}
    for number, line in enumerate(file, 1):
        steps.step(len(line))
        if not line.strip():
            continue
        try:
            record = _parse(line)
            if record["type"] == "end":
                ended = True
                continue
            keeper.keep(record)
        except BadRecordError as error:
            report.problems.append(LineProblem(number, str(error)))
        else:
            report.kept[record["type"]] += 1
            if record["type"] in LATER and record.get(LATER[record["type"]][0]) is not None:
                waiting[record["type"], record["id"]] = number
    for kind, name, reason in keeper.join_later():
        report.problems.append(LineProblem(waiting[kind, name], reason))
    if not ended:
        report.problems.append(LineProblem(number + 1, "the file ends before its last line: it may have been cut off"))
    return tx.changes(title="Import of an export", everything=True)


def _parse(line: bytes) -> Record:
    try:
        record: Any = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadRecordError(f"it is no JSON ({error})") from error
    if not isinstance(record, dict) or not isinstance(record.get("type"), str):
        raise BadRecordError("it is no object with a “type”")
    return record


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not allowed")
