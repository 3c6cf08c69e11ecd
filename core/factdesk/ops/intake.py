"""One batch of an import: articles into a case, as a part of one undoable step."""

from collections.abc import Sequence
from dataclasses import dataclass

from factdesk.model.articles import NewArticle
from factdesk.model.changes import Changes
from factdesk.ops.articles import append_articles
from factdesk.ops.wording import counted
from factdesk.store.cases import get_case
from factdesk.store.step import continued_step
from factdesk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch."""

    changes: Changes
    articles: tuple[str, ...]  # the id of each, in the order given
    added: tuple[str, ...]  # those that were not in the case before


def take_in(tx: Transaction, case_id: str, news: Sequence[NewArticle], merge_key: str = "") -> Taken:
    """Import articles; batches with the same key that follow each other are one step of the history."""
    get_case(tx, case_id)
    articles, added = append_articles(tx, case_id, news)
    number = len(added) + _so_far(tx, merge_key)
    title = f"Import {counted(range(number), 'article')}"
    tx.record(title, merge_key)
    return Taken(tx.changes(title=title), tuple(articles), tuple(added))


def _so_far(tx: Transaction, merge_key: str) -> int:
    """Articles that the step to be continued has brought."""
    step = continued_step(tx, merge_key)
    if step is None:
        return 0
    return int(
        tx.value("SELECT count(*) FROM row_changes WHERE operation = ? AND table_name = 'case_articles'", (step,))
    )
