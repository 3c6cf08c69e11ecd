"""The results of a Label Studio task: regions put together from what was chosen and written about them, and taken over."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.annotation.labelling import (
    CLAIMS,
    CONFIDENCE,
    ENTITY,
    KIND,
    NORMALISED,
    NOTE,
    REASON,
    REVIEWER,
    VERDICT,
)
from factdesk.exchange.annotation.marking import Marking
from factdesk.model.claims import Judgement
from factdesk.model.given import GivenLink
from factdesk.text.units import Ruler

if TYPE_CHECKING:
    from factdesk.model.spans import Span

_SIGNED = re.compile(r"(.*), (\d{4}-\d\d-\d\dT[\d:.]+Z)", re.DOTALL)
_TEXT_AREAS = frozenset({NORMALISED, ENTITY, REVIEWER})
_NOT_TEXT = frozenset({"hypertextlabels", "paragraphlabels"})


@dataclass(slots=True)
class Region:
    """One region of one annotation or prediction."""

    id: str
    text_name: str
    order: int  # of its annotation
    is_suggestion: bool
    reviewer: str = ""
    decided_at: str = ""
    start: Any = None
    end: Any = None
    words: str = ""
    labels: list[str] = field(default_factory=list)
    control: str = ""
    kind: str = ""  # of the result that its place is from
    choices: dict[str, list[str]] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)
    confidence: int | None = None
    score: float | None = None
    relations: list[tuple[str, str]] = field(default_factory=list)  # what, the other's id

    @property
    def is_span(self) -> bool:
        """Whether it is a place in plain text."""
        return isinstance(self.start, int) and isinstance(self.end, int) and self.kind not in _NOT_TEXT

    def fits(self, text: str, ruler: Ruler) -> bool:
        """Whether its words stand at its place, white space apart."""
        place = ruler.span(self.start, self.end)
        return place is not None and place.of(text).split() == self.words.split()


def regions_of(task: Mapping[str, Any]) -> list[Region]:
    """All regions of a task's annotations and predictions, also in the short export."""
    found: list[Region] = []
    given = task.get("annotations", task.get("completions"))
    annotations = [each for each in _dicts(given) if not each.get("was_cancelled")]
    predictions = _dicts(task.get("predictions"))
    for order, annotation in enumerate([*annotations, *predictions]):
        found += _of_one(annotation, order, is_suggestion=order >= len(annotations))
    if "data" not in task:
        found += _of_short(task)
    return found


def _of_one(annotation: Mapping[str, Any], order: int, *, is_suggestion: bool) -> list[Region]:
    regions: dict[str, Region] = {}
    reviewer, relations = _annotator(annotation), []
    for number, result in enumerate(_dicts(annotation.get("result"))):
        if result.get("type") == "relation":
            relations.append(result)
            continue
        value = result.get("value")
        if not isinstance(value, dict):
            continue
        if result.get("from_name") == REVIEWER:
            reviewer = _first(value.get("text")) or reviewer
            continue
        id_ = str(result.get("id") or f"{order}.{number}")
        region = regions.setdefault(id_, Region(id_, str(result.get("to_name", "")), order, is_suggestion))
        _add(region, result, value)
    for region in regions.values():
        region.reviewer = region.reviewer or ("" if is_suggestion else reviewer)
        region.decided_at = region.decided_at or str(annotation.get("created_at") or "")
    for relation in relations:
        first = regions.get(str(relation.get("from_id")))
        if first is not None:
            first.relations.append((_first(relation.get("labels")), str(relation.get("to_id"))))
    return list(regions.values())


