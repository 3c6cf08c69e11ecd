"""What a merge led to, as values and in words."""

from collections import Counter
from dataclasses import dataclass, field

from factdesk.ops.wording import counted
from factdesk.store.journal import Row


@dataclass(slots=True)
class MergeReport:
    """What became of what a copy held, by sort: added, there already, and what could not be added with the reason."""

    file_name: str
    reviewers: list[str] = field(default_factory=list)  # whose opinions came in
    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    renewed: int = 0  # marks that another file had brought, and that are now as this one has them
    remarks: list[str] = field(default_factory=list)  # sentences about what came in that should be known
    problems: list[str] = field(default_factory=list)


def as_dict(report: MergeReport) -> Row:
    """A report as plain values."""
    return {
        "file_name": report.file_name,
        "reviewers": report.reviewers,
        "added": dict(report.added),
        "known": dict(report.known),
        "renewed": report.renewed,
        "remarks": report.remarks,
        "problems": report.problems,
    }


def summary(report: MergeReport) -> str:
    """A merge in a sentence."""
    parts = [counted([None] * count, name, _plural(name)) for name, count in report.added.items() if count]
    if report.renewed:
        parts.append(counted([None] * report.renewed, "changed mark"))
    if not parts:
        return "Nothing new came in: everything in that file is here already."
    who = f" from {', '.join(report.reviewers)}" if report.reviewers else ""
    return f"Came in{who}: {', '.join(parts)}."


def _plural(name: str) -> str:
    return {"entity": "entities", "piece of evidence": "pieces of evidence"}.get(name, f"{name}s")
