"""What the window and the child process that reads and writes files say to each other: one JSON object a line."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.readings import BadPart, KnownPart, Origin, Reading, ReadOptions
from factdesk.exchange.tables.mapping import TableHead
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import ClaimKind, Judgement, Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.given import Given, GivenClaim, GivenEvidence, GivenLink, GivenMention, TableMapping
from factdesk.model.spans import Span
from factdesk.text.normalise import is_normalised

Message = dict[str, Any]


def encode(message: Mapping[str, Any]) -> bytes:
    """A message as a line."""
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


class BadMessageError(Exception):
    """What was said is no message, or one that the other side never says."""


def decode(line: bytes) -> Message:
    """The other way; raises BadMessageError for what is no message."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadMessageError(str(error)) from error
    if not isinstance(message, dict) or not isinstance(message.get("is", ""), str):
        raise BadMessageError("it is no object")
    return message


# readings -----------------------------------------------------------------------------------------------------------


def reading_to(reading: Reading) -> Message:
    """A reading as a message; its original goes along only where it cannot be read again from its origin."""
    source = reading.article.source
    return {
        "is": "reading",
        "text": reading.article.text,
        "meta": asdict(reading.article.meta),
        "source": {
            "name": source.name,
            "encoding": source.encoding,
            "media_type": source.media_type,
            "captured_at": source.captured_at,
            "original": "" if reading.origin else base64.b64encode(source.original).decode("ascii"),
        },
        "confident": reading.confident,
        "alternatives": reading.alternatives,
        "replaced": reading.replaced,
        "decoded_as": reading.decoded_as,
        "warnings": reading.warnings,
        "place": reading.place,
        "given": asdict(reading.given) if reading.given else None,
        "kind": reading.kind,
        "origin": None if reading.origin is None else asdict(reading.origin) | {"path": str(reading.origin.path)},
        "member": reading.member,
    }


def reading_from(message: Message) -> Reading:
    """The other way; what does not fit its types raises ValueError, KeyError or TypeError."""
    source, origin = dict(message["source"]), message["origin"]
    original = base64.b64decode(source.pop("original"))
    article = NewArticle(message["text"], ArticleMeta(**message["meta"]), ArticleSource(original, **source))
    return Reading(
        article=article,
        confident=message["confident"],
        alternatives=tuple(message["alternatives"]),
        replaced=message["replaced"],
        decoded_as=message["decoded_as"],
        warnings=tuple(message["warnings"]),
        place=message["place"],
        given=_given_from(message["given"]) if message["given"] else Given(),
        kind=message["kind"],
        origin=None if origin is None else _origin_from(origin),
        member=tuple(message["member"]),
    )


def bad_to(bad: BadPart) -> Message:
    """A bad part as a message."""
    return {"is": "bad"} | asdict(bad)


def known_to(known: KnownPart) -> Message:
    """A known file as a message."""
    return {"is": "known"} | asdict(known)


