"""Claims on which reviewers disagree: the queue of adjudication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from factdesk.model.claims import Claim, Judgement, Verdict
from factdesk.model.evidence import Evidence
from factdesk.store.claims import claims_by_names
from factdesk.store.connection import Queryable
from factdesk.store.evidence import evidence_of
from factdesk.store.opinions import Opinion, opinions_about, opinions_of


@dataclass(frozen=True, slots=True)
class Settled:
    """How a disagreement was settled."""

    chosen: str  # name of the reviewer whose verdict was taken, "" for another verdict
    made_by: str
    made_at: str


class Consensus(StrEnum):
    """How the verdicts of reviewers on a claim stand to each other."""

    AGREED = "agreed"  # two or more gave the same
    SETTLED = "settled"  # they differed, and one was put in force
    APART = "apart"  # they differ
    ALONE = "alone"  # only one judged it


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim with verdicts that differ; other claims of the same fact with the same verdicts go with it."""

    claim: Claim
    opinions: tuple[Opinion, ...]  # oldest first
    others: tuple[str, ...]  # ids of claims of the same cluster that are settled with it
    settled: Settled | None
    evidence: tuple[Evidence, ...] = ()  # about all of these claims, each signed by who added it


def disagreements(r: Queryable, case_id: str, *, include_settled: bool = False) -> list[Disagreement]:
    """Disagreements of a case in the order of its texts; those settled after the last opinion only if asked for."""
    articles = [
        row[0]
        for row in r.rows(
            "SELECT article_id FROM case_articles WHERE case_id = ? ORDER BY position, article_id", (case_id,)
        )
    ]
    opinions = {claim: each for claim, each in opinions_of(r, articles).items() if differ(each)}
    claims = claims_by_names(r, list(opinions))
    settled = _settled(r)
    clusters = _clusters(r, case_id)
    place = {article: number for number, article in enumerate(articles)}
    found: dict[tuple[str, object], Disagreement] = {}
    for claim in sorted(claims.values(), key=lambda each: (place[each.article_id], each.span.start, each.id)):
        said = tuple(opinions[claim.id])
        how = settled.get(claim.id)
        if how is not None and not _holds(how, said):
            how = None
        if how is not None and not include_settled:
            continue
        verdicts = sorted((each.reviewer, str(each.judgement.verdict)) for each in said)
        key = (clusters.get(claim.id, claim.id), (how is None, *verdicts))
        known = found.get(key)
        if known is None:
            found[key] = Disagreement(claim, said, (), how)
        else:
            found[key] = Disagreement(known.claim, known.opinions, (*known.others, claim.id), known.settled)
    evidence = {claim.id: evidence_of(r, claim.id) for claim in claims.values() if claim.evidence_count}
    return [
        replace(each, evidence=tuple(one for claim in (each.claim.id, *each.others) for one in evidence.get(claim, ())))
        for each in found.values()
    ]


def differ(opinions: Sequence[Opinion]) -> bool:
    """Whether reviewers gave different verdicts."""
    return len({opinion.judgement.verdict for opinion in opinions}) > 1


def consensus_of(r: Queryable, said: Mapping[str, Sequence[Opinion]]) -> dict[str, Consensus]:
    """How reviewers stand to each other, for each claim of which it is known what they said."""
    settled = _settled(r)
    found: dict[str, Consensus] = {}
    for claim, opinions in said.items():
        how = settled.get(claim)
        if how is not None and _holds(how, opinions):
            found[claim] = Consensus.SETTLED
        elif differ(opinions):
            found[claim] = Consensus.APART
        else:
            found[claim] = Consensus.AGREED if len(opinions) > 1 else Consensus.ALONE
    return found


def upheld(said: Sequence[Opinion], how: Consensus | None, in_force: str | None) -> Opinion | None:
    """The verdict that reviewers share, or that was settled and is in force; None if there is none."""
    if how is Consensus.SETTLED and in_force is not None:
        return replace(said[-1], judgement=Judgement(Verdict(in_force)))
    return said[0] if how is Consensus.AGREED else None


def takeable(r: Queryable, case_id: str = "") -> list[str]:
    """Claims without a verdict here on which all others who judged them agree; refused ones are left out.

    Args:
        r: the project.
        case_id: only claims of this case; "" for all.
    """
    ids = [
        row[0]
        for row in r.rows(
            "SELECT c.id FROM claims c WHERE c.verdict IS NULL AND c.status <> 'refused' "
            "AND c.id IN (SELECT claim_id FROM opinions) "
            "AND (?1 = '' OR c.article_id IN (SELECT article_id FROM case_articles WHERE case_id = ?1)) ORDER BY c.number",
            (case_id,),
        )
    ]
    said = opinions_about(r, ids)
    return [each for each in ids if said.get(each) and not differ(said[each])]


def settled_of(r: Queryable, claim_id: str) -> Settled | None:
    """How the disagreement about a claim was settled; None also when somebody said something new since."""
    how = _settled(r, claim_id).get(claim_id)
    said = opinions_about(r, [claim_id]).get(claim_id, []) if how is not None else []
    return how if how is not None and _holds(how, said) else None


def _holds(how: Settled, said: Sequence[Opinion]) -> bool:
    """Whether nothing came since: what somebody said elsewhere, even before, is new when it comes in."""
    return all(opinion.known_since <= how.made_at for opinion in said)


def _settled(r: Queryable, claim_id: str = "") -> dict[str, Settled]:
    rows = r.rows(
        "SELECT a.claim_id, c.name AS chosen, m.name AS made_by, a.made_at FROM adjudications a "
        "JOIN reviewers m ON m.id = a.made_by LEFT JOIN reviewers c ON c.id = a.chosen "
        "WHERE ?1 = '' OR a.claim_id = ?1",
        (claim_id,),
    )
    return {row["claim_id"]: Settled(row["chosen"] or "", row["made_by"], row["made_at"]) for row in rows}


def _clusters(r: Queryable, case_id: str) -> dict[str, str]:
    rows = r.rows(
        "SELECT m.claim_id, m.cluster_id FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id "
        "WHERE m.status = 'accepted' AND m.relation <> 'conflicts' AND k.case_id = ?",
        (case_id,),
    )
    return {row[0]: row[1] for row in rows}
