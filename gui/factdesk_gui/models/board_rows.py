"""Rows of the board beyond Qt: which ones a filter leaves, where they stand, what a cell says in words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from factdesk.model.claims import Verdict
from factdesk.model.clusters import CellState
from factdesk.store.board import BoardColumn, BoardRow
from factdesk.store.board_cells import BoardCell

STATE_GLYPHS: dict[CellState, str] = {
    CellState.STATES: "=",
    CellState.DIFFERS: "≈",
    CellState.CONFLICTS: "≠",
    CellState.QUOTES: "“",
    CellState.NOT_FOUND: "·",
    CellState.NOT_MENTIONED: "∅",
}
ABSENT = frozenset({CellState.NOT_FOUND, CellState.NOT_MENTIONED})


class Chip(StrEnum):
    """What the board can be narrowed to; every row is in exactly one of the second to the fifth."""

    ALL = "all"
    AGREE = "all agree"
    SHARED = "some agree"
    CONFLICTS = "conflicts"
    ONE = "only in one"
    OMISSIONS = "omissions"
    UNDECIDED = "undecided"
    CONTRADICTIONS = "contradictions"


@dataclass(frozen=True, slots=True)
class Sources:
    """The articles as independent sources.

    Attributes:
        number: how many there are; articles that share their text are one.
        sections: number of the column of each article.
    """

    number: int
    sections: Mapping[str, int]

    @classmethod
    def of(cls, columns: Sequence[BoardColumn]) -> "Sources":
        """Counts the columns by their origin."""
        origins = {column.origin_id or column.article_id for column in columns}
        return cls(len(origins), {column.article_id: at for at, column in enumerate(columns)})

    def omissions(self, row: BoardRow) -> list[int]:
        """Open work: columns that do not say what two other sources say."""
        return [self.sections[article] for article in row.omitted_in if article in self.sections]

    def fits(self, row: BoardRow, chip: Chip, contradicted: Collection[str] = ()) -> bool:
        """Whether a chip leaves the row."""
        match chip:
            case Chip.AGREE | Chip.SHARED:
                shared = row.sources > 1 and not row.conflicts
                return shared and (row.sources == self.number) == (chip is Chip.AGREE)
            case Chip.CONFLICTS:
                return row.conflicts > 0
            case Chip.ONE:
                return row.sources < 2 and not row.conflicts
            case Chip.OMISSIONS:
                return bool(row.omitted_in)
            case Chip.UNDECIDED:
                return row.verdict is None
            case Chip.CONTRADICTIONS:
                return row.key in contradicted
        return True

    def counts(self, rows: Iterable[BoardRow], contradicted: Collection[str]) -> dict[Chip, int]:
        """How many rows each chip would leave; of omissions the number of open cells."""
        found = Counter[Chip]()
        for row in rows:
            found.update(chip for chip in Chip if self.fits(row, chip, contradicted))
        found[Chip.OMISSIONS] = sum(len(row.omitted_in) for row in rows)
        return dict(found)


@dataclass(frozen=True, slots=True)
class OwnVerdicts:
    """What was decided about single claims beside the verdict of their row.

    Attributes:
        verdicts: by claim.
        contradictions: by row, in words: verdicts of it that do not go together.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    contradictions: Mapping[str, str] = field(default_factory=dict)

    def of(self, cell: BoardCell) -> Verdict | None:
        """The verdict that a cell has of its own."""
        return next((self.verdicts[claim] for claim in cell.claim_ids if claim in self.verdicts), None)


def identities(row: BoardRow) -> Iterator[str]:
    """What a row can be recognised by after a change: itself, its lead, then its other claims."""
    yield row.key
    yield row.lead_claim_id
    for cell in row.filled.values():
        yield from cell.claim_ids


