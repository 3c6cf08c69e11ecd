"""Known weaknesses of the locked packages, asked with pip-audit of a service that speaks as OSV does.

pip-audit ends well when nothing could be looked up. So the service is asked first whether it answers at all, and every
package that pip-audit left out makes the whole an audit that was not made: never “none”.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ANSWERS_WITHIN = 5  # seconds, to the first question
ENDS_WITHIN = 180  # for all of them
_TITLE = "audit of known weaknesses"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: whether all packages were looked up, how many weaknesses nobody accepted, and words about it."""

    reached: bool
    open: int
    summary: str
    lines: tuple[str, ...] = ()


def look(requirements: Path, accepted: dict[str, Any], osv_url: str = "") -> Outcome:
    """Ask about each package of a requirements file that this system needs.

    Args:
        requirements: the file.
        accepted: `advisories`: entries with id, package, reason and until.
        osv_url: of another service than pip-audit's own.
    """
    url = osv_url or os.environ.get("PIP_AUDIT_OSV_URL") or _usual_url()
    if not answers(url):
        return _not_reached("the service does not answer")
    with tempfile.TemporaryDirectory() as cache:
        command = [
            sys.executable, "-P", "-m", "pip_audit", "-r", str(requirements), "--no-deps", "--disable-pip", "-s", "osv",
            "--osv-url", url, "--format", "json", "--progress-spinner", "off", "--timeout", "15", "--cache-dir", cache,
        ]  # fmt: skip
        try:
            run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            return _not_reached(f"it took longer than {ENDS_WITHIN} seconds")
    try:
        told = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return _not_reached("pip-audit gave no answer: " + (run.stderr.strip().splitlines() or ["nothing said"])[-1])
    return judge(told, accepted.get("advisories", []), datetime.now(UTC).date())


def judge(told: list[dict[str, Any]], advisories: list[dict[str, Any]], today: date) -> Outcome:
    """What pip-audit's answer comes to."""
    left_out = [each for each in told if "skip_reason" in each]
    if left_out or not told:
        lines = tuple(f"{each['name']}: {each['skip_reason']}" for each in left_out[:5])
        return _not_reached(f"{len(left_out)} of {len(told)} packages could not be looked up", lines)
    lines, still_open, passed, used = [], 0, 0, set()
    for package in told:
        for weakness in package["vulns"]:
            names = {weakness["id"], *weakness["aliases"]}
            entry = next((a for a in advisories if a["id"] in names and a["package"] == package["name"]), None)
            words = f"{package['name']} {package['version']}: {weakness['id']}"
            if weakness["fix_versions"]:
                words += f", mended in {' and '.join(weakness['fix_versions'])}"
            if entry is not None:
                used.add(entry["id"])
            if entry is not None and today <= entry["until"]:
                passed += 1
                lines.append(f"{words}; accepted until {entry['until']}: {entry['reason']}")
            else:
                still_open += 1
                late = f"; was accepted until {entry['until']}: look at it again" if entry is not None else ""
                lines.append(f"{words}: {weakness['description'][:200]}{late}")
    lines += [
        f"{a['package']}: {a['id']} is accepted, but not found any more" for a in advisories if a["id"] not in used
    ]
    found = f"{still_open} found" if still_open else "none"
    summary = f"{_TITLE}: {found}" + (f", {passed} accepted" if passed else "") + f" ({len(told)} packages)"
    return Outcome(reached=True, open=still_open, summary=summary, lines=tuple(lines))


def answers(url: str) -> bool:
    """Whether the service at this address answers a question within a short time."""
    import requests  # noqa: PLC0415 - pip-audit brings it

    question = {"package": {"name": "pip", "ecosystem": "PyPI"}, "version": "1.0"}
    try:
        response = requests.post(url, data=json.dumps(question), timeout=ANSWERS_WITHIN)
        return response.ok and isinstance(response.json(), dict)
    except (requests.RequestException, ValueError):
        return False


def _usual_url() -> str:
    from pip_audit._service import OsvService  # noqa: PLC0415 - its own address, so that ours is no second one

    return str(OsvService.DEFAULT_OSV_URL)


def _not_reached(why: str, lines: tuple[str, ...] = ()) -> Outcome:
    return Outcome(reached=False, open=0, summary=f"{_TITLE}: not reached, NOT AUDITED ({why})", lines=lines)
