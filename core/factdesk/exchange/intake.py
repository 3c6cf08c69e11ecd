"""Storing what was read: in small steps, so that no decision ever waits long, and a stop or a crash loses only the last.

Choosing the same files again after a stop goes on where it ended: what is stored is known by its text and by its bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass

from factdesk.errors import FactdeskError, NotFoundError, ProjectError
from factdesk.exchange.originals import Originals
from factdesk.exchange.progress import Progress, never, no_progress
from factdesk.exchange.readings import Reading
from factdesk.model.articles import NewArticle
from factdesk.model.changes import Changes
from factdesk.model.ids import article_id, new_id
from factdesk.ops.intake import take_in
from factdesk.project import Project
from factdesk.text.normalise import is_normalised

ARTICLES = 50
"""The most articles in one step."""

BYTES = 4 * 1024 * 1024
"""The most bytes of originals and texts in one step, unless one article alone has more."""


@dataclass(frozen=True, slots=True)
class IntakeProblem:
    """Something that was read and could not be stored."""

    what: str  # the file and the place in it
    reason: str

    def __str__(self) -> str:
        """In a line."""
        return f"{self.what}: {self.reason}"


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What an import did."""

    added: tuple[str, ...] = ()  # ids of articles that are new in the case
    known: tuple[str, ...] = ()  # ids of those that it had already
    marks: int = 0  # claims, mentions, links and evidence that came with them
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
        rest = iter(readings)
        with Originals() as originals:
            run = _Run(self._project, self._case_id, originals)
            for batch in _batches(rest):
                if stopped() or run.failure is not None:
                    run.left += [*batch, *rest]
                    break
                progress(run.done, max(total, run.done))
                changes = run.store(batch)
                if changes is not None and self._told is not None:
                    self._told(changes)
        progress(run.done, max(total, run.done))
        return run.report()


class _Run:
    """One import under way."""

    def __init__(self, project: Project, case_id: str, originals: Originals) -> None:
        self._project = project
        self._case_id = case_id
        self._originals = originals
        self._key = f"import {new_id()}"
        self._added: list[str] = []
        self._known: list[str] = []
        self._marks = 0
        self._problems: list[IntakeProblem] = []
        self.done = 0
        self.left: list[Reading] = []
        self.failure: FactdeskError | None = None

    def store(self, batch: Sequence[Reading]) -> Changes | None:
        """One step; where one of a batch cannot be stored, the others are."""
        whole = [(reading, article) for reading in batch if (article := self._complete(reading)) is not None]
        changes: Changes | None = None
        for part in self._stored(whole):
            changes = part if changes is None else changes | part
        if self.failure is None:
            self.done += len(batch)
        return changes

    def report(self) -> IntakeReport:
        """What it did so far."""
        return IntakeReport(
            tuple(self._added),
            tuple(self._known),
            self._marks,
            tuple(self._problems),
            tuple(self.left),
            self.failure,
        )

    def _stored(self, whole: Sequence[tuple[Reading, NewArticle]]) -> Iterator[Changes]:
        if not whole:
            return
        try:
            taken = self._project.submit(
                take_in, self._case_id, [article for _, article in whole], self._key, urgent=False
            ).result()
        except (ProjectError, NotFoundError) as error:  # nothing more can be stored
            self.failure = error
            self.left += [reading for reading, _ in whole]
        except FactdeskError as error:
            if len(whole) == 1:
                self._problems.append(IntakeProblem(named(whole[0][0]), error.message))
                return
            for each in whole:
                yield from self._stored([each])
        else:
            self._added += taken.added
            self._known += [each for each in taken.articles if each not in set(taken.added)]
            yield taken.changes

    def _complete(self, reading: Reading) -> NewArticle | None:
        try:
            article = self._originals.completed(reading)
        except FactdeskError as error:
            self._problems.append(IntakeProblem(named(reading), error.message))
            return None
        if not is_normalised(article.text):
            self._problems.append(IntakeProblem(named(reading), f"“{reading.kind}” gave a text that is not normalised"))
            return None
        return article


def named(reading: Reading) -> str:
    """The file of a reading and its place there, as people name it."""
    name = reading.origin.path.name if reading.origin else reading.article.source.name
    return " › ".join(filter(None, (name, reading.place))) or article_id(reading.article.text)


def _batches(readings: Iterator[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    size = 0
    for reading in readings:
        weight = _weight(reading)
        if batch and (len(batch) >= ARTICLES or size + weight > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(reading)
        size += weight
    if batch:
        yield batch


def _weight(reading: Reading) -> int:
    article = reading.article
    original = reading.origin.size if reading.origin else len(article.source.original)
    return original + len(article.text)
