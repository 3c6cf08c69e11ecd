"""The marks of one text, found by place: only what is asked for is ever looked at."""

from collections import Counter
from collections.abc import Iterable

from factdesk_gui.reader.marks import Mark, MarkKind

_BUCKET_BITS = 9  # 512 UTF-16 units a bucket
_LANES = 3


class MarkIndex:
    """Marks by id and by place. Positions are UTF-16 units of the shown text."""

    def __init__(self) -> None:
        self._marks: dict[str, Mark] = {}
        self._buckets: dict[int, set[str]] = {}
        self._lanes: dict[str, int] | None = None
        self._in_order: dict[MarkKind | None, list[str]] = {}
        self._counts: Counter[MarkKind] = Counter()
        self.decided = 0  # claims with a verdict

    def __len__(self) -> int:
        return len(self._marks)

    def get(self, mark_id: str) -> Mark | None:
        """The mark of that id."""
        return self._marks.get(mark_id)

    def of_kind(self, kind: MarkKind | None = None) -> list[Mark]:
        """All marks of a kind (None: claims and mentions) in text order, outer ones first."""
        if kind not in self._in_order:
            wanted = {MarkKind.CLAIM, MarkKind.MENTION} if kind is None else {kind}
            marks = sorted((mark for mark in self._marks.values() if mark.kind in wanted), key=_outer_first)
            self._in_order[kind] = [mark.id for mark in marks]
        return [self._marks[mark_id] for mark_id in self._in_order[kind]]

    def count(self, kind: MarkKind) -> int:
        """How many marks of a kind there are."""
        return self._counts[kind]

    def put(self, mark: Mark) -> None:
        """Adds a mark or replaces the one with its id."""
        old = self._marks.get(mark.id)
        self._marks[mark.id] = mark
        self._count(mark, 1)
        if old is not None:
            self._count(old, -1)
            if old[1:4] == mark[1:4]:  # kind and place
                return
            self._unfile(old)
        self._file(mark)

    def drop(self, mark_id: str) -> Mark | None:
        """Takes a mark out."""
        mark = self._marks.pop(mark_id, None)
        if mark is not None:
            self._count(mark, -1)
            self._unfile(mark)
        return mark

    def replace(self, kind: MarkKind, marks: Iterable[Mark]) -> list[Mark]:
        """Puts these in the place of all marks of the kind; gives every old and new mark that differs."""
        new = {mark.id: mark for mark in marks}
        touched = []
        for old in [mark for mark in self._marks.values() if mark.kind == kind]:
            if old.id not in new:
                touched.append(old)
                self.drop(old.id)
        for mark in new.values():
            known = self._marks.get(mark.id)
            if known == mark:
                continue
            touched += [mark] if known is None else [known, mark]
            if known is None:  # thousands of them when an article is opened
                self._marks[mark.id] = mark
                self._count(mark, 1)
                self._add(mark)
            else:
                self.put(mark)
        self._forget(kind)
        return touched

    def clear(self) -> None:
        """Takes all marks out."""
        self._marks.clear()
        self._buckets.clear()
        self._in_order.clear()
        self._counts.clear()
        self.decided = 0
        self._lanes = None

    def between(self, start: int, end: int) -> list[Mark]:
        """Marks that share at least one unit with the stretch, in text order, outer ones first."""
        ids: set[str] = set()
        for bucket in range(start >> _BUCKET_BITS, (end >> _BUCKET_BITS) + 1):
            ids |= self._buckets.get(bucket, set())
        found = [self._marks[mark_id] for mark_id in ids]
        return sorted(
            (mark for mark in found if mark.start < end and mark.end > start),
            key=_outer_first,
        )

    def at(self, unit: int) -> list[Mark]:
        """Marks that hold the position or touch it, innermost first."""
        return sorted(
            (mark for mark in self.between(unit - 1, unit + 1) if mark.start <= unit <= mark.end),
            key=lambda mark: (mark.length, -mark.kind, mark.start),
        )

    def lane(self, mark_id: str) -> int:
        """Which of the three underline lanes a claim has, so that overlapping ones stay apart."""
        if self._lanes is None:
            self._lanes = self._make_lanes()
        return self._lanes.get(mark_id, 0)

    def _make_lanes(self) -> dict[str, int]:
        lanes: dict[str, int] = {}
        ends = [-1] * _LANES
        for mark in self.of_kind(MarkKind.CLAIM):
            lane = next((i for i, end in enumerate(ends) if end <= mark.start), _LANES - 1)
            lanes[mark.id] = lane
            ends[lane] = max(ends[lane], mark.end)
        return lanes

    def _count(self, mark: Mark, step: int) -> None:
        self._counts[mark.kind] += step
        if mark.kind is MarkKind.CLAIM and mark.tone:
            self.decided += step

    def _file(self, mark: Mark) -> None:
        self._forget(mark.kind)
        self._add(mark)

    def _add(self, mark: Mark) -> None:
        buckets, mark_id = self._buckets, mark.id
        for bucket in range(mark.start >> _BUCKET_BITS, (mark.end >> _BUCKET_BITS) + 1):
            if bucket in buckets:
                buckets[bucket].add(mark_id)
            else:
                buckets[bucket] = {mark_id}

    def _unfile(self, mark: Mark) -> None:
        self._forget(mark.kind)
        for bucket in range(mark.start >> _BUCKET_BITS, (mark.end >> _BUCKET_BITS) + 1):
            self._buckets.get(bucket, set()).discard(mark.id)

    def _forget(self, kind: MarkKind) -> None:
        """Drops what was worked out from the places of marks of a kind."""
        self._in_order.pop(kind, None)
        if kind is not MarkKind.PASSAGE:
            self._in_order.pop(None, None)
        if kind is MarkKind.CLAIM:
            self._lanes = None


def _outer_first(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, mark.kind
