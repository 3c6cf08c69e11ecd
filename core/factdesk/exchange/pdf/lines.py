"""From pieces of text on a page to lines: pieces on one baseline and near each other belong together.

Everything here is geometry in points, y upwards, and knows no PDF library.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT = re.compile("[^\\W\\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_APART = 0.9  # ems between two pieces that make them two lines beside each other
_WORD = 0.14  # ems between two pieces that make them two words


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without a gap on one baseline, in the order in which it is read."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column, or a cell of a table."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False

    @property
    def top(self) -> float:
        """Where capital letters end, roughly."""
        return self.base + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where letters below the baseline end, roughly."""
        return self.base - 0.25 * self.size

    @property
    def is_rtl(self) -> bool:
        """Whether it is read from right to left."""
        return is_rtl(self.text)


def is_rtl(text: str) -> bool:
    """Whether most letters are of a script that is written from right to left."""
    return len(_RIGHT_TO_LEFT.findall(text)) > len(_LEFT_TO_RIGHT.findall(text))


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of a page from top to bottom; those of columns beside each other stay apart."""
    rows: list[list[Piece]] = []
    for piece in sorted(_with_initials(pieces), key=lambda each: -each.base):
        if not piece.text.strip():
            continue
        row = rows[-1] if rows else None
        if row is not None and row[0].base - piece.base <= 0.25 * min(row[0].size, piece.size):
            row.append(piece)
        else:
            rows.append([piece])
    _attach_raised(rows)
    return [line for row in rows if row for line in _lines_of_row(row)]


def joined(first: Line, second: Line, between: str) -> Line:
    """Two lines of one row as one."""
    return Line(
        first.text + between + second.text,
        min(first.left, second.left),
        max(first.right, second.right),
        first.base,
        max(first.size, second.size),
        first.bold and second.bold,
    )


def _with_initials(pieces: Iterable[Piece]) -> list[Piece]:
    """Large first letters put before what they begin; the lines beside them begin where they do."""
    found = list(pieces)
    for initial in [piece for piece in found if len(piece.text.strip()) == 1 and piece.text.strip().isalpha()]:
        beside = [index for index, piece in enumerate(found) if _is_beside(initial, piece)]
        if not beside:
            continue
        first = max(beside, key=lambda index: found[index].base)
        for index in beside:
            text = found[index].text
            letter = initial.text.strip() if index == first else ""
            found[index] = replace(found[index], text=letter + (text.lstrip() if letter else text), left=initial.left)
        found.remove(initial)
    return found


def _is_beside(initial: Piece, piece: Piece) -> bool:
    height = piece.base - initial.base
    return (
        initial.size >= 1.8 * piece.size
        and -1 <= piece.left - initial.right < 1.5 * piece.size
        and -0.5 * initial.size < height < 0.85 * initial.size
    )


def _attach_raised(rows: list[list[Piece]]) -> None:
    """Numbers of notes stand a little higher and smaller than the line that they belong to."""
    for index, row in enumerate(rows):
        for piece in list(row):
            if len(piece.text.strip()) > 4:
                continue
            for near in (*rows[index + 1 : index + 3], *rows[max(0, index - 2) : index], row):
                if _is_raised(piece, near):
                    raised = piece.text.translate(_RAISED)
                    row.remove(piece)
                    near.append(replace(piece, text=raised, base=near[0].base))
                    break


def _is_raised(piece: Piece, row: list[Piece]) -> bool:
    for other in row:
        if other is piece or piece.size > 0.92 * other.size:
            continue
        height = (piece.base - other.base) / other.size
        beside = min(abs(piece.left - other.right), abs(other.left - piece.right)) < 0.35 * other.size
        if 0.08 < height < 0.7 and beside:
            return True
    return False


def _lines_of_row(row: list[Piece]) -> list[Line]:
    groups: list[list[Piece]] = []
    right = 0.0
    for piece in sorted(row, key=lambda each: each.left):
        if groups and piece.left - right <= _APART * max(piece.size, groups[-1][-1].size):
            groups[-1].append(piece)
            right = max(right, piece.right)
        else:
            groups.append([piece])
            right = piece.right
    return [_line(group) for group in groups]


def _line(group: list[Piece]) -> Line:
    if is_rtl("".join(piece.text for piece in group)):
        group = sorted(group, key=lambda each: -each.right)
    text = ""
    before: Piece | None = None
    for piece in group:
        if before is not None:
            gap = max(piece.left - before.right, before.left - piece.right)
            if gap > _WORD * max(piece.size, before.size):
                text += " "
        text += piece.text
        before = piece
    size = max(((len(piece.text), piece.size) for piece in group), key=lambda each: each[0])[1]
    return Line(
        " ".join(text.split(" ")).strip(),
        min(piece.left for piece in group),
        max(piece.right for piece in group),
        group[0].base,
        size,
        all(piece.bold for piece in group),
    )
