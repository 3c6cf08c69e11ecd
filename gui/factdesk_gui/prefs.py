"""What the window remembers for its user: settings of this computer, none of any project."""

from pathlib import Path
from typing import Generic, TypeVar, cast, overload

from PySide6.QtCore import QByteArray, QDir, QObject, QSettings, Signal

from factdesk_gui.theme import Scheme

_RECENT = 10

T = TypeVar("T", bool, int, float, str, list[str], QByteArray)


class Setting(Generic[T]):
    """One remembered value, read and written like an attribute of `Prefs`."""

    def __init__(self, key: str, *, default: T) -> None:
        self.key = key
        self.default = default

    @overload
    def __get__(self, prefs: None, owner: type) -> "Setting[T]": ...

    @overload
    def __get__(self, prefs: "Prefs", owner: type) -> T: ...

    def __get__(self, prefs: "Prefs | None", owner: type) -> "T | Setting[T]":
        if prefs is None:
            return self
        return cast("T", _typed(prefs.settings.value(self.key), self.default))

    def __set__(self, prefs: "Prefs", value: T) -> None:
        if value != self.__get__(prefs, type(prefs)):
            prefs.settings.setValue(self.key, value)
            prefs.changed.emit(self.key)


def _typed(stored: object, default: object) -> object:
    """What was stored as the default's type; an INI file keeps words only, and people edit it."""
    if stored is None:
        return default
    if isinstance(default, bool):
        return str(stored).lower() in {"true", "1"}
    if isinstance(default, list):
        found = stored if isinstance(stored, list) else [stored]
        return [str(one) for one in found if one]
    if isinstance(default, QByteArray):
        return stored if isinstance(stored, QByteArray) else default
    try:
        return type(default)(stored)  # type: ignore[call-arg]  # int, float or str of what is there
    except (TypeError, ValueError):
        return default


class Prefs(QObject):
    """Settings over `QSettings`; `changed` names the key that got another value.

    Args:
        path: an INI file of one's own (tests, portable use); else the user's settings.
    """

    changed = Signal(str)

    reviewer = Setting("reviewer", default="")
    model = Setting("model", default="")  # a spaCy pipeline; "" is the bundled one
    serif = Setting("reading/serif", default=True)
    reading_points = Setting("reading/points", default=12.0)
    show_claims = Setting("reading/show_claims", default=True)
    show_mentions = Setting("reading/show_mentions", default=True)
    show_differences = Setting("reading/show_differences", default=True)
    folded_sections = Setting("inspector/folded", default=["details", "history"])
    scroll_locked = Setting("reading/scroll_locked", default=True)
    window_geometry = Setting("window/geometry", default=QByteArray())
    window_state = Setting("window/state", default=QByteArray())
    project_folder = Setting("folders/project", default="")
    import_folder = Setting("folders/import", default="")
    table_mappings = Setting("import/columns", default=cast("list[str]", []))
    export_folder = Setting("folders/export", default="")
    export_format = Setting("export/format", default="")
    report_format = Setting("export/report", default="")
    export_choices = Setting("export/choices", default="")  # JSON: what was chosen for each format
    export_licence = Setting("export/licence", default="")
    _scheme = Setting("theme", default=Scheme.SYSTEM.value)
    _recent = Setting("recent", default=cast("list[str]", []))

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if path is None:
            self.settings = QSettings(
                QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Factdesk", "factdesk", self
            )
        else:
            self.settings = QSettings(str(path), QSettings.Format.IniFormat, self)

    def reviewer_or_user(self) -> str:
        """The reviewer's name, or before it was asked for the name of the home folder."""
        return str(self.reviewer) or QDir.home().dirName().capitalize() or "Reviewer"

    @property
    def scheme(self) -> Scheme:
        """The chosen colours."""
        try:
            return Scheme(self._scheme)
        except ValueError:
            return Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme.value

    @property
    def recent(self) -> list[Path]:
        """Projects opened last, newest first; some may be gone."""
        return [Path(one) for one in self._recent]

    def remember_recent(self, project: Path) -> None:
        """Puts a project at the head of the recent ones."""
        known = str(project.resolve())
        self._recent = [known, *(one for one in self._recent if one != known)][:_RECENT]
        self.project_folder = str(project.resolve().parent)

    def forget_recent(self, project: Path | None = None) -> None:
        """Takes one project, or all, out of the recent ones."""
        self._recent = [] if project is None else [one for one in self._recent if Path(one) != project]

    def keys(self, command: str) -> list[str] | None:
        """The user's own shortcuts of a command: None for the defaults, an empty list for none at all."""
        stored = self.settings.value(f"keys/{command}")
        if stored is None:
            return None
        found = stored if isinstance(stored, list) else [stored]
        return [str(one) for one in found if one]

    def set_keys(self, command: str, keys: list[str] | None) -> None:
        """Keeps a command's own shortcuts; None goes back to the defaults."""
        name = f"keys/{command}"
        if keys is None:
            self.settings.remove(name)
        else:
            self.settings.setValue(name, keys or "")
        self.changed.emit(name)

    def sync(self) -> None:
        """Writes everything to disk now."""
        self.settings.sync()
