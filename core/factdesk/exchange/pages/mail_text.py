"""The text of a mail as it was sent: its plain part, else its marked-up part, and the mails inside it."""

import re
from dataclasses import dataclass, field
from email.message import Message

from factdesk.errors import ImportRefusedError
from factdesk.exchange.pages.charset import decoded_markup
from factdesk.exchange.pages.fragments import fragment_text
from factdesk.exchange.pages.mime import MOST_PARTS, charset, content, file_name, head, parameter
from factdesk.exchange.pages.phrases import tidy
from factdesk.exchange.readings import SourceFile
from factdesk.text.decode import Decoded

_STUB = 200  # code points; a shorter plain part beside a longer page says no more than “open this in a browser”
_FORWARDED = ("from", "date", "subject")


@dataclass(slots=True)
class MailText:
    """What was found in a mail."""

    pieces: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    decoded: Decoded | None = None  # how its first text was read
    replaced: int = 0
    parts: int = 0

    @property
    def text(self) -> str:
        """All text, one part after the other."""
        return "\n\n".join(self.pieces)


def mail_text(message: Message, name: str, chosen: str | None) -> MailText:
    """The text of a mail; `chosen` is the encoding that a reviewer chose."""
    found = MailText()
    _collect(message, SourceFile(name, b""), chosen, found)
    return found


def _collect(part: Message, file: SourceFile, chosen: str | None, found: MailText) -> None:
    found.parts += 1
    if found.parts > MOST_PARTS:
        return
    kind = part.get_content_type()
    if kind == "message/rfc822":
        _collect_forwarded(part, file, chosen, found)
    elif part.is_multipart():
        for each in _shown(part, file, chosen):
            _collect(each, file, chosen, found)
    elif _is_attached(part):
        if not kind.startswith("image/") or not head(part, "content-id"):
            found.attachments.append(tidy(file_name(part), 100) or kind)
    elif text := _text_of(part, file, chosen, found):
        found.pieces.append(text)


def _collect_forwarded(part: Message, file: SourceFile, chosen: str | None, found: MailText) -> None:
    for inner in _parts(part):
        lines = [f"{name.capitalize()}: {value}" for name in _FORWARDED if (value := tidy(head(inner, name)))]
        if lines:
            found.pieces.append("\n".join(lines))
        _collect(inner, file, chosen, found)


def _shown(part: Message, file: SourceFile, chosen: str | None) -> list[Message]:
    """Which of its parts a reader sees: of several forms of the same, one."""
    parts = _parts(part)
    kind = part.get_content_type()
    if kind == "multipart/related":
        start = parameter(part, "start").strip("<> ")
        return [each for each in parts if start and head(each, "content-id").strip("<> ") == start] or parts[:1]
    if kind != "multipart/alternative":
        return parts
    plain = next((each for each in parts if each.get_content_type() == "text/plain"), None)
    marked = next((each for each in reversed(parts) if _leads_to_html(each)), None)
    if plain is None or marked is None:
        return [each for each in (plain, marked) if each is not None] or parts[-1:]
    short, long = (_text_of(each, file, chosen, MailText()) for each in (plain, _first_html(marked)))
    is_stub = len(short) < len(long) / 4 or (len(short) < _STUB and len(long) > 2 * len(short))
    return [marked if is_stub else plain]


def _parts(part: Message) -> list[Message]:
    inside = part.get_payload()
    return [each for each in inside if isinstance(each, Message)] if isinstance(inside, list) else []


def _leads_to_html(part: Message) -> bool:
    return _first_html(part) is not part or part.get_content_type() == "text/html"


def _first_html(part: Message) -> Message:
    return next((each for each in part.walk() if each.get_content_type() == "text/html"), part)


def _is_attached(part: Message) -> bool:
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    return not is_text or (part.get_content_disposition() == "attachment") or bool(file_name(part))


def _text_of(part: Message, file: SourceFile, chosen: str | None, found: MailText) -> str:
    data = content(part)
    try:
        decoded = decoded_markup(SourceFile(file.name, data), chosen, charset(part) or "utf-8")
    except ImportRefusedError:  # empty, or no text
        return ""
    found.decoded = found.decoded or decoded
    found.replaced += decoded.replaced
    if part.get_content_type() == "text/html":
        return fragment_text(decoded.text)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if parameter(part, "format").lower() == "flowed":
        text = unflowed(text, joins_words=parameter(part, "delsp").lower() == "yes")
    return text.strip("\n")


_QUOTES = re.compile(r"^(>*) ?")


def unflowed(text: str, *, joins_words: bool = False) -> str:
    """Text of `format=flowed` (RFC 3676) with its soft line ends taken out; `joins_words` is its DelSp."""
    lines: list[str] = []
    is_open = False
    depth = -1
    for line in text.split("\n"):
        marks = _QUOTES.match(line)
        quote = marks[1] if marks else ""
        words = line[marks.end() if marks else 0 :]
        is_signature = words == "-- "
        if is_open and len(quote) == depth and not is_signature:
            lines[-1] += words
        else:
            lines.append(f"{quote} {words}" if quote else words)
        is_open = words.endswith(" ") and not is_signature
        if is_open and joins_words:
            lines[-1] = lines[-1][:-1]
        depth = len(quote)
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)
