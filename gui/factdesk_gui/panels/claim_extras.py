"""What the inspector works out about a claim off the window's thread: what sources say, what is missing, what was before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from factdesk.errors import NotFoundError
from factdesk.model.claims import Verdict
from factdesk.store.claims import get_claim
from factdesk.store.clusters import cluster_of, contradictions
from factdesk.store.connection import Reader
from factdesk.store.gate import missing_for
from factdesk_gui.panels.verdict_hints import Contradiction
from factdesk_gui.session import Session


@dataclass(frozen=True, slots=True)
class ClaimExtras:
    """All of it for one claim."""

    claim_id: str
    strip: list[Any] = field(default_factory=list)
    missing: Mapping[Verdict, list[str]] = field(default_factory=dict)
    warnings: Mapping[str, list[str]] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)


def load_extras(r: Reader, case_id: str, claim_id: str) -> ClaimExtras:
    """Reads it; what is empty is not shown."""
    try:
        return ClaimExtras(
            claim_id,
            [],
            {verdict: missing_for(r, case_id, claim_id, verdict) for verdict in Verdict},
            {},
            list(_contradictions(r, case_id, claim_id)),
        )
    except NotFoundError:  # taken back meanwhile
        return ClaimExtras(claim_id)


class ExtrasFeed(QObject):
    """Fetches them for the claim asked about last.

    Signals:
        came: ClaimExtras.
        remembered: (claim id, list of Remembered).
    """

    came = Signal(object)
    remembered = Signal(str, list)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = ""

    def ask(self, case_id: str, claim_id: str) -> None:
        """Fetches everything about a claim; what was judged before only when it is another claim."""
        self._session.query("extras", lambda r: load_extras(r, case_id, claim_id), self.came.emit)

    def forget(self) -> None:
        """Asks about the same claim anew next time."""
        self._asked = ""


def _contradictions(r: Reader, case_id: str, claim_id: str) -> Iterable[Contradiction]:
    cluster = cluster_of(r, case_id, claim_id)
    if cluster is None:
        return
    names = {member.claim.id: member.claim for member in cluster.members}
    found = next((one for one in contradictions(r, case_id) if one.cluster_id == cluster.id), None)
    own = get_claim(r, claim_id).verdict
    for other, verdict in found.claims if found is not None else ():
        if other != claim_id and verdict is not own and other in names:
            yield Contradiction(other, f"You marked this {verdict} elsewhere: {names[other].quote}")
