"""Names of attached files, which a stranger may have chosen, and the copies that are saved of them."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import Bench
from factdesk.exchange.attachments import attachment_of, safe_name, save_attachment
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.evidence import add_source


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("time table.txt", "time table.txt"),
        ("Zeitplan größer 😊.pdf", "Zeitplan größer 😊.pdf"),
        ("../../x", "x"),
        ("/etc/passwd", "passwd"),
        ("C:\\x", "x"),
        ("C:x", "C_x"),
        ("\\\\host\\share\\a.txt", "a.txt"),
        ("a\0b", "ab"),
        ("a\nb\u202etxt.exe", "abtxt.exe"),
        (".bashrc", "bashrc"),
        ("...", "file"),
        ("..", "file"),
        ("", "file"),
        ("folder/", "file"),
        ("NUL", "_NUL"),
        ("com1.txt", "_com1.txt"),
        ("con .txt", "_con .txt"),
        ("x. . ", "x"),
        ("a:b|c?d*.txt", "a_b_c_d_.txt"),
        ('<img src="file:///etc/passwd">', "passwd__"),
        ("n" * 5000 + ".html", "n" * 55 + ".html"),
        ("a." + "s" * 5000, "a." + "s" * 58),
    ],
)
def test_a_copy_has_one_visible_name_in_one_folder(name, expected):
    assert safe_name(name) == expected


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_a_file_can_have(name):
    safe = safe_name(name)
    assert safe == Path(safe).name == safe.strip()
    assert safe[0] != "."
    assert "\0" not in safe
    assert len(safe.encode()) <= 250
    assert safe_name(safe) == safe


def test_a_copy_is_what_was_attached_and_no_program(tmp_path):
    bench = Bench(tmp_path / "case.factdesk")
    data = b"#!/bin/sh\necho done\n"
    file = attachment_of(data, "../../run.sh")
    bench.run(add_source, bench.claims()[0].id, EvidenceKind.FILE, Stance.SUPPORTS, attachment=file)
    target = tmp_path / safe_name(file.file.name)
    save_attachment(bench.reader, file.file.sha256, target)
    bench.close()
    assert (target.name, target.read_bytes()) == ("run.sh", data)
    if os.name == "posix":
        assert not target.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
