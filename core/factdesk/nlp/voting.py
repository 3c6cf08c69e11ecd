"""One name, one label: what the whole case says about each name.

The pipeline labels every mention alone, and calls one town a person here and a product there. Here every mention, the words
around it and the word lists vote; the winner labels all mentions of that name, unless one's own surroundings speak louder.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from factdesk.model.mentions import NAME_LABELS
from factdesk.model.spans import Span
from factdesk.nlp import data
from factdesk.nlp.drafts import ArticleDraft, NameUse

Votes = dict[str, dict[str, float]]

_CASE = 3.0  # what the share of the case's votes counts beside one mention's own surroundings
_PRIOR = {"r": 2.0, "p": 1.5, "v": 0.5}
_WEAK_LABELS = {"PRODUCT": 0.5, "WORK_OF_ART": 0.6, "LAW": 0.8, "NORP": 0.8, "FAC": 0.8, "EVENT": 0.8}


def key(name: str) -> str:
    """The same for every way to write the same letters."""
    return re.sub(r"[\s\u00a0]+", " ", name).strip().casefold()


def vote(drafts: Iterable[ArticleDraft]) -> dict[str, list[NameUse]]:
    """The mentions of each article with the labels the case agrees on, and those found by name alone added."""
    drafts = list(drafts)
    uses = [use for draft in drafts for use in draft.uses if use.label in NAME_LABELS]
    votes = _votes(uses, drafts)
    settled: dict[str, list[NameUse]] = {}
    for draft in drafts:
        settled[draft.article_id] = [_judged(use, votes) for use in draft.uses]
    wanted = _worth_finding([u for found in settled.values() for u in found])
    for short in {short for draft in drafts for short in draft.definitions}:
        wanted.setdefault(short, "ORG")
    for draft in drafts:
        found = _rejoined(draft.text, settled[draft.article_id], wanted)
        settled[draft.article_id] = found
        found += _missed(draft.text, found, wanted)
        found.sort(key=lambda use: use.span)
    return settled


def _votes(uses: list[NameUse], drafts: list[ArticleDraft]) -> Votes:
    votes: Votes = defaultdict(lambda: defaultdict(float))
    for use in uses:
        own = votes[key(use.text)]
        own[use.label] += _WEAK_LABELS.get(use.label, 1.0) * (4.0 if use.sure else 1.0)
        for label, weight in use.cues.items():
            own[label] += weight
    for name, people in _surnames(uses).items():
        if name in votes:
            votes[name]["PERSON"] += 3.0 * min(people, 3)
    for short in {key(short) for draft in drafts for short in draft.definitions} & votes.keys():
        votes[short]["ORG"] += 2.0
    counts = Counter(use.text for use in uses)
    for text in counts.keys() - data.known_names().keys():
        votes[key(text)]["GPE"] += _prior(text, counts[text])
    return votes


def _prior(text: str, count: int) -> float:
    """What the list of places says; of a name of several words it is as good as each mention, of one word only a hint."""
    hint = _PRIOR.get(data.places().get(text, ""), 0.0)
    several = " " in text and text.split(maxsplit=1)[0] not in data.given_names()
    return hint * (count if several else 1)


def _surnames(uses: list[NameUse]) -> Counter[str]:
    """How many times a single word ends a full name of a person."""
    found: Counter[str] = Counter()
    for use in uses:
        words = use.text.split()
        if use.label == "PERSON" and 2 <= len(words) <= 4 and not any(c.isdigit() for c in use.text):
            found[key(words[-1])] += 1
    return found


def _judged(use: NameUse, votes: Votes) -> NameUse:
    if use.sure or use.label not in NAME_LABELS:
        return use
    own = votes[key(use.text)]
    total = sum(own.values())
    score = {label: _CASE * weight / total for label, weight in own.items()}
    score[use.label] = score.get(use.label, 0.0) + 0.8
    for label, weight in use.cues.items():
        score[label] = score.get(label, 0.0) + 0.5 * weight
    best = max(sorted(score), key=lambda label: score[label])
    return NameUse(use.span, use.text, best, use.cues)


def _worth_finding(uses: list[NameUse]) -> dict[str, str]:
    """Names and labels that are sure enough to be marked wherever they stand."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for use in uses:
        if use.label in {"PERSON", "GPE", "ORG", "NORP", "LOC"} and len(use.text) > 2 and use.text[0].isupper():
            seen[use.text][use.label] += 1
    full = {w for use in uses if use.label == "PERSON" and len(use.text.split()) > 1 for w in use.text.split()[-1:]}
    wanted = {}
    for text, labels in seen.items():
        label, count = labels.most_common(1)[0]
        if " " in text or text in full or (count >= 2 and count >= 0.8 * sum(labels.values())):
            wanted[text] = label
    for word in full:
        if len(word) > 3 and word[0].isupper():
            wanted.setdefault(word, "PERSON")
    return wanted


def _rejoined(text: str, found: list[NameUse], wanted: dict[str, str]) -> list[NameUse]:
    """Full names whose words were taken for two names here, but stand as one elsewhere in the case."""
    names: dict[tuple[str, str], str] = {}
    for name, label in wanted.items():
        words = name.split(" ")
        if len(words) == 2 and label in {"PERSON", "GPE"}:
            names[words[0], words[1]] = label
    kept: list[NameUse] = []
    for use in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and text[before.span.end : use.span.start] in {" ", "\u00a0"}
            and (before.text, use.text) in names
        ):
            span = Span(before.span.start, use.span.end)
            kept[-1] = NameUse(span, f"{before.text} {use.text}", names[before.text, use.text])
        else:
            kept.append(use)
    return kept


def _missed(text: str, found: list[NameUse], wanted: dict[str, str]) -> list[NameUse]:
    if not wanted:
        return []
    covered = sorted((use.span.start, use.span.end) for use in found)
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in sorted(wanted, key=len, reverse=True)) + r")(?!\w)"
    )
    added, at = [], 0
    for match in pattern.finditer(text):
        while at < len(covered) and covered[at][1] <= match.start():
            at += 1
        if at < len(covered) and covered[at][0] < match.end():
            continue
        if _inside_longer(text, match.start(), match.end()):
            continue
        added.append(NameUse(Span(match.start(), match.end()), match.group(), wanted[match.group()]))
    return added


def _inside_longer(text: str, start: int, end: int) -> bool:
    """Whether a capitalised neighbour in the same sentence makes it a part of another name."""
    after = re.match(r"[ \u00a0-]([A-Z]\w+)", text[end : end + 40])
    before = re.search(r"([A-Z][\w'’]+)[ \u00a0-]$", text[max(0, start - 40) : start])
    if after is not None:
        return True
    return before is not None and not re.search(
        r"(?:^|[.!?“\n]\s*)[A-Z][\w'’]+[ \u00a0-]$", text[max(0, start - 40) : start]
    )
