"""Writing an export of any format: whole or not at all, checked, described beside it, replaced only by a whole one."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from factdesk import __version__
from factdesk.errors import FactdeskError, StorageFullError
from factdesk.exchange import atomic, exporters
from factdesk.exchange.atomic import placed_whole, sweep
from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.export_format import (
    ALL_FEATURES,
    Checked,
    Choice,
    ExportFormat,
    Feature,
    FormatOption,
    Group,
    Loss,
    Written,
)
from factdesk.exchange.exporters import ExportCheckError, export_project, foresee
from factdesk.exchange.formats_known import formats
from factdesk.exchange.progress import StoppedError
from factdesk.exchange.sidecar import IN_FOLDER, is_our_folder, sidecar_of
from factdesk.model.claims import Verdict
from factdesk.ops.claims import mark_claim

COLOUR = FormatOption("colour", "Colour", (("red", "Red"), ("blue", "Blue")))


def write_lines(dataset, path, steps):
    """Titles of the articles, in one file or one file for each."""
    for article in dataset.articles:
        out = path / "texts" / f"{article.id}.txt" if path.is_dir() else path
        out.parent.mkdir(exist_ok=True)
        with out.open("a", encoding="utf-8") as file:
            file.write(f"{article.meta.publisher} {dataset.choice('colour')}\n")
        steps.step()
    return Written(len(dataset.articles), "articles", ("1 title was cut.",))


def check_lines(dataset, path):
    """Counts them."""
    files = list(path.rglob("*.txt")) if path.is_dir() else [path]
    count = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    problems = () if count == len(dataset.articles) else (f"there are {count} lines",)
    return Checked(f"Read again: {count} lines.", problems)


def made(suffix, **more):
    values = {
        "name": "lines",
        "title": "Lines",
        "suffix": suffix,
        "group": Group.TABLE,
        "description": "For tests.",
        "unit": "code points",
        "holds": ALL_FEATURES - {Feature.NOTES},
        "write": write_lines,
        "check": check_lines,
        "options": (COLOUR,),
        "remarks": lambda _dataset: [Loss("2 claims over a line end", "They are split.")],
        "readme": {"loads_with": "any editor"},
    }
    return ExportFormat(**(values | more))


@pytest.fixture(params=[".lines", ""], ids=["file", "folder"])
def lines(request, monkeypatch):
    """A format of one file, and one of a folder; given anew by calling it with what is different."""

    def use(**more):
        chosen = made(request.param, **more)
        monkeypatch.setattr(exporters, "get_format", lambda _name: chosen)
        return chosen

    use()
    return use


@pytest.fixture
def place(tmp_path):
    """Where exports go: nothing but them may stay there."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def content(out):
    """All bytes of an export but those of its sidecar, by name."""
    files = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file() and path.name != IN_FOLDER]
    return {path.relative_to(out.parent).as_posix(): path.read_bytes() for path in files}


def about(out):
    return json.loads(sidecar_of(out, is_folder=out.is_dir()).read_text(encoding="utf-8"))


# what it gives and writes beside


def test_an_export_tells_what_was_written_lost_and_checked(lines, bench, place):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED, note="a note")
    result = export_project(bench.project, "lines", place / "out")
    assert result.written.words == "3 articles"
    assert [loss.what for loss in result.losses] == ["1 note", "2 claims over a line end"]
    assert result.checked.how == "Read again: 3 lines."
    assert list(result.losses) == foresee(bench.project, "lines")


def test_the_sidecar_tells_readers_what_they_have(lines, bench, place):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED, note="a note")
    out = place / "out"
    options = ExportOptions(
        decisions_only=True,
        whose=Whose.ONE,
        reviewer="Ada",
        anonymous=True,
        licence="CC-BY-4.0",
        choices={"colour": "blue"},
    )
    export_project(bench.project, "lines", out, options)
    found = about(out)
    assert (found["format"], found["title"], found["licence"]) == ("lines", "Lines", "CC-BY-4.0")
    assert found["made_with"] == f"Factdesk {__version__}"
    assert found["positions"] == "code points, end exclusive"
    assert found["holds"] == {"articles": 3}
    assert found["options"] == {
        "suggestions": "left out",
        "verdicts": "of reviewer 1",
        "reviewers": "anonymous",
        "texts": "included",
        "colour": "blue",
    }
    assert found["cannot_hold"] == ["1 note.", "2 claims over a line end. They are split."]
    assert found["changed_on_the_way"] == ["1 title was cut."]
    assert found["checked"] == "Read again: 3 lines."
    assert found["loads_with"] == "any editor"
    assert "Ada" not in json.dumps(found)


