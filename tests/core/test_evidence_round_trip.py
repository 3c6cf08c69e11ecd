"""Files, versions and gates of a project come through its export."""

import json

import pytest

from builders import BRIDGE, new_article
from factdesk.exchange.attachments import attachment_of
from factdesk.exchange.exporters import export_project
from factdesk.exchange.records.importer import import_jsonl
from factdesk.model.claims import Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate
from factdesk.model.ids import sha256
from factdesk.ops.claims import mark_claim
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.gate import save_gate
from factdesk.ops.history import redo, undo
from factdesk.ops.versions import replace_article
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.evidence import attachment_bytes, evidence_of, passages_in
from factdesk.store.gate import load_gate
from factdesk.store.versions import fuzzy_marks, orphans_of, versions_of

SCAN = bytes(range(256)) * 40
GATE = EvidenceGate(verified_origins=2, need_quote=True)


@pytest.fixture
def full(bench):
    """A project with files as evidence, a corrected article and a gate."""
    first, second, third = bench.claims()
    for claim in (first, second, third):
        bench.run(mark_claim, claim.id, Verdict.DISPUTED)
    bench.run(add_source, first.id, EvidenceKind.FILE, Stance.SUPPORTS, attachment=attachment_of(SCAN, "plán 🌊.pdf"))
    bench.run(
        add_source,
        second.id,
        EvidenceKind.URL,
        Stance.CONTEXT,
        url="https://example.org",
        source="Office",
        published_at="2031-05",
        captured_at="2031-06-01",
        attachment=attachment_of(b"<p>page</p>", "page.html"),
    )
    bench.run(add_passage, bench.claims(bench.again)[0].id, bench.bridge, first.span, Stance.SUPPORTS)
    bench.run(add_passage, bench.claims(bench.again)[0].id, bench.bridge, third.span, Stance.SUPPORTS)
    text = "Correction. " + BRIDGE.replace("12", "15").replace("The river kept rising.", "It rained.")
    bench.newer = bench.run(replace_article, bench.case, bench.bridge, new_article(text)).created
    bench.run(save_gate, GATE)
    bench.first, bench.second = first.id, second.id
    return bench


@pytest.fixture
def again(full, tmp_path):
    """The same project out of its export."""
    export = tmp_path / "out.jsonl"
    export_project(full.project, "jsonl", export)
    project = Project.create(tmp_path / "again.factdesk", reviewer="Ada")
    report = import_jsonl(project, export)
    assert report.problems == []
    with project, project.reader() as reader:
        assert check_project(reader) == []
        yield project, reader


def test_attached_files_come_back_byte_for_byte(full, again):
    _, reader = again
    assert attachment_bytes(reader, sha256(SCAN)) == SCAN
    assert attachment_bytes(reader, sha256(b"<p>page</p>")) == b"<p>page</p>"
    for claim in (full.first, full.second):
        assert evidence_of(reader, claim) == evidence_of(full.reader, claim)
        assert evidence_of(reader, claim)[0].file is not None


def test_versions_and_marks_left_behind_come_back(full, again):
    _, reader = again
    assert versions_of(reader, full.newer) == versions_of(full.reader, full.bridge)
    assert orphans_of(reader, full.case) == orphans_of(full.reader, full.case) != []
    assert fuzzy_marks(reader, full.case) == fuzzy_marks(full.reader, full.case) != []
    assert passages_in(reader, full.newer) == passages_in(full.reader, full.newer) != []
    assert load_gate(reader) == GATE


def test_replacing_can_be_undone_after_the_import(full, again):
    project, reader = again
    project.run(undo)
    assert not load_gate(reader).is_on
    project.run(undo)
    assert orphans_of(reader, full.case) == []
    assert [version.article_id for version in versions_of(reader, full.bridge)] == [full.bridge]
    assert check_project(reader) == []
    project.run(redo)
    assert orphans_of(reader, full.case) == orphans_of(full.reader, full.case)


def test_file_that_was_tampered_with_is_refused(full, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(full.project, "jsonl", export)
    lines = export.read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if json.loads(line)["type"] == "attachment")
    record = json.loads(lines[place])
    record["size"] += 1
    lines[place] = json.dumps(record)
    export.write_text("\n".join(lines) + "\n")
    project = Project.create(tmp_path / "again.factdesk", reviewer="Ada")
    with project:
        report = import_jsonl(project, export)
    assert len(report.problems) >= 1
