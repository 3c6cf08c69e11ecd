"""The menu of the less frequent filters of the queue, and the chips that say which of them are on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from factdesk.model.claims import ClaimKind
from factdesk_gui.panels.words import for_menu, shorten
from factdesk_gui.plain import plain_tip

_LISTED = 30  # a longer list of articles is no menu any more


@dataclass(frozen=True, slots=True)
class MoreFilters:
    """Filters beside the verdict and the search words."""

    kinds: frozenset[ClaimKind] = frozenset()
    article_ids: frozenset[str] = frozenset()
    only_conflicts: bool = False
    only_suggestions: bool = False
    only_divided: bool = False
    entity_id: str = ""

    def names(self, articles: Mapping[str, str], entity: str) -> dict[str, str]:
        """What is on, in words, by the key that `without` takes."""
        named = {f"kind:{kind.value}": f"Kind: {kind.value}" for kind in sorted(self.kinds)}
        named |= {
            f"article:{article}": f"Article: {shorten(articles.get(article, 'unknown'), 28)}"
            for article in sorted(self.article_ids)
        }
        if self.only_conflicts:
            named["conflicts"] = "Only conflicts"
        if self.only_divided:
            named["divided"] = "Reviewers disagree"
        if self.only_suggestions:
            named["suggestions"] = "Only suggestions"
        if self.entity_id:
            named["entity"] = f"About “{shorten(entity or 'chosen', 28)}”"
        return named

    def without(self, key: str) -> "MoreFilters":
        """The same with one of them off."""
        group, _, value = key.partition(":")
        match group:
            case "kind":
                return replace(self, kinds=self.kinds - {ClaimKind(value)})
            case "article":
                return replace(self, article_ids=self.article_ids - {value})
            case "conflicts":
                return replace(self, only_conflicts=False)
            case "divided":
                return replace(self, only_divided=False)
            case "suggestions":
                return replace(self, only_suggestions=False)
        return replace(self, entity_id="")


@dataclass(slots=True)
class _Entries:
    kinds: dict[ClaimKind, QAction] = field(default_factory=dict)
    articles: dict[str, QAction] = field(default_factory=dict)


class FilterMenu(QMenu):
    """Kind, article, conflicts, disagreements, suggestions.

    Signals:
        filters_chosen: the MoreFilters as they are after the click.
    """

    filters_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = MoreFilters()
        self._entries = _Entries()
        self._articles: Mapping[str, str] = {}
        self._front = ""
        self.setToolTipsVisible(True)
        self._conflicts = self._switch(self, "Only &conflicts", "Claims that conflict with another article")
        self._divided = self._switch(
            self,
            "Only where reviewers &disagree",
            "Claims with verdicts of several reviewers that differ, not settled yet",
        )
        self._suggestions = self._switch(self, "Only &suggestions", "What nobody has accepted or refused yet")
        self.addSeparator()
        kinds = self.addMenu("&Kind")
        for kind in ClaimKind:
            self._entries.kinds[kind] = self._switch(kinds, kind.value.capitalize(), f"Claims of the kind {kind.value}")
        self._article_menu = self.addMenu("&Article")
        self._article_menu.setToolTipsVisible(True)
        self._front_action = self._switch(self, "Only the article in &front", "The article whose pane was used last")
        self.aboutToShow.connect(self._refresh)

    def set_articles(self, names: Mapping[str, str]) -> None:
        """The articles to choose from."""
        self._articles = names

    def set_front(self, article_id: str) -> None:
        """Which article is in front."""
        self._front = article_id

    def set_filters(self, filters: MoreFilters) -> None:
        """Shows what is on."""
        self._filters = filters

    def _switch(self, menu: QMenu, title: str, tip: str) -> QAction:
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setToolTip(plain_tip(tip))
        action.triggered.connect(self._on_chosen)
        return action

    def _refresh(self) -> None:
        self._conflicts.setChecked(self._filters.only_conflicts)
        self._divided.setChecked(self._filters.only_divided)
        self._suggestions.setChecked(self._filters.only_suggestions)
        for kind, action in self._entries.kinds.items():
            action.setChecked(kind in self._filters.kinds)
        self._article_menu.clear()
        self._entries.articles.clear()
        for article, name in list(self._articles.items())[:_LISTED]:
            action = self._switch(self._article_menu, for_menu(name), name)
            action.setChecked(article in self._filters.article_ids)
            self._entries.articles[article] = action
        self._article_menu.menuAction().setVisible(0 < len(self._articles) <= _LISTED)
        self._front_action.setEnabled(bool(self._front))
        self._front_action.setChecked(self._filters.article_ids == frozenset({self._front}))

    def _on_chosen(self) -> None:
        articles = frozenset(key for key, action in self._entries.articles.items() if action.isChecked())
        if self.sender() is self._front_action:
            articles = frozenset({self._front}) if self._front_action.isChecked() else frozenset()
        elif not self._entries.articles:  # too many to list: only the entry for the front article sets them
            articles = self._filters.article_ids
        self._filters = replace(
            self._filters,
            kinds=frozenset(kind for kind, action in self._entries.kinds.items() if action.isChecked()),
            article_ids=articles,
            only_conflicts=self._conflicts.isChecked(),
            only_suggestions=self._suggestions.isChecked(),
            only_divided=self._divided.isChecked(),
        )
        self.filters_chosen.emit(self._filters)
