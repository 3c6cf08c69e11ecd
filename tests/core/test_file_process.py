"""Files are read in a process of their own: what they do to it is told, and the next file is read all the same."""

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from factdesk.clock import LONGEST_LOOK, AwakeTime
from factdesk.errors import ImportRefusedError, StorageFullError
from factdesk.exchange import messages
from factdesk.exchange.process import FileProcess, completed
from factdesk.exchange.process_main import Clerk
from factdesk.exchange.progress import StoppedError
from factdesk.exchange.readings import BadPart, KnownPart, Origin, Reading, ReadOptions
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Judgement, Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.given import Given, GivenClaim, GivenEvidence, GivenLink, GivenMention, TableMapping
from factdesk.model.ids import sha256
from factdesk.model.spans import Span
from fuzz_files import SMALL_PDF

TEXT = "Dam at Orlen breaks\n\nThe river rose by two metres on Sunday 😊, and 240 people were taken to a school.\n"


@pytest.fixture
def files():
    with FileProcess("read") as process:
        yield process


def script(tmp_path, body):
    """A child of our own making."""
    path = tmp_path / "child.py"
    path.write_text("import json, os, sys, time\nfor line in sys.stdin:\n    asked = json.loads(line)\n" + body)
    return [sys.executable, str(path)]


def article(tmp_path, name="orlen.txt", text=TEXT):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_reading_comes_without_its_original_which_is_fetched_when_it_is_stored(tmp_path, files):
    path = article(tmp_path)
    (reading,) = files.read(path)
    assert reading.article.text == TEXT
    assert reading.article.source.original == b""
    assert reading.origin == Origin(path, (), sha256(TEXT.encode()), len(TEXT.encode()))
    whole = completed(reading)
    assert whole.source.original == TEXT.encode()
    assert (whole.text, whole.meta) == (TEXT, reading.article.meta)


def test_a_file_changed_since_it_was_read_is_not_stored(tmp_path, files):
    path = article(tmp_path)
    (reading,) = files.read(path)
    path.write_text("Something else.")
    with pytest.raises(ImportRefusedError, match=r"“orlen.txt” was changed since it was read"):
        completed(reading)


def test_an_archive_gives_all_its_articles_and_tells_what_is_none(tmp_path, files):
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as archive:
        archive.writestr("a/one.txt", TEXT)
        archive.writestr("b/photo.jpg", b"\xff\xd8\xff\xe0 JFIF\0\0\0")
        archive.writestr("two.txt", "Другие слова: мост через реку цел.".encode("cp1251"))
    one, photo, two = files.read(tmp_path / "case.zip")
    assert (one.place, one.article.source.name) == ("a/one.txt", "one.txt")
    assert completed(one).source.original == TEXT.encode()
    assert isinstance(photo, BadPart)
    assert photo.place == "b/photo.jpg"
    assert "JPEG picture" in photo.reason
    assert two.article.source.encoding == "cp1251"


def test_one_file_of_an_archive_is_read_again_in_another_encoding(tmp_path, files):
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as archive:
        archive.writestr("a/one.txt", TEXT)
        archive.writestr("b/two.txt", "Другие слова: мост через реку цел.".encode("koi8-r"))
    (again,) = files.read(tmp_path / "case.zip", ReadOptions("koi8-r", member=("b/two.txt",)))
    assert again.article.text == "Другие слова: мост через реку цел."
    assert (again.place, again.member) == ("b/two.txt", ("b/two.txt",))


def test_an_archive_without_articles_is_refused(tmp_path, files):
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff\xe0 JFIF\0\0\0")
    with pytest.raises(ImportRefusedError, match=r"“empty.zip” holds no file that can be imported"):
        list(files.read(tmp_path / "empty.zip"))


def test_files_that_the_project_has_are_not_read_again(tmp_path, files):
    files.know([sha256(TEXT.encode())])
    assert list(files.read(article(tmp_path))) == [KnownPart("", sha256(TEXT.encode()))]
    (other,) = files.read(article(tmp_path, "other.txt", TEXT + "More."))
    assert isinstance(other, Reading)


