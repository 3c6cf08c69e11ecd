"""Bringing the work of another copy of this project in: a union by ids, in which nothing that is here is changed.

What others decided becomes opinions, which are only ever added and change no claim. So files can come in any order and
any number of times with the same result. Taking over a verdict that nobody here contradicts is a step of its own.
"""

import json
from collections.abc import Sequence
from typing import Any

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.model.claims import Status
from factdesk.model.ids import new_id
from factdesk.ops.merge_report import MergeReport, as_dict
from factdesk.ops.wording import quoted
from factdesk.store.claims import get_claim
from factdesk.store.disagreements import takeable
from factdesk.store.incoming import Incoming
from factdesk.store.journal import Row
from factdesk.store.opinions import opinions_about
from factdesk.store.readable import no_judgement, unreadable
from factdesk.store.sessions import ELSEWHERE, MACHINE
from factdesk.store.transaction import Transaction
from factdesk.store.whole import insert_row, put_row

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


def merge_copy(tx: Transaction, incoming: Incoming, report: MergeReport) -> Changes:
    """Add what is new in a copy; nothing at all is written when nothing is.

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
    report.problems[:0] = incoming.problems
    if not report.added and not report.renewed:
        return Changes()
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
    wanted = set(takeable(tx))
    taken: dict[str, None] = {}
    count = 0
    for claim_id in dict.fromkeys(claim_ids):
        if claim_id not in wanted:
            continue
        opinion = opinions[claim_id][0]
        claim = get_claim(tx, claim_id)
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
            "These claims have one here already, were refused here, or their reviewers disagree: then settle that.",
        )
    tx.record(f"Take over {count:,} {'verdict' if count == 1 else 'verdicts'} from {', '.join(taken)}")
    return tx.changes()


class _Merging:
    def __init__(self, tx: Transaction, incoming: Incoming, report: MergeReport) -> None:
        self._tx = tx
        self._in = incoming
        self._report = report
        self._people: dict[str, str] = {}  # id there: id here
        self._quotes = {"claims", "mentions", "evidence"}
        self._texts: dict[str, str] = {}
        self._withdrawn: set[str] = set()  # marks that were taken back there
        self._merged: dict[str, set[str]] = {}  # by table: see `_merged_before`
        self._columns: dict[str, set[str]] = {}  # by table: those that it has here

    def check_related(self) -> None:
        here = {row[0] for row in self._tx.rows("SELECT id FROM articles")}
        shared = here & self._in.articles
        if here and not shared:
            raise FactdeskError(
                f"{self._in.file_name} has no article in common with this project.",
                "Merging is for copies of the same case; articles of another one are imported instead.",
            )
        cases = {row[0] for row in self._tx.rows("SELECT id FROM cases")}
        if here and cases.isdisjoint(row["id"] for row in self._in.rows["cases"]):
            self._report.remarks.append(
                f"The file is no copy of this project, but of another one that has {len(shared):,} of its "
                f"{len(self._in.articles):,} articles in common with it; its other articles come as a case of their own."
            )

    def people(self) -> None:
        """Reviewers are the same by id, else by name: who works on two computers is one person."""
        tables = ("cases", "articles", "attachments", *_MARKS, "decisions", "opinions", "sessions")
        acted = {row.get(column) for table in tables for row in self._in.rows[table] for column in _REVIEWERS}
        for row in self._in.rows["reviewers"]:
            here = self._tx.one("SELECT id, name FROM reviewers WHERE id = ?", (row["id"],))
            known = None if here is None else here["id"]
            if here is not None and here["name"] != row["name"] and row["id"] in acted:
                self._report.remarks.append(f"{row['name']} there goes on to be called {here['name']} here.")
            if known is None:
                known = self._tx.value("SELECT id FROM reviewers WHERE name = ?", (row["name"],))
                if known is not None and row["id"] in acted:
                    self._report.remarks.append(
                        f"{row['name']} there and {row['name']} here are taken for one person, since they have one name. "
                        "If they are two, let one of them take another name in their file before they go on."
                    )
            if known is None and row["id"] in acted and not self._add_person(row):
                continue
            self._people[row["id"]] = known or row["id"]
        began = _first_entries(self._in)
        for row in self._in.rows["sessions"]:
            if not self._has("sessions", row["id"]):
                # How long somebody sat there, and how fast they were, stays with them.
                moment = began.get(row["id"], row["started_at"])
                alone = {"started_at": moment, "ended_at": moment, "interrupted": 0, "process_id": ELSEWHERE}
                put_row(self._tx, "sessions", self._here("sessions", row) | alone)

    def _add_person(self, row: Row) -> bool:
        problem = "no reviewer may have this name" if str(row["name"]).strip().casefold() == MACHINE else ""
        problem = problem or put_row(self._tx, "reviewers", self._only("reviewers", row))
        if problem:
            self._report.problems.append(f"reviewer {row['name']}: {problem}")
        return not problem

    def articles(self) -> None:
        for row in self._in.rows["articles"]:
            article = self._here("articles", row)
            if article.get("replaces") is not None and not self._has("articles", article["replaces"]):
                article["replaces"] = None
            if self._add("articles", article, "article"):
                self._tx.put("originals", {"article_id": row["id"], "zlib": self._in.blobs[row["id"]]})
                if article.get("replaces") is not None:
                    self._report.remarks.append(
                        f"“{row['title'] or row['id']}” is a newer version of an article; it stands beside the one that "
                        "is here, and marks and verdicts stay where they are."
                    )
        for place in self._in.rows["case_articles"]:
            self._join(place)

    def _join(self, place: Row) -> None:
        """Into its case, at the place that it has there, unless it was taken out of that case here."""
        name = f"{place['case_id']}/{place['article_id']}"
        was_there = "SELECT 1 FROM row_changes WHERE table_name = 'case_articles' AND row_id = ?"
        is_there = "SELECT 1 FROM case_articles WHERE case_id || '/' || article_id = ?"
        if not self._has("articles", place["article_id"]) or any(
            self._tx.value(sql, (name,)) is not None for sql in (is_there, was_there)
        ):
            return
        case = next((each for each in self._in.rows["cases"] if each["id"] == place["case_id"]), None)
        if not self._has("cases", place["case_id"]) and (
            case is None or put_row(self._tx, "cases", self._here("cases", case))
        ):
            return
        is_new = any(row["id"] == place["article_id"] for row in self._in.rows["articles"])
        if not put_row(self._tx, "case_articles", self._only("case_articles", place)) and not is_new:
            self._report.added["article"] += 1

    def attachments(self) -> None:
        for row in self._in.rows["attachments"]:
            known = self._tx.value("SELECT 1 FROM attachments WHERE sha256 = ?", (row["sha256"],))
            if known is None:
                put_row(self._tx, "attachments", self._here("attachments", row))

    def marks(self, table: str) -> None:
        """Rows that people made there and did not take back. One with an id that is known here stays as it is here."""
        for row in _wanted(self._in, table):
            if row.get("status") == Status.REFUSED:
                self._withdrawn.add(row["id"])
            elif self._withdrawn.isdisjoint(row.get(column) for column, _ in _REFERS.get(table, ())):
                self._mark(table, row)

    def _mark(self, table: str, row: Row) -> None:
        name = _NAMES[table]
        mark = self._here(table, row)
        if table == "claims":
            mark |= dict.fromkeys(_NULLED) | {"note": "", "repeat_of": None}
        is_known = self._has(table, row["id"])
        if is_known:
            self._report.known[name] += 1
            if not self._is_preferred(table, mark):
                return
        if table in self._quotes and not self._is_at_its_place(row):
            problem = "its quote is not what its article says there"
        else:
            problem = self._missing(table, mark)
        if not problem:
            problem = self._renew(table, mark) if is_known else self._insert(table, mark)
        if problem:
            self._report.problems.append(f"{name} {row['id']}: {problem}")
        elif not is_known:
            self._report.added[name] += 1

    def _insert(self, table: str, mark: Row) -> str:
        """Add a mark; one that cannot be read back as a value goes again. "" or the reason."""
        problem = insert_row(self._tx, table, mark)
        if not problem and (problem := unreadable(self._tx, table, mark["id"])):
            self._tx.delete(table, mark["id"], is_of_machine=True)
        return problem

    def _renew(self, table: str, mark: Row) -> str:
        """The same for one that takes the place of an earlier state."""
        before = self._tx.image(table, mark["id"])
        self._tx.set_columns(table, mark["id"], {column: value for column, value in mark.items() if column != "id"})
        if problem := unreadable(self._tx, table, mark["id"]):
            self._tx.set_columns(table, mark["id"], {column: before[column] for column in mark if column != "id"})
        self._report.renewed += not problem
        return problem

    def _is_preferred(self, table: str, mark: Row) -> bool:
        """Whether a mark takes the place of one that came in under its id before, from another file.

        Two people may make the same thing (the ids of links and entities say of what they are): the first of them holds.
        Or one mark was changed between two files: then the same one of the two holds in whatever order they come. What
        was made here, or changed here since, stays.
        """
        if mark["id"] not in self._merged_before(table):
            return False
        here = {column: value for column, value in self._tx.image(table, mark["id"]).items() if column in mark}
        return here != mark and _rank(here) < _rank(mark)

    def _merged_before(self, table: str) -> set[str]:
        """Ids of rows that only merging brought or changed."""
        if table not in self._merged:
            rows = self._tx.rows(
                "SELECT c.row_id FROM row_changes c JOIN operations o ON o.seq = c.operation "
                "WHERE c.table_name = ? AND c.after <> '{}' GROUP BY 1 HAVING min(o.name = ?)",
                (table, self._tx.step.name),
            )
            self._merged[table] = {row[0] for row in rows}
        return self._merged[table]

    def opinions(self) -> None:
        """What people decided there, if it is not here already as a decision or an opinion."""
        known = {row[0] for row in self._tx.rows("SELECT id FROM decisions UNION SELECT id FROM opinions")}
        names: dict[str, None] = {}
        for row in (*self._in.rows["decisions"], *self._in.rows["opinions"]):
            if row["id"] in known:
                self._report.known["decision"] += 1
                continue
            opinion = self._here("opinions", row) | {"came_at": self._tx.now}
            if self._add("opinions", opinion, "decision"):
                known.add(row["id"])
                names[opinion["reviewer_id"]] = None
        named = "SELECT name FROM reviewers WHERE id = ?"
        self._report.reviewers = [self._tx.value(named, (reviewer,)) for reviewer in names]

    def _add(self, table: str, row: Row, name: str) -> bool:
        problem = no_judgement(row) if table == "opinions" else ""
        problem = problem or put_row(self._tx, table, row)
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
        return self._only(table, mapped)

    def _only(self, table: str, row: Row) -> Row:
        """The columns that the table has here and that a new row brings itself."""
        if table not in self._columns:
            rows = self._tx.rows("SELECT name FROM pragma_table_info(?)", (table,))
            self._columns[table] = {each["name"] for each in rows if each["name"] not in _COUNTED}
        return {column: value for column, value in row.items() if column in self._columns[table]}

    def _has(self, table: str, name: Any) -> bool:
        return self._tx.value(f"SELECT 1 FROM {table} WHERE id = ?", (name,)) is not None  # noqa: S608 - our own names

    def _is_at_its_place(self, row: Row) -> bool:
        start, end, article = row.get("start"), row.get("end"), str(row.get("article_id"))
        if start is None:
            return True
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
            return False
        if article not in self._texts:
            self._texts[article] = self._tx.value("SELECT text FROM articles WHERE id = ?", (article,)) or ""
        return bool(self._texts[article][start:end] == row["quote"])

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


def _first_entries(incoming: Incoming) -> dict[str, str]:
    """When the first entry of each sitting was made."""
    first: dict[str, str] = {}
    for row in (*incoming.rows["decisions"], *incoming.rows["opinions"]):
        moment = str(row["decided_at"])
        first[row["session_id"]] = min(moment, first.get(row["session_id"], moment))
    return first


def _wanted(incoming: Incoming, table: str) -> list[Row]:
    wanted = incoming.rows[table]
    if table == "claims":  # also suggestions that somebody judged, if they are not here
        made = {row["id"] for row in wanted}
        judged = (row for row in incoming.rows["judged"] if row["id"] not in made)
        fresh = {"status": Status.SUGGESTED}
        return [*wanted, *(row if row["made_by"] else row | fresh for row in judged)]
    if table == "entities":
        used = {row["entity_id"] for row in incoming.rows["mentions"]}
        return [row | {"merged_into": None} for row in wanted if row["id"] in used]
    return wanted


def _rank(row: Row) -> tuple[tuple[int, ...], str]:
    """What was made earlier ranks higher; states of one mark rank by what they say."""
    stamp = f"{row['made_at']} {row['made_by']}"
    return tuple(-ord(sign) for sign in stamp), json.dumps(row, sort_keys=True, default=str)
