"""Files as evidence: read in for keeping, and written out again. They are never opened or run."""

import mimetypes
import re
import unicodedata
import zlib
from pathlib import Path

from factdesk.errors import FactdeskError
from factdesk.exchange.atomic import written_whole
from factdesk.model.evidence import AttachedFile, Attachment
from factdesk.model.ids import sha256
from factdesk.store.connection import Queryable
from factdesk.store.evidence import attachment_bytes

LARGEST = 50 * 1024 * 1024
"""How many bytes an attached file may have: the project file stays one that can be handed on."""

_LONGEST_NAME = 60  # signs of up to four bytes; no system takes more than 255 bytes
_LONGEST_SUFFIX = 16
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)


def read_attachment(path: Path) -> Attachment:
    """A file ready for `add_source`. Reads and compresses: not for the thread that draws the window."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FactdeskError(f"{path} is no file.", "Attach a file; pack a folder into one file first.")
        if size > LARGEST:
            raise FactdeskError(
                f"{path.name} has {_megabytes(size)}, and a file in the project may have {_megabytes(LARGEST)}.",
                "Keep it beside the project and attach a note of where it is, or the pages that matter.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise FactdeskError(
            f"{path} cannot be read ({error.strerror}).", "Check that it is there and that you may read it."
        ) from error
    return attachment_of(data, path.name)


def attachment_of(data: bytes, name: str) -> Attachment:
    """The same for bytes that are there already."""
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Attachment(AttachedFile(sha256(data), name, media_type, len(data)), zlib.compress(data, 6))


def save_attachment(r: Queryable, digest: str, target: Path) -> None:
    """Write an attached file to a place outside the project, exactly as it was; it appears only when complete."""
    data = attachment_bytes(r, digest)
    with written_whole(target) as file:
        file.write(data)


def safe_name(name: str) -> str:
    """What a copy of an attached file is called at first: one visible name in one folder, on every system.

    The project may be a stranger's, so the name may hold a path, signs that nobody sees, or mean a device.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    plain = re.sub(r'[<>:"|?*]', "_", seen).strip().lstrip(".").rstrip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if dot and len(suffix) <= _LONGEST_SUFFIX:
        plain = f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    plain = plain[:_LONGEST_NAME].strip() or "file"
    return f"_{plain}" if _DEVICE.fullmatch(plain.partition(".")[0].strip()) else plain


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):,.1f} MB".replace(".0 MB", " MB")
