"""Where a project lies: a network drive and a folder that is copied elsewhere are told, this computer's disk is not."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from builders import Bench
from factdesk.cli import main
from factdesk.store import shares
from factdesk.store.shares import cloud_of, is_remote, is_remote_on_windows, kind_in_mountinfo, kind_in_mounts, share_of

MOUNTINFO = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /home rw - btrfs /dev/sdb1 rw
41 22 0:50 / /srv/desk rw - nfs4 server:/desk rw,vers=4.2
42 30 0:51 / /home/reader/News\040room rw shared:7 - cifs //server/news rw
43 30 0:52 / /home/reader/far rw - fuse.sshfs ada@far: rw
44 41 0:53 / /srv/desk/local rw - xfs /dev/sdc1 rw
45 30 0:54 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
46 30 0:55 / /home/reader/vault rw - fuse.gocryptfs /home/reader/.vault rw
47 30 0:56 / /mnt/twice rw - nfs a:/b rw
48 30 0:57 / /mnt/twice rw - ext4 /dev/sdd1 rw
"""
MOUNTS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ada@server/news on /Volumes/news (on air) (smbfs, nodev, nosuid, mounted by ada)
map auto_home on /home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        ("/srv/desk/bridge.factdesk", "nfs4", True),
        ("/srv/desk/local/bridge.factdesk", "xfs", False),
        ("/srv/deskless/bridge.factdesk", "ext4", False),
        ("/home/reader/News room/a/bridge.factdesk", "cifs", True),
        ("/home/reader/far/bridge.factdesk", "fuse.sshfs", True),
        ("/home/reader/vault/bridge.factdesk", "fuse.gocryptfs", False),
        ("/home/reader/bridge.factdesk", "btrfs", False),
        ("/run/user/1000/gvfs/smb-share:server=s,share=t/bridge.factdesk", "fuse.gvfsd-fuse", True),
        ("/mnt/twice/bridge.factdesk", "ext4", False),
    ],
)
def test_the_table_of_mounts_says_on_what_a_path_lies(path, kind, remote):
    found = kind_in_mountinfo(MOUNTINFO, PurePosixPath(path))
    assert (found, is_remote(found)) == (kind, remote)


def test_a_table_of_mounts_that_is_none_says_nothing():
    for text in ("", "nonsense", " - \n - nfs", "1 2 3 4 - nfs x", "1 1 0:1 / /elsewhere rw - nfs x"):
        assert kind_in_mountinfo(text, PurePosixPath("/a/b")) == ""


def test_the_disk_of_a_container_is_its_own():
    table = "1 1 0:1 / / rw - 9p none rw\n2 1 0:2 / /mnt/host rw - 9p drvfs rw\n"
    assert kind_in_mountinfo(table, PurePosixPath("/desk/bridge.factdesk")) == ""
    assert kind_in_mountinfo(table, PurePosixPath("/mnt/host/bridge.factdesk")) == "9p"


def test_what_macos_lists_says_it_too():
    assert kind_in_mounts(MOUNTS, PurePosixPath("/Volumes/news (on air)/bridge.factdesk")) == "smbfs"
    assert kind_in_mounts(MOUNTS, PurePosixPath("/Users/ada/bridge.factdesk")) == "apfs"
    assert is_remote("smbfs")
    assert not is_remote("apfs")


@pytest.mark.parametrize(
    ("path", "drive_type", "remote"),
    [
        (r"\\server\news\bridge.factdesk", 0, True),
        (r"\\?\UNC\server\news\bridge.factdesk", 0, True),
        (r"\\?\C:\bridge.factdesk", 3, False),
        (r"C:\Users\ada\bridge.factdesk", 3, False),
        (r"Z:\bridge.factdesk", 4, True),
    ],
)
def test_names_of_computers_and_network_drives_are_known_on_windows(path, drive_type, remote):
    assert is_remote_on_windows(PureWindowsPath(path), drive_type) is remote


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/desk", "Dropbox"),
        ("Dropbox (Newsroom)", "Dropbox"),
        ("OneDrive - The Daily/desk", "OneDrive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Dropboxes", ""),
        ("news", ""),
    ],
)
def test_folders_that_programs_copy_elsewhere_are_known_by_their_names(tmp_path, folder, program):
    assert cloud_of(tmp_path / folder / "bridge.factdesk") == program


@pytest.mark.parametrize(
    ("marker", "program"), [(".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".sync_1a.db", "Nextcloud")]
)
def test_folders_that_programs_copy_elsewhere_are_known_by_what_lies_in_them(tmp_path, marker, program):
    (tmp_path / "news").mkdir()
    (tmp_path / marker).touch()
    assert cloud_of(tmp_path / "news" / "bridge.factdesk") == program


def test_this_computer_is_no_share_and_a_link_to_one_is(tmp_path, monkeypatch):
    assert share_of(tmp_path / "bridge.factdesk") is None
    far, table = tmp_path / "far", tmp_path / "mountinfo"
    far.mkdir()
    (tmp_path / "near.factdesk").symlink_to(far / "bridge.factdesk")
    table.write_text(f"1 1 0:1 / / rw - ext4 /dev/sda rw\n2 1 0:2 / {far.resolve()} rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(shares, "_MOUNTS", table)
    found = share_of(tmp_path / "near.factdesk")
    assert found.is_network
    assert "near.factdesk lies on a network drive (nfs4)" in found.message
    assert "Save a copy on this computer" in found.hint
    assert share_of(tmp_path / "bridge.factdesk") is None


def test_a_system_that_tells_nothing_is_no_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "_MOUNTS", Path("/nowhere/at/all"))
    assert share_of(tmp_path / "bridge.factdesk") is None


def test_commands_say_that_a_project_lies_on_a_network_drive(tmp_path, monkeypatch, capsys):
    bench = Bench.copy(tmp_path / "bridge.factdesk")
    bench.close()
    table = tmp_path / "mountinfo"
    table.write_text(f"1 1 0:1 / {tmp_path.resolve()} rw - smb3 //server/news rw\n")
    monkeypatch.setattr(shares, "_MOUNTS", table)
    for command in ("check", "undo"):
        main([command, str(bench.path)])
        told = capsys.readouterr()
        assert "network drive (smb3)" in told.err
        assert "network" not in told.out
