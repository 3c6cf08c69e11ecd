"""The form for what is known about an article, used wherever articles come in or are edited."""

import re
from dataclasses import asdict

from factdesk.model.articles import ArticleMeta
from factdesk_gui.dialogs.fields import Field

ARTICLE_FIELDS = (
    Field("title", "&Title", placeholder="Headline"),
    Field("publisher", "&Publisher", placeholder="Newspaper, agency or site"),
    Field("byline", "&Byline", placeholder="Who wrote it"),
    Field("url", "&Address", placeholder="https://…"),
    Field("published_at", "P&ublished", placeholder="2024-03-18, as precise as known"),
    Field("language", "&Language", placeholder="en, uk, de…", tip="Language code (BCP 47)"),
)

_DATE = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def meta_of(values: dict[str, str]) -> ArticleMeta:
    """What the form holds."""
    return ArticleMeta(**values)


def values_of(meta: ArticleMeta) -> dict[str, str]:
    """What the form shows."""
    return {key: str(value) for key, value in asdict(meta).items()}


def meta_problem(meta: ArticleMeta) -> str:
    """What is wrong with what was filled in, in words, or ""."""
    if meta.published_at and not _DATE.fullmatch(meta.published_at):
        return f"“{meta.published_at}” is no date such as 2024, 2024-03 or 2024-03-18."
    if meta.language and not _LANGUAGE.fullmatch(meta.language):
        return f"“{meta.language}” is no language code such as en or pt-BR."
    return ""
