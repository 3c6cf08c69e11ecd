"""The JSON schema (draft 2020-12) of a complete export, made from the shapes of its records so that it cannot drift.

`python -m factdesk.exchange.records.schema` prints what `schemas/jsonl.schema.json` of the resources must hold.
"""

import json
import sys
from typing import Any

from factdesk.exchange.formats.jsonl import FORMAT, VERSION
from factdesk.exchange.formats.records import CHANGE, SHAPES
from factdesk.exchange.records.fields import Field, Kind, Shape
from factdesk.model.claims import Anchor, ClaimKind, Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance

NAME = "schemas/jsonl.schema.json"
"""Where it lies in the resources."""

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_SPAN: Schema = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
_KINDS: dict[Kind, Schema] = {
    Kind.TEXT: _TEXT,
    Kind.TEXT_OR_NULL: {"type": ["string", "null"]},
    Kind.WHOLE: _WHOLE,
    Kind.WHOLE_OR_NULL: {"type": ["integer", "null"]},
    Kind.REAL_OR_NULL: {"type": ["number", "null"]},
    Kind.FLAG: {"type": "boolean"},
    Kind.JSON: {"type": ["object", "array"]},
    Kind.JSON_OR_NULL: {"type": ["object", "array", "null"]},
    Kind.SPAN: _SPAN,
    Kind.SPAN_OR_NULL: {"anyOf": [_SPAN, {"type": "null"}]},
}
_WORDS: dict[str, Schema] = {
    "verdict": {"enum": [*Verdict, None]},
    "reason": {"enum": [*Reason, None]},
    "anchor": {"enum": list(Anchor)},
    "stance": {"enum": list(Stance)},
    "confidence": {"type": ["integer", "null"], "minimum": 0, "maximum": 100},
    "start": {"type": ["integer", "null"], "minimum": 0},
    "end": {"type": ["integer", "null"], "minimum": 1},
    "text_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "original_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
"""Fields whose values are narrower than their kind, whatever record they are in."""

_IN_RECORD: dict[tuple[str, str], Schema] = {
    ("claim", "kind"): {"enum": list(ClaimKind)},
    ("claim", "status"): {"enum": list(Status)},
    ("claim", "start"): {"type": "integer", "minimum": 0},
    ("claim", "end"): {"type": "integer", "minimum": 1},
    ("mention", "status"): {"enum": list(Status)},
    ("mention", "start"): {"type": "integer", "minimum": 0},
    ("mention", "end"): {"type": "integer", "minimum": 1},
    ("link", "status"): {"enum": list(Status)},
    ("link", "relation"): {"enum": list(Relation)},
    ("link", "reason"): _TEXT,
    ("member", "status"): {"enum": list(Status)},
    ("member", "relation"): {"enum": list(Relation)},
    ("member", "reason"): _TEXT,
    ("evidence", "kind"): {"enum": list(EvidenceKind)},
}
_MORE: dict[str, dict[str, Schema]] = {  # what records have beside the columns of their table
    "article": {
        "original": {"type": ["string", "null"], "contentEncoding": "base64"},
        "cases": {"type": "array", "items": {"type": "object", "required": ["case", "position"],
                                             "properties": {"case": _TEXT, "position": _WHOLE},
                                             "additionalProperties": False}},
    },
    "attachment": {"content": {"type": "string", "contentEncoding": "base64"}},
    "operation": {"changes": {"type": "array", "items": {"$ref": "#/$defs/change"}}},
}  # fmt: skip


def jsonl_schema() -> Schema:
    """The schema that every line of a complete export satisfies."""
    records = {shape.type: _of_shape(shape) for shape in SHAPES}
    header = _object(
        "project",
        {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "tool_version": _TEXT,
            "offsets": {"const": "code points, end exclusive"},
            "complete": {"type": "boolean"},
            "settings": {"type": "object"},
        },
    )
    end = _object("end", {"records": {"type": "integer", "minimum": 0}})
    records = {"project": header, **records, "end": end}
    change = _of_shape(CHANGE)
    change["properties"].pop("type")
    change["required"].remove("type")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a complete export of Factdesk (JSON Lines)",
        "description": "Positions are code points of the article's stored text, end exclusive.",
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(records)}},
        "allOf": [
            {"if": {"properties": {"type": {"const": name}}}, "then": {"$ref": f"#/$defs/{name}"}} for name in records
        ],
        "$defs": {**records, "change": change},
    }


def as_file() -> str:
    """The schema as the resources hold it."""
    return json.dumps(jsonl_schema(), ensure_ascii=False, indent=1) + "\n"


def _of_shape(shape: Shape) -> Schema:
    fields = {field.name: _of_field(shape, field) for field in shape.fields}
    return _object(shape.type, fields | _MORE.get(shape.type, {}))


def _of_field(shape: Shape, field: Field) -> Schema:
    return _IN_RECORD.get((shape.type, field.name)) or _WORDS.get(field.name) or _KINDS[field.kind]


def _object(name: str, properties: dict[str, Schema]) -> Schema:
    whole = {"type": {"const": name}, **properties}
    return {"type": "object", "properties": whole, "required": list(whole), "additionalProperties": False}


if __name__ == "__main__":
    sys.stdout.write(as_file())
