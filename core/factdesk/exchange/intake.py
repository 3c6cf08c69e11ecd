"""Storing what was read: in small steps, so that no decision ever waits long, and a stop or a crash loses only the last.

Choosing the same files again after a stop goes on where it ended: what is stored is known by its bytes and by its text.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from itertools import chain

from factdesk.errors import FactdeskError, NotFoundError, ProjectError
from factdesk.exchange.originals import Originals
from factdesk.exchange.progress import Progress, never, no_progress
from factdesk.exchange.readings import Reading
from factdesk.exchange.relations import Relations
from factdesk.model.articles import NewArticle
from factdesk.model.changes import Changes
from factdesk.model.given import Given
from factdesk.model.ids import article_id, new_id
from factdesk.ops.intake import Marked, Taken, take_in, take_relations
from factdesk.project import Project
from factdesk.text.normalise import is_normalised

ARTICLES = 50
"""The most articles in one step."""

BYTES = 4 * 1024 * 1024
"""The most bytes of originals and texts in one step, unless one article alone has more."""

MARKS = 400
"""The most marks in one step, unless one article alone has more."""

ROWS = 8_000
"""Rows after which a new step of the history begins, so that undo never holds everything up."""


@dataclass(frozen=True, slots=True)
class IntakeProblem:
    """Something that was read and could not be stored."""

    what: str  # the file and the place in it
    reason: str
    hint: str = ""  # what to do about it

    def __str__(self) -> str:
        """In a line."""
        return f"{self.what}: {self.reason}"


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What an import did."""

    added: tuple[str, ...] = ()  # ids of articles that are new in the case
    known: tuple[str, ...] = ()  # ids of those that it had already
    marks: int = 0  # new claims, mentions, links and evidence
    held_back: int = 0  # claims without the verdict they had, because the project demands evidence for it
    problems: tuple[IntakeProblem, ...] = ()
    left: tuple[Reading, ...] = ()  # not dealt with any more, because it was stopped or could not go on
    failure: FactdeskError | None = None  # why it could not go on: a full disk, a project that was closed


class Intake:
    """Stores readings in one case, from any thread but the writer's.

    Args:
        told: called after each step with what it changed, on the calling thread.
    """

    def __init__(self, project: Project, case_id: str, told: Callable[[Changes], object] | None = None) -> None:
        self._project = project
        self._case_id = case_id
        self._told = told

    def store(
        self,
        readings: Iterable[Reading],
        progress: Progress = no_progress,
        stopped: Callable[[], bool] = never,
    ) -> IntakeReport:
        """Store readings in their order; what is stored stays when it is stopped.

        The progress counts readings dealt with, of all as far as `readings` know their number.
        """
        total = len(readings) if isinstance(readings, Sized) else 0
        batches = _batches(readings)
        with Originals() as originals:
            run = _Run(self._project, self._case_id, originals, self._told or _tell_nobody)
            for batch in batches:
                if stopped() or run.failure is not None:
                    run.left += chain(batch, *batches)
                    break
                progress(run.done, max(total, run.done))
                run.store(batch)
        run.join()
        progress(run.done, max(total, run.done))
        return run.report()


class _Run:
    """One import under way."""

    def __init__(self, project: Project, case_id: str, originals: Originals, told: Callable[[Changes], object]) -> None:
        self._project = project
        self._case_id = case_id
        self._originals = originals
        self._told = told
        self._relations = Relations()
        self._key = f"import {new_id()}"
        self._steps = 0
        self._rows = 0  # of the present step of the history, about
        self._added: list[str] = []
        self._known: list[str] = []
        self._marks = 0
        self._held_back = 0
        self._problems: list[IntakeProblem] = []
        self.done = 0
        self.left: list[Reading] = []
        self.failure: FactdeskError | None = None

    def store(self, batch: Sequence[Reading]) -> None:
        """One step; where one of a batch cannot be stored, the others are."""
        whole = [(reading, article) for reading in batch if (article := self._complete(reading)) is not None]
        if whole:
            self._take(whole)
        if self.failure is None:
            self.done += len(batch)

    def join(self) -> None:
        """Links and evidence between articles of one file that came in different steps."""
        for items in self._relations.late():
            if self.failure is not None:
                return
            try:
                taken = self._submit(take_relations, items)
            except FactdeskError as error:
                self.failure = error
            else:
                self._note(taken)

    def report(self) -> IntakeReport:
        """What it did so far."""
        return IntakeReport(
            tuple(self._added),
            tuple(self._known),
            self._marks,
            self._held_back,
            tuple(self._problems),
            tuple(self.left),
            self.failure,
        )

    def _take(self, whole: Sequence[tuple[Reading, NewArticle]]) -> None:
        batch = [_marked(reading, article) for reading, article in whole]
        try:
            taken = self._submit(take_in, batch)
        except (ProjectError, NotFoundError) as error:  # nothing more can be stored
            self.failure = error
            self.left += [reading for reading, _ in whole]
        except FactdeskError as error:
            if len(whole) == 1:
                self._problems.append(IntakeProblem(named(whole[0][0]), error.message, error.hint))
                return
            for each in whole:
                self._take([each])
        else:
            self._steps += 1
            for name, marked in zip(taken.articles, batch, strict=True):
                self._relations.note(name, marked, self._steps)
            self._note(taken)

    def _submit(self, step: Callable[..., Taken], batch: Sequence[object]) -> Taken:
        return self._project.submit(step, self._case_id, batch, self._key, urgent=False).result()

    def _note(self, taken: Taken) -> None:
        added = set(taken.added)
        self._added += taken.added
        self._known += [each for each in taken.articles if each not in added]
        self._marks += taken.marks
        self._held_back += taken.held_back
        self._rows += len(taken.added) + taken.marks
        if self._rows >= ROWS:
            self._rows, self._key = 0, f"import {new_id()}"
        self._told(taken.changes)

    def _complete(self, reading: Reading) -> NewArticle | None:
        try:
            article = self._originals.completed(reading)
        except FactdeskError as error:
            self._problems.append(IntakeProblem(named(reading), error.message, error.hint))
            return None
        if not is_normalised(article.text):
            reason = f"“{reading.kind}” read it into a text that is not normalised."
            self._problems.append(IntakeProblem(named(reading), reason, "Report it to whoever made that plugin."))
            return None
        return article


def named(reading: Reading) -> str:
    """The file of a reading and its place there, as people name it."""
    name = reading.path.name if reading.path else reading.article.source.name
    return " › ".join(filter(None, (name, reading.place))) or article_id(reading.article.text)


def _marked(reading: Reading, article: NewArticle) -> Marked:
    source = reading.member[-1].rpartition("/")[2] if reading.member else ""
    source = source or (reading.path.name if reading.path else article.source.name)
    return Marked(article, reading.given, source, (reading.path, reading.member))


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    size = marks = 0
    for reading in readings:
        more_size, more_marks = _size(reading), _count(reading.given)
        if batch and (len(batch) >= ARTICLES or size + more_size > BYTES or marks + more_marks > MARKS):
            yield batch
            batch, size, marks = [], 0, 0
        batch.append(reading)
        size += more_size
        marks += more_marks
    if batch:
        yield batch


def _size(reading: Reading) -> int:
    article = reading.article
    original = reading.origin.size if reading.origin else len(article.source.original)
    return original + len(article.text)


def _count(given: Given) -> int:
    return len(given.claims) + len(given.mentions) + len(given.links) + len(given.evidence)


def _tell_nobody(_changes: Changes) -> None:
    """For those who do not want to know."""
