"""Marks of another tool as they are read: places moved into the stored text, labels and verdicts put into our words.

What could not be taken over is counted, and told in whole sentences with the article.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.readings import Reading, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import ClaimKind, Judgement
from factdesk.model.given import Given, GivenClaim, GivenEvidence, GivenLink, GivenMention
from factdesk.model.spans import Span
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.moved import moved
from factdesk.text.normalise import is_normalised, normalise

T = TypeVar("T")

_NAMED = 3
_NOT_TEXT = "\ufeff\ufffd \t\n\f\v"


class Marking:
    """One text and the marks that come with it. Positions given are code points of the text as it was in the file."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = normalise(raw)
        self.claims: list[GivenClaim] = []
        self.mentions: list[GivenMention] = []
        self.links: list[GivenLink] = []
        self.evidence: list[GivenEvidence] = []
        self.told: list[str] = []  # further sentences
        self._moved = moved(raw)
        self._outside = 0
        self._labels: Counter[str] = Counter()
        self._verdicts: Counter[str] = Counter()

    def span(self, start: object, end: object) -> Span | None:
        """A place in the stored text; None, and counted, for what is no place with words in it."""
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(self.raw):
            first, last = self._moved(start), self._moved(end)
            if first < last and self.text[first:last].strip():
                return Span(first, last)
        self._outside += 1
        return None

    def mention(self, span: Span, label: str, entity: str = "", *, is_suggestion: bool = False) -> None:
        """A mention; a label that we have no word for is kept, and told."""
        known = foreign_labels.label_of(label)
        if known is None:
            known = foreign_labels.own_label(label)
            if not known:
                self._outside += 1
                return
            self._labels[known] += 1
        self.mentions.append(GivenMention(span, known, entity, is_suggestion))

    def verdict(self, word: str, reason: str = "", note: str = "", confidence: int | None = None) -> Judgement:
        """A judgement in our words; an unknown word for a verdict is told and left out, the note stays."""
        meaning = foreign_labels.verdict_of(word)
        if meaning is None:
            if not foreign_labels.is_undecided(word):
                self._verdicts[word.strip()] += 1
            return Judgement(note=note, confidence=confidence)
        verdict, meant = meaning
        return Judgement(verdict, foreign_labels.reason_of(reason, verdict) or meant, note, confidence)

    def claim(self, span: Span, key: str, judgement: Judgement, kind: str = "", *, is_suggestion: bool = False,
              reviewer: str = "", decided_at: str = "", normalised: str = "", score: float | None = None) -> None:  # fmt: skip
        """A claim."""
        is_mere = is_suggestion and judgement.verdict is None
        self.claims.append(
            GivenClaim(
                span,
                key,
                foreign_labels.kind_of(kind) or ClaimKind.EVENT,
                judgement,
                reviewer,
                decided_at,
                normalised,
                score=score,
                is_suggestion=is_mere,
            )
        )

    @property
    def given(self) -> Given:
        """All of them."""
        return Given(
            claims=tuple(map(_storable, self.claims)),
            mentions=tuple(map(_storable, self.mentions)),
            links=tuple(map(_storable, self.links)),
            evidence=tuple(map(_storable, self.evidence)),
        )

    def warnings(self) -> tuple[str, ...]:
        """What a person should know about them."""
        return (*self.told, *self._sentences())

    def reading(
        self, file: SourceFile, original: bytes, meta: ArticleMeta | None = None, place: str = "", *, name: str = "",
        media_type: str = "application/json", encoding: str = "utf-8", captured_at: str = "",
    ) -> Reading:  # fmt: skip
        """The article with its marks; what is not known of it is guessed from its text."""
        if not self.text.strip(_NOT_TEXT):
            raise ImportRefusedError(
                f"{file.quoted} holds a text without a word.", "There is nothing to import from it."
            )
        known = meta or ArticleMeta()
        known = _storable(known)
        whole = ArticleMeta(
            known.title or find_headline(self.text),
            known.publisher,
            known.byline,
            known.url,
            known.published_at,
            known.language or guess_language(self.text),
        )
        source = ArticleSource(original, name or file.name, encoding, media_type, captured_at or file.captured_at)
        return Reading(NewArticle(self.text, whole, source), warnings=self.warnings(), place=place, given=self.given)

    def _sentences(self) -> Iterator[str]:
        if self._outside:
            yield f"{_marks(self._outside)} left out: nothing stands at the place given."
        if self._labels:
            yield f"Labels that are none of ours were kept as they are: {_list(self._labels)}."
        if self._verdicts:
            yield f"Words that are no verdict here were left out: {_list(self._verdicts)}."


def meta_of(record: object) -> ArticleMeta:
    """What a record with our own names of fields says about an article."""
    if not isinstance(record, dict):
        return ArticleMeta()
    names = ("title", "publisher", "byline", "url", "published_at", "language")
    values = [record.get(name) for name in names]
    return ArticleMeta(*(value if isinstance(value, str) else "" for value in values))


def _storable(value: T) -> T:
    """The same with texts that every file can hold: no half characters, which JSON allows."""
    changed: dict[str, Any] = {}
    for each in fields(value):  # type: ignore[arg-type]  # a dataclass, as all that is given
        found = getattr(value, each.name)
        if isinstance(found, Judgement):
            changed[each.name] = replace(found, note=normalise(found.note))
        elif type(found) is str and not is_normalised(found):
            changed[each.name] = normalise(found)
    return replace(value, **changed) if changed else value  # type: ignore[type-var]  # as above


def _marks(number: int) -> str:
    return "1 mark was" if number == 1 else f"{number:,} marks were"


def _list(words: Counter[str]) -> str:
    named = [f"“{word}” ({count:,})" for word, count in words.most_common(_NAMED)]
    more = len(words) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")
