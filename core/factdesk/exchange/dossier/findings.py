"""What a reader of a dossier wants to know first, and what is left to do: summary, key findings, open points."""

from collections.abc import Callable, Iterable, Sequence

from factdesk.exchange.dataset import Whose
from factdesk.exchange.dossier.rows import CaseRows, Chosen, Fact
from factdesk.exchange.dossier.values import Badge, Entry, Point, Points
from factdesk.exchange.dossier.words import BADGES, UNDECIDED, listed, several, shorten
from factdesk.model.claims import Reason, Verdict
from factdesk.model.clusters import CellState
from factdesk.store.clusters import contradictions

_MOST = 12  # lines under one heading
_LONGEST = 220  # characters of a claim in a line

Pair = tuple[Fact, Entry]


def findings_of(pairs: Sequence[Pair]) -> tuple[Points, ...]:
    """What was found, conflicts first."""
    groups: list[tuple[str, str, Callable[[Pair], bool]]] = [
        ("Where sources contradict each other", "Both cannot be true at the same time.", _conflicts),
        (
            "Disputed",
            "Evidence speaks against these claims, or they mislead.",
            lambda pair: _is(pair, Verdict.DISPUTED) and not _conflicts(pair),
        ),
        (
            "Verified",
            "The evidence supports these claims.",
            lambda pair: _is(pair, Verdict.VERIFIED) and not _conflicts(pair),
        ),
        (
            "Unverified",
            "There is not enough evidence either way, or they cannot be checked.",
            lambda pair: _is(pair, Verdict.UNVERIFIED) and not _conflicts(pair),
        ),
    ]
    made = (_points(title, explains, filter(wanted, pairs), _why) for title, explains, wanted in groups)
    return tuple(points for points in made if points.points)


def open_points_of(chosen: Chosen, rows: CaseRows, pairs: Sequence[Pair]) -> tuple[Points, ...]:
    """What is left to do."""
    clashing = {each.cluster_id: each.reason for each in contradictions(chosen.r, rows.case.id)}
    asks_all = chosen.dataset.options.whose is Whose.ALL
    made = [
        _points(
            "Undecided, although sources disagree",
            "Sources contradict each other or differ, and nobody has given a verdict.",
            (pair for pair in pairs if pair[0].judgement.verdict is None and _disagree(pair[0])),
            _why,
        ),
        _points(
            "Not enough evidence",
            "Reviewers looked and could not decide; a further source could.",
            (pair for pair in pairs if pair[0].judgement.reason is Reason.NOT_ENOUGH_EVIDENCE),
            lambda pair: pair[1].ruling.note,
        ),
        _points(
            "Verdicts that do not go together",
            "One fact has several verdicts, or both sides of a conflict are verified.",
            (pair for pair in pairs if pair[0].row.cluster_id in clashing),
            lambda pair: clashing[pair[0].row.cluster_id or ""],
        ),
        _points(
            "Reviewers disagree",
            "Somebody gave another verdict than the one in force.",
            (pair for pair in pairs if asks_all and any(each.dissents for each in pair[1].opinions)),
            lambda pair: "; ".join(f"{o.reviewer}: {o.ruling.words}" for o in pair[1].opinions if o.dissents),
        ),
        _points(
            "Not found in some sources",
            "Two sources or more state it; the program found nothing about it in others. Worth a look: an omission can be news.",
            (pair for pair in pairs if pair[0].row.omitted_in),
            lambda pair: f"Nothing found in {listed([chosen.reference(id_) for id_ in pair[0].row.omitted_in])}.",
        ),
    ]
    return tuple(points for points in made if points.points)


def summary_of(chosen: Chosen, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The whole in a few sentences."""
    facts = [fact for rows in chosen.cases for fact in rows.facts]
    articles = {column.article_id for rows in chosen.cases for column in rows.columns}
    origins = {column.origin_id or column.article_id for rows in chosen.cases for column in rows.columns}
    names = listed([f"“{rows.case.name}”" for rows in chosen.cases]) or "no case"
    reprints = f", which come from {several(len(origins), 'origin')}," if len(origins) < len(articles) else ""
    told = [
        (
            f"This dossier compares what {several(len(articles), 'article')}{reprints} say about {names}. "
            f"It holds {several(len(entries), 'claim')}, each with every passage about it, the verdict of the reviewers and the evidence."
        )
    ]
    decided = [
        f"{count:,} {badge.word.lower()}" for badge, count in counts_of(entries) if count and badge is not UNDECIDED
    ]
    left = sum(entry.ruling.badge is UNDECIDED for entry in entries)
    words = f"Verdicts: {listed(decided)}." if decided else "No claim has a verdict yet."
    told.append(words + (f" {several(left, 'claim has', 'claims have')} no verdict yet." if left and decided else ""))
    told += _agreement(facts, entries)
    return tuple(told)


def counts_of(entries: Iterable[Entry]) -> tuple[tuple[Badge, int], ...]:
    """How many claims have which verdict."""
    badges = [entry.ruling.badge for entry in entries]
    return tuple((badge, badges.count(badge)) for badge in (*(BADGES[verdict] for verdict in Verdict), BADGES[None]))


def _agreement(facts: Sequence[Fact], entries: Sequence[Entry]) -> list[str]:
    conflicts = sum(fact.row.conflicts > 0 for fact in facts)
    agreed = sum(fact.row.sources > 1 and not fact.row.conflicts for fact in facts)
    single = sum(fact.row.sources + fact.row.conflicts == 1 for fact in facts)
    suggested = sum(entry.is_suggestion for entry in entries)
    told = []
    if facts:
        told.append(
            f"Sources contradict each other about {several(conflicts, 'claim')}. {several(agreed, 'claim is', 'claims are')} "
            f"stated by two sources or more without contradiction; {several(single, 'stands', 'stand')} in one source only."
        )
    if suggested:
        told.append(
            f"{several(suggested, 'claim is', 'claims are')} only a suggestion of the program that no person has looked at; "
            "each is marked as such."
        )
    return told


def _points(title: str, explains: str, pairs: Iterable[Pair], more: Callable[[Pair], str]) -> Points:
    found = list(pairs)
    points = tuple(
        Point(entry.number, entry.ruling.badge, shorten(entry.text, _LONGEST), shorten(more((fact, entry)), _LONGEST))
        for fact, entry in found[:_MOST]
    )
    return Points(title, explains, points, max(0, len(found) - _MOST))


def _is(pair: Pair, verdict: Verdict) -> bool:
    return pair[0].judgement.verdict is verdict


def _conflicts(pair: Pair) -> bool:
    return pair[0].row.conflicts > 0


def _disagree(fact: Fact) -> bool:
    return fact.row.conflicts > 0 or any(cell.state is CellState.DIFFERS for cell in fact.row.filled.values())


def _why(pair: Pair) -> str:
    entry = pair[1]
    told = [*entry.conflicts[:2]]
    if not told:
        told = [
            f"{s.source} differs: {s.differs}." for s in entry.statements if s.state == CellState.DIFFERS and s.differs
        ][:2]
    if entry.ruling.reason:
        told.append(f"Reason: {entry.ruling.reason}.")
    return " ".join(told) or f"{entry.sources}."
