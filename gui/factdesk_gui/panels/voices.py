"""Who says it, on whose word, and where it was said first."""

from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.words import as_known, shorten

_ARROW = " ← "
_LONGEST = 32  # characters of an article's name


def chain_of(view: ClaimView) -> str:
    """The article, who it names as the speaker, and whose word that one gives: "Northern Wire ← the mayor"."""
    names = [voice.name for voice in view.claim.attribution if voice.name]
    if not names and view.claim.claimant:
        names = [view.claim.claimant]
    return _ARROW.join([shorten(view.label(view.claim.article_id), _LONGEST), *names]) if names else ""


def first_seen_words(view: ClaimView) -> str:
    """The article that published it first; "" for a claim of one article, or without dates."""
    first = view.first
    if first is None:
        return ""
    here = " (here)" if first.article_id == view.claim.article_id else ""
    doubt = "" if first.is_sure else f"; {first.why}"
    return f"First seen: {first.label}{here}, {as_known(first.published_at)}{doubt}"
