"""Web pages saved as one file by a browser (MHTML): the page among its parts, read as a web page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from factdesk.errors import ImportRefusedError
from factdesk.exchange.kinds.html import page_article
from factdesk.exchange.pages.mime import MOST_PARTS, charset, content, head, parameter, parsed_message
from factdesk.exchange.pages.phrases import tidy_address, tidy_moment
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile

MEDIA_TYPE = "multipart/related"

_PAGES = ("text/html", "application/xhtml+xml")
_RELATED = re.compile(rb"^content-type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(
    rb"^(?:snapshot-content-location|content-location|content-base):|^from:.{0,40}saved by",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = re.compile(rb"^\s*[a-z][a-z0-9-]{1,40}:[ \t]", re.IGNORECASE)


def read_mhtml(file: SourceFile, options: ReadOptions) -> Iterator[Reading]:
    """The article of the page; its address and when it was saved are noted in the file."""
    message = parsed_message(file)
    place = tidy_address(head(message, "snapshot-content-location") or head(message, "content-location"))
    page = _page(message, place)
    if page is None:
        raise ImportRefusedError(f"{file.quoted} holds no web page.", "Save the page again, or as HTML.")
    inner = replace(
        file,
        data=content(page),
        address=tidy_address(head(page, "content-location")) or place or file.address,
        captured_at=tidy_moment(head(message, "date")) or file.captured_at,
    )
    reading = page_article(inner, options, charset(page))
    source = replace(reading.article.source, original=file.data, media_type=MEDIA_TYPE)
    yield replace(reading, article=replace(reading.article, source=source))


def _page(message: Message, address: str) -> Message | None:
    """The part that is the page: named as the first, else the one of its address, else the first of all."""
    pages: list[Message] = []
    for count, part in enumerate(message.walk()):
        if count > MOST_PARTS:
            break
        if part.get_content_type() in _PAGES and content(part).strip():
            pages.append(part)
    start = parameter(message, "start").strip("<> ")
    for is_it in (
        lambda part: start and head(part, "content-id").strip("<> ") == start,
        lambda part: address and tidy_address(head(part, "content-location")) == address,
    ):
        if found := next(filter(is_it, pages), None):
            return found
    return next(iter(pages), None)


def _is_mhtml(start: bytes) -> bool:
    return _HEAD.match(start) is not None and _RELATED.search(start) is not None and _SAVED.search(start) is not None


IMPORTER = Importer(
    name="mhtml",
    title="Saved web page (MHTML)",
    media_type=MEDIA_TYPE,
    suffixes=frozenset({".mhtml", ".mht"}),
    read=read_mhtml,
    sniff=_is_mhtml,
    has_encoding=True,
)
