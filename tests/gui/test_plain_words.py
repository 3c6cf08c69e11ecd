"""A case of a stranger whose names and texts are HTML and menu signs: everything is shown letter by letter."""

import re

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtOfGui
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QMenu, QWidget

from builders import analysis_of, new_article, sentence_spans
from factdesk.exchange.attachments import attachment_of
from factdesk.model.analysis import FoundLink
from factdesk.model.claims import Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.articles import add_article
from factdesk.ops.claims import mark_claim, set_claimant
from factdesk.ops.clusters import mark_cluster, set_normalised_claim
from factdesk.ops.evidence import add_source
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.store.claims import claims_of_article
from factdesk.store.evidence import evidence_of
from factdesk_gui.actions.ids import Command
from factdesk_gui.dialogs.addresses import AddressDialog
from factdesk_gui.dialogs.crash_dialog import CrashDialog
from factdesk_gui.dialogs.evidence_dialog import EvidenceDialog
from factdesk_gui.dialogs.file_reading import OneFile, Trouble
from factdesk_gui.dialogs.name_dialog import NameDialog
from factdesk_gui.dialogs.trouble_list import TroubleList
from factdesk_gui.faults import CrashReport
from factdesk_gui.plain import plain_tip, wrapped_tip

HTML = '<img src="file:///etc/passwd"><b>x</b>&amp;"\' &Zone'
FILE = "<b>x<b>&Zone'\"&amp;.html"
"""As much of it as a file may be called."""

_OURS = re.compile(r'<p style="white-space: pre-wrap">|</p>')
_ROWS = 50


def is_plain(tip):
    """Whether a tool tip shows what it says letter by letter."""
    return not QtOfGui.mightBeRichText(tip) or "<" not in _OURS.sub("", tip)


