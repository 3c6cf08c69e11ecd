"""From what a user typed to the project, case or claim that is meant."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factdesk.cli.output import note
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.model.articles import Case
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.store.connection import Queryable, Reader
from factdesk.store.shares import share_of

SUFFIX = ".factdesk"
_LEAST = 5  # characters of an id that are enough to look for it


def project_path(path: Path) -> Path:
    """The file that is meant: the ending .factdesk may be left out."""
    with_suffix = Path(f"{path}{SUFFIX}")
    return with_suffix if not path.exists() and with_suffix.exists() else path


@contextmanager
def writing(path: Path, reviewer: str = "") -> Iterator[Project]:
    """A project open for writing; that it lies on a network drive is said, but not refused."""
    with Project.open(project_path(path), reviewer=reviewer) as project:
        note_share(project.path)
        yield project


def note_share(path: Path) -> None:
    """Says what may happen to a project that is not on this computer alone."""
    share = share_of(path)
    if share is not None:
        note(f"factdesk: {share.message}")
        note(f"  {share.hint}")


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """A reader of a project, which may meanwhile be open in a window."""
    with Project.open(project_path(path), read_only=True) as project, project.reader() as reader:
        yield reader


def default_reviewer() -> str:
    """Who works here, when nobody says."""
    try:
        return getpass.getuser().capitalize()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "Reviewer"


def find_case(r: Queryable, name: str | None) -> Case | None:
    """The case of this name; without a name the only one. None if there is none of this name."""
    cases = list_cases(r)
    if name is not None:
        wanted = " ".join(name.split()).casefold()
        return next((case for case in cases if case.name.casefold() == wanted), None)
    if len(cases) == 1:
        return cases[0]
    named = ", ".join(f"“{case.name}”" for case in cases) or "none"
    raise FactdeskError("The project has more than one case." if cases else "The project has no case.",
                        f"Name the one you mean with --case; there are: {named}.")  # fmt: skip


def get_case_named(r: Queryable, name: str | None) -> Case:
    """The case of this name, or the only one."""
    case = find_case(r, name)
    if case is None:
        named = ", ".join(f"“{each.name}”" for each in list_cases(r))
        raise NotFoundError(f"There is no case “{name}” in this project.", f"There are: {named}.")
    return case


def find_claim(r: Queryable, name: str) -> str:
    """The id of a claim from the whole id or from a beginning that only one claim has."""
    if r.value("SELECT 1 FROM claims WHERE id = ?", (name,)) is not None:
        return name
    hint = "The exports list the ids of all claims."
    rows = []
    if len(name) >= _LEAST:
        rows = r.rows("SELECT id FROM claims WHERE id >= ? AND id < ? LIMIT 2", (name, name + "\U0010ffff"))
    if len(rows) == 1:
        return str(rows[0]["id"])
    if rows:
        raise NotFoundError(f"More than one claim has an id that begins with {name}.", hint)
    raise NotFoundError(f"There is no claim {name} in this project.", hint)
