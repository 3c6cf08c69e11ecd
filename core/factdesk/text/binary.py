"""Files that hold no plain text, told by their first bytes, with what to do instead."""

from dataclasses import dataclass

_COPY = "Open it in its own program, copy the text of the article and paste it, or save it there as plain text (UTF-8)."
_PICTURE = "Factdesk reads text only; keep a picture as evidence by its file name."
_UNPACK = "Unpack it first and import the text files inside."


@dataclass(frozen=True, slots=True)
class BinaryKind:
    """What a file is in words ("a PDF document"), and a hint."""

    words: str
    hint: str


_MAGIC: tuple[tuple[bytes, BinaryKind], ...] = (
    (b"%PDF-", BinaryKind("a PDF document", _COPY)),
    (b"PK\x03\x04", BinaryKind("a ZIP archive or an office document", _COPY)),
    (b"PK\x05\x06", BinaryKind("an empty ZIP archive", _UNPACK)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", BinaryKind("an old office document", _COPY)),
    (b"{\\rtf", BinaryKind("a rich text document", _COPY)),
    (b"\x89PNG\r\n\x1a\n", BinaryKind("a PNG picture", _PICTURE)),
    (b"\xff\xd8\xff", BinaryKind("a JPEG picture", _PICTURE)),
    (b"GIF87a", BinaryKind("a GIF picture", _PICTURE)),
    (b"GIF89a", BinaryKind("a GIF picture", _PICTURE)),
    (b"II*\x00", BinaryKind("a TIFF picture", _PICTURE)),
    (b"MM\x00*", BinaryKind("a TIFF picture", _PICTURE)),
    (b"\x1f\x8b", BinaryKind("a gzip archive", _UNPACK)),
    (b"BZh", BinaryKind("a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ\x00", BinaryKind("an xz archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", BinaryKind("a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", BinaryKind("a RAR archive", _UNPACK)),
    (b"(\xb5/\xfd", BinaryKind("a Zstandard archive", _UNPACK)),
    (b"SQLite format 3\x00", BinaryKind("a database", "If it is a Factdesk project, open it instead of importing it.")),
    (b"\x7fELF", BinaryKind("a program", "Choose text files.")),
    (b"ID3", BinaryKind("a sound file", "Factdesk reads text only.")),
    (b"OggS", BinaryKind("a sound or video file", "Factdesk reads text only.")),
    (b"\x1aE\xdf\xa3", BinaryKind("a video file", "Factdesk reads text only.")),
)

_INSIDE: tuple[tuple[int, bytes, BinaryKind], ...] = (
    (8, b"WEBP", BinaryKind("a WebP picture", _PICTURE)),
    (8, b"WAVE", BinaryKind("a sound file", "Factdesk reads text only.")),
    (4, b"ftyp", BinaryKind("a video or picture file", "Factdesk reads text only.")),
    (257, b"ustar", BinaryKind("a tar archive", _UNPACK)),
)

_SHORT_AND_WORDY = (b"BZh", b"ID3")  # could also begin a text; they count only when control bytes follow


def binary_kind(data: bytes) -> BinaryKind | None:
    """What kind of binary file these bytes begin, or None when they may be text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic) and (magic not in _SHORT_AND_WORDY or _has_controls(data[:64])):
            return kind
    for place, magic, kind in _INSIDE:
        if data[place : place + len(magic)] == magic and _has_controls(data[:512]):
            return kind
    return None


def _has_controls(data: bytes) -> bool:
    return any(byte < 9 or 14 <= byte < 27 for byte in data)
