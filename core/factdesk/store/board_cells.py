"""The cells of one row of the board: what each article says, and what differs, in a few words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from factdesk.compare.values import comparable, differing, normal_form
from factdesk.model.claims import Relation
from factdesk.model.clusters import CellState
from factdesk.model.stated import values_from_json, within
from factdesk.model.values import Value
from factdesk.store.board_source import Clash, Stated, Words

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_MOST_VALUES = 2
_ROWS_KEPT = 4096
_MOST_WORDS = 6
_OTHERWISE = 0.6  # from this share of other words on a claim is told by its beginning
_SEVERITY: dict[str, int] = {Relation.SAME: 0, Relation.DIFFERS: 1, Relation.CONFLICTS: 2}
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by for from had has have he her his in is it its of on or she that the their "
        "they this to was were which who will with would",
    )
)


@dataclass(frozen=True, slots=True)
class BoardCell:
    """What one article says about the fact of a row."""

    state: CellState
    claim_ids: tuple[str, ...] = ()  # the most telling one first
    shown: str = ""  # the value that differs, or who says it
    suggested: bool = False  # nobody has confirmed yet that it belongs here
    clashes: tuple[str, ...] = ()  # links by which claims of other rows contradict it


NOT_FOUND = BoardCell(CellState.NOT_FOUND)
NOT_MENTIONED = BoardCell(CellState.NOT_MENTIONED)


def cells_of(
    lead: str, claims: Sequence[Stated], words: Mapping[str, Words], clashes: Mapping[str, Sequence[Clash]]
) -> dict[str, BoardCell]:
    """The cells of the articles that say something, by article; `words` are needed where something differs."""
    shown: Mapping[str, str] = {}
    if lead in words and any(claim.relation != Relation.SAME for claim in claims):
        said = tuple((claim.id, claim.relation, words[claim.id]) for claim in claims if claim.id in words)
        shown = _differences(lead, said)
    is_stated = any(not claim.claimant and claim.relation == Relation.SAME for claim in claims)
    by_article: dict[str, list[Stated]] = {}
    for claim in claims:
        by_article.setdefault(claim.article_id, []).append(claim)
    cells = {article: _cell(here, shown, is_stated=is_stated) for article, here in by_article.items()}
    for article, here in by_article.items():
        against = [clash for claim in here for clash in clashes.get(claim.id, ())]
        if against:
            links = tuple(clash.link_id for clash in against)
            cells[article] = replace(
                cells[article],
                state=CellState.CONFLICTS,
                shown=against[0].reason or cells[article].shown,
                clashes=links,
            )
    return cells


def words_needed(lead: str, claims: Sequence[Stated]) -> list[str]:
    """The claims whose words say what differs; always that of the lead."""
    if all(claim.relation == Relation.SAME for claim in claims):
        return [lead]
    return [claim.id for claim in claims]


def _cell(here: Sequence[Stated], shown: Mapping[str, str], *, is_stated: bool) -> BoardCell:
    if len(here) > 1:
        here = sorted(here, key=lambda claim: (-_SEVERITY[claim.relation], claim.is_suggested))
    telling = here[0]
    if telling.relation == Relation.CONFLICTS:
        state = CellState.CONFLICTS
    elif telling.relation == Relation.DIFFERS:
        state = CellState.DIFFERS
    elif is_stated and telling.claimant and all(claim.claimant for claim in here):
        state = CellState.QUOTES
    else:
        state = CellState.STATES
    return BoardCell(
        state,
        (telling.id,) if len(here) == 1 else tuple(claim.id for claim in here),
        shown.get(telling.id) or telling.claimant,
        telling.is_suggested if len(here) == 1 else all(claim.is_suggested for claim in here),
    )


@lru_cache(_ROWS_KEPT)
def _differences(lead: str, claims: tuple[tuple[str, str, Words], ...]) -> Mapping[str, str]:
    """For each claim what of it differs from the lead, and for the lead and those that agree, what the others differ from.

    Kept, because a board is made anew after every decision, and hardly any of its words have changed.
    """
    words = {claim: said for claim, _, said in claims}
    others = [claim for claim, relation, _ in claims if relation != Relation.SAME and claim != lead]
    if not others:
        return {}
    values = {claim: within(values_from_json(said.values), said.start, said.end) for claim, said in words.items()}
    shown: dict[str, str] = {}
    disputed: list[Value] = []
    for other in others:
        pairs = differing(values[lead], values[other])
        if pairs:
            shown[other] = _named([theirs for _, theirs in pairs])
            disputed += [mine for mine, _ in pairs if mine not in disputed]
        else:
            shown[other] = _other_words(words[lead].quote, words[other].quote)
    if disputed:
        for claim in words.keys() - shown.keys():
            alike = [value for value in values[claim] if any(comparable(value, each) for each in disputed)]
            shown[claim] = _named(disputed if claim == lead else alike)
    else:
        shown[lead] = _other_words(words[others[0]].quote, words[lead].quote)
    return shown


def _named(values: Sequence[Value]) -> str:
    return ", ".join(list(dict.fromkeys(normal_form(value) for value in values))[:_MOST_VALUES])


def _other_words(without: str, text: str) -> str:
    """What a text says that another one lacks, as it stands there; its beginning where it lacks nearly all of it."""
    known = {word.casefold() for word in _WORD.findall(without)}
    words = list(_WORD.finditer(text))
    runs: list[list[re.Match[str]]] = [[]]
    for word in words:
        if word[0].casefold() in known:
            runs.append([])
        else:
            runs[-1].append(word)
    run = max(runs, key=_weight)
    if sum(map(_weight, runs)) > _OTHERWISE * _weight(words):
        return _begun(words)
    while run and run[0][0].casefold() in _LITTLE:
        run = run[1:]
    return _begun(run)


def _begun(words: Sequence[re.Match[str]]) -> str:
    """The first of some words, with what is between them."""
    if not words:
        return ""
    shown = list(words[:_MOST_WORDS])
    while len(shown) > 1 and shown[-1][0].casefold() in _LITTLE:
        shown.pop()
    return words[0].string[shown[0].start() : shown[-1].end()] + ("…" if shown[-1].end() < words[-1].end() else "")


def _weight(run: Sequence[re.Match[str]]) -> int:
    return sum(word[0].casefold() not in _LITTLE for word in run)
