"""Values that the schema forbids, in a file that was damaged or written with other tools: told as damage, never stumbled over."""

import re

import pytest

from every_query import ask_everything
from factdesk.errors import DamagedError, FactdeskError
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.connection import open_reader
from factdesk.store.soundness import damage_behind, first_damage
from full_case import make_full_case
from spoiled_rows import LooseProject, put

ENUM = re.compile(r'"?(\w+)"? TEXT[^,]*?CHECK \(\1(?: IS NULL\s+OR| IN)', re.DOTALL)
JSON = {
    ("analyses", "sentences"), ("claims", "features"), ("claims", "attribution"), ("claims", "stated_values"),
    ("analysis_runs", "changed"), ("places", "place"), ("settings", "value"), ("row_changes", "before"),
}  # fmt: skip


@pytest.fixture(scope="module")
def loose(tmp_path_factory):
    """A project with rows in every table, whose rules can be broken."""
    return LooseProject(make_full_case(tmp_path_factory.mktemp("full") / "case.factdesk"))


def asked(path):
    """Every query of a spoiled project: each is answered, or the damage is told with a remedy. What was told."""
    told = []
    try:
        with Project.open(path, reviewer="Ada", read_only=True) as project, project.reader() as reader:
            for question in ask_everything(reader, path, most=1):
                error = question.error
                if error is not None and not isinstance(error, FactdeskError):
                    error = damage_behind(error, path) or pytest.fail(f"{question.name} stumbles: {error!r}")
                if error is not None:
                    told.append(error)
            assert check_project(reader)
    except FactdeskError as error:  # told already when it is opened
        told.append(error)
    assert all(error.message and error.hint for error in told)
    return told


def enums(loose):
    """All columns that hold one of a few words."""
    return sorted((table, name) for table, sql in loose.tables.items() for name in ENUM.findall(sql))


def test_an_unknown_word_in_any_column_of_words_is_told(loose, tmp_path):
    found = enums(loose)
    assert len(found) > 20
    assert ("claims", "kind") in found
    for table, column in found:
        with loose.spoiled(tmp_path / "case.factdesk") as connection:
            assert put(connection, table, column, "'quanQity'")
        asked(tmp_path / "case.factdesk")


@pytest.mark.parametrize("value", ["{not json", '{"a": 1}', '[[1, "b"]]', "[" * 3000])
def test_what_is_no_json_or_of_another_shape_is_told(loose, tmp_path, value):
    with loose.spoiled(tmp_path / "case.factdesk") as connection:
        for table, column in JSON:
            assert put(connection, table, column, "?", (value,))
    assert asked(tmp_path / "case.factdesk")


@pytest.mark.parametrize("value", ["-5", "9223372036854775807", "'x'", "NULL", "x'ff00'"])
def test_places_outside_of_texts_and_other_types_are_told(loose, tmp_path, value):
    for table in ("claims", "mentions", "evidence"):
        with loose.spoiled(tmp_path / "case.factdesk") as connection:
            assert put(connection, table, "end", value)
        asked(tmp_path / "case.factdesk")


@pytest.mark.parametrize("value", ["CAST(x'ff' AS TEXT)", "x'ff'", "char(0) || 'a'", "NULL"])
def test_bytes_that_are_no_text_are_told(loose, tmp_path, value):
    with loose.spoiled(tmp_path / "case.factdesk") as connection:
        for table, column in (("claims", "quote"), ("articles", "title"), ("reviewers", "name"), ("cases", "name")):
            put(connection, table, column, value, all_rows=False)
    asked(tmp_path / "case.factdesk")


@pytest.mark.parametrize(
    ("table", "column"),
    [("claims", "article_id"), ("cluster_claims", "claim_id"), ("evidence", "article_id"), ("links", "claim_b"), ("clusters", "lead"),
     ("entities", "merged_into"), ("sessions", "reviewer_id"), ("decisions", "reviewer_id"), ("mentions", "entity_id")],
)  # fmt: skip
def test_a_row_that_is_not_there_is_told(loose, tmp_path, table, column):
    with loose.spoiled(tmp_path / "case.factdesk") as connection:
        assert put(connection, table, column, "'nowhere'", all_rows=False)
    asked(tmp_path / "case.factdesk")


def test_bytes_that_are_no_text_are_damage(loose, tmp_path):
    path = tmp_path / "case.factdesk"
    with loose.spoiled(path) as connection:
        put(connection, "articles", "text", "CAST(x'ff' AS TEXT)")
    with open_reader(path) as reader, pytest.raises(DamagedError, match="is damaged"):
        reader.rows("SELECT text FROM articles")


def test_damage_of_a_row_names_the_table_and_the_row(loose, tmp_path):
    path = tmp_path / "case.factdesk"
    with loose.spoiled(path) as connection:
        name = connection.execute("SELECT id FROM claims").fetchone()[0]
        put(connection, "claims", "verdict", "'maybe'")
    with (
        open_reader(path) as reader,
        pytest.raises(DamagedError, match=f"Row {name} of claims .*“maybe” where a verdict"),
    ):
        get_claim(reader, name)


def test_a_bug_of_ours_is_not_blamed_on_a_sound_project(loose, tmp_path):
    path = tmp_path / "case.factdesk"
    with loose.spoiled(path):
        pass
    assert damage_behind(KeyError("span"), path) is None
    with open_reader(path) as reader:
        assert first_damage(reader) is None
        assert check_project(reader) == []
