"""Where the characters of a text as a file has it stand in its stored form."""

import re
from bisect import bisect_right
from collections.abc import Callable

_DROPPED = re.compile("^\ufeff+|\r(?=\n)")


def moved(raw: str) -> Callable[[int], int]:
    """Gives the position in `normalise(raw)` of a position in `raw`; both count code points.

    A text that was decoded from bytes or JSON holds no surrogate pairs as two code points, which this does not know.
    """
    dropped = [place for match in _DROPPED.finditer(raw) for place in range(match.start(), match.end())]

    def position(index: int) -> int:
        return index - bisect_right(dropped, index - 1)

    return position
