"""Evidence: where it is from and when, files kept in the project, and evidence of other claims about the same fact."""

import pytest

from builders import BRIDGE, REPORT, new_article
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.exchange import attachments
from factdesk.exchange.attachments import attachment_of, read_attachment, save_attachment
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.ids import sha256
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article, edit_article, remove_article
from factdesk.ops.evidence import add_passage, add_source, edit_evidence, remove_attachment, remove_evidence
from factdesk.ops.history import redo, undo
from factdesk.store.articles import get_article
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.evidence import (
    attachment_bytes,
    evidence_for_cluster,
    evidence_of,
    get_attachment,
    get_evidence,
)

SCAN = b"%PDF-1.4 invented \x00\xff" * 50


@pytest.fixture
def claim(bench):
    """The first suggested claim of the first article."""
    return bench.claims()[0].id


def add_file(bench, claim, data=SCAN, name="scan.pdf", **more):
    given = {"kind": EvidenceKind.FILE, "stance": Stance.SUPPORTS, "attachment": attachment_of(data, name)} | more
    return bench.run(add_source, claim, **given).created


def test_source_keeps_who_says_it_and_both_dates(bench, claim):
    made = bench.run(
        add_source,
        claim,
        EvidenceKind.URL,
        Stance.REFUTES,
        url="https://example.org/a",
        source=" Bridge office ",
        published_at="2031-05",
        captured_at="2031-06-02T10:00:00Z",
    ).created
    kept = get_evidence(bench.reader, made)
    assert (kept.source, kept.published_at, kept.captured_at) == ("Bridge office", "2031-05", "2031-06-02T10:00:00Z")
    bench.run(edit_evidence, made, source="Office", published_at="", kind=EvidenceKind.NOTE)
    kept = get_evidence(bench.reader, made)
    assert (kept.source, kept.published_at, kept.kind) == ("Office", "", EvidenceKind.NOTE)
    bench.run(undo)
    assert get_evidence(bench.reader, made).source == "Bridge office"


def test_date_that_cannot_be_compared_is_refused(bench, claim):
    with pytest.raises(FactdeskError, match="no date") as caught:
        bench.run(add_source, claim, EvidenceKind.NOTE, Stance.CONTEXT, note="n", published_at="last spring")
    assert "2026-03-18" in caught.value.hint


def test_source_without_a_capture_time_is_captured_now(bench, claim):
    made = bench.run(add_source, claim, EvidenceKind.NOTE, Stance.CONTEXT, note="n").created
    kept = get_evidence(bench.reader, made)
    assert kept.captured_at == kept.made_at


def test_passage_knows_its_article_its_date_and_the_text_it_was_taken_from(bench, claim):
    article = get_article(bench.reader, bench.report)
    made = bench.run(add_passage, claim, bench.report, Span(0, 8), Stance.SUPPORTS).created
    bench.run(edit_article, bench.report, article.meta.__class__(publisher="Report", published_at="2031-05-04"))
    kept = get_evidence(bench.reader, made)
    assert (kept.source, kept.published_at) == ("Report", "2031-05-04")
    assert kept.sha256 == sha256(REPORT.encode())
    assert kept.captured_at == article.captured_at
    assert kept.file is None


def test_file_is_kept_once_and_comes_out_as_it_was(bench, claim, tmp_path):
    other = bench.claims()[1].id
    first, second = add_file(bench, claim), add_file(bench, other, name="again.pdf")
    kept = get_evidence(bench.reader, first)
    assert (kept.file.name, kept.file.media_type, kept.file.size) == ("scan.pdf", "application/pdf", len(SCAN))
    assert kept.sha256 == sha256(SCAN) == get_evidence(bench.reader, second).sha256
    assert bench.reader.value("SELECT count(*) FROM attachments") == 1
    assert attachment_bytes(bench.reader, kept.sha256) == SCAN
    target = tmp_path / "out.pdf"
    save_attachment(bench.reader, kept.sha256, target)
    assert target.read_bytes() == SCAN
    assert not target.stat().st_mode & 0o111


def test_file_comes_and_goes_with_undo(bench, claim):
    made = add_file(bench, claim)
    bench.run(remove_attachment, made)
    assert get_evidence(bench.reader, made).file is None
    bench.run(undo)
    assert get_evidence(bench.reader, made).file.name == "scan.pdf"
    bench.run(undo)
    assert evidence_of(bench.reader, claim) == []
    bench.run(redo)
    assert attachment_bytes(bench.reader, get_evidence(bench.reader, made).sha256) == SCAN
    assert check_project(bench.reader) == []


def test_file_can_be_added_to_evidence_later(bench, claim):
    made = bench.run(add_source, claim, EvidenceKind.URL, Stance.CONTEXT, url="https://example.org/").created
    bench.run(edit_evidence, made, attachment=attachment_of(SCAN, "page.html"))
    assert get_evidence(bench.reader, made).file.media_type == "text/html"


def test_empty_file_of_unknown_kind_is_kept_too(bench, claim):
    made = add_file(bench, claim, b"", "odd.zzzz")
    assert get_evidence(bench.reader, made).file.media_type == "application/octet-stream"
    assert attachment_bytes(bench.reader, sha256(b"")) == b""


