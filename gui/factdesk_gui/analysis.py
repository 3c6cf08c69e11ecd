"""Pre-annotation from the window's side: a child process reads articles one by one, this object feeds and hears it.

spaCy lives in the child alone. It is started when first wanted, keeps its model between runs and is started again after
a crash. One article travels at a time, so stopping loses at most the one in work, and resuming sends what is left.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from factdesk.engine.protocol import Answer, Article, ArticleDone, Failed, Links, LinksDone, Load, Ready
from factdesk.errors import FactdeskError, ModelError
from factdesk.model.analysis import Analysis, ModelInfo
from factdesk_gui.worker_process import WorkerProcess

Fetch = Callable[[str], tuple[str, str, str]]
"""Title, text and date of publication of an article by its id; raises FactdeskError when it is gone."""

_KILL_AFTER_MS = 1000
_TRIES = 2  # an article that ends the child this often is left out
_REREAD_MOST = 50  # articles read again only so that claims can be linked with theirs


class State(StrEnum):
    """What the child is doing."""

    OFF = "off"
    LOADING = "loading"
    IDLE = "idle"
    READING = "reading"
    LINKING = "linking"
    STOPPING = "stopping"


class _Run:
    """What one call of `start` asked for, and how far it is."""

    def __init__(self, ids: Sequence[str], others: Iterable[str], fetch: Fetch) -> None:
        self.linked = list(dict.fromkeys((*ids, *others)))
        self.fetch = fetch
        self.todo: deque[str] = deque(ids)
        self.total = len(self.todo)
        self.wanted = frozenset(ids)
        self.current = ""
        self.title = ""
        self.finished: dict[str, None] = {}
        self.given_up: set[str] = set()
        self.reread = 0
        self.is_cancelled = False
        self._crashes: Counter[str] = Counter()

    def take_next(self) -> Article | None:
        """The next article that is still there."""
        while self.todo:
            article_id = self.todo.popleft()
            try:
                self.title, text, published = self.fetch(article_id)
            except FactdeskError:  # removed meanwhile: nothing to read
                self.given_up.add(article_id)
                self.total -= 1
                continue
            self.current = article_id
            return Article(article_id, self.title, text, published)
        return None

    def reread_for_links(self, known: set[str]) -> bool:
        """Queues articles that this child has not read but whose claims are to be linked; False when there is none."""
        unread = [one for one in self.linked if one not in known and one not in self.given_up]
        unread = unread[: _REREAD_MOST - self.reread]
        self.todo.extend(unread)
        self.reread += len(unread)
        self.total += len(unread)
        return bool(unread)

    def step_back(self) -> FactdeskError:
        """After a crash: the article in work is tried again, or left out if it ended a child before."""
        title, hint = "", "What is finished is kept. "
        if self.current:
            title = f" while it read “{self.title}”"
            self._crashes[self.current] += 1
            if self._crashes[self.current] < _TRIES:
                self.todo.appendleft(self.current)
            else:
                self.given_up.add(self.current)
                hint += "That article is left out from now on. "
        self.current = ""
        left = len(self.todo)
        hint += f"Resume goes on with {left} article{'' if left == 1 else 's'}." if left else "Nothing else was left."
        return FactdeskError(f"The program for pre-annotation ended unexpectedly{title}.", hint)


class PreAnnotator(QObject):
    """Feeds the child process.

    Signals:
        progressed: articles done, articles in all, title of the one being read.
        article_done: an Analysis; an article may come again when the whole case taught more about its names.
        links_done: a LinksDone: the links of the case, and which of its articles share their text.
        ended: number of articles finished; after the last answer or after `cancel`.
        failed: a FactdeskError about one article (the run goes on), or about the model (the run has ended).
        crashed: a FactdeskError; the child is gone, `resume` goes on with what is left.
        state_changed: a State.
    """

    progressed = Signal(int, int, str)
    article_done = Signal(object)
    links_done = Signal(object)
    ended = Signal(int)
    failed = Signal(object)
    crashed = Signal(object)
    state_changed = Signal(object)

    def __init__(self, command: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = ""  # a spaCy pipeline by name or folder; "" is the bundled one
        self.info: ModelInfo | None = None
        self.child = WorkerProcess(command, self)
        self.child.answered.connect(self._on_answer)
        self.child.ended.connect(self._on_ended)
        self._state = State.OFF
        self._run: _Run | None = None
        self._known: set[str] = set()  # articles this child has read, which it can link
        self._loaded = ""
        self._kill_timer = QTimer(self, singleShot=True, interval=_KILL_AFTER_MS)
        self._kill_timer.timeout.connect(self._on_patience_over)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    @property
    def state(self) -> State:
        """What the child is doing."""
        return self._state

    @property
    def is_running(self) -> bool:
        """Whether articles are being read or linked, or wait for the model."""
        waits = self._state is State.LOADING and self._run is not None
        return waits or self._state in {State.READING, State.LINKING, State.STOPPING}

    @property
    def left(self) -> int:
        """Articles that `resume` would read."""
        return len(self._run.todo) if self._run and not self.is_running else 0

    def warm_up(self) -> None:
        """Starts the child and loads the model, so that the first run need not wait; call it after the first paint."""
        if self._state is State.OFF:
            self._load()

    def start(self, ids: Sequence[str], fetch: Fetch, others: Iterable[str] = ()) -> None:
        """Reads articles, then links the claims of all of them.

        Args:
            ids: articles to analyse, in this order.
            fetch: called for each article when its turn comes.
            others: articles analysed before, to be linked with these; the child reads some of them again if it must.
        """
        if not self.is_running:
            self._run = _Run(ids, others, fetch)
            self._go_on()

    def resume(self) -> None:
        """After a crash: starts the child again and sends what is left."""
        if self._run is not None and not self.is_running:
            self._go_on()

    def cancel(self) -> None:
        """Stops; what is finished is kept. A child that does not answer within a second is ended."""
        if self._run is None or not self.is_running:
            self._run = None
            return
        self._run.is_cancelled = True
        if self._state is State.LOADING:
            self._finish(State.LOADING)  # the model goes on loading, for the next time
        else:
            self._set_state(State.STOPPING)
            self._kill_timer.start()

    def close(self) -> None:
        """Ends the child at once."""
        self._run = None
        self._kill_timer.stop()
        self.child.kill()
        self._set_state(State.OFF)

    def _go_on(self) -> None:
        if self._state is State.IDLE and self._loaded == self.model:
            self._send_next()
        elif self._state is not State.LOADING or self._loaded != self.model:
            self._load()

    def _load(self) -> None:
        if self._state is State.LOADING:  # another model was asked for meanwhile
            self.child.kill()
        if not self.child.is_alive:
            self.child.launch()
        if self.child.is_alive:  # a missing program is told at once
            self._known.clear()
            self.info = None
            self._loaded = self.model
            self._set_state(State.LOADING)
            self.child.send(Load(self.model or None))

    def _on_answer(self, answer: Answer) -> None:
        match answer:
            case Ready(model):
                self.info = model
                self._set_state(State.IDLE)
                self._send_next()
            case ArticleDone(analysis):
                self._on_analysis(analysis)
            case LinksDone() if self._run is not None:
                if not self._run.is_cancelled:
                    self.links_done.emit(answer)
                self._finish(State.IDLE)
            case Failed():
                self._on_failure(answer)

    def _on_analysis(self, analysis: Analysis) -> None:
        run, name = self._run, analysis.article_id
        self._known.add(name)
        if run is None:
            return
        if name != run.current:  # what the whole case taught about an article
            self.article_done.emit(analysis)
            return
        run.current = ""
        if name in run.wanted and name not in run.finished:
            run.finished[name] = None
            self.article_done.emit(analysis)
        self._send_next()

    def _on_failure(self, answer: Failed) -> None:
        run = self._run
        if self._state is State.LOADING:
            self._run = None
            self.child.kill()  # so that a mended installation is found at the next try
            self._set_state(State.OFF)
            self.failed.emit(ModelError(answer.message, answer.hint))
        elif run is not None and run.current:
            self.failed.emit(FactdeskError(f"“{run.title}”: {answer.message}", answer.hint))
            run.given_up.add(run.current)
            run.current = ""
            self._send_next()
        elif run is not None:
            self.failed.emit(FactdeskError(answer.message, answer.hint))
            self._finish(State.IDLE)

    def _on_ended(self, had_started: bool) -> None:  # noqa: FBT001 - a slot gets its value by place
        run, was_running = self._run, self.is_running
        self._kill_timer.stop()
        self._set_state(State.OFF)
        if not had_started:
            self._run = None
            self.failed.emit(
                FactdeskError(
                    f"The program for pre-annotation could not be started: {self.child.command[0]}.",
                    "Install Factdesk anew. Until then marks can be made by hand.",
                )
            )
        elif run is not None and run.is_cancelled:
            self._finish(State.OFF)
        elif run is not None and was_running:
            self.crashed.emit(run.step_back())

    def _on_patience_over(self) -> None:
        self.child.kill()
        self._finish(State.OFF)

    def _send_next(self) -> None:
        run = self._run
        if run is None:
            return
        self._kill_timer.stop()
        if run.is_cancelled:
            self._finish(State.IDLE)
        elif article := run.take_next():
            self._set_state(State.READING)
            self.progressed.emit(run.total - len(run.todo) - 1, run.total, article.title)
            self.child.send(article)
        elif run.finished and run.reread_for_links(self._known):
            self._send_next()
        else:
            self._send_links(run)

    def _send_links(self, run: _Run) -> None:
        ids = tuple(one for one in run.linked if one in self._known)
        if not run.finished or len(ids) < 2:
            self._finish(State.IDLE)
            return
        self._set_state(State.LINKING)
        self.progressed.emit(run.total, run.total, "Linking claims")
        self.child.send(Links(ids))

    def _finish(self, state: State) -> None:
        run, self._run = self._run, None
        self._kill_timer.stop()
        self._set_state(state)
        if run is not None:
            self.ended.emit(len(run.finished))

    def _set_state(self, state: State) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
