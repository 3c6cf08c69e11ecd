"""Who says it, on whose word, and where it was said first."""

from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.words import when

_ARROW = " ← "


def chain_of(view: ClaimView) -> str:
    """The article, who it names as the speaker, and whose word that one gives: "Northern Wire ← the mayor"."""
    names = [voice.name for voice in view.claim.attribution if voice.name]
    if not names and view.claim.claimant:
        names = [view.claim.claimant]
    return _ARROW.join([view.label(view.claim.article_id), *names]) if names else ""


def first_seen(view: ClaimView) -> str:
    """The article of the cluster that was published first; "" for a claim of one article, or without dates."""
    if not view.others:
        return ""
    dated = [
        (view.articles[one.claim.article_id].meta.published_at, one.claim)
        for one in view.members
        if view.articles[one.claim.article_id].meta.published_at
    ]
    if not dated:
        return ""
    time, first = min(dated, key=lambda pair: pair[0])
    here = " (here)" if first.article_id == view.claim.article_id else ""
    unknown = len({one.claim.article_id for one in view.members}) - len({one.article_id for _, one in dated})
    left = f"; {unknown} without a date" if unknown else ""
    return f"First seen: {view.label(first.article_id)}{here}, {when(time)}{left}"
