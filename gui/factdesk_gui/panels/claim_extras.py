"""What the inspector works out about a claim off the window's thread: what sources say, what is missing, what was before."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from factdesk.compare.standing import relation_between
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.model.claims import Relation, Verdict
from factdesk.model.dating import TimeWarning
from factdesk.model.memory import Remembered
from factdesk.store.clusters import cluster_of, contradictions
from factdesk.store.connection import Reader
from factdesk.store.gate import missing_for
from factdesk.store.memory import judged_before, open_other_project
from factdesk.store.strip import StripLine, value_strip
from factdesk.store.time_guard import time_warnings
from factdesk_gui.panels.others_box import Said, load_said
from factdesk_gui.panels.verdict_hints import Contradiction
from factdesk_gui.session import Session


@dataclass(frozen=True, slots=True)
class ClaimExtras:
    """All of it for one claim."""

    claim_id: str
    strip: list[StripLine] = field(default_factory=list)
    missing: Mapping[Verdict, list[str]] = field(default_factory=dict)
    warnings: list[TimeWarning] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    said: Said = field(default_factory=Said)


def load_extras(r: Reader, case_id: str, claim_id: str) -> ClaimExtras:
    """Reads it; what is empty is not shown."""
    try:
        return ClaimExtras(
            claim_id,
            value_strip(r, case_id, claim_id),
            {verdict: missing_for(r, case_id, claim_id, verdict) for verdict in Verdict},
            time_warnings(r, case_id, claim_id),
            list(_contradictions(r, case_id, claim_id)),
            load_said(r, claim_id),
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
        self._other: Path | None = None  # another project to look in

    def ask(self, case_id: str, claim_id: str) -> None:
        """Fetches everything about a claim; what was judged before only when it is another claim."""
        self._session.query("extras", lambda r: load_extras(r, case_id, claim_id), self.came.emit)
        if claim_id != self._asked:
            self._asked = claim_id
            self._remember(claim_id, strict=False)

    def look_in(self, project: Path, claim_id: str) -> None:
        """Looks in another project too, now and for the claims that follow."""
        self._other = project
        self._remember(claim_id, strict=True)

    def nothing_words(self) -> str:
        """What to say when nothing was found: only where a person asked for it."""
        return f"Nothing like it was judged in this project or in {self._other.stem}." if self._other else ""

    def _remember(self, claim_id: str, *, strict: bool) -> None:
        other = self._other
        self._session.query(
            "memory",
            lambda r: _remembered(r, claim_id, other, strict=strict),
            lambda found: self.remembered.emit(claim_id, found),
        )


def _remembered(r: Reader, claim_id: str, other: Path | None, *, strict: bool) -> list[Remembered]:
    """Decisions of this project and of the other one, the most alike first; that one may be gone by now."""
    try:
        found = judged_before(r, claim_id)
    except NotFoundError:
        return []
    try:
        if other is not None:
            with closing(open_other_project(other)) as reader:
                found += judged_before(r, claim_id, other=reader)
    except FactdeskError:
        if strict:
            raise
    return sorted(found, key=lambda one: -one.likeness)


def _contradictions(r: Reader, case_id: str, claim_id: str) -> Iterable[Contradiction]:
    cluster = cluster_of(r, case_id, claim_id)
    found = next((one for one in contradictions(r, case_id) if cluster and one.cluster_id == cluster.id), None)
    if cluster is None or found is None:
        return
    claims = {member.claim.id: member.claim for member in cluster.members}
    own = claims[claim_id].verdict
    for other, verdict in found.claims:
        against = relation_between(cluster, claim_id, other) is Relation.CONFLICTS
        if own is not None and other in claims and other != claim_id and (verdict is own) is against:
            yield Contradiction(other, f"{found.reason} This one is {own}; {verdict} is: “{claims[other].quote}”")
