"""Web pages and saved pages: the article in them and what they say about it. No script runs, nothing is fetched."""

import re
from collections.abc import Iterator

from factdesk.errors import ImportRefusedError
from factdesk.exchange.pages.article import article_text
from factdesk.exchange.pages.charset import decoded_markup
from factdesk.exchange.pages.facts import facts_of
from factdesk.exchange.pages.markup import LARGEST, MOST_TAGS, parsed_page
from factdesk.exchange.pages.phrases import has_words
from factdesk.exchange.readings import Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

MEDIA_TYPE = "text/html"

_PIECE = re.compile(
    rb"<(?:p|div|h[1-6]|table|ul|ol|article|section|center|main|header|title|script|style|link)[\s>]", re.IGNORECASE
)
_LOOKS = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s+(?:charset|http-equiv|name|property)\b", re.IGNORECASE
)
_BEFORE = re.compile(rb"^(?:\xef\xbb\xbf|\s|<\?xml[^>]*\?>|<!--.*?-->)*", re.DOTALL)


def read_html(file: SourceFile, options: ReadOptions) -> Iterator[Reading]:
    """The article of a page."""
    yield page_article(file, options)


def page_article(file: SourceFile, options: ReadOptions, charset: str = "") -> Reading:
    """A page as an article, whose original are its bytes; `charset` is what its envelope says of them."""
    decoded = decoded_markup(file, options.encoding, charset)
    page = parsed_page(decoded.text)
    if page is None:
        raise ImportRefusedError(
            f"{file.quoted} has more than {MOST_TAGS:,} tags, or {LARGEST // 10**6} million characters: far more than an article.",
            "Copy the part that you need and paste it.",
        )
    facts = facts_of(page, file.address)
    found = article_text(page, facts)
    text = normalise(found.text)
    if not has_words(text):
        raise ImportRefusedError(
            f"{file.quoted} shows no text without its scripts or pictures.",
            "Open it in a browser, copy the text of the article and paste it into Factdesk.",
        )
    language, doubt = _language(text, facts.language)
    meta = ArticleMeta(facts.title, facts.publisher, facts.byline, facts.url, facts.published_at, language)
    captured = facts.saved_at or file.captured_at
    source = ArticleSource(file.data, file.name, decoded.encoding, MEDIA_TYPE, captured)
    reading = Reading(NewArticle(text, meta, source), decoded.confident, decoded.alternatives, decoded.replaced)
    return reading.warned(*found.warnings, *facts.warnings, doubt, replaced_warning(decoded.replaced))


def replaced_warning(count: int) -> str:
    """A sentence about characters that could not be read, or ""."""
    if not count:
        return ""
    what = "One character" if count == 1 else f"{count:,} characters"
    return f"{what} could not be read in this encoding."


def _language(text: str, declared: str) -> tuple[str, str]:
    """The language, and a sentence when the page says another: many leave the “en” of their template."""
    guess = guess_language(text)
    if declared and not (guess and declared.split("-", maxsplit=1)[0] == "en" != guess):
        return declared, ""
    return guess, f"The page calls its language “{declared}”, but the text looks like “{guess}”." if declared else ""


def _is_html(head: bytes) -> bool:
    """A page, unless what comes first is another kind of markup."""
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "ignore").encode()
    start = _BEFORE.match(head)
    rest = head[start.end() if start else 0 :]
    return _PIECE.match(rest) is not None or (rest.startswith(b"<") and _LOOKS.search(rest[:1024]) is not None)


IMPORTER = Importer(
    name="html",
    title="Web page",
    media_type=MEDIA_TYPE,
    suffixes=frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"}),
    read=read_html,
    sniff=_is_html,
    has_encoding=True,
)
