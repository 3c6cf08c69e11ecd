"""How much of the case is decided, article by article."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from factdesk.model.changes import Changes
from factdesk.store.connection import Reader
from factdesk.store.progress import ArticleProgress, case_progress
from factdesk_gui import theme as themes
from factdesk_gui.models.progress_model import ORIGIN_ROLE, PROGRESS_ROLE, CaseSum, ProgressModel, in_words, together
from factdesk_gui.panels.badge import MARK, paint_mark
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.row_delegate import Index, RowDelegate, draw_words, ink, line_of, tune_list
from factdesk_gui.panels.words import count
from factdesk_gui.plain import PlainLabel, plain_tip
from factdesk_gui.review import Review
from factdesk_gui.session import Session

_SETTLE_MS = 200
_VERDICTS = ("verified", "disputed", "unverified")
_BAR = 7


def paint_shares(painter: QPainter, rect: QRectF, row: ArticleProgress | CaseSum) -> None:
    """Paints a bar: decided claims by verdict, each with its own pattern, the rest empty."""
    theme = themes.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.base)
    painter.drawRoundedRect(rect, 3, 3)
    left = rect.left()
    for verdict, pattern in zip(
        _VERDICTS, (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.Dense2Pattern, Qt.BrushStyle.BDiagPattern), strict=True
    ):
        width = rect.width() * getattr(row, verdict) / max(1, row.total)
        if width > 0:
            part = QRectF(left, rect.top(), width, rect.height())
            ink_now = theme.verdict(verdict).ink
            painter.setBrush(theme.base)
            painter.drawRect(part)
            brush = painter.brush()
            brush.setColor(ink_now)
            brush.setStyle(pattern)
            painter.setBrush(brush)
            painter.drawRect(part)
        left += width
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.edge, 1))
    painter.drawRoundedRect(rect, 3, 3)
    painter.restore()


class ProgressDelegate(RowDelegate):
    """Article, words, bar, and a number for each verdict."""

    lines = 3

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        """Paints an article."""
        row = index.data(PROGRESS_ROLE)
        if not isinstance(row, ArticleProgress):
            return
        theme = themes.current()
        draw_words(painter, line_of(rect, painter, 0), row.article.label, ink(selected=selected), bold=True)
        second, third = line_of(rect, painter, 1), line_of(rect, painter, 2)
        soft = ink(selected=selected, soft=True)
        origin = index.data(ORIGIN_ROLE)
        draw_words(painter, second, f"{origin} · {in_words(row)}" if origin else in_words(row), soft)
        numbers = third.adjusted(0, 0, 0, 0)
        for verdict in _VERDICTS:
            number = f"{getattr(row, verdict):,}"
            plate = QRectF(numbers.left() - 1, third.center().y() - MARK / 2, MARK + 2, MARK + 1)
            if selected:
                painter.fillRect(plate, theme.base)
            paint_mark(painter, QRectF(plate).center(), theme.verdict(verdict), theme)
            numbers.setLeft(numbers.left() + MARK + 4)
            numbers.setLeft(numbers.left() + draw_words(painter, numbers, number, soft) + 9)
        if numbers.width() > 40:
            bar = QRectF(numbers.left() + 2, third.center().y() - _BAR / 2 + 1, numbers.width() - 3, _BAR)
            paint_shares(painter, bar, row)


class CaseBar(QWidget):
    """The bar of the whole case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = CaseSum()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_numbers(self, numbers: CaseSum) -> None:
        """Shows other numbers."""
        self._numbers = numbers
        self.setAccessibleName(in_words(numbers))
        self.setToolTip(plain_tip(in_words(numbers)))
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a thin bar."""
        return QSize(120, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paints the bar."""
        del event
        painter = QPainter(self)
        paint_shares(painter, QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5), self._numbers)


