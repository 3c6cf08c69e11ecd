import zipfile

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.importers import importer_for, load_file, read_source
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import SourceFile
from factdesk.model.claims import Reason, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.spans import Span
from nasty_case import all_spans, claim_facts, mention_facts, nasty_case
from round_trips import brought_back, exported, read_all

TEXT = "Orlen rose 😊.\r\nIn Orlen two dams\r\nbroke. Ada Low denies it.\r\n"


def lay_down(folder, annotations, text=TEXT, stem="one"):
    folder.mkdir(exist_ok=True)
    (folder / f"{stem}.txt").write_bytes(text.encode())
    (folder / f"{stem}.ann").write_bytes(annotations.encode())
    return folder / f"{stem}.ann"


def place(words):
    start = TEXT.index(words)
    return f"{start} {start + len(words)}"


def test_annotations_come_in_with_the_text_beside_them(tmp_path):
    dams = TEXT.index("two dams")
    path = lay_down(
        tmp_path,
        f"T1\tLocation {place('Orlen')}\tOrlen\n"
        f"T2\tPER {place('Ada Low')}\tAda Low\n"
        f"T3\tClaim {dams} {dams + 8};{dams + 10} {dams + 15}\ttwo dams broke\n"
        "A1\tVeracity T3 False\nA2\tCertain T3\n"
        f"T4\tEvidence {place('denies it')}\tdenies it\nR1\tRefutes Arg1:T4 Arg2:T3\n"
        f"T5\tJob {place('Low')}\tLow\nE1\tMove:T1 Who:T2\n#1\tAnnotatorNotes T3\tseen\\nthere\n",
    )
    (reading,) = read_all(path)
    text, given = reading.article.text, reading.given
    assert text == TEXT.replace("\r\n", "\n")
    assert reading.article.source.original == TEXT.encode()
    assert reading.article.source.name == "one.txt"
    assert [(each.span.of(text), each.label) for each in given.mentions] == [
        ("Orlen", "LOC"), ("Ada Low", "PERSON"), ("Low", "Job"),
    ]  # fmt: skip
    (claim,) = given.claims
    assert claim.span.of(text) == "two dams\nbroke"
    assert (claim.judgement.verdict, claim.judgement.reason) == (Verdict.DISPUTED, Reason.CONTRADICTED)
    assert claim.judgement.note == "seen\nthere"
    (evidence,) = given.evidence
    assert (evidence.stance, evidence.span.of(text)) == (Stance.REFUTES, "denies it")
    assert reading.warnings == (
        "1 event or reference was left out: Factdesk has nothing like them.",
        "Labels that are none of ours were kept as they are: “Job” (1).",
    )


def test_bad_lines_are_told_and_the_others_come_in(tmp_path):
    path = lay_down(
        tmp_path,
        f"T1\tPER {place('Ada Low')}\tAda Low\nT1\tPER 0 5\tOrlen\nT2\tPER 0 900\tx\nT3\tPER 0 5\tWrong\nhello\n",
    )
    (reading,) = read_all(path)
    assert [each.label for each in reading.given.mentions] == ["PERSON"]
    assert reading.warnings[0] == "Line 2 was left out: T1 is there twice."
    assert reading.warnings[-1] == "Further lines left out: 1."


def test_annotations_without_their_text_are_refused(tmp_path):
    with pytest.raises(ImportRefusedError, match="annotations of a text, “one"):
        list(read_source(SourceFile("one.ann", b"T1\tPER 0 5\tOrlen\n")))
    path = lay_down(tmp_path, "T1\tPER 0 5\tOrlen\n")
    path.with_suffix(".txt").unlink()
    with pytest.raises(ImportRefusedError, match="beside it"):
        list(read_source(load_file(path)))


def test_an_empty_annotation_file_brings_its_text(tmp_path):
    (reading,) = read_all(lay_down(tmp_path / "in", ""))
    assert reading.article.text == TEXT.replace("\r\n", "\n")
    assert not reading.given


def test_pairs_in_an_archive_come_in_once_each(tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/one.txt", TEXT)
        archive.writestr("in/one.ann", "T1\tLocation 0 5\tOrlen\n")
        archive.writestr("in/two.txt", "Another text without marks.")
    with FileProcess("read") as process:
        found = list(process.read(path))
    assert [(each.kind, each.given.mentions[:1] and each.given.mentions[0].span) for each in found] == [
        ("brat annotations", Span(0, 5)), ("Plain text", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["T1\tPER 0 5\tOrlen\n", "T12\tClaim 0 5;7 9\ta b\n"])
def test_brat_lines_are_known_whatever_the_name(head):
    assert importer_for(SourceFile("x.dat", head.encode())).name == "brat"


@pytest.mark.parametrize("text", ["T1 is a tank.\n", "Token\tTag\nT1\tB-PER\n", "T1\t0\t5\n"])
def test_other_texts_are_no_brat_files(text):
    assert importer_for(SourceFile("x.txt", text.encode())).name != "brat"


def test_a_round_trip_keeps_spans_verdicts_reasons_and_notes(tmp_path):
    case = nasty_case(tmp_path)
    exported(case, "brat", tmp_path / "brat")
    back = brought_back(tmp_path, tmp_path / "brat")
    assert all_spans(back) == all_spans(case.project)
    assert mention_facts(back) == mention_facts(case.project)
    assert {fact[:-1] for fact in claim_facts(back)} == {fact[:-1] for fact in claim_facts(case.project)}
    with back.reader() as r:
        kinds = r.rows("SELECT DISTINCT kind FROM claims ORDER BY kind")
        assert [row[0] for row in kinds] == ["event", "quantity", "quotation"]
        assert r.value("SELECT publisher FROM articles WHERE url <> '' ORDER BY url LIMIT 1") == "Evening 晩報"
    back.close()
    case.close()