def test_file_is_read_from_the_disk_with_its_name_only(bench, tmp_path):
    path = tmp_path / "Zpráva 🌊.txt"
    path.write_bytes(SCAN)
    attachment = read_attachment(path)
    assert (attachment.file.name, attachment.file.sha256) == ("Zpráva 🌊.txt", sha256(SCAN))


def test_file_too_large_missing_or_a_folder_is_refused_in_words(tmp_path, monkeypatch):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x" * 2048)
    monkeypatch.setattr(attachments, "LARGEST", 1024)
    with pytest.raises(FactdeskError, match=r"film\.mp4 has"):
        read_attachment(path)
    with pytest.raises(FactdeskError, match="cannot be read"):
        read_attachment(tmp_path / "gone")
    with pytest.raises(FactdeskError, match="no file"):
        read_attachment(tmp_path)


def test_unknown_file_is_said_to_be_unknown(bench):
    with pytest.raises(NotFoundError):
        attachment_bytes(bench.reader, "0" * 64)
    with pytest.raises(NotFoundError):
        get_attachment(bench.reader, "0" * 64)


def test_passage_takes_no_file_and_no_other_kind(bench, claim):
    made = bench.run(add_passage, claim, bench.report, Span(0, 8), Stance.SUPPORTS).created
    for change in ({"kind": EvidenceKind.URL}, {"attachment": attachment_of(b"x", "x")}):
        with pytest.raises(ValueError, match="passage"):
            bench.run(edit_evidence, made, **change)
    with pytest.raises(ValueError, match="no file"):
        bench.run(remove_attachment, made)


def test_evidence_survives_removing_and_importing_the_article_again(bench, claim):
    passage = bench.run(add_passage, claim, bench.report, Span(0, 8), Stance.SUPPORTS).created
    about_it = bench.run(
        add_passage, bench.claims(bench.report)[0].id, bench.bridge, Span(0, 10), Stance.REFUTES
    ).created
    before = get_evidence(bench.reader, passage), get_evidence(bench.reader, about_it)
    bench.run(remove_article, bench.case, bench.report)
    assert get_evidence(bench.reader, passage).quote == REPORT[:8]
    bench.reopen()
    again = bench.run(add_article, bench.case, new_article(REPORT, publisher="Report")).created
    assert again == bench.report
    assert (get_evidence(bench.reader, passage), get_evidence(bench.reader, about_it)) == before
    assert get_claim(bench.reader, claim).evidence_count == 1


def group(bench, relations):
    """A cluster of claims with their relation to the first, as (claim, relation, status)."""
    lead = relations[0][0]
    bench.run(_insert, "clusters", {"id": "k", "case_id": bench.case, "lead": lead})
    for claim, relation, status in relations:
        row = {"id": f"p{claim}", "cluster_id": "k", "claim_id": claim, "relation": relation, "status": status}
        bench.run(_insert, "cluster_claims", row)


def _insert(tx, table, row):
    tx.put(table, row | {"made_at": tx.now})
    return tx.changes()


def test_evidence_of_any_member_is_shown_for_the_cluster(bench, claim):
    other, against = bench.claims(bench.again)[0].id, bench.claims(bench.report)[1].id
    stranger = bench.claims(bench.report)[0].id
    group(bench, [(claim, "same", "accepted"), (other, "differs", "suggested"), (against, "conflicts", "accepted")])
    its = bench.run(add_passage, other, bench.again, Span(0, 9), Stance.SUPPORTS).created
    own = bench.run(add_passage, claim, bench.bridge, Span(0, 9), Stance.REFUTES).created
    opposed = bench.run(add_passage, against, bench.report, Span(0, 9), Stance.SUPPORTS).created
    bench.run(add_passage, stranger, bench.report, Span(0, 9), Stance.SUPPORTS)
    shown = evidence_for_cluster(bench.reader, bench.case, claim)
    assert [found.evidence.id for found in shown] == [own, its, opposed]
    assert [found.is_own for found in shown] == [True, False, False]
    assert [found.is_settled for found in shown] == [True, False, True]
    assert [found.stance for found in shown] == [Stance.REFUTES, Stance.SUPPORTS, Stance.REFUTES]
    seen_from_the_other_side = {f.evidence.id: f.opposes for f in evidence_for_cluster(bench.reader, "", against)}
    assert seen_from_the_other_side == {opposed: False, own: True, its: True}


def test_evidence_of_a_claim_without_a_cluster_is_its_own(bench, claim):
    made = bench.run(add_passage, claim, bench.bridge, Span(0, 9), Stance.SUPPORTS).created
    assert [found.evidence.id for found in evidence_for_cluster(bench.reader, bench.case, claim)] == [made]


def test_removing_evidence_of_a_source_names_it(bench, claim):
    made = bench.run(add_source, claim, EvidenceKind.NOTE, Stance.CONTEXT, source="A neighbour").created
    assert "A neighbour" in bench.run(remove_evidence, made).title
    assert BRIDGE.startswith(get_claim(bench.reader, claim).quote)
