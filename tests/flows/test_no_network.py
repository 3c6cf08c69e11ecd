"""Nothing leaves the machine: the kernel is asked for every attempt of a whole journey to reach an address."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Dam at Orlen breaks</title>
<link rel="stylesheet" href="https://example.org/a.css"><script src="https://example.org/a.js"></script>
<meta property="og:url" content="https://example.org/dam"></head>
<body><article><h1>Dam at Orlen breaks</h1><img src="https://example.org/a.jpg">
<p>The river rose by two metres on Sunday, and 240 people were taken to a school, said Mayor Jana Nova.</p>
<p>On Monday the ministry wrote that 120 people had left their homes in Orlen and would stay away for a week.</p>
</article></body></html>"""

MAIL = """From: Desk <desk@example.org>
Subject: Orlen
Date: Mon, 16 Mar 2026 09:30:00 +0100
Content-Type: text/plain; charset=utf-8

In Orlen 250 people were taken to a school on Sunday, the fire brigade said. Two bridges are closed.
"""

COMMANDS = """
import sys
from pathlib import Path
from factdesk.cli import main
from factdesk.exchange.formats_known import formats
folder = Path(sys.argv[1])
project = str(folder / "case.factdesk")
assert main(["new", project, "--reviewer", "Ada"]) == 0
assert main(["import", project, str(folder / "in")]) == 0
assert main(["analyse", project]) == 0
assert main(["stats", project]) == 0
for each in formats():
    assert main(["export", project, each.name, str(folder / f"out-{each.name}{each.suffix}")]) == 0, each.name
assert main(["handover", project, "Ben", str(folder / "ben.factdesk")]) == 0
assert main(["merge", project, str(folder / "ben.factdesk")]) == 0
assert main(["verify", project]) == 0
print("done")
"""

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from factdesk_gui.app import make_application, make_window
from factdesk_gui.faults import Faults
from factdesk_gui.jobs import Jobs
from factdesk_gui.prefs import Prefs
app = make_application(["factdesk"])
jobs = Jobs()
window = make_window(Prefs(), jobs, Faults())
window.show()
window.projects.open(Path(sys.argv[1]) / "case.factdesk")
while window.workspace is None or not window.workspace.queue.visible_ids():
    app.processEvents()
window.backups.back_up_if_due()
while jobs.busy:
    app.processEvents()
window.close()
jobs.close()
print("done")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("journey")
    (made / "in").mkdir()
    (made / "in" / "page.html").write_text(PAGE)
    (made / "in" / "mail.eml").write_text(MAIL)
    return made


def attempts(folder, script):
    """What a script and its children asked the kernel to reach beyond this machine's own sockets."""
    log = folder / "calls.log"
    watched = ["strace", "-f", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(log)]
    done = subprocess.run(
        [*watched, sys.executable, "-c", textwrap.dedent(script), str(folder)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.endswith("done\n"), done.stdout[-3000:] + done.stderr[-3000:]
    calls = log.read_text().splitlines()
    return [call for call in calls if "AF_INET" in call]


@pytest.mark.model
def test_the_watch_sees_an_attempt(folder):
    """A test that cannot fail proves nothing."""
    script = "import socket\ns = socket.socket()\ns.settimeout(1)\ns.connect_ex(('127.0.0.1', 9))\nprint('done')\n"
    assert attempts(folder, script)


@pytest.mark.model
def test_import_analysis_every_export_and_merging_reach_for_nothing(folder):
    assert attempts(folder, COMMANDS) == []


@pytest.mark.model
def test_the_window_reaches_for_nothing(folder):
    assert Path(folder / "case.factdesk").exists(), "made by the test before"
    assert attempts(folder, WINDOW) == []
