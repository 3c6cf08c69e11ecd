"""Undo and redo of every kind of step that the window offers, also after closing and opening."""

import sqlite3
from contextlib import closing

import pytest

from builders import BRIDGE, new_article
from commands import run
from factdesk.exchange.importers import read_text_file
from factdesk.model.articles import ArticleMeta
from factdesk.model.claims import ClaimKind, Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops import cases
from factdesk.ops.articles import add_article, correct_encoding
from factdesk.ops.claims import mark_claims, refuse_claims, restore_claims
from factdesk.ops.evidence import add_source
from factdesk.ops.mentions import merge_entities
from factdesk.store.claims import claims_of_article
from factdesk.store.clusters import cluster_of
from factdesk.store.mentions import list_entities, mentions_of_article, mentions_of_entity
from factdesk_gui.actions.ids import Command
from factdesk_gui.control import marks as edges
from factdesk_gui.review import Passage

TABLES = {
    "cases": "SELECT * FROM cases ORDER BY id",
    "case_articles": "SELECT * FROM case_articles ORDER BY case_id, article_id",
    # the text of an article is content: undoing its import takes it out of its case
    "articles": "SELECT * FROM articles WHERE id IN (SELECT article_id FROM case_articles) ORDER BY id",
    "claims": "SELECT * FROM claims ORDER BY id",
    "entities": "SELECT * FROM entities ORDER BY id",
    "mentions": "SELECT * FROM mentions ORDER BY id",
    "evidence": "SELECT * FROM evidence ORDER BY id",
    "links": "SELECT * FROM links ORDER BY id",
    "clusters": "SELECT * FROM clusters ORDER BY id",
    "cluster_claims": "SELECT * FROM cluster_claims ORDER BY id",
    "absences": "SELECT * FROM absences ORDER BY id",
}


def dump(window):
    """Everything that steps can change, as plain rows."""
    path = window.workspace.session.project.path
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(sql).fetchall() for table, sql in TABLES.items()}


class Desk:
    """The window in the hands of somebody who does one thing at a time."""

    def __init__(self, window, project, tmp_path, qtbot):
        self.window, self.project, self.folder, self.qtbot = window, project, tmp_path, qtbot

    @property
    def workspace(self):
        return self.window.workspace

    @property
    def controls(self):
        return self.window.controls

    @property
    def reader(self):
        return self.workspace.session.reader

    @property
    def claim(self):
        return claims_of_article(self.reader, self.project.bridge)[0]

    @property
    def entity(self):
        return next(one for one in list_entities(self.reader, self.project.case) if one.name == "Ostrava")

    def command(self, command):
        self.window.workspace.review.choose_claim(self.claim.id)
        run(self.window, command, self.qtbot)

    def verdict(self):
        self.command(Command.DISPUTE)

    def select(self, words):
        start = BRIDGE.index(words)
        self.workspace.review.select(Passage(self.project.bridge, Span(start, start + len(words))))

    def send(self, op, *args, **more):
        self.workspace.session.run(op, *args, **more)

    def leave_unread(self):
        """No pre-annotation from now on: what the machine suggests is not undone."""
        self.controls.analysis.start = lambda **_: None

    def undo_steps(self):
        """How many steps undo has before it."""
        return self.reader.value("SELECT count(*) FROM operations")


def paste(desk):
    desk.leave_unread()
    desk.controls.articles.add([new_article("It snowed in Brno. Nobody was hurt.", title="Snow")])


def several_articles(desk):
    desk.leave_unread()
    desk.controls.articles.add([new_article("One came."), new_article("Two came."), new_article("Three came.")])


def remove(desk):
    desk.workspace.desk.focus_pane(0)
    desk.controls.articles.remove()


def details(desk):
    meta = ArticleMeta("Bridge falls", "The Daily", "A. Writer", "https://example.org/1", "2026-03-18", "en")
    desk.controls.articles._edit(desk.project.bridge, meta)


def encoding(desk):
    path = desk.folder / "wire.txt"
    path.write_bytes("Мост в городе упал. Пострадали 12 человек.".encode("cp1251"))
    wrong = desk.workspace.session.project.run(add_article, desk.project.case, read_text_file(path, "cp1252")).created
    desk.send(correct_encoding, desk.project.case, wrong, read_text_file(path, "cp1251"))


