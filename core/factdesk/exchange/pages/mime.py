"""Mails and saved pages in MIME: parsed within limits, their heads decoded whatever they were encoded with."""

import re
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32

from factdesk.errors import ImportRefusedError
from factdesk.exchange.pages.charset import known_encoding
from factdesk.exchange.readings import SourceFile

MOST_PARTS = 2000

_MOST_WORK = 20_000_000  # lines times borders between parts: each line is compared with each border around it
_LONGEST_HEAD = 20_000
_LONGEST_TYPE = 2000
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?")


class _ShortHeads(Compat32):
    """Cuts heads that are longer than any real one, on which the library would spend minutes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A head's name and its value."""
        name, value = super().header_source_parse(sourcelines)
        longest = _LONGEST_TYPE if name.lower().startswith("content-") else _LONGEST_HEAD
        return name, value[:longest]


def parsed_message(file: SourceFile) -> Message:
    """The parts of a mail or saved page; raises ImportRefusedError when they are nested to exhaust whoever reads them."""
    borders = file.data.lower().count(b"boundary=")
    if borders > MOST_PARTS or (borders + 1) * file.data.count(b"\n") > max(_MOST_WORK, 3 * file.data.count(b"\n")):
        raise _refusal(file)
    try:
        return message_from_bytes(file.data, policy=_ShortHeads())
    except (RecursionError, MessageError, ValueError) as error:
        raise _refusal(file) from error


def head(message: Message, name: str) -> str:
    """A head of a message as text, "" when it has none."""
    for each, value in message.raw_items():
        if each.lower() == name:
            return _decoded(str(value)[:_LONGEST_HEAD])
    return ""


def content(part: Message) -> bytes:
    """The bytes of a part that has no parts, its transfer encoding undone."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, MessageError):
        return b""
    return found if isinstance(found, bytes) else b""


def charset(part: Message) -> str:
    """The name of the encoding that a part says it has, "" when it says none or nonsense."""
    return parameter(part, "charset")


def parameter(part: Message, name: str, header: str = "content-type") -> str:
    """A parameter of a part's head, "" when it is not there or is broken."""
    try:
        value = part.get_param(name, "", header)
    except (ValueError, LookupError, MessageError):
        return ""
    if isinstance(value, tuple):  # RFC 2231: encoding, language, percent-decoded bytes
        encoding, _, value = value
        codec = known_encoding(encoding or "ascii") or "utf-8"
        return str(value).encode("raw_unicode_escape", "replace").decode(codec, "replace")
    return _decoded(str(value)[:_LONGEST_HEAD])


def file_name(part: Message) -> str:
    """The name of an attached file, "" when it has none."""
    return parameter(part, "filename", "content-disposition") or parameter(part, "name")


def _decoded(value: str) -> str:
    value = _as_text(value.encode("utf-8", "surrogateescape"))
    if not _ENCODED.search(value):
        return value
    try:
        pieces = decode_header(value)
    except (ValueError, MessageError):  # broken Base64
        return value
    words: list[str] = []
    for piece, encoding in pieces:
        if isinstance(piece, str):
            words.append(piece)
        elif encoding is None:
            words.append(piece.decode("raw_unicode_escape", "replace") if piece.isascii() else _as_text(piece))
        else:
            words.append(piece.decode(known_encoding(encoding) or "utf-8", "replace"))
    return "".join(words).strip() or value


def _as_text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _refusal(file: SourceFile) -> ImportRefusedError:
    return ImportRefusedError(
        f"The parts of {file.quoted} are too many, or nested in each other too deeply.", "It may be made to do harm."
    )
