"""The command as a newcomer types it: with a display, without one, with a file that is none. Real processes."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import PySide6
import pytest

from factdesk import __version__
from factdesk.cli.names import COMMANDS
from factdesk.exchange.sample import open_sample
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk_gui import __main__ as command

SEEN_WINDOW = Path(__file__).parents[1] / "support" / "seen_window.py"
PATIENCE = 300  # seconds; the language model on a slow and busy machine
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def environment(**more):
    """Ours without a display."""
    return {name: value for name, value in os.environ.items() if name not in DISPLAYS} | more


def factdesk(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "factdesk_gui", *map(str, arguments)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.parametrize("arguments", [(), ("demo",), ("some.factdesk",)])
def test_without_a_display_it_says_so_in_one_sentence_and_names_the_commands(arguments):
    done = factdesk(*arguments)
    assert done.returncode == command.NO_DISPLAY
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert "no display" in sentence
    assert sentence.count(".") == 1
    assert all(name in sentence for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--version",), 0, f"factdesk {__version__}"),
        (("--help",), 0, "opens the window"),
        (("--no-such-option",), 2, "opens the window"),
        (("one.factdesk", "two.factdesk"), 2, "opens the window"),
        (("stats", "missing.factdesk"), 1, "There is no file"),
        (("mark",), 2, "Usage"),
    ],
)
def test_exit_codes_tell_answers_from_wrong_usage_and_from_errors(arguments, code, words):
    done = factdesk(*arguments)
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_binding_that_crashes_on_this_python_is_refused_at_the_start(monkeypatch, capsys):
    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    assert command.main([]) == 1
    said = capsys.readouterr().err
    assert "6.12.0" in said
    assert "6.11.3" in said
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    assert command.unsafe_binding() == ""


class Seen:
    """The window as a process of its own, off screen."""

    def __init__(self, argument, home):
        more = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, str(SEEN_WINDOW), str(argument)],
            env=environment(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def state(self):
        self.process.stdin.write('["state"]\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def wait_for(self, is_true):
        end = time.monotonic() + PATIENCE
        while not is_true(state := self.state):
            assert time.monotonic() < end, state
            time.sleep(0.05)
        return state

    def close(self):
        """Ends it politely; gives its exit code and what it wrote to its error output."""
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


ODD = {
    "missing": (Path.exists, "There is no file"),
    "text": (lambda path: path.write_text("Hello."), "is not a Factdesk project"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "empty": (lambda path: path.touch(), "is empty"),
}


@pytest.mark.parametrize("kind", ODD)
def test_a_file_that_is_no_project_is_told_in_the_window_which_stays(tmp_path, kind):
    make, words = ODD[kind]
    make(tmp_path / "odd.factdesk")
    window = Seen(tmp_path / "odd.factdesk", tmp_path)
    state = window.wait_for(lambda state: state["notices"])
    assert words in state["notices"][0]
    assert "odd.factdesk" in state["notices"][0]
    code, errors = window.close()
    assert code == 0
    assert "Traceback" not in errors


def test_a_window_that_is_ended_politely_leaves_a_project_in_good_order(tmp_path):
    path = tmp_path / "sample.factdesk"
    open_sample(path, "Ada").close()
    window = Seen(path, tmp_path)
    window.wait_for(lambda state: state.get("articles"))
    code, errors = window.close()
    assert (code, "Traceback" in errors) == (0, False)
    assert not path.with_name(path.name + "-wal").exists()
    with Project.open(path, read_only=True) as project, project.reader() as reader:
        assert reader.value("SELECT count(*) FROM sessions WHERE ended_at IS NULL") == 0
        assert check_project(reader) == []


def test_a_playback_that_has_nowhere_to_write_says_so(tmp_path):
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, "-m", "factdesk_gui.playback", str(tmp_path / "file" / "out")],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert "Name another folder" in sentence


@pytest.mark.model
def test_the_playback_leaves_project_exports_and_pictures(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "factdesk_gui.playback", str(tmp_path / "out")],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    kept = [Path(line.strip()) for line in done.stdout.splitlines()[1:]]
    assert all(path.stat().st_size > 1000 for path in kept)
    by_ending = {ending: [path for path in kept if path.suffix == ending] for ending in (".factdesk", ".jsonl", ".csv")}
    assert all(len(paths) == 1 for paths in by_ending.values())
    assert len([path for path in kept if path.suffix == ".png"]) >= 4
    with Project.open(by_ending[".factdesk"][0], read_only=True) as project, project.reader() as reader:
        rows = reader.rows("SELECT verdict, count(*) AS n FROM claims WHERE verdict IS NOT NULL GROUP BY verdict")
        verdicts = {row["verdict"]: row["n"] for row in rows}
        assert set(verdicts) == {"verified", "disputed", "unverified"}
        assert sum(verdicts.values()) >= 10
        assert reader.value("SELECT count(*) FROM decisions WHERE cause = 'undo'") >= 1
        assert check_project(reader) == []
    records = [json.loads(line) for line in by_ending[".jsonl"][0].read_text(encoding="utf-8").splitlines()]
    decided = [one for one in records if one["type"] == "claim" and one["verdict"]]
    assert len(decided) == sum(verdicts.values())
    with by_ending[".csv"][0].open(encoding="utf-8-sig", newline="") as file:
        assert sum(bool(row["verdict"]) for row in csv.DictReader(file)) == len(decided)
