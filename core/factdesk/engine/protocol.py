"""What the window and its child process say to each other: JSON, one message a line, UTF-8.

Both sides import this module; it needs no spaCy. Analyses travel as plain dictionaries, so a line can also be kept or replayed.

The child answers "load" with "ready", each "article" with its analysis, and "links" with analyses again for the articles whose
names the whole case judged differently, then with the links and the articles that share their text. Anything that goes wrong comes back as "error" with the id of
the article it belongs to; the child goes on with the next message.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from factdesk.model.analysis import Analysis, FoundClaim, FoundLink, FoundMention, FoundOrigin, FoundSentence, ModelInfo
from factdesk.model.claims import ClaimKind, Relation
from factdesk.model.spans import Span
from factdesk.model.stated import attribution_from_dict, attribution_to_dict, value_from_dict, value_to_dict


@dataclass(frozen=True, slots=True)
class Load:
    """To the child: load this pipeline, or the best one when None."""

    model: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """To the child: analyse this article."""

    id: str
    title: str
    text: str
    published: str = ""  # ISO date, "" when not known: what "on Tuesday" is resolved against


@dataclass(frozen=True, slots=True)
class Links:
    """To the child: judge these articles, analysed before, as one case and link their claims."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quit:
    """To the child: end. Closing its input does the same."""


@dataclass(frozen=True, slots=True)
class Ready:
    """From the child: the pipeline is loaded."""

    model: ModelInfo


@dataclass(frozen=True, slots=True)
class ArticleDone:
    """From the child: what was found in one article."""

    analysis: Analysis


