"""The complete export: one JSON object a line, from which the project can be made again with nothing lost."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from factdesk import __version__
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.export_format import ALL_FEATURES, Checked, Choice, ExportFormat, Group, Written
from factdesk.exchange.formats.records import (
    ARTICLE,
    ATTACHMENT,
    CHANGE,
    DECISION,
    OPERATION,
    SESSION,
    SHAPES,
)
from factdesk.exchange.progress import Steps
from factdesk.exchange.records.fields import Record, Shape
from factdesk.exchange.records.hidden import SITTINGS, Hidden
from factdesk.store.articles import original_bytes
from factdesk.store.connection import Queryable
from factdesk.store.evidence import attachment_bytes
from factdesk.store.packing import pack
from factdesk.store.whole import count_rows, row_changes_of, rows_in_order

FORMAT = "factdesk"
VERSION = 2
"""Raised when an older Factdesk could not read the file any more. Files of version 1 knew no clusters and origins."""


def write_jsonl(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the whole project, or what people decided in it."""
    decisions_only = dataset.options.decisions_only
    steps.begin(sum(count_rows(dataset.r, s.table, s.wanted(decisions_only=decisions_only)) for s in SHAPES))
    with out.open("wb") as file:
        return Written(_write(dataset, file, steps), "lines")


def check_jsonl(_dataset: Dataset, out: Path) -> Checked:
    """Read every line again: JSON, texts with their hashes, quotes at their places, and the end."""
    texts: dict[str, str] = {}
    problems: list[str] = []
    lines = quotes = 0
    record: Record = {}
    with out.open("rb") as file:
        for lines, line in enumerate(file, 1):  # noqa: B007 - the number of the last one is told
            record = json.loads(line)
            if record["type"] == "article":
                texts[record["id"]] = record["text"]
                if hashlib.sha256(record["text"].encode()).hexdigest() != record["text_sha256"]:
                    problems.append(f"the text of article {record['id']} has another hash")
            elif record.get("quote") and record.get("article") in texts and record.get("start") is not None:
                quotes += 1
                if texts[record["article"]][record["start"] : record["end"]] != record["quote"]:
                    problems.append(f"the quote of {record['type']} {record['id']} is not at its place")
    if record.get("type") != "end":
        problems.append("the last line is missing")
    how = f"Read again line by line: {lines:,} lines, {len(texts):,} texts with their hashes, {quotes:,} quotes at their places."
    return Checked(how, tuple(problems))


def _write(dataset: Dataset, file: BinaryIO, steps: Steps) -> int:
    r, decisions_only = dataset.r, dataset.options.decisions_only
    hidden = Hidden(dataset)
    file.write(dump_line(hidden.without_names(_header(r, decisions_only=decisions_only))))
    for shape in SHAPES:
        for record in _records(r, shape, decisions_only=decisions_only):
            file.write(dump_line(hidden.without_sitting(hidden.without_names(record))))
            steps.step()
    file.write(dump_line({"type": "end", "records": steps.done}))
    return steps.done + 2


def dump_line(record: Record) -> bytes:
    """A record as a line of UTF-8."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def pack_original(original: bytes, text: str) -> str | None:
    """The original bytes in base64, or null when they are the text itself in UTF-8."""
    return None if original == text.encode() else base64.b64encode(original).decode("ascii")


def unpack_original(packed: str | None, text: str) -> bytes:
    """The other way; raises ValueError for what is no base64."""
    return text.encode() if packed is None else base64.b64decode(packed, validate=True)


def compress(original: bytes) -> bytes:
    """Original bytes as the project file keeps them."""
    return pack(original)


def _header(r: Queryable, *, decisions_only: bool) -> Record:
    settings = {
        row["name"]: json.loads(row["value"]) for row in r.rows("SELECT name, value FROM settings ORDER BY name")
    }
    return {
        "type": "project",
        "format": FORMAT,
        "version": VERSION,
        "tool_version": __version__,
        "offsets": "code points, end exclusive",
        "complete": not decisions_only,
        "settings": settings,
    }


def _records(r: Queryable, shape: Shape, *, decisions_only: bool) -> Iterator[Record]:
    more = _MORE.get(shape.type, _nothing_more)
    for row in rows_in_order(r, shape.table, shape.columns, shape.wanted(decisions_only=decisions_only), shape.page):
        record = shape.from_row(row)
        if decisions_only and shape is DECISION:
            record["operation"] = None  # the steps themselves, with their row images, are not in this export
        yield record | more(r, record)


def _nothing_more(_r: Queryable, _record: Record) -> Record:
    return {}


def _of_session(r: Queryable, record: Record) -> Record:
    """A sitting that still goes on ends, for the export, at its last step."""
    if record["ended_at"] is not None:
        return {}
    last = r.value("SELECT max(at) FROM operations WHERE session_id = ?", (record["id"],))
    return {"ended_at": last or record["started_at"]}


def _of_article(r: Queryable, record: Record) -> Record:
    rows = r.rows("SELECT case_id, position FROM case_articles WHERE article_id = ? ORDER BY case_id", (record["id"],))
    return {
        "original": pack_original(original_bytes(r, record["id"]), record["text"]),
        "cases": [{"case": row["case_id"], "position": row["position"]} for row in rows],
    }


def _of_attachment(r: Queryable, record: Record) -> Record:
    return {"content": base64.b64encode(attachment_bytes(r, record["sha256"])).decode("ascii")}


def _of_operation(r: Queryable, record: Record) -> Record:
    changes = [CHANGE.from_row(row) for row in row_changes_of(r, record["number"])]
    return {"changes": [{key: change[key] for key in change if key != "type"} for change in changes]}


_MORE: dict[str, Callable[[Queryable, Record], Record]] = {
    SESSION.type: _of_session,
    ARTICLE.type: _of_article,
    ATTACHMENT.type: _of_attachment,
    OPERATION.type: _of_operation,
}

EXPORT = ExportFormat(
    name="jsonl",
    title="Everything (JSON Lines)",
    suffix=".jsonl",
    group=Group.WHOLE,
    description="The whole project with its history; Factdesk reads it back with nothing lost.",
    unit="code points",
    holds=ALL_FEATURES,
    write=write_jsonl,
    check=check_jsonl,
    ignores=frozenset({Choice.CASE, Choice.CLAIMS, Choice.WHOSE}),
    options=(SITTINGS,),
)
