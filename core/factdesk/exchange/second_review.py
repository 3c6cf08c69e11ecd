"""The second reviewer by file: a blind copy out, other reviewers' work back in."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from factdesk.model.changes import Changes
from factdesk.ops.merge_report import MergeReport
from factdesk.ops.merging import merge_copy
from factdesk.project import Project
from factdesk.store.blind import BlindCopy, make_blind_copy
from factdesk.store.incoming import open_copy, read_incoming
from factdesk.store.sessions import ensure_reviewer_row
from factdesk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge as it was done."""

    report: MergeReport
    changes: Changes


def hand_over(project: Project, target: Path | str, reviewer: str, claim_ids: Collection[str] = ()) -> BlindCopy:
    """Write a copy without verdicts for another reviewer, and keep a note of it in the project.

    Raises FactdeskError when there is a file of that name.
    """
    made = make_blind_copy(project.path, Path(target), reviewer, project.reviewer_name, claim_ids)
    project.run(_note_handover, made)
    return made


def merge_file(project: Project, path: Path | str) -> Merged:
    """Bring the work in another copy of this project in; the copy is only read.

    Raises FactdeskError when the file is no project, cannot be read at all, or has nothing in common with this one.
    """
    path = Path(path)
    with project.reader() as reader:
        known = [row[0] for row in reader.rows("SELECT id FROM articles")]
    with open_copy(path) as copy, copy.snapshot() as theirs:
        incoming = read_incoming(theirs, path, known)
    report = MergeReport(path.name)
    return Merged(report, project.run(merge_copy, incoming, report))


def _note_handover(tx: Transaction, made: BlindCopy) -> None:
    ensure_reviewer_row(tx, made.reviewer_id, made.reviewer, made.made_at)
    tx.put(
        "handovers",
        {
            "id": made.id,
            "reviewer": made.reviewer,
            "file_name": made.path.name,
            "claims": made.claims,
            "made_by": tx.reviewer_id,
            "made_at": made.made_at,
        },
    )
