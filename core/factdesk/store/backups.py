"""Dated copies of a project beside it: made while it is in use, thinned out, compared with the project, and restored.

They lie in a folder that has the project's name, so that they go where it goes. A copy is whole and checked before it
gets its name. Restoring never throws anything away: the project as it is now becomes a backup too.
"""

import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from factdesk.clock import utc_now
from factdesk.errors import DamagedError, FactdeskError, ProjectError, StorageFullError
from factdesk.store.connection import Queryable, connect, copied, open_reader
from factdesk.store.faults import damaged, translate, translate_os
from factdesk.store.lock import ProjectLock
from factdesk.store.opening import check_path, check_version

EVERY = timedelta(days=1)
"""How old the newest backup may become while the project is changed."""

KEPT_ALL = timedelta(days=2)
KEPT_DAILY = timedelta(days=14)
KEPT_WEEKLY = timedelta(days=90)
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z")
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a project as it was at a moment."""

    path: Path
    made_at: str  # UTC, ISO 8601 with Z
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Difference:
    """What the project has and a backup has not, and the other way round: what restoring would take back and bring."""

    articles: int  # in the project, not in the backup
    claims: int
    decisions: int
    newest: tuple[tuple[str, str, str], ...]  # of those decisions: when, who, what was done; the newest first
    only_in_backup: int  # decisions in the backup that the project has not: it is not an older state of the same


def backup_folder(path: Path) -> Path:
    """Where the backups of a project lie."""
    real = path.resolve()
    return real.with_name(f"{real.stem} backups")


def list_backups(path: Path) -> list[Backup]:
    """The backups of a project, newest first."""
    folder = backup_folder(path)
    if not folder.is_dir():
        return []
    found = []
    for file in folder.glob(f"*{path.suffix}"):
        stamp = _STAMP.search(file.name)
        if stamp and file.is_file():
            day, hour, minute, second = stamp.groups()
            about = file.stat()
            backup = Backup(file, f"{day}T{hour}:{minute}:{second}Z", about.st_size)
            found.append((backup.made_at, about.st_mtime_ns, file.name, backup))  # several may be of one second
    return [each[-1] for each in sorted(found, key=lambda each: each[:-1], reverse=True)]


def is_due(path: Path, now: str = "") -> bool:
    """Whether the newest backup is older than a day and the project was changed since.

    Backups from the future, made before a clock was set back, do not count as new: they would end the backups until then.
    """
    backups, moment = list_backups(path), _moment(now or utc_now())
    past = [backup for backup in backups if _moment(backup.made_at) <= moment]
    if not backups:
        return True
    if past and moment - _moment(past[0].made_at) < EVERY:
        return False
    try:
        with open_reader(path) as mine, open_reader((past or backups)[0].path) as copy:
            return _state(mine) != _state(copy)
    except ProjectError:
        return True


def make_backup(path: Path, word: str = "") -> Backup:
    """Copy a project as it is now, also while it is written.

    Args:
        path: of the project.
        word: goes into the name, such as “before restoring”.

    Raises:
        StorageFullError: the disk has no room for it.
        ProjectError: the project or the folder cannot be read or written.
    """
    folder = backup_folder(path)
    made_at = utc_now()
    target = _unused(folder, made_at, word, path.suffix)
    part = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(exist_ok=True)
        with closing(copied(path, part)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable in a write-protected place
            problem = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise damaged(path, problem)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise translate(error, path, f"no backup of {path} could be made") from error
    except OSError as error:
        raise translate_os(
            error, f"no backup of {path} could be made", "Check that its folder is there and may be written."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Backup(target, f"{made_at[:19]}Z", target.stat().st_size)


def thin_out(path: Path, now: str = "") -> list[Path]:
    """Remove backups that others make superfluous: all of two days stay, then one a day, a week, a month.

    It is a step of its own: restoring makes a backup too, and must never remove the one that it restores.
    """
    removed = []
    for file in superfluous(list_backups(path), now or utc_now()):
        with suppress(OSError):
            file.path.unlink()
            removed.append(file.path)
    _sweep(backup_folder(path), _moment(now or utc_now()))
    return removed


def _sweep(folder: Path, now: datetime) -> None:
    """Take away what processes that were killed had begun; one of today may still be in the making."""
    for part in folder.glob(".*.part*"):
        with suppress(OSError):
            if now - datetime.fromtimestamp(part.stat().st_mtime, UTC) > EVERY:
                part.unlink()


def superfluous(backups: Sequence[Backup], now: str) -> list[Backup]:
    """Which backups (newest first) may go; the oldest of each day, week or month stays, and always the newest."""
    kept: dict[tuple[str, object], Backup] = {}
    moment = _moment(now)
    for backup in backups:
        made = _moment(backup.made_at)
        age = moment - made
        if age <= KEPT_ALL:
            kept[("all", backup.path)] = backup
        elif age <= KEPT_DAILY:
            kept[("day", made.date())] = backup
        elif age <= KEPT_WEEKLY:
            kept[("week", made.isocalendar()[:2])] = backup
        else:
            kept[("month", (made.year, made.month))] = backup
    stay = {backup.path for backup in kept.values()} | ({backups[0].path} if backups else set())
    return [backup for backup in backups if backup.path not in stay]


def compare(project: Queryable, backup: Queryable) -> Difference:
    """What differs between a project and one of its backups."""
    theirs = {row[0] for row in backup.rows("SELECT id FROM decisions")}
    mine = project.rows(
        "SELECT d.id, d.decided_at, r.name, d.title FROM decisions d JOIN reviewers r ON r.id = d.reviewer_id "
        "ORDER BY d.number DESC"
    )
    newer = [row for row in mine if row["id"] not in theirs]
    return Difference(
        articles=_missing(project, backup, "articles"),
        claims=_missing(project, backup, "claims"),
        decisions=len(newer),
        newest=tuple((row["decided_at"], row["name"], row["title"]) for row in newer[:_LISTED]),
        only_in_backup=len(theirs - {row["id"] for row in mine}),
    )


def restore(path: Path, backup: Path) -> Path | None:
    """Put a backup in the place of a project that is not open; gives where the project as it was is kept now.

    A project that is too damaged to be copied is moved aside with its -wal file, as it is. None: there was none.

    Raises:
        ProjectInUseError: a window has it open for writing.
        DamagedError: the backup itself is not sound; nothing was touched.
    """
    _check_sound(backup)
    lock = ProjectLock(path)
    lock.acquire()
    try:
        kept = None
        part = path.with_name(f".{path.name}.restored")
        try:
            part.unlink(missing_ok=True)
            with closing(connect(backup, "ro", immutable=True)) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
            kept = _keep(path) if path.exists() else None  # only now: a full disk must leave the project in its place
            for rest in ("-wal", "-shm"):  # they belong to the file that is replaced, and would spoil the new one
                path.with_name(path.name + rest).unlink(missing_ok=True)
            part.replace(path)
        except sqlite3.Error as error:
            raise translate(error, path, f"{path} could not be restored and is as it was") from error
        except OSError as error:
            raise ProjectError(
                f"{path} could not be restored ({error.strerror}).",
                "Nothing is lost: " + (f"it is kept as {kept}." if kept else f"the backup is {backup}."),
            ) from error
        finally:
            part.unlink(missing_ok=True)
    finally:
        lock.release()
    return kept


def _keep(path: Path) -> Path:
    """The project as it is now as a backup; if it cannot be read any more, its files moved aside."""
    try:
        return make_backup(path, "before restoring").path
    except StorageFullError as error:
        raise StorageFullError(
            f"The disk is full: {path} could not be restored and is as it was.",
            "Before a backup takes its place, a copy of it as it is now is kept. Free some space, then try again.",
        ) from error
    except FactdeskError:
        folder = backup_folder(path)
        folder.mkdir(exist_ok=True)
        aside = _unused(folder, utc_now(), "damaged", path.suffix)
        for rest in ("-wal", "-shm", ""):
            file = path.with_name(path.name + rest)
            if file.exists():
                file.replace(aside.with_name(aside.name + rest))
        return aside


def _unused(folder: Path, moment: str, word: str, suffix: str) -> Path:
    """A name with this time that no backup has yet."""
    stem = " ".join(filter(None, (moment[:19].replace(":", "") + "Z", word)))
    target, count = folder / f"{stem}{suffix}", 2
    while target.exists():
        target, count = folder / f"{stem} {count}{suffix}", count + 1
    return target


def _check_sound(backup: Path) -> None:
    check_path(backup)
    try:
        with closing(connect(backup, "ro", immutable=True)) as connection:
            check_version(connection, backup)
            problem = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise translate(error, backup) from error
    if problem != "ok":
        raise DamagedError(f"The backup {backup} is damaged ({problem}).", "Choose another one; nothing was changed.")


def _state(r: Queryable) -> tuple[int, ...]:
    """Numbers that are different after any change that is worth a backup."""
    return tuple(
        int(r.value(f"SELECT coalesce(max(rowid), 0) + count(*) FROM {table}"))
        for table in ("operations", "decisions", "articles", "claims", "analysis_runs")
    )


def _missing(project: Queryable, backup: Queryable, table: str) -> int:
    theirs = {row[0] for row in backup.rows(f"SELECT id FROM {table}")}
    return sum(row[0] not in theirs for row in project.rows(f"SELECT id FROM {table}"))


def _moment(iso: str) -> datetime:
    return datetime.strptime(iso[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
