"""The audit of the locked packages: what they are, whether they belong together, and what is known against them.

Usage: `audit.py [--offline | --weaknesses] [--osv-url URL]`. The offline half asks nobody: pins and hashes, what is
installed, licences, and the software bill of materials. The other one asks pip-audit's service (`weaknesses.py`).
Exit codes: 0 nothing found, 1 something found, 2 the service was not reached.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from typing import Any

import sbom
import weaknesses
from packaging.markers import Marker
from packaging.utils import canonicalize_name

FOUND, NOT_REACHED = 1, 2
LISTS = ("run", "test", "package")
_OURS = {"factdesk", "pip", "setuptools"}  # the project itself, and what every environment begins with
_ROW = re.compile(r"^\| ([a-z0-9-]+) \| (.+?) \|$", re.MULTILINE)
_LINE = re.compile(r"^(?:\s*#.*|\s*--hash=sha256:[0-9a-f]{64}(?: \\)?|)$")


def lock_problems(text: str, name: str) -> list[str]:
    """What is wrong with a list of requirements: no exact version, no hash, named twice."""
    found = [
        f"{name}: this line is neither a pinned package nor a hash: {line}"
        for line in text.splitlines()
        if not sbom.PIN.match(line) and not _LINE.match(line)
    ]
    pins = sbom.pins(text)
    found += [f"{name}: {pin.name} has no hash" for pin in pins if not pin.hashes]
    here = [canonicalize_name(pin.name) for pin in pins if applies(pin)]
    return found + [f"{name}: {each} is there twice" for each in sorted({n for n in here if here.count(n) > 1})]


def applies(pin: sbom.Pin) -> bool:
    """Whether this system needs the package."""
    return not pin.only or Marker(pin.only).evaluate()


def environment_problems(locked: list[sbom.Pin], installed: dict[str, str]) -> tuple[list[str], list[str]]:
    """Problems: locked packages that are not installed, or in another version. Notes: installed ones that are not locked."""
    wanted = {canonicalize_name(pin.name): pin.version for pin in locked if applies(pin)}
    problems = []
    for name, version in wanted.items():
        if name not in installed:
            problems.append(f"{name} {version} is locked, but not installed")
        elif installed[name] != version:
            problems.append(f"{name} is installed in version {installed[name]}, {version} is locked")
    strange = sorted(set(installed) - set(wanted) - _OURS)
    return problems, [f"{name} {installed[name]} is installed, but not locked" for name in strange]


def installed_packages() -> dict[str, str]:
    """Name and version of every package of this environment."""
    return {canonicalize_name(each.name): each.version for each in distributions() if each.name}


def requirement_problems() -> list[str]:
    """Requirements of installed packages that others do not meet, as pip tells them."""
    command = [sys.executable, "-P", "-m", "pip", "check", "--disable-pip-version-check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if run.returncode == 0 else [line for line in run.stdout.splitlines() if line.strip()]


def licence_problems(components: list[dict[str, Any]], accepted: dict[str, Any], table: str) -> list[str]:
    """Packages whose licence nobody allowed, and rows of docs/licences.md that are missing or say something else."""
    found = []
    rows = dict(_ROW.findall(table.rpartition("\n| package | licence |\n")[2]))
    for each in components:
        name = each["name"]
        told = each["licenses"][0]["license"]["name"] if "licenses" in each else accepted["told"].get(name, "")
        if not told:
            found.append(f"{name} tells no licence")
        elif told not in accepted["allowed"] and name not in accepted["packages"]:
            found.append(f"{name} has the licence “{told}”, which packaging/accepted.toml does not allow")
        if name not in rows:
            found.append(f"docs/licences.md has no row for {name}: | {name} | {told} |")
        elif rows[name] != told:
            found.append(f"docs/licences.md says “{rows[name]}” of {name}, the package itself “{told}”")
    names = {each["name"] for each in components}
    return found + [f"docs/licences.md has a row for {name}, which is not locked" for name in sorted(set(rows) - names)]


def bill_problems(bill: dict[str, Any]) -> list[str]:
    """What makes the bill no valid CycloneDX 1.6, and packages that it names twice."""
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415 - pip-audit brings it
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415 - as above

    errors = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom.as_text(bill), all_errors=True) or ()
    found = [f"the bill of materials is no CycloneDX 1.6: {str(error.data)[:300]}" for error in errors]
    purls = [each["purl"] for each in bill["components"]]
    return found + [
        f"the bill of materials names {purl} twice" for purl in sorted({p for p in purls if purls.count(p) > 1})
    ]


def offline() -> int:
    """Looks at everything that can be looked at without a network, and writes the bill of materials."""
    texts = {name: (sbom.ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in LISTS}
    accepted = tomllib.loads((sbom.ROOT / "packaging" / "accepted.toml").read_text(encoding="utf-8"))["licences"]
    bill = sbom.bill()
    problems = [problem for name, text in texts.items() for problem in lock_problems(text, f"requirements/{name}.txt")]
    wrong, notes = environment_problems(sbom.pins(texts["test"]), installed_packages())
    problems += wrong + requirement_problems() + bill_problems(bill)
    table = (sbom.ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    problems += licence_problems(bill["components"], accepted, table)
    for note in notes:
        print(f"note: {note}")
    for problem in problems:
        print(problem)
    if not problems:
        file = sbom.ROOT / "out" / "sbom.cdx.json"
        sbom.write(bill, file)
        locked = ", ".join(f"{name} {len(sbom.pins(text))}" for name, text in texts.items())
        print(f"locked packages: {locked}; bill of materials: {file.relative_to(sbom.ROOT)}")
    return FOUND if problems else 0


def main() -> int:
    """Both halves, or the one that was asked for."""
    parser = argparse.ArgumentParser(description="Audit of the locked packages.")
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--offline", action="store_true", help="only what needs no network")
    half.add_argument("--weaknesses", action="store_true", help="only what is known against the packages")
    parser.add_argument("--osv-url", default="", help="another service of the OSV kind")
    arguments = parser.parse_args()
    code = 0 if arguments.weaknesses else offline()
    if not arguments.offline:
        accepted = tomllib.loads((sbom.ROOT / "packaging" / "accepted.toml").read_text(encoding="utf-8"))
        outcome = weaknesses.look(sbom.ROOT / "requirements" / "run.txt", accepted, arguments.osv_url)
        for line in outcome.lines:
            print(line)
        print(outcome.summary)
        code = code or (NOT_REACHED if not outcome.reached else FOUND if outcome.open else 0)
    return code


if __name__ == "__main__":
    sys.exit(main())
