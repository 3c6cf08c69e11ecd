"""The command line put together, and how errors leave it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from factdesk import __version__
from factdesk.cli.analysis_commands import analyse, preannotate
from factdesk.cli.backup_commands import backups, rescue, restore
from factdesk.cli.claim_commands import mark
from factdesk.cli.exchange_commands import import_files
from factdesk.cli.export_commands import export, list_formats
from factdesk.cli.output import OK, REFUSED, note_error, say
from factdesk.cli.project_commands import check, new, redo, stats, undo, upgrade
from factdesk.cli.review_commands import agreement, handover, merge, reviewers
from factdesk.cli.verify_command import verify
from factdesk.errors import FactdeskError
from factdesk.store.soundness import STUMBLES, damage_behind

app = typer.Typer(
    name="factdesk",
    help="A desktop bench for checking facts by hand: its commands for scripts.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("new")(new)
app.command("import")(import_files)
app.command("preannotate")(preannotate)
app.command("analyse")(analyse)
app.command("mark")(mark)
app.command("formats")(list_formats)
app.command("export")(export)
app.command("stats")(stats)
app.command("check")(check)
app.command("upgrade")(upgrade)
app.command("verify")(verify)
app.command("undo")(undo)
app.command("backups")(backups)
app.command("restore")(restore)
app.command("rescue")(rescue)
app.command("redo")(redo)
app.command("handover")(handover)
app.command("merge")(merge)
app.command("agreement")(agreement)
app.command("reviewers")(reviewers)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"factdesk {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version_wanted: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """A desktop bench for checking facts by hand: its commands for scripts."""


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command; every error leaves as a sentence and an exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        app(arguments, prog_name="factdesk")  # tells wrong usage by itself, and ends with SystemExit in any case
    except FactdeskError as error:
        note_error(error)
        return REFUSED
    except STUMBLES as error:
        damage = _damage_behind(error, arguments)
        if damage is None:  # a bug of ours
            raise
        note_error(damage)
        return REFUSED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else OK
    return OK


def _damage_behind(error: Exception, arguments: Sequence[str]) -> FactdeskError | None:
    """Whether a project that was named is damaged, so that the command had to stumble."""
    projects = [Path(each) for each in arguments if each.endswith(".factdesk") and Path(each).is_file()]
    return next(filter(None, (damage_behind(error, path) for path in projects)), None)
