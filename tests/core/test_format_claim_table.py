import csv

import pytest

from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats.claim_table import check_claim_table, unguard
from factdesk.store.articles import article_text
from nasty_case import HALF_A, ROUTE, nasty_case


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    bench = nasty_case(tmp_path_factory.mktemp("nasty"))
    yield bench
    bench.close()


def exported(bench, tmp_path, **options):
    out = tmp_path / "claims.csv"
    made = export_project(bench.project, "csv", out, ExportOptions(**options))
    with out.open(encoding="utf-8-sig", newline="") as file:
        return made, [{name: unguard(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def test_every_quote_of_the_nasty_case_stands_at_its_place(nasty, tmp_path):
    made, rows = exported(nasty, tmp_path)
    assert made.written.count == len(rows) > 15
    assert "every place" in made.checked.how
    for row in rows:
        text = article_text(nasty.reader, row["article_id"])
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_all_opinions_stand_in_a_cell(nasty, tmp_path):
    _, rows = exported(nasty, tmp_path, whose=Whose.ALL)
    by_quote = {row["quote"]: row for row in rows}
    assert by_quote[ROUTE]["opinions"] == "Ben | O’Neil: verified (clear); Ada: disputed (contradicted by evidence)"
    assert by_quote[ROUTE]["verdict"] == "disputed"
    assert by_quote[HALF_A]["reviewer"] == "Ben | O’Neil"
    _, rows = exported(nasty, tmp_path)
    assert {row["opinions"] for row in rows} == {""}


def test_the_verdicts_of_one_reviewer_alone(nasty, tmp_path):
    _, rows = exported(nasty, tmp_path, whose=Whose.ONE, reviewer="Ben | O’Neil")
    decided = {row["quote"]: (row["verdict"], row["note"]) for row in rows if row["verdict"]}
    assert decided == {HALF_A: ("disputed", "I counted <12>"), ROUTE: ("verified", "+35")}


def test_anonymous_tables_name_nobody(nasty, tmp_path):
    exported(nasty, tmp_path, whose=Whose.ALL, anonymous=True)
    table = (tmp_path / "claims.csv").read_text("utf-8")
    assert "reviewer 1" in table
    assert "Ada" not in table
    assert "O’Neil" not in table


def test_a_table_without_texts_keeps_places_and_hashes(nasty, tmp_path):
    _, rows = exported(nasty, tmp_path, with_text=False)
    assert {row["quote"] for row in rows} == {""}
    assert all(int(row["start"]) < int(row["end"]) and len(row["text_sha256"]) == 64 for row in rows)
    table = (tmp_path / "claims.csv").read_text("utf-8")
    assert "260 passengers were aboard" not in table
    assert "29\u00a0km" in table.replace(" km", "\u00a0km")  # what an outside source says is no text of an article


def test_a_selection_and_a_case(nasty, tmp_path):
    chosen = nasty.claim(nasty.ferry, ROUTE)
    _, rows = exported(nasty, tmp_path, claim_ids=frozenset({chosen}))
    assert [row["claim_id"] for row in rows] == [chosen]
    _, rows = exported(nasty, tmp_path, case_id=nasty.other_case)
    assert {row["article_id"] for row in rows} == {nasty.market}
    assert {row["case"] for row in rows} == {"Another | case"}


def test_a_changed_table_does_not_pass_the_check(nasty, tmp_path):
    exported(nasty, tmp_path)
    out = tmp_path / "claims.csv"
    text = out.read_bytes().decode()
    out.write_bytes(text.replace("35 km", "36 km").replace("35\u00a0km", "36\u00a0km").encode())
    with nasty.project.reader() as reader:
        problems = check_claim_table(Dataset(reader, ExportOptions()), out).problems
    assert problems
    assert "does not hold" in problems[0]
