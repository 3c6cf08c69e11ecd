"""What the strip of values shows of what the store lined up."""

from collections.abc import Iterable
from dataclasses import replace

from factdesk.store.strip import StripLine
from factdesk_gui.panels.strip_row import StripEntry, StripValue
from factdesk_gui.panels.words import moment_parts, shorten

_NAMES = 4
_SAID = 90  # characters of quoted words


def strip_entries(lines: Iterable[StripLine], claim_id: str) -> list[StripEntry]:
    """One entry for each source, in the order given, more where its claims differ; `claim_id` is the one shown."""
    found: dict[tuple[str, StripEntry], StripEntry] = {}
    for line in lines:
        entry = _entry(line, is_current=line.claim_id == claim_id)
        said = (line.article_id, replace(entry, claim_id="", is_current=False))
        if said not in found or entry.is_current:
            found[said] = entry
    return list(found.values())


def _entry(line: StripLine, *, is_current: bool) -> StripEntry:
    values = [StripValue(value.text, value.differs) for value in line.values]
    values += [StripValue(name.text, differs=True) for name in line.names if name.differs]
    return StripEntry(
        line.claim_id,
        line.label,
        moment_parts(line.published_at),
        tuple(dict.fromkeys(values)),
        _named(line),
        _said(line),
        line.why,
        is_current,
        any(value.differs for value in line.values),
    )


def _named(line: StripLine) -> str:
    """Names that all have, or that stand in no other's place."""
    names = list(dict.fromkeys(name.text for name in line.names if not name.differs))
    left = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {left} more" if left > 0 else "")


def _said(line: StripLine) -> str:
    words = f"“{shorten(line.said, _SAID)}”" if line.said else ""
    return ": ".join(part for part in (line.claimant, words) if part)
