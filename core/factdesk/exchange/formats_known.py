"""All formats for export: our own and those that plugins bring."""

from functools import cache

from factdesk.errors import FactdeskError
from factdesk.exchange.export_format import ExportFormat, Group
from factdesk.exchange.registered import registered

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
    found, broken = registered(GROUP, ExportFormat)
    groups = list(Group)
    found.sort(key=lambda pair: (groups.index(pair[0].group), pair[1], pair[0].title.casefold()))
    return tuple(each for each, _ in found), tuple(broken)
