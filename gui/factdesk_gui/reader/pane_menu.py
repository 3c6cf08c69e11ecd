"""The menu in a pane's head: which article it shows, and where the pane is."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from factdesk.model.articles import Article
from factdesk_gui.reader.pane_head import count_words

if TYPE_CHECKING:
    from factdesk_gui.reader.pane import ArticlePane

_LONGEST = 60


def fill_pane_menu(menu: QMenu, pane: "ArticlePane", articles: list[Article]) -> None:
    """Fills the menu anew: the articles of the case, then what can be done with the pane."""
    menu.clear()
    group = QActionGroup(menu)
    for article in articles:
        action = menu.addAction(_words(article))
        action.setCheckable(True)
        action.setChecked(article.id == pane.article_id)
        action.setActionGroup(group)
        action.triggered.connect(lambda _=False, wanted=article.id: pane.article_wanted.emit(wanted))
    menu.addSeparator()
    menu.addAction("Find in this article", pane.open_find)
    keep = menu.addAction("Keep this article in this pane")
    keep.setCheckable(True)
    keep.setChecked(pane.kept)
    keep.toggled.connect(lambda kept: setattr(pane, "kept", kept))
    menu.addAction("Move pane left", lambda: pane.move_wanted.emit(-1))
    menu.addAction("Move pane right", lambda: pane.move_wanted.emit(1))
    menu.addAction("Close pane", pane.close_wanted.emit)


def _words(article: Article) -> str:
    meta = article.meta
    name = " — ".join(part for part in (meta.publisher, meta.title) if part) or article.label
    name = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    return f"{name}   ({count_words(article.claim_count, article.decided_count)})".replace("&", "&&")
