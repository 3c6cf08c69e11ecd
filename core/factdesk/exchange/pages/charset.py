"""The encoding of marked-up text: its byte order mark, what it declares, else what its bytes look like."""

import codecs
import re

from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.exchange.readings import SourceFile
from factdesk.text.binary import binary_kind
from factdesk.text.charsets import ENCODINGS
from factdesk.text.decode import Decoded, decode

_HEAD = 4096
_META = re.compile(rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:+-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:+-]{2,40})[\"']")
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROADER = {  # browsers read the first as the second, which holds more
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_OTHER_NAMES = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-mac-cyrillic": "mac_cyrillic", "ks_c_5601-1987": "cp949",
                "unicode": "utf-8", "utf8mb4": "utf-8", "windows-31j": "cp932", "x-mac-roman": "mac_roman"}  # fmt: skip
_UNFIT = (
    "utf-7",
    "utf_7",
    "utf-16",
    "utf-32",
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "mbcs",
    "oem",
)
_SINGLE = ("cp125", "iso8859", "koi8", "mac", "cp87", "cp866", "cp85")


def decoded_markup(file: SourceFile, chosen: str | None, declared: str = "") -> Decoded:
    """The text of marked-up bytes; `declared` is what the envelope of a mail or saved page says about it.

    Raises ImportRefusedError for empty and for binary data, and when the chosen encoding does not exist.
    """
    if chosen is None and (named := _declared(file.data, declared)):
        return named
    try:
        return decode(file.data, chosen, name=file.quoted)
    except ImportRefusedError:
        raise
    except FactdeskError as error:  # an encoding that does not exist
        raise ImportRefusedError(error.message, error.hint) from error


def known_encoding(label: str) -> str:
    """The codec of Python for an encoding's name as pages and mails write it; "" when there is none for text."""
    label = label.strip().strip("\"'").lower()
    label = _OTHER_NAMES.get(label, label)
    try:
        codec = codecs.lookup(label).name
        if codec.startswith(_UNFIT) or not isinstance(b"a".decode(codec), str):
            return ""
    except (LookupError, ValueError, TypeError):
        return ""
    return _BROADER.get(codec, codec)


def _declared(data: bytes, envelope: str) -> Decoded | None:
    """The text in its declared encoding; None when nothing is declared or the bytes speak against it."""
    if not data.strip(b"\0 \t\r\n") or data.startswith(_BOMS) or binary_kind(data) or b"\0" in data[:_HEAD]:
        return None
    for label in (envelope, *_labels(data[:_HEAD])):
        encoding = known_encoding(label)
        if not encoding:
            continue
        text = data.decode(encoding, "replace")
        replaced = text.count("\ufffd")
        if encoding.startswith(_SINGLE) and (better := _as_unicode(data)) is not None:
            return better
        if replaced * 500 <= len(text):
            return Decoded(text, encoding, not replaced, _others(encoding), replaced)
    return None


def _labels(head: bytes) -> list[str]:
    found = [match for pattern in (_XML, _META) if (match := pattern.search(head))]
    return [match[1].decode("ascii", "replace") for match in found]


def _as_unicode(data: bytes) -> Decoded | None:
    """Bytes beyond ASCII that are good UTF-8 are no text of a code page, whatever is declared."""
    if data.isascii():
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8", alternatives=_others("utf-8"))
    except UnicodeDecodeError:
        return None


def _others(encoding: str) -> tuple[str, ...]:
    return tuple(each for each in ENCODINGS if each != encoding)[:4]
