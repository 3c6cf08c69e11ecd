"""What a complete export leaves out for the sake of the people who worked on the project."""

import re
from collections.abc import Callable
from typing import Any

from factdesk.exchange.dataset import Dataset
from factdesk.exchange.export_format import FormatOption
from factdesk.exchange.records.fields import Record

SITTINGS = FormatOption(
    "sessions",
    "Sessions",
    (("hidden", "Without when they began and ended"), ("kept", "With when they began and ended")),
    "How long people sat, and so how fast they were, stays with them unless you ask for it",
)

_TOLD_BY_NAME = ("merging.merge_copy", "merging.take_over", "people.rename_reviewer", "people.set_colour")
"""Steps with names of reviewers in their titles."""


_KEPT = frozenset({"type", "id", "table", "row", "made_by", "made_at"})


class Hidden:
    """Takes names and sittings out of records, as far as the export shall be without them."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._names = dataset.options.anonymous
        self._sittings = dataset.choice(SITTINGS.name) == "hidden"
        known = {row[0]: dataset.shown_name(row[0]) for row in dataset.r.rows("SELECT name FROM reviewers")}
        earlier = dataset.r.rows(
            "SELECT p.name, json_extract(c.before, '$.name') FROM row_changes c JOIN reviewers p ON p.id = c.row_id "
            "WHERE c.table_name = 'reviewers' AND json_extract(c.before, '$.name') IS NOT NULL"
        )
        known |= {before: dataset.shown_name(now) for now, before in earlier if before not in known}
        self._shown = known
        words = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
        self._named = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        self._in_file_name = re.compile(words, re.IGNORECASE)

    def without_names(self, record: Record) -> Record:
        """With names as they are shown, wherever the program itself wrote them; notes and texts stay."""
        if not self._names:
            return record
        hide = _HIDING.get(record["type"])
        return record if hide is None else hide(self, record)

    def without_sitting(self, record: Record) -> Record:
        """A sitting without its length: it is where its first step was."""
        if not self._sittings or record["type"] != "session":
            return record
        moment = self._dataset.r.value(
            "SELECT min(moment) FROM (SELECT min(at) AS moment FROM operations WHERE session_id = ?1 "
            "UNION ALL SELECT min(decided_at) FROM decisions WHERE session_id = ?1 "
            "UNION ALL SELECT min(decided_at) FROM opinions WHERE session_id = ?1)",
            (record["id"],),
        )
        moment = moment or record["started_at"]
        return record | {"started_at": moment, "ended_at": moment, "interrupted": False, "process_id": 0}

    def in_text(self, text: str) -> str:
        """A text with other names in it."""
        return self._named.sub(lambda found: self._shown[found[0]], text)

    def in_all(self, value: Any) -> Any:
        """The same for all that a value holds; names of files may have them in small letters."""
        if isinstance(value, dict):
            return {key: each if key in _KEPT else self._in_field(key, each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.in_all(each) for each in value]
        return self.in_text(value) if isinstance(value, str) else value

    def _in_field(self, name: str, value: Any) -> Any:
        if name == "file_name" and isinstance(value, str):
            return self._in_file_name.sub("reviewer", value)
        return self.in_all(value)

    def in_step(self, record: Record) -> Record:
        """A step of the history."""
        if record["name"] in _TOLD_BY_NAME:
            record = record | {"title": self.in_text(record["title"])}
        changes = [self.in_all(each) if each["table"] == "reviewers" else each for each in record["changes"]]
        return record | {"changes": changes}

    def in_entry(self, record: Record) -> Record:
        """An entry of the history of decisions."""
        is_told = record["title"].startswith("Take over ")
        return record | {"title": self.in_text(record["title"])} if is_told else record


_HIDING: dict[str, Callable[[Hidden, Record], Record]] = {
    "project": lambda hidden, record: record | {"settings": hidden.in_all(record["settings"])},
    "reviewer": lambda hidden, record: record | {"name": hidden.in_text(record["name"])},
    "handover": lambda hidden, record: hidden.in_all(record),
    "merge": lambda hidden, record: hidden.in_all(record),
    "operation": Hidden.in_step,
    "decision": Hidden.in_entry,
    "opinion": Hidden.in_entry,
}
