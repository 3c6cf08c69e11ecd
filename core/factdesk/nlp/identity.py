"""Which mentions name the same thing, across spellings, short forms and acronyms. The answer is one canonical name each."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from factdesk.model.mentions import NAME_LABELS
from factdesk.nlp import data
from factdesk.nlp.drafts import ArticleDraft, NameUse

_REGION_WORD = re.compile(r"\s+(oblast|region|krai|province|governorate|prefecture|county|voivodeship)$", re.IGNORECASE)
_SOUNDS = (
    ("iy", "i"),
    ("yi", "i"),
    ("yy", "i"),
    ("ij", "i"),
    ("ii", "i"),
    ("y", "i"),
    ("j", "i"),
    ("kh", "h"),
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("ie", "e"),
    ("io", "o"),
    ("ia", "a"),
    ("iu", "u"),
    ("zh", "z"),
    ("dzh", "dz"),
    ("ou", "u"),
    ("oo", "u"),
)
_PEOPLE = {"NORP"}
_PLACES = {"GPE", "LOC"}


def fold(name: str) -> str:
    """Letters and digits without accents, lower case."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in flat if not unicodedata.combining(c))))


def skeleton(name: str) -> str:
    """How a name sounds, roughly: transliterations of one name share it."""
    word = fold(name)
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def alike(a: str, b: str, *, loose_from: int = 8) -> bool:
    """Whether two single words are probably spellings of one name; longer ones than `loose_from` may differ by two sounds."""
    x, y = skeleton(a), skeleton(b)
    if x == y:
        return True
    if min(len(x), len(y)) < 6 or x[0] != y[0]:
        return False
    return _distance(x, y) <= (1 if min(len(x), len(y)) < loose_from else 2) and abs(len(x) - len(y)) <= 2


def _distance(x: str, y: str) -> int:
    row = list(range(len(y) + 1))
    for i, a in enumerate(x, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(y, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def name_entities(settled: dict[str, list[NameUse]], drafts: Sequence[ArticleDraft]) -> None:
    """Gives every name of the case its canonical name, in place."""
    uses = [use for draft in drafts for use in settled[draft.article_id] if use.label in NAME_LABELS]
    definitions = {short: full for draft in drafts for short, full in draft.definitions.items()}
    people = _People(uses)
    regions = _regions(settled, drafts)
    names: Counter[tuple[str, str]] = Counter()
    for use in uses:
        use.entity = _canonical(use, definitions, people, regions)
        names[use.entity, use.label] += 1
    merged = _spellings(names)
    for use in uses:
        assert use.entity is not None  # noqa: S101  # set above
        use.entity = merged.get((use.entity, use.label), use.entity)


def _canonical(use: NameUse, definitions: dict[str, str], people: "_People", regions: dict[str, str]) -> str:
    text = re.sub(r"\s+", " ", use.text).strip()
    bare = re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)
    if use.label == "PERSON":
        return people.full(bare)
    if use.label == "NORP" and bare in data.demonyms():
        return data.demonyms()[bare]
    if bare in definitions:
        bare = re.sub(r"^the\s+", "", definitions[bare], flags=re.IGNORECASE)
    known = data.known_names().get(bare)
    if known is not None:
        return known.canonical
    if use.label in _PLACES:
        return regions.get(fold(_REGION_WORD.sub("", bare)), bare) if not bare.endswith(" City") else bare
    return bare


def _regions(settled: dict[str, list[NameUse]], drafts: Sequence[ArticleDraft]) -> dict[str, str]:
    """Places that the case knows as a region: bare name -> name with its word ("Lindholm Oblast")."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    spelled: dict[str, str] = {}
    for draft in drafts:
        for use in settled[draft.article_id]:
            if use.label not in _PLACES:
                continue
            inside = _REGION_WORD.search(use.text)
            name = _REGION_WORD.sub("", use.text)
            after = re.match(
                r"(?:\s+(?:and|border|[A-Z]\w+))*\s+(oblast|region|krai|province)s?\b",
                draft.text[use.span.end : use.span.end + 60],
                re.I,
            )
            before = draft.text[max(0, use.span.start - 12) : use.span.start]
            if inside or after:
                words[fold(name)][(inside or after).group(1).capitalize()] += 2 if inside else 1  # type: ignore[union-attr]  # one of both matched
                spelled[fold(name)] = name
            elif re.search(r"(?:city|town|village) of $", before):
                words[fold(name)][""] += 1
    found = {}
    for name, seen in words.items():
        if seen[""] * 2 > sum(seen.values()):
            continue
        tail = next((w for w in ("Oblast", "Krai", "Province", "Governorate", "County", "Region") if seen[w]), "Region")
        found[name] = f"{spelled[name]} {tail}"
    return found


class _People:
    """Full names of a case, and which of them a short form means."""

    def __init__(self, uses: Sequence[NameUse]) -> None:
        self._full: Counter[str] = Counter()
        for use in uses:
            words = use.text.split()
            if use.label == "PERSON" and len(words) > 1:
                self._full[self._cased(use.text)] += 1
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        for name, _count in self._full.most_common():
            self._by_surname[skeleton(name.split()[-1])].append(name)

    @staticmethod
    def _cased(name: str) -> str:
        return " ".join(w.capitalize() if w.isupper() and len(w) > 3 else w for w in name.split())

    def full(self, name: str) -> str:
        """The fullest name of the person meant."""
        name = self._cased(name)
        words = name.split()
        same = self._by_surname.get(skeleton(words[-1]), [])
        if not same:
            same = (
                [f for s, found in self._by_surname.items() if alike(s, words[-1]) for f in found]
                if len(words[-1]) > 5
                else []
            )
        for other in same:
            if len(words) == 1 or self._fits(words, other.split()):
                return other
        given = [f for f in self._full if f.split()[0] == words[0]] if len(words) == 1 else []
        return given[0] if len(given) == 1 else name

    @staticmethod
    def _fits(words: list[str], other: list[str]) -> bool:
        a, b = words[0].rstrip("."), other[0].rstrip(".")
        return alike(a, b) or (min(len(a), len(b)) == 1 and a[0] == b[0])


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
