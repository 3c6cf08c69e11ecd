"""The board: what each source says about each fact. Rows are clusters and claims that stand alone, columns articles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from factdesk.model.claims import Relation, Verdict
from factdesk.model.clusters import CellState
from factdesk.store.articles import article_names, unanalysed_articles
from factdesk.store.board_cells import NOT_FOUND, NOT_MENTIONED, BoardCell, cells_of, words_needed
from factdesk.store.board_source import (
    Clash,
    Group,
    Words,
    claims_of_entity,
    claims_with_words,
    load_absences,
    load_clashes,
    load_groups,
    load_words,
)
from factdesk.store.clusters import origins_of
from factdesk.store.connection import Queryable

_ENOUGH = 2  # other origins that state something before its absence is worth a look


class BoardOrder(Enum):
    """How the rows are sorted."""

    DISPUTE = "dispute"  # undecided first, of these those with most conflicts and differences
    TEXT = "text"
    COVERAGE = "coverage"  # most sources first
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which rows of a case are wanted; all that is asked for must hold."""

    case_id: str
    only_conflicts: bool = False  # where do sources conflict?
    only_omissions: bool = False  # in two sources or more, not found in another
    only_undecided: bool = False
    only_shared: bool = False  # in two origins or more, in whatever way
    only_agreed: bool = False  # what do sources agree on? in two origins or more, no conflict
    only_single: bool = False  # what is only in one?
    entity_id: str | None = None
    claimant: str | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """An article; those with the same origin share their text and count as one source."""

    article_id: str
    label: str
    origin_id: str | None = None
    share: float = 0.0  # part of its words that it has in common with its origin
    is_analysed: bool = True  # nothing is “not found” in an article that was not read yet


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One fact. Cells are kept only where an article says something or a person said that it does not."""

    key: str  # the cluster, or the claim that stands alone
    cluster_id: str | None
    lead_claim_id: str
    text: str
    verdict: Verdict | None
    inherited: int  # claims that have the verdict of the cluster
    own: int  # claims with a verdict of their own, in a cluster
    suggested: int  # claims whose place nobody has confirmed yet
    conflicts: int  # origins that contradict the lead, or in another row a claim of this one
    sources: int  # origins that state it, in whatever words
    score: float
    omitted_in: tuple[str, ...]  # articles in which it is not found although two other origins state it
    width: int
    filled: Mapping[int, BoardCell] = field(default_factory=dict)  # by number of the column

    def cell(self, column: int) -> BoardCell:
        """The cell in a column."""
        return self.filled.get(column, NOT_FOUND)

    @property
    def cells(self) -> tuple[BoardCell, ...]:
        """All cells, one for each column."""
        return tuple(self.filled.get(column, NOT_FOUND) for column in range(self.width))


@dataclass(frozen=True, slots=True)
class Board:
    """Columns and rows."""

    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]


def board(r: Queryable, wanted: BoardFilter, order: BoardOrder = BoardOrder.DISPUTE) -> Board:
    """The rows that fit, in order."""
    columns = board_columns(r, wanted.case_id)
    everything = load_groups(r, wanted.case_id)
    clashes = load_clashes(r, wanted.case_id, everything)
    groups = _chosen(r, wanted, everything)
    words = load_words(r, {claim for group in groups for claim in words_needed(_lead(group), group.claims)})
    absences = load_absences(r, wanted.case_id)
    maker = _Maker(columns, words, absences, clashes)
    rows = [row for group in groups if _fits(row := maker.row(group), wanted)]
    places = {group.key: n for n, group in enumerate(sorted(groups, key=maker.place))}
    rows.sort(key=lambda row: (*_SORTED[order](row), places[row.key]))
    return Board(columns, tuple(rows))


def omissions(r: Queryable, case_id: str) -> list[BoardRow]:
    """Facts that two origins or more state and another article seems to leave out, as work to do."""
    return list(board(r, BoardFilter(case_id, only_omissions=True), BoardOrder.COVERAGE).rows)


def board_columns(r: Queryable, case_id: str) -> tuple[BoardColumn, ...]:
    """The articles in case order, those of one origin side by side where its first one stands."""
    names = article_names(r, case_id)
    unread = set(unanalysed_articles(r, case_id))
    groups = {article: origin for origin in origins_of(r, case_id) for article in origin.article_ids}
    columns: dict[str, BoardColumn] = {}
    for article in names:
        origin = groups.get(article)
        for each in (article,) if origin is None else origin.article_ids:
            if each not in columns:
                share = 0.0 if origin is None else origin.shares[origin.article_ids.index(each)]
                columns[each] = BoardColumn(
                    each, names[each], None if origin is None else origin.id, share, each not in unread
                )
    return tuple(columns.values())


class _Maker:
    """Makes rows of groups."""

    def __init__(
        self,
        columns: tuple[BoardColumn, ...],
        words: Mapping[str, Words],
        absences: set[tuple[str, str]],
        clashes: Mapping[str, Sequence[Clash]],
    ) -> None:
        self._clashes = clashes
        self._columns = columns
        self._words = words
        self._numbers = {column.article_id: n for n, column in enumerate(columns)}
        self._origins = {column.article_id: column.origin_id or column.article_id for column in columns}
        self._absences: dict[str, list[str]] = {}
        for cluster, article in absences:
            self._absences.setdefault(cluster, []).append(article)

    def place(self, group: Group) -> tuple[int, int]:
        """Where the lead stands."""
        lead = next((claim for claim in group.claims if claim.id == group.lead), group.claims[0])
        return self._numbers[lead.article_id], lead.start

    def row(self, group: Group) -> BoardRow:
        """One row with its cells and figures."""
        lead = _lead(group)
        cells = cells_of(lead, group.claims, self._words, self._clashes)
        filled = {self._numbers[article]: cell for article, cell in cells.items()}
        for article in self._absences.get(group.key, ()):
            number = self._numbers.get(article)
            if number is not None and number not in filled:
                filled[number] = NOT_MENTIONED
        against = {self._origins[c.article_id] for c in group.claims if c.relation == Relation.CONFLICTS}
        against |= {self._origins[clash.article_id] for c in group.claims for clash in self._clashes.get(c.id, ())}
        stating = {self._origins[c.article_id] for c in group.claims if c.relation != Relation.CONFLICTS}
        words = self._words[lead]
        verdict = group.verdict or next((claim.verdict for claim in group.claims if claim.id == lead), None)
        in_cluster = group.cluster_id is not None
        return BoardRow(
            key=group.key,
            cluster_id=group.cluster_id,
            lead_claim_id=lead,
            text=" ".join((group.normalised or words.normalised or words.quote).split()),
            verdict=_VERDICTS[verdict],
            inherited=sum(claim.verdict is not None and not claim.is_own for claim in group.claims),
            own=sum(claim.is_own for claim in group.claims) if in_cluster else 0,
            suggested=sum(claim.is_suggested for claim in group.claims) if in_cluster else 0,
            conflicts=len(against),
            sources=len(stating),
            score=max(claim.score for claim in group.claims),
            omitted_in=self._omitted(filled, stating) if len(stating) >= _ENOUGH else (),
            width=len(self._columns),
            filled=filled,
        )

    def _omitted(self, filled: Mapping[int, BoardCell], stating: set[str]) -> tuple[str, ...]:
        said = {self._origins[self._columns[n].article_id] for n, cell in filled.items() if cell is not NOT_MENTIONED}
        return tuple(
            column.article_id
            for number, column in enumerate(self._columns)
            if number not in filled and column.is_analysed and self._origins[column.article_id] not in said | stating
        )


def _lead(group: Group) -> str:
    """The lead, or who stands for it when it was refused or its article removed."""
    return group.lead if any(claim.id == group.lead for claim in group.claims) else group.claims[0].id


def _chosen(r: Queryable, wanted: BoardFilter, groups: Iterable[Group]) -> list[Group]:
    """The groups that fit by their claims."""
    chosen = list(groups)
    if wanted.entity_id is not None:
        named = claims_of_entity(r, wanted.entity_id)
        chosen = [group for group in chosen if any(claim.id in named for claim in group.claims)]
    if wanted.claimant is not None:
        who = wanted.claimant.casefold()
        chosen = [group for group in chosen if any(claim.claimant.casefold() == who for claim in group.claims)]
    if wanted.search.strip():
        said, needle = claims_with_words(r, wanted.search), wanted.search.strip().casefold()
        chosen = [
            group
            for group in chosen
            if needle in group.normalised.casefold() or any(claim.id in said for claim in group.claims)
        ]
    return chosen


def _fits(row: BoardRow, wanted: BoardFilter) -> bool:
    everywhere = row.sources + row.conflicts
    asked = (
        (wanted.only_conflicts, row.conflicts > 0),
        (wanted.only_omissions, bool(row.omitted_in)),
        (wanted.only_undecided, row.verdict is None),
        (wanted.only_shared, everywhere >= _ENOUGH),
        (wanted.only_agreed, row.sources >= _ENOUGH and not row.conflicts),
        (wanted.only_single, everywhere == 1),
    )
    return all(holds for is_asked, holds in asked if is_asked)


def _differences(row: BoardRow) -> int:
    return sum(cell.state is CellState.DIFFERS for cell in row.filled.values())


_VERDICTS: dict[str | None, Verdict | None] = {None: None} | {str(verdict): verdict for verdict in Verdict}


def _by_dispute(row: BoardRow) -> tuple[float, ...]:
    undecided_first = (row.verdict is not None, -row.conflicts, -_differences(row), -len(row.omitted_in))
    return (*undecided_first, -row.sources, -row.score)


def _by_text(_row: BoardRow) -> tuple[float, ...]:
    return ()


def _by_coverage(row: BoardRow) -> tuple[float, ...]:
    return (-row.sources, -row.conflicts, -row.score)


def _by_score(row: BoardRow) -> tuple[float, ...]:
    return (-row.score,)


_SORTED: dict[BoardOrder, Callable[[BoardRow], tuple[float, ...]]] = {
    BoardOrder.DISPUTE: _by_dispute,
    BoardOrder.TEXT: _by_text,
    BoardOrder.COVERAGE: _by_coverage,
    BoardOrder.SCORE: _by_score,
}
