"""What our child processes do first: yield to everything else, end with their parent, keep their answers clean."""

import contextlib
import ctypes
import math
import os
import signal
import sys
import time
from typing import BinaryIO

_NICENESS = 10
_PR_SET_PDEATHSIG = 1
_SHORT = 0.5  # seconds of work that are not worth a new allowance


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


class Allowance:
    """Processor time for the next piece of work; a process that uses it up is ended by the system.

    A thread or a timer of Python could not end it: a library that hangs may hold on to everything.
    """

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._renewed = -math.inf

    def renew(self) -> None:
        """A new piece of work begins; costs next to nothing when the last one was short."""
        used = time.process_time()
        if used - self._renewed < _SHORT or sys.platform == "win32":
            return
        self._renewed = used
        import resource  # noqa: PLC0415 - not on Windows

        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            wanted = math.ceil(used) + self._seconds
            resource.setrlimit(
                resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
            )


def ended_by_allowance(code: int | None) -> bool:
    """Whether a process that ended with this code had used its processor time up."""
    return sys.platform != "win32" and code == -signal.SIGXCPU


def _die_with_parent() -> None:
    """Asks Linux to end this process when its parent ends, however that happens."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it ended while we asked
        raise SystemExit(0)
