"""Bytes to text: which encoding, how sure, and what else it could be. Refuses what is no text at all."""

import codecs
import unicodedata
from dataclasses import dataclass

from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.text.binary import binary_kind
from factdesk.text.charsets import ENCODINGS, guess_charset

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16", "utf-32", "utf_16", "utf_32")
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as decoded (not yet normalised, without its byte order mark) and how it was read."""

    text: str
    encoding: str
    confident: bool = True
    alternatives: tuple[str, ...] = ()  # other encodings worth offering, likeliest first
    replaced: int = 0  # places that could not be read and became U+FFFD


def decode(data: bytes, encoding: str | None = None, *, name: str = "The text") -> Decoded:
    """Decode by detection, or by the encoding that the reviewer chose.

    Raises ImportRefusedError, with `name` in its message, for empty and for binary data.
    """
    if not data:
        raise ImportRefusedError(f"{name} is empty.", "There is nothing to import from it.")
    if encoding is not None:
        decoded = _decode_as(data, encoding, name)
    else:
        _refuse_binary(data, name)
        decoded = _decode_unicode(data) or _decode_legacy(data, name)
    if not decoded.text.strip("\ufeff\0 \t\r\n\f\v\u2028\u2029"):
        raise ImportRefusedError(f"{name} holds nothing but blank space.", "There is nothing to import from it.")
    return decoded


def encoding_choices(decoded: Decoded) -> list[str]:
    """The encodings to offer for a correction: the one in use, the likely ones, then all the usual ones."""
    return list(dict.fromkeys([decoded.encoding, *decoded.alternatives, *ENCODINGS]))


def _refuse_binary(data: bytes, name: str) -> None:
    kind = binary_kind(data)
    if kind is not None:
        raise ImportRefusedError(f"{name} is {kind.words}, not plain text.", kind.hint)


def _decode_as(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding).name
        for bom, bom_encoding in _BOMS:
            if data.startswith(bom) and bom_encoding.startswith(codec.removesuffix("-sig")):
                data, codec = data[len(bom) :], bom_encoding
                break
        text = data.decode(codec, "replace")
    except (LookupError, UnicodeError) as error:
        raise FactdeskError(
            f"{name} cannot be read as “{encoding}”: no such text encoding.", "Use a name such as utf-8 or cp1251."
        ) from error
    return Decoded(text, codec, replaced=text.count("\ufffd"))


def _decode_unicode(data: bytes) -> Decoded | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            replaced = text.count("\ufffd")
            if replaced * 20 <= len(text):
                return Decoded(text, encoding, confident=not replaced, replaced=replaced)
    if b"\0" in data:
        return None if _is_narrow(data) else _decode_wide(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_broken_utf8(data)


def _decode_broken_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few bad places (cut off, or patched by another program) is still UTF-8."""
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    wide = len(text) - len(text.encode("ascii", "ignore")) - replaced
    if wide < 10 * replaced:
        return None
    return Decoded(text, "utf-8", confident=False, alternatives=("cp1252", "cp1251"), replaced=replaced)


def _is_narrow(data: bytes) -> bool:
    """Whether the NULs are strays in a text of single bytes: a wide text has one beside every plain letter."""
    sample = data[:_SAMPLE]
    nuls = sample.count(0)
    plain = sum(32 <= byte < 127 or byte in b"\t\n\r" for byte in sample)
    return nuls * 5 < len(sample) and plain > 0.9 * (len(sample) - nuls)


def _decode_wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark: the reading in which nearly every character is a usual one."""
    found: list[tuple[float, str, str]] = []
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((_plausibility(text[:_SAMPLE]), encoding, text))
    found.sort(key=lambda item: -item[0])
    if not found or found[0][0] < 0.5:
        return None
    plausibility, encoding, text = found[0]
    return Decoded(text, encoding, confident=plausibility > 0.9)


def _plausibility(text: str) -> float:
    """1 for a text of assigned characters with spaces or stops between words, towards 0 for noise."""
    if not text:
        return 0.0
    odd = sum(unicodedata.category(c) in {"Cn", "Co", "Cs", "Cc"} and c not in "\t\n\r\f" for c in text)
    common = sum(c in " \n\r.,、。，" or "a" <= c <= "z" or "\u3041" <= c <= "\u30ff" for c in text)
    return (1 - min(1.0, 20 * odd / len(text))) * min(1.0, 0.4 + 12 * common / len(text))


def _decode_legacy(data: bytes, name: str) -> Decoded:
    guess = None if b"\0" in data or _mostly_controls(data) else guess_charset(data)
    if guess is None:
        wide = _decode_wide(data)
        if wide is not None and wide.confident and not _is_narrow(data):
            return wide
        raise ImportRefusedError(
            f"{name} is a binary file, or its text encoding is unknown.",
            "If it is a text, choose its encoding by hand, or save it as UTF-8 first.",
        )
    text = data.decode(guess.encoding, "replace")
    replaced = text.count("\ufffd")
    return Decoded(text, guess.encoding, guess.confident and not replaced, guess.alternatives, replaced)


def _mostly_controls(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = sum(byte < 9 or 14 <= byte < 27 or 28 <= byte < 32 for byte in sample)
    return controls * 100 > len(sample)
