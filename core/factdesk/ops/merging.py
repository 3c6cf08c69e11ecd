"""Bringing the work of another copy of this project in: a union by ids, in which nothing that is here is changed.

What others decided becomes opinions, which are only ever added and change no claim. So files can come in any order and
any number of times with the same result. Taking over a verdict that nobody here contradicts is a step of its own.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Status
from factdesk.model.ids import new_id
from factdesk.ops.wording import counted, quoted
from factdesk.store.claims import get_claim
from factdesk.store.incoming import Incoming
from factdesk.store.journal import Row
from factdesk.store.opinions import Opinion, opinions_about
from factdesk.store.sessions import ELSEWHERE
from factdesk.store.transaction import Transaction
from factdesk.store.whole import put_row

_MARKS = ("entities", "claims", "mentions", "evidence", "links")  # each refers only to earlier ones
_NAMES = {
    "entities": "entity",
    "claims": "claim",
    "mentions": "mention",
    "evidence": "piece of evidence",
    "links": "link",
}
_NULLED = ("verdict", "reason", "confidence", "decided_by", "decided_at", "inherited_from")
_REVIEWERS = ("made_by", "imported_by", "added_by", "reviewer_id")
_COUNTED = ("linked", "conflicts", "evidence_count", "number")


@dataclass(slots=True)
class MergeReport:
    """What became of what a copy held, by sort: added, there already, and what could not be added with the reason."""

    file_name: str
    reviewers: list[str] = field(default_factory=list)  # whose opinions came in
    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def merge_copy(tx: Transaction, incoming: Incoming, report: MergeReport) -> Changes:
    """Add what is new in a copy.

    Claims, mentions, evidence and links that people made there are one step to undo; opinions stay.

    Raises FactdeskError when the copy has no article in common with this project.
    """
    merging = _Merging(tx, incoming, report)
    merging.check_related()
    merging.people()
    merging.articles()
    merging.attachments()
    for table in _MARKS:
        merging.marks(table)
    merging.opinions()
    who = ", ".join(report.reviewers) or "nobody new"
    title = f"Merge {quoted(incoming.file_name)} ({who})"
    tx.record(title)
    tx.put(
        "merges",
        {
            "id": new_id(),
            "file_name": incoming.file_name,
            "reviewers": json.dumps(report.reviewers, ensure_ascii=False),
            "report": json.dumps(as_dict(report), ensure_ascii=False),
            "made_by": tx.reviewer_id,
            "made_at": tx.now,
        },
    )
    return tx.changes(title=title, everything=True)


def take_over(tx: Transaction, claim_ids: Sequence[str]) -> Changes:
    """Give claims without a verdict the one that all other reviewers who judged them agree on; others are left alone.

    The verdict keeps the name and the time of whoever gave it first. Raises FactdeskError when there is none to take.
    """
    opinions = opinions_about(tx, claim_ids)
    taken: dict[str, None] = {}
    count = 0
    for claim_id in claim_ids:
        opinion = agreed(opinions.get(claim_id, []))
        claim = get_claim(tx, claim_id)
        if opinion is None or claim.verdict is not None:
            continue
        judgement = opinion.judgement
        tx.update(
            "claims",
            claim_id,
            status=Status.ACCEPTED,
            verdict=judgement.verdict,
            reason=judgement.reason,
            note=claim.judgement.note or judgement.note,
            confidence=judgement.confidence,
            decided_by=tx.value("SELECT id FROM reviewers WHERE name = ?", (opinion.reviewer,)),
            decided_at=opinion.decided_at,
        )
        taken[opinion.reviewer] = None
        count += 1
    if not count:
        raise FactdeskError(
            "There is no verdict to take over.",
            "These claims have one here already, or their reviewers disagree: then adjudicate them.",
        )
    tx.record(f"Take over {count:,} {'verdict' if count == 1 else 'verdicts'} from {', '.join(taken)}")
    return tx.changes()


def agreed(opinions: Sequence[Opinion]) -> Opinion | None:
    """The first of opinions that all say the same, or None."""
    verdicts = {opinion.judgement.verdict for opinion in opinions}
    return opinions[0] if len(verdicts) == 1 else None


class _Merging:
    def __init__(self, tx: Transaction, incoming: Incoming, report: MergeReport) -> None:
        self._tx = tx
        self._in = incoming
        self._report = report
        self._people: dict[str, str] = {}  # id there: id here
        self._quotes = {"claims", "mentions", "evidence"}

    def check_related(self) -> None:
        here = {row[0] for row in self._tx.rows("SELECT id FROM articles")}
        if here and not here & set(self._in.texts):
            raise FactdeskError(
                f"{self._in.file_name} has no article in common with this project.",
                "Merging is for copies of the same case; articles of another one are imported instead.",
            )

    def people(self) -> None:
        """Reviewers are the same by id, else by name: who works on two computers is one person."""
        for row in self._in.rows["reviewers"]:
            known = self._tx.value("SELECT id FROM reviewers WHERE id = ?", (row["id"],))
            known = known or self._tx.value("SELECT id FROM reviewers WHERE name = ?", (row["name"],))
            if known is None:
                self._tx.put("reviewers", _only(self._tx, "reviewers", row))
            self._people[row["id"]] = known or row["id"]
        for row in self._in.rows["sessions"]:
            if self._tx.value("SELECT 1 FROM sessions WHERE id = ?", (row["id"],)) is None:
                ended = row["ended_at"] or row["started_at"]  # one that goes on there does not go on here
                elsewhere = {"ended_at": ended, "process_id": ELSEWHERE}
                self._tx.put("sessions", self._here("sessions", row) | elsewhere)

    def articles(self) -> None:
        for row in self._in.rows["articles"]:
            article = self._here("articles", row)
            if article.get("replaces") is not None and not self._has("articles", article["replaces"]):
                article["replaces"] = None
            if self._add("articles", article, "article"):
                self._tx.put("originals", {"article_id": row["id"], "zlib": self._in.blobs[row["id"]]})
                for place in self._in.rows["case_articles"]:
                    if place["article_id"] == row["id"]:
                        self._join(place)

    def _join(self, place: Row) -> None:
        if not self._has("cases", place["case_id"]):
            case = next(each for each in self._in.rows["cases"] if each["id"] == place["case_id"])
            self._tx.put("cases", self._here("cases", case))
        last = self._tx.value("SELECT max(position) FROM case_articles WHERE case_id = ?", (place["case_id"],)) or 0
        self._tx.put("case_articles", place | {"position": last + 1024})

    def attachments(self) -> None:
        for row in self._in.rows["attachments"]:
            known = self._tx.value("SELECT 1 FROM attachments WHERE sha256 = ?", (row["sha256"],))
            if known is None:
                self._tx.put("attachments", self._here("attachments", row))

    def marks(self, table: str) -> None:
        """Rows that people made there. One with an id that is known here stays as it is here."""
        name = _NAMES[table]
        wanted = self._in.rows[table]
        if table == "claims":  # also suggestions that somebody judged, if they are not here
            made = {row["id"] for row in wanted}
            wanted = [*wanted, *(row for row in self._in.rows["judged"] if row["id"] not in made)]
        if table == "entities":
            used = {row["entity_id"] for row in self._in.rows["mentions"]}
            wanted = [row | {"merged_into": None} for row in wanted if row["id"] in used]
        for row in wanted:
            if self._has(table, row["id"]):
                self._report.known[name] += 1
                continue
            mark = self._here(table, row)
            if table == "claims":
                mark |= dict.fromkeys(_NULLED) | {"note": ""}
                mark["repeat_of"] = None
            if table in self._quotes and not self._is_at_its_place(row):
                self._report.problems.append(f"{name} {row['id']}: its quote is not what its article says there")
            elif problem := self._missing(table, mark):
                self._report.problems.append(f"{name} {row['id']}: {problem}")
            else:
                self._tx.insert(table, mark)
                self._report.added[name] += 1

    def opinions(self) -> None:
        """What people decided there, if it is not here already as a decision or an opinion."""
        known = {row[0] for row in self._tx.rows("SELECT id FROM decisions UNION SELECT id FROM opinions")}
        names: dict[str, None] = {}
        entries = [row | {"place": row["number"]} for row in self._in.rows["decisions"]] + self._in.rows["opinions"]
        for row in entries:
            if row["id"] in known:
                self._report.known["decision"] += 1
                continue
            opinion = self._here("opinions", row)
            if self._add("opinions", opinion, "decision"):
                name = self._tx.value("SELECT name FROM reviewers WHERE id = ?", (opinion["reviewer_id"],))
                names[name] = None
        self._report.reviewers = list(names)

    def _add(self, table: str, row: Row, name: str) -> bool:
        problem = put_row(self._tx, table, row)
        if problem:
            self._report.problems.append(f"{name} {row['id']}: {problem}")
            return False
        self._report.added[name] += 1
        return True

    def _here(self, table: str, row: Row) -> Row:
        """A row with the columns that this schema has, and people by their ids here."""
        mapped = {
            column: self._people.get(value, value) if column in _REVIEWERS else value for column, value in row.items()
        }
        return _only(self._tx, table, mapped)

    def _has(self, table: str, name: Any) -> bool:
        return self._tx.value(f"SELECT 1 FROM {table} WHERE id = ?", (name,)) is not None  # noqa: S608 - our own names

    def _is_at_its_place(self, row: Row) -> bool:
        if row.get("start") is None:
            return True
        text = self._in.texts.get(row["article_id"], "")
        return bool(text[row["start"] : row["end"]] == row["quote"])

    def _missing(self, table: str, row: Row) -> str:
        """What a row refers to that is not here, in words."""
        for column, target in _REFERS.get(table, ()):
            if row.get(column) and not self._has(target, row[column]):
                return f"it refers to a row of {target} that is not here"
        return ""


_REFERS = {
    "claims": (("article_id", "articles"),),
    "mentions": (("article_id", "articles"), ("entity_id", "entities")),
    "evidence": (("claim_id", "claims"), ("article_id", "articles")),
    "links": (("claim_a", "claims"), ("claim_b", "claims")),
}


def _only(tx: Transaction, table: str, row: Row) -> Row:
    """The columns that the table has here and that a new row brings itself."""
    columns = {each["name"] for each in tx.rows("SELECT name FROM pragma_table_info(?)", (table,))}
    return {column: value for column, value in row.items() if column in columns and column not in _COUNTED}


def as_dict(report: MergeReport) -> Row:
    """A report as plain values."""
    return {
        "file_name": report.file_name,
        "reviewers": report.reviewers,
        "added": dict(report.added),
        "known": dict(report.known),
        "problems": report.problems,
    }


def summary(report: MergeReport) -> str:
    """A merge in a sentence."""
    parts = [counted([None] * count, name, _plural(name)) for name, count in report.added.items() if count]
    if not parts:
        return "Nothing new came in: everything in that file is here already."
    who = f" from {', '.join(report.reviewers)}" if report.reviewers else ""
    return f"Came in{who}: {', '.join(parts)}."


def _plural(name: str) -> str:
    return {"entity": "entities", "piece of evidence": "pieces of evidence"}.get(name, f"{name}s")
