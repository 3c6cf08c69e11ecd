"""ZIP archives, also inside each other: their files one by one, within limits, and never unpacked to the disk."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from factdesk.errors import ImportRefusedError
from factdesk.exchange.files import companions
from factdesk.exchange.readings import BadPart, SourceFile

MAGIC = b"PK\x03\x04"
LARGEST_PART = 50 * 1024 * 1024  # bytes of one file, unpacked
LARGEST_WHOLE = 2 * 1024 * 1024 * 1024  # bytes of all files of an archive together, unpacked
MOST_PARTS = 50_000
DEEPEST = 2  # archives inside archives
MOST_PACKED = 200  # times smaller than its contents; text seldom goes beyond 20

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
)
"""What the library raises for archives that are damaged, or made to look so."""

_OFFICE = ("[Content_Types].xml", "mimetype")  # what makes a ZIP file a document
_HIDDEN = ("__MACOSX", ".DS_Store", "Thumbs.db")


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive of files, not a document that is kept as one."""
    try:
        with path.open("rb") as file:
            return file.read(4) == MAGIC and not _is_document(file)
    except OSError:
        return False


def parts_of(path: Path) -> Iterator[tuple[tuple[str, ...], SourceFile | BadPart]]:
    """The files of an archive, each with its names inside (the outermost first); bad ones are told and left out.

    Raises ImportRefusedError when the archive itself cannot be read or is made to burst.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _parts(archive, path.name, (), _Budget())
    except BROKEN as error:
        raise _broken(path.name, error) from error


class Archive:
    """An archive kept open, for fetching one file of it after the other by their names."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: dict[tuple[str, ...], zipfile.ZipFile] = {}  # this one, and the last one opened inside it

    def part(self, member: tuple[str, ...]) -> SourceFile:
        """One file by its names, the outermost first; raises ImportRefusedError when it is not there any more."""
        try:
            archive = self._open(member[:-1])
            info = archive.getinfo(member[-1])
            data = _read(archive, info, _Budget())
        except (KeyError, *BROKEN) as error:
            raise ImportRefusedError(
                f"“{' › '.join(member)}” cannot be read from “{self.path.name}” any more.", "Import the archive again."
            ) from error
        return _source_file(archive, info, data, _Budget())

    def close(self) -> None:
        """Let go of the file."""
        for archive in self._opened.values():
            archive.close()
        self._opened.clear()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _open(self, outer: tuple[str, ...]) -> zipfile.ZipFile:
        if () not in self._opened:
            self._opened[()] = zipfile.ZipFile(self.path)
        if outer not in self._opened:
            for old in [each for each in self._opened if each]:
                self._opened.pop(old).close()
            archive = self._opened[()]
            for name in outer:
                archive = zipfile.ZipFile(BytesIO(_read(archive, archive.getinfo(name), _Budget())))
            self._opened[outer] = archive
        return self._opened[outer]


class _Budget:
    """What one archive may still cost, counted over all its levels."""

    def __init__(self) -> None:
        self.bytes = LARGEST_WHOLE
        self.parts = MOST_PARTS


def _parts(
    archive: zipfile.ZipFile, name: str, outer: tuple[str, ...], budget: _Budget
) -> Iterator[tuple[tuple[str, ...], SourceFile | BadPart]]:
    left_out = companions([info.filename for info in archive.infolist()])
    for info in sorted(archive.infolist(), key=lambda each: each.filename):
        if info.is_dir() or _is_hidden(info.filename) or info.filename in left_out:
            continue
        budget.parts -= 1
        if budget.parts < 0:
            raise ImportRefusedError(f"“{name}” holds more than {MOST_PARTS:,} files.", "Import them in parts.")
        member = (*outer, info.filename)
        place = " › ".join(member)
        if reason := _why_not(info):
            yield member, BadPart(place, reason)
            continue
        try:
            data = _read(archive, info, budget)
        except BROKEN as error:
            yield member, BadPart(place, f"it cannot be unpacked ({error})")
            continue
        if data.startswith(MAGIC) and not _is_document(BytesIO(data)):
            yield from _inner(data, info.filename, member, budget)
            continue
        yield member, _source_file(archive, info, data, budget)


def _source_file(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes, budget: _Budget) -> SourceFile:
    """A part that can ask for the files that lie beside it, as long as the archive is open."""

    def neighbour(name: str) -> bytes | None:
        try:
            wanted = archive.getinfo(f"{folder}{name}")
            return None if _why_not(wanted) else _read(archive, wanted, budget)
        except (KeyError, *BROKEN):
            return None

    folder = info.filename[: info.filename.rfind("/") + 1]
    return SourceFile(_path(info.filename).name, data, _time_of(info), neighbours=neighbour)


def _inner(
    data: bytes, name: str, member: tuple[str, ...], budget: _Budget
) -> Iterator[tuple[tuple[str, ...], SourceFile | BadPart]]:
    if len(member) > DEEPEST:
        yield member, BadPart(" › ".join(member), "it is an archive inside an archive inside an archive")
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from _parts(archive, name, member, budget)
    except BROKEN as error:
        yield member, BadPart(" › ".join(member), f"it is a broken archive ({error})")


def _why_not(info: zipfile.ZipInfo) -> str:
    path = _path(info.filename)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "its name leads out of the archive"
    if info.flag_bits & 1:
        return "it is locked with a password; unpack it first"
    if info.file_size > LARGEST_PART:
        return f"it is larger than {LARGEST_PART // 2**20} MB"
    if info.compress_size and info.file_size > 2**20 and info.file_size / info.compress_size > MOST_PACKED:
        return "it is packed far more tightly than any text: it may be made to fill the memory"
    return ""


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """The bytes of a part; never more than its head says, whatever the packed data would unfold to."""
    with archive.open(info) as part:
        data = part.read(min(LARGEST_PART, info.file_size) + 1)
    if len(data) > info.file_size:
        raise zipfile.BadZipFile("it is larger than it says")
    budget.bytes -= len(data)
    if budget.bytes < 0:
        raise ImportRefusedError(
            f"The files of the archive are larger than {LARGEST_WHOLE // 2**30} GB together.", "Import them in parts."
        )
    return data


def _is_document(file: IO[bytes]) -> bool:
    """Whether a ZIP file is a DOCX, ODT, EPUB or the like."""
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name in _OFFICE for name in archive.namelist()[:50])
    except BROKEN:
        return False


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part in _HIDDEN for part in _path(name).parts if part not in {".", ".."})


def _path(name: str) -> PurePosixPath:
    return PurePosixPath(name.replace("\\", "/"))


def _time_of(info: zipfile.ZipInfo) -> str:
    year, month, day, hour, minute, second = info.date_time
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}Z" if year > 1980 else ""


def _broken(name: str, error: Exception) -> ImportRefusedError:
    return ImportRefusedError(
        f"“{name}” is a broken ZIP archive ({error}).", "Get the file again, or unpack it by hand."
    )
