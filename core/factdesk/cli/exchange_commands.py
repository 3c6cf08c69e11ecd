"""Commands that bring things in: import."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from factdesk.cli.lookup import find_case, writing
from factdesk.cli.output import REFUSED, note, note_error, progress_bar, say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile, Reviewer
from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.exchange.files import expand_paths
from factdesk.exchange.jsonl_import import JsonlReport, import_jsonl, is_export
from factdesk.exchange.process import FileProcess, completed
from factdesk.exchange.readings import BadPart, Reading, ReadOptions
from factdesk.model.articles import Case
from factdesk.model.ids import article_id
from factdesk.ops.articles import add_articles
from factdesk.ops.cases import create_case
from factdesk.project import Project
from factdesk.store.articles import list_articles
from factdesk.store.cases import get_case

_AT_ONCE = 50  # articles in one step
_LISTED = 20  # bad lines named on the terminal


def import_files(
    project: ProjectFile,
    files: Annotated[
        list[Path], typer.Argument(help="Text files, folders, or one export (.jsonl).", metavar="FILE...")
    ],
    case: Annotated[str | None, typer.Option(help="The case to import into; made if it is new.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The files' encoding, if the detected one is wrong.")] = None,
    reviewer: Reviewer = "",
    json: AsJson = False,
) -> None:
    """Import articles, or put an export back into a new project."""
    exports = [file for file in files if file.is_file() and is_export(file)]
    if exports and len(files) > 1:
        raise FactdeskError(
            f"{exports[0]} is an export of a whole project.", "Import it alone, into a new project of its own."
        )
    with writing(project, reviewer) as opened:
        if exports:
            _import_export(opened, exports[0], json)
        else:
            _import_articles(opened, files, case, encoding, json)


def _import_articles(
    project: Project, files: Sequence[Path], case_name: str | None, encoding: str | None, json: bool
) -> None:
    readings, refused = _read(files, encoding)
    case = _case(project, case_name) if readings else None
    added: list[dict[str, Any]] = []
    if case is not None:
        added = _add(project, case, readings)
    if json:
        say_json(
            {
                "case": case.name if case else None,
                "articles": added,
                "refused": [{"message": error.message, "hint": error.hint} for error in refused],
            }
        )
    elif case is not None:
        fresh = sum(article["new"] for article in added)
        known = len(added) - fresh
        say(f"Imported {fresh:,} {'article' if fresh == 1 else 'articles'} into “{case.name}”"
            + (f"; {known:,} already there." if known else "."))  # fmt: skip
    if not json:
        for error in refused:
            note_error(error)
    if refused:
        raise typer.Exit(REFUSED)


def _read(files: Sequence[Path], encoding: str | None) -> tuple[list[Reading], list[ImportRefusedError]]:
    readings: list[Reading] = []
    refused: list[ImportRefusedError] = []
    paths = expand_paths(files)
    with progress_bar("Reading") as progress, FileProcess("read") as process:
        for done, path in enumerate(paths):
            progress(done, len(paths))
            try:
                for found in process.read(path, ReadOptions(encoding)):
                    if isinstance(found, Reading):
                        readings.append(found)
                        _note_doubt(found)
                    elif isinstance(found, BadPart):
                        refused.append(ImportRefusedError(f"“{path.name}”, {found.place}: {found.reason}."))
            except ImportRefusedError as error:
                refused.append(error)
    if not paths:
        refused.append(ImportRefusedError("There are no files in that folder.", "Name the files to import."))
    return readings, refused


def _note_doubt(doubtful: Reading) -> None:
    if doubtful.confident and not doubtful.replaced:
        return
    source = doubtful.article.source
    others = ", ".join(doubtful.alternatives[:3])
    note(
        f"“{source.name}” was read as {source.encoding}"
        + (f", but may be {others}" if others else "")
        + (f"; {doubtful.replaced} characters could not be read" if doubtful.replaced else "")
        + " (--encoding corrects it)."
    )


def _case(project: Project, name: str | None) -> Case:
    with project.reader() as r:
        case = find_case(r, name)
        if case is None and name is not None:
            case = get_case(r, project.run(create_case, name).created)
    if case is None:
        raise FactdeskError("The project has no case.", "Name one with --case.")
    return case


def _add(project: Project, case: Case, readings: Sequence[Reading]) -> list[dict[str, Any]]:
    with project.reader() as r:
        known = {article.id for article in list_articles(r, case.id)}
    added: list[dict[str, Any]] = []
    with progress_bar("Importing") as progress:
        for start in range(0, len(readings), _AT_ONCE):
            progress(start, len(readings))
            batch = readings[start : start + _AT_ONCE]
            project.run(add_articles, case.id, [completed(each) for each in batch])
            for each in batch:
                added.append(_as_dict(each, known))
                known.add(added[-1]["id"])
    return added


def _as_dict(each: Reading, known: set[str]) -> dict[str, Any]:
    article = each.article
    name = article_id(article.text)
    return {
        "id": name,
        "file": article.source.name,
        "title": article.meta.title,
        "encoding": article.source.encoding,
        "confident": each.confident,
        "new": name not in known,
    }


def _import_export(project: Project, file: Path, json: bool) -> None:
    with progress_bar("Importing") as progress:
        report = import_jsonl(project, file, progress)
    if json:
        say_json(
            {
                "kept": dict(report.kept),
                "problems": [{"line": problem.line, "reason": problem.reason} for problem in report.problems],
            }
        )
    else:
        _tell(report, file)
    if report.problems:
        raise typer.Exit(REFUSED)


def _tell(report: JsonlReport, file: Path) -> None:
    for problem in report.problems[:_LISTED]:
        note(f"{file}, {problem}")
    if len(report.problems) > _LISTED:
        note(f"… and {len(report.problems) - _LISTED:,} more lines.")
    kept = report.kept
    say(f"Imported {kept['article']:,} articles, {kept['claim']:,} claims and {kept['decision']:,} decisions.")
