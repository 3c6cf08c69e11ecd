"""Commands about evidence from outside the case: adding, editing, saving a kept file, opening an address."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl

from factdesk.errors import NotFoundError
from factdesk.exchange.attachments import read_attachment, safe_name, save_attachment
from factdesk.model.claims import Claim
from factdesk.model.evidence import Attachment, Evidence, EvidenceKind
from factdesk.ops.evidence import add_source, edit_evidence
from factdesk.store.claims import get_claim
from factdesk.store.evidence import get_evidence
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.outside import open_address
from factdesk_gui.jobs import Jobs
from factdesk_gui.notices import NoticeBar
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk_gui.dialogs.evidence_dialog import OutsideSource


class EvidenceControl(QObject):
    """Answers what the inspector and the menus ask about evidence."""

    def __init__(self, workspace: Workspace, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._session = workspace.session
        self._review = workspace.review
        self._window = workspace.desk.window
        self._jobs = jobs
        self._notices = notices
        self.open_in_browser: Callable[[QUrl], object] = open_address
        inspector = workspace.inspector
        inspector.source_wanted.connect(self.ask_source)
        inspector.evidence.edit_wanted.connect(self.ask_edit)
        inspector.evidence.address_wanted.connect(self.ask_address)
        inspector.evidence.copy_wanted.connect(self.ask_copy)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.OUTSIDE_SOURCE: self.ask_source}

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def ask_source(self) -> None:
        """Asks for evidence that is in no article; it goes to the claim that is current now."""
        from factdesk_gui.dialogs.evidence_dialog import EvidenceDialog

        claim = self._claim(self._review.claim_id)
        if claim is not None:
            dialog = EvidenceDialog(claim.quote, parent=self._window())
            dialog.source_given.connect(partial(self._add, claim.id))
            dialog.open()

    def ask_edit(self, evidence_id: str) -> None:
        """Shows a piece of evidence for editing."""
        from factdesk_gui.dialogs.evidence_dialog import EvidenceDialog

        evidence = self._evidence(evidence_id)
        claim = self._claim(evidence.claim_id) if evidence is not None else None
        if evidence is not None and claim is not None:
            dialog = EvidenceDialog(claim.quote, parent=self._window(), evidence=evidence)
            dialog.source_given.connect(partial(self._edit, evidence))
            dialog.copy_wanted.connect(partial(self.ask_copy, evidence_id))
            dialog.open()

    def ask_address(self, evidence_id: str) -> None:
        """Shows the whole address before the browser is asked to open it."""
        from factdesk_gui.dialogs.addresses import AddressDialog

        evidence = self._evidence(evidence_id)
        if evidence is not None and evidence.url:
            dialog = AddressDialog(evidence.url, self._window())
            dialog.open_wanted.connect(self.open_in_browser)
            dialog.open()

    def ask_copy(self, evidence_id: str) -> None:
        """Asks where a copy of the kept file shall go; it is never opened from here."""
        from factdesk_gui.dialogs.files import ask_new_file

        evidence = self._evidence(evidence_id)
        if evidence is not None and evidence.file is not None:
            start = Path.home() / safe_name(evidence.file.name)
            digest = evidence.file.sha256
            ask_new_file(self._window(), "Save a copy", start, (), lambda path: self.save_copy(digest, path))

    def save_copy(self, digest: str, path: Path) -> None:
        """Writes a kept file to a place outside the project."""
        project = self._session.project

        def work(_job: object) -> None:
            reader = project.reader()
            try:
                save_attachment(reader, digest, path)
            finally:
                reader.close()

        self._jobs.run(work, lambda _: self._notices.tell(f"A copy is in {path}."), self._notices.tell_error)

    def _add(self, claim_id: str, given: "OutsideSource") -> None:
        values = _columns(given)
        kind, stance = values.pop("kind"), values.pop("stance")

        def run(attachment: Attachment | None) -> None:
            self._session.run(add_source, claim_id, kind, stance, **values, attachment=attachment)

        self._with_file(given.path, run)

    def _edit(self, evidence: Evidence, given: "OutsideSource") -> None:
        before: dict[str, Any] = {
            name: getattr(evidence, name)
            for name in ("kind", "stance", "quote", "url", "note", "source", "published_at", "captured_at")
        }
        now = _columns(given)
        if evidence.kind is EvidenceKind.PASSAGE:
            now = {name: now[name] for name in ("stance", "note")}
        changed = {name: value for name, value in now.items() if value != before[name]}

        def run(attachment: Attachment | None) -> None:
            if attachment is not None:
                changed["attachment"] = attachment
            if changed:
                self._session.run(edit_evidence, evidence.id, **changed)

        self._with_file(given.path, run)

    def _with_file(self, path: Path | None, run: Callable[[Attachment | None], None]) -> None:
        """Files are read and packed off the UI thread."""
        if path is None:
            run(None)
        else:
            self._jobs.run(lambda _job: read_attachment(path), run, self._notices.tell_error)

    def _claim(self, claim_id: str) -> Claim | None:
        try:
            return get_claim(self._session.reader, claim_id) if claim_id else None
        except NotFoundError:
            return None

    def _evidence(self, evidence_id: str) -> Evidence | None:
        try:
            return get_evidence(self._session.reader, evidence_id)
        except NotFoundError:
            return None


def _columns(given: "OutsideSource") -> dict[str, Any]:
    values = asdict(given)
    del values["path"]
    return values
