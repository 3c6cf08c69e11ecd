"""AVeriTeC files: claims with labels, and questions and answers as evidence. There is no article: the claim's text is one."""

import json
import re
from collections.abc import Iterator
from typing import Any

from factdesk.compare.dates import is_date
from factdesk.errors import ImportRefusedError
from factdesk.exchange import averitec_words as words
from factdesk.exchange.kinds.plain import decoded_text
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import ClaimKind
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.given import Given, GivenClaim, GivenEvidence
from factdesk.model.spans import Span
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

MEDIA_TYPE = "application/json"

_BETWEEN = re.compile(r"[\s,]*")
_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_TELLING = (b'"required_reannotation"', b'"fact_checking_strategies"', b'"cached_original_claim_url"', b'"claim_date"')
_NO_ARTICLE = "AVeriTeC has no article: the text of the claim stands for one."
_NO_STANCE = "AVeriTeC does not say what an answer does for the claim: that is taken from the label."


def looks_like_averitec(head: bytes) -> bool:
    """An array of objects with fields that only AVeriTeC has."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"[") and b'"claim"' in start and any(key in start for key in _TELLING)


def read_averitec(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """One article for each claim."""
    text = decoded_text(file, options).text.removeprefix("\ufeff")
    found = 0
    for number, (value, raw) in enumerate(_elements(file, text), start=1):
        place = f"claim {number}"
        if isinstance(value, BadPart):
            yield value
            continue
        try:
            yield _reading(file, place, value, raw)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            yield BadPart(place, str(error) if type(error) is ValueError else "its fields are not those of AVeriTeC")
            continue
        found += 1
    if not found:
        raise ImportRefusedError(f"{file.quoted} holds no claim of AVeriTeC.", "Check that it is the right file.")


def _elements(file: SourceFile, text: str) -> Iterator[tuple[Any, str]]:
    """The objects of the array with their own text; where the JSON breaks off it ends."""
    decoder = json.JSONDecoder()
    at = text.find("[") + 1
    if not at or text[: at - 1].strip():
        raise ImportRefusedError(f"{file.quoted} is no list in JSON.", "AVeriTeC files are.")
    number = 0
    while True:
        at = _end_of_blank(text, at)
        if text.startswith("]", at):
            return
        number += 1
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, at) + 1
            yield BadPart(f"claim {number}", f"the JSON is broken or cut off from line {line} on"), ""
            return
        yield value, text[at:end]
        at = end


def _end_of_blank(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _reading(file: SourceFile, place: str, value: Any, raw: str) -> Reading:
    if not isinstance(value, dict) or not isinstance(value.get("claim"), str):
        raise ValueError("there is no claim")  # noqa: TRY004 - told to the reviewer as one sentence
    text = normalise(value["claim"]).strip()
    if not text:
        raise ValueError("the claim is empty")
    evidence, marked = _evidence(place, value)
    kinds = [words.KINDS[each] for each in value.get("claim_types") or () if each in words.KINDS]
    claim = GivenClaim(
        Span(0, len(text)),
        place,
        kinds[0] if kinds else ClaimKind.EVENT,
        words.judgement_of(_text(value, "label"), normalise(_text(value, "justification"))),
        claimant=" ".join(_text(value, "speaker").split()),
    )
    meta = ArticleMeta(
        title=find_headline(text),
        publisher=_text(value, "reporting_source"),
        url=_text(value, "original_claim_url"),
        published_at=_day(_text(value, "claim_date")),
        language=guess_language(text),
    )
    source = ArticleSource(raw.encode("utf-8", "surrogatepass"), file.name, "utf-8", MEDIA_TYPE, file.captured_at)
    label = _text(value, "label")
    return Reading(
        NewArticle(text, meta, source), place=place, given=Given(claims=(claim,), evidence=tuple(evidence))
    ).warned(
        _NO_ARTICLE,
        _NO_STANCE if evidence else "",
        f"AVeriTeC knows no label “{label}”: the claim comes without a verdict." if label and label not in words.ALL_LABELS else "",
        "“Conflicting Evidence/Cherrypicking” is taken as “sources conflict”." if label == words.CONFLICTING else "",
        f"{marked} of its questions got a question mark." if marked else "",
    )  # fmt: skip


def _evidence(claim: str, value: dict[str, Any]) -> tuple[list[GivenEvidence], int]:
    """Each answer as a piece of evidence, and how many questions had no question mark."""
    stance = words.STANCES.get(_text(value, "label"), Stance.CONTEXT)
    found: list[GivenEvidence] = []
    marked = 0
    for asked in value.get("questions") or ():
        question = normalise(asked["question"])
        marked += not words.is_question(question)
        for answer in asked["answers"]:
            url = _text(answer, "source_url")
            kind = EvidenceKind.URL if url else EvidenceKind.NOTE
            extract = normalise(answer["answer"]) if answer["answer_type"] == words.EXTRACTIVE else ""
            note = normalise(words.note_of(question, answer))
            found.append(GivenEvidence(claim, kind, stance, extract, url, note=note))
    return found, marked


def _text(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def _day(date: str) -> str:
    """An ISO date; "" when it is none."""
    match = _DAY.fullmatch(date)
    if match is None:
        return ""
    day, month, year = match.groups()
    iso = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return iso if is_date(iso) else ""


IMPORTER = Importer(
    "averitec", "AVeriTeC", MEDIA_TYPE, frozenset({".json"}), read_averitec, looks_like_averitec, has_encoding=True
)
