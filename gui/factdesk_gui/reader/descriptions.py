"""What marks are, in words: for tooltips, menus and screen readers."""

from collections.abc import Callable

from factdesk.model.evidence import Stance
from factdesk.model.mentions import LABELS
from factdesk_gui import theme
from factdesk_gui.reader.marks import Mark, MarkKind

_LONGEST = 90
_STANCES = {Stance.SUPPORTS: "supports the claim", Stance.REFUTES: "refutes the claim", Stance.CONTEXT: "gives context"}


def shortened(quote: str) -> str:
    """A quote on one line, cut in the middle of nothing important."""
    flat = " ".join(quote.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"


def verdict_words(mark: Mark) -> str:
    """How a claim stands: "disputed", "suggested, no verdict yet"."""
    name = theme.current().verdict(mark.tone or None).name.lower()
    return f"suggested, {name}" if mark.suggested else name


def describe(mark: Mark, quote: str, entity_words: Callable[[Mark], tuple[str, str]]) -> str:
    """One line about a mark.

    Args:
        mark: the mark.
        quote: what the text says there.
        entity_words: the name of a mention's entity and where it is named, e.g. "12 mentions in 4 articles"; may be "".
    """
    if mark.kind is MarkKind.CLAIM:
        conflict = " · conflicts with another article" if mark.conflict else ""
        return f"Claim, {verdict_words(mark)}{conflict}: {shortened(quote)}"
    if mark.kind is MarkKind.PASSAGE:
        return f"Evidence, {_STANCES[Stance(mark.tone)]}: {shortened(quote)}"
    label = LABELS.get(mark.tone, mark.tone.lower())
    name, counts = entity_words(mark)
    is_named_otherwise = name and name.casefold() != " ".join(quote.split()).casefold()
    what = f"{shortened(quote)} ({name})" if is_named_otherwise else shortened(quote)
    suggested = " · suggested" if mark.suggested else ""
    return f"{what} — {label}{', ' + counts if counts else ''}{suggested}"