def found_from(message: Message) -> Reading | BadPart | KnownPart | None:
    """What a message found, or None if it tells something else; raises BadMessageError for what cannot have been found."""
    try:
        match message.get("is"):
            case "reading":
                return _sound(reading_from(message))
            case "bad":
                known = {key: value for key, value in message.items() if key != "is"}
                return BadPart(**known | {"member": _texts(message["member"])})
            case "known":
                return KnownPart(_text(message["place"]), _text(message["sha256"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadMessageError(f"{type(error).__name__}: {error}") from error
    return None


def read_options_to(options: ReadOptions) -> Message:
    """Options of reading as a message."""
    return asdict(options)


def read_options_from(message: Message) -> ReadOptions:
    """The other way."""
    mapping = message["mapping"]
    if mapping is not None:
        words = tuple((word, verdict) for word, verdict in mapping.pop("verdict_words"))
        mapping = TableMapping(**mapping, verdict_words=words)
    return ReadOptions(message["encoding"], mapping, tuple(message["member"]))


def head_from(message: Message) -> TableHead:
    """The head of a table as a message tells it; raises BadMessageError for what is none."""
    known = {name: value for name, value in message.items() if name != "is"}
    try:
        known["columns"] = _texts(known["columns"])
        known["samples"] = tuple(_texts(row) for row in known["samples"])
        known["words"] = {name: _texts(words) for name, words in known["words"].items()}
        known["alternatives"] = _texts(known["alternatives"])
        return TableHead(**known)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadMessageError(f"{type(error).__name__}: {error}") from error


# exports ------------------------------------------------------------------------------------------------------------


def export_options_to(options: ExportOptions) -> Message:
    """Options of an export as a message."""
    return asdict(options) | {"claim_ids": sorted(options.claim_ids), "choices": dict(options.choices)}


def export_options_from(message: Message) -> ExportOptions:
    """The other way."""
    return ExportOptions(**(message | {"whose": Whose(message["whose"]), "claim_ids": frozenset(message["claim_ids"])}))


# inside -------------------------------------------------------------------------------------------------------------


def _sound(reading: Reading) -> Reading:
    """The same, if it can be an article: who parses a hostile file may be made to say anything."""
    article, given = reading.article, reading.given
    values = (*asdict(article.meta).values(), article.source.name, article.source.encoding, article.source.media_type)
    said = (article.text, *values, article.source.captured_at, reading.decoded_as, reading.place, reading.kind)
    if not all(isinstance(each, str) for each in (*said, *reading.warnings, *reading.alternatives, *reading.member)):
        raise ValueError("a text is no text")
    if not isinstance(reading.replaced, int) or not isinstance(reading.confident, bool):
        raise ValueError("a number is no number")  # noqa: TRY004 - one kind of error for all that is no message
    if not is_normalised(article.text):
        raise ValueError("the text is not normal")
    spans = [each.span for each in given.claims] + [each.span for each in given.mentions]
    spans += [each.span for each in given.evidence if each.span is not None]
    if any(span.end > len(article.text) for span in spans):
        raise ValueError("a mark lies outside of its text")
    return reading


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text is no text")  # noqa: TRY004 - one kind of error for all that is no message
    return value


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(_text, values))


def _origin_from(message: Message) -> Origin:
    return Origin(Path(message["path"]), tuple(message["member"]), message["sha256"], message["size"])


def _given_from(message: Message) -> Given:
    return Given(
        claims=tuple(map(_claim_from, message["claims"])),
        mentions=tuple(GivenMention(**each | {"span": _span(each["span"])}) for each in message["mentions"]),
        links=tuple(GivenLink(**each | {"relation": Relation(each["relation"])}) for each in message["links"]),
        evidence=tuple(map(_evidence_from, message["evidence"])),
    )


def _claim_from(message: Message) -> GivenClaim:
    judged = message["judgement"]
    judgement = Judgement(
        Verdict(judged["verdict"]) if judged["verdict"] else None,
        Reason(judged["reason"]) if judged["reason"] else None,
        judged["note"],
        judged["confidence"],
    )
    known = {"span": _span(message["span"]), "kind": ClaimKind(message["kind"]), "judgement": judgement}
    return GivenClaim(**(message | known))


def _evidence_from(message: Message) -> GivenEvidence:
    known = {
        "kind": EvidenceKind(message["kind"]),
        "stance": Stance(message["stance"]),
        "span": _span(message["span"]) if message["span"] else None,
    }
    return GivenEvidence(**(message | known))


def _span(message: Message) -> Span:
    start, end = message["start"], message["end"]
    if type(start) is not int or type(end) is not int:
        raise ValueError("a place is no number")
    return Span(start, end)


def refused_to(message: str, hint: str, error: str = "ImportRefusedError") -> Message:
    """A refusal as a message, with the name of its class in `errors`."""
    return {"is": "refused", "message": message, "hint": hint, "error": error}