def new_claim(desk):
    desk.select("12 people were hurt")
    run(desk.window, Command.NEW_CLAIM, desk.qtbot)


def new_mention(desk):
    desk.select("Mayor")
    desk.controls.marks.add_mention("PERSON")


def evidence(desk):
    desk.workspace.review.choose_claim(desk.claim.id)
    desk.select("The river kept rising")
    run(desk.window, Command.EVIDENCE_REFUTES, desk.qtbot)


def source(desk):
    desk.send(
        add_source, desk.claim.id, EvidenceKind.URL, Stance.SUPPORTS, quote="It fell.", url="https://example.org/report"
    )


def with_evidence(act):
    def do(desk):
        project = desk.workspace.session.project
        made = project.run(add_source, desk.claim.id, EvidenceKind.NOTE, Stance.CONTEXT, note="Seen").created
        desk.workspace.review.choose_claim(desk.claim.id)
        act(desk.workspace.inspector.evidence, made)

    return do


def link(desk):
    review = desk.workspace.review
    review.choose_claim(claims_of_article(desk.reader, desk.project.report)[0].id)
    review.choose_claim(desk.claim.id)
    run(desk.window, Command.LINK, desk.qtbot)


def in_cluster(act):
    """Acts on the inspector at a claim that is in a cluster with one other, which the machine made."""

    def do(desk):
        linked = next(one for one in claims_of_article(desk.reader, desk.project.bridge) if one.linked)
        find = lambda: cluster_of(desk.reader, desk.project.case, linked.id)  # noqa: E731 - short
        desk.qtbot.waitUntil(lambda: find() is not None)
        desk.workspace.review.choose_claim(linked.id)
        panel = desk.workspace.inspector
        other = next(one for one in panel.view.members if one.claim.id != panel.view.cluster.lead)
        desk.workspace.review.choose_claim(other.claim.id)
        act(panel, other)

    return do


def mention(command):
    def do(desk):
        desk.workspace.review.choose_mention(mentions_of_article(desk.reader, desk.project.bridge)[0].id)
        run(desk.window, command, desk.qtbot)

    return do


def relabel(desk):
    first = mentions_of_article(desk.reader, desk.project.bridge)[0]
    desk.workspace.review.choose_mention(first.id)
    desk.qtbot.waitUntil(lambda: desk.window.binder.action(Command.RELABEL_MENTION).isEnabled())
    desk.controls.marks.relabel(first.id, "ORG")


def move_by_handle(desk):
    desk.controls.marks._on_edge_moved(desk.claim.id, "claim", edges.end_later(BRIDGE, desk.claim.span))


def typed(field, text):
    def do(desk):
        desk.workspace.review.choose_claim(desk.claim.id)
        field(desk.workspace.inspector)(text)
        desk.workspace.inspector.save_pending()

    return do


def decided_then(act):
    def do(desk):
        desk.verdict()
        act(desk)

    return do


def merge(desk):
    others = [one.id for one in list_entities(desk.reader, desk.project.case) if one.label == "PERSON"]
    desk.send(merge_entities, desk.entity.id, others)


def split(desk):
    found = mentions_of_entity(desk.workspace.session.reader, desk.entity.id, desk.project.case)
    desk.workspace.entities.steps.split([found[0].id], "Ostrava")


def bulk(operation, *values):
    def do(desk):
        desk.workspace.queue.bulk.run(desk.workspace.queue.visible_ids(), operation, *values)

    return do


def refuse_then_restore(desk):
    desk.workspace.session.project.run(refuse_claims, [desk.claim.id])
    bulk(restore_claims)(desk)


