"""What holds for all formats that count tokens: the general choices of an export, and projects at their edges."""

import zlib

import pytest

from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.exporters import export_project
from factdesk.ops.cases import create_case
from nasty_case import HALF_A, ROUTE, nasty_case

NAMES = ("docbin", "conll", "cas-xmi", "cas-json", "webanno-tsv")


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def export(case, tmp_path, name, **options):
    """The export, and all its bytes, unpacked."""
    out = tmp_path / f"out-{name}"
    made = export_project(case.project, name, out, ExportOptions(**options))
    if out.is_file():
        return made, zlib.decompress(out.read_bytes())
    return made, b"".join(path.read_bytes() for path in sorted(out.iterdir()) if path.name != "about.json")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_reviewers_are_nowhere_when_they_are_hidden(nasty, tmp_path, name):
    made, content = export(nasty, tmp_path, name, anonymous=True, whose=Whose.ALL)
    assert b"reviewer 1" in content
    assert "O’Neil".encode() not in content
    assert b"Ada" not in content
    assert not made.checked.problems


@pytest.mark.parametrize("name", NAMES)
def test_a_selection_of_claims_is_all_that_is_exported(nasty, tmp_path, name):
    wanted = frozenset({nasty.claim(nasty.ferry, ROUTE), nasty.claim(nasty.ferry, HALF_A)})
    made, content = export(nasty, tmp_path, name, claim_ids=wanted)
    assert all(id_.encode() in content for id_ in wanted)
    assert nasty.claim(nasty.evening, "260 passengers were aboard.").encode() not in content
    if name != "conll":
        assert made.written.count == 2


@pytest.mark.parametrize("name", NAMES)
def test_the_verdicts_of_one_reviewer_only(nasty, tmp_path, name):
    _, content = export(nasty, tmp_path, name, whose=Whose.ONE, reviewer="Ben | O’Neil")
    assert b"I counted" in content
    assert b"called the office" not in content
    assert b"two\\nlines" not in content
    assert b"two\nlines" not in content
    assert b"two&#10;lines" not in content


@pytest.mark.parametrize("name", NAMES)
def test_a_case_without_articles_can_be_exported(nasty, tmp_path, name):
    empty = nasty.run(create_case, "Empty").created
    made, _ = export(nasty, tmp_path, name, case_id=empty)
    assert made.written.count == 0
    assert made.written.notes == ()


@pytest.mark.parametrize("name", NAMES)
def test_texts_cannot_be_left_out(nasty, tmp_path, name):
    with pytest.raises(FactdeskError, match="makes no sense without the texts"):
        export(nasty, tmp_path, name, with_text=False)
