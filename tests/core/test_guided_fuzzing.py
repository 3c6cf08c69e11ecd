"""Guided fuzzing of what is fast, always the same and for a few seconds; `./dev fuzz --guided` goes on for longer, with all targets."""

import pytest

from factdesk.exchange.importers import importers
from fuzz_targets import NAMES, target_of
from guided import Watched, is_possible, played, run_guided

OF_KIND = {
    "averitec": "averitec", "brat": "brat", "conll": "conll", "docbin": "docbin", "doccano": "doccano-claims", "docx": "docx",
    "epub": "epub", "feed": "rss", "html": "html", "label-studio": "label-studio-tasks", "mail": "eml", "markdown": "md",
    "mhtml": "mhtml", "odt": "odt", "pdf": "pdf", "plain": "txt", "table": "csv", "web-annotation": "web-annotation",
}  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize(("name", "runs"), [("dates", 10_000), ("values", 300), ("text", 500), ("messages", 10_000)])
def test_texts_values_dates_and_messages_keep_their_promises(tmp_path, name, runs):
    if is_possible():
        outcome = run_guided(name, tmp_path / "none", tmp_path, runs=runs, seed=20310503)
    else:  # not on this machine: spoiled without a guide
        outcome = played(name, target_of(name, tmp_path), tmp_path, runs=runs, seed=20310503)
    assert outcome.faults == {}
    assert outcome.executions >= runs


def test_every_importer_has_a_target():
    assert set(OF_KIND) == {each.name for each in importers()}
    assert set(OF_KIND.values()) <= set(NAMES)


def test_what_a_target_raises_is_kept_once_with_its_input(tmp_path):
    def run(data):
        if data:
            raise KeyError(data)

    watched = Watched("any", run, tmp_path)
    for data in (b"", b"first", b"second"):
        watched(data)
    told, kept = sorted(tmp_path.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert kept.read_bytes() == b"first"
    assert "KeyError: b'first'" in told.read_text()
