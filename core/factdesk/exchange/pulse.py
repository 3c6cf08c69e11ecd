"""Signs of life from inside of a file: whoever reads one for long tells where in it they are.

The child process listens (see `process_main`): each sign gives the next piece of work its own share of processor time,
and says where it was when a file has to be given up. Elsewhere nobody listens.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listeners: list[Callable[[str], None]] = []
_outer: list[str] = []


def at(place: str) -> None:
    """Work begins at this place: “page 3”."""
    for listener in _listeners:
        listener(" › ".join((*_outer, place)))


@contextmanager
def inside(place: str) -> Iterator[None]:
    """Work begins at this place, and all places that are told meanwhile lie in it."""
    at(place)
    _outer.append(place)
    try:
        yield
    finally:
        _outer.pop()


@contextmanager
def listening(listener: Callable[[str], None]) -> Iterator[None]:
    """The listener is told of all signs meanwhile."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
