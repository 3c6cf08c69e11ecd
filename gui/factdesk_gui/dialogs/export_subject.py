"""What there is to export: the values that the dialog is opened with, and the one that it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.export_format import ExportFormat, Group
from factdesk.model.articles import Case


@dataclass(frozen=True, slots=True)
class ClaimChoice:
    """Some of the claims, as one line of a box."""

    title: str
    claim_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A project as far as the dialog asks about it."""

    project: Path
    cases: tuple[Case, ...] = ()
    case_id: str = ""  # the one on the desk
    reviewers: tuple[str, ...] = ()
    chosen: ClaimChoice | None = None  # the rows it was opened for
    is_report: bool = False  # only formats for people to read


@dataclass(frozen=True, slots=True)
class Export:
    """An export to be written."""

    format: str
    path: Path
    options: ExportOptions


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a person chose for a format last time."""

    decisions_only: bool = False
    all_reviewers: bool = False
    anonymous: bool = False
    with_text: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def first(cls, chosen: ExportFormat) -> "Remembered":
        """What suits a format before a person chose anything: what others read holds only what people decided."""
        return cls(decisions_only=chosen.group in {Group.FACT_CHECK, Group.REPORT})


def tag_of(chosen: ExportFormat) -> str:
    """What tells a format's file from those of others with the same ending; "" where the ending says it all."""
    ending = chosen.suffix.removeprefix(".")
    if not ending:
        return chosen.name
    tag = chosen.name.removesuffix(f"-{ending}")
    return "" if tag == ending else tag


def name_for(stem: str, chosen: ExportFormat) -> str:
    """The name of a file or folder that a format suggests."""
    tag = tag_of(chosen)
    return f"{stem}-{tag}{chosen.suffix}" if tag else f"{stem}{chosen.suffix}"
