"""What is registered by entry point: our own kinds of files and formats, and those that plugins bring."""

from importlib.metadata import entry_points
from typing import Protocol, TypeVar


class Named(Protocol):
    """Anything with a short and stable name."""

    @property
    def name(self) -> str:
        """The name."""


T = TypeVar("T", bound=Named)


def own_modules(group: str) -> list[str]:
    """The modules of our own that an entry point group names, for one who wants them loaded before they are needed."""
    names = (entry.module for entry in entry_points(group=group))
    return sorted({name for name in names if name.startswith("factdesk.")})


def registered(group: str, kind: type[T]) -> tuple[list[tuple[T, bool]], list[str]]:
    """The objects of an entry point group, each with whether a plugin brought it; and a sentence for each unusable one.

    A plugin never replaces one of ours.
    """
    found: dict[str, tuple[T, bool]] = {}
    broken: list[str] = []
    for entry in sorted(entry_points(group=group), key=lambda each: not each.value.startswith("factdesk.")):
        is_plugin = not entry.value.startswith("factdesk.")
        try:
            loaded = entry.load()
        except Exception as error:  # noqa: BLE001 - somebody else's code: the others must stay usable
            broken.append(f"“{entry.name}” cannot be loaded ({type(error).__name__}: {error}).")
            continue
        if not isinstance(loaded, kind):
            broken.append(f"“{entry.name}” is no {kind.__name__}.")
        elif loaded.name in found:
            broken.append(f"There are two called “{loaded.name}”; the one of {entry.value} is not used.")
        else:
            found[loaded.name] = (loaded, is_plugin)
    return list(found.values()), broken
