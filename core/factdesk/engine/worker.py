"""The child process that reads articles: requests on its standard input, answers on its standard output.

`python -m factdesk.engine.worker`. It yields the processor to everything else, ends when its input ends, and on Linux the kernel
ends it with its parent, so that no orphan keeps computing after a crash of the window.
"""

import contextlib
import sys
import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from factdesk.child_process import settle_in
from factdesk.engine.protocol import (
    Answer,
    Article,
    ArticleDone,
    Failed,
    Links,
    LinksDone,
    Load,
    ProtocolError,
    Quit,
    Ready,
    Request,
    decode_request,
    encode,
)
from factdesk.errors import FactdeskError

if TYPE_CHECKING:
    from factdesk.model.analysis import Analysis
    from factdesk.nlp.drafts import ArticleDraft
    from factdesk.nlp.pipeline import Pipeline


class Engine:
    """Answers requests; keeps what it read of each article until the case is judged as a whole."""

    def __init__(self) -> None:
        self._pipeline: Pipeline | None = None
        self._drafts: dict[str, ArticleDraft] = {}
        self._sent: dict[str, Analysis] = {}

    def answer(self, request: Request) -> Iterable[Answer]:
        """The answers to one request. A fault is an answer too: the next request is served all the same."""
        try:
            match request:
                case Load(model):
                    yield self._load(model)
                case Article():
                    yield self._article(request)
                case Links(ids):
                    yield from self._links(ids)
        except FactdeskError as error:
            yield Failed(request.id if isinstance(request, Article) else "", error.message, error.hint)
        except MemoryError:
            yield Failed(
                request.id if isinstance(request, Article) else "",
                "There is not enough memory.",
                "Close other programs and try again.",
            )
        except Exception as error:  # noqa: BLE001  # the border of the process: one bad article must not end the others
            traceback.print_exc(file=sys.stderr)
            where = request.id if isinstance(request, Article) else ""
            yield Failed(
                where,
                f"The analysis failed: {type(error).__name__}: {error}",
                "Marks can be made by hand in this article.",
            )

    def _load(self, model: str | None) -> Ready:
        from factdesk.nlp import pipeline  # noqa: PLC0415  # spaCy takes seconds; the process answers before that

        self._pipeline = pipeline.load(model)
        self._drafts.clear()
        self._sent.clear()
        return Ready(self._pipeline.info)

    def _loaded(self) -> "Pipeline":
        if self._pipeline is None:
            self._load(None)
        assert self._pipeline is not None  # noqa: S101  # loaded just now
        return self._pipeline

    def _article(self, article: Article) -> ArticleDone:
        from factdesk.nlp import analyse, reading  # noqa: PLC0415  # spaCy takes seconds

        loaded = self._loaded()
        draft = reading.read(loaded, article.id, article.text, article.title, published=article.published)
        analysis = analyse.conclude([draft], loaded.info)[0]
        self._drafts[article.id] = draft
        self._sent[article.id] = analysis
        return ArticleDone(analysis)

    def _links(self, ids: Iterable[str]) -> Iterable[Answer]:
        from factdesk.nlp import analyse  # noqa: PLC0415  # spaCy takes seconds

        drafts = [self._drafts[i] for i in ids if i in self._drafts]
        analyses = analyse.conclude(drafts, self._loaded().info)
        for analysis in analyses:
            if analysis != self._sent[analysis.article_id]:
                self._sent[analysis.article_id] = analysis
                yield ArticleDone(analysis)
        yield LinksDone(tuple(analyse.link_claims(drafts, analyses)), tuple(analyse.origins_of(drafts)))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers line by line until the input ends or asks to quit."""
    engine = Engine()
    for line in iter(requests.readline, b""):
        if not line.strip():
            continue
        try:
            request = decode_request(line)
        except ProtocolError as error:
            _send(answers, Failed("", f"A request could not be read: {error}"))
            continue
        if isinstance(request, Quit):
            return
        for answer in engine.answer(request):
            _send(answers, answer)


def _send(answers: BinaryIO, answer: Answer) -> None:
    answers.write(encode(answer))
    answers.flush()


def main() -> int:
    """Runs until the input ends."""
    answers = settle_in()
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
