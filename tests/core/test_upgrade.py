"""`factdesk upgrade`: a file of an earlier schema is brought up to date, once, with a copy of it as it was."""

import json
import os

import pytest

from factdesk.cli import main
from factdesk.project import Project
from factdesk.store import opening, version
from factdesk.store.version import SCHEMA, schema_name
from old_files import first_release_file

NOW = schema_name(SCHEMA)


@pytest.fixture
def old(tmp_path):
    return first_release_file(tmp_path / "old.factdesk")


def beside(path):
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if ".factdesk" in each.name}


def test_reading_commands_refuse_an_older_file_and_name_the_command(old, capsys):
    before = beside(old)
    assert main(["stats", str(old)]) == 1
    said = capsys.readouterr().err
    assert "its schema is 1.0" in said
    assert "“factdesk upgrade”" in said
    assert beside(old) == before


def test_it_says_from_which_schema_to_which_and_where_the_copy_is(old, capsys):
    as_it_was = old.read_bytes()
    assert main(["upgrade", str(old.with_suffix(""))]) == 0
    copy = old.with_name(f"old.before-{NOW}-was-1.0.factdesk")
    assert capsys.readouterr().out == (
        f"Brought {old} up to date, from schema 1.0 to {NOW}. As it was, it is kept as {copy}.\n"
    )
    assert main(["check", str(old)]) == 0
    assert main(["stats", str(old)]) == 0
    with Project.open(old, read_only=True) as project, project.reader() as reader:
        assert reader.value("SELECT count(*) FROM sessions") == 1  # nobody sat down to work
    assert copy.stat().st_size == len(as_it_was)
    capsys.readouterr()
    assert main(["stats", str(copy)]) == 1
    assert "its schema is 1.0" in capsys.readouterr().err


def test_a_second_time_there_is_nothing_to_do_and_nothing_is_written(old, capsys):
    first = {"project": str(old), "from": "1.0", "to": NOW, "copy": f"{old.parent}/old.before-{NOW}-was-1.0.factdesk"}
    assert main(["upgrade", str(old), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == first
    before = beside(old)
    assert main(["upgrade", str(old), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == first | {"from": NOW, "copy": None}
    assert main(["upgrade", str(old)]) == 0
    assert capsys.readouterr().out == f"{old} is up to date (schema {NOW}). Nothing was changed.\n"
    assert beside(old) == before


def test_a_file_of_a_newer_factdesk_is_refused(old, capsys, monkeypatch):
    assert main(["upgrade", str(old)]) == 0
    before = beside(old)
    for module in (opening, version):
        monkeypatch.setattr(module, "MAJOR", 1)
        monkeypatch.setattr(module, "SCHEMA", 1000)
    capsys.readouterr()
    assert main(["upgrade", str(old)]) == 1
    assert f"made by a newer Factdesk (its schema is {NOW}, this version knows 1.0)" in capsys.readouterr().err
    assert beside(old) == before


def test_a_write_protected_file_is_refused_and_left_as_it_is(old, capsys, monkeypatch):
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    before = beside(old)
    assert main(["upgrade", str(old)]) == 1
    assert "write-protected" in capsys.readouterr().err
    assert beside(old) == before
