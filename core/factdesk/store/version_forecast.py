"""What would become of the marks of an article if a corrected text took its place. Nothing is written."""

from collections import Counter
from dataclasses import dataclass

from factdesk.compare.anchors import Carrier
from factdesk.compare.text_diff import TextDiff
from factdesk.model.claims import Anchor
from factdesk.model.spans import Span
from factdesk.model.versions import MarkKind
from factdesk.store.articles import article_text
from factdesk.store.connection import Queryable
from factdesk.store.evidence import passages_in
from factdesk.store.touching import claims_before, mentions_before


@dataclass(frozen=True, slots=True)
class ForecastMark:
    """One mark that a person made, accepted or decided about, and where it would go."""

    kind: MarkKind
    span: Span  # in the old text
    quote: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class VersionForecast:
    """The difference of two texts and what it does to the marks of the old one."""

    old: str
    new: str
    diff: TextDiff
    marks: tuple[ForecastMark, ...]
    suggestions: int  # marks of the machine that nobody touched: they are found anew

    def count(self, kind: MarkKind) -> Counter[Anchor]:
        """How many marks of a kind stay, move, change or are left behind."""
        return Counter(mark.anchor for mark in self.marks if mark.kind is kind)


def forecast(r: Queryable, article_id: str, new_text: str) -> VersionForecast:
    """Compare, and carry the marks over as replacing the article would; takes its time with long texts."""
    old = article_text(r, article_id)
    carrier = Carrier(old, new_text)
    spans: dict[MarkKind, list[Span]] = {}
    suggestions = 0
    for kind, before in ((MarkKind.CLAIM, claims_before), (MarkKind.MENTION, mentions_before)):
        rows = before(r, article_id)
        spans[kind] = [Span(row["start"], row["end"]) for row in rows if row["touched"]]
        suggestions += sum(not row["touched"] for row in rows)
    spans[MarkKind.EVIDENCE] = [found.span for found in passages_in(r, article_id) if found.span is not None]
    marks: list[ForecastMark] = []
    for kind, wanted in spans.items():
        places = carrier.place_all(wanted)
        for span in sorted(wanted):
            placed = places.get(span)
            marks.append(ForecastMark(kind, span, span.of(old), placed.anchor if placed else Anchor.ORPHAN))
    return VersionForecast(old, new_text, carrier.diff, tuple(marks), suggestions)