def test_the_sidecar_has_the_hash_of_every_file(lines, bench, place):
    out = place / "out"
    export_project(bench.project, "lines", out)
    hashes = about(out)["files"]
    if out.is_file():
        assert hashes == {"": hashlib.sha256(out.read_bytes()).hexdigest()}
    else:
        found = {name.removeprefix("out/"): data for name, data in content(out).items()}
        assert hashes == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
        assert len(hashes) == 3
        assert is_our_folder(out)


def test_a_word_for_one_and_for_several():
    assert Written(1, "claims").words == "1 claim"
    assert Written(1, "entries").words == "1 entry"
    assert Written(0, "lines").words == "0 lines"
    assert Written(1234, "entries").words == "1,234 entries"


def test_every_format_stands_in_the_table_of_the_documents():
    page = Path(__file__).parents[2].joinpath("docs", "export-format.md").read_text(encoding="utf-8")
    table = page[: page.index("\n## ")]
    for each in formats():
        line = next((row for row in table.splitlines() if row.startswith("|") and f"`{each.name}`" in row), "")
        assert line, each.name
        assert f"| {each.unit or 'none'} |" in line
        assert ("a folder" in line) == each.is_folder


# all or nothing


def older(bench, place):
    """An older export under the same name."""
    export_project(bench.project, "lines", place / "out")
    return place / "out", content(place / "out"), names(place)


def test_an_older_export_is_replaced_as_a_whole(lines, bench, place):
    out, before, listed = older(bench, place)
    export_project(bench.project, "lines", out, ExportOptions(choices={"colour": "blue"}))
    assert content(out) != before
    assert content(out).keys() == before.keys()
    assert names(place) == listed


def test_a_failed_check_puts_nothing_in_place(lines, bench, place):
    lines(check=lambda *_: Checked("", ("the 3rd quote is not at its place", "and more")))
    with pytest.raises(ExportCheckError, match="the 3rd quote is not at its place"):
        export_project(bench.project, "lines", place / "out")
    assert names(place) == []


def test_a_failed_check_leaves_the_older_export_untouched(lines, bench, place):
    out, before, listed = older(bench, place)
    lines(check=lambda *_: Checked("", ("wrong",)))
    with pytest.raises(ExportCheckError):
        export_project(bench.project, "lines", out, ExportOptions(choices={"colour": "blue"}))
    assert (content(out), names(place)) == (before, listed)


def test_a_stop_in_the_middle_leaves_the_older_export_untouched(lines, bench, place):
    out, before, listed = older(bench, place)
    asked = []

    def stopped():
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(StoppedError):
        export_project(bench.project, "lines", out, stopped=stopped)
    assert (content(out), names(place)) == (before, listed)


def test_an_exporter_that_breaks_leaves_nothing(lines, bench, place):
    def breaks(dataset, path, steps):
        write_lines(dataset, path, steps)
        raise ZeroDivisionError

    lines(write=breaks)
    with pytest.raises(ZeroDivisionError):
        export_project(bench.project, "lines", place / "out")
    assert names(place) == []


@pytest.mark.parametrize("where", ["write", "sync", "rename"])
def test_a_full_disk_leaves_the_older_export_and_is_told(lines, bench, place, monkeypatch, where):
    out, before, listed = older(bench, place)

    def full(*_arguments):
        raise OSError(28, os.strerror(28))

    if where == "write":
        lines(write=full)
    elif where == "sync":
        monkeypatch.setattr(atomic.os, "fsync", full)
    else:
        monkeypatch.setattr(atomic, "_take_place", full)
    with pytest.raises(StorageFullError, match="The disk is full"):
        export_project(bench.project, "lines", out)
    assert (content(out), names(place)) == (before, listed)


@contextmanager
def small_disk(folder, kilobytes):
    """A file system with this much room; only the superuser may make one."""
    options = f"size={kilobytes}k,mode=0777"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=False, capture_output=True
    )
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_really_full_disk_is_told_and_left_clean(lines, bench, tmp_path):
    def large(_dataset, path, _steps):
        with (path / "x" if path.is_dir() else path).open("wb") as file:
            file.write(b"x" * 1_000_000)
        return Written(1, "lines")

    lines(write=large)
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, 64) as is_small:
        if is_small:  # else this account may not mount: the test before has shown the same with a stand-in
            with pytest.raises(StorageFullError):
                export_project(bench.project, "lines", disk / "out")
            assert names(disk) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from factdesk.exchange.atomic import placed_whole