def _add(region: Region, result: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    """What one result says about its region."""
    kind, name = str(result.get("type", "")), str(result.get("from_name", ""))
    if "start" in value and (region.start is None or kind.endswith("labels")):
        region.start, region.end, region.kind = value.get("start"), value.get("end"), kind
    match value.get(kind):
        case list() as chosen if kind.endswith("labels"):
            region.labels += map(str, chosen)
            region.control = name
            region.words = value["text"] if isinstance(value.get("text"), str) else ""
        case list() as chosen if kind == "choices":
            region.choices.setdefault(name, []).extend(map(str, chosen))
        case int() | float() as number if kind == "number" and name == CONFIDENCE and 0 <= number <= 100:
            region.confidence = round(number)
    if kind == "textarea":
        region.written.setdefault(name, []).extend(_texts(value.get("text")))
    if isinstance(result.get("score"), (int, float)) and 0 <= result["score"] <= 1:
        region.score = float(result["score"])
    meta = result.get("meta")
    signed = _SIGNED.fullmatch(_first(meta.get("text"))) if isinstance(meta, dict) else None
    if signed is not None:
        region.reviewer, region.decided_at = signed[1], signed[2]


def _of_short(task: Mapping[str, Any]) -> Iterator[Region]:
    """Regions of the short export: lists of places with labels, under the names of their controls."""
    for name, value in task.items():
        for number, each in enumerate(_dicts(value)):
            if "start" in each and isinstance(each.get("labels"), list):
                region = Region(f"{name}.{number}", "", 0, is_suggestion=False, kind="labels", control=name)
                region.start, region.end, region.labels = each["start"], each.get("end"), list(map(str, each["labels"]))
                region.words = each["text"] if isinstance(each.get("text"), str) else ""
                yield region


class TaskMarks:
    """Takes the regions of a task over into the markings of its texts."""

    def __init__(self, regions: Sequence[Region], markings: Mapping[str, Marking]) -> None:
        self.rulers: dict[str, Ruler] = {}  # by the names of texts
        self._regions = regions
        self._markings = markings
        self._claims: dict[tuple[str, Span], list[tuple[Region, Judgement]]] = defaultdict(list)
        self._keys: dict[str, tuple[str, str]] = {}  # region: key of its claim, name of its text
        self.lost = 0  # labels of whole texts, of what is no plain text, and relations of no claims

    def take(self, links: object) -> None:
        """All of them; `links` are those that an export of ours keeps in the task's data."""
        seen: set[tuple[str, Span, str]] = set()
        for region in self._regions:
            if not region.is_span or not region.labels:
                self.lost += 1
                continue
            marking = self._markings[region.text_name]
            place = self.rulers[region.text_name].span(region.start, region.end)
            span = marking.span(place.start, place.end) if place is not None else marking.span(-1, -1)
            if span is None:
                continue
            if _is_claim(region):
                self._claims[region.text_name, span].append((region, _judgement(marking, region)))
                continue
            for label in region.labels:
                if (region.text_name, span, label) not in seen:
                    seen.add((region.text_name, span, label))
                    entity = _first(region.written.get(ENTITY))
                    marking.mention(span, label, entity, is_suggestion=region.is_suggestion)
        self._settle()
        self._link(links)

    def _settle(self) -> None:
        """Each claim once; of several verdicts the latest holds."""
        quarrels: dict[str, int] = defaultdict(int)
        for (name, span), found in self._claims.items():
            marking = self._markings[name]
            decided = [each for each in found if not each[0].is_suggestion]
            judged = [each for each in decided if each[1].verdict is not None]
            region, judgement = max(judged or decided or found, key=lambda each: (each[0].decided_at, each[0].order))
            quarrels[name] += len({each[1].verdict for each in judged}) > 1
            key = found[0][0].id
            self._keys |= {each[0].id: (key, name) for each in found}
            when = region.decided_at if region.decided_at.endswith("Z") else ""
            marking.claim(
                span, key, Judgement() if not decided else judgement, _first(region.choices.get(KIND)),
                is_suggestion=not decided, reviewer=region.reviewer, decided_at=when,
                normalised=_first(region.written.get(NORMALISED)),
                score=next((each[0].score for each in found if each[0].score is not None), None),
            )  # fmt: skip
        for name, count in quarrels.items():
            if count:
                what = "claim had different verdicts" if count == 1 else "claims had different verdicts"
                self._markings[name].told.append(f"{count:,} {what} by several annotators; the latest was taken.")

    def _link(self, links: object) -> None:
        for region in self._regions:
            for word, other in region.relations:
                self._add_link(region.id, other, word, is_suggestion=region.is_suggestion)
        for link in _dicts(links):
            ends = (str(link.get("claim_a")), str(link.get("claim_b")))
            known = [end for end in ends if end in self._keys]
            relation = foreign_labels.relation_of(str(link.get("relation")))
            if known and relation is not None:  # the other end may be in another task of the file
                is_suggestion = link.get("status") == "suggested"
                self._markings[self._keys[known[0]][1]].links.append(GivenLink(*ends, relation, is_suggestion))

    def _add_link(self, region: str, other: str, word: str, *, is_suggestion: bool) -> None:
        relation = foreign_labels.relation_of(word)
        ends = (self._keys.get(region), self._keys.get(other))
        if relation is None or ends[0] is None or ends[1] is None:
            self.lost += 1
            return
        marking = self._markings[ends[0][1]]
        link = GivenLink(ends[0][0], ends[1][0], relation, is_suggestion)
        if link not in marking.links:
            marking.links.append(link)


def _is_claim(region: Region) -> bool:
    if region.control == CLAIMS or any(foreign_labels.is_claim_label(label) for label in region.labels):
        return True
    if _verdict_word(region):
        return True
    return all(
        foreign_labels.label_of(each) is None and foreign_labels.verdict_of(each) is not None for each in region.labels
    )


def _judgement(marking: Marking, region: Region) -> Judgement:
    words = _verdict_word(region) or next((each for each in region.labels if foreign_labels.verdict_of(each)), "")
    notes = [text for name, texts in region.written.items() if name not in _TEXT_AREAS for text in texts]
    note = "\n".join(region.written.get(NOTE, notes))
    judgement = marking.verdict(words, _first(region.choices.get(REASON)), note)
    return replace(judgement, confidence=region.confidence)


def _verdict_word(region: Region) -> str:
    """What was chosen as the verdict: under that name, or under any other if it is a word for one."""
    if VERDICT in region.choices:
        return _first(region.choices[VERDICT])
    chosen = [each for name, values in region.choices.items() if name not in {REASON, KIND} for each in values]
    return next((each for each in chosen if foreign_labels.verdict_of(each) is not None), "")


def _annotator(annotation: Mapping[str, Any]) -> str:
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        name = " ".join(str(who.get(part) or "") for part in ("first_name", "last_name")).strip()
        return name or str(who.get("email") or "")
    return f"annotator {who}" if isinstance(who, (int, str)) else ""


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else [each for each in value if isinstance(each, str)]
        if isinstance(value, list)
        else []
    )


def _first(value: object) -> str:
    return next(iter(_texts(value)), "")
