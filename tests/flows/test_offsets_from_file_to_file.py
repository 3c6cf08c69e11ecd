"""Offsets from the bytes of a file through the window and out again: text[start:end] is the quote at every station."""

import csv
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from factdesk.errors import ImportRefusedError
from factdesk.exchange.formats.claim_table import unguard
from factdesk.exchange.importers import read_file
from factdesk.exchange.records.importer import import_jsonl
from factdesk.model.ids import article_id
from factdesk.model.spans import Span
from factdesk.project import Project
from factdesk.store.articles import article_names, article_text
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article, get_claim
from factdesk.store.evidence import evidence_of
from factdesk.text.words import trim_span, whole_words
from factdesk_gui.actions.ids import Command
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.main_window import MainWindow
from factdesk_gui.prefs import Prefs
from unicode_texts import texts

WAIT = 30_000
WORKER = (sys.executable, str(Path(__file__).parents[1] / "support" / "fake_worker.py"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1251")
NASTY = (
    "A flood 🌊 hit 👩‍👩‍👧 families.\r\n\r\nראש העיר אמר כי 200 איש נפגעו.\u2028Ze\u0301le said “it’s over”\r\n"
    "on\u00a0Monday. مرحبا بالعالم 漢字。 The end 🇺🇦."
)
BOMS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@st.composite
def samples(draw):
    """A text as it comes, where the selection begins and how long it is, and the encoding of its file."""
    return draw(texts), draw(st.integers(0, 200)), draw(st.integers(1, 200)), draw(st.sampled_from(ENCODINGS))


def as_bytes(text, encoding):
    """A file's bytes; a letter first, so that something is there to read."""
    return BOMS.get(encoding, b"") + ("Text: " + text.replace("\0", "0")).encode(encoding, "ignore")


@pytest.fixture
def window(qtbot, tmp_path):
    made = MainWindow(Prefs(tmp_path / "prefs.ini"), Jobs(), Faults(), WORKER)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.jobs.close()
    made.deleteLater()


class Journey:
    """One project in the window, from its files to its exports and back."""

    def __init__(self, window, folder, qtbot):
        self.window, self.folder, self.qtbot = window, folder, qtbot
        Project.create(folder / "case.factdesk", reviewer="Ada").close()
        window.close_workspace()  # of an example that failed
        window.projects.open(folder / "case.factdesk")
        self.until(lambda: window.workspace is not None)
        window.controls.analysis.start = lambda **_: None  # marks are made by hand here
        self.expected = {}  # claim id: article id, span, span of its evidence

    @property
    def workspace(self):
        return self.window.workspace

    @property
    def reader(self):
        return self.workspace.session.reader

    def until(self, is_true):
        self.qtbot.waitUntil(is_true, timeout=WAIT)

    def settle(self):
        self.until(lambda: not self.workspace.session.pending)

    def bring_in(self, data, encoding):
        """A file with these bytes, imported; gives its text, or None where there is nothing to read."""
        path = self.folder / "article.txt"
        path.write_bytes(data)
        try:
            reading = read_file(path, None if encoding.startswith("utf") else encoding)
        except ImportRefusedError:
            return None
        self.window.controls.articles.add([reading.article])
        name = article_id(reading.article.text)
        self.until(lambda: name in article_names(self.reader, self.workspace.review.case_id))
        self.settle()
        assert article_text(self.reader, name) == reading.article.text
        return name, reading.article.text

    def select(self, name, span):
        """Selects in the article's pane, and reads back what is selected and what goes to the clipboard."""
        self.workspace.desk.show_article(name)
        pane = self.workspace.desk.pane_of(name)
        self.until(lambda: pane.text.surface is not None)
        canvas = pane.text.surface.canvas
        canvas.set_caret(span.start, span.end)
        assert pane.selected_span() == span
        assert self.workspace.review.selection.span == span
        QApplication.clipboard().clear()
        self.qtbot.keyClick(canvas.widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        return QApplication.clipboard().text()

    def mark(self, name, text, span):
        """Makes the selection a claim, and evidence for it."""
        copied = self.select(name, span)
        # Qt's clipboard takes a first U+FEFF for a byte order mark and drops it
        assert copied.removeprefix("\ufeff") == span.of(text).removeprefix("\ufeff")
        wanted = trim_span(text, whole_words(text, span))
        if wanted is None:
            return
        self.window.controls.claims.new_claim()
        self.settle()
        made = next(one for one in claims_of_article(self.reader, name) if one.span == wanted)
        assert made.quote == wanted.of(text)
        self.workspace.review.choose_claim(made.id)
        self.select(name, span)
        self.until(lambda: self.window.binder.action(Command.EVIDENCE_SUPPORTS).isEnabled())
        self.window.binder.run(Command.EVIDENCE_SUPPORTS)
        self.settle()
        assert evidence_of(self.reader, made.id)[-1].quote == span.of(text)
        self.expected[made.id] = (name, wanted, span)

    def export(self):
        """Both formats, written by the window."""
        for kind in ("jsonl", "csv"):
            self.window.controls.exports.export_to(self.folder / f"out.{kind}", kind)
        self.until(lambda: not self.window.jobs.busy)
        return self.folder / "out.jsonl", self.folder / "out.csv"


def check_exports(lines, table, expected):
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").split("\n") if line]
    stored = {one["id"]: one["text"] for one in records if one["type"] == "article"}
    spans = [one for one in records if one["type"] in {"claim", "evidence"} and one["article"]]
    assert all(stored[one["article"]][one["start"] : one["end"]] == one["quote"] for one in spans)
    assert {one["id"] for one in records if one["type"] == "claim"} == set(expected)
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            assert stored[row["article_id"]][int(row["start"]) : int(row["end"])] == unguard(row["quote"])


def check_import(lines, folder, expected, originals):
    with Project.create(folder / "again.factdesk", reviewer="Bert") as project, project.reader() as reader:
        assert import_jsonl(project, lines).problems == []
        for claim, (name, span, evidence) in expected.items():
            text = article_text(reader, name)
            assert text == originals[name]
            found = get_claim(reader, claim)
            assert (found.span, found.quote) == (span, span.of(text))
            assert [(one.span, one.quote) for one in evidence_of(reader, claim)] == [(evidence, evidence.of(text))]
        assert check_project(reader) == []


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example(drawn=[(NASTY, 9, 30, "utf-8"), (NASTY + "!", 50, 60, "utf-16"), (NASTY + "?", 100, 40, "utf-8-sig")])
@given(drawn=st.lists(samples(), min_size=1, max_size=4))
def test_a_quote_is_what_the_text_says_from_its_file_through_the_window_to_the_exports_and_back(
    window, tmp_path_factory, qtbot, drawn
):
    folder = tmp_path_factory.mktemp("journey")
    journey = Journey(window, folder, qtbot)
    originals = {}
    try:
        for text, start, length, encoding in drawn:
            arrived = journey.bring_in(as_bytes(text, encoding), encoding)
            if arrived is None or arrived[0] in originals:
                continue
            name, stored = arrived
            originals[name] = stored
            first = min(start, len(stored) - 1)
            journey.mark(name, stored, Span(first, min(first + length, len(stored))))
        lines, table = journey.export()
    finally:
        window.close_workspace()
    expected = journey.expected
    check_exports(lines, table, expected)
    check_import(lines, folder, expected, originals)
