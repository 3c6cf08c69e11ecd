"""The articles of an import without their table: which are wanted, which are there already, what is odd about them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from factdesk.exchange.readings import Reading
from factdesk.model.articles import ArticleMeta
from factdesk.model.ids import article_id
from factdesk.store.alike import KnownArticles
from factdesk_gui.dialogs.article_fields import meta_problem
from factdesk_gui.dialogs.file_reading import OneFile
from factdesk_gui.dialogs.import_row import ImportRow

_KEPT = ("publisher", "byline", "url", "published_at")  # filled in by hand, when a file is read in another encoding


class ImportList:
    """Rows by their keys, in the order of reading. No row costs more than the one before it.

    Args:
        known: the articles that the case already has.
    """

    def __init__(self, known: KnownArticles) -> None:
        self._articles = known
        self._rows: dict[int, ImportRow] = {}
        self._same: dict[str, list[int]] = {}  # keys of the rows with one text, the first of them the one to be taken
        self._problems: dict[int, str] = {}
        self._wanted: set[int] = set()
        self._compared: set[int] = set()
        self._remarked: set[int] = set()
        self._next = 0

    def get(self, key: int) -> ImportRow:
        """One row."""
        return self._rows[key]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def order(self) -> list[int]:
        """All keys, in the order of reading."""
        return list(self._rows)

    def rows(self) -> list[ImportRow]:
        """All rows."""
        return list(self._rows.values())

    def wanted(self) -> list[Reading]:
        """What is to be imported, but for corrected versions."""
        return [row.reading for key, row in self._rows.items() if key in self._wanted and key not in self._compared]

    def versions(self) -> list[tuple[str, Reading]]:
        """Corrected versions, each with the id of the article that it may replace."""
        return [(row.version_of, row.reading) for key, row in self._rows.items() if key in self._compared]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many are wanted as articles, as corrected versions, and how many rows have remarks."""
        return len(self._wanted) - len(self._compared), len(self._compared), len(self._remarked)

    @property
    def problem(self) -> str:
        """What is wrong with one of the wanted rows, or ""."""
        key = next((key for key in self._problems if key in self._wanted), None)
        return "" if key is None else f"{self._rows[key].name}: {self._problems[key]}"

    def version_label(self, key: int) -> str:
        """The article that a row seems to be a newer text of, or ""."""
        row = self._rows[key]
        return "" if row.same_as else self._articles.labels.get(row.version_of, "")

    def add(self, readings: Iterable[Reading]) -> list[int]:
        """Adds articles; one whose text is there already is not wanted, unless marks come with it."""
        return [self._take_in(reading) for reading in readings]

    def replace_file(self, file: OneFile, readings: Sequence[Reading]) -> int | None:
        """Puts what was read once more in the place of what was read before.

        Gives the key of the one article that was replaced by one, which keeps what was filled in by hand; else None.
        """
        old = [key for key, row in self._rows.items() if row.file == file]
        if len(old) == len(readings) == 1:
            self._reread(old[0], readings[0])
            return old[0]
        order = self.order()
        at = order.index(old[0]) if old else len(order)
        for key in old:
            self._forget(key)
            order.remove(key)
        order[at:at] = self.add(readings)
        self._rows = {key: self._rows[key] for key in order}
        return None

    def set_wanted(self, key: int, *, wanted: bool) -> None:
        """Whether a row is to be imported."""
        self._put(replace(self._rows[key], is_wanted=wanted))

    def set_version(self, key: int, *, is_version: bool) -> None:
        """Whether a row is a corrected version or an article of its own."""
        self._put(replace(self._rows[key], is_version=is_version))

    def set_meta(self, key: int, meta: ArticleMeta) -> None:
        """Keeps what was filled in."""
        row = self._rows[key]
        article = replace(row.article, meta=meta)
        version = "" if row.same_as else self._articles.earlier(meta) or ""
        self._put(replace(row, reading=replace(row.reading, article=article), version_of=version))

    # inside ---------------------------------------------------------------------------------------------------------

    def _take_in(self, reading: Reading) -> int:
        key, self._next = self._next, self._next + 1
        self._put(self._judge(ImportRow(key, reading, article_id(reading.article.text))))
        return key

    def _judge(self, row: ImportRow) -> ImportRow:
        """Whether its text is there already, or is a newer one; and whether it is wanted then."""
        with_marks = bool(row.reading.given)
        same = self._same.setdefault(row.id, [])
        if row.key not in same:
            same.append(row.key)
        known = self._articles.labels.get(row.id)
        if known is not None:
            more = "; its marks are added" if with_marks else ""
            return replace(row, is_wanted=with_marks, same_as=f"In this case: {known}{more}")
        if same[0] != row.key:
            return replace(row, is_wanted=with_marks, same_as=f"Same text as {self._rows[same[0]].name}")
        earlier = self._articles.earlier(row.article.meta) or ""
        return replace(row, is_wanted=True, same_as="", version_of=earlier, is_version=not with_marks)

    def _reread(self, key: int, reading: Reading) -> None:
        order, old = self.order(), self._rows[key]
        kept = {name: value for name in _KEPT if (value := getattr(old.article.meta, name))}
        article = replace(reading.article, meta=replace(reading.article.meta, **kept))
        self._forget(key)
        row = ImportRow(key, replace(reading, article=article), article_id(article.text))
        self._put(self._judge(row))
        self._rows = {each: self._rows[each] for each in order}

    def _forget(self, key: int) -> None:
        """A row goes, or gets another text: the next one with its text is no copy any more."""
        row = self._rows.pop(key)
        for held in (self._wanted, self._compared, self._remarked):
            held.discard(key)
        self._problems.pop(key, None)
        same = self._same[row.id]
        same.remove(key)
        if same and self._rows[same[0]].same_as:
            self._put(self._judge(self._rows[same[0]]))

    def _put(self, row: ImportRow) -> None:
        self._rows[row.key] = row
        for held, is_so in (
            (self._wanted, row.is_wanted),
            (self._compared, row.compared),
            (self._remarked, bool(row.remarks)),
        ):
            (held.add if is_so else held.discard)(row.key)
        problem = meta_problem(row.article.meta)
        if problem:
            self._problems[row.key] = problem
        else:
            self._problems.pop(row.key, None)