@dataclass(frozen=True, slots=True)
class LinksDone:
    """From the child: the links of the case asked for, and which of its articles share their text."""

    links: tuple[FoundLink, ...]
    origins: tuple[FoundOrigin, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """From the child: something went wrong with the article of this id, or with the last request when id is empty."""

    id: str
    message: str
    hint: str = ""


Request = Load | Article | Links | Quit
Answer = Ready | ArticleDone | LinksDone | Failed


class ProtocolError(ValueError):
    """A line is no message of this protocol."""


def encode(message: Request | Answer) -> bytes:
    """One message as one line, newline included."""
    return (json.dumps(_plain(message), ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def decode_request(line: bytes | str) -> Request:
    """A line from the window.

    Raises:
        ProtocolError: it is none.
    """
    row = _object(line)
    try:
        match row.get("do"):
            case "load":
                return Load(row.get("model"))
            case "article":
                return Article(
                    str(row["id"]), str(row.get("title") or ""), str(row["text"]), str(row.get("published") or "")
                )
            case "links":
                return Links(tuple(map(str, row["ids"])))
            case "quit":
                return Quit()
    except (KeyError, TypeError) as error:
        raise ProtocolError(f"the request lacks {error}") from error
    raise ProtocolError(f"unknown request {row.get('do')!r}")


def decode_answer(line: bytes | str) -> Answer:
    """A line from the child.

    Raises:
        ProtocolError: it is none.
    """
    row = _object(line)
    try:
        match row.get("is"):
            case "ready":
                return Ready(ModelInfo(**row["model"]))
            case "article":
                return ArticleDone(analysis_from_dict(row["analysis"]))
            case "links":
                return LinksDone(
                    tuple(map(link_from_dict, row["links"])), tuple(map(origin_from_dict, row.get("origins", ())))
                )
            case "error":
                return Failed(str(row.get("id") or ""), str(row["message"]), str(row.get("hint") or ""))
    except (KeyError, TypeError, ValueError) as error:
        raise ProtocolError(f"the answer cannot be read: {error}") from error
    raise ProtocolError(f"unknown answer {row.get('is')!r}")


def _object(line: bytes | str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ProtocolError(f"no JSON: {error}") from error
    if not isinstance(row, dict):
        raise ProtocolError("no JSON object")
    return row


def _plain(message: Request | Answer) -> dict[str, Any]:
    match message:
        case Load(model):
            return {"do": "load", "model": model}
        case Article(article_id, title, text, published):
            return {"do": "article", "id": article_id, "title": title, "text": text, "published": published}
        case Links(ids):
            return {"do": "links", "ids": list(ids)}
        case Quit():
            return {"do": "quit"}
        case Ready(model):
            return {"is": "ready", "model": asdict(model)}
        case ArticleDone(analysis):
            return {"is": "article", "analysis": analysis_to_dict(analysis)}
        case LinksDone(links, origins):
            return {
                "is": "links",
                "links": [link_to_dict(link) for link in links],
                "origins": [origin_to_dict(origin) for origin in origins],
            }
        case Failed(article_id, text, hint):
            return {"is": "error", "id": article_id, "message": text, "hint": hint}


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: Any) -> Span | None:
    return None if pair is None else Span(int(pair[0]), int(pair[1]))


def _sure(pair: Any) -> Span:
    return Span(int(pair[0]), int(pair[1]))


def analysis_to_dict(analysis: Analysis) -> dict[str, Any]:
    """An analysis as JSON can hold it."""
    return {
        "article_id": analysis.article_id,
        "model": asdict(analysis.model),
        "language": analysis.language,
        "mentions": [[*_sure_pair(m.span), m.label, m.entity] for m in analysis.mentions],
        "sentences": [[*_sure_pair(s.span), s.score] for s in analysis.sentences],
        "claims": [
            {
                "span": _pair(c.span),
                "score": c.score,
                "kind": c.kind.value,
                "claimant": c.claimant,
                "claimant_span": _pair(c.claimant_span),
                "content_span": _pair(c.content_span),
                "features": list(c.features),
                "repeat_of": c.repeat_of,
                "cue": c.cue,
                "attribution": [attribution_to_dict(voice) for voice in c.attribution],
                "values": [value_to_dict(value) for value in c.values],
            }
            for c in analysis.claims
        ],
    }


def _sure_pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def analysis_from_dict(row: dict[str, Any]) -> Analysis:
    """The analysis that `analysis_to_dict` was given."""
    return Analysis(
        article_id=row["article_id"],
        model=ModelInfo(**row["model"]),
        language=row.get("language", ""),
        mentions=tuple(FoundMention(Span(start, end), label, entity) for start, end, label, entity in row["mentions"]),
        sentences=tuple(FoundSentence(Span(start, end), float(score)) for start, end, score in row["sentences"]),
        claims=tuple(
            FoundClaim(
                _sure(c["span"]),
                float(c["score"]),
                ClaimKind(c["kind"]),
                c["claimant"],
                _span(c["claimant_span"]),
                _span(c["content_span"]),
                tuple(c["features"]),
                c["repeat_of"],
                c.get("cue", ""),
                tuple(map(attribution_from_dict, c.get("attribution", ()))),
                tuple(map(value_from_dict, c.get("values", ()))),
            )
            for c in row["claims"]
        ),
    )


def link_to_dict(link: FoundLink) -> dict[str, Any]:
    """A link as JSON can hold it."""
    return {
        "a": [link.article_a, *_sure_pair(link.span_a)],
        "b": [link.article_b, *_sure_pair(link.span_b)],
        "relation": link.relation.value,
        "score": link.score,
        "reason": link.reason,
        "suggested": link.suggested,
    }


def link_from_dict(row: dict[str, Any]) -> FoundLink:
    """The link that `link_to_dict` was given."""
    (article_a, *a), (article_b, *b) = row["a"], row["b"]
    return FoundLink(
        article_a,
        _sure(a),
        article_b,
        _sure(b),
        Relation(row["relation"]),
        float(row["score"]),
        row["reason"],
        bool(row["suggested"]),
    )


def origin_to_dict(origin: FoundOrigin) -> dict[str, Any]:
    """Articles that share their text, as JSON can hold them."""
    return {"articles": list(origin.article_ids), "shares": list(origin.shares)}


def origin_from_dict(row: dict[str, Any]) -> FoundOrigin:
    """The origin that `origin_to_dict` was given."""
    return FoundOrigin(tuple(map(str, row["articles"])), tuple(map(float, row["shares"])))
