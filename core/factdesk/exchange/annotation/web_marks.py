"""Web annotations taken over: selectors resolved in the texts, bodies read as labels, verdicts, notes and evidence."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.formats.web_annotation import (
    ARTICLE,
    CLAIM,
    CONFIDENCE,
    ENTITY,
    KIND,
    LABEL,
    NORMALISED,
    NOTE,
    REASON,
    RELATION,
    STANCE,
    STATUS,
    VERDICT,
)
from factdesk.model.claims import Judgement
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.given import GivenEvidence, GivenLink
from factdesk.text.offsets import Utf16Map

if TYPE_CHECKING:
    from factdesk.exchange.annotation.marking import Marking
    from factdesk.model.spans import Span

Json = Mapping[str, Any]

_PERCENT = re.compile(r"(\d{1,3}) ?%")
_PURPOSES = {"tagging": LABEL, "commenting": NOTE, "replying": NOTE, "describing": NOTE, "identifying": ENTITY}


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a text that an annotation is about."""

    key: str  # what tells the text from others
    source: str
    about: Json  # of the source
    state: Json
    selectors: tuple[Json, ...]
    claim: str = ""  # its id, where ours says so

    @property
    def cached(self) -> str:
        """The name of the copy of the text."""
        return next((each for each in listed(self.state.get("cached")) if isinstance(each, str)), "")


