"""The real window as a process of its own, with eyes for a robot.

Started as a script with a project's path. It is the program as users start it; besides, it answers questions on its
standard input (JSON, one a line): where something is on the screen, and what is current. It never acts itself.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtWidgets import QApplication, QToolButton

import seen_board
from factdesk.store.articles import unanalysed_articles
from factdesk.store.claims import get_claim
from factdesk_gui import app as application


def _global(widget, point):
    where = widget.mapToGlobal(point.toPoint() if hasattr(point, "toPoint") else point)
    return [where.x(), where.y()]


def _canvas(window, article_id):
    return window.workspace.desk.pane_of(article_id).text.surface.canvas


def _viewport(window, article_id):
    return window.workspace.desk.pane_of(article_id).text.surface.widget.viewport()


def _mark(window, claim_id):
    claim = get_claim(window.workspace.session.reader, claim_id)
    canvas = _canvas(window, claim.article_id)
    return claim, canvas, canvas.index.get(claim_id)


def where_claim(window, claim_id):
    """The middle of a claim's first painted line."""
    claim, canvas, mark = _mark(window, claim_id)
    boxes = canvas.boxes_of(mark)
    return _global(_viewport(window, claim.article_id), boxes[0].center()) if boxes else None


def where_end_grip(window, claim_id):
    """The handle at the end of the current claim."""
    claim, canvas, mark = _mark(window, claim_id)
    box = canvas.boxes_of(mark)[-1]
    viewport = _viewport(window, claim.article_id)
    reach = range(-6, 12)
    for x in (box.right() + dx for dx in reach):
        for y in (box.bottom() + dy for dy in reach):
            grip = canvas.handles.at(box.center().__class__(x, y))
            if grip is not None and not grip.at_start:
                return _global(viewport, box.center().__class__(x, y))
    return None


def where_command(window, command):
    """The middle of a toolbar button."""
    for button in window.findChildren(QToolButton):
        action = button.defaultAction()
        if action is not None and action.objectName() == command and button.isVisible():
            return _global(button, QPoint(button.width() // 2, button.height() // 2))
    return None


def state(window):
    """What is current, in plain values."""
    workspace = window.workspace
    notices = [f"{notice.text} {notice.hint}" for notice in window.notices.notices()]
    if workspace is None:
        return {"ready": False, "notices": notices}
    reader, review = workspace.session.reader, workspace.review
    controls = window.controls
    return {
        "ready": not unanalysed_articles(reader, review.case_id)
        and not controls.analysis.annotator.is_running
        and not workspace.session.pending,
        "case": review.case_id,
        "claim": review.claim_id,
        "selection": [review.selection.article_id, review.selection.span.start, review.selection.span.end]
        if review.selection
        else None,
        "articles": workspace.desk.shown_articles(),
        "scroll": [pane.scroll_place() for pane in workspace.desk.panes()],
        "queue": len(workspace.queue.visible_ids()),
        "busy": window.jobs.busy,
        "dialog": type(QApplication.activeModalWidget()).__name__ if QApplication.activeModalWidget() else "",
        "notices": notices,
    }


QUESTIONS = {
    "claim": where_claim,
    "grip": where_end_grip,
    "command": where_command,
    "state": state,
    **seen_board.QUESTIONS,
}


def main():
    """Opens the window and answers until it is closed."""
    seen = []
    original = application.make_window

    def make_window(*arguments):
        window = original(*arguments)
        seen.append(window)
        return window

    application.make_window = make_window

    def answer():
        line = sys.stdin.readline()
        if not line:
            notifier.setEnabled(False)
            return
        question, *values = json.loads(line)
        window = seen[0]
        try:
            found = QUESTIONS[question](window, *values)
        except Exception as error:  # noqa: BLE001 - told to the robot, which fails the test
            found = {"fault": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()

    qt = application.make_application

    def make_application(arguments):
        nonlocal notifier
        made = qt(arguments)
        notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(answer)
        return made

    notifier = None
    application.make_application = make_application
    return application.run(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
