"""The audit of the locked packages sees what is wrong, and never takes silence for good news."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
HASH = "--hash=sha256:" + "0" * 64
LOCKED = f"kettle==1.0 \\\n    {HASH}\nspoon==2.0 \\\n    {HASH}\n"
WEAKNESS = {
    "id": "GHSA-kettle-1",
    "aliases": ["CVE-2026-0001"],
    "summary": "It boils over.",
    "affected": [
        {
            "package": {"name": "kettle", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
        }
    ],
}
TODAY = datetime.now(UTC).date()


@pytest.fixture
def tools(monkeypatch):
    """The scripts of the folder."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import audit
    import sbom
    import weaknesses

    return SimpleNamespace(audit=audit, sbom=sbom, weaknesses=weaknesses)


@pytest.fixture
def service(monkeypatch):
    """A service on this computer that answers as OSV does: `weak` by package; `broken` for those that get no answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = question["package"]["name"]
            asked.append(name)
            if name in served.broken:
                self.send_error(500)
                return
            answer = json.dumps({"vulns": served.weak[name]} if name in served.weak else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words):
            pass

    asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = SimpleNamespace(weak={}, broken=set(), asked=asked, url=f"http://127.0.0.1:{server.server_port}/query")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def requirements(tmp_path):
    path = tmp_path / "run.txt"
    path.write_text(LOCKED)
    return path


# -- without a network --------------------------------------------------------------------------------------------------


def test_a_sound_list_has_no_problem(tools):
    elsewhere = f'spoon==1.9 ; sys_platform == "moon" \\\n    {HASH} \\\n    {HASH}\n'
    assert tools.audit.lock_problems(f"# a list\n{LOCKED}{elsewhere}", "x") == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("cup>=1.0", "neither a pinned package nor a hash: cup>=1.0"),
        ("cup @ file:///cup.whl", "neither a pinned package nor a hash"),
        ("-e .", "neither a pinned package nor a hash"),
        ("cup==1.0", "cup has no hash"),
        (f"Kettle==1.2 \\\n    {HASH}", "kettle is there twice"),
    ],
)
def test_a_list_that_is_not_exact_is_told(tools, line, words):
    (problem,) = tools.audit.lock_problems(f"{LOCKED}{line}\n", "requirements/run.txt")
    assert problem.startswith("requirements/run.txt: ")
    assert words in problem


def test_what_is_installed_is_compared_with_the_list(tools):
    locked = tools.sbom.pins(LOCKED + f'moon==1 ; sys_platform == "moon" \\\n    {HASH}\n')
    assert tools.audit.environment_problems(locked, {"kettle": "1.0", "spoon": "2.0", "pip": "1"}) == ([], [])
    problems, notes = tools.audit.environment_problems(locked, {"kettle": "1.1", "fork": "3"})
    assert problems == ["kettle is installed in version 1.1, 1.0 is locked", "spoon 2.0 is locked, but not installed"]
    assert notes == ["fork 3 is installed, but not locked"]


def test_a_licence_that_nobody_allowed_is_told(tools):
    accepted = {"allowed": ["MIT"], "packages": {"spoon": "why"}, "told": {"elsewhere": "MIT"}}
    told = [("kettle", "MIT"), ("spoon", "GPL"), ("fork", "Secret"), ("elsewhere", ""), ("nothing", "")]
    components = [{"name": n} | ({"licenses": [{"license": {"name": w}}]} if w else {}) for n, w in told]
    table = "# L\n\n| package | licence |\n|---|---|\n| kettle | BSD |\n| spoon | GPL |\n| elsewhere | MIT |\n| old | MIT |\n"
    assert tools.audit.licence_problems(components, accepted, table) == [
        "docs/licences.md says “BSD” of kettle, the package itself “MIT”",
        "fork has the licence “Secret”, which packaging/accepted.toml does not allow",
        "docs/licences.md has no row for fork: | fork | Secret |",
        "nothing tells no licence",
        "docs/licences.md has no row for nothing: | nothing |  |",
        "docs/licences.md has a row for old, which is not locked",
    ]


def test_a_bill_of_materials_that_is_none_is_told(tools):
    part = {"type": "library", "name": "kettle", "version": "1.0", "purl": "pkg:pypi/kettle@1.0"}
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [part]}
    assert tools.audit.bill_problems(bill) == []
    (twice,) = tools.audit.bill_problems(bill | {"components": [part, part | {"bom-ref": "another"}]})
    assert "names pkg:pypi/kettle@1.0 twice" in twice
    (wrong,) = tools.audit.bill_problems(bill | {"components": [part | {"type": "kitchen"}]})
    assert "no CycloneDX 1.6" in wrong


# -- known weaknesses, asked for real with pip-audit ----------------------------------------------------------------------


def test_nothing_known_is_none(tools, service, requirements):
    outcome = tools.weaknesses.look(requirements, {}, service.url)
    assert (outcome.reached, outcome.open) == (True, 0)
    assert outcome.summary == "audit of known weaknesses: none (2 packages)"
    assert {"kettle", "spoon"} <= set(service.asked)


def test_a_known_weakness_is_told_with_version_and_remedy(tools, service, requirements):
    service.weak["kettle"] = [WEAKNESS]
    outcome = tools.weaknesses.look(requirements, {}, service.url)
    assert (outcome.reached, outcome.open) == (True, 1)
    assert outcome.summary == "audit of known weaknesses: 1 found (2 packages)"
    assert outcome.lines == ("kettle 1.0: CVE-2026-0001, mended in 1.1: It boils over.",)


def test_a_service_that_stops_answering_half_way_is_not_none(tools, service, requirements):
    service.broken.add("spoon")
    outcome = tools.weaknesses.look(requirements, {}, service.url)
    assert not outcome.reached
    assert outcome.summary.startswith("audit of known weaknesses: not reached, NOT AUDITED")


def test_no_service_is_not_none_either(tools, service, requirements, monkeypatch):
    service.broken.add("pip")  # the first question
    assert "NOT AUDITED" in tools.weaknesses.look(requirements, {}, service.url).summary
    monkeypatch.setenv("PIP_AUDIT_OSV_URL", "http://127.0.0.1:9/query")
    assert "NOT AUDITED" in tools.weaknesses.look(requirements, {}).summary
    assert "spoon" not in service.asked


def test_packages_that_were_left_out_are_not_audited(tools):
    told = [{"name": "kettle", "version": "1", "vulns": []}, {"name": "spoon", "skip_reason": "could not be audited"}]
    outcome = tools.weaknesses.judge(told, [], TODAY)
    assert not outcome.reached
    assert "1 of 2 packages could not be looked up" in outcome.summary
    assert outcome.lines == ("spoon: could not be audited",)
    assert not tools.weaknesses.judge([], [], TODAY).reached


@pytest.mark.parametrize(
    ("name", "until", "still_open", "words"),
    [
        ("CVE-2026-0001", TODAY, 0, "none, 1 accepted"),
        ("GHSA-kettle-1", TODAY + timedelta(days=9), 0, "none, 1 accepted"),
        ("CVE-2026-0001", TODAY - timedelta(days=1), 1, "1 found"),
        ("CVE-2026-0002", TODAY, 1, "1 found"),
    ],
)
def test_an_accepted_weakness_passes_until_its_day(tools, name, until, still_open, words):
    vulns = [{"id": "GHSA-kettle-1", "aliases": ["CVE-2026-0001"], "fix_versions": [], "description": "It boils over."}]
    entry = {"id": name, "package": "kettle", "reason": "We never boil.", "until": until}
    outcome = tools.weaknesses.judge([{"name": "kettle", "version": "1.0", "vulns": vulns}], [entry], TODAY)
    assert outcome.open == still_open
    assert f"audit of known weaknesses: {words} (1 packages)" in outcome.summary
    told = "\n".join(outcome.lines)
    assert ("We never boil." in told) == (still_open == 0)
    assert ("was accepted until" in told) == (until < TODAY)
    assert ("is accepted, but not found any more" in told) == (name == "CVE-2026-0002")


def test_what_the_repository_accepts_has_a_reason_and_a_day(tools):
    import tomllib

    for entry in tomllib.loads((PACKAGING / "accepted.toml").read_text("utf-8")).get("advisories", []):
        assert entry["id"]
        assert entry["package"]
        assert entry["reason"]
        assert isinstance(entry["until"], date)


@pytest.mark.parametrize(
    ("offline", "reached", "still_open", "code"), [(0, True, 0, 0), (1, True, 0, 1), (0, True, 2, 1), (0, False, 0, 2)]
)
def test_the_command_ends_with_what_it_found(tools, monkeypatch, capsys, offline, reached, still_open, code):
    monkeypatch.setattr("sys.argv", ["audit.py"])
    monkeypatch.setattr(tools.audit, "offline", lambda: offline)
    outcome = tools.weaknesses.Outcome(reached, still_open, "the last line")
    monkeypatch.setattr(tools.weaknesses, "look", lambda *_: outcome)
    assert tools.audit.main() == code
    assert capsys.readouterr().out.splitlines()[-1] == "the last line"
