"""All formats for export, found by entry point: our own and those that plugins bring."""

from functools import cache
from importlib.metadata import entry_points

from factdesk.errors import FactdeskError
from factdesk.exchange.export_format import ExportFormat, Group

GROUP = "factdesk.exporters"
"""The entry point group: each names an ExportFormat."""


def formats() -> tuple[ExportFormat, ...]:
    """All formats that can be used, in the order of their groups, then by title; ours before those of plugins."""
    return _found()[0]


def broken_formats() -> tuple[str, ...]:
    """A sentence for each registered format that cannot be used, normally none."""
    return _found()[1]


def get_format(name: str) -> ExportFormat:
    """A format by name."""
    for each in formats():
        if each.name == name:
            return each
    raise FactdeskError(f"There is no export format “{name}”.", f"Choose {' or '.join(f.name for f in formats())}.")


@cache
def _found() -> tuple[tuple[ExportFormat, ...], tuple[str, ...]]:
    known: dict[str, tuple[tuple[int, bool, str], ExportFormat]] = {}
    broken: list[str] = []
    groups = list(Group)
    for entry in entry_points(group=GROUP):
        is_plugin = not entry.value.startswith("factdesk.")
        try:
            loaded = entry.load()
        except Exception as error:  # noqa: BLE001 - somebody else's code: the others must stay usable
            broken.append(f"The export format “{entry.name}” cannot be loaded ({type(error).__name__}: {error}).")
            continue
        if not isinstance(loaded, ExportFormat):
            broken.append(f"The export format “{entry.name}” is no ExportFormat.")
        elif loaded.name in known and is_plugin:
            broken.append(f"There are two export formats “{loaded.name}”; the plugin's is not used.")
        else:
            known[loaded.name] = ((groups.index(loaded.group), is_plugin, loaded.title.casefold()), loaded)
    return tuple(each for _, each in sorted(known.values(), key=lambda pair: pair[0])), tuple(broken)
