"""Proving that nothing was touched: exports against the hashes in their sidecars, histories against earlier fingerprints."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factdesk.errors import FactdeskError
from factdesk.exchange.sidecar import digest_of, read_about, sidecar_of
from factdesk.project import Project
from factdesk.store.connection import Queryable
from factdesk.store.fingerprint import Comparison, Fingerprint, compare_history, fingerprint, fingerprint_in

META = "factdesk-history"
"""The name of the HTML meta element that holds a dossier's fingerprint."""

_SQLITE = b"SQLite format 3\x00"
_HEAD = 65536
_LARGEST = 4 * 1024 * 1024  # of a text in which somebody noted a fingerprint
_IN_HEAD = re.compile(rf'<meta name="{META}" content="([^"<>]*)">')
_IN_CORE = re.compile(r"<cp:keywords>([^<>]*)</cp:keywords>")
_EVERY = 10**9


@dataclass(frozen=True, slots=True)
class ExportVerified:
    """An export and its sidecar compared."""

    about: dict[str, Any]
    files: int
    problems: tuple[str, ...]


def is_project(path: Path) -> bool:
    """Whether a path is a project file rather than an export."""
    return path.is_file() and _head(path).startswith(_SQLITE)


def verify_export(path: Path) -> ExportVerified:
    """Compare an export's files with the hashes that its sidecar has of them."""
    about_path = sidecar_of(path, is_folder=path.is_dir())
    about = read_about(about_path)
    if about is None:
        if not path.exists():
            raise FactdeskError(f"There is no file {path}.", "It may have been moved or renamed.")
        raise FactdeskError(
            f"{path} is no project, and there is no {about_path.name} that says what was exported.",
            "Name a project file, or an export that still has its sidecar.",
        )
    hashes: dict[str, str] = about["files"]
    problems: list[str] = []
    for name, expected in hashes.items():
        file = path / name if path.is_dir() else path
        if ".." in Path(name).parts or Path(name).is_absolute():
            problems.append(f"{about_path} names a file outside: {name}")
        elif not file.is_file():
            problems.append(f"{file} is missing")
        elif digest_of(file) != expected:
            problems.append(f"{file} was changed since it was exported")
    if path.is_dir():
        found = {each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()}
        problems += [f"{path / name} came later" for name in sorted(found - set(hashes) - {about_path.name})]
    return ExportVerified(about, len(hashes), tuple(problems))


def compare_with(r: Queryable, earlier: Path) -> Comparison:
    """How a project's history stands to that of a dossier, an export, another copy of the project, or a noted fingerprint."""
    return compare_history(r, earlier_fingerprint(earlier))


def earlier_fingerprint(path: Path) -> Fingerprint:
    """The fingerprint that a file holds: of a project its own, of an export or dossier the one noted in it."""
    if is_project(path):
        with Project.open(path, read_only=True) as project, project.reader() as r:
            return fingerprint(r, places=_EVERY)
    if not path.exists():
        if (noted := fingerprint_in(str(path))) is not None:  # typed in place of a file
            return noted
        raise FactdeskError(f"There is no file {path}.", "Name a dossier, an export or an earlier copy of the project.")
    found = _of_sidecar(path) or _inside(path)
    if found is None:
        raise FactdeskError(
            f"{path} holds no fingerprint of a history.",
            "Name a dossier, an export or its .about.json, an earlier copy of the project, or a file with the fingerprint.",
        )
    return found


def _of_sidecar(path: Path) -> Fingerprint | None:
    for each in (path, sidecar_of(path, is_folder=path.is_dir())):
        about = read_about(each)
        history = about.get("history") if about else None
        if isinstance(history, dict):
            found = fingerprint_in(str(history.get("fingerprint", "")))
            places = history.get("places")
            if found is not None and isinstance(places, dict):
                known = {int(number): str(digest) for number, digest in places.items() if str(number).isdecimal()}
                return Fingerprint(found.count, found.hash, known)
            return found
    return None


def _inside(path: Path) -> Fingerprint | None:
    """From the place that only a dossier's writer can fill; a note in the dossier could hold anything."""
    if path.is_dir():
        return None
    head = _head(path)
    if head.startswith(b"PK"):
        return _of_docx(path)
    if head.startswith(b"%PDF-"):
        return _of_pdf(path)
    text = head.decode("utf-8", "replace")
    if text.lower().startswith("<!doctype html"):
        noted = _IN_HEAD.search(text)
        return fingerprint_in(noted[1]) if noted else None
    return fingerprint_in(path.read_bytes()[:_LARGEST].decode("utf-8", "replace"))


def _of_docx(path: Path) -> Fingerprint | None:
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as core:
            noted = _IN_CORE.search(core.read(_HEAD).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return None
    return fingerprint_in(noted[1]) if noted else None


def _of_pdf(path: Path) -> Fingerprint | None:
    import pypdfium2  # noqa: PLC0415 - for a dossier in PDF only

    try:
        with pypdfium2.PdfDocument(path) as document:
            return fingerprint_in(document.get_metadata_value("Keywords"))
    except pypdfium2.PdfiumError:
        return None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise FactdeskError(f"{path} cannot be read ({error.strerror}).", "Check the file, then try again.") from error


def about_words(about: dict[str, Any]) -> str:
    """What an export is, in a sentence's part: “Everything (JSONL), made with Factdesk 1.0 on 2031-05-03”."""
    return f"{about.get('title', 'an export')}, made with {about.get('made_with')} on {str(about.get('made_at'))[:10]}"
