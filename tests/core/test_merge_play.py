"""Whatever reviewers do in their copies: in every order, and again, the same comes in, and nothing here is changed."""

import itertools
import shutil

import pytest

from builders import Bench
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.project import Project
from factdesk.store.check import check_project
from merge_play import dumped, rows_by_table, work

STEPS = 14


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    made = Bench(tmp_path_factory.mktemp("origin") / "bridge.factdesk")
    made.close()
    return made.path


def at_home(folder, home, files):
    """What a project says and holds before and after files come in one after the other."""
    target = folder / "merged.factdesk"
    shutil.copy(home, target)
    with Project.open(target, reviewer="Ada") as project, project.reader() as reader:
        before = rows_by_table(reader)
        for path in files:
            merge_file(project, path)
        assert check_project(reader) == []
        after = rows_by_table(reader)
        return before, after, dumped(reader)


@pytest.mark.parametrize(("seed", "of_a_copy"), [(1, False), (2, True), (4, True)])
def test_three_copies_in_every_order_and_again_give_the_same(origin, tmp_path, seed, of_a_copy):
    folder = tmp_path
    home = folder / "home.factdesk"
    shutil.copy(origin, home)
    copies = [folder / f"{name}.factdesk" for name in ("Ben", "Cy", "Dee")]
    with Project.open(home, reviewer="Ada") as ada:
        work(ada, seed, STEPS)
        for path in copies[: 2 if of_a_copy else 3]:
            hand_over(ada, path, path.stem)
    for number, path in enumerate(copies):
        with Project.open(path) as project:
            work(project, 100 * seed + number, STEPS)
            if of_a_copy and number == 1:
                hand_over(project, copies[2], "Dee")
            work(project, 100 * seed + 50 + number, STEPS)
    with Project.open(home, reviewer="Ada") as ada:
        work(ada, 100 * seed + 99, STEPS)  # the case goes on while the copies are away
    results = []
    for order in itertools.permutations(copies):
        before, after, said = at_home(folder, home, (*order, order[1], order[0]))
        for table, rows in before.items():
            assert rows <= after[table], f"{table}: a row that was here is not as it was"
        results.append(said)
    for name, value in results[0].items():
        for number, other in enumerate(results[1:], 1):
            assert other[name] == value, f"{name} depends on the order of files (order {number})"
