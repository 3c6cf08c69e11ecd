"""What the inspector consists of: its parts from the top, how they fold, and what of them is not on disk yet."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from factdesk_gui.panels.cluster_list import ClusterList
from factdesk_gui.panels.details_box import DetailsBox
from factdesk_gui.panels.empty_note import EmptyNote
from factdesk_gui.panels.evidence_list import EvidenceList
from factdesk_gui.panels.history_list import HistoryList
from factdesk_gui.panels.memory_box import MemoryBox
from factdesk_gui.panels.note_box import NoteBox
from factdesk_gui.panels.others_box import OthersBox
from factdesk_gui.panels.plain_words import PlainWords
from factdesk_gui.panels.quote_box import QuoteBox
from factdesk_gui.panels.section import Section
from factdesk_gui.panels.text_saver import Save
from factdesk_gui.panels.value_strip import ValueStrip
from factdesk_gui.panels.verdict_box import VerdictBox
from factdesk_gui.plain import PlainLabel
from factdesk_gui.session import Session

DEFAULT_KEYS = {
    "verified": "V",
    "disputed": "D",
    "unverified": "U",
    "clear": "Backspace",
    "accept": "A",
    "refuse": "X",
    "note": "Enter",
    "evidence": "E",
    "link": "L",
    "unlink": "Shift+L",
    "accept_links": "Y",
    "normalise": "P",
}


class InspectorParts(QWidget):
    """The parts in a column that scrolls, or a sentence while there is nothing to show."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quote = QuoteBox()
        self.verdict = VerdictBox()
        self.note = NoteBox(session)
        self.others = OthersBox()
        self.values = ValueStrip()
        self.plain_words = PlainWords(session)
        self.cluster = ClusterList()
        self.evidence = EvidenceList()
        self.memory = MemoryBox()
        self.details = DetailsBox(session)
        self.history = HistoryList()
        self._empty = EmptyNote("Choose a claim in the queue or in an article to decide about it.")
        self._scroll = QScrollArea()
        self._pages = QStackedWidget()
        self._build(read_only=session.read_only)
        self.set_keys(DEFAULT_KEYS)

    def sections(self) -> list[Section]:
        """The parts that can be folded, from the top."""
        return [
            self.note,
            self.others,
            self.values,
            self.cluster,
            self.plain_words,
            self.evidence,
            self.memory,
            self.details,
            self.history,
        ]

    def folded_sections(self) -> list[str]:
        """Names of the sections that are folded."""
        return [section.name for section in self.sections() if section.is_folded]

    def fold_sections(self, names: Iterable[str]) -> None:
        """Folds these sections and opens the others."""
        wanted = set(names)
        for section in self.sections():
            section.fold(folded=section.name in wanted)

    def save_pending(self) -> None:
        """Sends everything typed or moved to the disk without waiting for a pause: before closing, undo, export."""
        self.verdict.flush()
        self.note.saver.flush()
        self.plain_words.saver.flush()
        self.details.flush()

    def unsaved(self) -> list[tuple[Save, str, str]]:
        """What was typed and is not on disk: operations, each with claim and text."""
        return self.note.saver.unsaved() + self.plain_words.saver.unsaved() + self.details.unsaved()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Which keys do what (see DEFAULT_KEYS for the names), to be shown on buttons and in tooltips."""
        self.quote.set_keys(keys)
        self.verdict.set_keys(keys)
        self.cluster.set_keys(keys)
        self.note.set_key(keys.get("note", ""))
        self.plain_words.set_key(keys.get("normalise", ""))
        self.evidence.set_key(keys.get("evidence", ""))

    def _build(self, *, read_only: bool) -> None:
        locked = PlainLabel("Open for reading only: nothing can be changed here.", wordWrap=True)
        locked.setAccessibleName("Open for reading only")
        locked.setVisible(read_only)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(10, 8, 10, 10)
        box.setSpacing(9)
        for part in (locked, self.quote, self.verdict, *self.sections()):
            box.addWidget(part)
        box.addStretch(1)
        self.note.editor.setReadOnly(read_only)
        self._scroll.setWidget(page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setMinimumWidth(280)
