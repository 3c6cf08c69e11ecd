"""The window's process is killed or stopped in the middle of any work: what its screen showed is on the disk.

`./dev kills ROUNDS` plays as many rounds as one likes.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import time
import zlib
from contextlib import closing

import pytest

from builders import Bench
from factdesk.errors import ProjectInUseError
from factdesk.exchange.second_review import hand_over
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim
from factdesk.project import Project
from factdesk.store.backups import list_backups
from factdesk.store.check import check_project
from factdesk.store.connection import open_reader
from factdesk.store.places import load_place
from factdesk.store.sessions import reviewer_of
from killing import are_among, judged, sound, states, victims
from old_files import first_release_file

WORKS = {
    "mark": 0.3,
    "bulk": 0.3,
    "back_and_forth": 0.3,
    "reason": 0.6,
    "bring_in": 1.0,
    "write_out": 1.0,
    "merge": 0.5,
    "back_up": 0.5,
    "migrate": 0.3,
}
"""What the window is at, and for how many seconds at most after the moment from which chance decides."""

ASLEEP = 1.5  # seconds: longer than any pause after which the window does something by itself
ROUNDS = -(-int(os.environ.get("FACTDESK_KILLS", "63")) // len(WORKS))

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One process with Qt and the window's modules loaded, which forks the windows."""
    with victims("victim_window", tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A project to copy, and copies of it with what two others decided."""
    folder = tmp_path_factory.mktemp("template")
    bench = Bench(folder / "case.factdesk")
    claims = [claim.id for claim in bench.claims()]
    bench.copies = []
    for name in ("Ben", "Cy"):
        copy = hand_over(bench.project, folder / f"{name}.factdesk", name).path
        with Project.open(copy) as project:
            for number, claim in enumerate(claims):
                project.run(mark_claim, claim, list(Verdict)[number % 3], None, name)
        bench.copies.append(str(copy))
    bench.close()
    bench.old = first_release_file(folder / "old.factdesk")
    with (
        closing(sqlite3.connect(bench.old)) as old,
        old,
    ):  # what nobody decided, pre-annotation may take back under the window
        old.execute("UPDATE claims SET status = 'accepted'")
    return bench


class Rounds:
    """Round after round of one kind of work, each going on where the one before was killed."""

    def __init__(self, server, template, folder, work):
        self.server, self.template, self.folder, self.work = server, template, folder, work
        self.rng = random.Random(work)
        self.project = folder / "case.factdesk"
        self.out = folder / "out"
        self.out.mkdir()
        self.acknowledged = 0
        self.start_anew()

    def start_anew(self):
        """A project that no window has opened yet."""
        shutil.copy(self.template.old if self.work == "migrate" else self.template.path, self.project)
        with open_reader(self.project) as reader:
            self.first = judged(reader)
        self.place = None

    def start(self):
        """A window at work."""
        return self.server.start(
            self.folder,
            work=self.work,
            project=str(self.project),
            home=str(self.folder),
            out=str(self.out),
            copies=self.template.copies,
            seed=self.rng.randrange(10**9),
        )

    def play(self):
        """One window until it is killed; gives what its screen showed."""
        window = self.start()
        # From its first breath, from the first sight of the project, or from a later word on, the moment is left to chance.
        window.wait_for(self.rng.choice((0, 1, 1, 2, 3)) if self.acknowledged else 1)
        window.live_on(self.rng.random() * WORKS[self.work])
        said = window.kill()
        self.acknowledged += len(said)
        return said

    def check(self, said):
        """The project as the killed window left it."""
        if self.work == "migrate" and not said:
            return  # it may not have been touched yet
        with open_reader(self.project) as reader:
            seen = [values[0] for what, *values in said if what == "rows"]
            assert are_among(seen, states(reader, self.first)), seen
            if self.work == "bulk":  # all or nothing
                assert 1 in {len(set(column)) for column in zip(*judged(reader).values(), strict=True)}
            for what, *values in said:
                getattr(self, f"_{what}", lambda *_: None)(reader, *values)

    def keep_place(self):
        """Where the next window should open the project."""
        with open_reader(self.project) as reader:
            self.place = load_place(reader, reviewer_of(reader, "Ada") or "")

    def _opened(self, _reader, claim, articles):
        if self.place and self.place.get("claim"):
            assert claim == self.place["claim"]
            assert articles == [pane["article"] for pane in self.place["desk"]["panes"]]

    def _note(self, reader, claim, words):
        sql = "SELECT count(*) FROM decisions WHERE claim_id = ? AND note LIKE '%' || ?"
        assert reader.value(sql, (claim, words))

    def _passage(self, reader, claim, article, start):
        sql = "SELECT count(*) FROM evidence WHERE claim_id = ? AND article_id = ? AND start = ?"
        assert reader.value(sql, (claim, article, start))

    def _file(self, reader, claim, name, words):
        sql = "SELECT a.zlib FROM evidence e JOIN attachments a USING (sha256) WHERE e.claim_id = ? AND a.name = ?"
        assert zlib.decompress(reader.value(sql, (claim, name))) == words.encode()

    def _articles(self, reader, titles):
        for title in titles:
            sql = (
                "SELECT count(*) FROM articles a JOIN originals o ON o.article_id = a.id "
                "JOIN case_articles c ON c.article_id = a.id WHERE a.title = ?"
            )
            assert reader.value(sql, (title,)) == 1

    def _analysed(self, reader, titles):
        for title in titles:
            assert reader.value("SELECT count(*) FROM claims WHERE quote LIKE ? || '%'", (title,)) == 1

    def _merged(self, reader, is_told):
        assert is_told
        assert reader.value("SELECT count(*) FROM opinions") >= 3

    def _backups(self, _reader, count):
        assert len(list_backups(self.project)) >= count


def check_exports(folder):
    """What has a name is whole; what is not whole is hidden."""
    for file in (each for each in folder.iterdir() if not each.name.startswith(".")):
        if file.suffix == ".jsonl":
            assert json.loads(file.read_text().splitlines()[-1])["type"] == "end", file
        elif file.suffix == ".csv":
            assert file.read_bytes().endswith(b"\r\n")
        elif file.suffix == ".html":
            assert file.read_text().rstrip().endswith("</html>")
        else:
            json.loads(file.read_text())


@pytest.mark.parametrize("work", WORKS)
def test_a_killed_window_loses_nothing_that_its_screen_showed(server, template, tmp_path, work):
    rounds = Rounds(server, template, tmp_path, work)
    for _ in range(ROUNDS):
        if work == "migrate":
            rounds.start_anew()
        rounds.check(rounds.play())
        sound(rounds.project)
        rounds.keep_place()
    assert rounds.acknowledged
    check_exports(rounds.out)
    for backup in list_backups(rounds.project)[:5]:
        with open_reader(backup.path) as reader:
            assert check_project(reader) == []


@pytest.mark.parametrize(
    ("work", "children"), [("mark", False), ("bring_in", False), ("bring_in", True), ("write_out", True)]
)
def test_a_window_that_sleeps_keeps_its_lock_and_goes_on_when_it_wakes(server, template, tmp_path, work, children):
    rounds = Rounds(server, template, tmp_path, work)
    window = rounds.start()
    window.wait_for(2 if work == "mark" else 1)
    window.live_on(rounds.rng.random())
    window.send(signal.SIGSTOP, children=children)
    asleep = len(window.said())
    with pytest.raises(ProjectInUseError, match=rf"Ada has .* \(process {window.number}\)"):
        Project.open(rounds.project)
    with Project.open(rounds.project, read_only=True) as project, project.reader() as reader:
        assert check_project(reader) == []
    time.sleep(ASLEEP)
    assert len(window.said()) == asleep
    window.send(signal.SIGCONT, children=children)
    window.wait_for(asleep + 2)
    said = window.kill()
    rounds.check(said)
    sound(rounds.project)
    check_exports(rounds.out)
