"""The machine slept for a night while a project was open: work goes on, the night is no work, the day gets its backup."""

from datetime import UTC, datetime, timedelta

from commands import run
from factdesk.model.claims import Verdict
from factdesk.store import backups, sessions, transaction
from factdesk.store.backups import list_backups
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.people import sittings_of
from factdesk_gui.actions.ids import Command


def test_after_a_night_work_goes_on_the_night_is_a_pause_and_the_day_gets_its_backup(
    opened, project, qtbot, monkeypatch
):
    run(opened, Command.VERIFY, qtbot)
    opened.backups.back_up_if_due()
    qtbot.waitUntil(lambda: len(list_backups(project.path)) == 1 and not opened.jobs.busy)
    morning = (datetime.now(UTC) + timedelta(hours=26)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    for module in (transaction, sessions, backups):
        monkeypatch.setattr(module, "utc_now", lambda: morning)
    run(opened, Command.DISPUTE, qtbot)
    reader, me = opened.workspace.session.reader, opened.workspace.session.project
    assert get_claim(reader, opened.workspace.review.claim_id).verdict is Verdict.DISPUTED
    assert check_project(reader) == []
    sitting = sittings_of(reader, me.reviewer_id, me.session_id)[0]
    assert sitting.steps == 2
    assert sitting.seconds(morning) < 3600
    opened.backups._timer.timeout.emit()  # it goes on counting where it was
    qtbot.waitUntil(lambda: len(list_backups(project.path)) == 2 and not opened.jobs.busy)
    assert list_backups(project.path)[0].made_at[:10] == morning[:10]