def test_the_chosen_encoding_reaches_the_reader(tmp_path, files):
    path = tmp_path / "news.txt"
    path.write_bytes("Мост через реку Орлен цел, сообщил мэр.".encode("koi8_r"))
    (reading,) = files.read(path, ReadOptions("koi8_r"))
    assert reading.article.text == "Мост через реку Орлен цел, сообщил мэр."


def test_a_refusal_names_the_file_and_the_next_one_is_read(tmp_path, files):
    with pytest.raises(ImportRefusedError, match=r"There is no file"):
        list(files.read(tmp_path / "missing.txt"))
    assert len(list(files.read(article(tmp_path)))) == 1


def test_a_file_that_ends_its_reader_is_told_and_the_next_one_is_read(tmp_path):
    body = "    os._exit(3) if 'bad' in asked['path'] else print('{\"is\":\"end\"}', flush=True)\n"
    with FileProcess("read", script(tmp_path, body)) as process:
        with pytest.raises(ImportRefusedError, match=r"“bad.txt” ended the process that read it"):
            list(process.read(Path("bad.txt")))
        assert list(process.read(Path("good.txt"))) == []


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    process = FileProcess("read", script(tmp_path, "    time.sleep(600)\n"), seconds=0.2)
    with process, pytest.raises(ImportRefusedError, match=r"“slow.txt” was given up"):
        list(process.read(Path("slow.txt")))


def test_a_machine_that_sleeps_gives_no_file_up(tmp_path, monkeypatch):
    body = "    while not os.path.exists(asked['path']): time.sleep(0.01)\n    print('{\"is\":\"end\"}', flush=True)\n"
    real, slept = time.monotonic, [0]
    monkeypatch.setattr(time, "monotonic", lambda: real() + slept[0])

    def lid_closed_for_a_night():
        if not slept[0]:
            slept[0] = 8 * 3600
            (tmp_path / "slow.txt").touch()
        return False

    with FileProcess("read", script(tmp_path, body)) as process:
        assert list(process.read(tmp_path / "slow.txt", stopped=lid_closed_for_a_night)) == []


def test_time_awake_counts_a_gap_as_one_look(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    awake = AwakeTime()
    for gap, passed in ((0.05, 0.05), (0.1, 0.15), (28_800, 0.15 + LONGEST_LOOK), (0.05, 0.2 + LONGEST_LOOK)):
        now[0] += gap
        assert awake.passed() == pytest.approx(passed)


def test_a_file_that_keeps_the_processor_busy_is_given_up_with_its_place(tmp_path):
    body = (
        "    from factdesk.child_process import Allowance\n"
        '    print(\'{"is":"at","place":"page 7"}\', flush=True)\n'
        "    allowance = Allowance(1)\n    allowance.renew()\n"
        "    while 'bad' in asked['path']: pass\n"
        '    print(\'{"is":"end"}\', flush=True)\n'
    )
    with FileProcess("read", script(tmp_path, body), seconds=None) as process:
        with pytest.raises(
            ImportRefusedError, match=r"“bad.pdf” was given up at page 7: it kept the processor busy"
        ) as refused:
            list(process.read(Path("bad.pdf")))
        assert "Save it anew" in refused.value.hint
        assert list(process.read(Path("good.pdf"))) == []


def test_work_that_gives_signs_of_life_may_go_on(tmp_path):
    body = (
        "    from factdesk.child_process import Allowance\n    allowance = Allowance(1)\n    allowance.renew()\n"
        '    while time.process_time() < 3.5: allowance.renew()\n    print(\'{"is":"end"}\', flush=True)\n'
    )
    with FileProcess("read", script(tmp_path, body), seconds=None) as process:
        assert list(process.read(Path("large.csv"))) == []


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense",
        b"[1]",
        b'{"is":"reading","text":7}',
        b'{"is":"bad","place":[]}',
        b'{"is":"known","place":1,"sha256":2}',
        b"[" * 100_000,
    ],
)
def test_nonsense_from_the_reader_refuses_the_file(tmp_path, answer):
    (tmp_path / "answer").write_bytes(answer)
    body = f"    print(open({str(tmp_path / 'answer')!r}).read(), flush=True)\n"
    nonsense = r"“bad.txt” made the process that read it answer nonsense"
    with FileProcess("read", script(tmp_path, body)) as process, pytest.raises(ImportRefusedError, match=nonsense):
        list(process.read(Path("bad.txt")))


