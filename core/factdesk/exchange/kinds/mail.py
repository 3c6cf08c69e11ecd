"""Mails (EML) and mailboxes of them (MBOX): their text as it was sent, with sender, date and subject."""

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr

from factdesk.errors import ImportRefusedError
from factdesk.exchange.kinds.html import replaced_warning
from factdesk.exchange.pages.mail_text import MailText, mail_text
from factdesk.exchange.pages.mime import head, parsed_message
from factdesk.exchange.pages.phrases import has_words, tidy, tidy_address, tidy_date, tidy_language, tidy_name
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

MEDIA_TYPE = "message/rfc822"

_NAMED = 5  # attachments named in a warning
_HEADS = re.compile(
    rb"^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to):", re.I | re.M
)
_FIRST_HEAD = re.compile(rb"\s*(?:>?From [^\r\n]*\r?\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]*\S?")
_MAILBOX = re.compile(rb"\s*From \S[^\r\n]*\d{4}[^\r\n]{0,20}\r?\n[A-Za-z][A-Za-z0-9-]{1,60}:")
_BORDER = re.compile(rb"(?:^|\n\r?\n)(?=From \S[^\r\n]*\d{4}[^\r\n]{0,20}\r?\n[A-Za-z][A-Za-z0-9-]{1,60}:)")
_EARLIER = re.compile(
    r"(?:^>.*\n?){3}|^-{3,} ?(?:original message|ursprüngliche nachricht|message d.origine|forwarded message) ?-{3,}|"
    r"^(?:on|am|le|el|il) .{5,120}(?:wrote|schrieb.*|a écrit|escribió|ha scritto) ?:\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def read_mail(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """A mail, or each mail of a mailbox."""
    if not _is_mailbox(file):
        yield mail_article(file, options)
        return
    count = 0
    for number, data in enumerate(_messages(file.data), 1):
        place = f"message {number}"
        try:
            found = mail_article(SourceFile(file.name, data, file.captured_at), options, place)
        except ImportRefusedError as error:
            yield BadPart(place, error.message)
            continue
        count += 1
        yield found
    if not count:
        raise ImportRefusedError(f"{file.quoted} holds no mail with text.", "Look what is in it.")


def mail_article(file: SourceFile, options: ReadOptions, place: str = "") -> Reading:
    """One mail as an article."""
    message = parsed_message(file)
    found = mail_text(message, file.name, options.encoding)
    text = normalise(found.text)
    if not has_words(text):
        raise ImportRefusedError(f"The mail in {file.quoted} holds no text.", "Import what is attached to it instead.")
    decoded = found.decoded
    source = ArticleSource(file.data, file.name, decoded.encoding if decoded else "utf-8", MEDIA_TYPE, file.captured_at)
    reading = Reading(
        NewArticle(text, _meta(message, text), source),
        decoded is None or decoded.confident,
        () if decoded is None else decoded.alternatives,
        found.replaced,
        place=place,
    )
    return reading.warned(*_warnings(found, text))


def _meta(message: Message, text: str) -> ArticleMeta:
    name, address = parseaddr(head(message, "from").replace("\n", " "))
    domain = address.rpartition("@")[2]
    return ArticleMeta(
        title=tidy(head(message, "subject")),
        publisher=_list_name(head(message, "list-id")) or tidy(domain.lower()),
        byline=tidy_name(name) or tidy(address),
        url=tidy_address(head(message, "archived-at").strip("<> \r\n\t")),
        published_at=tidy_date(re.sub(r"\s*\([^()]*\)\s*$", "", head(message, "date"))),
        language=guess_language(text) or tidy_language(head(message, "content-language")),
    )


def _list_name(value: str) -> str:
    name, _, identifier = value.partition("<")
    return tidy(name.strip(" \"'\r\n\t")) or tidy(identifier.strip("<> \r\n\t"))


def _warnings(found: MailText, text: str) -> tuple[str, ...]:
    count = len(found.attachments)
    names = ", ".join(f"“{name}”" for name in found.attachments[:_NAMED])
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    things = "An attachment was" if count == 1 else f"{count} attachments were"
    return (
        f"{things} not read: {names}{more}." if count else "",
        "It holds the quoted text of earlier messages." if _EARLIER.search(text[:200_000]) else "",
        replaced_warning(found.replaced),
    )


def _is_mailbox(file: SourceFile) -> bool:
    return _MAILBOX.match(file.data[:4096]) is not None


def _messages(data: bytes) -> Iterator[bytes]:
    """The mails of a mailbox, each without the line that parts it from the one before."""
    places = [found.end() for found in _BORDER.finditer(data)]
    for start, end in zip(places, [*places[1:], len(data)], strict=True):
        body = data[start:end].partition(b"\n")[2]
        yield re.sub(rb"^>(>*From )", rb"\1", body, flags=re.MULTILINE)


def _is_mail(start: bytes) -> bool:
    """Whether it begins with the heads of a mail, the sender's among them."""
    if not _FIRST_HEAD.match(start):
        return False
    heads = re.split(rb"\r?\n\r?\n", start.lstrip(), maxsplit=1)[0]
    names = {name.lower() for name in _HEADS.findall(heads)}
    return len(names) > 2 or (b"from" in names and len(names) > 1)


IMPORTER = Importer(
    name="mail",
    title="Mail",
    media_type=MEDIA_TYPE,
    suffixes=frozenset({".eml", ".mbox"}),
    read=read_mail,
    sniff=_is_mail,
    has_encoding=True,
)
