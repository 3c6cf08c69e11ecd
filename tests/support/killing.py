"""Victims of a fork server: started, watched, stopped and killed; and what must hold of a project afterwards."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path

from factdesk.ops.history import redo, redo_title, undo, undo_title
from factdesk.project import Project
from factdesk.store.check import check_project

SUPPORT = Path(__file__).parent
PATIENCE = 120  # seconds until a wait has failed: a shared machine may do nothing for long


def wait_until(holds):
    """Waits for a condition."""
    begun = time.monotonic()
    while not (found := holds()):
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.002)
    return found


class Victims:
    """One process with everything loaded, that forks for each job."""

    def __init__(self, module, home):
        python_path = os.pathsep.join(filter(None, (str(SUPPORT), os.environ.get("PYTHONPATH"))))
        environment = os.environ | {"PYTHONPATH": python_path, "HOME": str(home), "OPENBLAS_NUM_THREADS": "1"}
        environment |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
        self._last = None
        self._process = subprocess.Popen(
            [sys.executable, str(SUPPORT / f"{module}.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def start(self, folder, **job):
        """A victim at work."""
        self.give_up()
        notes = folder / f"{job['work']}.notes"
        self._process.stdin.write(json.dumps(job | {"notes": str(notes)}) + "\n")
        self._process.stdin.flush()
        self._last = Victim(int(self._process.stdout.readline()), notes, self)
        return self._last

    def give_up(self):
        """Ends a victim that a test left behind because it failed."""
        if self._last is not None and self._last.is_alive:
            with suppress(ProcessLookupError):
                self._last.send(signal.SIGKILL)
            self.ended()
            self._last.is_alive = False

    def ended(self):
        """How the last one ended."""
        return int(self._process.stdout.readline())

    def close(self):
        """No more jobs."""
        self.give_up()
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(PATIENCE)


@contextmanager
def victims(module, home):
    """A fork server for a while."""
    server = Victims(module, home)
    try:
        yield server
    finally:
        server.close()


class Victim:
    """A process that works on a project and notes what was acknowledged."""

    def __init__(self, number, notes, server):
        self.number, self._notes, self._server = number, notes, server
        self._error = notes.with_suffix(".error")
        self.is_alive = True

    def said(self):
        """What it noted so far."""
        assert not self._error.exists(), self._error.read_text()
        return [json.loads(line) for line in self._notes.read_text().splitlines()] if self._notes.exists() else []

    def wait_for(self, count):
        """Until it noted so many things."""
        wait_until(lambda: len(self.said()) >= count)

    def live_on(self, seconds):
        """Lets it work for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(min(0.05, max(0.0, end - time.monotonic())))
        self.said()

    def send(self, what, *, children=False):
        """A signal to it, or to its children as well."""
        (os.killpg if children else os.kill)(self.number, what)

    def kill(self):
        """Ends it at once, without its children; gives all that it noted."""
        self.send(signal.SIGKILL)
        ending = self._server.ended()
        self.is_alive = False
        said = self.said()
        assert ending == -signal.SIGKILL, ending
        wait_until(lambda: not living(self.number))
        self._notes.unlink(missing_ok=True)
        return said


def living(session):
    """Processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, its_session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:  # it ended while we looked
            continue
        if int(its_session) == session and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def sound(path):
    """Opens the project as the next session would, checks everything it promises, and goes on working."""
    with Project.open(path, reviewer="Ada") as project, project.reader() as reader:
        assert check_project(reader) == []
        if undo_title(reader):
            before = judged(reader)
            project.run(undo)
            assert redo_title(reader)
            project.run(redo)
            assert judged(reader) == before
        assert check_project(reader) == []


def judged(reader):
    """Status and verdict of all claims."""
    return {row["id"]: (row["status"], row["verdict"]) for row in reader.rows("SELECT id, status, verdict FROM claims")}


def states(reader, first):
    """What a queue would show of the claims, from a first state on after each step of the history."""
    shown = dict(first)
    yield dict(shown)
    rows = reader.rows("SELECT operation, decided_at, claim_id, status, verdict FROM decisions ORDER BY number")
    for _, step in groupby(rows, key=lambda row: (row["operation"], row["decided_at"])):
        shown.update((row["claim_id"], (row["status"], row["verdict"])) for row in step)
        yield dict(shown)


def are_among(seen, stored):
    """Whether all that was seen was stored in that order, whatever was stored between."""
    rest = iter(stored)
    wanted = [{claim: tuple(row) for claim, row in one.items()} for one, _ in groupby(seen)]
    return all(any(one == other for other in rest) for one in wanted)