STEPS = {
    "import one": paste,
    "import several": several_articles,
    "remove an article": remove,
    "article details": details,
    "encoding": encoding,
    "verdict": Desk.verdict,
    "clear verdict": decided_then(lambda desk: desk.command(Command.CLEAR_VERDICT)),
    "reason": decided_then(lambda desk: desk.workspace.inspector.verdict.reason_chosen.emit(Reason.SOURCES_CONFLICT)),
    "note": typed(lambda inspector: inspector.note.editor.setPlainText, "seen by two 🌊"),
    "confidence": lambda desk: desk.workspace.inspector.verdict.confidence_chosen.emit(desk.claim.id, 70),
    "accept": lambda desk: desk.command(Command.ACCEPT),
    "refuse": lambda desk: desk.command(Command.REFUSE),
    "restore": refuse_then_restore,
    "kind of claim": lambda desk: desk.workspace.inspector.details.kind_chosen.emit(ClaimKind.QUANTITY),
    "new claim": new_claim,
    "edge by key": lambda desk: desk.command(Command.END_LATER),
    "edge by handle": move_by_handle,
    "evidence from a selection": evidence,
    "outside source": source,
    "stance": with_evidence(lambda listed, made: listed.stance_chosen.emit(made, Stance.REFUTES)),
    "remove evidence": with_evidence(lambda listed, made: listed.removal_wanted.emit(made)),
    "link": link,
    "accept a link": in_cluster(lambda panel, other: panel.cluster.accept_wanted.emit(other.id)),
    "refuse a link": in_cluster(lambda panel, other: panel.cluster.refuse_wanted.emit(other.id)),
    "accept all links": in_cluster(lambda panel, _: panel.steps.accept_all()),
    "unlink": in_cluster(lambda panel, _: panel.steps.unlink()),
    "relation": in_cluster(lambda panel, other: panel.cluster.relation_chosen.emit(other.id, Relation.DIFFERS)),
    "lead": in_cluster(lambda panel, _: panel.steps.make_lead()),
    "verdict of a cluster": in_cluster(lambda panel, _: panel.judge(Verdict.VERIFIED)),
    "verdict here only": in_cluster(lambda panel, _: panel.judge(Verdict.DISPUTED, only_here=True)),
    "plain words": typed(lambda inspector: inspector.plain_words.editor.setPlainText, "The bridge fell."),
    "new mention": new_mention,
    "accept a mention": mention(Command.ACCEPT),
    "refuse a mention": mention(Command.REFUSE),
    "label of a mention": relabel,
    "edge of a mention": mention(Command.END_LATER),
    "rename an entity": lambda desk: desk.workspace.entities.steps.rename(desk.entity, "City of Ostrava"),
    "retype an entity": lambda desk: desk.workspace.entities.steps.retype(desk.entity, "ORG"),
    "merge entities": merge,
    "split an entity": split,
    "accept all shown": lambda desk: run(desk.window, Command.ACCEPT_SHOWN, desk.qtbot),
    "mark many": bulk(mark_claims, Verdict.UNVERIFIED),
    "refuse many": bulk(refuse_claims),
    "new case": lambda desk: desk.send(cases.create_case, "Another event"),
    "rename the case": lambda desk: desk.send(cases.rename_case, desk.project.case, "The old bridge"),
}


@pytest.fixture
def desk(opened, project, tmp_path, qtbot):
    return Desk(opened, project, tmp_path, qtbot)


def settle(desk):
    session, annotator = desk.workspace.session, desk.controls.analysis.annotator
    desk.qtbot.waitUntil(lambda: not session.pending and not annotator.is_running)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_undone_and_redone_exactly(desk, qtbot, name):
    window = desk.window
    desk.workspace.review.choose_claim(desk.claim.id)
    steps = desk.undo_steps()
    before = dump(window)
    STEPS[name](desk)
    qtbot.waitUntil(lambda: desk.undo_steps() > steps)
    settle(desk)
    title = window.controls.history.titles()[Command.UNDO]
    assert title
    done = dump(window)

    run(window, Command.UNDO, qtbot)
    assert window.controls.history.titles()[Command.REDO] == title
    undone = dump(window)
    assert undone != done
    run(window, Command.REDO, qtbot)
    assert dump(window) == done
    run(window, Command.UNDO, qtbot)
    assert dump(window) == undone
    while desk.window.controls.history.titles()[Command.UNDO] and dump(window) != before:
        run(window, Command.UNDO, qtbot)
    assert dump(window) == before

    path = desk.workspace.session.project.path
    window.close_workspace()
    window.projects.open(path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    settle(desk)
    assert dump(window) == before
    qtbot.waitUntil(lambda: window.binder.action(Command.REDO).isEnabled())
    while dump(window) != done and window.controls.history.titles()[Command.REDO]:
        run(window, Command.REDO, qtbot)
    assert dump(window) == done
    assert window.notices.notices() == [] or all(notice.kind == "done" for notice in window.notices.notices())
