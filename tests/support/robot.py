"""A robot at a virtual desk: an X server of its own, a mouse, a keyboard, and a window to work at."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

SEEN_WINDOW = Path(__file__).with_name("seen_window.py")
PATIENCE = 120  # seconds; loading the language model on a slow machine


class Screen:
    """An X server with a window manager."""

    def __init__(self, size="1366x768"):
        self.robots = []
        self._mouse = None
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as numbers:
            self.display = ":" + numbers.readline().strip()
        self._manager = subprocess.Popen(
            ["openbox"],
            env={**os.environ, "DISPLAY": self.display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def do(self, *words):
        """One xdotool command."""
        subprocess.run(
            ["xdotool", *map(str, words)], env={**os.environ, "DISPLAY": self.display}, check=True, capture_output=True
        )

    def point(self, where):
        """Moves the mouse; where it stands already, xdotool would wait many seconds for it to move."""
        if tuple(where) != self._mouse:
            self.do("mousemove", "--sync", *where)
            self._mouse = tuple(where)

    def shoot(self, path):
        """A picture of the screen."""
        if shutil.which("scrot"):
            subprocess.run(["scrot", "-o", str(path)], env={**os.environ, "DISPLAY": self.display}, check=False)

    def close(self):
        """Ends windows that a failed test left open, window manager and server."""
        for robot in list(self.robots):
            robot.kill()
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(10)


class Robot:
    """Works at one window like a person."""

    def __init__(self, screen, project):
        self.screen = screen
        home = Path(project).parent
        self._errors = (home / "window-errors.txt").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, str(SEEN_WINDOW), str(project)],
            env={**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "XDG_CONFIG_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        screen.robots.append(self)

    def ask(self, *question):
        """What the window says about itself."""
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("the window is gone")
        found = json.loads(line)
        if isinstance(found, dict) and "fault" in found:
            raise AssertionError(f"{question}: {found['fault']}")
        return found

    @property
    def state(self):
        """What is current."""
        return self.ask("state")

    def wait(self, is_true, what, patience=PATIENCE, question="state"):
        """Waits until the state, or another answer, is as wanted, and gives it."""
        end = time.monotonic() + patience
        while True:
            found = self.ask(question)
            if is_true(found):
                return found
            assert time.monotonic() < end, f"waited in vain: {what}: {found}"
            time.sleep(0.05)

    def settle(self):
        """Waits until everything is on disk and painted."""
        time.sleep(0.12)
        return self.wait(lambda state: state.get("ready"), "the work to end")

    def key(self, *keys):
        """Presses keys."""
        self.screen.do("key", "--delay", "30", *keys)
        return self.settle()

    def click(self, where, holding=""):
        """Clicks a place on the screen, perhaps while a key is held."""
        assert where is not None, "nothing to click there"
        if holding:
            self.screen.do("keydown", holding)
        self.screen.point(where)
        self.screen.do("click", 1)
        if holding:
            self.screen.do("keyup", holding)
        return self.settle()

    def drag(self, start, end):
        """Drags from a place to another."""
        x, y = start
        self.screen.point(start)
        self.screen.do("mousedown", 1)
        for part in (0.25, 0.5, 0.75, 1):
            step = (round(x + (end[0] - x) * part), round(y + (end[1] - y) * part))
            self.screen.point(step)
            time.sleep(0.05)
        self.screen.do("mouseup", 1)
        return self.settle()

    def kill(self):
        """As hard as it gets."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self._close()

    def quit(self):
        """Closes the window as a user would."""
        self.screen.do("key", "ctrl+q")
        self.process.wait(30)
        self._close()

    def _close(self):
        self.screen.robots.remove(self)
        self.process.stdin.close()
        self.process.stdout.close()
        self._errors.close()
