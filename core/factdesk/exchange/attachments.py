"""Files as evidence: read in for keeping, and written out again. They are never opened or run."""

import mimetypes
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


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):,.1f} MB".replace(".0 MB", " MB")
