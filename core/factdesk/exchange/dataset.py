"""A project as exporters see it: the chosen articles with their marks, reviewers' names shown or hidden, as values.

Positions are code points of the stored text, end exclusive; an exporter converts them to what its format counts.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from factdesk.errors import FactdeskError
from factdesk.exchange.export_format import ExportFormat
from factdesk.model.articles import Article, Case
from factdesk.model.claims import Claim, Judgement, Link, Relation, Status
from factdesk.model.evidence import Evidence
from factdesk.model.mentions import Mention
from factdesk.model.spans import Span
from factdesk.store.articles import article_text, list_articles, sentences_of
from factdesk.store.cases import get_case, list_cases
from factdesk.store.claims import claims_of_article, judgement_of, link_of
from factdesk.store.clusters import origins_of
from factdesk.store.connection import Queryable
from factdesk.store.disagreements import Consensus, consensus_of, upheld
from factdesk.store.evidence import evidence_of
from factdesk.store.holdings import touched_claims
from factdesk.store.mentions import mentions_of_article
from factdesk.store.opinions import Opinion, opinions_of
from factdesk.store.sessions import MACHINE, list_reviewers
from factdesk.store.stored_words import RELATIONS, STATUSES


class Whose(StrEnum):
    """Whose verdicts go into an export."""

    IN_FORCE = "in force"  # the one that holds now: the last one, or the adjudicated one
    ADJUDICATED = "adjudicated"  # only those that two or more reviewers gave alike, or that were settled
    ALL = "all"  # that, and beside it the last one of each reviewer
    ONE = "one"  # those of one reviewer only; claims without one are undecided


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into an export."""

    decisions_only: bool = False  # leave out suggestions that nobody has looked at
    whose: Whose = Whose.IN_FORCE
    reviewer: str = ""  # the name, where it is one
    anonymous: bool = False  # “reviewer 1” in place of names
    with_text: bool = True  # False: positions and hashes, but no text and no quotes of articles
    case_id: str = ""  # "" for all cases
    claim_ids: frozenset[str] = frozenset()  # only these claims and the articles that they stand in; empty for all
    licence: str = ""  # SPDX or in words, for formats that have a place for it
    choices: Mapping[str, str] = field(default_factory=dict)  # of the format's own options


@dataclass(frozen=True, slots=True)
class ExportClaim:
    """A claim with all that belongs to it. `claim.judgement` is the verdict that was asked for (see `Whose`)."""

    claim: Claim
    evidence: tuple[Evidence, ...] = ()
    opinions: tuple[Opinion, ...] = ()  # of every reviewer, oldest first; empty unless all are wanted
    clusters: tuple[tuple[str, Relation], ...] = ()  # ids of clusters it stands in, and how


@dataclass(frozen=True, slots=True)
class Document:
    """One article with its marks, in text order."""

    article: Article
    text: str  # for counting and comparing also when it must not be written
    cases: tuple[str, ...]  # names
    sentences: tuple[Span, ...]  # none before pre-annotation
    mentions: tuple[Mention, ...]
    claims: tuple[ExportClaim, ...]
    refused: tuple[Claim, ...]  # suggestions that a person refused, and claims that a person withdrew
    origin: str = ""  # the same for articles that share their text; "" for one that stands alone


@dataclass(frozen=True, slots=True)
class ExportCluster:
    """Claims about the same fact; members are ids of claims in this dataset, in text order."""

    id: str
    case_id: str
    text: str  # the fact in a reviewer's words, else the quote of its lead; "" where no text may be written
    judgement: Judgement
    members: tuple[tuple[str, Relation, Status], ...]
    lead: str = ""  # id of the claim that the others are compared with; it may not be in this dataset
    normalised: str = ""  # what a reviewer wrote for the fact; "" while nobody did


@dataclass(frozen=True, slots=True)
class NamedThing:
    """An entity."""

    id: str
    name: str
    label: str


