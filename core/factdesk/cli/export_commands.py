"""Commands that take things out: formats, export."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from factdesk.cli.lookup import find_claim, get_case_named, reading
from factdesk.cli.output import note, progress_bar, say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile
from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.export_format import ExportFormat, Feature, Loss
from factdesk.exchange.exporters import Exported, check_target, export_project, foresee
from factdesk.exchange.formats_known import broken_formats, formats, get_format
from factdesk.store.connection import Queryable

_IN_FORCE = "in-force"
_ADJUDICATED = "adjudicated"
_ALL = "all"


def list_formats(json: AsJson = False) -> None:
    """List the formats for export: what each is for and what it cannot hold."""
    if json:
        say_json({"formats": [_as_dict(each) for each in formats()], "broken": list(broken_formats())})
        return
    group = None
    for each in formats():
        if each.group is not group:
            group = each.group
            say(group.value)
        say(f"  {each.name}  {each.title} ({each.suffix or 'a folder'})")
        say(f"    {each.description}")
        lacks = [feature.value for feature in Feature if feature not in each.holds]
        say(f"    Cannot hold: {'; '.join(lacks) if lacks else 'nothing is lost'}.")
        for option in each.options:
            values = ", ".join(value for value, _ in option.choices)
            say(f"    --option {option.name}=…  {option.title}: {values}")
    for sentence in broken_formats():
        note(f"factdesk: {sentence}")


def export(
    project: ProjectFile,
    format_name: Annotated[str, typer.Argument(help="Its name: factdesk formats lists them all.", metavar="FORMAT")],
    out: Annotated[
        Path | None, typer.Argument(help="The file or folder to write; an older export is replaced.", metavar="OUT")
    ] = None,
    *,
    case: Annotated[str | None, typer.Option(help="Export only this case.")] = None,
    decisions_only: Annotated[
        bool, typer.Option("--decisions-only", help="Leave out suggestions that nobody has looked at.")
    ] = False,
    whose: Annotated[
        str,
        typer.Option(
            help="Whose verdicts: in-force, adjudicated (only those that two or more reviewers gave alike or that were "
            "settled), all (those of each reviewer beside it), or a reviewer's name."
        ),
    ] = _IN_FORCE,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="“reviewer 1” in place of names.")] = False,
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Positions and hashes only: no texts and no quotes of articles.")
    ] = False,
    licence: Annotated[str, typer.Option(help="The licence of the export: an SPDX id or your own words.")] = "",
    option: Annotated[
        list[str] | None,
        typer.Option(help="A choice that only this format has; may be repeated.", metavar="NAME=VALUE"),
    ] = None,
    claims: Annotated[
        Path | None, typer.Option(help="A file with ids of claims, one a line: only these.", metavar="FILE")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be lost; write nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Write the dataset, or a report, to a file or folder; it is checked before it takes its name."""
    chosen = _format(format_name)
    if out is None and not dry_run:
        raise typer.BadParameter("Name the file or folder to write.", param_hint="OUT")
    with reading(project) as r:
        options = ExportOptions(
            decisions_only=decisions_only,
            whose=_whose(whose),
            reviewer="" if _whose(whose) is not Whose.ONE else whose,
            anonymous=anonymous,
            with_text=not without_text,
            case_id=get_case_named(r, case).id if case is not None else "",
            claim_ids=_claim_ids(r, claims) if claims is not None else frozenset(),
            licence=licence,
            choices=_choices(option or ()),
        )
        if dry_run or out is None:
            if out is not None:
                check_target(out, chosen)
            _tell_losses(foresee(r, chosen.name, options), json=json)
            return
        with progress_bar("Exporting") as progress:
            made = export_project(r, chosen.name, out, options, progress)
    _tell(made, chosen, json=json)


def _format(name: str) -> ExportFormat:
    try:
        return get_format(name.lower())
    except FactdeskError as error:
        raise typer.BadParameter(str(error), param_hint="FORMAT") from error


def _whose(name: str) -> Whose:
    known = {_IN_FORCE: Whose.IN_FORCE, _ADJUDICATED: Whose.ADJUDICATED, _ALL: Whose.ALL}
    return known.get(name.lower(), Whose.ONE)


def _choices(options: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in options:
        name, is_one, value = each.partition("=")
        if not is_one:
            raise typer.BadParameter(f"“{each}” is no NAME=VALUE.", param_hint="--option")
        found[name.strip()] = value.strip()
    return found


def _claim_ids(r: Queryable, file: Path) -> frozenset[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").split()
    except (OSError, UnicodeDecodeError) as error:
        raise FactdeskError(f"{file} cannot be read ({error}).", "Give a text file with an id a line.") from error
    if not lines:
        raise FactdeskError(f"{file} names no claim.", "Give a text file with an id a line.")
    return frozenset(find_claim(r, line) for line in lines)


def _tell(made: Exported, chosen: ExportFormat, *, json: bool) -> None:
    if json:
        say_json(
            {
                "file": str(made.path),
                "format": chosen.name,
                "rows": made.written.count,
                "unit": made.written.unit,
                "notes": list(made.written.notes),
                "losses": [asdict(loss) for loss in made.losses],
                "check": made.checked.how,
            }
        )
        return
    say(f"Wrote {made.path}: {made.written.words}.")
    say(made.checked.how)
    for sentence in made.written.notes:
        say(f"Changed on the way: {sentence}")
    _tell_losses(made.losses, json=False)


def _tell_losses(losses: Sequence[Loss], *, json: bool) -> None:
    if json:
        say_json({"losses": [asdict(loss) for loss in losses]})
        return
    lost = [loss for loss in losses if loss.is_lost]
    say("Not in it:" if lost else "Nothing is lost.")
    for loss in lost:
        say(f"  {loss.what}" + (f" ({loss.because.removesuffix('.')})" if loss.because else ""))
    for loss in losses:
        if not loss.is_lost:
            say(f"{loss.what}.")


def _as_dict(each: ExportFormat) -> dict[str, Any]:
    return {
        "name": each.name,
        "title": each.title,
        "group": each.group.value,
        "description": each.description,
        "suffix": each.suffix or None,
        "folder": each.is_folder,
        "unit": each.unit or None,
        "cannot_hold": [feature.value for feature in Feature if feature not in each.holds],
        "cannot_honour": sorted(choice.value for choice in each.ignores),
        "without_text": each.works_without_text,
        "options": [
            {
                "name": option.name,
                "title": option.title,
                "explains": option.explains,
                "choices": dict(option.choices),
            }
            for option in each.options
        ],
    }
