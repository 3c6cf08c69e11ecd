"""What a format for export is: the values that each module in `formats` registers, and that plugins register too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factdesk.exchange.dataset import Dataset
    from factdesk.exchange.progress import Steps


class Group(StrEnum):
    """Where a dialog lists a format."""

    WHOLE = "Everything"
    TABLE = "Tables and datasets"
    TOOL = "Annotation tools"
    FACT_CHECK = "Fact-checking"
    REPORT = "Report"


class Feature(StrEnum):
    """Something that a project holds and a format may not; the value says it in words, for “cannot hold …”."""

    TEXTS = "texts of articles"
    ORIGINALS = "the files that articles were read from"
    METADATA = "title, publisher, address and date of articles"
    SENTENCES = "sentences and their check-worthiness"
    MENTIONS = "mentions"
    ENTITIES = "which mentions name the same thing"
    CLAIMS = "claims"
    OVERLAPS = "claims that overlap or hold mentions"
    KINDS = "kinds of claims"
    SUGGESTIONS = "the difference between suggestions and decisions"
    REFUSED = "refused suggestions"
    VERDICTS = "verdicts"
    REASONS = "reasons of verdicts"
    NOTES = "notes"
    CONFIDENCE = "confidence of verdicts"
    REVIEWERS = "who decided, and when"
    ALL_REVIEWERS = "verdicts of several reviewers on one claim"
    HISTORY = "the history of decisions and steps"
    CLAIMANTS = "who says a claim, and on whose word"
    VALUES = "numbers, dates and times in claims"
    NORMALISED = "claims in a reviewer's words"
    CLUSTERS = "claims of several articles about the same fact"
    CONFLICTS = "links between claims, with agreement and conflict"
    ABSENCES = "that an article does not mention a fact"
    ORIGINS = "which articles share one origin"
    PASSAGES = "evidence in articles"
    SOURCES = "evidence from outside"
    FILES = "attached files"
    VERSIONS = "versions of articles"


ALL_FEATURES = frozenset(Feature)


class Choice(StrEnum):
    """A general choice about an export that a format may be unable to honour; the value says it in words."""

    CASE = "a choice of one case"
    CLAIMS = "a choice of claims"
    SUGGESTIONS = "leaving out suggestions"
    WHOSE = "a choice of verdicts"
    ANONYMOUS = "hiding reviewers' names"
    LICENCE = "a licence"


@dataclass(frozen=True, slots=True)
class FormatOption:
    """A choice that only this format has."""

    name: str
    title: str
    choices: tuple[tuple[str, str], ...]  # value, words; the first is the default
    explains: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of this project that a format cannot hold, or holds only in a changed form."""

    what: str  # a phrase: “12 notes”, “3 claims that overlap or hold mentions”
    because: str = ""  # why, or what becomes of it; a sentence or ""
    is_lost: bool = True  # False: nothing is missing, but a person should know it beforehand


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: `count` of `unit`, and sentences about what had to be changed on the way."""

    count: int
    unit: str  # in the plural: “claims”, “lines”
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The count with its unit: “1 claim”, “1,234 claims”."""
        one = self.unit.removesuffix("ies") + "y" if self.unit.endswith("ies") else self.unit.removesuffix("s")
        return f"{self.count:,} {one if self.count == 1 else self.unit}"


@dataclass(frozen=True, slots=True)
class Checked:
    """How a written export was checked: with what, what was compared, and what was wrong (nothing, normally)."""

    how: str  # a sentence: “Loaded with spaCy 3.8.7: 5 documents; the places and quotes of all 120 spans are those of the project.”
    problems: tuple[str, ...] = ()


Write = Callable[["Dataset", Path, "Steps"], Written]
"""Writes what the dataset has to a new file, or into a folder that exists and is empty, telling its steps.

The path is a temporary one: the caller gives the export its name when it is whole and has passed its check. Calls
`steps.step()` at least once for each article, which is also where a person's stop takes effect.
"""

Check = Callable[["Dataset", Path], Checked]
"""Loads what was written, with the library that its readers use or by the target's own rules, and compares it."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format, as a dialog and the command line offer it.

    Attributes:
        name: short and stable; the command line takes it.
        suffix: with its dot; "" for a format that is a folder of several files.
        description: one or two sentences: for what, and which program reads it.
        unit: of its positions: “code points”, “UTF-16 units”, “tokens”, or "" when it has none.
        holds: what of a project it can hold; the rest is told as lost.
        remarks: losses of its own, asked from the dataset before writing.
        expects: what a person should know beforehand about a large one, such as pages and time, without a full stop; ""
            for nothing. Raises FactdeskError when it would be too large.
        works_without_text: whether it makes sense with positions only.
        ignores: general choices that it cannot honour: they are refused, and a dialog does not offer them.
    """

    name: str
    title: str
    suffix: str
    group: Group
    description: str
    unit: str
    holds: frozenset[Feature]
    write: Write
    check: Check
    options: tuple[FormatOption, ...] = ()
    remarks: Callable[["Dataset"], list[Loss]] | None = None
    expects: Callable[["Dataset"], str] | None = None
    works_without_text: bool = False
    ignores: frozenset[Choice] = frozenset()
    readme: Mapping[str, str] = field(default_factory=dict)  # further sentences for the sidecar: heading, text

    @property
    def is_folder(self) -> bool:
        """Whether it is several files in a folder."""
        return not self.suffix
