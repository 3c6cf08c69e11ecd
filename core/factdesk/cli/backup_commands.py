"""Commands about backups: list, make, look at, restore; and rescuing what can be read when there is none."""

from pathlib import Path
from typing import Annotated

import typer

from factdesk.cli.lookup import SUFFIX, project_path
from factdesk.cli.output import PROBLEMS, note, say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile
from factdesk.errors import FactdeskError
from factdesk.store.backups import Difference, compare, list_backups, make_backup
from factdesk.store.backups import restore as put_back
from factdesk.store.connection import open_reader
from factdesk.store.salvage import salvage


def backups(
    project: ProjectFile,
    make: Annotated[bool, typer.Option("--make", help="Make one now.")] = False,
    json: AsJson = False,
) -> None:
    """List the backups of a project, newest first."""
    path = project_path(project)
    made = make_backup(path) if make else None
    found = list_backups(path)
    if json:
        say_json({"backups": [{"file": str(b.path), "made_at": b.made_at, "bytes": b.size} for b in found]})
        return
    if made:
        note(f"Made {made.path}.")
    for backup in found:
        say(f"{backup.made_at}  {backup.size:>12,} bytes  {backup.path}")
    if not found:
        note("There is no backup; --make makes one.")


def restore(
    project: ProjectFile,
    backup: Annotated[Path, typer.Argument(help="One of its backups.", metavar="BACKUP")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without this it only tells what would be taken back.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Put a backup in the place of a project; the project as it is now becomes a backup too."""
    path = project_path(project)
    difference = _difference(path, backup)
    kept = put_back(path, backup) if yes else None
    if json:
        say_json(
            {
                "restored": yes,
                "kept": str(kept) if kept else None,
                "taken_back": None
                if difference is None
                else {
                    "decisions": difference.decisions,
                    "claims": difference.claims,
                    "articles": difference.articles,
                    "only_in_backup": difference.only_in_backup,
                },
            }
        )
        return
    if difference is None:
        say("The project cannot be read, so nothing can be compared.")
    else:
        say(
            f"Added since that backup: {difference.decisions:,} decisions, {difference.claims:,} claims, "
            f"{difference.articles:,} articles."
        )
        for at, who, what in difference.newest:
            say(f"  {at[:16].replace('T', ' ')} UTC  {who}: {what}")
    if not yes:
        note("Nothing was changed. Add --yes to restore it.")
    else:
        say(f"Restored {path}." + (f" As it was before, it is kept as {kept}." if kept else ""))


def rescue(
    project: ProjectFile,
    new: Annotated[Path, typer.Argument(help="The file to make; an existing one is never overwritten.", metavar="NEW")],
    json: AsJson = False,
) -> None:
    """Read what can be read of a damaged project into a new one; exit code 3 if something is missing."""
    target = new if new.suffix else Path(f"{new}{SUFFIX}")
    done = salvage(project_path(project), target)
    if json:
        answer = {"project": str(target), "rows": done.rows, "lost": list(done.lost), "problems": list(done.problems)}
        say_json(answer)
    else:
        say(f"Rescued into {target}: {done.words}.")
        for line in (*done.lost, *done.problems):
            say(line)
        if not (done.lost or done.problems):
            say("Everything could be read.")
    if done.lost or done.problems:
        raise typer.Exit(PROBLEMS)


def _difference(path: Path, backup: Path) -> Difference | None:
    try:
        with open_reader(path) as mine:
            mine.value("SELECT count(*) FROM decisions")
            with open_reader(backup) as copy:
                return compare(mine, copy)
    except FactdeskError:
        return None