class _View:
    """How the options show names, verdicts and suggestions."""

    def __init__(self, r: Queryable, options: ExportOptions) -> None:
        self._r = r
        self._options = options
        self._chooses = options.whose in {Whose.ONE, Whose.ADJUDICATED}  # only some verdicts count
        self.article_ids: list[str] = []
        names = list_reviewers(r)
        self.names = {name: f"reviewer {n}" if options.anonymous else name for n, name in enumerate(names, start=1)}
        if options.whose is Whose.ONE and options.reviewer not in self.names:
            raise FactdeskError(f"Nobody called “{options.reviewer}” worked on this project.", "Choose a reviewer.")

    def signed(self, claim: Claim) -> Claim:
        """With names as they are shown."""
        if not self._options.anonymous:  # tens of thousands pass here
            return claim
        names = self.names
        return replace(
            claim,
            made_by=names.get(claim.made_by, claim.made_by),
            decided_by=names.get(claim.decided_by, claim.decided_by),
        )

    @cached_property
    def opinions(self) -> dict[str, list[Opinion]]:
        """What each reviewer said last, by claim; not asked for when only what is in force is wanted."""
        return {} if self._options.whose is Whose.IN_FORCE else opinions_of(self._r, self.article_ids)

    @cached_property
    def _touched(self) -> frozenset[str]:
        return touched_claims(self._r) if self._options.decisions_only else frozenset()

    def is_wanted(self, claim_id: str, status: Status) -> bool:
        """Whether it goes in: suggestions do where a person's evidence, link or cluster hangs on them."""
        is_open = self._options.decisions_only and status is Status.SUGGESTED
        return not is_open or claim_id in self._touched

    @property
    def link(self) -> str:
        """The condition for links, which are suggestions too."""
        return "status = 'accepted'" if self._options.decisions_only else "status <> 'refused'"

    @property
    def member(self) -> str:
        """The condition for memberships: a cluster that people decided about keeps the claim that leads it."""
        if not self._options.decisions_only:
            return "m.status <> 'refused'"
        return "(m.status = 'accepted' OR (m.status = 'suggested' AND k.lead = m.claim_id))"

    @cached_property
    def consensus(self) -> dict[str, Consensus]:
        """How the reviewers of each claim stand to each other."""
        return consensus_of(self._r, self.opinions)

    def of_cluster(self, cluster: Mapping[str, Any]) -> Judgement:
        """The verdict of a cluster; one that only holds with its lead has it from there."""
        if self._options.whose is Whose.ADJUDICATED:
            lead = self._own(cluster["lead"], cluster["verdict"])
            if lead is None or lead.judgement.verdict != cluster["verdict"]:
                return Judgement()
        if self._options.whose is Whose.ONE and cluster["decided_by"] != self._options.reviewer:
            return Judgement()
        return judgement_of(cluster["verdict"], cluster["reason"], cluster["note"], cluster["confidence"])

    def status(self, claim_id: str, status: Status, verdict: str | None, made_by: str | None) -> Status:
        """How a claim stands for those whose verdicts are wanted: one that does not count has not accepted it."""
        if not self._chooses or verdict is None or made_by not in {None, MACHINE}:
            return status
        return status if self._own(claim_id, verdict) else Status.SUGGESTED

    def judged(self, claim: Claim) -> Claim:
        """With the verdict that was asked for."""
        if not self._chooses:
            return claim
        own = self._own(claim.id, claim.verdict)
        if own and self._options.whose is Whose.ADJUDICATED and own.judgement.verdict == claim.verdict:
            return claim  # as it is in force
        return replace(
            claim,
            status=self.status(claim.id, claim.status, claim.verdict, claim.made_by),
            judgement=own.judgement if own else Judgement(),
            decided_by=own.reviewer if own else "",
            decided_at=own.decided_at if own else "",
            inherited_from=claim.inherited_from if own and claim.decided_by == own.reviewer else None,
        )

    def _own(self, claim_id: str, in_force: str | None) -> Opinion | None:
        """The verdict on a claim that counts, if there is one."""
        found = self.opinions.get(claim_id, [])
        if self._options.whose is Whose.ONE:
            return next((each for each in found if each.reviewer == self._options.reviewer), None)
        return upheld(found, self.consensus.get(claim_id), in_force)


