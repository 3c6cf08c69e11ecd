"""The command `factdesk`: opens the window, or hands a subcommand to the core's command line."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from factdesk import __version__
from factdesk.cli.names import COMMANDS

NO_DISPLAY = 3
_USAGE = f"""\
Factdesk {__version__}: a desktop bench for checking facts by hand.

  factdesk [PROJECT]     opens the window, with a project if one is named
  factdesk view PROJECT  opens it for reading only; somebody else may work in it meanwhile
  factdesk demo          opens the window on the sample case
  factdesk COMMAND ...   works without a window: {", ".join(sorted(COMMANDS))}
  factdesk COMMAND --help
"""


def has_display() -> bool:
    """Whether a window can be shown: always where the system has one, else by the session's own variables."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def unsafe_binding() -> str:
    """Why the installed PySide6 must not be used, or "".

    PySide6 6.12.0 loses a reference to None with each void call on Python before 3.12 and aborts after some thousand
    of them, in the middle of the work; so it is refused at the start.
    """
    import PySide6  # noqa: PLC0415 - only the window needs it

    if PySide6.__version__ == "6.12.0" and sys.version_info < (3, 12):
        return (
            "PySide6 6.12.0 crashes on Python before 3.12. Install PySide6-Essentials 6.11.3 "
            "(./dev run does), or use Python 3.12 or newer."
        )
    return ""


def _open_window(project: Path | None, *, demo: bool = False, read_only: bool = False) -> int:
    if not has_display():
        sys.stderr.write(
            "Factdesk found no display to open its window on; these commands work without one: "
            f"factdesk {', '.join(sorted(COMMANDS))}.\n"
        )
        return NO_DISPLAY
    if problem := unsafe_binding():
        sys.stderr.write(problem + "\n")
        return 1
    from factdesk_gui.app import run  # noqa: PLC0415 - Qt loads only when a window is wanted

    return run(project, demo=demo, read_only=read_only)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    if first == "--worker":
        from factdesk.engine.worker import main as work  # noqa: PLC0415 - the child process, not the window

        return work()
    if first == "--exchange":
        from factdesk.exchange.process_main import main as exchange  # noqa: PLC0415 - a child process too

        return exchange(arguments[1:])
    if first in COMMANDS:
        from factdesk.cli import main as command_line  # noqa: PLC0415 - scripts only

        return command_line(arguments)
    if first == "--version":
        sys.stdout.write(f"factdesk {__version__}\n")
        return 0
    if first in {"-h", "--help"}:
        sys.stdout.write(_USAGE)
        return 0
    if first == "view" and len(arguments) == 2 and not arguments[1].startswith("-"):
        from factdesk.cli.lookup import project_path  # noqa: PLC0415 - its ending may be left out, as in all commands

        return _open_window(project_path(Path(arguments[1])), read_only=True)
    if first.startswith("-") or first == "view" or len(arguments) > 1:
        sys.stderr.write(_USAGE)
        return 2
    return _open_window(None if first in {"", "demo"} else Path(first), demo=first == "demo")


if __name__ == "__main__":
    sys.exit(main())