class ProgressPanel(QWidget):
    """The whole case above, its articles below.

    Signals:
        article_wanted: id of an article to show in a pane.
        next_undecided_wanted: go to the next claim without a verdict.
    """

    article_wanted = Signal(str)
    next_undecided_wanted = Signal()

    def __init__(self, session: Session, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._review = review
        self._touched: set[str] | None = None  # articles to be asked about; None for all
        self._numbers = CaseSum()
        self.model = ProgressModel(self)
        self.view = QListView()
        self._sum = PlainLabel()
        self._parts = PlainLabel(wordWrap=True)
        self._bar = CaseBar()
        self._readings = PlainLabel(wordWrap=True, visible=False)
        self.next_button = QPushButton("Next undecided claim")
        self._pages = QStackedWidget()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._build()
        self._settle.timeout.connect(self._ask)
        session.changed.connect(self._on_changed)
        review.case_chosen.connect(self.reload)
        self.reload()

    @property
    def words(self) -> str:
        """How far one is, as it stands above the bar."""
        return self._sum.text()

    def reload(self) -> None:
        """Asks for the numbers of all articles anew."""
        self._touched = None
        self._ask()

    def show_origins(self, words: Mapping[str, str]) -> None:
        """Which articles share their text with others, in words by id."""
        self.model.set_origins(words)

    def show_readings(self, words: Mapping[str, str], summary: str) -> None:
        """With what the machine read each article, and all of them together, in words."""
        self.model.set_readings(words)
        self._readings.setText(summary)
        self._readings.setVisible(bool(summary))

    def set_key(self, key: str) -> None:
        """Names the key for the next undecided claim."""
        self.next_button.setToolTip(plain_tip("Go to the next claim without a verdict" + (f" ({key})" if key else "")))

    def _build(self) -> None:
        font = self._sum.font()
        font.setBold(True)
        self._sum.setFont(font)
        for label in (self._parts, self._readings):
            label.setProperty("role", "soft")
        self.set_key("")
        self.view.setModel(self.model)
        tune_list(self.view, ProgressDelegate(), "Progress by article")
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)
        self.next_button.clicked.connect(self.next_undecided_wanted)
        self._pages.addWidget(self.view)
        self._pages.addWidget(EmptyNote("No articles yet: import some, or paste a text."))
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 6)
        box.setSpacing(6)
        for part in (self._sum, self._bar, self._parts, self.next_button):
            box.addWidget(part)
        box.addWidget(self._pages, 1)
        box.addWidget(self._readings)

    def _ask(self) -> None:
        """Asks about what changed: in a case of very many articles a decision touches one of them."""
        self._settle.stop()
        case = self._review.case_id
        wanted = None if self._touched is None else frozenset(self._touched)

        def read(reader: Reader) -> tuple[list[ArticleProgress], CaseSum]:
            rows = case_progress(reader, case, wanted)
            return rows, together(rows)

        self._session.query("progress", read, lambda answer: self._take(wanted, *answer))

    def _take(self, wanted: frozenset[str] | None, rows: list[ArticleProgress], numbers: CaseSum) -> None:
        if not self._settle.isActive():  # else something was touched since, and is asked about with these
            self._touched = set()
        if wanted is None:
            self.model.set_progress(rows)
            self._numbers = numbers
        else:
            self._numbers += numbers - together(self.model.old_rows(rows))
            self.model.replace(rows)
        self._show(self._numbers)

    def _show(self, numbers: CaseSum) -> None:
        self._pages.setCurrentIndex(0 if numbers.articles else 1)
        self._bar.show_numbers(numbers)
        words = in_words(numbers)
        self._sum.setText(words[0].upper() + words[1:])
        self._parts.setText(
            f"{numbers.verified:,} verified · {numbers.disputed:,} disputed · {numbers.unverified:,} unverified · "
            f"{numbers.total - numbers.decided:,} open · {count(numbers.articles, 'article')}"
        )
        self.next_button.setEnabled(numbers.decided < numbers.total)

    def _on_changed(self, changes: Changes) -> None:
        if changes.everything or changes.cases or (changes.articles and not changes.claims):
            self._touched = None
        elif changes.claims and self._touched is not None:  # these name their articles as well
            self._touched.update(changes.articles)
        elif not changes.claims:
            return
        self._settle.start()

    def _on_chosen(self, index: QModelIndex) -> None:
        row = self.model.progress(index.row())
        if row is not None:
            self.article_wanted.emit(row.article.id)
