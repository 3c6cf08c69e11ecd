"""Which mentions name the same thing, across spellings, short forms and acronyms. The answer is one canonical name each."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from factdesk.model.mentions import NAME_LABELS
from factdesk.nlp import data
from factdesk.nlp.drafts import ArticleDraft, NameUse
from factdesk.nlp.people import People
from factdesk.nlp.sounds import alike, fold, skeleton

_REGION_WORD = re.compile(r"\s+(oblast|region|krai|province|governorate|prefecture|county|voivodeship)$", re.IGNORECASE)
_REGION_AFTER = re.compile(r"(?:\s+(?:and|border|[A-Z]\w+))*\s+(oblast|region|krai|province)s?\b", re.IGNORECASE)
_REGION_BEFORE = re.compile(r"\b(province|region|oblast|county|governorate) of $", re.IGNORECASE)
_TOWN_BEFORE = re.compile(r"\b(?:city|town|village|mayor|port|settlement) of $", re.IGNORECASE)
_THE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_PLACES = {"GPE", "LOC"}
_GENERAL = (
    frozenset(data.words("cues.org")) | frozenset(data.words("cues.fac")) | frozenset(data.words("identity.general"))
)


def name_entities(settled: dict[str, list[NameUse]], drafts: Sequence[ArticleDraft]) -> None:
    """Gives every name of the case its canonical name, in place."""
    case = _Case(settled, drafts)
    names: Counter[tuple[str, str]] = Counter()
    placed = [(draft, use) for draft in drafts for use in settled[draft.article_id] if use.label in NAME_LABELS]
    for draft, use in placed:
        use.entity = case.canonical(draft, use)
        names[use.entity, use.label] += 1
    merged = _spellings(names)
    for _draft, use in placed:
        assert use.entity is not None  # noqa: S101  # set above
        use.entity = merged.get((use.entity, use.label), use.entity)


class _Case:
    """What all articles together say about names."""

    def __init__(self, settled: dict[str, list[NameUse]], drafts: Sequence[ArticleDraft]) -> None:
        self._definitions = {short: full for draft in drafts for short, full in draft.definitions.items()}
        self._people = People(settled)
        self._regions, self._towns = _regions(settled, drafts)
        self._short = _short_forms([use for draft in drafts for use in settled[draft.article_id]])

    def canonical(self, draft: ArticleDraft, use: NameUse) -> str:
        """The name under which this mention's entity is known, before spellings are brought together."""
        text = re.sub(r"\s+", " ", use.text).strip()
        bare = _THE.sub("", text)
        if use.label == "PERSON":
            return self._people.full(bare, draft.article_id, use.span.start)
        if use.label == "NORP" and bare in data.demonyms():
            return data.demonyms()[bare]
        if bare in self._definitions:
            bare = _THE.sub("", self._definitions[bare])
        known = data.known_names().get(bare)
        if known is not None:
            return known.canonical
        if use.label in _PLACES:
            return self._place(draft, use, bare)
        return self._short.get(bare, bare) if use.label == "ORG" else bare

    def _place(self, draft: ArticleDraft, use: NameUse, bare: str) -> str:
        """A region by its word or by what the case says of it; a town that is called one stays apart from its region."""
        name = fold(_REGION_WORD.sub("", bare))
        if name in self._regions and _region_word(draft.text, use)[0]:
            return self._regions[name]
        if (
            bare.endswith(" City")
            or name in self._towns
            or _TOWN_BEFORE.search(draft.text[max(0, use.span.start - 20) : use.span.start])
        ):
            return bare
        return self._regions.get(name, bare)


def _regions(settled: dict[str, list[NameUse]], drafts: Sequence[ArticleDraft]) -> tuple[dict[str, str], set[str]]:
    """Places that the case knows as a region, bare name -> name with its word ("Lindholm Oblast"), and those it knows as a town too."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    spelled: dict[str, str] = {}
    for draft in drafts:
        for use in settled[draft.article_id]:
            if use.label not in _PLACES:
                continue
            name = _REGION_WORD.sub("", use.text)
            word, weight = _region_word(draft.text, use)
            if word:
                words[fold(name)][word] += weight
                spelled[fold(name)] = name
            elif _TOWN_BEFORE.search(draft.text[max(0, use.span.start - 20) : use.span.start]):
                words[fold(name)][""] += 1
    found, towns = {}, set()
    for name, seen in words.items():
        if name not in spelled:
            continue
        if seen[""] * 2 >= sum(seen.values()):
            towns.add(name)
        tail = next((w for w in ("Oblast", "Krai", "Province", "Governorate", "County", "Region") if seen[w]), "Region")
        found[name] = f"{spelled[name]} {tail}"
    return found, towns


def _region_word(text: str, use: NameUse) -> tuple[str, int]:
    """The word that calls this mention a region, and how much it says; "" where none does."""
    inside = _REGION_WORD.search(use.text)
    if inside:
        return inside.group(1).capitalize(), 2
    found = _REGION_AFTER.match(text[use.span.end : use.span.end + 60]) or _REGION_BEFORE.search(
        text[max(0, use.span.start - 25) : use.span.start]
    )
    return (found.group(1).capitalize(), 1) if found else ("", 0)


def _short_forms(uses: Sequence[NameUse]) -> dict[str, str]:
    """Organisations by their initials or their first word, where the case has only one that fits: NFB, Holm for Holm Shipping."""
    full = sorted({_THE.sub("", use.text) for use in uses if use.label == "ORG" and " " in use.text})
    others = {word for use in uses if use.label in {"PERSON", "GPE", "LOC", "NORP"} for word in use.text.split()}
    fitting: dict[str, set[str]] = defaultdict(set)
    for name in full:
        words = name.split()
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) > 2:
            fitting[initials].add(name)
        if len(words[0]) > 3 and words[0] not in others and _is_own_word(words[0]):
            fitting[words[0]].add(name)
    single = {_THE.sub("", use.text) for use in uses if use.label == "ORG" and " " not in _THE.sub("", use.text)}
    return {short: next(iter(names)) for short, names in fitting.items() if len(names) == 1 and short in single}


def _is_own_word(word: str) -> bool:
    """Whether a word names a firm rather than a place, a people or a sort of thing."""
    general = word in data.places() or word in data.known_names() or word in data.demonyms()
    return not general and word not in _GENERAL


def _spellings(names: Counter[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Rarer spellings and their commoner form, among names with one label."""
    merged: dict[tuple[str, str], str] = {}
    leaders: dict[str, list[str]] = defaultdict(list)
    for (name, label), _count in sorted(names.items(), key=lambda item: (-item[1], item[0])):
        group = "place" if label in _PLACES else label
        match = next((other for other in leaders[group] if _same(name, other, 7 if group == "place" else 8)), None)
        if match is None:
            leaders[group].append(name)
        else:
            merged[name, label] = match
    return merged


def _same(a: str, b: str, loose_from: int) -> bool:
    if fold(a) == fold(b):
        return True
    x, y = a.split(), b.split()
    if len(x) != len(y) or any(c.isdigit() for c in a + b):
        return False
    if data.places().get(a, "v") in "crp" and data.places().get(b, "v") in "crp":
        return skeleton(a) == skeleton(b)
    return all(alike(p, q, loose_from=loose_from) for p, q in zip(x, y, strict=True))
