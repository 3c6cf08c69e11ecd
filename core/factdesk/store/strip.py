"""What the sources of a cluster say, lined up: numbers, dates, names and quoted words, and what of them differs and why."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factdesk.compare.values import comparable, differing, normal_form
from factdesk.model.claims import Claim, Relation, Status
from factdesk.model.mentions import NAME_LABELS
from factdesk.model.spans import Span
from factdesk.model.values import Value
from factdesk.store.articles import article_names
from factdesk.store.claims import get_claim
from factdesk.store.clusters import cluster_of
from factdesk.store.connection import Queryable

_QUOTED = re.compile(r"“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|\"([^\"]+)\"")
_ENDING = re.compile(r"(?:[’']s|s[’']?)$")
_KINDS_OF_NAMES = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}


@dataclass(frozen=True, slots=True)
class StripValue:
    """A number, date or time as one source states it."""

    text: str  # in its normal form: "about 250 soldiers", "18 March 2025"
    written: str  # as it stands there
    span: Span  # in the article
    differs: bool = False


@dataclass(frozen=True, slots=True)
class StripName:
    """A name in a claim."""

    text: str  # of its entity
    entity_id: str
    label: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class StripLine:
    """One claim of the cluster."""

    claim_id: str
    article_id: str
    label: str  # short name of the article
    published_at: str
    claimant: str
    values: tuple[StripValue, ...]
    names: tuple[StripName, ...]
    quote: str  # the claim
    said: str  # the words in quotation marks in it
    relation: Relation
    status: Status  # of its place in the cluster
    is_lead: bool
    why: str = ""  # what differs, in words; "" when nothing does

    @property
    def differs(self) -> bool:
        """Whether anything stands out."""
        return bool(self.why)


def value_strip(r: Queryable, case_id: str, claim_id: str) -> list[StripLine]:
    """The claims of a claim's cluster by time of publication (unknown last), each compared with the lead."""
    cluster = cluster_of(r, case_id, claim_id)
    if cluster is None or not cluster.members:
        claim = get_claim(r, claim_id)
        places = {claim_id: (Relation.SAME, claim.status, "")}
        claims, lead = [claim], claim_id
    else:
        places = {member.claim.id: (member.relation, member.status, member.reason) for member in cluster.members}
        claims, lead = [member.claim for member in cluster.members], cluster.lead
    articles = [claim.article_id for claim in claims]
    labels, dates = article_names(r, case_id, articles), _dates(r, articles)
    names = _names(r, [claim.id for claim in claims])
    comparison = _Comparison({claim.id: claim for claim in claims}, names, lead)
    lines = [
        StripLine(
            claim_id=claim.id,
            article_id=claim.article_id,
            label=labels.get(claim.article_id, claim.article_id),
            published_at=dates[claim.article_id],
            claimant=claim.claimant,
            values=comparison.values_of(claim),
            names=comparison.names_of(claim.id),
            quote=claim.quote,
            said=" … ".join("".join(found) for found in _QUOTED.findall(claim.quote)),
            relation=places[claim.id][0],
            status=places[claim.id][1],
            is_lead=claim.id == lead,
            why=comparison.why(claim.id, places[claim.id][0], places[claim.id][2]),
        )
        for claim in claims
    ]
    return sorted(lines, key=lambda line: (not line.published_at, line.published_at))


class _Comparison:
    """Compares each claim with the lead; the lead's own values differ where any other's do."""

    def __init__(self, claims: Mapping[str, Claim], names: Mapping[str, Sequence[StripName]], lead: str) -> None:
        self._claims = claims
        self._names = names
        self._lead = lead
        self._odd: dict[str, list[Value]] = {claim: [] for claim in claims}
        self._odd_names: dict[str, set[str]] = {claim: set() for claim in claims}
        self._why: dict[str, list[str]] = {claim: [] for claim in claims}
        for other in claims:
            if other != lead and lead in claims:
                self._compare(other)

    def values_of(self, claim: Claim) -> tuple[StripValue, ...]:
        """Its values, those that differ marked."""
        odd = self._odd[claim.id]
        return tuple(StripValue(normal_form(v), v.text, v.span, v in odd) for v in claim.values)

    def names_of(self, claim_id: str) -> tuple[StripName, ...]:
        """Its names, those that differ marked."""
        odd = self._odd_names[claim_id]
        return tuple(
            StripName(name.text, name.entity_id, name.label, name.entity_id in odd) for name in self._names[claim_id]
        )

    def why(self, claim_id: str, relation: Relation, reason: str) -> str:
        """What differs from the lead, in words."""
        if claim_id == self._lead:
            return ""
        found = self._why[claim_id]
        if found:
            return "; ".join(found)
        return "" if relation is Relation.SAME else reason or f"It {relation} in its wording"

    def _compare(self, other: str) -> None:
        lead = self._lead
        for mine, theirs in differing(self._claims[lead].values, self._claims[other].values):
            self._odd[lead].append(mine)
            self._odd[other].append(theirs)
            self._why[other].append(f"{normal_form(theirs)}, not {normal_form(mine)}")
            self._mark_alike(mine, other)
        for kind in dict.fromkeys(_KINDS_OF_NAMES.values()):
            mine_only, theirs_only = (self._only(one, two, kind) for one, two in ((lead, other), (other, lead)))
            if mine_only and theirs_only:
                self._odd_names[lead] |= {name.entity_id for name in mine_only}
                self._odd_names[other] |= {name.entity_id for name in theirs_only}
                self._why[other].append(f"{_listed(theirs_only)}, not {_listed(mine_only)}")

    def _mark_alike(self, value: Value, besides: str) -> None:
        """Sources that agree with the lead about what another one disputes."""
        for claim in self._claims.values():
            if claim.id not in {self._lead, besides}:
                self._odd[claim.id] += [
                    each
                    for each in claim.values
                    if comparable(value, each) and not differing([value], [each]) and each not in self._odd[claim.id]
                ]

    def _only(self, one: str, other: str, kind: str) -> list[StripName]:
        known = {name.entity_id for name in self._names[other]} | {_bare(name.text) for name in self._names[other]}
        return [
            name
            for name in self._names[one]
            if _KINDS_OF_NAMES.get(name.label) == kind and known.isdisjoint((name.entity_id, _bare(name.text)))
        ]


def _bare(name: str) -> str:
    """A name without what is no other name: the article, capitals, the s of a plural or of possession."""
    words = (_ENDING.sub("", word) for word in name.casefold().split())
    return " ".join(word for word in words if word != "the")


def _listed(names: Sequence[StripName]) -> str:
    return " and ".join(dict.fromkeys(name.text for name in names))


def _dates(r: Queryable, articles: Sequence[str]) -> dict[str, str]:
    rows = r.rows(
        "SELECT id, published_at FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(articles)),),
    )
    return {row[0]: row[1] for row in rows}


def _names(r: Queryable, claims: Sequence[str]) -> dict[str, list[StripName]]:
    rows = r.rows(
        "SELECT c.id, e.id, e.name, e.label FROM claims c JOIN mentions m ON m.article_id = c.article_id "
        'AND m.start < c."end" AND m."end" > c.start AND m.status <> \'refused\' JOIN entities e ON e.id = m.entity_id '
        "WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id, m.start",
        (json.dumps(list(claims)),),
    )
    found: dict[str, dict[str, StripName]] = {claim: {} for claim in claims}
    for claim, entity, name, label in map(tuple, rows):
        if label in NAME_LABELS:
            found[claim].setdefault(entity, StripName(name, entity, label))
    return {claim: list(names.values()) for claim, names in found.items()}
