"""The file beside an export that tells its readers what it is: how it was made, what it lacks, how it was checked."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from factdesk import __version__
from factdesk.clock import utc_now
from factdesk.exchange.dataset import Dataset, Whose
from factdesk.exchange.export_format import Checked, ExportFormat, Loss, Written
from factdesk.store.fingerprint import fingerprint

IN_FOLDER = "about.json"
_VERDICTS = {
    Whose.IN_FORCE: "in force",
    Whose.ADJUDICATED: "only those that two or more reviewers gave alike, or that were settled",
    Whose.ALL: "all",
}
_CHUNK = 1 << 20
_LARGEST = 16 * 1024 * 1024  # of a sidecar that is looked at


def sidecar_of(out: Path, *, is_folder: bool) -> Path:
    """Where the sidecar of an export lies: inside its folder, or beside its file."""
    return out / IN_FOLDER if is_folder else out.with_name(out.name + ".about.json")


def is_our_folder(folder: Path) -> bool:
    """Whether a folder is an export of ours, so that a new one may take its place."""
    return read_about(folder / IN_FOLDER) is not None


def read_about(path: Path) -> dict[str, Any] | None:
    """What a sidecar of ours says; None for anything else."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        about = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(about, dict) or not str(about.get("made_with", "")).startswith("Factdesk "):
        return None
    return about if isinstance(about.get("files"), dict) else None


def describe(
    chosen: ExportFormat, dataset: Dataset, out: Path, written: Written, losses: Sequence[Loss], checked: Checked
) -> dict[str, Any]:
    """All that a reader of the export should know, as plain sentences and figures; `out` is where its files lie now."""
    options = dataset.options
    history = fingerprint(dataset.r)
    return {
        "format": chosen.name,
        "title": chosen.title,
        "description": chosen.description,
        "made_with": f"Factdesk {__version__}",
        "made_at": utc_now(),
        "positions": f"{chosen.unit}, end exclusive" if chosen.unit else "none",
        "licence": options.licence,
        "holds": {written.unit: written.count, "articles": len(dataset.articles)},
        "options": {
            "suggestions": "left out" if options.decisions_only else "included",
            "verdicts": f"of {dataset.shown_name(options.reviewer)}" if options.reviewer else _VERDICTS[options.whose],
            "reviewers": "anonymous" if options.anonymous else "named",
            "texts": "included" if options.with_text else "left out: positions and hashes only",
            **{option.name: dataset.choice(option.name) for option in chosen.options},
        },
        "cannot_hold": [" ".join(filter(None, (loss.what + ".", loss.because))) for loss in losses],
        "changed_on_the_way": list(written.notes),
        "checked": checked.how,
        **chosen.readme,
        "history": {"fingerprint": str(history), "places": {str(n): digest for n, digest in history.places.items()}},
        "files": _files(out),
    }


def dump(about: dict[str, Any]) -> bytes:
    """The sidecar's bytes."""
    return json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n"


def _files(out: Path) -> dict[str, str]:
    """SHA-256 of each file, by its name; a single file has none yet and goes by ""."""
    if out.is_file():
        return {"": digest_of(out)}
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): digest_of(path) for path in files}


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
