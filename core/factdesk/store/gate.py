"""What the project's evidence gate demands, and what a claim still lacks."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any
from urllib.parse import urlsplit

from factdesk.model.claims import Verdict
from factdesk.model.evidence import ClusterEvidence, EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate, TimeGuard
from factdesk.store.connection import Queryable
from factdesk.store.evidence import evidence_for_cluster
from factdesk.store.settings import project_setting

GATE = "evidence_gate"
"""The name of the setting."""
TIME_GUARD = "time_guard"
"""The name of the setting."""


def load_gate(r: Queryable) -> EvidenceGate:
    """The gate of this project; one that demands nothing if none was set."""
    return EvidenceGate(**_known(EvidenceGate, project_setting(r, GATE)))


def load_time_guard(r: Queryable) -> TimeGuard:
    """How this project judges dates."""
    return TimeGuard(**_known(TimeGuard, project_setting(r, TIME_GUARD)))


def as_setting(setting: EvidenceGate | TimeGuard) -> dict[str, Any] | None:
    """What is stored: only what differs from the default; None when nothing does."""
    default = asdict(type(setting)())
    return {name: value for name, value in asdict(setting).items() if value != default[name]} or None


def missing_for(
    r: Queryable, case_id: str, claim_id: str, verdict: Verdict | None, note: str | None = None
) -> list[str]:
    """What the gate finds missing before this verdict, in words; nothing missing: it may be given.

    `note` is the note that would come with it; None: the one that is there. "" as the case looks at all of them.
    """
    gate = load_gate(r)
    if not gate.is_on or verdict in {None, Verdict.UNVERIFIED}:
        return []
    evidence = [found for found in evidence_for_cluster(r, case_id, claim_id) if found.is_settled]
    missing = _missing_support(r, gate, case_id, evidence) if verdict is Verdict.VERIFIED else []
    if verdict is Verdict.DISPUTED:
        missing += _missing_against(gate, evidence)
    wanted = (Stance.SUPPORTS,) if verdict is Verdict.VERIFIED else (Stance.REFUTES, Stance.CONTEXT)
    if gate.need_quote and not missing and not any(f.stance in wanted and f.evidence.quote.strip() for f in evidence):
        missing.append("a piece of evidence with a quotation")
    if gate.need_note and not _note(r, claim_id, note):
        missing.append("a note")
    return missing


def supporting_origins(r: Queryable, case_id: str, claim_id: str) -> int:
    """How many independent origins support a claim, as the gate counts them."""
    evidence = [found for found in evidence_for_cluster(r, case_id, claim_id) if found.is_settled]
    return len(_origins(r, case_id, (f for f in evidence if f.stance is Stance.SUPPORTS)))


def _missing_support(r: Queryable, gate: EvidenceGate, case_id: str, evidence: list[ClusterEvidence]) -> list[str]:
    supporting = [found for found in evidence if found.stance is Stance.SUPPORTS]
    counted = [found for found in supporting if found.evidence.quote.strip()] if gate.need_quote else supporting
    short = gate.verified_origins - len(_origins(r, case_id, counted))
    if short <= 0:
        return []
    more = "more " if counted else ""
    left_out = len(supporting) - len(counted)
    because = f" ({left_out} without a quotation left out)" if left_out else ""
    return [f"supporting evidence of {short} {more}independent {'origin' if short == 1 else 'origins'}{because}"]


def _missing_against(gate: EvidenceGate, evidence: list[ClusterEvidence]) -> list[str]:
    against = [found for found in evidence if found.stance is not Stance.SUPPORTS]
    counted = [found for found in against if found.evidence.quote.strip()] if gate.need_quote else against
    short = gate.disputed_evidence - len(counted)
    if short <= 0:
        return []
    more = "more " if counted else ""
    return [f"{short} {more}{'piece' if short == 1 else 'pieces'} of evidence that refutes it or gives its context"]


def _origins(r: Queryable, case_id: str, evidence: Iterable[ClusterEvidence]) -> set[str]:
    """Names of the origins: articles that share their text are one, and so are pages of one site."""
    found: set[str] = set()
    for each in evidence:
        one = each.evidence
        if one.article_id is not None:
            group = r.value(
                "SELECT origin FROM origins WHERE article_id = :article AND (:case = '' OR case_id = :case)",
                {"article": one.article_id, "case": case_id},
            )
            found.add(f"origin {group}" if group else f"article {one.article_id}")
        elif one.source:
            found.add(f"source {one.source.casefold()}")
        elif host := urlsplit(one.url if "//" in one.url else f"//{one.url}").netloc:
            found.add(f"site {host.casefold().removeprefix('www.')}")
        elif one.sha256:
            found.add(f"file {one.sha256}")
        elif one.kind is not EvidenceKind.NOTE or one.quote:
            found.add(f"evidence {one.id}")
    return found


def _note(r: Queryable, claim_id: str, note: str | None) -> str:
    """The note that would stand: the given one, else that of the claim or of its cluster."""
    if note is None:
        note = r.value(
            "SELECT note FROM claims WHERE id = :claim AND trim(note) <> '' UNION ALL "
            "SELECT k.note FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id "
            "WHERE m.claim_id = :claim AND m.status <> 'refused' AND trim(k.note) <> ''",
            {"claim": claim_id},
        )
    return (note or "").strip()


def _known(kind: type[EvidenceGate] | type[TimeGuard], stored: Any) -> dict[str, Any]:
    """What a newer version may have stored besides is left alone; a wrong kind of value counts as not set."""
    if not isinstance(stored, dict):
        return {}
    wanted = {field.name: type(field.default) for field in fields(kind)}
    return {
        name: value
        for name, value in stored.items()
        if name in wanted and type(value) is wanted[name] and not (isinstance(value, int) and value < 0)
    }
