"""Labels and tool tips of Qt guess whether a text is HTML: no text of other people may reach one that guesses."""

import ast
from functools import cache
from pathlib import Path

import pytest

GUI = Path(__file__).parents[2] / "gui" / "factdesk_gui"
PLAIN = {"plain_tip", "wrapped_tip", "_relation_tip"}
HTML = {
    "setHtml",
    "insertHtml",
    "appendHtml",
    "setMarkdown",
    "setWhatsThis",
    "setStatusTip",
    "QMessageBox",
    "QTextBrowser",
}


@cache
def calls():
    """Each call in the window's sources, with its place."""
    return [
        (f"{path.relative_to(GUI)}:{node.lineno}", node)
        for path in sorted(GUI.rglob("*.py"))
        if path.name != "plain.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def name_of(node):
    function = node.func if isinstance(node, ast.Call) else node
    return getattr(function, "attr", "") or getattr(function, "id", "")


def is_safe(tip):
    """A fixed sentence, or one that went through the house's own function."""
    if isinstance(tip, ast.IfExp):
        return is_safe(tip.body) and is_safe(tip.orelse)
    return isinstance(tip, ast.Constant) or name_of(tip) in PLAIN or name_of(tip).isupper()


def tips(call):
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "toolTip")
    if name_of(call) == "setToolTip":
        yield call.args[-1]
    elif name_of(call) == "showText":
        yield call.args[1]


def test_every_tool_tip_is_a_fixed_sentence_or_made_plain():
    assert [place for place, call in calls() for tip in tips(call) if not is_safe(tip)] == []


def test_every_label_is_plain_or_has_our_own_words_only():
    for place, call in calls():
        if name_of(call) != "QLabel":
            continue
        formats = [ast.unparse(each.value) for each in call.keywords if each.arg == "textFormat"]
        assert formats == ["Qt.TextFormat.RichText"], f"{place}: use PlainLabel"
        assert place.split(":")[0] in {"start_page.py", "dialogs/settings_dialog.py"}, place


@pytest.mark.parametrize("name", sorted(HTML))
def test_nothing_is_made_of_html(name):
    assert [place for place, call in calls() if name_of(call) == name] == []