out, is_folder = Path(sys.argv[1]), sys.argv[2] == "folder"
with placed_whole(out, is_folder=is_folder) as part:
    (part / "x" if is_folder else part).write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_killed_process_leaves_no_export_under_the_name(place, kind):
    out = place / "out"
    child = subprocess.run([sys.executable, "-c", KILLED, out, kind], check=False)
    assert child.returncode == -signal.SIGKILL
    assert not out.exists()
    with placed_whole(out, is_folder=kind == "folder") as part:
        (part / "x" if kind == "folder" else part).write_text("whole")
    assert names(place) == ["out"]


def test_an_older_folder_comes_back_after_a_kill_between_two_names(place):
    out = place / "out"
    aside = place / ".out.old"
    aside.mkdir()
    (aside / "x").write_text("older")
    (place / ".out.part").mkdir()
    sweep(out)
    assert names(place) == ["out"]
    assert (out / "x").read_text() == "older"
    aside.mkdir()
    sweep(out)
    assert names(place) == ["out"]


def test_a_folder_that_cannot_take_its_name_leaves_the_older_one(place, monkeypatch):
    out = place / "out"
    with placed_whole(out, is_folder=True) as part:
        (part / "x").write_text("older")
    rename = atomic.Path.replace

    def fails(self, target):
        if self.name == ".out.part":
            raise OSError(5, os.strerror(5))
        return rename(self, target)

    monkeypatch.setattr(atomic.Path, "replace", fails)
    with pytest.raises(FactdeskError), placed_whole(out, is_folder=True) as part:
        (part / "x").write_text("newer")
    monkeypatch.undo()
    assert names(place) == ["out"]
    assert (out / "x").read_text() == "older"


# places and choices that are refused


def test_nothing_but_an_older_export_is_ever_replaced_by_a_folder(bench, place, monkeypatch):
    monkeypatch.setattr(exporters, "get_format", lambda _name: made(""))
    out = place / "out"
    out.write_text("a diary")
    with pytest.raises(FactdeskError, match="is a file"):
        export_project(bench.project, "lines", out)
    out.unlink()
    out.mkdir()
    (out / "diary.txt").write_text("dear")
    with pytest.raises(FactdeskError, match="holds other files"):
        export_project(bench.project, "lines", out)
    (out / IN_FOLDER).write_text('{"made_with": "Somebody"}')
    with pytest.raises(FactdeskError, match="holds other files"):
        export_project(bench.project, "lines", out)
    assert (out / "diary.txt").read_text() == "dear"


def test_a_file_never_replaces_a_folder_or_a_project(bench, place, monkeypatch):
    monkeypatch.setattr(exporters, "get_format", lambda _name: made(".lines"))
    with pytest.raises(FactdeskError, match="is a folder"):
        export_project(bench.project, "lines", place)
    with pytest.raises(FactdeskError, match="is a database"):
        export_project(bench.project, "lines", bench.path)
    with pytest.raises(FactdeskError, match="There is no folder"):
        export_project(bench.project, "lines", place / "no" / "out")


def test_a_part_of_a_library_that_is_missing_is_not_told_as_a_missing_folder(place):
    out = place / "out.docx"
    with pytest.raises(FactdeskError, match=r"template\.xml is missing"), placed_whole(out, is_folder=False):
        (place / "template.xml").read_text()
    assert not list(place.iterdir())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (ExportOptions(with_text=False), "makes no sense without the texts"),
        (ExportOptions(choices={"shape": "round"}), "has no option shape"),
        (ExportOptions(choices={"colour": "green"}), "“green” is no choice for colour"),
        (ExportOptions(anonymous=True), "cannot honour hiding reviewers' names"),
        (ExportOptions(claim_ids=frozenset({"x"})), "cannot honour a choice of claims"),
    ],
)
def test_choices_that_a_format_cannot_honour_are_refused(lines, bench, place, options, words):
    lines(ignores=frozenset({Choice.ANONYMOUS, Choice.CLAIMS}))
    with pytest.raises(FactdeskError, match=words):
        export_project(bench.project, "lines", place / "out", options)
    assert names(place) == []
