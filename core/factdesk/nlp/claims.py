"""From scored sentences to proposed claims: span, claimant, content, and which copy comes first."""

from bisect import bisect_left
from collections.abc import Sequence

from factdesk.model.analysis import FoundClaim
from factdesk.model.spans import Span
from factdesk.nlp import checkworthy, features
from factdesk.nlp.attribution import resolve_speaker
from factdesk.nlp.drafts import ArticleDraft, Attribution, NameUse, SentenceDraft
from factdesk.nlp.sentences import bare

_NEAR = 60  # names looked back through for the person a pronoun means


def claims_of(draft: ArticleDraft, uses: list[NameUse]) -> list[FoundClaim]:
    """The claims of one article in text order. A quotation over several sentences is the content of its first claim only."""
    index: dict[int, int] = {}
    made: list[FoundClaim] = []
    told: set[Span] = set()
    for i, sentence in enumerate(draft.sentences):
        original = draft.sentences[sentence.repeat_of] if sentence.repeat_of is not None else sentence
        span = bare(draft.text, sentence.span)
        if span is None or not checkworthy.is_claim(original):
            continue
        copy_of = index.get(sentence.repeat_of) if sentence.repeat_of is not None else None
        if sentence.repeat_of is not None and copy_of is None:
            continue
        index[i] = len(made)
        said = _main(sentence)
        claimant, source, content = _who(draft, uses, span, said)
        if said is not None and said.content in told:
            content = None
        elif said is not None:
            told.add(said.content)
        made.append(
            FoundClaim(
                span,
                original.score,
                checkworthy.kind(sentence),
                claimant,
                source,
                content,
                features.in_words(sentence.features),
                copy_of,
                values=sentence.values,
            )
        )
    return made


def _main(sentence: SentenceDraft) -> Attribution | None:
    """The attribution that covers most; a sentence inside a longer quotation has that one."""
    longest = max(sentence.attributions, key=lambda a: (len(a.content), -a.content.start), default=None)
    return longest or sentence.continued


def _who(
    draft: ArticleDraft, uses: list[NameUse], span: Span, said: Attribution | None
) -> tuple[str, Span | None, Span | None]:
    """The claimant by name, where it stands, and what is said."""
    if said is None:
        return "", None, None
    claimant = resolve_speaker(said, _last_person(uses, span))
    if said.source is not None:
        named = next((use for use in _touching(uses, said.source) if use.label == "PERSON"), None)
        claimant = named.entity or claimant if named is not None else claimant
    return claimant, said.source, bare(draft.text, said.content)


def _place(uses: Sequence[NameUse], offset: int) -> int:
    return bisect_left(uses, offset, key=lambda use: use.span.start)


def _touching(uses: list[NameUse], span: Span) -> list[NameUse]:
    near = uses[max(0, _place(uses, span.start) - 1) : _place(uses, span.end)]
    return [use for use in near if use.span.overlaps(span)]


def _last_person(uses: list[NameUse], span: Span) -> str:
    """The person named last before the span, "" when there is none near."""
    end = _place(uses, span.start)
    people = (use for use in reversed(uses[max(0, end - _NEAR) : end]) if use.label == "PERSON")
    return next((use.entity or use.text for use in people), "")
