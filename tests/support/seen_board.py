"""What a window says about its board, its panes and its inspector, in plain values for a robot."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from factdesk_gui.actions.ids import Command
from factdesk_gui.models.board_model import HEAD
from factdesk_gui.models.board_rows import Chip


def _global(widget, point):
    where = widget.mapToGlobal(point)
    return [where.x(), where.y()]


def _middle(widget):
    return _global(widget, widget.rect().center())


def _viewport(window, article_id):
    return window.workspace.desk.pane_of(article_id).text.surface.widget.viewport()


def _cell(board, index):
    """A cell as it is shown; its article is "" for the fact itself."""
    row, cell, column = board.model.row(index.row()), board.model.cell(index), board.model.column(index.column())
    if row is None:
        return None
    own = board.model.own.of(cell) if cell is not None else None
    return {
        "row": row.key,
        "column": index.column(),
        "article": column.article_id if column else "",
        "state": cell.state.value if cell else "",
        "shown": cell.shown if cell else "",
        "claims": list(cell.claim_ids) if cell else [],
        "suggested": bool(cell and cell.suggested),
        "own": own.value if own else "",
    }


def _row(board, number):
    row = board.model.row(number)
    cells = [_cell(board, board.model.index(number, at)) for at in range(HEAD + 1, board.model.columnCount())]
    return {
        "key": row.key,
        "lead": row.lead_claim_id,
        "text": row.text,
        "verdict": row.verdict.value if row.verdict else "",
        "conflicts": row.conflicts,
        "sources": row.sources,
        "suggested": row.suggested,
        "omitted": list(row.omitted_in),
        "cells": cells,
    }


def board(window):
    """The rows on the board, the cell with the keyboard and what the chips say."""
    shown = window.workspace.board
    if not shown.isVisible():
        return None
    return {
        "rows": [_row(shown, number) for number in range(len(shown.model.rows))],
        "current": _cell(shown, shown.view.current()),
        "chosen": [_cell(shown, index) for index in shown.view.chosen()],
        "focus": shown.has_focus(),
        "chips": {chip.value: button.text() for chip, button in shown.bar.chips.items() if button.isVisible()},
    }


def where_chip(window, name):
    """The middle of one of the board's filters."""
    return _middle(window.workspace.board.bar.chips[Chip(name)])


def where_cell(window, row_key, column):
    """The middle of a cell, scrolled to if need be; None if its row is not on the board."""
    shown = window.workspace.board
    number = next((at for at, row in enumerate(shown.model.rows) if row.key == row_key), None)
    if number is None:
        return None
    table = shown.view.heads if column == HEAD else shown.view.cells
    index = shown.model.index(number, column)
    shown.view.cells.scrollTo(index)
    return _global(table.viewport(), table.visualRect(index).center())


def where_line(window, article_id):
    """Where to drag, from and to, in order to select some words of the line nearest to the middle of a pane."""
    viewport = _viewport(window, article_id)
    height = viewport.height()
    lines = window.workspace.desk.pane_of(article_id).text.surface.canvas.lines.between(0, height)
    long = [line for line in lines if line.end - line.start > 20 and line.y > 0 and line.y + line.height < height]
    line = min(long, key=lambda line: abs(line.y + line.height / 2 - height / 2))
    y = round(line.y + line.height / 2)
    return [_global(viewport, QPoint(round(viewport.width() * part), y)) for part in (0.2, 0.6)]


def is_in_sight(window, claim_id):
    """Whether a claim's words can be read in a pane."""
    for pane in window.workspace.desk.panes():
        canvas = pane.text.surface.canvas if pane.text.surface is not None else None
        mark = canvas.index.get(claim_id) if canvas is not None else None
        if mark is not None:
            height = canvas.widget.viewport().height()
            return any(box.top() >= 0 and box.bottom() <= height for box in canvas.boxes_of(mark))
    return False


def presences(window):
    """How each article in a pane stands to the current claim, as the pane's head says."""
    return {pane.article_id: pane.head.presence.presence.words for pane in window.workspace.desk.panes()}


def inspector(window):
    """Everything that the inspector says, as one text."""
    panel = window.workspace.inspector
    words = []
    for widget in panel.findChildren(QWidget):
        if widget.isVisibleTo(panel):
            words.append(widget.accessibleName())
            words += [widget.text()] if isinstance(widget, QLabel | QAbstractButton) else []
    return "\n".join(word for word in words if word)


def steps(window):
    """What undo and redo would do."""
    return [window.binder.action(command).text() for command in (Command.UNDO, Command.REDO)]


def view(window):
    """What the reviewer sees of the sources of the current claim."""
    return {
        "board": board(window),
        "presences": presences(window),
        "inspector": inspector(window),
        "steps": steps(window),
        "sight": is_in_sight(window, window.workspace.review.claim_id),
    }


QUESTIONS = {"view": view, "chip": where_chip, "cell": where_cell, "line": where_line, "sight": is_in_sight}
