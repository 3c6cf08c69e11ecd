"""Which sources say nothing about a claim, told in runs: “S1, S3 and S5 to S90”."""

from collections.abc import Iterable, Iterator, Sequence

from factdesk.exchange.dossier.rows import CaseRows, Chosen, Fact
from factdesk.exchange.dossier.values import Pair
from factdesk.exchange.dossier.words import listed
from factdesk.model.clusters import CellState

_RUN = 4  # sources that follow each other and are told as “S1 to S4”
_CONFIRMED = "not mentioned: a person confirmed it"
_READ = "nothing found by the program"
_UNREAD = "not read by the program yet"

Run = tuple[int, int]  # the first column and the last


class Silence:
    """Knows the columns of one case; with a thousand sources each claim costs no more than with ten."""

    def __init__(self, chosen: Chosen, rows: CaseRows) -> None:
        self._names = [chosen.reference(column.article_id) for column in rows.columns]
        self._follows = [
            False,
            *(_number(b) == _number(a) + 1 for a, b in zip(self._names, self._names[1:], strict=False)),
        ]
        unread = {number for number, column in enumerate(rows.columns) if not column.is_analysed}
        self._columns = {
            _READ: list(self._runs(number for number in range(len(self._names)) if number not in unread)),
            _UNREAD: list(self._runs(sorted(unread))),
        }

    def about(self, fact: Fact) -> tuple[Pair, ...]:
        """The sources that are silent, and how that is known; those on the left first."""
        filled = {
            number: cell.state for number, cell in fact.row.filled.items() if cell.state is not CellState.NOT_FOUND
        }
        spoken = sorted(filled)
        found = {words: list(_without(runs, spoken)) for words, runs in self._columns.items()}
        found[_CONFIRMED] = list(self._runs(n for n in spoken if filled[n] is CellState.NOT_MENTIONED))
        told = sorted((runs, words) for words, runs in found.items() if runs)
        return tuple((listed([name for run in runs for name in self._told(run)]), words) for runs, words in told)

    def _runs(self, numbers: Iterable[int]) -> Iterator[Run]:
        """Neighbours whose references follow each other, together."""
        first = last = -1
        for number in numbers:
            if first >= 0 and number == last + 1 and self._follows[number]:
                last = number
                continue
            if first >= 0:
                yield first, last
            first = last = number
        if first >= 0:
            yield first, last

    def _told(self, run: Run) -> list[str]:
        first, last = run
        if last - first + 1 < _RUN:
            return self._names[first : last + 1]
        return [f"{self._names[first]} to {self._names[last]}"]


def _without(runs: Sequence[Run], numbers: Sequence[int]) -> Iterator[Run]:
    """The runs cut where a column says something."""
    for first, last in runs:
        begin = first
        for number in numbers:
            if begin <= number <= last:
                if begin < number:
                    yield begin, number - 1
                begin = number + 1
        if begin <= last:
            yield begin, last


def _number(reference: str) -> int:
    return int(reference[1:] or 0)
