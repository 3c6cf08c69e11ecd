"""The menu in a pane's head: which article it shows, and where the pane is."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from factdesk.model.articles import Article
from factdesk.store.articles import article_names, get_article, list_articles
from factdesk.store.connection import Reader
from factdesk_gui.reader.pane_head import count_words

if TYPE_CHECKING:
    from factdesk_gui.reader.pane import ArticlePane

_LONGEST = 60
_MOST = 40  # articles in the menu; the command palette finds any other


def article_choices(r: Reader, case_id: str, current: str) -> list[tuple[str, str]]:
    """Id and words of the articles to choose from; in a large case the neighbours of the current one."""
    names = article_names(r, case_id)
    if len(names) <= _MOST:
        return [(article.id, _words(article)) for article in list_articles(r, case_id)]
    ids = list(names)
    here = ids.index(current) if current in names else 0
    near = ids[max(0, here - _MOST // 2) : here + _MOST // 2]
    return [(article_id, _words(get_article(r, article_id))) for article_id in near]


def fill_pane_menu(menu: QMenu, pane: "ArticlePane", articles: list[tuple[str, str]]) -> None:
    """Fills the menu anew: the articles of the case, then what can be done with the pane and its article."""
    pane.focused.emit()  # what the menu offers is about this article
    menu.clear()
    group = QActionGroup(menu)
    for article_id, words in articles:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(article_id == pane.article_id)
        action.setActionGroup(group)
        action.triggered.connect(lambda _=False, wanted=article_id: pane.article_wanted.emit(wanted))
    menu.addSeparator()
    menu.addAction("Find in this article", pane.open_find)
    keep = menu.addAction("Keep this article in this pane")
    keep.setCheckable(True)
    keep.setChecked(pane.kept)
    keep.toggled.connect(lambda kept: setattr(pane, "kept", kept))
    menu.addAction("Move pane left", lambda: pane.move_wanted.emit(-1))
    menu.addAction("Move pane right", lambda: pane.move_wanted.emit(1))
    menu.addAction("Close pane", pane.close_wanted.emit)
    pane.head_menu_wanted.emit(menu)


def _words(article: Article) -> str:
    name = article.name
    name = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    return f"{name}   ({count_words(article.claim_count, article.decided_count)})".replace("&", "&&")
