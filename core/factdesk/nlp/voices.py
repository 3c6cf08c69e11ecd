"""Who a claim comes from: the speaker by name, and the voices behind or before it ("ISW, citing bloggers, said").

The one whose words the sentence gives comes first; the others follow with the word that brings them in: "citing" names whom the
speaker relies on, "according to" and "quoted by" who passes it on.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from factdesk.model.spans import Span
from factdesk.model.values import Attribution as Voice
from factdesk.nlp.drafts import ArticleDraft, Attribution, NameUse

_NEAR = 60  # names looked back through
_END = r"(?=[,.;:!?”\"»]|\s(?:said|says|reported|reports|that|and said|on \w+day)\b|$)"
_BEHIND = re.compile(
    rf"\b(?P<cue>citing|quoting|cited by|quoted by|as quoted by|as reported by|reported by|according to)\s+(?P<who>[^,.;:!?“”\"«»\n]{{2,80}}?){_END}",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?P<cue>told)\s+(?P<who>(?:the\s+)?[A-Z][^,.;:!?“”\"«»\n]{1,60}?)(?=[,.;:!?“”\"»]|\s(?:that|on|in|by|from|during|after|he|she|it|they|the)\b|$)"
)
_HE, _SHE = frozenset({"he", "him"}), frozenset({"she", "her"})
_MALE = re.compile(
    r"\b(?:Mr\.?|Sir|King|Prince|Lord|\w+sm[ae]n|chairman|businessman|father|brother|son|husband|Father|actor)\W+(?:[A-Z][\w.’'-]+\s+){0,2}$"
)
_FEMALE = re.compile(
    r"\b(?:Mrs\.?|Ms\.?|Miss|Lady|Queen|Princess|\w+swoman|chairwoman|businesswoman|mother|sister|daughter|wife|actress)\W+(?:[A-Z][\w.’'-]+\s+){0,2}$"
)
_OFFICE = re.compile(r"(?:the|The|its|their|his|her)\s+(?:[a-z-]+\s+){0,2}(?P<noun>[a-z]+)")
_BODY = frozenset(
    {"company", "firm", "agency", "ministry", "group", "institute", "organisation", "organization", "bank", "union", "think-tank", "newspaper", "paper", "channel", "party", "charity", "regulator",
     "watchdog", "committee", "commission", "university", "court", "council", "department", "service"}
)  # fmt: skip
_NO_OFFICE = frozenset(
    {"people", "man", "woman", "other", "others", "report", "statement", "study", "article", "source", "sources"}
)


def claimant(draft: ArticleDraft, uses: list[NameUse], span: Span, said: Attribution) -> str:
    """The speaker by name: names as the case knows them, pronouns and offices by whom they mean."""
    name = said.speaker
    if said.source is not None:
        named = next((use for use in touching(uses, said.source) if use.label == "PERSON"), None)
        if named is not None:
            return named.entity or name
    low = name.casefold()
    before = said.source.start if said.source is not None else span.start
    if low in _HE or low in _SHE:
        return _last_person(draft, uses, before, low) or name
    if low == "it":
        return _last(uses, before, {"ORG"}) or ""
    office = _OFFICE.fullmatch(name)
    if office is not None:
        return _holder(draft, uses, before, office["noun"]) or name
    if said.source is not None:
        whole = next(
            (
                use
                for use in touching(uses, said.source)
                if use.label == "ORG" and use.entity and len(use.span) * 2 > len(said.source)
            ),
            None,
        )
        return whole.entity or name if whole is not None else name
    return name


def chain(draft: ArticleDraft, uses: list[NameUse], sentence: Span, said: Attribution, name: str) -> tuple[Voice, ...]:
    """The speaker, and then whom the sentence names besides; nothing when nobody is named."""
    cue = said.cue.of(draft.text).strip() if said.cue is not None else ""
    found = [Voice(name or said.speaker, said.source, cue)] if name or said.speaker else []
    for who, cue in _others(draft.text, sentence, said):
        if not any(voice.span is not None and voice.span.overlaps(who) for voice in found):
            named = next(
                (use for use in touching(uses, who) if use.entity and use.label in {"PERSON", "ORG", "NORP", "GPE"}),
                None,
            )
            whole = named is not None and len(named.span) * 2 > len(who)
            found.append(Voice((named.entity or "") if named is not None and whole else who.of(draft.text), who, cue))
    return tuple(found)


def _others(text: str, sentence: Span, said: Attribution) -> Iterator[tuple[Span, str]]:
    """Sources named around what is said, not in it."""
    for pattern in (_BEHIND, _TOLD):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            who = Span(*match.span("who"))
            inside = said.content.contains(who) and not (said.cue is not None and said.content.contains(said.cue))
            behind_all = said.content.end == who.end or not text[who.end : said.content.end].strip(' .,”"')
            if (inside and not behind_all) or who.of(text)[0].isdigit():
                continue
            if pattern is _TOLD and not re.match(r"(?:the )?[A-Z]{2,}|(?:the )?(?:[A-Z]\w+ ?)+", who.of(text)):
                continue
            yield who, match["cue"].casefold().removeprefix("as ")


def touching(uses: list[NameUse], span: Span) -> list[NameUse]:
    """The names that share text with a span; `uses` are in text order."""
    near = uses[max(0, _place(uses, span.start) - 1) : _place(uses, span.end)]
    return [use for use in near if use.span.overlaps(span)]


def _place(uses: Sequence[NameUse], offset: int) -> int:
    return bisect_left(uses, offset, key=lambda use: use.span.start)


def _back(uses: Sequence[NameUse], offset: int) -> Iterator[NameUse]:
    """The names before an offset, the last one first."""
    end = _place(uses, offset)
    return reversed(uses[max(0, end - _NEAR) : end])


def _last(uses: Sequence[NameUse], offset: int, labels: set[str]) -> str:
    return next((use.entity or use.text for use in _back(uses, offset) if use.label in labels), "")


def _last_person(draft: ArticleDraft, uses: Sequence[NameUse], offset: int, pronoun: str) -> str:
    """The person named last before the offset, whom nothing in the article shows to be of the other sex."""
    contrary = _FEMALE if pronoun in _HE else _MALE
    others = {
        use.entity or use.text
        for use in uses
        if use.label == "PERSON" and contrary.search(draft.text, max(0, use.span.start - 40), use.span.start)
    }
    people = (use.entity or use.text for use in _back(uses, offset) if use.label == "PERSON")
    return next((name for name in people if name not in others), "")


def _holder(draft: ArticleDraft, uses: Sequence[NameUse], offset: int, noun: str) -> str:
    """Whom "the minister" or "the company" means: the person introduced with that word, the organisation named last."""
    if noun in _BODY:
        return _last(uses, offset, {"ORG"})
    if noun in _NO_OFFICE:
        return ""
    word = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE)
    for use in _back(uses, offset):
        if use.label == "PERSON":
            near = draft.text[max(0, use.span.start - 35) : use.span.start].rpartition(".")[2]
            behind = (
                re.split(r"[.\n]", draft.text[use.span.end : use.span.end + 40])[0]
                if draft.text[use.span.end : use.span.end + 1] == ","
                else ""
            )
            if word.search(near) or word.search(behind):
                return use.entity or use.text
    return ""
