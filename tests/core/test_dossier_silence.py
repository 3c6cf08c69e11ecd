"""Sources that are silent about a claim are told in runs, so that a thousand of them fit a line."""

from types import SimpleNamespace

import pytest

from factdesk.exchange.dossier.silence import Silence
from factdesk.model.clusters import CellState


def silence(count, unread=(), names=None):
    """Of a case with so many sources; `unread` are numbers of columns, `names` what the dossier calls them."""
    names = names or [f"S{number + 1}" for number in range(count)]
    columns = [SimpleNamespace(article_id=name, is_analysed=n not in unread) for n, name in enumerate(names)]
    return Silence(SimpleNamespace(reference=lambda article: article), SimpleNamespace(columns=columns))


def fact(**states):
    """A claim about which columns say something: c0=CellState.STATES."""
    cells = {int(name[1:]): SimpleNamespace(state=state) for name, state in states.items()}
    return SimpleNamespace(row=SimpleNamespace(filled=cells))


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ({"c0": CellState.STATES}, "S2 to S1000"),
        ({"c0": CellState.STATES, "c500": CellState.CONFLICTS}, "S2 to S500 and S502 to S1000"),
        ({"c1": CellState.STATES, "c4": CellState.DIFFERS}, "S1, S3, S4 and S6 to S1000"),
        ({"c999": CellState.STATES}, "S1 to S999"),
    ],
)
def test_neighbours_are_told_as_one_run(states, told):
    assert silence(1000).about(fact(**states)) == ((told, "nothing found by the program"),)


def test_a_few_are_named_one_by_one():
    assert silence(4).about(fact(c3=CellState.STATES)) == (("S1, S2 and S3", "nothing found by the program"),)


def test_what_a_person_confirmed_and_what_nobody_read_stand_apart():
    about = silence(7, unread={5, 6}).about(fact(c0=CellState.STATES, c2=CellState.NOT_MENTIONED))
    assert about == (
        ("S2, S4 and S5", "nothing found by the program"),
        ("S3", "not mentioned: a person confirmed it"),
        ("S6 and S7", "not read by the program yet"),
    )


def test_a_source_of_another_case_between_them_ends_a_run():
    told = silence(6, names=["S1", "S2", "S9", "S10", "S11", "S12"]).about(fact())
    assert told == (("S1, S2 and S9 to S12", "nothing found by the program"),)


def test_where_all_speak_nobody_is_named():
    assert silence(2).about(fact(c0=CellState.STATES, c1=CellState.STATES)) == ()