def settle(shown: Sequence[BoardRow], newer: Sequence[BoardRow], known: Sequence[BoardRow]) -> list[BoardRow]:
    """The rows to show after the project changed, without moving one that is on screen.

    Args:
        shown: the rows on screen.
        newer: what a fresh question gives, in its order.
        known: all rows there are: one on screen that no longer fits the question stays until the reviewer asks anew.

    Returns:
        Rows on screen in their old order, as they are now; each new row follows the one it follows in `newer`.
    """
    places = {name: row for row in known for name in (row.key, row.lead_claim_id)}
    kept: dict[str, BoardRow] = {}
    for row in shown:
        now = next((places[name] for name in identities(row) if name in places), None)
        if now is not None:
            kept.setdefault(now.key, now)
    followers: dict[str, list[BoardRow]] = defaultdict(list)
    anchor = ""
    for row in newer:
        if row.key in kept:
            anchor = row.key
        else:
            followers[anchor].append(row)
    settled = followers[""]
    for key, row in kept.items():
        settled += [row, *followers[key]]
    return settled


def cell_words(cell: BoardCell) -> str:
    """What a cell says in a few words: the value that differs or who says it, else its state."""
    return cell.shown or cell.state.value


def spoken_cell(column: BoardColumn, cell: BoardCell, own: Verdict | None = None) -> str:
    """A cell as a screen reader says it: “Courier: conflicts, 200 soldiers, suggested”."""
    state = cell.state.value if column.is_analysed or cell.claim_ids else "not read yet"
    parts = [state, cell.shown, "suggested" if cell.suggested else "", *cell_notes(cell, own)]
    return f"{column.label}: {', '.join(part for part in parts if part)}"


def cell_notes(cell: BoardCell, own: Verdict | None) -> list[str]:
    """What else is to be known about a cell: more claims in it, a verdict of its own."""
    notes = [f"{len(cell.claim_ids)} passages"] if len(cell.claim_ids) > 1 else []
    if cell.clashes:
        notes.append("contradicted in another row")
    return [*notes, f"in this article {own}"] if own else notes


def spoken_row(row: BoardRow, of_sources: int, contradiction: str = "") -> str:
    """The head of a row as a screen reader says it."""
    parts = [row.verdict.value if row.verdict else "no verdict yet", row.text, sources_words(row, of_sources)]
    if row.conflicts:
        parts.append("1 conflict" if row.conflicts == 1 else f"{row.conflicts} conflicts")
    return ", ".join([*parts, contradiction] if contradiction else parts)


def sources_words(row: BoardRow, of_sources: int) -> str:
    """How many independent sources state it."""
    return f"stated by {row.sources} of {of_sources} sources"


_MEANINGS: dict[CellState, str] = {
    CellState.STATES: "States it",
    CellState.DIFFERS: "Says it otherwise, or more precisely",
    CellState.CONFLICTS: "Contradicts it",
    CellState.QUOTES: "Puts it into someone’s mouth",
    CellState.NOT_FOUND: "The machine found nothing about it here. O confirms that it is not mentioned; "
    "if it is, select the passage in the article and press H",
    CellState.NOT_MENTIONED: "A person confirmed that the article does not mention it",
}


def cell_tip(column: BoardColumn, cell: BoardCell, own: Verdict | None = None) -> str:
    """A cell in sentences."""
    if cell.state is CellState.NOT_FOUND and not column.is_analysed:
        return f"{column.label}\nNot read by the machine yet: Pre-annotate first"
    lines = [column.label, _MEANINGS[cell.state] + (f": {cell.shown}" if cell.shown else "")]
    if cell.suggested:
        lines.append("Suggested by the machine: A accepts it, X refuses it")
    elif cell.clashes:
        lines.append("X says that there is no contradiction")
    return "\n".join([*lines, *(note[0].upper() + note[1:] for note in cell_notes(cell, own))])


def row_tip(row: BoardRow, of_sources: int, contradiction: str = "") -> str:
    """A fact whole, with what was decided."""
    state = row.verdict.value.capitalize() if row.verdict else "No verdict yet"
    lines = [row.text, f"{state}, {sources_words(row, of_sources)}"]
    if row.own:
        lines.append(f"Claims with a verdict of their own: {row.own}")
    return "\n".join([*lines, contradiction] if contradiction else lines)
