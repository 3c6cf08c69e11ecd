"""Bytes kept packed in the project file. A file may come from a stranger: nothing unfolds to more than it says."""

import zlib

from factdesk.errors import DamagedError


class PackedError(Exception):
    """Packed bytes that are broken, or unfold to another size than was noted beside them."""


def pack(data: bytes) -> bytes:
    """Bytes as the project file keeps them."""
    return zlib.compress(data)


def unpack(packed: bytes | None, size: int) -> bytes:
    """The bytes again, which must be as many as was noted; never more are made in memory.

    Raises PackedError when they are missing, broken or of another size.
    """
    if packed is None:
        raise PackedError("they are missing")
    unfolding = zlib.decompressobj()
    try:
        data = unfolding.decompress(packed, size + 1)
        if len(data) == size and not unfolding.eof:  # the check sum at the end may not have been read yet
            data += unfolding.decompress(unfolding.unconsumed_tail, 1)
    except zlib.error as error:
        raise PackedError(str(error)) from error
    if len(data) != size or not unfolding.eof:
        raise PackedError("their size is not the one that was noted")
    return data


def unpacked(packed: bytes | None, size: int, what: str) -> bytes:
    """The same for somebody who asked for it by name; raises DamagedError, which says what to do."""
    try:
        return unpack(packed, size)
    except PackedError as error:
        raise DamagedError(f"{what} cannot be read: {error}.", "Go back to a backup of the project.") from error
