"""ZIP archives: what is in them comes out; what is made to do harm does none, in little time and memory."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange import archives
from factdesk.exchange.archives import Archive, is_archive, parts_of
from factdesk.exchange.readings import BadPart, SourceFile


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def written(tmp_path, files, name="case.zip"):
    path = tmp_path / name
    path.write_bytes(files if isinstance(files, bytes) else zipped(files))
    return path


def found(path):
    return {" › ".join(member): part for member, part in parts_of(path)}


def reasons(path):
    return {place: part.reason for place, part in found(path).items() if isinstance(part, BadPart)}


def test_files_come_out_with_their_names_also_from_an_archive_inside(tmp_path):
    inner = zipped({"deep/b.txt": b"bb"})
    path = written(tmp_path, {"a.txt": b"aa", "more.zip": inner, "__MACOSX/a.txt": b"x", ".DS_Store": b"x", "d/": b""})
    parts = found(path)
    assert {place: part.data for place, part in parts.items()} == {"a.txt": b"aa", "more.zip › deep/b.txt": b"bb"}
    assert parts["more.zip › deep/b.txt"].name == "b.txt"
    with Archive(path) as archive:
        assert archive.part(("more.zip", "deep/b.txt")).data == b"bb"
        assert archive.part(("a.txt",)).data == b"aa"
        with pytest.raises(ImportRefusedError, match=r"cannot be read from “case.zip” any more"):
            archive.part(("gone.txt",))


def test_documents_that_are_kept_as_archives_are_none(tmp_path):
    assert is_archive(written(tmp_path, {"a.txt": b"a"}))
    assert not is_archive(written(tmp_path, {"[Content_Types].xml": b"<x/>"}, "letter.docx"))
    assert not is_archive(written(tmp_path, {"mimetype": b"application/epub+zip"}, "book.epub"))
    assert not is_archive(written(tmp_path, b"words", "words.zip"))
    outer = written(tmp_path, {"letter.docx": zipped({"[Content_Types].xml": b"<x/>"})}, "outer.zip")
    assert isinstance(found(outer)["letter.docx"], SourceFile)


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../b.txt", "C:\\windows\\x.txt", "..\\x.txt"])
def test_names_that_lead_out_are_told_and_others_go_on(tmp_path, name):
    path = written(tmp_path, {name: b"x", "good.txt": b"y"})
    assert any("leads out of the archive" in reason for reason in reasons(path).values())
    assert isinstance(found(path)["good.txt"], SourceFile)


def test_a_bomb_is_neither_unpacked_nor_counted_as_text(tmp_path):
    bomb = written(tmp_path, {"zeros.txt": bytes(40 * 2**20), "good.txt": b"y"})
    tracemalloc.start()
    assert "packed far more tightly than any text" in reasons(bomb)["zeros.txt"]
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


def test_a_part_that_lies_about_its_size_is_refused(tmp_path):
    data = bytearray(zipped({"small.txt": b"word " * 100_000}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(magic) + place
        data[at : at + 4] = struct.pack("<I", 10)
    assert "cannot be unpacked" in reasons(written(tmp_path, bytes(data)))["small.txt"]


def test_archives_nest_only_so_deep(tmp_path):
    data = zipped({"end.txt": b"end"})
    for level in range(5):
        data = zipped({f"level{level}.zip": data})
    told = reasons(written(tmp_path, data))
    assert list(told.values()) == ["it is an archive inside an archive inside an archive"]


def test_a_quine_that_holds_itself_again_and_again_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_PARTS", 50)
    wide = zipped({f"{n}.zip": zipped({f"{m}.txt": b"x" for m in range(20)}) for n in range(20)})
    with pytest.raises(ImportRefusedError, match=r"more than 50 files"):
        found(written(tmp_path, wide))


def test_the_files_of_an_archive_have_a_limit_together(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_WHOLE", 1000)
    with pytest.raises(ImportRefusedError, match=r"larger than"):
        found(written(tmp_path, {f"{n}.txt": b"abc" * 100 for n in range(10)}))


def test_locked_and_damaged_parts_are_told(tmp_path):
    data = bytearray(zipped({"a.txt": b"words and words", "b.txt": b"fine"}, zipfile.ZIP_STORED))
    data[data.index(b"words")] ^= 255
    assert "cannot be unpacked" in reasons(written(tmp_path, bytes(data)))["a.txt"]
    locked = bytearray(zipped({"a.txt": b"words"}))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(magic) + place] |= 1
    assert "locked with a password" in reasons(written(tmp_path, bytes(locked)))["a.txt"]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_archive_is_refused_by_name(tmp_path, part):
    whole = zipped({f"{n}.txt": b"word " * 50 for n in range(20)})
    path = written(tmp_path, whole[: int(len(whole) * part)], "half.zip")
    with pytest.raises(ImportRefusedError, match=r"“half.zip” is a broken ZIP archive"):
        found(path)


def test_a_hundred_thousand_entries_are_refused_quickly(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}.txt", b"")
    path = written(tmp_path, packed.getvalue())
    begun = time.process_time()
    with pytest.raises(ImportRefusedError, match=r"more than 50,000 files"):
        for _ in parts_of(path):
            pass
    assert time.process_time() - begun < 30
