"""Commands that bring things in: import."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from factdesk.cli.lookup import find_case, writing
from factdesk.cli.output import REFUSED, note, note_error, progress_bar, say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile, Reviewer
from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.exchange.files import expand_paths
from factdesk.exchange.intake import Intake, IntakeReport, named
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import AS_IT_IS, KnownPart, Reading, ReadOptions
from factdesk.exchange.records.importer import JsonlReport, import_jsonl, is_export
from factdesk.model.articles import Case
from factdesk.model.given import NOTHING_GIVEN, TableMapping
from factdesk.model.ids import article_id
from factdesk.ops.cases import create_case
from factdesk.project import Project
from factdesk.store.articles import original_hashes
from factdesk.store.cases import get_case

_LISTED = 20  # bad lines named on the terminal


def import_files(
    project: ProjectFile,
    files: Annotated[
        list[Path], typer.Argument(help="Files, folders, archives, or one export (.jsonl).", metavar="FILE...")
    ],
    case: Annotated[str | None, typer.Option(help="The case to import into; made if it is new.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The files' encoding, if the detected one is wrong.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="Which column of a table holds what, such as text=body; may be given again.", metavar="ROLE=NAME"
        ),
    ] = None,
    reviewer: Reviewer = "",
    json: AsJson = False,
) -> None:
    """Import articles, or put an export back into a new project."""
    options = ReadOptions(encoding, _mapping(column or []))
    exports = [file for file in files if file.is_file() and is_export(file)]
    if exports and len(files) > 1:
        raise FactdeskError(
            f"{exports[0]} is an export of a whole project.", "Import it alone, into a new project of its own."
        )
    with writing(project, reviewer) as opened:
        if exports:
            _import_export(opened, exports[0], json)
        else:
            _import_articles(opened, files, case, options, json)


class _Files:
    """Reads files one after the other, as somebody takes what is in them; keeps what was refused and what is known."""

    def __init__(self, paths: Sequence[Path], options: ReadOptions, known: Collection[str]) -> None:
        self._paths = paths
        self._options = options
        self._hashes = known
        self.refused: list[ImportRefusedError] = []
        self.found: list[Reading] = []  # without their texts and marks
        self.known = 0
        if not paths:
            self.refused.append(ImportRefusedError("There are no files in that folder.", "Name the files to import."))

    def readings(self) -> Iterator[Reading]:
        """Everything that is an article."""
        with progress_bar("Importing") as progress, FileProcess("read") as process:
            process.know(self._hashes)
            for done, path in enumerate(self._paths):
                progress(done, len(self._paths))
                try:
                    for found in process.read(path, self._options):
                        if isinstance(found, Reading):
                            self._note(found)
                            yield found
                        elif isinstance(found, KnownPart):
                            self.known += 1
                        else:
                            where = f"“{path.name}”, {found.place}" if found.place else f"“{path.name}”"
                            self.refused.append(ImportRefusedError(f"{where}: {found.reason.rstrip('.')}."))
                except ImportRefusedError as error:
                    self.refused.append(error)

    def _note(self, reading: Reading) -> None:
        _note_doubt(reading)
        for warning in reading.warnings:
            note(f"{named(reading)}: {warning}")
        name = article_id(reading.article.text)
        self.found.append(replace(reading, article=replace(reading.article, text=name), given=NOTHING_GIVEN))


def _import_articles(
    project: Project, files: Sequence[Path], case_name: str | None, options: ReadOptions, json: bool
) -> None:
    with project.reader() as r:
        case = find_case(r, case_name)
        is_plain = options == AS_IT_IS  # who chose how to read files wants them read
        hashes = original_hashes(r, case.id) if case is not None and is_plain else set()
    source = _Files(expand_paths(files), options, hashes)
    readings = source.readings()
    first = next(readings, None)
    report = IntakeReport()
    if first is not None:
        case = case or _new_case(project, case_name)
        report = Intake(project, case.id).store(chain([first], readings))
    if report.failure is not None:
        raise report.failure
    refused = source.refused + [ImportRefusedError(str(each), each.hint) for each in report.problems]
    known = len(report.known) + source.known
    if json:
        fresh = set(report.added)
        say_json(
            {
                "case": case.name if case and (first or known) else None,
                "articles": [_as_dict(each, fresh) for each in source.found],
                "known": known,
                "marks": report.marks,
                "refused": [{"message": error.message, "hint": error.hint} for error in refused],
            }
        )
    else:
        _tell_articles(report, known, case)
        for error in refused:
            note_error(error)
    if refused:
        raise typer.Exit(REFUSED)


def _tell_articles(report: IntakeReport, known: int, case: Case | None) -> None:
    if case is None or not (report.added or known):
        return
    count = len(report.added)
    say(f"Imported {count:,} {'article' if count == 1 else 'articles'} into “{case.name}”"
        + (f", with {report.marks:,} marks" if report.marks else "")
        + (f"; {known:,} already there." if known else "."))  # fmt: skip


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


def _new_case(project: Project, name: str | None) -> Case:
    if name is None:
        raise FactdeskError("The project has no case.", "Name one with --case.")
    made = project.run(create_case, name).created
    with project.reader() as r:
        return get_case(r, made)


def _mapping(columns: Sequence[str]) -> TableMapping | None:
    """What `--column ROLE=NAME` says about a table."""
    if not columns:
        return None
    roles = {each.name for each in fields(TableMapping)} - {"verdict_words"}
    named: dict[str, Any] = {}
    for column in columns:
        role, _, name = column.partition("=")
        if role not in roles or not name:
            raise typer.BadParameter(
                f"{column} is not ROLE=NAME with a role of {', '.join(sorted(roles))}.", param_hint="--column"
            )
        named[role] = name
    if "text" not in named:
        raise typer.BadParameter("The column of the text is missing: --column text=NAME.", param_hint="--column")
    return replace(TableMapping(named.pop("text")), **named)


def _as_dict(each: Reading, fresh: set[str]) -> dict[str, Any]:
    article = each.article
    is_new = article.text in fresh
    fresh.discard(article.text)  # the same text a second time is not new
    return {
        "id": article.text,
        "file": article.source.name,
        "place": each.place,
        "kind": each.kind,
        "title": article.meta.title,
        "encoding": article.source.encoding,
        "confident": each.confident,
        "warnings": each.warnings,
        "new": is_new,
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
