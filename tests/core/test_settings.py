"""Settings of a project."""

from factdesk.ops.history import redo, undo
from factdesk.ops.settings import change_project_setting, set_project_setting
from factdesk.store.settings import project_setting


def test_what_a_person_chose_is_a_step(bench):
    bench.run(change_project_setting, "gate", {"origins": 2}, "Two origins")
    bench.run(change_project_setting, "gate", {"origins": 3}, "Three origins")
    assert bench.run(change_project_setting, "gate", None).settings == {"gate"}
    for expected in ({"origins": 3}, {"origins": 2}, None):
        bench.run(undo)
        assert project_setting(bench.reader, "gate") == expected
    assert bench.run(redo).title == "Redone: Two origins"
    assert bench.run(change_project_setting, "gate", {"origins": 2}).settings == frozenset()


def test_what_the_program_notes_is_none(bench):
    before = bench.reader.value("SELECT count(*) FROM row_changes")
    assert bench.run(set_project_setting, "model", "x").settings == {"model"}
    assert bench.reader.value("SELECT count(*) FROM row_changes") == before
