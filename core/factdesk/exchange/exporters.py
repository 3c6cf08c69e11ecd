"""Writing an export: whole or not at all, checked by loading it again, with a sidecar that tells what it lacks."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from factdesk.errors import FactdeskError
from factdesk.exchange.atomic import cannot_write, placed_whole, written_whole
from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.export_format import Checked, Choice, ExportFormat, Loss, Written
from factdesk.exchange.formats_known import get_format
from factdesk.exchange.losses import losses_of
from factdesk.exchange.progress import Progress, Steps, never, no_progress
from factdesk.exchange.sidecar import describe, dump, is_our_folder, sidecar_of
from factdesk.project import Project
from factdesk.store.connection import Reader

_SQLITE = b"SQLite format 3\x00"
EVERYTHING = ExportOptions()


@dataclass(frozen=True, slots=True)
class Exported:
    """An export as it was made."""

    path: Path
    written: Written
    losses: tuple[Loss, ...]
    checked: Checked


class ExportCheckError(FactdeskError):
    """What was written does not load as it should; nothing was put in place."""


def export_project(
    source: Project | Reader,
    format_name: str,
    out: Path | str,
    options: ExportOptions = EVERYTHING,
    progress: Progress = no_progress,
    stopped: Callable[[], bool] = never,
) -> Exported:
    """Write an export and check it.

    The file or folder appears under its name only when it is complete and loads again; an older file, or an older
    export folder of ours, is replaced. `stopped` is asked between steps; when it says yes, StoppedError is raised and
    nothing is left behind.

    Raises ExportCheckError when what was written does not load as it should.
    """
    chosen, out = get_format(format_name), Path(out)
    _check_options(chosen, options)
    check_target(out, chosen)
    reader = source.reader() if isinstance(source, Project) else nullcontext(source)
    with reader as r, r.snapshot() as project:
        dataset = Dataset(project, options, chosen)
        if chosen.expects:
            chosen.expects(dataset)  # says no to what would be too large
        losses = tuple(losses_of(dataset, chosen))
        steps = Steps(max(1, len(dataset.articles)), progress, stopped)
        with placed_whole(out, is_folder=chosen.is_folder) as part:
            written = chosen.write(dataset, part, steps)
            checked = chosen.check(dataset, part)
            if checked.problems:
                raise ExportCheckError(
                    f"The export to {out} was written, but does not load as it should: {checked.problems[0]}",
                    "Nothing was put in place. Please report this, with the name of the format.",
                )
            about = dump(describe(chosen, dataset, part, written, losses, checked))
            if chosen.is_folder:
                sidecar_of(part, is_folder=True).write_bytes(about)
        if not chosen.is_folder:
            with written_whole(sidecar_of(out, is_folder=False)) as file:
                file.write(about)
    return Exported(out, written, losses, checked)


def foresee(source: Project | Reader, format_name: str, options: ExportOptions = EVERYTHING) -> list[Loss]:
    """What a format would lose of what was chosen, and what a person should know beforehand (see `Loss.is_lost`)."""
    chosen = get_format(format_name)
    _check_options(chosen, options)
    reader = source.reader() if isinstance(source, Project) else nullcontext(source)
    with reader as r, r.snapshot() as project:
        dataset = Dataset(project, options, chosen)
        expected = chosen.expects(dataset) if chosen.expects else ""
        return [*losses_of(dataset, chosen), *([Loss(expected, is_lost=False)] if expected else [])]


def _check_options(chosen: ExportFormat, options: ExportOptions) -> None:
    if not options.with_text and not chosen.works_without_text:
        raise FactdeskError(
            f"“{chosen.title}” makes no sense without the texts.", "Include them, or choose another format."
        )
    ignored = [choice for choice, is_made in _made(options).items() if is_made and choice in chosen.ignores]
    if ignored:
        raise FactdeskError(
            f"“{chosen.title}” cannot honour {' and '.join(ignored)}: it holds all of the project.",
            "Leave that choice out, or choose another format.",
        )
    unknown = set(options.choices) - {option.name for option in chosen.options}
    if unknown:
        raise FactdeskError(f"“{chosen.title}” has no option {', '.join(sorted(unknown))}.", "Leave it out.")


def _made(options: ExportOptions) -> dict[Choice, bool]:
    return {
        Choice.CASE: bool(options.case_id),
        Choice.CLAIMS: bool(options.claim_ids),
        Choice.SUGGESTIONS: options.decisions_only,
        Choice.WHOSE: options.whose in {Whose.ONE, Whose.ADJUDICATED},
        Choice.ANONYMOUS: options.anonymous,
        Choice.LICENCE: bool(options.licence),
    }


def check_target(out: Path, chosen: ExportFormat) -> None:
    """Refuse a place that is not there, or where an export would destroy what is none."""
    if not out.absolute().parent.is_dir():
        raise FactdeskError(f"There is no folder {out.parent}.", "Make it first, or choose another one.")
    if chosen.is_folder:
        if out.is_file():
            raise FactdeskError(f"{out} is a file.", f"“{chosen.title}” is a folder of files: give another name.")
        if out.is_dir() and any(out.iterdir()) and not is_our_folder(out):
            raise FactdeskError(f"The folder {out} holds other files.", "Give the name of a new folder.")
        return
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
