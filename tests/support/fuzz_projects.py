"""Targets of guided fuzzing for project files: bytes of the file, and values in its tables that no schema would allow."""

import json
import sqlite3
import struct
from pathlib import Path

from every_query import ask_everything
from factdesk.errors import FactdeskError
from factdesk.exchange.exporters import export_project
from factdesk.exchange.records.importer import project_from_export
from factdesk.project import Project
from factdesk.store.lock import lock_path
from factdesk.store.soundness import damage_behind
from fuzz_targets import Target, refused_well
from spoiled_rows import LooseProject, put

_EDIT = struct.Struct("<IB")  # where, and how many bytes follow
_HEAD = 4 * 1024  # bytes at which edits are worth most: the head of the file and the schema
_NEW = (
    b"",
    b"x",
    b"[]",
    b"{}",
    b"null",
    b'[{"kind":"money"}]',
    b"9" * 30,
    b"\xff\xfe",
    b"[" * 2000,
    b"a\0b",
    b"2026-99-99",
)
_NUMBERS = (0, -1, 1, 2**31, 2**63 - 1, -(2**63), 10**6)


def target_of(name: str, folder: Path) -> Target:
    """One of the targets by its name; the folder holds a sound project."""
    room, project = folder / "tried", folder / "full.factdesk"
    room.mkdir(exist_ok=True)
    if name == "project-values":
        return _values(room, project)
    return _bytes(room, project) if name == "project-bytes" else _export(room, project)


def _bytes(room: Path, project: Path) -> Target:
    whole = project.read_bytes()

    def run(data: bytes) -> None:
        _looked_at(_placed(room, _edited(whole, data)))

    edits = [_EDIT.pack(at, 4) + b"\0\xff\x7f\x01" for at in (0, 16, 28, 60, 100, 105, 4096, 9000, len(whole) // 2)]
    return Target(run, (*edits, b""))


def _values(room: Path, project: Path) -> Target:
    loose = LooseProject(project)

    def run(data: bytes) -> None:
        path = _placed(room, b"")
        with loose.spoiled(path) as connection:
            _set_values(connection, loose.columns, data)
        _looked_at(path)

    seeds = (bytes([*divmod(number, 256), kind, 3]) for number in range(0, len(loose.columns), 5) for kind in range(4))
    return Target(run, tuple(seeds))


def _export(room: Path, project: Path) -> Target:
    return Target(lambda data: _imported(room, data), tuple(_lines(room, project)))


def _placed(room: Path, data: bytes) -> Path:
    for left in room.iterdir():
        left.unlink()
    path = room / "tried.factdesk"
    path.write_bytes(data)
    return path


def _edited(whole: bytes, data: bytes) -> bytes:
    """The file with each edit that the bytes tell of; every second one is near its head."""
    changed = bytearray(whole)
    rest, count = data, 0
    while len(rest) > _EDIT.size and count < 50:
        at, size = _EDIT.unpack_from(rest)
        size = size % 16 + 1
        at %= _HEAD if count % 2 else len(changed)
        new = rest[_EDIT.size : _EDIT.size + size]
        changed[at : at + len(new)] = new
        rest, count = rest[_EDIT.size + size :], count + 1
    return bytes(changed[: len(whole)])


def _looked_at(path: Path) -> None:
    """It is refused with a remedy, or each of its queries is answered or refused with a remedy."""
    try:
        with Project.open(path, reviewer="Ada", read_only=True) as project, project.reader() as reader:
            for asked in ask_everything(reader, path, most=2):
                if asked.error is not None:
                    _judged(asked.error, asked.name, path)
    except FactdeskError as error:
        _judged(error, "open", path)


def _judged(error: Exception, name: str, path: Path) -> None:
    told = error if isinstance(error, FactdeskError) else damage_behind(error, path)
    if told is None:
        raise error
    assert told.message, name
    assert told.hint, f"{name}: no remedy: {told.message}"


def _set_values(connection: sqlite3.Connection, columns: list[tuple[str, str]], data: bytes) -> None:
    """Up to four columns get a value that the schema does not allow, as somebody can write it with other tools."""
    for at in range(0, min(len(data), 64), 16):
        high, low, kind, which, *rest = (data[at : at + 16] + b"\0\0\0\0")[:20]
        table, column = columns[(high * 256 + low) % len(columns)]
        value, parameters = _value(kind, which, bytes(rest).rstrip(b"\0"))
        put(connection, table, column, value, parameters, all_rows=bool(which % 2))


def _value(kind: int, which: int, rest: bytes) -> tuple[str, tuple[object, ...]]:
    match kind % 5:
        case 0:
            return "?", (_NUMBERS[which % len(_NUMBERS)],)
        case 1:
            return "CAST(? AS TEXT)", (_NEW[which % len(_NEW)],)
        case 2:
            return "CAST(? AS TEXT)", (rest,)
        case 3:
            return "NULL", ()
        case _:
            return "?", (rest.decode("utf-8", "replace"),)


def _imported(room: Path, data: bytes) -> None:
    """An export of a project is brought in, or refused; what is brought in is a sound project."""
    for left in room.iterdir():
        left.unlink()
    source, target = room / "any.jsonl", room / "made.factdesk"
    source.write_bytes(data)
    try:
        project, report = project_from_export(source, target, "Ada")
    except FactdeskError as error:
        refused_well(error, "any.jsonl" if "any.jsonl" in error.message else "made.factdesk")
        left = target.exists()
        assert not left
        return
    with project, project.reader() as reader:
        for asked in ask_everything(reader, target, most=1):
            if asked.error is not None:
                _judged(asked.error, asked.name, target)
    assert all(problem.reason for problem in report.problems)
    lock_path(target).unlink(missing_ok=True)


def _lines(room: Path, project: Path) -> list[bytes]:
    """Whole exports would be too large to be mutated well: one with the first lines of each type."""
    out = room / "all.jsonl"
    with Project.open(project, reviewer="Ada", read_only=True) as opened:
        export_project(opened, "jsonl", out)
    lines = out.read_bytes().splitlines(keepends=True)
    few: dict[str, list[bytes]] = {}
    for line in lines:
        few.setdefault(json.loads(line)["type"], []).append(line)
    return [b"".join(line for several in few.values() for line in several[:2]), lines[0] + lines[-1]]