def test_each_page_of_a_document_and_each_file_of_an_archive_is_a_sign_of_life(tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.pdf", SMALL_PDF)
    said = io.BytesIO()
    Clerk(said).serve(
        {"do": "read", "path": str(tmp_path / "two.zip"), "options": messages.read_options_to(ReadOptions())}
    )
    told = [messages.decode(line) for line in said.getvalue().splitlines()]
    assert [each["place"] for each in told if each["is"] == "at"] == ["a.txt", "b.pdf", "b.pdf › page 1"]


def test_stopping_does_not_wait_for_the_file(tmp_path):
    with FileProcess("read", script(tmp_path, "    time.sleep(600)\n")) as process:
        begun = time.monotonic()
        with pytest.raises(StoppedError):
            list(process.read(Path("slow.txt"), stopped=lambda: time.monotonic() - begun > 0.1))
        assert time.monotonic() - begun < 60


def test_leaving_off_in_the_middle_of_a_file_does_not_garble_the_next_one(tmp_path, files):
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(50):
            archive.writestr(f"{number}.txt", f"{TEXT} {number}")
    next(iter(files.read(tmp_path / "many.zip")))
    (reading,) = files.read(article(tmp_path))
    assert reading.article.text == TEXT


def test_an_error_keeps_its_kind_on_the_way(tmp_path):
    answer = messages.refused_to("The disk is full.", "Free some space.", "StorageFullError")
    process = FileProcess(
        "write", script(tmp_path, f"    print({messages.encode(answer).decode()!r}, end='', flush=True)\n")
    )
    with process, pytest.raises(StorageFullError, match=r"The disk is full. Free some space."):
        process.export(tmp_path / "a.factdesk", "csv", tmp_path / "out.csv")


def test_who_reads_has_little_memory_and_cannot_write_files(tmp_path):
    code = (
        "import sys; from factdesk.child_process import limit_resources; limit_resources(300 * 2**20)\n"
        "try:\n    bytearray(400 * 2**20)\nexcept MemoryError:\n    print('no memory')\n"
        f"try:\n    open({str(tmp_path / 'made')!r}, 'w').write('x' * 10)\nexcept OSError as error:\n    print(error.errno)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split("\n")[0] == "no memory"
    assert not (tmp_path / "made").exists() or (tmp_path / "made").stat().st_size == 0


def test_the_child_ends_with_its_parent(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from factdesk.exchange.process import FileProcess\n"
        f"p = FileProcess('read'); list(p.read(Path({str(article(tmp_path))!r})))\n"
        "print(p._child.pid, flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(600):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0]
        if state == "Z":  # ended; nobody has asked for its result yet
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")


def test_everything_about_a_reading_survives_the_way():
    reading = Reading(
        article=NewArticle("Text 😊", ArticleMeta("T", "P", "B", "https://example.org", "2026-03-18", "en"),
                           ArticleSource(b"\x00\xff", "a.jsonl", "utf-8", "application/json", "2026-03-18T09:30:00Z")),
        confident=False,
        alternatives=("cp1251",),
        replaced=3,
        warnings=("Something was left out.",),
        place="row 3",
        given=Given(
            (GivenClaim(Span(0, 4), "k1", judgement=Judgement(Verdict.DISPUTED, Reason.CONTRADICTED, "n", 80), reviewer="Ada"),
             GivenClaim(Span(1, 2), "k2", score=0.5, is_suggestion=True)),
            (GivenMention(Span(0, 4), "GPE", "Ostrava"),),
            (GivenLink("k1", "k2", Relation.CONFLICTS),),
            (GivenEvidence("k1", EvidenceKind.URL, Stance.REFUTES, "q", "https://example.org", span=None),
             GivenEvidence("k1", EvidenceKind.PASSAGE, Stance.SUPPORTS, "Te", span=Span(0, 2))),
        ),
        kind="Table",
    )  # fmt: skip
    assert messages.reading_from(messages.decode(messages.encode(messages.reading_to(reading)))) == reading
    options = ReadOptions("cp1251", TableMapping("body", title="head", verdict_words=(("true", "verified"),)))
    assert messages.read_options_from(messages.decode(messages.encode(messages.read_options_to(options)))) == options
