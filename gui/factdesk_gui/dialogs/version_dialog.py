"""A corrected text beside the one in the case: what changed, and what would become of the marks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from factdesk.model.articles import NewArticle
from factdesk.model.claims import Anchor
from factdesk.model.versions import MarkKind
from factdesk.store.version_forecast import VersionForecast
from factdesk_gui.dialogs.diff_bar import DiffBar
from factdesk_gui.dialogs.diff_view import DiffView, Layout
from factdesk_gui.dialogs.frame import FrameDialog
from factdesk_gui.dialogs.phrases import counted, shortened
from factdesk_gui.plain import PlainLabel

_NOUNS = {MarkKind.CLAIM: "claim", MarkKind.MENTION: "mention", MarkKind.EVIDENCE: "piece of evidence"}
_FATES = (  # of one mark, of several
    (Anchor.EXACT, "stays in place", "stay in place"),
    (Anchor.MOVED, "moves with its words", "move with their words"),
    (Anchor.FUZZY, "changes a little: to look at", "change a little: to look at"),
    (Anchor.ORPHAN, "loses its words: kept with the old version", "lose their words: kept with the old version"),
)
_LISTED = 8


class VersionDialog(FrameDialog):
    """Waits for a forecast, which is worked out off the UI thread.

    Signals:
        replace_wanted: the NewArticle is to take the place of the old text.
        separate_wanted: the NewArticle is to be an article beside it.
        rest_unwanted: this one is left as it is, and so are all that wait behind it.

    Args:
        label: of the article.
        new: the corrected text.
        may_be_separate: whether to offer that it is no version but an article of its own.
        waiting: how many more are to be compared.
    """

    replace_wanted = Signal(object)
    separate_wanted = Signal(object)
    rest_unwanted = Signal()

    def __init__(
        self,
        label: str,
        new: NewArticle,
        parent: QWidget | None = None,
        *,
        may_be_separate: bool = False,
        waiting: int = 0,
    ) -> None:
        explains = "Old text on the left, corrected text on the right. Nothing is changed before you say so."
        super().__init__(f"Corrected version of “{shortened(label, 60)}”", explains, "Replace the text", parent)
        self._new = new
        self.diff = DiffView(("Old text", "Corrected text"))
        self.bar = DiffBar(self.diff, self, (Layout.BESIDE, Layout.IN_ONE))
        self.fate = PlainLabel("Comparing the two texts…", wordWrap=True)
        self.fate.setAccessibleName("What becomes of the marks")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.diff, 1)
        self.body.addWidget(self.fate)
        self.accept_button.setEnabled(False)
        self.accept_button.setDefault(False)
        self.accept_button.setAutoDefault(False)  # Enter goes through the changes, not through the door
        if may_be_separate:
            separate = QPushButton("No version: add as an article of its own", autoDefault=False)
            separate.clicked.connect(self._add_apart)
            self.foot.addWidget(separate)
        if waiting:
            leave = QPushButton(f"Leave this and {waiting:,} more", autoDefault=False)
            leave.setToolTip("Nothing is replaced, and the others are not shown")
            leave.clicked.connect(self._leave)
            self.foot.addWidget(leave)
        self.fit(1180, 720)

    def show_forecast(self, forecast: VersionForecast) -> None:
        """Shows what was found out."""
        self.diff.show_texts(forecast.old, forecast.new, forecast.diff.pieces)
        self.fate.setText(fate_words(forecast))
        changes = self.diff.changes
        self.accept_button.setEnabled(changes > 0)
        self.bar.begin()
        self.diff.new.setFocus()
        if not changes:
            self.say_problem("Both texts are the same.")

    def accept(self) -> None:
        """Asks for the replacement and closes."""
        self.replace_wanted.emit(self._new)
        super().accept()

    def _add_apart(self) -> None:
        self.separate_wanted.emit(self._new)
        self.reject()

    def _leave(self) -> None:
        self.rest_unwanted.emit()
        self.reject()


def fate_words(forecast: VersionForecast) -> str:
    """What becomes of the marks, in a few lines."""
    lines = []
    for kind, noun in _NOUNS.items():
        counts = forecast.count(kind)
        if counts:
            parts = [
                f"{counts[anchor]:,} {one if counts[anchor] == 1 else several}"
                for anchor, one, several in _FATES
                if counts[anchor]
            ]
            many = "pieces of evidence" if kind is MarkKind.EVIDENCE else ""
            lines.append(f"{counted(counts.total(), noun, many)} of yours: {'; '.join(parts)}.")
    lost = [mark for mark in forecast.marks if mark.anchor in {Anchor.FUZZY, Anchor.ORPHAN}]
    lines += [
        f"   {'≈' if mark.anchor is Anchor.FUZZY else '✗'} {_NOUNS[mark.kind]}: “{shortened(mark.quote, 110)}”"
        for mark in lost[:_LISTED]
    ]
    if len(lost) > _LISTED:
        lines.append(f"   and {len(lost) - _LISTED:,} more")
    if not lines:
        lines.append("No mark of yours is in this article.")
    if forecast.suggestions:
        lines.append(f"{counted(forecast.suggestions, 'suggestion')} that nobody touched: found anew in the new text.")
    return "\n".join(lines)
