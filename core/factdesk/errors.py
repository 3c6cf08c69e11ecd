"""Errors made for the person at the desk. Anything else that escapes is a bug."""

_GONE = "It may have been removed meanwhile. If not, run `factdesk check` on the project."


class FactdeskError(Exception):
    """Something a user can act on: what happened, and what to do about it."""

    def __init__(self, message: str, hint: str = "", *, title: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.title = title

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ProjectError(FactdeskError):
    """The project file cannot be opened or written."""


class ProjectInUseError(ProjectError):
    """Another window or process writes this project; reading is possible."""


class TooOldError(ProjectError):
    """The project has to be brought up to date before it can be read."""


class TooNewError(ProjectError):
    """The project was made by a newer Factdesk."""


class DamagedError(ProjectError):
    """The file is no Factdesk project, or it is damaged."""


class BrokenFileError(DamagedError):
    """Bytes of a project are broken; what can still be read may be rescued."""


class StorageFullError(ProjectError):
    """The disk is full; nothing of the step was stored."""


class UnreachableError(ProjectError):
    """The disk does not answer as it should; what was saved before is safe."""


class MovedError(ProjectError):
    """The open file was moved, deleted or replaced; a copy can still be saved."""


class ReadOnlyError(ProjectError):
    """The project was opened for reading only, or its place cannot be written."""


class ImportRefusedError(FactdeskError):
    """A file cannot be imported; others may be."""


class MappingNeededError(ImportRefusedError):
    """A table can be imported once a person has said which column holds what."""


class NotFoundError(FactdeskError):
    """No such claim, article or case in this project."""

    def __init__(self, message: str, hint: str = "", *, title: str = "") -> None:
        super().__init__(message, hint or _GONE, title=title)


class ModelError(FactdeskError):
    """The language model is missing or cannot be loaded."""


class GateError(FactdeskError):
    """The project demands more evidence before this verdict."""

    def __init__(self, message: str, hint: str = "", *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.missing = missing
