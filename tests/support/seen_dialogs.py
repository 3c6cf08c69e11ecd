"""What a window says about the dialog that is open, in plain values for a robot."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from factdesk_gui.dialogs.export_dialog import ExportDialog
from factdesk_gui.dialogs.import_dialog import ImportDialog


def _middle(widget):
    where = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
    return [where.x(), where.y()]


def dialog(_window):
    """Its kind, whether it can be agreed to, and what it is about."""
    top = QApplication.activeModalWidget()
    if isinstance(top, ImportDialog):
        rows = [[row.name, row.reading.article.meta.title] for row in top.rows.list.rows()]
        return {"kind": "import", "can": top.accept_button.isEnabled(), "rows": rows, "what": top.accept_button.text()}
    if isinstance(top, ExportDialog):
        search = top.list.search
        found = {"kind": "export", "can": top.accept_button.isEnabled(), "format": top.list.name()}
        return {**found, "typed": search.text(), "has_focus": search.hasFocus()}
    if isinstance(top, QFileDialog):
        return {"kind": "chooser", "can": True, "typed": top.findChild(QLineEdit, "fileNameEdit").text()}
    return {"kind": type(top).__name__ if top else "", "can": False}


def where_accept(_window):
    """The button that agrees."""
    return _middle(QApplication.activeModalWidget().accept_button)


def where_search(_window):
    """The box in which formats are searched."""
    return _middle(QApplication.activeModalWidget().list.search)


QUESTIONS = {"dialog": dialog, "accept": where_accept, "search": where_search}
