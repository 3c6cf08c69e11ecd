"""The complete export: one JSON object a line, from which the project can be made again with nothing lost."""

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from factdesk import __version__
from factdesk.exchange.formats.records import (
    ARTICLE,
    ATTACHMENT,
    CHANGE,
    DECISION,
    OPERATION,
    SESSION,
    SHAPES,
    Record,
    Shape,
)
from factdesk.exchange.progress import Steps
from factdesk.store.articles import original_bytes
from factdesk.store.connection import Queryable
from factdesk.store.whole import count_rows, row_changes_of, rows_in_order

FORMAT = "factdesk"
VERSION = 2
"""Raised when an older Factdesk could not read the file any more. Files of version 1 knew no clusters and origins."""


def write_jsonl(r: Queryable, file: BinaryIO, start: Callable[[int], Steps], *, decisions_only: bool = False) -> int:
    """Write the whole project, or what people decided in it; gives the number of lines."""
    total = sum(count_rows(r, s.table, s.wanted(decisions_only=decisions_only)) for s in SHAPES)
    steps = start(total)
    file.write(dump_line(_header(r, decisions_only=decisions_only)))
    for shape in SHAPES:
        for record in _records(r, shape, decisions_only=decisions_only):
            file.write(dump_line(record))
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
    return zlib.compress(original)


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
    packed = r.value("SELECT zlib FROM attachments WHERE sha256 = ?", (record["sha256"],))
    return {"content": base64.b64encode(zlib.decompress(packed)).decode("ascii")}


def _of_operation(r: Queryable, record: Record) -> Record:
    changes = [CHANGE.from_row(row) for row in row_changes_of(r, record["number"])]
    return {"changes": [{key: change[key] for key in change if key != "type"} for change in changes]}


_MORE: dict[str, Callable[[Queryable, Record], Record]] = {
    SESSION.type: _of_session,
    ARTICLE.type: _of_article,
    ATTACHMENT.type: _of_attachment,
    OPERATION.type: _of_operation,
}
