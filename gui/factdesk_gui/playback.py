"""Plays a review of the sample case in a real window, without a person and without a screen.

`python -m factdesk_gui.playback FOLDER` imports, pre-annotates, marks, undoes and exports as a newcomer would, by the
same commands, keys and files, and leaves the project, the exports and screenshots in the folder. `./dev run` does this
where there is no display, so that the first command shows the main job on any machine.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from factdesk.model.claims import Claim, Verdict
from factdesk.model.spans import Span
from factdesk.store.articles import list_articles, unanalysed_articles
from factdesk.store.claims import get_claim
from factdesk_gui.actions.ids import Command
from factdesk_gui.app import make_application, make_window
from factdesk_gui.control.controls import Controls
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.main_window import MainWindow
from factdesk_gui.prefs import Prefs
from factdesk_gui.review import Passage
from factdesk_gui.theme import Scheme
from factdesk_gui.workspace import Workspace

_SIZE = (1600, 900)
_PATIENCE_MS = 180_000  # loading the language model on a slow machine
_VERDICTS = (Verdict.VERIFIED, Verdict.DISPUTED, Verdict.UNVERIFIED)
_KEYS = {Verdict.VERIFIED: "v", Verdict.DISPUTED: "d", Verdict.UNVERIFIED: "u"}


class PlaybackError(RuntimeError):
    """A step did not lead where it should."""


class Player:
    """Acts on one window and keeps what came of it."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.folder = folder
        self.kept: list[Path] = []

    @property
    def workspace(self) -> Workspace:
        """The open project."""
        if self.window.workspace is None:
            raise PlaybackError("no project is open")
        return self.window.workspace

    @property
    def controls(self) -> Controls:
        """What answers its commands."""
        if self.window.controls is None:
            raise PlaybackError("no project is open")
        return self.window.controls

    def wait(self, is_true: Callable[[], object], what: str) -> None:
        """Lets the window work until something is true."""
        end = time.monotonic() + _PATIENCE_MS / 1000
        while not is_true():
            if time.monotonic() > end:
                raise PlaybackError(f"waited in vain: {what}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            QTest.qWait(10)

    def settle(self) -> None:
        """Waits until everything done so far is on disk."""
        self.wait(lambda: not self.workspace.session.pending, "saving")
        QTest.qWait(60)

    def press(self, key: str) -> None:
        """Presses a key in the reading desk, as a reviewer would."""
        target: QWidget = QApplication.focusWidget() or self.workspace.desk
        QTest.keyClick(target, key)
        self.settle()

    def run(self, command: Command) -> None:
        """Chooses a command from the menu."""
        self.window.binder.run(command)
        self.settle()

    def claim(self) -> Claim:
        """The current claim."""
        return get_claim(self.workspace.session.reader, self.workspace.review.claim_id)

    def shoot(self, name: str) -> None:
        """Keeps a picture of the window."""
        QTest.qWait(150)
        path = self.folder / f"{name}.png"
        self.window.grab().save(str(path))
        self.kept.append(path)


def open_sample(player: Player) -> None:
    """Makes the sample project and waits until the machine's suggestions are in."""
    path = player.folder / "Sample case.factdesk"
    for old in player.folder.glob("Sample case.factdesk*"):
        old.unlink()
    player.window.projects.open_sample(path)
    player.wait(lambda: player.window.workspace, "the sample project")
    workspace = player.workspace
    reader = workspace.session.reader
    player.wait(lambda: len(list_articles(reader, workspace.review.case_id)) == 5, "five articles")
    player.wait(lambda: not unanalysed_articles(reader, workspace.review.case_id), "pre-annotation")
    player.wait(lambda: not player.controls.analysis.annotator.is_running, "links")
    player.settle()
    player.wait(lambda: len(workspace.queue.visible_ids()) >= 10, "ten claims in the queue")
    player.kept.append(path)


def review_claims(player: Player, count: int = 12) -> list[str]:
    """Marks claims one after the other, by key and by menu in turn."""
    commands = {
        Verdict.VERIFIED: Command.VERIFY,
        Verdict.DISPUTED: Command.DISPUTE,
        Verdict.UNVERIFIED: Command.UNVERIFY,
    }
    marked = []
    player.workspace.desk.focus_pane(0)
    for index in range(count):
        player.run(Command.NEXT_CLAIM)
        verdict = _VERDICTS[index % len(_VERDICTS)]
        if index % 2:
            player.run(commands[verdict])
        else:
            player.press(_KEYS[verdict])
        if player.claim().verdict is not verdict:
            raise PlaybackError(f"claim {index + 1} was not marked {verdict}")
        if index % 4 == 0:
            player.run(Command.REASON_1)
        marked.append(player.claim().id)
    return marked


def move_edge_and_add_evidence(player: Player) -> None:
    """Moves an edge of the current claim and adds the passage after it as evidence."""
    before = player.claim().span
    player.run(Command.END_EARLIER)
    if player.claim().span == before:
        raise PlaybackError("the edge did not move")
    claim = player.claim()
    review = player.workspace.review
    review.select(Passage(claim.article_id, Span(claim.span.start, claim.span.end)))
    QTest.qWait(60)
    player.run(Command.EVIDENCE_SUPPORTS)
    if not player.claim().evidence_count:
        raise PlaybackError("the evidence was not added")
    review.select(None)


def undo_and_redo(player: Player) -> None:
    """Takes three steps back and does one again."""
    for _ in range(3):
        player.run(Command.UNDO)
    player.run(Command.REDO)


def export(player: Player) -> None:
    """Writes the dataset in both formats."""
    for name, format_name in (("sample-review.jsonl", "jsonl"), ("sample-review.csv", "csv")):
        path = player.folder / name
        path.unlink(missing_ok=True)
        player.controls.exports.export_to(path, format_name)
        player.wait(path.exists, f"the export {name}")
        player.kept.append(path)
    player.wait(lambda: not player.window.jobs.busy, "the export")


def play(window: MainWindow, folder: Path) -> list[Path]:
    """The whole review; returns what was kept."""
    player = Player(window, folder)
    player.shoot("1-start")
    open_sample(player)
    player.window.notices.clear()
    player.shoot("2-imported")
    review_claims(player)
    move_edge_and_add_evidence(player)
    undo_and_redo(player)
    for _ in range(4):
        player.run(Command.PREVIOUS_CLAIM)
    window.general.set_scheme(Scheme.LIGHT)
    player.shoot("3-review-light")
    window.general.set_scheme(Scheme.DARK)
    player.shoot("4-review-dark")
    window.general.set_scheme(Scheme.LIGHT)
    export(player)
    return player.kept


def in_window(act: Callable[[MainWindow], list[Path]]) -> tuple[list[Path], int]:
    """Acts on a shown window of its own settings; gives what was kept, and 1 if the program had a fault, else 0."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application(["factdesk"])
    faults = Faults()
    faults.install()
    problems: list[object] = []
    faults.crashed.connect(problems.append)
    with tempfile.TemporaryDirectory() as temporary:
        window = make_window(Prefs(Path(temporary) / "prefs.ini"), Jobs(), faults)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*_SIZE)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        try:
            kept = act(window)
        finally:
            window.close()
            window.jobs.close()
            QTimer.singleShot(0, app.quit)
            app.exec()
    return kept, 1 if problems else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Plays into the folder named, by default out/sample-review."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    folder = Path(arguments[0] if arguments else "out/sample-review").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept, code = in_window(lambda window: play(window, folder))
    except OSError as error:
        sys.stderr.write(f"Nothing can be written in {folder} ({error.strerror}). Name another folder.\n")
        return 1
    except PlaybackError as error:
        sys.stderr.write(f"The review of the sample case stopped: {error}. What was done is in {folder}.\n")
        return 1
    sys.stdout.write("Played a review of the sample case in an off-screen window. It left:\n")
    sys.stdout.writelines(f"  {path}\n" for path in kept)
    return code


if __name__ == "__main__":
    sys.exit(main())
