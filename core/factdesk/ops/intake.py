"""One batch of an import: articles into a case, with the marks that came with them, as a part of one undoable step."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from factdesk.model.articles import NewArticle
from factdesk.model.changes import Changes
from factdesk.model.given import NOTHING_GIVEN, Given, GivenArticle
from factdesk.ops.articles import append_articles
from factdesk.ops.given import Taking, take_given
from factdesk.ops.wording import counted, quoted
from factdesk.store.cases import get_case
from factdesk.store.step import continued_step
from factdesk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Marked:
    """An article to import, and the marks that came with it."""

    article: NewArticle
    given: Given = NOTHING_GIVEN
    source: str = ""  # the file, as people name it
    file: Hashable = None  # what tells it from another of the same name: keys of claims are unique within it


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch."""

    changes: Changes
    articles: tuple[str, ...] = ()  # the id of each, in the order given
    added: tuple[str, ...] = ()  # those that were not in the case before
    marks: int = 0  # that are new
    held_back: int = 0  # claims whose verdict was left out, because the project demands evidence for it


def take_in(tx: Transaction, case_id: str, batch: Sequence[Marked], merge_key: str = "") -> Taken:
    """Import articles; batches with the same key that follow each other are one step of the history."""
    get_case(tx, case_id)
    articles, added = append_articles(tx, case_id, [each.article for each in batch])
    by_file: dict[Hashable, list[GivenArticle]] = {}
    for article, each in zip(articles, batch, strict=True):
        if each.given:
            by_file.setdefault(each.file, []).append(GivenArticle(article, each.given, each.source))
    takings = [take_given(tx, case_id, items) for items in by_file.values()]
    sources = list(dict.fromkeys(items[0].source for items in by_file.values()))
    changes = _record(tx, len(added), takings, sources, merge_key)
    marks, held_back = sum(each.count for each in takings), sum(each.held_back for each in takings)
    return Taken(changes, tuple(articles), tuple(added), marks, held_back)


def take_relations(tx: Transaction, case_id: str, items: Sequence[GivenArticle], merge_key: str = "") -> Taken:
    """Links and evidence between articles of one file that came in different batches."""
    taking = take_given(tx, case_id, items)
    return Taken(_record(tx, 0, [taking], [items[0].source], merge_key), marks=taking.count)


def _record(tx: Transaction, added: int, takings: Sequence[Taking], sources: Sequence[str], merge_key: str) -> Changes:
    """Name the step; each decision keeps the name as it is now, and with it whose verdict it was."""
    number = added + _so_far(tx, merge_key)
    words = [counted(range(number), "article")] if number else []
    if any(each.count for each in takings):
        of = quoted(sources[0]) if len(sources) == 1 else counted(sources, "file")
        words.append(f"marks from {of}{''.join(each.whose for each in takings)}")
    title = f"Import {' with '.join(words)}" if words else ""
    tx.record(title, merge_key)
    return tx.changes(title=title)


def _so_far(tx: Transaction, merge_key: str) -> int:
    """Articles that the step to be continued has brought."""
    step = continued_step(tx, merge_key)
    if step is None:
        return 0
    return int(
        tx.value("SELECT count(*) FROM row_changes WHERE operation = ? AND table_name = 'case_articles'", (step,))
    )
