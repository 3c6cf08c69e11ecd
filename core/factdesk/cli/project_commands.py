"""Commands on a project as a whole: new, stats, check, undo, redo."""

from pathlib import Path
from typing import Annotated, Any

import typer

from factdesk.cli.lookup import SUFFIX, default_reviewer, note_share, project_path, reading, writing
from factdesk.cli.output import PROBLEMS, REFUSED, note, say, say_json
from factdesk.errors import DamagedError
from factdesk.model.changes import Changes
from factdesk.ops.history import redo as redo_step
from factdesk.ops.history import redo_title, undo_title
from factdesk.ops.history import undo as undo_step
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.store.check import check_project
from factdesk.store.progress import ArticleProgress, case_progress, project_stats
from factdesk.store.upgrade import schema_of
from factdesk.store.upgrade import upgrade as bring_up_to_date
from factdesk.store.version import schema_name

ProjectFile = Annotated[Path, typer.Argument(help="The project file.", metavar="PROJECT")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Reviewer = Annotated[str, typer.Option(help="In whose name; otherwise the last reviewer of the project.")]


def new(
    project: ProjectFile,
    case: Annotated[str, typer.Option(help="The name of its first case.")] = "Case 1",
    reviewer: Annotated[str, typer.Option(help="Your name; otherwise that of your account.")] = "",
    json: AsJson = False,
) -> None:
    """Make a new project file."""
    path = project if project.suffix else Path(f"{project}{SUFFIX}")
    with Project.create(path, reviewer=reviewer or default_reviewer(), case_name=case) as made, made.reader() as r:
        first = list_cases(r)[0]
        if json:
            say_json({"project": str(path), "case": first.id, "reviewer": made.reviewer_name})
        else:
            say(f"Made {path} with the case “{first.name}”, reviewer {made.reviewer_name}.")


def stats(project: ProjectFile, json: AsJson = False) -> None:
    """Count what is in a project and how much of it is decided."""
    with reading(project) as r:
        counts = project_stats(r)
        progress = {case.id: case_progress(r, case.id) for case in list_cases(r)}
    if json:
        for case in counts["cases"]:
            case["progress"] = [_as_dict(each) for each in progress[case["id"]]]
        say_json(counts)
        return
    for case in counts["cases"]:
        say(f"Case “{case['name']}”: {_several(case['articles'], 'article')}")
        for each in progress[case["id"]]:
            say(f"  {each.article.label}: {each.decided} of {_several(each.total, 'claim')} decided")
    verdicts = counts["verdicts"]
    say("Claims: " + ", ".join(f"{count} {status}" for status, count in counts["claims"].items()) if counts["claims"]
        else "Claims: none")  # fmt: skip
    say("Verdicts: " + ", ".join(f"{verdicts.get(v, 0)} {v}" for v in ("verified", "disputed", "unverified", "none")))
    say(f"Mentions: {sum(counts['mentions'].values())} of {_several(counts['entities'], 'entity', 'entities')}")
    say(f"Evidence: {counts['evidence']}. Links: {sum(counts['links'].values())}. Decisions: {counts['decisions']}.")
    say(f"{_across(counts)}.")
    say(f"Reviewers: {', '.join(counts['reviewers'])}")


def check(project: ProjectFile, json: AsJson = False) -> None:
    """Look whether a project file is sound; exit code 3 if it is not."""
    try:
        with reading(project) as r:
            problems = check_project(r)
    except DamagedError as error:
        problems = [error.message]
        note(f"  {error.hint}")
    if json:
        say_json({"problems": problems})
    else:
        for problem in problems:
            say(problem)
        say(f"{_several(len(problems), 'problem')} found." if problems else "The project is sound.")
    note_share(project)
    if problems:
        raise typer.Exit(PROBLEMS)


def upgrade(project: ProjectFile, json: AsJson = False) -> None:
    """Bring a project of an older Factdesk up to date; the file as it was is kept beside it."""
    path = project_path(project)
    done = bring_up_to_date(path)
    now = done.now if done else schema_name(schema_of(path))
    if json:
        answer = {"project": str(path), "from": done.was if done else now, "to": now}
        say_json(answer | {"copy": str(done.copy) if done else None})
    elif done:
        say(f"Brought {path} up to date, from schema {done.was} to {done.now}. As it was, it is kept as {done.copy}.")
    else:
        say(f"{path} is up to date (schema {now}). Nothing was changed.")


def undo(project: ProjectFile, reviewer: Reviewer = "", json: AsJson = False) -> None:
    """Take the last step back."""
    with writing(project, reviewer) as opened:
        with opened.reader() as r:
            title = undo_title(r)
        _tell(opened.run(undo_step), title, json)


def redo(project: ProjectFile, reviewer: Reviewer = "", json: AsJson = False) -> None:
    """Do the step again that was undone last."""
    with writing(project, reviewer) as opened:
        with opened.reader() as r:
            title = redo_title(r)
        _tell(opened.run(redo_step), title, json)


def _tell(changes: Changes, title: str, json: bool) -> None:
    if json:
        say_json({"step": title or None})
    elif title:
        say(f"{changes.title}.")
    else:
        note(f"{changes.title}.")
    if not title:
        raise typer.Exit(REFUSED)


def _across(counts: dict[str, Any]) -> str:
    clusters = counts["clusters"]
    facts = f"Clusters of claims: {clusters['total']}, {clusters['conflicting']} with a conflict"
    return f"{facts}. {_several(counts['origins'], 'group')} of articles with the same text"


def _as_dict(progress: ArticleProgress) -> dict[str, Any]:
    return {
        "article": progress.article.id,
        "title": progress.article.meta.title,
        "publisher": progress.article.meta.publisher,
        "claims": progress.total,
        "decided": progress.decided,
        "verified": progress.verified,
        "disputed": progress.disputed,
        "unverified": progress.unverified,
        "suggested": progress.suggested,
    }


def _several(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
