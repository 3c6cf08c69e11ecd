"""Values and voices of a claim as JSON: short, because every claim carries some. What has its default is left out."""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from factdesk.model.spans import Span
from factdesk.model.values import Approximation, Attribution, Value, ValueKind

_DEFAULTS = {field.name: field.default for field in fields(Value)}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def values_to_json(values: Iterable[Value]) -> str:
    """A list of objects; `span` is [start, end], the other names are those of `Value`."""
    return _ENCODER.encode([value_to_dict(value) for value in values])


def values_from_json(stored: str) -> tuple[Value, ...]:
    """The values that `values_to_json` was given."""
    return () if stored == "[]" else tuple(map(value_from_dict, json.loads(stored)))


def within(values: Iterable[Value], start: int, end: int) -> tuple[Value, ...]:
    """The values that lie in this stretch of the text: the edges of a claim may have been moved since they were found."""
    return tuple(value for value in values if start <= value.span.start and value.span.end <= end)


def attribution_to_json(voices: Iterable[Attribution]) -> str:
    """A list of objects with `name`, `span` ([start, end] or null) and `cue`, the speaker first."""
    return _ENCODER.encode([attribution_to_dict(voice) for voice in voices])


def attribution_from_json(stored: str) -> tuple[Attribution, ...]:
    """The voices that `attribution_to_json` was given."""
    return () if stored == "[]" else tuple(map(attribution_from_dict, json.loads(stored)))


def value_to_dict(value: Value) -> dict[str, Any]:
    """One value as JSON can hold it."""
    row: dict[str, Any] = {"kind": value.kind.value, "span": [value.span.start, value.span.end], "text": value.text}
    for name, default in _DEFAULTS.items():
        if name not in row and getattr(value, name) != default:
            row[name] = getattr(value, name)
    return row


def value_from_dict(row: dict[str, Any]) -> Value:
    """The value that `value_to_dict` was given."""
    known = {name: row[name] for name in _DEFAULTS if name in row}
    known |= {"kind": ValueKind(row["kind"]), "span": Span(*row["span"])}
    if "approximation" in known:
        known["approximation"] = Approximation(known["approximation"])
    return Value(**known)


def attribution_to_dict(voice: Attribution) -> dict[str, Any]:
    """One voice as JSON can hold it."""
    span = None if voice.span is None else [voice.span.start, voice.span.end]
    return {"name": voice.name, "span": span, "cue": voice.cue}


def attribution_from_dict(row: dict[str, Any]) -> Attribution:
    """The voice that `attribution_to_dict` was given."""
    span = row.get("span")
    return Attribution(row["name"], None if span is None else Span(*span), row.get("cue", ""))
