"""Uncaught errors: notices for users' cases, reports for bugs, always on the UI thread."""

import gc
import sys
import threading

import pytest
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from builders import Bench
from factdesk.errors import DamagedError, FactdeskError, StorageFullError
from factdesk_gui.dialogs.crash_dialog import CrashDialog
from factdesk_gui.faults import CrashReport, Faults
from full_case import make_full_case
from spoiled_rows import LooseProject, put


@pytest.fixture
def faults(qapp):
    made = Faults()
    made.install()
    made.reports, made.errors, made.threads = [], [], []
    made.crashed.connect(made.reports.append)
    made.crashed.connect(lambda _: made.threads.append(QThread.currentThread() is qapp.thread()))
    made.told.connect(made.errors.append)
    yield made
    made.uninstall()


class Emitter(QObject):
    fired = Signal()


def raise_in_slot(error):
    def slot():
        raise error

    QTimer.singleShot(0, slot)


def test_a_users_case_in_a_slot_becomes_a_notice(faults, qtbot):
    error = StorageFullError("The disk is full.", "Make room.")
    with qtbot.waitSignal(faults.told) as told:
        raise_in_slot(error)
    assert told.args == [error]
    assert faults.reports == []


def test_a_bug_in_a_slot_becomes_a_report_with_details(faults, qtbot, capsys):
    with qtbot.waitSignal(faults.crashed):
        raise_in_slot(KeyError("span"))
    report = faults.reports[0]
    assert report.summary == "KeyError: 'span'"
    assert "raise error" in report.details
    assert "Factdesk" in report.text
    assert report.where == ""
    assert "KeyError" in capsys.readouterr().err


def test_a_bug_in_a_python_thread_arrives_on_the_ui_thread(faults, qtbot, capsys):
    with qtbot.waitSignal(faults.crashed):
        thread = threading.Thread(target=lambda: {}["missing"], name="digger")
        thread.start()
        thread.join()
    assert faults.reports[0].where == "digger"
    assert faults.threads == [True]


def test_a_bug_in_a_pool_thread_of_qt_arrives_on_the_ui_thread(faults, qtbot, capsys):
    class Work(QRunnable):
        def run(self):
            raise ZeroDivisionError

    with qtbot.waitSignal(faults.crashed):
        QThreadPool.globalInstance().start(Work())
    assert faults.reports[0].summary == "ZeroDivisionError"
    assert faults.threads == [True]


def test_a_bug_in_a_finaliser_is_reported_too(faults, qtbot, capsys):
    class Brittle:
        def __del__(self):
            raise RuntimeError("late")

    with qtbot.waitSignal(faults.crashed):
        Brittle()
        gc.collect()
    assert faults.reports[0].summary == "RuntimeError: late"


def test_the_same_bug_is_told_once(faults, qtbot, capsys):
    emitter = Emitter()

    def slot():
        raise ValueError("again")

    emitter.fired.connect(slot)
    with qtbot.waitSignal(faults.crashed):
        for _ in range(5):
            emitter.fired.emit()
    with qtbot.waitSignal(faults.crashed):
        raise_in_slot(KeyError("another"))
    assert [report.summary for report in faults.reports] == ["ValueError: again", "KeyError: 'another'"]


def test_report_tells_what_a_boundary_has_caught(faults, qtbot):
    with qtbot.waitSignal(faults.told):
        faults.report(FactdeskError("No."))


def test_uninstall_gives_the_hooks_back(qapp):
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    made = Faults()
    made.install()
    made.install()
    assert sys.excepthook != before[0]
    made.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_the_dialog_reassures_and_copies(qtbot):
    dialog = CrashDialog(CrashReport("KeyError: 'span'", "Traceback\nKeyError: 'span'\n"))
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(type(dialog._problem)))
    assert "Your decisions are saved" in words
    dialog.copy_button.click()
    assert "KeyError: 'span'" in QGuiApplication.clipboard().text()
    assert dialog.copy_button.text() == "Copied"


def test_what_stumbles_over_a_damaged_project_is_told_as_damage(faults, qtbot, capsys, tmp_path):
    loose = LooseProject(make_full_case(tmp_path / "case.factdesk"))
    with loose.spoiled(tmp_path / "case.factdesk") as connection:
        put(connection, "links", "score", "'much'")
    faults.watch(tmp_path / "case.factdesk")
    with qtbot.waitSignal(faults.told) as told:
        raise_in_slot(TypeError("'<' not supported"))
    assert isinstance(told.args[0], DamagedError)
    assert "links.score" in told.args[0].message
    assert faults.reports == []


def test_a_bug_with_a_sound_project_stays_a_bug(faults, qtbot, capsys, tmp_path):
    bench = Bench(tmp_path / "case.factdesk")
    bench.close()
    faults.watch(bench.path)
    with qtbot.waitSignal(faults.crashed):
        raise_in_slot(KeyError("span"))
    assert faults.errors == []