def listed(value: object) -> list[Any]:
    """JSON-LD writes one value without its list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def targets_of(annotation: Json) -> Iterator[Target]:
    """The targets of an annotation that lie in a text."""
    for each in listed(annotation.get("target")):
        found = target_from(each)
        if found is not None:
            yield found


def target_from(part: object) -> Target | None:
    """A target, or a body that is a part of a text; None for whole resources."""
    if not isinstance(part, dict) or not part.get("selector"):
        return None
    source = part.get("source")
    about: Json = source if isinstance(source, dict) else {}
    name = str(about.get("id") or about.get("@id") or (source if isinstance(source, str) else ""))
    state = next((each for each in listed(part.get("state")) if isinstance(each, dict)), {})
    selectors = tuple(each for each in listed(part["selector"]) if isinstance(each, dict))
    key = str(about.get(ARTICLE) or state.get("cached") or name)
    id_ = str(part.get("id") or "")
    return Target(key, name, about, state, selectors, id_ if id_.startswith("urn:factdesk:claim:") else "")


class AnnotationMarks:
    """Takes annotations over into the markings of their texts, which go by the keys of targets."""

    def __init__(self, markings: Mapping[str, "Marking"]) -> None:
        self._markings = markings
        self._wide: dict[str, Utf16Map] = {}
        self._claims: dict[tuple[str, Span], list[tuple[str, dict[str, list[str]], Json]]] = defaultdict(list)
        self._keys: dict[str, str] = {}  # id of an annotation: key of its claim
        self._later: list[Json] = []

    def take(self, annotation: Json) -> None:
        """One annotation; links and evidence wait for the claims that they name."""
        targets = list(targets_of(annotation))
        bodies = [each for each in listed(annotation.get("body")) if isinstance(each, dict)]
        if "linking" in listed(annotation.get("motivation")) and (
            len(targets) == 2 or any(target.claim for target in targets)
        ):
            self._later.append(annotation)
            return
        said = _said(annotation, bodies)
        for target in targets[:1]:
            span = self._span(target)
            if span is None:
                continue
            if _is_claim(annotation, said):
                self._claims[target.key, span].append((str(annotation.get("id") or id(annotation)), said, annotation))
            else:
                for label in said[LABEL]:
                    is_suggestion = "suggested" in said[STATUS]
                    entity = next(iter(said[ENTITY]), "")
                    self._markings[target.key].mention(span, label, entity, is_suggestion=is_suggestion)

    def settle(self) -> None:
        """When all were taken: each claim once, then links and evidence."""
        for (source, span), found in self._claims.items():
            marking = self._markings[source]
            judged = [(_judgement(marking, said), said, annotation) for _, said, annotation in found]
            decided = [each for each in judged if each[0].verdict is not None]
            judgement, _, last = max(decided or judged[:1], key=lambda each: str(each[2].get("created", "")))
            if len({each[0].verdict for each in decided}) > 1:
                marking.told.append("A claim had different verdicts of several people; the latest was taken.")
            first = found[0][1]
            key = found[0][0]
            self._keys |= {id_: key for id_, *_ in found}
            created = str(last.get("created") or "")
            marking.claim(
                span, key, judgement, next(iter(first[KIND]), ""), is_suggestion="suggested" in first[STATUS],
                reviewer=_creator(last) if judgement.verdict else "", decided_at=created if created.endswith("Z") else "",
                normalised=next(iter(first[NORMALISED]), ""),
            )  # fmt: skip
        for annotation in self._later:
            self._relate(annotation)
        for marking in self._markings.values():
            marking.told[:] = dict.fromkeys(marking.told)

    def _relate(self, annotation: Json) -> None:
        targets = list(targets_of(annotation))
        bodies = [each for each in listed(annotation.get("body")) if isinstance(each, dict)]
        said = _said(annotation, bodies)
        claims = [self._claim_of(target) for target in targets]
        if not claims or not all(claims) or targets[0].key not in self._markings:
            return
        marking = self._markings[targets[0].key]
        if len(claims) == 2:
            relation = foreign_labels.relation_of(next(iter([*said[RELATION], *said[LABEL]]), ""))
            if relation is not None:
                marking.links.append(GivenLink(claims[0], claims[1], relation, "suggested" in said[STATUS]))
            return
        stance = foreign_labels.stance_of(next(iter(said[STANCE]), "")) or Stance.CONTEXT
        for body in bodies:
            self._evidence(marking, claims[0], stance, body, "\n".join(said[NOTE]))

    def _evidence(self, marking: "Marking", claim: str, stance: Stance, body: Json, note: str) -> None:
        who, when = str(body.get("dc:publisher") or ""), str(body.get("dc:date") or "")
        passage = target_from(body)
        if passage is not None and passage.key in self._markings:
            span = self._span(passage)
            if span is not None:  # it is kept with the article that it stands in
                here = self._markings[passage.key]
                here.evidence.append(GivenEvidence(claim, EvidenceKind.PASSAGE, stance, note=note, span=span))
        elif isinstance(body.get("source"), str):
            quotes = [str(each.get("exact") or "") for each in listed(body.get("selector")) if isinstance(each, dict)]
            quote = next(iter(quotes), "")
            given = GivenEvidence(claim, EvidenceKind.URL, stance, quote, body["source"], who, when, note)
            marking.evidence.append(given)
        elif body.get("label") == "evidence":
            words = str(body.get("value") or "")
            marking.evidence.append(GivenEvidence(claim, EvidenceKind.NOTE, stance, "", "", who, when, words))
        elif str(body.get("id", "")).startswith("urn:sha256:"):
            words = "\n".join(filter(None, (str(body.get("label") or ""), note)))
            marking.evidence.append(GivenEvidence(claim, EvidenceKind.NOTE, stance, "", "", who, when, words))

    def _claim_of(self, target: Target) -> str:
        if target.claim in self._keys:
            return self._keys[target.claim]
        span = self._span(target)
        found = self._claims.get((target.key, span)) if span is not None else None
        return self._keys[found[0][0]] if found else ""

    def _span(self, target: Target) -> "Span | None":
        marking = self._markings.get(target.key)
        if marking is None:
            return None
        place = self._place(target, marking.raw)
        return marking.span(-1, -1) if place is None else marking.span(*place)

    def _place(self, target: Target, text: str) -> tuple[int, int] | None:
        """Where the selectors point, in code points; the quotation decides if they disagree."""
        quote = next((each for each in target.selectors if each.get("type") == "TextQuoteSelector"), None)
        position = next((each for each in target.selectors if each.get("type") == "TextPositionSelector"), None)
        exact = str(quote.get("exact") or "") if quote is not None else ""
        if position is not None and isinstance(position.get("start"), int) and isinstance(position.get("end"), int):
            start, end = position["start"], position["end"]
            if not exact or text[start:end] == exact:
                return start, end
            wide = self._wide.setdefault(target.key, Utf16Map(text))
            start, end = wide.to_code_point(start), wide.to_code_point(end)
            if text[start:end] == exact:
                return start, end
        return (
            _find(text, exact, str(quote.get("prefix") or ""), str(quote.get("suffix") or ""))
            if exact and quote
            else None
        )


def _find(text: str, exact: str, prefix: str, suffix: str) -> tuple[int, int] | None:
    """The quotation with what stands around it; alone only where it stands once."""
    for before, after in ((prefix, suffix), (prefix, ""), ("", suffix), ("", "")):
        whole = f"{before}{exact}{after}"
        start = text.find(whole)
        if start >= 0 and text.find(whole, start + 1) < 0:
            return start + len(before), start + len(before) + len(exact)
    return None


def _said(annotation: Json, bodies: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The values of textual bodies by what they are."""
    said: dict[str, list[str]] = defaultdict(list)
    values = [each for each in listed(annotation.get("body")) if isinstance(each, str)]
    said[NOTE] += [*values, *(each for each in listed(annotation.get("bodyValue")) if isinstance(each, str))]
    for body in bodies:
        value = body.get("value")
        if not isinstance(value, str):
            continue
        label = body.get("label")
        purpose = next((str(each) for each in listed(body.get("purpose") or annotation.get("motivation"))), "")
        if isinstance(label, str) and label:
            said[label].append(value)
        elif purpose == "assessing" or (purpose in {"tagging", "classifying"} and foreign_labels.verdict_of(value)):
            said[VERDICT].append(value)
        else:
            said[_PURPOSES.get(purpose, NOTE)].append(value)
    return said


def _is_claim(annotation: Json, said: Mapping[str, list[str]]) -> bool:
    if any(foreign_labels.is_claim_label(label) or label == CLAIM for label in said[LABEL]):
        return True
    if said[VERDICT] or "assessing" in listed(annotation.get("motivation")):
        return True
    return not said[LABEL]


def _judgement(marking: "Marking", said: Mapping[str, list[str]]) -> Judgement:
    note = "\n".join(said[NOTE])
    judgement = marking.verdict(next(iter(said[VERDICT]), ""), next(iter(said[REASON]), ""), note)
    match = _PERCENT.fullmatch(next(iter(said[CONFIDENCE]), ""))
    return replace(judgement, confidence=min(100, int(match[1]))) if match else judgement


def _creator(annotation: Json) -> str:
    who = next(iter(listed(annotation.get("creator"))), None)
    if isinstance(who, dict):
        return (
            str(who.get("name") or who.get("nickname") or who.get("id") or "") if who.get("type") != "Software" else ""
        )
    return who if isinstance(who, str) else ""
