import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given

from factdesk.errors import ImportRefusedError
from factdesk.exchange import importers
from factdesk.exchange.archives import Archive, parts_of
from factdesk.exchange.files import expand_paths, natural_key
from factdesk.exchange.importers import from_pasted, importer_for, load_file, read_file, read_text_file
from factdesk.exchange.kinds.plain import IMPORTER as PLAIN_TEXT
from factdesk.exchange.readings import Importer, SourceFile
from factdesk.text.normalise import is_normalised, normalise
from unicode_texts import texts, wild_texts

TEXT = "Dam at Orlen breaks\n\nThe river rose by two metres on Sunday, and 240 people were taken to a school.\n"


def test_a_file_becomes_an_article_with_its_original(tmp_path):
    path = tmp_path / "orlen.txt"
    data = TEXT.replace("\n", "\r\n").encode("utf-16")
    path.write_bytes(data)
    os.utime(path, (1_773_826_200, 1_773_826_200))
    article = read_text_file(path)
    assert article.text == TEXT
    assert article.meta.title == "Dam at Orlen breaks"
    assert article.meta.language == "en"
    assert article.source.original == data
    assert article.source.name == "orlen.txt"
    assert article.source.encoding == "utf-16-le"
    assert article.source.captured_at == "2026-03-18T09:30:00Z"


def test_the_encoding_is_told_with_its_alternatives_and_can_be_corrected(tmp_path):
    path = tmp_path / "news.txt"
    path.write_bytes(("По словам военных, операция продолжается уже месяц, сообщил президент. " * 3).encode("koi8_r"))
    reading = read_file(path)
    assert reading.article.source.encoding == "koi8_r"
    assert not reading.confident
    assert "cp1251" in reading.alternatives
    assert read_file(path, "cp866").article.text != reading.article.text
    with pytest.raises(ImportRefusedError, match=r"no such text encoding"):
        read_file(path, "klingon")


def test_pasted_text_is_an_article_too():
    article = from_pasted("\ufeffThe dam breaks\r\n\u2028“It’s over” 😊\ud83d\ude0a\ud800")
    assert article.text == "The dam breaks\n\n“It’s over” 😊😊\ufffd"
    assert article.meta.title == "The dam breaks"
    assert article.source.name == ""
    assert article.source.captured_at


@pytest.mark.parametrize("text", ["", " \r\n\t", "\0", "\ufeff"])
def test_pasting_nothing_is_refused(text):
    with pytest.raises(ImportRefusedError, match=r"no text"):
        from_pasted(text)


@given(wild_texts)
def test_whatever_is_pasted_is_stored_normalised_with_all_its_bytes(text):
    try:
        article = from_pasted("x" + text)
    except ImportRefusedError:
        return
    assert is_normalised(article.text)
    assert article.source.original.decode("utf-8", "surrogatepass") == "x" + text


@given(texts.filter(lambda text: "\0" not in text))
def test_a_file_s_text_is_its_bytes_decoded_and_normalised(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(("x" + text).encode(encoding))
        assert read_text_file(path).text == normalise("x" + text)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0"),
        ("old.factdesk", b"SQLite format 3\0"),
        ("noise.bin", bytes(range(256)) * 4),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
        ("book.mobi", b"BOOKMOBI"),
        ("missing.txt", None),
    ],
)
def test_what_is_no_article_is_refused_by_name_with_a_remedy(tmp_path, name, data):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ImportRefusedError) as refused:
        read_file(tmp_path / name)
    assert name in refused.value.message
    assert refused.value.hint


def test_what_a_file_looks_like_counts_more_than_its_name():
    paper = Importer(
        "paper", "Paper", "x/paper", frozenset({".paper"}), None, sniff=lambda head: head.startswith(b"PAPER")
    )
    known = (paper, PLAIN_TEXT)
    assert importer_for(SourceFile("a.txt", b"PAPER 1"), known) is paper
    assert importer_for(SourceFile("a.paper", b"PAPER 1"), known) is paper
    assert importer_for(SourceFile("a.unheard-of", b"words"), known) is PLAIN_TEXT
    with pytest.raises(ImportRefusedError, match=r"“a.paper” is no Paper, though its name says so"):
        importer_for(SourceFile("a.paper", b"words"), known)


def test_nothing_waits_for_a_pipe_or_a_device(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(ImportRefusedError, match=r"is no ordinary file"):
            read_file(path)


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(importers, "LARGEST", 2**20)
    path = tmp_path / "large.txt"
    path.write_bytes(b"word " * 2**18)
    with pytest.raises(ImportRefusedError, match=r"larger than 1 MB"):
        read_text_file(path)


def test_a_folder_is_no_article(tmp_path):
    with pytest.raises(ImportRefusedError, match=r"is a folder"):
        read_text_file(tmp_path)


def test_folders_are_opened_in_natural_order_without_hidden_files(tmp_path):
    for name in ("part 10/x.txt", "part 2/b.txt", "part 2/.git/y.txt", "A1.txt", "a.txt", ".z.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = [path.relative_to(tmp_path).as_posix() for path in expand_paths([tmp_path / "a.txt", tmp_path])]
    assert found == ["a.txt", "A1.txt", "part 2/b.txt", "part 10/x.txt"]


@given(texts, texts)
def test_natural_order_is_an_order_for_any_names(first, second):
    assert (natural_key(first) < natural_key(second)) or (natural_key(first) >= natural_key(second))


def test_files_that_come_in_with_others_are_left_out(tmp_path):
    export, brat = tmp_path / "export", tmp_path / "brat"
    for name in ("about.json", "annotations.jsonld", "texts/a1.txt", "texts/note.md"):
        (export / name).parent.mkdir(parents=True, exist_ok=True)
        (export / name).write_text("x")
    brat.mkdir()
    for name in ("one.txt", "one.ann", "two.txt", "annotation.conf"):
        (brat / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in expand_paths([tmp_path])]
    assert found == ["brat/one.ann", "brat/two.txt", "export/annotations.jsonld", "export/texts/note.md"]
    assert expand_paths([brat / "one.txt"]) == [brat / "one.txt"]
    assert expand_paths([brat / "one.txt", brat / "one.ann"]) == [brat / "one.ann"]


def test_a_file_beside_another_is_found_in_its_folder_only(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in" / "one.ann").write_text("x")
    (tmp_path / "in" / "one.txt").write_text("text")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    file = load_file(tmp_path / "in" / "one.ann")
    assert file.beside("one.txt").data == b"text"
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "link.txt", "none.txt", "", "..\\secret.txt", "c:x"):
        assert file.beside(name) is None
    assert SourceFile("one.ann", b"").beside("one.txt") is None


def test_a_file_beside_another_is_found_in_an_archive(tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("in/one.ann", "in/one.txt", "in/texts/x.txt", "one.txt"):
            archive.writestr(name, name)
    parts = [member for member, _ in parts_of(path)]
    assert parts == [("in/one.ann",), ("in/texts/x.txt",), ("one.txt",)]
    with Archive(path) as archive:
        part = archive.part(("in/one.ann",))
        assert part.beside("one.txt").data == b"in/one.txt"
        assert part.beside("texts/x.txt").data == b"in/texts/x.txt"
        assert part.beside("../one.txt") is None
