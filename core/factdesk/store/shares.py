"""Whether a project lies on another computer's disk, or in a folder that a program copies to other computers.

SQLite's write-ahead log needs memory that all who open the file share: over a network two programs do not see each other,
and a connection that breaks takes the newest decisions with it. A program that copies a folder cannot join what two
people decided; it keeps one file of two.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "auristorfs", "coda", "ceph", "davfs", "webdav"}
    | {"afpfs", "ftp", "gfs2", "ocfs2", "lustre", "beegfs", "glusterfs", "9p", "vboxsf", "prl_fs", "vmhgfs", "acfs"}
)
_REMOTE_FUSE = frozenset(
    {"sshfs", "gvfsd-fuse", "davfs2", "rclone", "s3fs", "curlftpfs", "smbnetfs", "glusterfs", "ceph", "vmhgfs-fuse"}
    | {"kio-fuse", "goofys", "gcsfuse", "juicefs", "onedriver", "google-drive-ocamlfuse"}
)
_CLOUDS = (  # name, how a folder of it is called, or what lies in it
    ("Dropbox", re.compile(r"Dropbox( \(.+\))?"), ".dropbox"),
    ("OneDrive", re.compile(r"OneDrive( - .+)?"), ""),
    ("Google Drive", re.compile(r"Google ?Drive|GoogleDrive-.+|My Drive"), ""),
    ("iCloud", re.compile(r"Mobile Documents|iCloud ?Drive"), ""),
    ("Nextcloud", re.compile(r"Nextcloud"), ".sync_"),
    ("ownCloud", re.compile(r"ownCloud"), ""),
    ("Syncthing", re.compile(r"Syncthing"), ".stfolder"),
)
_REMOTE_DRIVE = 4  # what Windows calls one
_MOUNTED = re.compile(r"^.* on (?P<place>/.*) \((?P<kind>[\w.]+)")
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Share:
    """Where a project lies that is not on this computer alone: what may happen, and what to do."""

    is_network: bool
    name: str  # of the file system, or of the program that copies the folder
    message: str
    hint: str


def share_of(path: Path) -> Share | None:
    """The share on which a project lies; None for a folder of this computer. May wait for a slow network."""
    try:
        real = path.resolve()
    except OSError:
        real = path.absolute()
    kind = _network_kind(real)
    if kind:
        return _network(path, kind)
    program = cloud_of(real)
    return _cloud(path, program) if program else None


def kind_in_mountinfo(text: str, path: PurePath) -> str:
    """The kind of the file system that holds a path, in the words of Linux' table of mounts."""
    best, kind = 0, ""
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) > 4 and right:
            place = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4])
            length = _depth(path, place)
            if length >= best:  # of two at one place the later lies on top
                best, kind = length, right.split(" ")[0]
    if best == 1 and kind == "9p":  # the whole disk of a container or a small machine
        return ""
    return kind


def kind_in_mounts(text: str, path: PurePath) -> str:
    """The same in the words of the program `mount` of macOS."""
    best, kind = 0, ""
    for line in text.splitlines():
        found = _MOUNTED.match(line)
        if found and (length := _depth(path, found["place"])) >= best:
            best, kind = length, found["kind"]
    return kind


def is_remote(kind: str) -> bool:
    """Whether a kind of file system reaches another computer, or the one around a virtual machine."""
    name = kind.casefold()
    return name in _REMOTE or (name.startswith("fuse.") and name.removeprefix("fuse.") in _REMOTE_FUSE)


def is_remote_on_windows(path: PureWindowsPath, drive_type: int) -> bool:
    """Whether a path begins with the name of another computer, or with the letter of a network drive."""
    drive = path.drive
    if drive.startswith("\\\\"):
        rest = drive[2:].casefold()
        return not rest.startswith(("?\\", ".\\")) or rest.startswith("?\\unc")
    return drive_type == _REMOTE_DRIVE


def cloud_of(path: Path) -> str:
    """The program that copies one of the folders above a path to other computers; "" for none that is known."""
    for folder in path.parents:
        for program, called, holds in _CLOUDS:
            if called.fullmatch(folder.name) or (holds and _holds(folder, holds)):
                return program
    return ""


def _network_kind(path: Path) -> str:
    if sys.platform == "win32":
        return "network" if is_remote_on_windows(PureWindowsPath(path), _drive_type(path.drive)) else ""
    try:
        if sys.platform == "darwin":
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
            kind = kind_in_mounts(listed, path)
        else:
            kind = kind_in_mountinfo(_MOUNTS.read_text("utf-8", "replace"), path)
    except (OSError, subprocess.SubprocessError):
        return ""  # a system that does not tell
    return kind if is_remote(kind) else ""


def _drive_type(drive: str) -> int:
    import ctypes  # noqa: PLC0415 - on Windows only

    ask = getattr(ctypes, "windll", None)
    return int(ask.kernel32.GetDriveTypeW(f"{drive}\\")) if ask is not None else 0


def _depth(path: PurePath, place: str) -> int:
    """How many folders deep a mount lies above a path; -1 for one that does not hold it."""
    mount = type(path)(place)
    return len(mount.parts) if mount == path or mount in path.parents else -1


def _holds(folder: Path, name: str) -> bool:
    try:
        return (folder / name).exists() if not name.endswith("_") else any(folder.glob(f"{name}*.db"))
    except OSError:
        return False


def _network(path: Path, kind: str) -> Share:
    return Share(
        is_network=True,
        name=kind,
        message=f"{path} lies on a network drive ({kind}).",
        hint="Two programs that write there at once do not see each other and can damage the project, and when the connection "
        "breaks, the last decisions may be lost. Save a copy on this computer and work in that; put it back when nobody has "
        "the project open.",
    )


def _cloud(path: Path, program: str) -> Share:
    return Share(
        is_network=False,
        name=program,
        message=f"{path} lies in a folder that {program} copies to other computers.",
        hint=f"Never have it open on two computers at once: {program} would keep only one of the two. Close it here and wait "
        "until it is copied before it is opened elsewhere.",
    )
