"""The command that proves a project or an export untouched: verify."""

from pathlib import Path
from typing import Annotated, Any

import typer

from factdesk.cli.lookup import project_path, reading
from factdesk.cli.output import PROBLEMS, say, say_json
from factdesk.cli.project_commands import AsJson
from factdesk.errors import DamagedError, FactdeskError
from factdesk.exchange.verification import about_words, compare_with, is_project, verify_export
from factdesk.store.check import check_project, count_checked
from factdesk.store.connection import Queryable
from factdesk.store.fingerprint import Comparison, fingerprint


def verify(
    project: Annotated[Path, typer.Argument(help="A project file, or an export with its sidecar.", metavar="PROJECT")],
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A dossier, an export, an earlier copy or a noted fingerprint: is its history the beginning of this one?",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Prove that texts, files, quotes, verdicts and history are untouched; exit code 3 if they are not."""
    path = project_path(project)
    if path.is_dir() or (path.exists() and not is_project(path) and path.suffix != ".factdesk"):
        if against is not None:
            raise FactdeskError(f"{path} is no project.", "Name the project first, and the export with --against.")
        answer = _of_export(path)
    else:
        answer = _of_project(project, against)
    if json:
        say_json(answer)
    else:
        for line in (*answer["problems"], *answer["says"]):
            say(line)
    if answer["problems"]:
        raise typer.Exit(PROBLEMS)


def _of_export(path: Path) -> dict[str, Any]:
    found = verify_export(path)
    whole = f"{path} is {about_words(found.about)}."
    files = "Its file is" if found.files == 1 else f"All {found.files:,} files are"
    says = [whole] if found.problems else [whole, f"{files} as exported: the SHA-256 agrees with the sidecar."]
    return {"problems": list(found.problems), "says": says, "export": found.about}


def _of_project(project: Path, against: Path | None) -> dict[str, Any]:
    try:
        with reading(project) as r, r.snapshot() as snapshot:
            return _proof(snapshot, against)
    except DamagedError as error:
        return {"problems": [error.message], "says": []}


def _proof(r: Queryable, against: Path | None) -> dict[str, Any]:
    problems = check_project(r)
    checked = count_checked(r)
    now = fingerprint(r)
    answer: dict[str, Any] = {
        "problems": problems,
        "checked": checked,
        "history": {"entries": now.count, "fingerprint": str(now)},
    }
    says = [] if problems else [_sound(checked)]
    says += [f"Fingerprint of the history: {now}"]
    if against is not None:
        found = compare_with(r, against)
        words = _compared(found, against)
        answer["against"] = {
            "file": str(against),
            "agrees": found.agrees,
            "earlier": str(found.earlier),
            "added": found.added if found.agrees else None,
            "same_until": None if found.agrees else found.same_until,
            "differs_by": None if found.agrees else found.differs_by,
        }
        if found.agrees:
            says.append(words)
        else:
            problems.append(words)
    return answer | {"says": says}


def _sound(checked: dict[str, int]) -> str:
    parts = [
        f"{_several(checked['articles'], 'article')} with text and original file",
        _several(checked["quotes"], "quote"),
        _several(checked["attachments"], "attached file"),
        f"{_several(checked['verdicts'], 'verdict')} with {_several(checked['entries'], 'entry', 'entries')} of the history",
    ]
    return f"Untouched: {', '.join(parts[:-1])}, {parts[-1]}."


def _compared(found: Comparison, against: Path) -> str:
    earlier, now = found.earlier.count, found.now.count
    if found.agrees:
        since = "none was" if not found.added else f"{found.added:,} {'was' if found.added == 1 else 'were'}"
        return f"The first {_several(earlier, 'entry', 'entries')} are those of {against}; {since} added since."
    if now < earlier and found.same_until == now:
        return f"The history is shorter than that of {against}: it ends after {_several(now, 'entry', 'entries')} of {earlier:,}."
    if found.differs_by == found.same_until + 1:
        return f"The history is not that of {against}: it differs from entry {found.differs_by:,} on."
    return (
        f"The history is not that of {against}: the first different entry is one of "
        f"{found.same_until + 1:,} to {found.differs_by:,}."
    )


def _several(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
