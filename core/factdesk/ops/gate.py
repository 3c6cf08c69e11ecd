"""The evidence gate: setting it, and holding verdicts to it."""

from collections.abc import Sequence

from factdesk.errors import GateError
from factdesk.model.changes import Changes
from factdesk.model.claims import Verdict
from factdesk.model.gate import EvidenceGate, TimeGuard
from factdesk.ops.settings import change_project_setting
from factdesk.ops.wording import quoted
from factdesk.store.claims import get_claim
from factdesk.store.gate import GATE, TIME_GUARD, as_setting, load_gate, missing_for
from factdesk.store.transaction import Transaction

_NAMED = 3


def save_gate(tx: Transaction, gate: EvidenceGate) -> Changes:
    """Choose what this project demands of a verdict; verdicts that are there stay."""
    title = f"Evidence gate: {', '.join(gate.rules)}" if gate.is_on else "Evidence gate off"
    return change_project_setting(tx, GATE, as_setting(gate), title)


def save_time_guard(tx: Transaction, guard: TimeGuard) -> Changes:
    """Choose how this project judges dates."""
    title = f"Evidence is stale after {guard.stale_days} days" if guard.stale_days else "Evidence is never stale"
    return change_project_setting(tx, TIME_GUARD, as_setting(guard), title)


def require_evidence(
    tx: Transaction, claim_ids: Sequence[str], verdict: Verdict | None, note: str | None = None, case_id: str = ""
) -> None:
    """Refuse a verdict for which the gate finds something missing; of several claims, if one of them lacks something."""
    if not load_gate(tx).is_on or verdict in {None, Verdict.UNVERIFIED}:
        return
    lacking = {claim: missing for claim in claim_ids if (missing := missing_for(tx, case_id, claim, verdict, note))}
    if not lacking:
        return
    if len(claim_ids) == 1:
        (missing,) = lacking.values()
        raise GateError(
            f"Before this claim can be marked {verdict}, it needs {_and(missing)}.", _HINT, missing=tuple(missing)
        )
    names = [f"{quoted(get_claim(tx, claim).quote)} needs {_and(missing)}" for claim, missing in lacking.items()]
    rest = f"; and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    raise GateError(
        f"{len(lacking):,} of {len(claim_ids):,} claims cannot be marked {verdict} yet, so none was: "
        f"{'; '.join(names[:_NAMED])}{rest}.",
        _HINT,
        missing=tuple(dict.fromkeys(each for missing in lacking.values() for each in missing)),
    )


_HINT = "Add it, mark the claim unverified, or change what the project demands (the evidence gate)."


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
