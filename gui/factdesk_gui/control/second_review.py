"""The second reviewer by file: a blind copy out, what others decided back in, and whose name decisions carry meanwhile."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from factdesk.errors import FactdeskError
from factdesk.model.changes import Changes
from factdesk.ops.merging import take_over
from factdesk.store.blind import blind_origin
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.actions.ids import Command
from factdesk_gui.control.outside import show_folder
from factdesk_gui.jobs import Job, Jobs
from factdesk_gui.notices import Kind, NoticeBar, Offer
from factdesk_gui.workspace import Workspace

if TYPE_CHECKING:
    from factdesk.project import Project
    from factdesk.store.blind import BlindCopy
    from factdesk.store.connection import Reader
    from factdesk_gui.dialogs.handover_dialog import Handover, HandoverDialog
    from factdesk_gui.dialogs.merge_dialog import Outcome


class SecondReviewControl(QObject):
    """Answers the commands about copies for and from other reviewers.

    Signals:
        working: what is done now (None when nothing), done, total.
        settle_wanted: disagreements should be shown.
    """

    working = Signal(object, int, int)
    settle_wanted = Signal()

    def __init__(self, workspace: Workspace, jobs: Jobs, notices: NoticeBar) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._session = workspace.session
        self._jobs = jobs
        self._notices = notices
        self._window = workspace.desk.window
        self._job: Job | None = None
        self._stopped = threading.Event()
        self._doing = ""
        self._is_warned = False
        self._dialog: HandoverDialog | None = None
        self.origin = blind_origin(self._session.reader)

    def handlers(self) -> dict[Command, Callable[[], None]]:
        """What each command does."""
        return {Command.HAND_OVER: self.ask_hand_over, Command.MERGE_FILE: self.ask_merge}

    def needs_met(self) -> set[Need]:
        """Nothing of its own."""
        return set()

    def stop(self) -> None:
        """Leaves out the files that are not merged yet."""
        self._stopped.set()  # the job goes on to its report, so it is not cancelled

    def may_close(self) -> bool:
        """Whether no copy is being made or merged, or the reviewer was told and closes once more."""
        if self._job is None or self._is_warned:
            return True
        self._is_warned = True
        self._notices.tell(
            f"The project stays open: {self._doing}.",
            "Closing once more gives up what is not done yet; nothing is left half, and it can be done again.",
            Kind.WARNING,
        )
        return False

    def shut_down(self) -> None:
        """The project is closing: no further file is merged."""
        self.stop()
        self.working.emit(None, 0, 0)

    # blind copies -------------------------------------------------------------------------------------------------

    def origin_words(self) -> str:
        """What the status line says about a blind copy, "" for any other project."""
        if self.origin is None:
            return ""
        sender = f", from {self.origin.sender}" if self.origin.sender else ""
        return f"Blind copy for {self.origin.reviewer}{sender}"

    def greet(self) -> None:
        """Says whose name decisions carry in a blind copy: the user's own, if they gave one, else the copy's."""
        if self.origin is None or self._session.read_only:
            return
        name, me = self.origin.reviewer, self._session.project.reviewer_name
        if me != name:
            self._notices.tell(
                f"This is a blind copy for {name}, but your decisions carry the name {me}.",
                f"If you are {name}, decide under that name, so that your verdicts are known as {name}'s.",
                Kind.HINT,
                (Offer(f"Decide as {name}", self._decide_as_meant), Offer(f"Stay {me}", _nothing)),
            )
        elif not self._session.reader.value("SELECT count(*) FROM operations"):
            self._notices.tell(
                f"{self.origin_words()}: nothing of what others decided is in it.",
                f"Your decisions carry the name {name}. When you are done, give the file back as it is.",
                Kind.HINT,
            )

    def _decide_as_meant(self) -> None:
        if self.origin is not None:
            self._session.project.set_reviewer(self.origin.reviewer)
            self._notices.tell(f"In this copy decisions carry the name {self.origin.reviewer} from now on.")

    # out ----------------------------------------------------------------------------------------------------------

    def ask_hand_over(self) -> None:
        """Asks for whom, which claims and where, then makes the copy."""
        from factdesk.store.sessions import list_reviewers
        from factdesk_gui.dialogs.handover_dialog import HandoverDialog

        reader, project = self._session.reader, self._session.project
        dialog = HandoverDialog(
            project.path,
            project.reviewer_name,
            list_reviewers(reader),
            reader.value("SELECT count(*) FROM claims"),
            self._window(),
        )
        dialog.handover_wanted.connect(self.hand_over)
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.open()
        self._offer_claims(dialog)

    def hand_over(self, wanted: "Handover") -> None:
        """Makes a blind copy; what is still being typed is saved first."""
        from factdesk.exchange.second_review import hand_over

        self._workspace.inspector.save_pending()
        project = self._session.project

        def work(_job: Job) -> "BlindCopy":
            project.run(_nothing, urgent=False)  # behind everything that is on its way to the disk
            return hand_over(project, wanted.path, wanted.reviewer, wanted.claim_ids)

        self._start(f"Making {wanted.path.name}", work, self._on_made)

    def _offer_claims(self, dialog: "HandoverDialog") -> None:
        """Offers parts of the project as soon as they are known."""
        from factdesk_gui.dialogs.handover_dialog import ClaimSet

        rowids, case = self._workspace.queue.visible_ids(), self._workspace.review.case_id
        all_claims = self._session.reader.value("SELECT count(*) FROM claims")

        def ask(reader: "Reader") -> tuple[frozenset[str], frozenset[str]]:
            from factdesk.store.queue_counts import claim_ids
            from factdesk.store.ratings import decided_claims

            return frozenset(claim_ids(reader, rowids)), frozenset(decided_claims(reader, case))

        def found(sets: tuple[frozenset[str], frozenset[str]]) -> None:
            shown, decided = sets
            if self._dialog is dialog:
                if shown and len(shown) < all_claims:
                    dialog.add_claims(ClaimSet(f"Those shown in the queue now, {len(shown):,}", shown))
                if decided:
                    dialog.add_claims(ClaimSet(f"Those with a verdict in this case, {len(decided):,}", decided))

        self._session.query("handover", ask, found)

    def _on_closed(self) -> None:
        self._dialog = None

    def _on_made(self, made: "BlindCopy") -> None:
        claims = f"{made.claims:,} {'claim' if made.claims == 1 else 'claims'}"
        self._notices.tell(
            f"Made {made.path.name} for {made.reviewer}: {claims}, no verdict, note or evidence.",
            "Give this file to them; they open it with Factdesk as any other project.",
            offer=Offer("Open the folder", lambda: show_folder(made.path)),
            passing=False,
        )

    # in -----------------------------------------------------------------------------------------------------------

    def ask_merge(self) -> None:
        """Asks for files of other reviewers, then brings their work in."""
        from factdesk_gui.dialogs.files import PROJECT_FILTER, ask_files

        folder = str(self._session.project.path.parent)
        ask_files(self._window(), folder, (PROJECT_FILTER,), self.merge, "Merge reviewers' files")

    def merge(self, paths: list[Path]) -> None:
        """Brings in what other files hold, after a backup; each file is a step of its own."""
        if not paths:
            return
        self._workspace.inspector.save_pending()
        project, case = self._session.project, self._workspace.review.case_id
        self._start(
            f"Merging {paths[0].name}" if len(paths) == 1 else f"Merging {len(paths)} files",
            lambda job: _merged(project, paths, case, job, self._stopped.is_set),
            self._on_merged,
            self._session.announce,
        )

    def take_over(self, claim_ids: tuple[str, ...], done: Callable[[], None] | None = None) -> None:
        """Puts verdicts of others in force where nobody here has one."""

        def taken(changes: Changes) -> None:
            if done is not None:
                done()
            self._notices.tell(f"{changes.title}.", "Undo takes it back.")

        self._session.run(take_over, list(claim_ids), done=taken)

    def _on_merged(self, outcome: "Outcome") -> None:
        from factdesk_gui.dialogs.merge_dialog import MergeDialog

        dialog = MergeDialog(outcome, self._window())
        dialog.settle_wanted.connect(self.settle_wanted)
        alive = [True]
        dialog.finished.connect(lambda _result: alive.clear())
        dialog.take_over_wanted.connect(
            lambda claims: self.take_over(claims, lambda: dialog.show_taken() if alive else None)
        )
        dialog.open()

    # work behind --------------------------------------------------------------------------------------------------

    def _start(
        self,
        what: str,
        work: Callable[[Job], object],
        done: Callable[..., None],
        told: Callable[..., None] | None = None,
    ) -> None:
        if self._job is not None:
            self._notices.tell("A copy is being made or merged already.", "Wait until it is done.", Kind.HINT)
            return
        self._stopped.clear()
        self._doing, self._is_warned = what, False
        self._job = self._jobs.run(work, done, self._notices.tell_error, told)
        self._job.ended.connect(self._on_ended)
        self.working.emit(what, 0, 0)

    def _on_ended(self) -> None:
        self._job = None
        self.working.emit(None, 0, 0)


def _merged(project: "Project", paths: list[Path], case: str, job: Job, is_stopped: Callable[[], bool]) -> "Outcome":
    """Merges each file after a backup; one that cannot be merged does not keep the others out."""
    from factdesk.exchange.second_review import merge_file
    from factdesk.store.backups import make_backup
    from factdesk.store.disagreements import disagreements, takeable
    from factdesk_gui.dialogs.merge_dialog import Outcome

    project.run(_nothing, urgent=False)  # behind everything that is on its way to the disk
    backup = make_backup(project.path, "before merging")
    reports, failed = [], []
    for path in paths:
        if is_stopped():
            break
        try:
            merged = merge_file(project, path)
        except FactdeskError as error:
            failed.append(f"{error.message} {error.hint}".strip())
        else:
            reports.append(merged.report)
            job.tell(merged.changes)
    with project.reader() as reader:
        apart = len(disagreements(reader, case)) if case else 0
        return Outcome(tuple(reports), tuple(failed), apart, tuple(takeable(reader)), backup.path.name)


def _nothing(_tx: object = None) -> None:
    """Only takes its turn."""
