"""Operations on the articles of a case.

The text of an article never changes: undoing an import takes the article out of its case, doing it again puts it back.
"""

import zlib
from collections.abc import Sequence
from dataclasses import asdict

from factdesk.errors import FactdeskError
from factdesk.model.articles import ArticleMeta, NewArticle
from factdesk.model.changes import Changes
from factdesk.model.ids import article_id as id_of_text
from factdesk.model.ids import sha256
from factdesk.ops.wording import counted, quoted
from factdesk.store.articles import get_article
from factdesk.store.cases import get_case
from factdesk.store.touching import has_decisions
from factdesk.store.transaction import Transaction
from factdesk.text.normalise import is_normalised

_GAP = 1024  # between neighbours' positions, so that a move seldom renumbers others


def add_article(tx: Transaction, case_id: str, new: NewArticle) -> Changes:
    """Import an article into a case; if its text is there already, nothing is written and the title says so."""
    get_case(tx, case_id)
    article_id = store_article(tx, new)
    label = quoted(get_article(tx, article_id).label)
    if _membership(tx, case_id, article_id):
        return tx.changes(created=article_id, title=f"{label} is already in this case")
    tx.record(f"Import {label}")
    _append(tx, case_id, article_id)
    return tx.changes(created=article_id)


def add_articles(tx: Transaction, case_id: str, news: Sequence[NewArticle]) -> Changes:
    """Import several articles as one step."""
    get_case(tx, case_id)
    _, added = append_articles(tx, case_id, news)
    known = len(news) - len(added)
    title = f"Import {counted(added, 'article')}"
    tx.record(title)
    return tx.changes(title=f"{title} ({known} already in this case)" if known else title)


def append_articles(tx: Transaction, case_id: str, news: Sequence[NewArticle]) -> tuple[list[str], list[str]]:
    """Store articles behind the others of a case; the ids of all, and of those that were not in the case before."""
    articles = [store_article(tx, new) for new in news]
    added: list[str] = []
    for article_id in articles:
        if not _membership(tx, case_id, article_id):
            _append(tx, case_id, article_id)
            added.append(article_id)
    return articles, added


def edit_article(tx: Transaction, article_id: str, meta: ArticleMeta) -> Changes:
    """Change what is known about an article."""
    article = get_article(tx, article_id)
    tx.record(f"Edit {quoted(article.label)}")
    tx.set_columns("articles", article_id, {name: value.strip() for name, value in asdict(meta).items()})
    return tx.changes()


def remove_article(tx: Transaction, case_id: str, article_id: str) -> Changes:
    """Take an article out of a case; its marks and decisions stay in the file."""
    require_membership(tx, case_id, article_id)
    tx.record(f"Remove {quoted(get_article(tx, article_id).label)}")
    tx.delete("case_articles", f"{case_id}/{article_id}")
    return tx.changes()


def move_article(tx: Transaction, case_id: str, article_id: str, position: int) -> Changes:
    """Move an article to a place (0 = first) in the order of its case."""
    require_membership(tx, case_id, article_id)
    tx.record(f"Move {quoted(get_article(tx, article_id).label)}")
    others = tx.rows(
        "SELECT article_id, position FROM case_articles WHERE case_id = ? AND article_id <> ? "
        "ORDER BY position, article_id",
        (case_id, article_id),
    )
    place = max(0, min(position, len(others)))
    before = others[place - 1]["position"] if place else (others[0]["position"] - 2 * _GAP if others else 0)
    after = others[place]["position"] if place < len(others) else before + 2 * _GAP
    middle = (before + after) // 2
    if before < middle < after:
        tx.update("case_articles", f"{case_id}/{article_id}", position=middle)
    else:
        order = [row["article_id"] for row in others]
        order.insert(place, article_id)
        for index, each in enumerate(order, start=1):
            tx.update("case_articles", f"{case_id}/{each}", position=index * _GAP)
    return tx.changes()


def correct_encoding(tx: Transaction, case_id: str, article_id: str, new: NewArticle) -> Changes:
    """Put the text as read in another encoding in place of a wrongly read one, if nobody has worked on it yet."""
    require_membership(tx, case_id, article_id)
    old = get_article(tx, article_id)
    if has_decisions(tx, article_id):
        raise FactdeskError(
            f"{quoted(old.label)} already has marks or decisions of a reviewer, which belong to its present text.",
            "Undo them first, or import the file a second time with the right encoding.",
        )
    corrected = store_article(tx, new)
    if corrected == article_id:
        return tx.changes(created=article_id, title=f"{quoted(old.label)} reads the same in {new.source.encoding}")
    tx.record(f"Read {quoted(old.label)} as {new.source.encoding}")
    position = tx.value(
        "SELECT position FROM case_articles WHERE case_id = ? AND article_id = ?", (case_id, article_id)
    )
    tx.delete("case_articles", f"{case_id}/{article_id}")
    if not _membership(tx, case_id, corrected):
        tx.insert("case_articles", {"case_id": case_id, "article_id": corrected, "position": position})
    return tx.changes(created=corrected)


def store_article(tx: Transaction, new: NewArticle) -> str:
    """Keep text and original, which are content and therefore outside the journal; known texts are kept as they are."""
    if not new.text.strip():
        raise FactdeskError("The article has no text.", "Check the file, or paste the text itself.")
    if not is_normalised(new.text):
        raise ValueError("the text of a new article must be normalised")
    article_id = id_of_text(new.text)
    if tx.value("SELECT 1 FROM articles WHERE id = ?", (article_id,)) is not None:
        return article_id
    original = new.source.original
    row = {
        "id": article_id,
        **{name: value.strip() for name, value in asdict(new.meta).items()},
        "length": len(new.text),
        "text_sha256": sha256(new.text.encode()),
        "original_sha256": sha256(original),
        "original_size": len(original),
        "encoding": new.source.encoding,
        "source_name": new.source.name,
        "media_type": new.source.media_type,
        "captured_at": new.source.captured_at or tx.now,
        "imported_at": tx.now,
        "imported_by": tx.reviewer_id,
        "text": new.text,
    }
    tx.put("articles", row)
    tx.put("originals", {"article_id": article_id, "zlib": zlib.compress(original)})
    return article_id


def _append(tx: Transaction, case_id: str, article_id: str) -> None:
    last = tx.value("SELECT max(position) FROM case_articles WHERE case_id = ?", (case_id,)) or 0
    tx.insert("case_articles", {"case_id": case_id, "article_id": article_id, "position": last + _GAP})


def _membership(tx: Transaction, case_id: str, article_id: str) -> bool:
    return (
        tx.value("SELECT 1 FROM case_articles WHERE case_id = ? AND article_id = ?", (case_id, article_id)) is not None
    )


def require_membership(tx: Transaction, case_id: str, article_id: str) -> None:
    """Refuse to go on when an article is not in this case."""
    if not _membership(tx, case_id, article_id):
        label = quoted(get_article(tx, article_id).label)
        raise FactdeskError(f"{label} is not in this case.", "It may have been removed; undo brings it back.")
