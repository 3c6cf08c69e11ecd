"""The pages of a damaged SQLite file, read without SQLite, which gives up where rows beside the damage could still be read.

What stands in the format's description holds here: a page is a node of a tree of rows (a table) or of records (an index, or
a table without row numbers), long records go on in other pages, and a -wal file beside it holds newer pages. Nothing that is
read is trusted: each number is looked at before it is used, and no page is visited twice.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

Value = int | float | str | bytes | None

_TABLE_INNER, _TABLE_LEAF, _INDEX_INNER, _INDEX_LEAF = 0x05, 0x0D, 0x02, 0x0A
_SIZES = frozenset(1 << n for n in range(9, 17))
_USUAL = 4096
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes of the kinds of whole numbers


class BrokenPageError(Exception):
    """A page, a record or a number in it cannot be what it says it is."""


@dataclass(slots=True)
class Tree:
    """What could be read of one tree."""

    rows: list[tuple[int, list[Value]]] = field(default_factory=list)  # row number (0 in an index), values
    broken: int = 0  # pages or rows that could not be read


class RawPages:
    """The newest state of each page of a file, with what its -wal file holds."""

    def __init__(self, file: BinaryIO, wal: Path | None = None) -> None:
        self._file = file
        head = file.read(100)
        said = int.from_bytes(head[16:18], "big")
        self.size = 65536 if said == 1 else said if said in _SIZES else _USUAL
        self.usable = self.size - (head[20] if len(head) == 100 and head[20] <= 32 else 0)
        file.seek(0, 2)
        self.count = -(-file.tell() // self.size)
        self._newer = newer_pages(wal.read_bytes(), self.size) if wal is not None and wal.exists() else {}
        self.count = max([self.count, *self._newer])
        self.seen: set[int] = set()

    def page(self, number: int) -> bytes:
        """The bytes of a page; raises BrokenPageError when the file ends before it."""
        if not 0 < number <= self.count:
            raise BrokenPageError(number)
        data = self._newer.get(number)
        if data is None:
            self._file.seek((number - 1) * self.size)
            data = self._file.read(self.size)
        if len(data) < self.size:
            raise BrokenPageError(number)
        return data

    def tree(self, root: int) -> Tree:
        """All rows below a root that can be read, in their order."""
        found = Tree()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self.seen:
                found.broken += 1  # a tree names each of its pages once
                continue
            self.seen.add(number)
            try:
                children = self._node(number, found)
            except BrokenPageError:
                found.broken += 1
            else:
                waiting += reversed(children)
        return found

    def leaves(self) -> Iterator[Tree]:
        """The rows of each page that no tree has led to, one page after the other; call it when all trees are read."""
        for number in range(2, self.count + 1):
            if number in self.seen:
                continue
            found = Tree()
            try:
                if self.page(number)[0] in (_TABLE_LEAF, _INDEX_LEAF):
                    self._node(number, found)
            except BrokenPageError:
                continue
            if found.rows:
                yield found

    def see_free(self) -> None:
        """Marks the pages that are free as seen: what stands in them was deleted."""
        try:
            head = self.page(1)
            trunk = _number(head, 32)
            while trunk and trunk not in self.seen:
                data = self.page(trunk)
                self.seen.add(trunk)
                most = min(_number(data, 4), self.usable // 4 - 2)
                self.seen.update(_number(data, 8 + 4 * n) for n in range(most))
                trunk = _number(data, 0)
        except BrokenPageError:
            return

    def _node(self, number: int, found: Tree) -> list[int]:
        """Takes the rows of a page; gives the pages below it."""
        data = self.page(number)
        start = 100 if number == 1 else 0
        kind = data[start]
        if kind not in (_TABLE_INNER, _TABLE_LEAF, _INDEX_INNER, _INDEX_LEAF):
            raise BrokenPageError(number)
        inner = kind in (_TABLE_INNER, _INDEX_INNER)
        cells = int.from_bytes(data[start + 3 : start + 5], "big")
        first = start + (12 if inner else 8)
        if first + 2 * cells > self.usable:
            raise BrokenPageError(number)
        children = []
        for n in range(cells):
            at = int.from_bytes(data[first + 2 * n : first + 2 * n + 2], "big")
            try:
                if inner:
                    children.append(_number(data, at))
                    at += 4
                if kind != _TABLE_INNER:
                    found.rows.append(self._row(data, at, numbered=kind == _TABLE_LEAF))
            except (BrokenPageError, IndexError, struct.error, UnicodeDecodeError):
                found.broken += 1
        if inner:
            children.append(_number(data, start + 8))
        return children

    def _row(self, data: bytes, at: int, *, numbered: bool) -> tuple[int, list[Value]]:
        length, at = _varint(data, at)
        row = 0
        if numbered:
            row, at = _varint(data, at)
        return row, decoded(self._payload(data, at, length, numbered=numbered))

    def _payload(self, data: bytes, at: int, length: int, *, numbered: bool) -> bytes:
        """A record, also where it goes on in other pages."""
        if length > self.count * self.size:
            raise BrokenPageError(length)
        most = self.usable - 35 if numbered else (self.usable - 12) * 64 // 255 - 23
        if length <= most:
            if at + length > self.usable:
                raise BrokenPageError(at)
            return data[at : at + length]
        least = (self.usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self.usable - 4)
        here = here if here <= most else least
        parts, rest = [data[at : at + here]], length - here
        following = _number(data, at + here)
        passed: list[int] = []
        while rest > 0:
            if following in passed:
                raise BrokenPageError(following)
            passed.append(following)
            more = self.page(following)
            parts.append(more[4 : 4 + min(rest, self.usable - 4)])
            rest -= self.usable - 4
            following = _number(more, 0)
        self.seen.update(passed)
        return b"".join(parts)


def decoded(record: bytes) -> list[Value]:
    """The values of a record; raises an error for one that is none."""
    end, at = _varint(record, 0)
    if not 0 < end <= len(record):
        raise BrokenPageError(end)
    kinds, values, place = [], list[Value](), end
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    for kind in kinds:
        value, size = _value(record, place, kind)
        values.append(value)
        place += size
    if place > len(record):
        raise BrokenPageError(place)
    return values


def newer_pages(wal: bytes, size: int) -> dict[int, bytes]:
    """The pages that a -wal file holds up to its last whole commit; none if it belongs to another file or is broken."""
    if len(wal) < 32:
        return {}
    magic, _, said, _, salt_1, salt_2, sum_1, sum_2 = struct.unpack(">8I", wal[:32])
    order = ">" if magic & 1 else "<"
    if magic not in _WAL_MAGIC or said not in (size, 1) or _checked(wal[:24], (0, 0), order) != (sum_1, sum_2):
        return {}
    sums, pages, committed, at = (sum_1, sum_2), dict[int, bytes](), dict[int, bytes](), 32
    while at + 24 + size <= len(wal):
        number, commits, first, second, *expected = struct.unpack(">6I", wal[at : at + 24])
        data = wal[at + 24 : at + 24 + size]
        sums = _checked(data, _checked(wal[at : at + 8], sums, order), order)
        if (first, second) != (salt_1, salt_2) or sums != tuple(expected):
            break
        pages[number] = data
        if commits:
            committed |= pages
            pages = {}
        at += 24 + size
    return committed


def _checked(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for n in range(0, len(words), 2):
        one = (one + words[n] + two) & 0xFFFFFFFF
        two = (two + words[n + 1] + one) & 0xFFFFFFFF
    return one, two


def _value(record: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in _INTEGERS:
        size = _INTEGERS[kind]
        return int.from_bytes(record[at : at + size], "big", signed=True), size
    if kind >= 12:
        size = (kind - 12) // 2
        data = record[at : at + size]
        if len(data) < size:
            raise BrokenPageError(at)
        return (data.decode() if kind % 2 else data), size
    match kind:
        case 0:
            return None, 0
        case 7:
            return struct.unpack(">d", record[at : at + 8])[0], 8
        case 8 | 9:
            return kind - 8, 0
    raise BrokenPageError(kind)


def _number(data: bytes, at: int) -> int:
    if not 0 <= at <= len(data) - 4:
        raise BrokenPageError(at)
    return int.from_bytes(data[at : at + 4], "big")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(9):
        byte = data[at + n]
        if n == 8:
            value = value << 8 | byte
            return (value - (1 << 64) if value >= 1 << 63 else value), at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at + n + 1
