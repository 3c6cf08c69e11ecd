"""Find in all articles of the case."""

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStackedWidget, QVBoxLayout, QWidget

from factdesk.model.changes import Changes
from factdesk.store.articles import article_names
from factdesk.store.connection import Reader
from factdesk_gui import theme as themes
from factdesk_gui.models.find_model import FOUND_ROLE, MOST_HITS, FindModel, Found, find_in_case
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.row_delegate import Index, RowDelegate, draw_words, ink, line_of, tune_list
from factdesk_gui.panels.words import count, shorten
from factdesk_gui.plain import PlainLabel
from factdesk_gui.review import Review
from factdesk_gui.session import Session

SEARCH_PAUSE_MS = 250
_HELP = "Type words to find them in all articles of this case. “…” finds a phrase; accents do not matter."


class FoundDelegate(RowDelegate):
    """A heading, or a hit in bold on its own background within what stands around it."""

    lines = 1

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        """Paints a hit or a heading."""
        row = index.data(FOUND_ROLE)
        if not isinstance(row, Found):
            return
        line = line_of(rect, painter, 0)
        if row.span is None:
            taken = draw_words(painter, line.adjusted(0, 0, -30, 0), row.before, ink(selected=False), bold=True)
            draw_words(painter, line.adjusted(taken, 0, 0, 0), row.hit, ink(selected=False, soft=True))
            return
        self._paint_hit(painter, line.adjusted(8, 0, 0, 0), row, selected=selected)

    def _paint_hit(self, painter: QPainter, line: QRect, row: Found, *, selected: bool) -> None:
        theme = themes.current()
        bold = QFont(painter.font())
        bold.setBold(True)
        metrics, bold_metrics = painter.fontMetrics(), QFontMetrics(bold)
        hit_width = min(bold_metrics.horizontalAdvance(row.hit) + 2, line.width())
        room = line.width() - hit_width
        after_width = min(
            metrics.horizontalAdvance(row.after), max(room // 2, room - metrics.horizontalAdvance(row.before))
        )
        before = metrics.elidedText(row.before, Qt.TextElideMode.ElideLeft, room - after_width)
        left = line.left() + metrics.horizontalAdvance(before)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        painter.setPen(ink(selected=selected, soft=True))
        painter.drawText(line, flags, before)
        hit = QRect(left, line.top(), hit_width, line.height())
        painter.fillRect(hit, theme.found)
        painter.save()
        painter.setFont(bold)
        painter.setPen(theme.text)
        painter.drawText(hit.adjusted(1, 0, 0, 0), flags, row.hit)
        painter.restore()
        rest = QRect(hit.right() + 1, line.top(), line.right() - hit.right(), line.height())
        painter.setPen(ink(selected=selected, soft=True))
        painter.drawText(rest, flags, metrics.elidedText(row.after, Qt.TextElideMode.ElideRight, rest.width()))


class FindBox(QLineEdit):
    """The search box.

    Signals:
        hit_wanted: 1 for the next hit (Enter, Down), -1 for the one before (Shift+Enter, Up).
    """

    hit_wanted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys that walk the hits."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.hit_wanted.emit(-1 if back else 1)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.hit_wanted.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class FindPanel(QWidget):
    """Search box, hits by article, and how many there are."""

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self.model = FindModel(self)
        self.box = FindBox(placeholderText="Find in all articles", clearButtonEnabled=True)
        self.view = QListView()
        self._pages = QStackedWidget()
        self._empty = EmptyNote(_HELP)
        self._status = PlainLabel()
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._build()
        session.changed.connect(self._on_changed)
        review.case_chosen.connect(self.search)

    @property
    def status(self) -> str:
        """The line below the hits."""
        return self._status.text()

    def focus_search(self, words: str = "") -> None:
        """Puts the cursor into the search box, with these words in it if some are given."""
        if words:
            self.box.setText(words)
        self.box.setFocus()
        self.box.selectAll()

    def search(self) -> None:
        """Searches now."""
        self._pause.stop()
        words, case = self.box.text().strip(), self._review.case_id

        def ask(reader: Reader) -> list[Found]:
            names = article_names(reader, case) if words else {}
            return find_in_case(reader, case, words, names)

        self._session.query("find", ask, lambda rows: self._show(words, rows))

    def next_hit(self, step: int = 1) -> None:
        """Goes to another hit, round and round."""
        total = self.model.rowCount()
        row = self.view.currentIndex().row()
        for _ in range(total):
            row = (row + step) % total
            found = self.model.found(row)
            if found is not None and found.span is not None:
                self.view.setCurrentIndex(self.model.index(row))
                self._open(self.model.index(row))
                return

    def _build(self) -> None:
        self.box.setAccessibleName("Find in all articles")
        self.box.setToolTip("Words or a “phrase”; Enter goes to the next hit, Shift+Enter to the one before")
        self.box.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.search)
        self.box.hit_wanted.connect(self._on_hit_wanted)
        self.view.setModel(self.model)
        tune_list(self.view, FoundDelegate(), "Hits in all articles")
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        self._status.setProperty("role", "soft")
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 4)
        box.setSpacing(5)
        box.addWidget(self.box)
        box.addWidget(self._pages, 1)
        box.addWidget(self._status)

    def _show(self, words: str, rows: list[Found]) -> None:
        self.model.set_rows(rows)
        hits = sum(row.span is not None for row in rows)
        self._pages.setCurrentIndex(1 if rows else 0)
        if not words:
            self._empty.say(_HELP)
            self._status.setText("")
            return
        if not rows:
            self._empty.say(f"No article of this case contains “{shorten(words, 80)}”.")
        articles = len(rows) - hits
        most = "The first " if hits >= MOST_HITS else ""
        self._status.setText(f"{most}{count(hits, 'hit')} in {count(articles, 'article')}")

    def _on_changed(self, changes: Changes) -> None:
        marks = changes.claims or changes.mentions or changes.evidence  # these name their articles as well
        if self.box.text().strip() and (changes.everything or changes.cases or (changes.articles and not marks)):
            self._pause.start()

    def _on_hit_wanted(self, step: int) -> None:
        if self._pause.isActive():
            self.search()
        else:
            self.next_hit(step)

    def _open(self, index: QModelIndex) -> None:
        found = self.model.found(index.row())
        if found is not None and found.span is not None:
            self._review.show_passage(found.article_id, found.span)
