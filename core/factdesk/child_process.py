"""What our child processes do first: yield to everything else, end with their parent, keep their answers clean."""

import contextlib
import ctypes
import os
import signal
import sys
from typing import BinaryIO

_NICENESS = 10
_PR_SET_PDEATHSIG = 1


def settle_in() -> BinaryIO:
    """Makes this process a good child; gives the stream for its answers.

    What a library prints goes to the error output from now on, so that it cannot garble the answers.
    """
    _die_with_parent()
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def limit_resources(memory: int) -> None:
    """Refuses more than so many bytes of memory, core dumps and the writing of files, where the system can do that."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _die_with_parent() -> None:
    """Asks Linux to end this process when its parent ends, however that happens."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it ended while we asked
        raise SystemExit(0)
