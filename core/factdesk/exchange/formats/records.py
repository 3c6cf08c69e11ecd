"""The records of a complete export: which table each comes from, and how a row and a record become each other.

Everything that the project file stores is in one of them; a test compares the list with the schema.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Row = dict[str, Any]
Record = dict[str, Any]

_HALF = re.compile("[\ud800-\udfff]")


class Kind(Enum):
    """What a field of a record may hold, and how it lies in its row."""

    TEXT = "a text"
    TEXT_OR_NULL = "a text or null"
    WHOLE = "a whole number"
    WHOLE_OR_NULL = "a whole number or null"
    REAL_OR_NULL = "a number or null"
    FLAG = "true or false"
    JSON = "an object or a list"  # a text of JSON in its row
    JSON_OR_NULL = "an object, a list or null"
    SPAN = "[start, end]"  # two columns
    SPAN_OR_NULL = "[start, end] or null"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and _HALF.search(value) is None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _is_real(value: Any) -> bool:
    return isinstance(value, float) or _is_whole(value)


def _is_span(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_whole, value)) and 0 <= value[0] < value[1]


_FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: _is_text,
    Kind.TEXT_OR_NULL: lambda value: value is None or _is_text(value),
    Kind.WHOLE: _is_whole,
    Kind.WHOLE_OR_NULL: lambda value: value is None or _is_whole(value),
    Kind.REAL_OR_NULL: lambda value: value is None or _is_real(value),
    Kind.FLAG: lambda value: isinstance(value, bool),
    Kind.JSON: lambda value: isinstance(value, dict | list),
    Kind.JSON_OR_NULL: lambda value: value is None or isinstance(value, dict | list),
    Kind.SPAN: _is_span,
    Kind.SPAN_OR_NULL: lambda value: value is None or _is_span(value),
}
_PACKED = frozenset({Kind.FLAG, Kind.JSON, Kind.JSON_OR_NULL, Kind.SPAN, Kind.SPAN_OR_NULL})


_EXPECTED = object()


class Field:
    """One field of a record and its column, or the two columns of a span."""

    __slots__ = ("columns", "fits", "is_plain", "kind", "name", "older")

    def __init__(self, name: str, kind: Kind = Kind.TEXT, column: str = "", end_column: str = "") -> None:
        self.name = name
        self.older = _EXPECTED  # what it holds in files of a version that did not have it yet
        self.kind = kind
        self.columns = (column or name, end_column) if end_column else (column or name,)
        self.is_plain = kind not in _PACKED  # looked up once: millions of values pass here
        self.fits = _FITS[kind]

    def since_2(self, older: Any) -> "Field":
        """The same field, which came with version 2 of the format."""
        self.older = older
        return self

    @property
    def is_new(self) -> bool:
        """Whether files of version 1 do not have it."""
        return self.older is not _EXPECTED

    def from_row(self, row: Mapping[str, Any]) -> Any:
        """The field's value for a record."""
        value = row[self.columns[0]]
        if self.is_plain or value is None:
            return value
        if self.kind is Kind.FLAG:
            return bool(value)
        return [value, row[self.columns[1]]] if len(self.columns) > 1 else json.loads(value)

    def into_row(self, value: Any) -> Row:
        """The columns for a record's value, which fits."""
        if len(self.columns) > 1:
            return dict(zip(self.columns, value or (None, None), strict=True))
        if self.kind is Kind.FLAG:
            value = int(value)
        elif not self.is_plain and value is not None:
            value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return {self.columns[0]: value}


