"""The marks of one text, found by place: only what is asked for is ever looked at."""

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
        self._in_order: dict[MarkKind | None, list[Mark]] = {}

    def __len__(self) -> int:
        return len(self._marks)

    def get(self, mark_id: str) -> Mark | None:
        """The mark of that id."""
        return self._marks.get(mark_id)

    def of_kind(self, kind: MarkKind | None = None) -> list[Mark]:
        """All marks of a kind (None: claims and mentions) in text order, outer ones first."""
        if kind not in self._in_order:
            wanted = {MarkKind.CLAIM, MarkKind.MENTION} if kind is None else {kind}
            self._in_order[kind] = sorted(
                (mark for mark in self._marks.values() if mark.kind in wanted),
                key=lambda mark: (mark.start, -mark.end, mark.kind),
            )
        return self._in_order[kind]

    def put(self, mark: Mark) -> None:
        """Adds a mark or replaces the one with its id."""
        old = self._marks.get(mark.id)
        self._marks[mark.id] = mark
        self._in_order.clear()
        if old is not None and (old.start, old.end) == (mark.start, mark.end):
            return
        if old is not None:
            self._unfile(old)
        self._file(mark)

    def drop(self, mark_id: str) -> Mark | None:
        """Takes a mark out."""
        mark = self._marks.pop(mark_id, None)
        if mark is not None:
            self._in_order.clear()
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
            self.put(mark)
        return touched

    def clear(self) -> None:
        """Takes all marks out."""
        self._marks.clear()
        self._buckets.clear()
        self._in_order.clear()
        self._lanes = None

    def between(self, start: int, end: int) -> list[Mark]:
        """Marks that share at least one unit with the stretch, in text order, outer ones first."""
        ids: set[str] = set()
        for bucket in range(start >> _BUCKET_BITS, (end >> _BUCKET_BITS) + 1):
            ids |= self._buckets.get(bucket, set())
        found = [self._marks[mark_id] for mark_id in ids]
        return sorted(
            (mark for mark in found if mark.start < end and mark.end > start),
            key=lambda mark: (mark.start, -mark.end, mark.kind),
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

    def _file(self, mark: Mark) -> None:
        self._lanes = None
        for bucket in range(mark.start >> _BUCKET_BITS, (mark.end >> _BUCKET_BITS) + 1):
            self._buckets.setdefault(bucket, set()).add(mark.id)

    def _unfile(self, mark: Mark) -> None:
        self._lanes = None
        for bucket in range(mark.start >> _BUCKET_BITS, (mark.end >> _BUCKET_BITS) + 1):
            self._buckets.get(bucket, set()).discard(mark.id)
