"""A copy of a project without verdicts, for a second reviewer: the same articles and claims, none of what was decided.

What was decided is removed from the copy, not only hidden: the file is built anew, so that nothing of it is left in
free pages. Ids stay, which is what brings the second reviewer's work back to the right claims.
"""

import json
import os
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from factdesk.clock import utc_now
from factdesk.errors import FactdeskError
from factdesk.model.ids import new_id
from factdesk.store.connection import Queryable, copied
from factdesk.store.faults import translate, translate_os
from factdesk.store.sessions import clean_name, ensure_reviewer
from factdesk.store.soundness import stored_json

SETTING = "handover"
"""The project setting by which a blind copy knows itself: id, reviewer, reviewer_id, from, made_at."""


@dataclass(frozen=True, slots=True)
class BlindCopy:
    """A copy as it was made."""

    id: str
    path: Path
    reviewer: str
    reviewer_id: str
    claims: int
    made_at: str


@dataclass(frozen=True, slots=True)
class BlindOrigin:
    """What a blind copy knows about itself."""

    reviewer: str  # for whom it was made, as they are called now
    sender: str  # by whom, "" when that is not known
    made_at: str


def blind_origin(r: Queryable) -> BlindOrigin | None:
    """Where a project comes from if it is a blind copy, else None."""
    stored = r.value("SELECT value FROM settings WHERE name = ?", (SETTING,))
    if not stored:
        return None
    about = stored_json(stored, "The setting of a blind copy", dict)
    now = r.value("SELECT name FROM reviewers WHERE id = ?", (about.get("reviewer_id", ""),))
    return BlindOrigin(now or str(about.get("reviewer", "")), str(about.get("from", "")), str(about.get("made_at", "")))


def make_blind_copy(
    project: Path, target: Path, reviewer: str, sender: str = "", claim_ids: Collection[str] = ()
) -> BlindCopy:
    """Write a copy of a project without its decisions; it appears under its name only when it is complete.

    Args:
        project: it may be open.
        target: of the copy.
        reviewer: who shall judge anew; the name that their decisions carry.
        sender: who gives it, for the copy to tell.
        claim_ids: only these claims; empty for all.

    Raises:
        FactdeskError: there is a file of that name, or none of the claims is there.
    """
    name = clean_name(reviewer)
    if target.exists():
        raise FactdeskError(f"There is already a file {target}.", "Choose another name for the copy.")
    part = target.with_name(f".{target.name}.new")
    made = BlindCopy(new_id(), target, name, "", 0, utc_now())
    try:
        with closing(copied(project, part)) as copy:
            reviewer_id, claims = _strip(copy, made, sender, claim_ids)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise translate(error, target, f"{target} could not be made") from error
    except OSError as error:
        raise translate_os(
            error, f"{target} cannot be made", "Choose a folder that exists and that you can write to."
        ) from error
    finally:
        for rest in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + rest).unlink(missing_ok=True)
    return BlindCopy(made.id, target, name, reviewer_id, claims, made.made_at)


def _strip(copy: sqlite3.Connection, made: BlindCopy, sender: str, claim_ids: Collection[str]) -> tuple[str, int]:
    copy.execute("PRAGMA foreign_keys = OFF")
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.execute("PRAGMA secure_delete = ON")
    copy.execute("BEGIN")
    guards = copy.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('decisions', 'opinions')"
    ).fetchall()
    for guard in guards:
        copy.execute(f"DROP TRIGGER {guard['name']}")
    if claim_ids:
        copy.execute(
            "DELETE FROM claims WHERE id NOT IN (SELECT value FROM json_each(?))", (json.dumps(sorted(claim_ids)),)
        )
    known = copy.execute(
        "SELECT id, name, created_at, colour FROM reviewers WHERE name = ?", (made.reviewer,)
    ).fetchone()
    for sql in _FORGET.split(";"):
        copy.execute(sql)
    if known is not None:  # the same person has the same id again
        copy.execute("INSERT OR IGNORE INTO reviewers (id, name, created_at, colour) VALUES (?, ?, ?, ?)", tuple(known))
    for guard in guards:
        copy.execute(guard["sql"])
    claims = int(copy.execute("SELECT count(*) FROM claims").fetchone()[0])
    if not claims:
        raise FactdeskError("None of these claims is in the project.", "Choose the claims to hand over again.")
    reviewer_id = ensure_reviewer(copy, made.reviewer)
    about = {"id": made.id, "reviewer": made.reviewer, "reviewer_id": reviewer_id, "from": sender}
    about["made_at"] = made.made_at
    copy.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (SETTING, json.dumps(about, ensure_ascii=False)),
    )
    copy.execute("COMMIT")
    broken = copy.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise RuntimeError(f"the blind copy refers to something that is not in it: {tuple(broken)}")
    copy.execute("VACUUM")  # what was removed is not left in free pages
    return reviewer_id, claims


_JUDGEMENT = "verdict = NULL, reason = NULL, note = '', confidence = NULL, decided_by = NULL, decided_at = NULL"

# Claims that people made and took back go; what else they refused or accepted is a suggestion again.
_FORGET = f"""
DELETE FROM claims WHERE made_by IS NOT NULL AND status = 'refused';
UPDATE claims SET {_JUDGEMENT}, inherited_from = NULL,
  status = CASE WHEN made_by IS NULL THEN 'suggested' ELSE 'accepted' END;
DELETE FROM evidence;
DELETE FROM attachments;
DELETE FROM adjudications;
DELETE FROM absences;
DELETE FROM links WHERE claim_a NOT IN (SELECT id FROM claims) OR claim_b NOT IN (SELECT id FROM claims);
DELETE FROM cluster_claims WHERE claim_id NOT IN (SELECT id FROM claims);
DELETE FROM clusters WHERE id NOT IN (SELECT cluster_id FROM cluster_claims WHERE status <> 'refused');
DELETE FROM cluster_claims WHERE cluster_id NOT IN (SELECT id FROM clusters);
UPDATE clusters SET lead = (SELECT m.claim_id FROM cluster_claims m WHERE m.cluster_id = clusters.id
  AND m.status <> 'refused' ORDER BY m.relation <> 'same', m.made_at, m.id LIMIT 1)
  WHERE lead NOT IN (SELECT id FROM claims);
UPDATE cluster_claims SET relation = 'same' WHERE (cluster_id, claim_id) IN (SELECT id, lead FROM clusters);
UPDATE clusters SET {_JUDGEMENT};
UPDATE claims SET repeat_of = NULL WHERE repeat_of NOT IN (SELECT id FROM claims);
DELETE FROM decisions;
DELETE FROM opinions;
DELETE FROM row_changes;
DELETE FROM operations;
DELETE FROM sqlite_sequence WHERE name = 'operations';
DELETE FROM places;
DELETE FROM sessions;
DELETE FROM merges;
DELETE FROM handovers;
DELETE FROM reviewers WHERE id NOT IN (
  SELECT made_by FROM cases WHERE made_by IS NOT NULL
  UNION SELECT imported_by FROM articles WHERE imported_by IS NOT NULL
  UNION SELECT made_by FROM claims WHERE made_by IS NOT NULL
  UNION SELECT made_by FROM mentions WHERE made_by IS NOT NULL
  UNION SELECT made_by FROM entities WHERE made_by IS NOT NULL
  UNION SELECT made_by FROM links WHERE made_by IS NOT NULL
  UNION SELECT made_by FROM clusters WHERE made_by IS NOT NULL
  UNION SELECT made_by FROM cluster_claims WHERE made_by IS NOT NULL
  UNION SELECT made_by FROM origins WHERE made_by IS NOT NULL)
"""