@dataclass(frozen=True, slots=True)
class Shape:
    """One type of record."""

    type: str
    table: str
    fields: tuple[Field, ...]
    condition: str = "1"  # which rows are exported
    decided: str = ""  # which of them when only decisions are wanted; "" for the same
    page: int = 500

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the fields need."""
        return tuple(column for field in self.fields for column in field.columns)

    def wanted(self, *, decisions_only: bool) -> str:
        """The condition for rows to be exported."""
        return self.decided if decisions_only and self.decided else self.condition

    def from_row(self, row: Mapping[str, Any]) -> Record:
        """The record of a row."""
        record: Record = {"type": self.type}
        for field in self.fields:
            record[field.name] = row[field.columns[0]] if field.is_plain else field.from_row(row)
        return record

    def into_row(self, record: Record, version: int = 2) -> Row:
        """The row of a record; raises ValueError in words for one that is not of this shape."""
        row: Row = {}
        for field in self.fields:
            if field.name in record:
                value = record[field.name]
            elif version < 2 and field.is_new:
                value = field.older
            else:
                raise ValueError(f"“{field.name}” is missing")
            if not field.fits(value):
                raise ValueError(f"“{field.name}” must be {field.kind.value}")
            if field.is_plain:
                row[field.columns[0]] = value
            else:
                row |= field.into_row(value)
        return row


_ID = Field("id")
_MADE_BY = Field("made_by", Kind.TEXT_OR_NULL)
_MADE_AT = Field("made_at")
_SPAN = (Field("start", Kind.WHOLE), Field("end", Kind.WHOLE))
_QUOTE = Field("quote")
_STATUS = Field("status")
_ANCHOR = Field("anchor").since_2("exact")
_JUDGEMENT = (
    Field("verdict", Kind.TEXT_OR_NULL),
    Field("reason", Kind.TEXT_OR_NULL),
    Field("note"),
    Field("confidence", Kind.WHOLE_OR_NULL),
)

# Sittings in which nothing was done, and people who did nothing, leave no trace in an export.
_ACTIVE = "id IN (SELECT session_id FROM operations UNION SELECT session_id FROM decisions)"
_KNOWN = (
    f"id IN (SELECT reviewer_id FROM sessions WHERE {_ACTIVE} UNION SELECT imported_by FROM articles "  # noqa: S608 - a constant
    "UNION SELECT made_by FROM cases UNION SELECT reviewer_id FROM places)"
)
_DECIDED_CLUSTER = (
    "verdict IS NOT NULL OR made_by IS NOT NULL OR normalised <> '' OR note <> '' OR confidence IS NOT NULL "
    "OR id IN (SELECT cluster_id FROM cluster_claims WHERE status <> 'suggested') "
    "OR id IN (SELECT cluster_id FROM absences)"
)
_DECIDED_MEMBER = (
    f"status <> 'suggested' OR (cluster_id, claim_id) IN (SELECT id, lead FROM clusters WHERE {_DECIDED_CLUSTER})"  # noqa: S608 - a constant
)
_DECIDED_CLAIM = (
    "status <> 'suggested' OR id IN (SELECT claim_id FROM evidence) "  # noqa: S608 - a constant
    "OR id IN (SELECT claim_a FROM links WHERE status <> 'suggested') "
    "OR id IN (SELECT claim_b FROM links WHERE status <> 'suggested') "
    f"OR id IN (SELECT claim_id FROM cluster_claims WHERE {_DECIDED_MEMBER})"
)
_DECIDED_ENTITY = (
    "id IN (WITH RECURSIVE kept (id) AS (SELECT entity_id FROM mentions WHERE status <> 'suggested' UNION "
    "SELECT e.merged_into FROM entities e JOIN kept k ON e.id = k.id) SELECT id FROM kept WHERE id IS NOT NULL)"
)

REVIEWER = Shape("reviewer", "reviewers", (_ID, Field("name"), Field("created_at")), _KNOWN)
SESSION = Shape(
    "session",
    "sessions",
    (
        *(_ID, Field("reviewer", column="reviewer_id"), Field("started_at"), Field("ended_at", Kind.TEXT_OR_NULL)),
        *(Field("interrupted", Kind.FLAG), Field("process_id", Kind.WHOLE), Field("tool_version")),
    ),
    _ACTIVE,
)
CASE = Shape("case", "cases", (_ID, Field("name"), Field("created_at"), _MADE_BY))
ARTICLE = Shape(
    "article",
    "articles",
    (
        *(_ID, Field("number", Kind.WHOLE), Field("title"), Field("publisher"), Field("byline"), Field("url")),
        *(Field("published_at"), Field("language"), Field("length", Kind.WHOLE), Field("text_sha256")),
        *(Field("original_sha256"), Field("original_size", Kind.WHOLE), Field("encoding"), Field("source_name")),
        *(Field("media_type"), Field("captured_at"), Field("imported_at"), Field("imported_by", Kind.TEXT_OR_NULL)),
        *(Field("replaces", Kind.TEXT_OR_NULL).since_2(None), Field("text")),
    ),
    page=8,  # texts and originals may be large
)
ANALYSIS = Shape(
    "analysis",
    "analyses",
    (
        *(Field("article", column="article_id"), Field("model", column="model_name"), Field("model_version")),
        *(Field("spacy_version"), Field("factdesk_version"), Field("language"), Field("analysed_at")),
        *(Field("sentences", Kind.JSON), Field("resources_version").since_2("")),
    ),
    decided="0",
)
RUN = Shape(
    "analysis_run",
    "analysis_runs",
    (
        *(_ID, Field("article", column="article_id"), Field("model", column="model_name"), Field("model_version")),
        *(Field("spacy_version"), Field("factdesk_version"), Field("resources_version"), Field("at")),
        Field("changed", Kind.JSON),
    ),
    decided="0",
)
ENTITY = Shape(
    "entity",
    "entities",
    (_ID, Field("name"), Field("label"), Field("merged_into", Kind.TEXT_OR_NULL), _MADE_BY, _MADE_AT),
    decided=_DECIDED_ENTITY,
)
MENTION = Shape(
    "mention",
    "mentions",
    (
        *(_ID, Field("article", column="article_id"), *_SPAN, _QUOTE, Field("label")),
        *(Field("entity", Kind.TEXT_OR_NULL, "entity_id"), _STATUS, _MADE_BY, _MADE_AT, Field("model"), _ANCHOR),
    ),
    decided="status <> 'suggested'",
)
CLAIM = Shape(
    "claim",
    "claims",
    (
        *(_ID, Field("number", Kind.WHOLE), Field("article", column="article_id"), *_SPAN, _QUOTE, Field("kind")),
        *(Field("score", Kind.REAL_OR_NULL), Field("claimant")),
        Field("claimant_span", Kind.SPAN_OR_NULL, "claimant_start", "claimant_end"),
        Field("content_span", Kind.SPAN_OR_NULL, "content_start", "content_end"),
        *(Field("normalised"), Field("features", Kind.JSON), _STATUS, _MADE_BY, _MADE_AT, Field("model")),
        *(Field("repeat_of", Kind.TEXT_OR_NULL), *_JUDGEMENT),
        *(Field("decided_by", Kind.TEXT_OR_NULL), Field("decided_at", Kind.TEXT_OR_NULL)),
        *(Field("cue").since_2(""), Field("attribution", Kind.JSON).since_2([])),
        *(Field("values", Kind.JSON, "stated_values").since_2([]), _ANCHOR),
        Field("inherited_from", Kind.TEXT_OR_NULL).since_2(None),
    ),
    decided=_DECIDED_CLAIM,
)
ATTACHMENT = Shape(
    "attachment",
    "attachments",
    (
        *(Field("sha256"), Field("name"), Field("media_type"), Field("size", Kind.WHOLE)),
        *(Field("added_by", Kind.TEXT_OR_NULL), Field("added_at")),
    ),
    page=1,  # files may be large
)
EVIDENCE = Shape(
    "evidence",
    "evidence",
    (
        *(_ID, Field("claim", column="claim_id"), Field("kind"), Field("stance"), _QUOTE),
        *(Field("article", Kind.TEXT_OR_NULL, "article_id"), Field("start", Kind.WHOLE_OR_NULL)),
        *(Field("end", Kind.WHOLE_OR_NULL), Field("url"), Field("note"), Field("captured_at"), _MADE_BY, _MADE_AT),
        *(Field("source").since_2(""), Field("published_at").since_2(""), Field("sha256").since_2(""), _ANCHOR),
    ),
)
LINK = Shape(
    "link",
    "links",
    (
        *(_ID, Field("claim_a"), Field("claim_b"), Field("relation"), Field("score", Kind.REAL_OR_NULL)),
        *(Field("reason"), _STATUS, _MADE_BY, _MADE_AT),
    ),
    decided="status <> 'suggested'",
)
CLUSTER = Shape(
    "cluster",
    "clusters",
    (
        *(_ID, Field("case", column="case_id"), Field("normalised"), Field("lead"), *_JUDGEMENT),
        *(Field("decided_by", Kind.TEXT_OR_NULL), Field("decided_at", Kind.TEXT_OR_NULL), _MADE_BY, _MADE_AT),
    ),
    decided=_DECIDED_CLUSTER,
)
MEMBER = Shape(
    "member",
    "cluster_claims",
    (
        *(_ID, Field("cluster", column="cluster_id"), Field("claim", column="claim_id"), Field("relation"), _STATUS),
        *(Field("score", Kind.REAL_OR_NULL), Field("reason"), _MADE_BY, _MADE_AT),
    ),
    decided=_DECIDED_MEMBER,
)
ABSENCE = Shape(
    "absence",
    "absences",
    (_ID, Field("cluster", column="cluster_id"), Field("article", column="article_id"), Field("made_by"), _MADE_AT),
)
ORIGIN = Shape(
    "origin",
    "origins",
    (
        *(Field("case", column="case_id"), Field("article", column="article_id"), Field("origin")),
        *(Field("share", Kind.REAL_OR_NULL), _MADE_BY, _MADE_AT),
    ),
    decided="made_by IS NOT NULL",
)
OPERATION = Shape(
    "operation",
    "operations",
    (
        *(_ID, Field("number", Kind.WHOLE, "seq"), Field("name"), Field("title"), Field("cause")),
        *(Field("target", Kind.WHOLE_OR_NULL), Field("state"), Field("merge_key")),
        *(Field("session", column="session_id"), Field("reviewer", column="reviewer_id"), Field("at")),
        Field("tool_version"),
    ),
    decided="0",
)
CHANGE = Shape(
    "change",  # never a line of its own: in the list “changes” of its operation
    "row_changes",
    (
        *(Field("table", column="table_name"), Field("row", column="row_id")),
        *(Field("before", Kind.JSON_OR_NULL), Field("after", Kind.JSON_OR_NULL)),
    ),
)
DECISION = Shape(
    "decision",
    "decisions",
    (
        *(_ID, Field("number", Kind.WHOLE), Field("claim", column="claim_id"), Field("status", Kind.TEXT_OR_NULL)),
        *(*_JUDGEMENT, Field("cause"), Field("title"), Field("operation", Kind.WHOLE_OR_NULL)),
        *(Field("reviewer", column="reviewer_id"), Field("session", column="session_id"), Field("decided_at")),
        Field("tool_version"),
    ),
    decided=f"claim_id IN (SELECT id FROM claims WHERE {_DECIDED_CLAIM})",  # noqa: S608 - a constant
)
PLACE = Shape(
    "place",
    "places",
    (Field("reviewer", column="reviewer_id"), Field("place", Kind.JSON), Field("saved_at")),
)

SHAPES = (
    *(REVIEWER, SESSION, CASE, ARTICLE, ANALYSIS, RUN, ENTITY, MENTION, CLAIM, ATTACHMENT, EVIDENCE, LINK),
    *(CLUSTER, MEMBER, ABSENCE, ORIGIN, OPERATION, DECISION, PLACE),
)
"""In the order of a file: each record refers only to earlier ones, except in the fields of `LATER`."""

LATER: dict[str, tuple[str, str]] = {
    "article": ("replaces", "the article that it replaces"),
    "entity": ("merged_into", "the entity it was merged into"),
    "claim": ("inherited_from", "the cluster whose verdict it has"),
}
"""For some types: the field that may name a record further down, and what that is."""
