"""Pre-annotation of a JSON Lines file, for the command line and for measuring.

In: one article a line with "id" and "text", and if known "case" (articles of one case are judged and linked together), "title",
"published" (an ISO date) and "sentences" ([start, end, ...] each, to be scored instead of our own split). Out: one line each with
"entities", "sentences" and "claims"; links of claims go to a file of their own. Every offset is in code points, end exclusive.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.errors import FactdeskError
from factdesk.model.analysis import Analysis, FoundLink
from factdesk.model.spans import Span
from factdesk.model.stated import attribution_to_dict, value_to_dict

if TYPE_CHECKING:
    from factdesk.nlp.pipeline import Pipeline


def preannotate(
    in_path: Path | str,
    out_path: Path | str,
    links_path: Path | str | None = None,
    model: "str | Pipeline | None" = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Annotates every article of a file; gives their number. `progress` gets articles done and in total.

    `model` is a pipeline or its name; None is the bundled one.
    """
    rows = list(_rows(Path(in_path)))  # before spaCy, which takes seconds: a wrong file is told at once
    from factdesk.nlp import analyse, pipeline, reading  # noqa: PLC0415 - see above

    loaded = model if isinstance(model, pipeline.Pipeline) else pipeline.load(model)
    lines: dict[int, str] = {}
    links: list[str] = []
    done = 0
    for numbers in _cases(rows):
        drafts = []
        for number in numbers:
            row = rows[number]
            given = tuple(Span(s[0], s[1]) for s in row["sentences"]) if "sentences" in row else None
            title, published = str(row.get("title") or ""), str(row.get("published") or "")
            drafts.append(reading.read(loaded, str(number), row["text"], title, given, published))
            done += 1
            progress(done, len(rows))
        analyses = analyse.conclude(drafts, loaded.info)
        for number, analysis in zip(numbers, analyses, strict=True):
            lines[number] = json.dumps(_line(rows[number]["id"], analysis), ensure_ascii=False)
        if links_path is not None and len(numbers) > 1:
            found = analyse.link_claims(drafts, analyses, all_sentences=True)
            links += [json.dumps(_link(rows, link), ensure_ascii=False) for link in found]
    _write(Path(out_path), (lines[number] for number in range(len(rows))))
    if links_path is not None:
        _write(Path(links_path), links)
    return len(rows)


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FactdeskError(
            f"{path} cannot be read: {error}", "Give a JSON Lines file in UTF-8, one article a line."
        ) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["id"], row["text"].encode("utf-8")
            for start, end, *_ in row.get("sentences", []):
                Span(start, end)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise FactdeskError(
                f"Line {number} of {path} is no article: {error}",
                'Each line needs at least {"id": "...", "text": "..."}.',
            ) from error
        yield row


def _cases(rows: list[dict[str, Any]]) -> list[list[int]]:
    """Row numbers by case, in order of first appearance; a row without a case stands alone."""
    groups: dict[object, list[int]] = {}
    for number, row in enumerate(rows):
        case = row.get("case")
        groups.setdefault(("alone", number) if case is None else ("case", str(case)), []).append(number)
    return list(groups.values())


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _line(article_id: object, analysis: Analysis) -> dict[str, Any]:
    return {
        "id": article_id,
        "model": f"{analysis.model.name} {analysis.model.version}",
        "entities": [
            {"start": m.span.start, "end": m.span.end, "label": m.label, "entity": m.entity} for m in analysis.mentions
        ],
        "sentences": [{"start": s.span.start, "end": s.span.end, "score": s.score} for s in analysis.sentences],
        "claims": [
            {
                "start": c.span.start,
                "end": c.span.end,
                "score": c.score,
                "kind": c.kind.value,
                "speaker": c.claimant,
                "content": _pair(c.content_span),
                "source": _pair(c.claimant_span),
                "features": list(c.features),
                "cue": c.cue,
                "attribution": [attribution_to_dict(voice) for voice in c.attribution],
                "values": [value_to_dict(value) for value in c.values],
            }
            for c in analysis.claims
            if c.repeat_of is None
        ],
    }


def _link(rows: list[dict[str, Any]], link: FoundLink) -> dict[str, Any]:
    sides = {
        name: {"id": rows[int(article)]["id"], "start": span.start, "end": span.end}
        for name, article, span in (("a", link.article_a, link.span_a), ("b", link.article_b, link.span_b))
    }
    return {
        **sides,
        "relation": link.relation.value,
        "score": link.score,
        "suggested": link.suggested,
        "reason": link.reason,
    }


def _write(path: Path, lines: Iterable[str]) -> None:
    """Writes the whole file or, when that fails, leaves the old one."""
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in lines)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise FactdeskError(
            f"{path} cannot be written: {error.strerror or error}", "Choose another place, or free some space."
        ) from error