def shown_as_html(top):
    """Everything in a window that Qt would take for HTML, and every & that it would take for a menu sign."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        name = f"{type(widget).__name__} {widget.objectName()}"
        if not is_plain(widget.toolTip()) or QtOfGui.mightBeRichText(widget.whatsThis()):
            found.append(f"tool tip of {name}: {widget.toolTip()}")
        if isinstance(widget, QLabel):
            guesses = widget.textFormat() is Qt.TextFormat.AutoText and QtOfGui.mightBeRichText(widget.text())
            rich = widget.textFormat() is Qt.TextFormat.RichText and "/etc/passwd" in widget.text()
            found += [f"label {name}: {widget.text()}"] if guesses or rich else []
        if isinstance(widget, QAbstractButton) and re.search("(?<!&)&Zone", widget.text()):
            found.append(f"sign in {name}: {widget.text()}")
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            found += [f"{name}: {tip}" for tip in tips_of(widget.model()) if not is_plain(tip)]
        if isinstance(widget, QMenu):
            widget.aboutToShow.emit()
    for action in top.findChildren(QAction):
        tip = action.toolTip() if shows_tips(action) else ""
        if not is_plain(tip) or re.search("(?<!&)&Zone", action.text()):
            found.append(f"action: {action.text()} {action.toolTip()}")
    return found


def shows_tips(action):
    """A menu shows tool tips of its entries only when it was told to."""
    places = action.associatedObjects()
    return any(not isinstance(place, QMenu) or place.toolTipsVisible() for place in places)


def tips_of(model, parent=QModelIndex()):  # noqa: B008 - an invalid index never changes
    """All tool tips of a model, its heads among them."""
    tip = Qt.ItemDataRole.ToolTipRole
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal, tip) or "")
        for row in range(min(_ROWS, model.rowCount(parent))):
            yield str(model.index(row, column, parent).data(tip) or "")


def article(number):
    return f"{HTML} fell on Monday {number}. {HTML} said 12 people were hurt on 3 May {number}. The river kept rising"


@pytest.fixture
def hostile(tmp_path):
    """A project in which everything that has a name or a text is HTML."""
    path = tmp_path / "<b>x<b>&Zone'.factdesk"
    with Project.create(path, reviewer=HTML, case_name=HTML) as project, project.reader() as reader:
        case = list_cases(reader)[0].id
        ids = []
        for number in (2031, 2032):
            new = new_article(article(number), title=f"{HTML} {number}", publisher=HTML, name=FILE)
            ids.append(project.run(add_article, case, new).created)
            project.run(store_analysis, analysis_of(ids[-1], article(number), words=[(HTML, "ORG", HTML)]))
        spans = [sentence_spans(article(number))[1] for number in (2031, 2032)]
        link = FoundLink(ids[0], spans[0], ids[1], spans[1], Relation.CONFLICTS, 0.8, HTML)
        project.run(store_links, case, [link])
        first, second = claims_of_article(reader, ids[0], include_refused=True)[:2]
        for claim in (first, second):
            project.run(set_claimant, claim.id, HTML)
            project.run(mark_claim, claim.id, Verdict.DISPUTED, Reason.SOURCES_CONFLICT, HTML)
            project.run(set_normalised_claim, case, claim.id, HTML)
            file = attachment_of(b"<b>", FILE)
            project.run(
                add_source, claim.id, EvidenceKind.FILE, Stance.SUPPORTS, HTML, "", HTML, source=HTML, attachment=file
            )
            address = "https://a.example/<b>x</b>?&Zone"
            project.run(add_source, claim.id, EvidenceKind.URL, Stance.REFUTES, HTML, address, HTML, source=HTML)
        project.run(mark_cluster, case, second.id, Verdict.VERIFIED, None, HTML)
    return path, ids


def test_nothing_of_a_stranger_is_taken_for_html(window, hostile, qtbot):
    path, ids = hostile
    window.projects.open(path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    reader, review = window.workspace.session.reader, window.workspace.review
    for dock in window.docks.all():
        dock.show()
    for claim in claims_of_article(reader, ids[0], include_refused=True)[:2]:
        review.choose_claim(claim.id)
        qtbot.waitUntil(lambda: not window.workspace.session.pending)
        qtbot.waitUntil(lambda: len(window.workspace.queue.visible_ids()) > 0)
        assert shown_as_html(window) == []
    views = [view for view in window.findChildren(QAbstractItemView) if view.model() is not None]
    assert sum(any("/etc/passwd" in tip for tip in tips_of(view.model())) for view in views) >= 3, (
        "nothing is looked at"
    )
    window.binder.run(Command.BOARD)
    window.notices.tell(HTML, hint=HTML)
    qtbot.waitUntil(lambda: any(HTML in label.text() for label in window.findChildren(QLabel)))
    assert shown_as_html(window) == []


def test_dialogs_show_a_stranger_s_words_letter_by_letter(hostile, window, qtbot):
    path, ids = hostile
    window.projects.open(path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    reader = window.workspace.session.reader
    claim = claims_of_article(reader, ids[0], include_refused=True)[0]
    pieces = evidence_of(reader, claim.id)
    dialogs = [
        AddressDialog("https://a.example/<b>x</b>?&Zone"),
        AddressDialog(HTML),
        *(EvidenceDialog(HTML, evidence=piece) for piece in pieces),
        NameDialog(HTML, HTML, "Keep", HTML, "Name"),
        CrashDialog(CrashReport(HTML, HTML)),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        assert shown_as_html(dialog) == []
    assert len(pieces) == 2


def test_files_that_cannot_be_imported_are_named_letter_by_letter(qtbot, tmp_path):
    troubles = TroubleList()
    qtbot.addWidget(troubles)
    troubles.add([Trouble(OneFile(tmp_path / FILE), HTML, HTML, HTML)])
    views = troubles.findChildren(QAbstractItemView)
    assert any("/etc/passwd" in tip for view in views for tip in tips_of(view.model()))
    assert shown_as_html(troubles) == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "smb://host/x", "ms-word:x", "", "data:,x"]
)
def test_only_addresses_of_the_web_are_opened(qtbot, address):
    dialog = AddressDialog(address)
    qtbot.addWidget(dialog)
    opened = []
    dialog.open_wanted.connect(opened.append)
    dialog.accept()
    assert opened == []
    assert not dialog.accept_button.isEnabled()


@pytest.mark.parametrize("text", [HTML, "<b>x", "a &lt;b", "<!doctype html>", "plain & simple", "1 < 2"])
def test_a_tip_says_what_it_was_given(text, qtbot):
    from PySide6.QtGui import QTextDocument

    for tip in (plain_tip(text), wrapped_tip(text)):
        assert is_plain(tip)
        document = QTextDocument()
        document.setHtml(tip) if QtOfGui.mightBeRichText(tip) else document.setPlainText(tip)
        assert document.toPlainText() == text