class Dataset:
    """What an export was asked to hold; give it a reader inside a snapshot."""

    def __init__(self, r: Queryable, options: ExportOptions, chosen: ExportFormat | None = None) -> None:
        self.r = r
        self.options = options
        self._format = chosen
        self._view = _View(r, options)
        self._view.article_ids = [article.id for article in self.articles]

    def choice(self, name: str) -> str:
        """What was chosen for one of the format's own options, or its default."""
        options = {option.name: option for option in (self._format.options if self._format else ())}
        chosen = self.options.choices.get(name)
        allowed = [value for value, _ in options[name].choices]
        if chosen is None:
            return allowed[0]
        if chosen not in allowed:
            raise FactdeskError(f"“{chosen}” is no choice for {name}.", f"Choose {' or '.join(allowed)}.")
        return chosen

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases that are exported."""
        if self.options.case_id:
            return (get_case(self.r, self.options.case_id),)
        return tuple(list_cases(self.r))

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles, each once, in the order of the cases."""
        found = {article.id: article for case in self.cases for article in list_articles(self.r, case.id)}
        if self.options.claim_ids:
            rows = self.r.rows(
                "SELECT DISTINCT article_id FROM claims WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(self.options.claim_ids)),),
            )
            wanted = {row["article_id"] for row in rows}
            found = {id_: article for id_, article in found.items() if id_ in wanted}
        return tuple(found.values())

    @cached_property
    def consensus(self) -> Counter[Consensus]:
        """How reviewers stand to each other, by number of claims, if it matters for this export."""
        known = self._view.consensus if self.options.whose is Whose.ADJUDICATED else {}
        refused = {row[0] for row in self.r.rows("SELECT id FROM claims WHERE status = 'refused'")}
        chosen = self.options.claim_ids or known.keys()
        return Counter(how for claim, how in known.items() if claim in chosen and claim not in refused)

    @cached_property
    def reviewers(self) -> tuple[str, ...]:
        """Names of all reviewers as they are shown."""
        return tuple(self._view.names.values())

    def shown_name(self, name: str) -> str:
        """A reviewer's name as the export has it; the machine's and "" stay."""
        return self._view.names.get(name, name)

    def documents(self) -> Iterator[Document]:
        """The articles one after the other, so that memory stays small."""
        for article in self.articles:
            yield self.document(article)

    def document(self, article: Article) -> Document:
        """One article with its marks."""
        claims: list[ExportClaim] = []
        refused: list[Claim] = []
        for claim in claims_of_article(self.r, article.id, include_refused=True):
            if self.options.claim_ids and claim.id not in self.options.claim_ids:
                continue
            if claim.status is Status.REFUSED:
                refused.append(self._view.signed(claim))
                continue
            judged = self._view.judged(claim)
            if self._view.is_wanted(judged.id, judged.status):
                claims.append(self._whole(judged))
        return Document(
            article=article,
            text=article_text(self.r, article.id),
            cases=self._cases_of.get(article.id, ()),
            sentences=tuple(sentence.span for sentence in sentences_of(self.r, article.id)),
            mentions=self._mentions(article.id),
            claims=tuple(claims),
            refused=tuple(refused),
            origin=self.origins.get(article.id, ""),
        )

    @cached_property
    def origins(self) -> dict[str, str]:
        """The origin of each article that shares its text with others, by article."""
        groups = [origin for case in self.cases for origin in origins_of(self.r, case.id)]
        return {article: group.id for group in groups for article in group.article_ids}

    @cached_property
    def entities(self) -> dict[str, NamedThing]:
        """Entities by id; one that was merged into another stands for that one."""
        rows = {row["id"]: row for row in self.r.rows("SELECT id, name, label, merged_into FROM entities")}
        found: dict[str, NamedThing] = {}
        for id_, row in rows.items():
            seen = {id_}
            while row["merged_into"] and row["merged_into"] not in seen:
                seen.add(row["merged_into"])
                row = rows[row["merged_into"]]  # noqa: PLW2901 - follows the chain to its end
            found[id_] = NamedThing(row["id"], row["name"], row["label"])
        return found

    @cached_property
    def claims(self) -> dict[str, str]:
        """The article of each exported claim, by the claim's id, in text order."""
        ids = [article.id for article in self.articles]
        rows = self.r.rows(
            "SELECT c.id, c.article_id, c.status, c.verdict, m.name AS made_by FROM claims c "
            "JOIN json_each(?) p ON p.value = c.article_id LEFT JOIN reviewers m ON m.id = c.made_by "
            "WHERE c.status <> 'refused' ORDER BY p.key, c.start, c.\"end\" DESC, c.number",
            (json.dumps(ids),),
        )
        if self.options.claim_ids:
            rows = [row for row in rows if row["id"] in self.options.claim_ids]
        view = self._view
        if self.options.decisions_only:
            columns = ((row, row["id"], STATUSES[row["status"]], row["verdict"], row["made_by"]) for row in rows)
            rows = [row for row, *known in columns if view.is_wanted(row["id"], view.status(*known))]
        return {row["id"]: row["article_id"] for row in rows}

    @cached_property
    def clusters(self) -> tuple[ExportCluster, ...]:
        """Clusters with at least one exported claim."""
        members: dict[str, list[tuple[str, Relation, Status]]] = {}
        rows = self.r.rows(
            "SELECT m.cluster_id, m.claim_id, m.relation, m.status FROM cluster_claims m "  # noqa: S608 - a constant
            f"JOIN clusters k ON k.id = m.cluster_id WHERE {self._view.member}"
        )
        order = {claim: place for place, claim in enumerate(self.claims)}
        for row in sorted((row for row in rows if row["claim_id"] in order), key=lambda row: order[row["claim_id"]]):
            member = (row["claim_id"], RELATIONS[row["relation"]], STATUSES[row["status"]])
            members.setdefault(row["cluster_id"], []).append(member)
        cases = {case.id for case in self.cases}
        return tuple(
            ExportCluster(
                row["id"],
                row["case_id"],
                row["normalised"] or (row["quote"] if self.options.with_text else ""),
                self._view.of_cluster(dict(row)),
                tuple(members[row["id"]]),
                row["lead"],
                row["normalised"],
            )
            for row in self.r.rows(
                "SELECT k.id, k.case_id, c.quote, k.verdict, k.reason, k.note, k.confidence, k.lead, k.normalised, "
                "p.name AS decided_by FROM clusters k JOIN claims c ON c.id = k.lead "
                "LEFT JOIN reviewers p ON p.id = k.decided_by ORDER BY k.made_at, k.id"
            )
            if row["id"] in members and row["case_id"] in cases
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links between exported claims that nobody refused."""
        rows = self.r.rows(f"SELECT * FROM links WHERE {self._view.link} ORDER BY id")  # noqa: S608 - a constant
        return tuple(link_of(row) for row in rows if row["claim_a"] in self.claims and row["claim_b"] in self.claims)

    # inside -------------------------------------------------------------------------------------------------------

    @cached_property
    def _cases_of(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for case in self.cases:
            for article in list_articles(self.r, case.id):
                found[article.id] = (*found.get(article.id, ()), case.name)
        return found

    @cached_property
    def _memberships(self) -> dict[str, tuple[tuple[str, Relation], ...]]:
        found: dict[str, tuple[tuple[str, Relation], ...]] = {}
        cases = {case.id for case in self.cases}
        for row in self.r.rows(
            "SELECT m.claim_id, m.cluster_id, m.relation, k.case_id FROM cluster_claims m "  # noqa: S608 - a constant
            f"JOIN clusters k ON k.id = m.cluster_id WHERE {self._view.member} ORDER BY k.made_at, k.id"
        ):
            if row["case_id"] in cases:
                pair = (row["cluster_id"], RELATIONS[row["relation"]])
                found[row["claim_id"]] = (*found.get(row["claim_id"], ()), pair)
        return found

    def _mentions(self, article_id: str) -> tuple[Mention, ...]:
        found = mentions_of_article(self.r, article_id)
        if self.options.decisions_only:
            found = [mention for mention in found if mention.status is not Status.SUGGESTED]
        if self.options.anonymous:
            found = [replace(mention, made_by=self.shown_name(mention.made_by)) for mention in found]
        return tuple(found)

    def _whole(self, claim: Claim) -> ExportClaim:
        opinions = self._view.opinions.get(claim.id, ()) if self.options.whose is Whose.ALL else ()
        evidence = evidence_of(self.r, claim.id) if claim.evidence_count else []
        return ExportClaim(
            claim=self._view.signed(claim),
            evidence=tuple(replace(each, made_by=self.shown_name(each.made_by)) for each in evidence),
            opinions=tuple(replace(each, reviewer=self.shown_name(each.reviewer)) for each in opinions),
            clusters=self._memberships.get(claim.id, ()),
        )
