"""The windowed queue model on plain values."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt

from factdesk.model.claims import Claim, ClaimKind, Judgement, Status, Verdict
from factdesk.model.spans import Span
from factdesk_gui.models.queue_model import CLAIM_ROLE, KEPT_PAGES, PAGE, Column, QueueModel


def claim(number, **more):
    values = {
        "id": f"c{number}",
        "article_id": "a1",
        "span": Span(number, number + 5),
        "quote": f"Claim\n number {number}",
        "kind": ClaimKind.EVENT,
        "score": 0.5,
        "claimant": "",
        "normalised": "",
        "features": (),
        "status": Status.SUGGESTED,
        "made_by": "machine",
        "repeat_of": None,
        "judgement": Judgement(),
        "decided_by": "",
        "decided_at": "",
    }
    return Claim(**(values | more))


class Store:
    """Stands for the claims table and counts how often it is asked."""

    def __init__(self):
        self.asked = []
        self.changed = {}
        self.gone = set()

    def load(self, rowids):
        self.asked.append(list(rowids))
        return [(row, self.changed.get(row, claim(row))) for row in rowids if row not in self.gone]


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def model(qtbot, store):
    return QueueModel(store.load)


def test_satisfies_qt(model, qtmodeltester):
    model.set_order(array("q", range(300)))
    qtmodeltester.check(model)


def test_reads_only_the_pages_that_are_looked_at(model, store):
    model.set_order(array("q", range(400_000)))
    assert model.claim(399_999).id == "c399999"
    assert model.claim(0).id == "c0"
    assert model.claim(1).id == "c1"
    assert [len(rows) for rows in store.asked] == [400_000 % PAGE or PAGE, PAGE]


def test_forgets_the_pages_not_used_for_longest(model, store):
    model.set_order(array("q", range(PAGE * (KEPT_PAGES + 1))))
    for page in range(KEPT_PAGES + 1):
        model.claim(page * PAGE)
    asked = len(store.asked)
    model.claim(PAGE)
    assert len(store.asked) == asked
    model.claim(0)
    assert len(store.asked) == asked + 1


def test_roles_nobody_answers_read_nothing(model, store):
    model.set_order(array("q", range(10)))
    for role in (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.BackgroundRole):
        assert model.data(model.index(3, Column.CLAIM), role) is None
    assert store.asked == []


def test_words_of_each_column(model, store):
    store.changed[7] = claim(7, claimant="Jana", score=0.456, linked=3, conflicts=2, features=("number", "date"))
    model.set_order(array("q", [7]))
    model.set_articles({"a1": "Daily"})
    words = {column: model.index(0, column).data() for column in Column}
    assert words == {
        Column.VERDICT: "suggested",
        Column.CLAIM: "Claim number 7",
        Column.SCORE: "46",
        Column.KIND: "event",
        Column.CLAIMANT: "Jana",
        Column.ARTICLE: "Daily",
        Column.LINKS: "3, 2 in conflict",
    }
    assert model.index(0, Column.CLAIM).data(CLAIM_ROLE).id == "c7"
    assert model.index(0, Column.SCORE).data(Qt.ItemDataRole.ToolTipRole) == "number, date"


def test_refresh_touches_the_rows_of_the_claims_alone(model, store, qtbot):
    model.set_order(array("q", range(300)))
    model.claim(5)
    model.claim(200)
    store.changed[5] = replace(claim(5), judgement=Judgement(Verdict.VERIFIED))
    asked = len(store.asked)
    with qtbot.waitSignal(model.dataChanged) as caught:
        assert model.refresh({"c5"})
    first, last = caught.args[0], caught.args[1]
    assert (first.row(), last.row()) == (5, 5)
    assert model.claim(5).verdict is Verdict.VERIFIED
    assert len(store.asked) == asked + 1


def test_a_claim_that_is_gone_leaves_an_empty_row(model, store):
    model.set_order(array("q", range(3)))
    model.claim(1)
    store.gone.add(1)
    assert not model.refresh({"c1"})
    assert model.claim(1) is None
    assert model.index(1, Column.CLAIM).data() is None


def test_nothing_is_read_outside_the_table(model):
    model.set_order(array("q", [4]))
    assert model.claim(-1) is None
    assert model.claim(1) is None
    assert model.row_of(4) == 0
    assert model.row_of(5) == -1
    assert isinstance(model, QAbstractItemModel)
