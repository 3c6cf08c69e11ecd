"""Any sequence of any operations: undo all gives the first state, redo all the last, and a new start changes nothing."""

import random
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import Bench
from factdesk.ops.history import redo, redo_title, undo, undo_title
from factdesk.store.check import check_project
from factdesk.store.journal import KEYS
from moves import MACHINE, MOVES, Copied, World, all_operations, copies_for, play

CONTENT = {"articles", "reviewers"}  # rows that stay when what brought them is undone
NAMES = dict(sorted(all_operations().items()))
TRIES = 5  # of each operation in the long play


def state(path, *, without=()):
    """Everything that operations write, as plain rows, but for what the program keeps for itself."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(
                f"SELECT * FROM {table} WHERE {keys[0]} <> 'kept by the program' ORDER BY {', '.join(keys)}"
            ).fetchall()
            for table, keys in KEYS.items()
            if table not in without
        }


def undo_all(bench):
    while undo_title(bench.reader):
        bench.run(undo)


def redo_all(bench):
    while redo_title(bench.reader):
        bench.run(redo)


def back_and_forth(bench, first):
    """Undo all, a new start, redo all; `first` is None when the machine's steps lie between, which stay."""
    redo_all(bench)
    last = state(bench.path)
    assert check_project(bench.reader) == []
    undo_all(bench)
    if first is not None:
        assert state(bench.path, without=CONTENT) == first
    middle = state(bench.path)
    assert check_project(bench.reader) == []
    bench.reopen()
    assert state(bench.path) == middle
    redo_all(bench)
    assert state(bench.path) == last
    assert check_project(bench.reader) == []


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A project to copy, and files in which others worked on it."""
    folder = tmp_path_factory.mktemp("template")
    bench = Bench(folder / "case.factdesk")
    bench.copies = copies_for(bench, folder)
    bench.close()
    return bench


def first_state(bench):
    undo_all(bench)
    first = state(bench.path, without=CONTENT)
    redo_all(bench)
    return first


def test_every_operation_is_in_the_play():
    assert set(NAMES.values()) == set(MOVES), "a new operation needs a line in tests/support/moves.py"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    played=st.lists(
        st.tuples(st.sampled_from(list(NAMES)), st.tuples(*[st.integers(0, 1000)] * 3)), min_size=1, max_size=25
    )
)
def test_any_steps_undone_and_redone_come_back(tmp_path_factory, template, played):
    bench = Copied(template, tmp_path_factory.mktemp("play") / "case.factdesk")
    try:
        world = World(bench)
        first = first_state(bench)
        for name, numbers in played:
            play(world, NAMES[name], numbers)
        machine_free = MACHINE.isdisjoint(NAMES[name] for name, _ in played)
        back_and_forth(bench, first if machine_free else None)
    finally:
        bench.close()


@pytest.mark.parametrize("machine", [False, True], ids=["people alone", "with the machine"])
def test_a_long_play_in_which_every_operation_took_effect_comes_back(tmp_path, template, machine):
    rng = random.Random("play True 2" if machine else "play False")  # in which nearly all find something to do
    bench = Copied(template, tmp_path / "case.factdesk")
    try:
        world = World(bench)
        first = first_state(bench)
        names = [name for name, operation in NAMES.items() if machine or operation not in MACHINE]
        moves = names * TRIES
        rng.shuffle(moves)
        done = {name for name in moves if play(world, NAMES[name], [rng.randrange(1000) for _ in range(3)])}
        for name in sorted(set(names) - done):  # it found nothing to do where it stood in the play: at an earlier state
            while not any(play(world, NAMES[name], [number] * 3) for number in range(5)):
                assert undo_title(bench.reader), name
                bench.run(undo)
        back_and_forth(bench, None if machine else first)
    finally:
        bench.close()
