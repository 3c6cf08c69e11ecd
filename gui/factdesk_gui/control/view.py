"""Commands about what is seen: panes, docks, finding, zoom and colours."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from factdesk.store.articles import article_names
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.docks import Docks
from factdesk_gui.prefs import Prefs
from factdesk_gui.reader.desk_panes import MAX_PANES
from factdesk_gui.reader.linked_scroll import ScrollMode
from factdesk_gui.workspace import Workspace

_ZOOM_STEP = 1.0  # points
_POINTS = (8.0, 32.0)
_POINTS_NORMAL = 12.0


class ViewControl(QObject):
    """Answers the commands about panes and docks of one project."""

    def __init__(self, workspace: Workspace, docks: Docks, prefs: Prefs) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._desk = workspace.desk
        self._docks = docks
        self._prefs = prefs
        self._desk.zoom_wanted.connect(lambda step: self.zoom(step * _ZOOM_STEP))
        self._inspector = workspace.inspector
        self._inspector.fold_sections(prefs.folded_sections)
        self._inspector.folded.connect(self._remember_folded)
        self._desk.set_differences_shown(shown=prefs.show_differences)
        self._apply_reading()

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        desk = self._desk
        return {
            Command.ADD_PANE: self.add_pane,
            Command.CLOSE_PANE: desk.close_current_pane,
            Command.PANE_LEFT: lambda: desk.move_current_pane(-1),
            Command.PANE_RIGHT: lambda: desk.move_current_pane(1),
            Command.NEXT_PANE: lambda: desk.focus_pane(1),
            Command.PREVIOUS_PANE: lambda: desk.focus_pane(-1),
            Command.NEXT_MARK: lambda: desk.next_mark(forward=True),
            Command.PREVIOUS_MARK: lambda: desk.next_mark(forward=False),
            Command.LOCK_SCROLL: self.toggle_lock,
            Command.RESYNC_SCROLL: desk.resync,
            Command.FIND: desk.find,
            Command.FIND_NEXT: lambda: desk.find_again(1),
            Command.FIND_PREVIOUS: lambda: desk.find_again(-1),
            Command.FIND_IN_CASE: self.find_in_case,
            Command.ZOOM_IN: lambda: self.zoom(_ZOOM_STEP),
            Command.ZOOM_OUT: lambda: self.zoom(-_ZOOM_STEP),
            Command.ZOOM_RESET: lambda: self.zoom(None),
            Command.SERIF: lambda: self.set_serif(serif=True),
            Command.SANS: lambda: self.set_serif(serif=False),
            Command.SHOW_QUEUE: lambda: self._docks.toggle("queue"),
            Command.SHOW_INSPECTOR: lambda: self._docks.toggle("inspector"),
            Command.SHOW_ENTITIES: lambda: self._docks.toggle("entities"),
            Command.SHOW_PROGRESS: lambda: self._docks.toggle("progress"),
            Command.SHOW_FIND: lambda: self._docks.toggle("find"),
            Command.SHOW_CLAIM_MARKS: lambda: self.toggle_marks("claims"),
            Command.SHOW_ENTITY_MARKS: lambda: self.toggle_marks("mentions"),
            Command.SHOW_DIFFERENCES: self.toggle_differences,
        }

    def add_pane(self) -> None:
        """Opens a pane on the first article of the case that is not shown yet, else on the first one."""
        articles = list(article_names(self._workspace.session.reader, self._workspace.review.case_id))
        shown = set(self._desk.shown_articles())
        wanted = next((article for article in articles if article not in shown), articles[0] if articles else "")
        if wanted:
            self._desk.add_pane(wanted)

    def toggle_lock(self) -> None:
        """Switches between panes that follow the current claim and panes that scroll freely."""
        locked = self._desk.scroll_mode is ScrollMode.LOCKED
        self._desk.set_scroll_mode(ScrollMode.FREE if locked else ScrollMode.LOCKED)

    def find_in_case(self) -> None:
        """Brings the case search to the front, with the selected words in it."""
        self._docks.show("find")
        self._workspace.find.focus_search()

    def zoom(self, step: float | None) -> None:
        """Makes article text larger or smaller; None brings the normal size back."""
        points = _POINTS_NORMAL if step is None else self._prefs.reading_points + step
        self._prefs.reading_points = min(max(points, _POINTS[0]), _POINTS[1])
        self._apply_reading()

    def set_serif(self, *, serif: bool) -> None:
        """Chooses the letters of article text."""
        self._prefs.serif = serif
        self._apply_reading()

    def toggle_marks(self, kind: str) -> None:
        """Shows or hides the marks of claims or of mentions in the text."""
        claims, mentions = self._prefs.show_claims, self._prefs.show_mentions
        if kind == "claims":
            self._prefs.show_claims = not claims
        else:
            self._prefs.show_mentions = not mentions
        self._desk.set_marks_shown(claims=self._prefs.show_claims, mentions=self._prefs.show_mentions)

    def toggle_differences(self) -> None:
        """Sets off words that other articles put otherwise, or stops that."""
        self._prefs.show_differences = not self._prefs.show_differences
        self._desk.set_differences_shown(shown=self._prefs.show_differences)

    def needs_met(self) -> set[Need]:
        """What is true about the panes, for enabling commands."""
        count = len(self._desk.panes())
        facts = {Need.PANE: count > 0, Need.PANES: count > 1, Need.ROOM: count < MAX_PANES}
        return {need for need, is_met in facts.items() if is_met}

    def checked(self) -> dict[Command, bool]:
        """Which of the checkable commands are on."""
        return {
            Command.LOCK_SCROLL: self._desk.scroll_mode is ScrollMode.LOCKED,
            Command.SERIF: self._prefs.serif,
            Command.SANS: not self._prefs.serif,
            Command.SHOW_CLAIM_MARKS: self._prefs.show_claims,
            Command.SHOW_ENTITY_MARKS: self._prefs.show_mentions,
            Command.SHOW_DIFFERENCES: self._prefs.show_differences,
            **{
                command: self._docks.is_in_front(name)
                for command, name in (
                    (Command.SHOW_QUEUE, "queue"),
                    (Command.SHOW_INSPECTOR, "inspector"),
                    (Command.SHOW_ENTITIES, "entities"),
                    (Command.SHOW_PROGRESS, "progress"),
                    (Command.SHOW_FIND, "find"),
                )
            },
        }

    def _remember_folded(self) -> None:
        self._prefs.folded_sections = self._inspector.folded_sections()

    def _apply_reading(self) -> None:
        self._desk.set_reading(serif=self._prefs.serif, points=self._prefs.reading_points)
        self._desk.set_marks_shown(claims=self._prefs.show_claims, mentions=self._prefs.show_mentions)
