"""The main window: menus, docks and what is in the middle. What commands do is written in `control`."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QDataStream, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from factdesk.model.changes import Changes
from factdesk_gui.actions.binder import Binder
from factdesk_gui.actions.ids import Command
from factdesk_gui.case_box import CaseBox
from factdesk_gui.control.backups import BackupControl
from factdesk_gui.control.projects import ProjectControl
from factdesk_gui.control.salvage import SalvageControl
from factdesk_gui.control.window import WindowControl
from factdesk_gui.docks import Docks
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.notices import NoticeBar, Offer
from factdesk_gui.prefs import Prefs
from factdesk_gui.start_page import StartPage
from factdesk_gui.status import StatusLine
from factdesk_gui.theme import themes

# What only an open project or a dialog needs is imported there: the start page is painted in half the time.
if TYPE_CHECKING:
    from factdesk.project import Project
    from factdesk_gui.control.controls import Controls
    from factdesk_gui.control.following import Following
    from factdesk_gui.workspace import Workspace

_SIZE = QSize(1600, 960)  # at least, at first start; a screen not much larger is filled
_SHARE = 0.8  # of a large screen
_FILLED = 0.82  # of the screen: a window larger than this is maximised
_OF_A_CLAIM = (Command.VERIFY, Command.DISPUTE, Command.UNVERIFY)  # not pressed while there is none
_CHOICES_MS = 30  # many changes at once are one look at what can be done now


def is_cut(geometry: QByteArray, free: QSize) -> bool:
    """Whether a saved window was larger than the screen is now; Qt would make it far too small then."""
    stream = QDataStream(geometry)
    stream.setVersion(QDataStream.Version.Qt_4_0)  # the one that saveGeometry writes in
    stream.skipRawData(8)  # magic number and version; the frame follows, then the window inside it
    left, top, right, bottom = (stream.readInt32() for _ in range(4))
    return right - left > free.width() or bottom - top > free.height()


class MainWindow(QMainWindow):
    """One window on one project, or on the start page while none is open.

    Args:
        worker: the command of the child process that pre-annotates; None for our own.
    """

    def __init__(self, prefs: Prefs, jobs: Jobs, faults: Faults, worker: Sequence[str] | None = None) -> None:
        super().__init__()
        self.prefs = prefs
        self.jobs = jobs
        self._worker = worker
        self.workspace: Workspace | None = None
        self.setAcceptDrops(True)
        self.setObjectName("main")
        middle = QWidget()
        self.docks = Docks(self)
        self.status = StatusLine(self.statusBar())
        self.notices = NoticeBar(self, middle)
        self._start = StartPage(prefs)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._start)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._middle)
        self.setCentralWidget(middle)
        self.projects = ProjectControl(self, prefs, jobs, self.notices)
        self.general = WindowControl(self, prefs)
        self.backups = BackupControl(self, jobs, self.notices)
        self.salvage = SalvageControl(self, prefs, jobs, self.notices)
        handlers = (
            self.projects.handlers() | self.general.handlers() | self.backups.handlers() | self.salvage.handlers()
        )
        self.binder = Binder(self, handlers, prefs)
        self.binder.fill_menu_bar()
        self.case_box = CaseBox(self.binder.make_toolbar())
        self._controls: Controls | None = None
        self._following: Following | None = None
        self._place_again: dict[str, Any] | None = None
        self._choices_timer = QTimer(self, singleShot=True, interval=_CHOICES_MS)
        self._choices_timer.timeout.connect(self._show_choices)
        self._connect(faults)
        self._show_start()
        self._restore_layout()

    # projects ---------------------------------------------------------------------------------------------------

    def show_workspace(self, workspace: "Workspace") -> None:
        """Puts an opened project on the desk; the one before must be closed."""
        from factdesk_gui.control.controls import Controls  # noqa: PLC0415 - see above
        from factdesk_gui.control.following import Following  # noqa: PLC0415 - see above

        self.workspace = workspace
        self._controls = controls = Controls(workspace, self.docks, self.prefs, self.jobs, self.notices, self._worker)
        self.binder.answer(controls.handlers())
        self._connect_workspace(workspace, controls)
        self._middle.addWidget(workspace.desk)
        self._middle.setCurrentWidget(workspace.desk)
        self.docks.fill(workspace.panels())
        self.docks.set_all_visible(visible=True)
        if self.prefs.window_state.isEmpty() or not self.restoreState(self.prefs.window_state):
            self.docks.set_widths()
        self.docks.keep_corners()
        QTimer.singleShot(0, self, self.docks.make_fit)
        project = workspace.session.project
        self.setWindowTitle(f"{project.path.stem} (reading only)" if project.read_only else f"{project.path.stem}[*]")
        self.setWindowFilePath(str(project.path))
        self.status.show_project(project.path.stem, read_only=project.read_only)
        self.status.show_origin(controls.second_review.origin_words(), "Made without the verdicts of others")
        workspace.open_last_place(self._place_again)
        self._place_again = None
        if project.read_only:
            self._following = Following(workspace.session, self.projects.view_again, self)
        self._show_choices()
        self.projects.was_shown(project.path, read_only=project.read_only)
        self.backups.follow(project.path, read_only=project.read_only)
        controls.analysis.start()
        controls.second_review.greet()
        controls.shares.look()

    def close_workspace(self) -> bool:
        """Saves the place and closes the project, if one is open; False if that has to wait for the reviewer."""
        workspace, controls = self.workspace, self._controls
        if workspace is None or controls is None:
            return True
        if not all(each.may_close() for each in (controls.articles.intake, controls.second_review, controls.rescue)):
            return False
        self.prefs.window_state = self.saveState()
        controls.articles.intake.shut_down()
        controls.analysis.shut_down()
        controls.exports.stop()
        controls.second_review.shut_down()
        self.workspace, self._controls = None, None
        self.notices.remedies = lambda _error: ()
        if self._following is not None:
            self._place_again = workspace.place() if self._following.is_stale else None
            self._following.stop()
            self._following = None
        workspace.close()
        self._middle.removeWidget(workspace.desk)
        self.docks.empty()
        self.notices.clear()  # they are about the project that was closed
        workspace.desk.deleteLater()
        workspace.deleteLater()
        self._show_start()
        return True

    @property
    def controls(self) -> "Controls | None":
        """What answers the commands about the open project."""
        return self._controls

    # Qt ---------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is on disk already but what is being typed, the place and the layout."""
        self.prefs.window_geometry = self.saveGeometry()
        self.prefs.sync()
        event.setAccepted(self.close_workspace())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A project is opened, anything else is offered for import."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.projects.take_files(paths)

    # inside -----------------------------------------------------------------------------------------------------

    def _connect(self, faults: Faults) -> None:
        faults.told.connect(self.notices.tell_error)
        faults.crashed.connect(self.general.show_crash)
        self.projects.opened.connect(lambda project: faults.watch(project.path))
        self.projects.closing_wanted.connect(self.close_workspace)
        self.projects.backups_wanted.connect(self.backups.ask_for)
        self.backups.closing_wanted.connect(self.close_workspace)
        self.backups.restored.connect(self.projects.open)
        self.projects.salvage_wanted.connect(self.salvage.ask_for)
        self.salvage.closing_wanted.connect(self.close_workspace)
        self.salvage.salvaged.connect(self.projects.open)
        self.projects.opened.connect(self._open_project)
        self.projects.files_wanted.connect(self._import)
        self.projects.from_export.working.connect(partial(self.status.show_work, who="project"))
        self.status.stop_wanted.connect(self._stop_work)
        self.binder.recent_wanted.connect(lambda path: self.projects.open(Path(path)))
        self._start.sample_wanted.connect(self.projects.open_sample)
        self._start.new_wanted.connect(self.projects.ask_new)
        self._start.open_wanted.connect(self.projects.ask_open)
        self._start.recent_changed.connect(lambda: self.binder.set_recent(self.prefs.recent))
        self._start.recent_wanted.connect(lambda path: self.projects.open(Path(path)))
        self.binder.triggered.connect(lambda _: self._choices_timer.start())  # what it switched shows its check mark
        self.general.changed.connect(self._choices_timer.start)
        self.general.keys_wanted.connect(self._open_keys)
        self.general.palette_wanted.connect(self._open_palette)
        self.general.reviewer_named.connect(self._name_reviewer)
        self.general.model_chosen.connect(self._offer_analysis)
        themes().changed.connect(self._choices_timer.start)
        self.docks.changed.connect(self._choices_timer.start)

    def _open_project(self, project: "Project") -> None:
        from factdesk_gui.workspace import Workspace  # noqa: PLC0415 - see above

        if self.workspace is not None:  # it could not be closed
            project.close()
            return
        self.show_workspace(Workspace(project, self))

    def _connect_workspace(self, workspace: "Workspace", controls: "Controls") -> None:
        from factdesk_gui.actions.place_keys import Place, PlaceKeys  # noqa: PLC0415 - see above
        from factdesk_gui.control.board_menu import open_board_menu  # noqa: PLC0415 - see above
        from factdesk_gui.control.context_menu import extend, extend_article  # noqa: PLC0415 - see above

        session, review = workspace.session, workspace.review
        self.notices.remedies = controls.rescue.offers
        controls.rescue.saved.connect(self.projects.go_on_with)
        controls.rescue.backups_wanted.connect(self.backups.ask_for)
        controls.rescue.salvage_wanted.connect(self.salvage.ask_for)
        controls.shares.found.connect(self.status.show_place)
        session.saving.connect(lambda saving: self.status.set_saving(saving, all_saved=session.all_saved))
        session.changed.connect(self._on_changed)
        workspace.desk.context_menu_wanted.connect(lambda menu, marks: extend(menu, marks, review, self.binder))
        workspace.desk.head_menu_wanted.connect(lambda menu: extend_article(menu, self.binder))
        workspace.board.menu_wanted.connect(lambda *_: self._show_choices())  # of the cell that was just clicked
        workspace.board.menu_wanted.connect(lambda menu, point: open_board_menu(menu, point, self.binder))
        keys = PlaceKeys(self.binder, Place.BOARD, workspace.board.view.cells)
        keys.refused.connect(lambda command: self.status.say(f"Not now: {self.binder.why_not(command)}"))
        analysis = controls.analysis
        for who, control in controls.workers().items():
            control.working.connect(partial(self.status.show_work, who=who))
        self.case_box.follow(workspace)
        place = PlaceKeys(self.binder, Place.ENTITIES, workspace.entities.view)
        place.refused.connect(lambda command: self.status.say(f"Not now: {self.binder.why_not(command)}"))
        workspace.follow_keys(self.binder.shortcuts)
        for signal in (
            session.changed,
            session.failed,
            review.claim_chosen,
            review.mention_chosen,
            review.selection_changed,
            review.case_chosen,
            review.article_focused,
            workspace.desk.place_changed,
            workspace.queue.feed.ordered,
            workspace.board.cell_changed,
            workspace.entities.chosen_changed,
            analysis.working,
        ):
            signal.connect(self._choices_timer.start)

    def _import(self, paths: list[Path]) -> None:
        if self._controls is not None:
            self._controls.articles.ask_import(paths)

    def _stop_work(self) -> None:
        workers = {"project": self.projects.from_export} | (self._controls.workers() if self._controls else {})
        if self.status.shown_work in workers:
            workers[self.status.shown_work].stop()

    def _open_keys(self) -> None:
        from factdesk_gui.dialogs.shortcuts_dialog import ShortcutsDialog  # noqa: PLC0415 - see above

        ShortcutsDialog(self.binder.shortcuts, self).open()

    def _open_palette(self) -> None:
        from factdesk.store.articles import article_names  # noqa: PLC0415 - see above
        from factdesk_gui.dialogs.palette import Palette  # noqa: PLC0415 - see above

        workspace = self.workspace
        articles = article_names(workspace.session.reader, workspace.review.case_id) if workspace else {}
        palette = Palette(self.binder, list(articles.items()), self)
        if workspace:
            palette.article_chosen.connect(workspace.desk.show_article)
        palette.open()

    def _name_reviewer(self, name: str) -> None:
        if self.workspace is not None:
            self.workspace.session.project.set_reviewer(name)
            self.notices.tell(f"Decisions carry the name {name} from now on.")

    def _offer_analysis(self) -> None:
        controls = self._controls
        offer = Offer("Pre-annotate now", lambda: controls.analysis.start(again=True)) if controls else None
        self.notices.tell("The next pre-annotation uses the chosen language model.", offer=offer)

    def _show_start(self) -> None:
        self._middle.setCurrentWidget(self._start)
        self.projects.was_shown(None)
        self.backups.follow(None)
        self._start.set_recent(self.prefs.recent)
        self.case_box.leave()
        self.docks.set_all_visible(visible=False)
        self.setWindowTitle("")
        self.setWindowFilePath("")
        self.status.show_project(None, read_only=False)
        self.status.forget_work()
        self.binder.set_recent(self.prefs.recent)
        self._show_choices()

    def _on_changed(self, changes: Changes) -> None:
        if changes.title:
            self.status.say(changes.title)

    def _show_choices(self) -> None:
        """Switches commands on and off by what is current."""
        controls = self._controls
        checked = dict.fromkeys(_OF_A_CLAIM, False) | self.general.checked()
        titles = {Command.UNDO: "", Command.REDO: ""}
        if controls is not None:
            checked |= controls.checked()
            titles = controls.history.menu_titles()
        self.binder.enable(controls.needs_met() if controls else ())
        for command, on in checked.items():
            self.binder.check(command, on=on)
        for command, title in titles.items():
            self.binder.rename(command, title)

    def _restore_layout(self) -> None:
        if not self.prefs.window_geometry.isEmpty():
            self.restoreGeometry(self.prefs.window_geometry)
            if not is_cut(self.prefs.window_geometry, self.screen().availableSize()):
                return
        free = self.screen().availableSize()
        size = (free * _SHARE).expandedTo(_SIZE).boundedTo(free)
        self.resize(size)
        if size.width() > _FILLED * free.width() or size.height() > _FILLED * free.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)
