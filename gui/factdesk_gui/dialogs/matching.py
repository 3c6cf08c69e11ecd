"""Finds names by a few of their letters, in order."""

_START = 8  # a letter that begins a word
_FOLLOWS = 5  # a letter right after the one before, in a run that began with a word
_INSIDE = 1.5  # the same in a run that began inside a word
_HIT = 1
_GAP = 0.05  # per letter skipped, so that shorter and earlier matches win


def _fold(text: str) -> str:
    folded = text.casefold()
    return folded if len(folded) == len(text) else text.lower()


def match(query: str, text: str) -> tuple[float, tuple[int, ...]] | None:
    """How well a text answers a query, and which letters do it; None when it does not.

    Blanks in the query may stand for anything between two parts, so "sup cl" finds "Selection supports the claim".
    """
    wanted = "".join(_fold(query).split())
    if not wanted:
        return 0.0, ()
    found = _fold(text)
    if len(found) != len(text) or not _is_in_order(wanted, found):
        return None
    best: tuple[float, tuple[int, ...]] | None = None
    start = found.find(wanted[0])
    while start >= 0:
        path = _walk(wanted, found, start)
        if path is None:
            break
        score = _score(path, found)
        if best is None or score > best[0]:
            best = (score, path)
        start = found.find(wanted[0], start + 1)
    return best


def _is_in_order(wanted: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in wanted)


def _walk(wanted: str, text: str, start: int) -> tuple[int, ...] | None:
    """From a first letter on: the next letter itself, else the beginning of a later word, else the nearest."""
    path = [start]
    for letter in wanted[1:]:
        after = path[-1] + 1
        if text[after : after + 1] == letter:
            path.append(after)
            continue
        nearest = text.find(letter, after)
        if nearest < 0:
            return None
        word = nearest
        while word >= 0 and not _begins_word(text, word):
            word = text.find(letter, word + 1)
        path.append(word if word >= 0 and _is_in_order(wanted[len(path) + 1 :], text[word + 1 :]) else nearest)
    return tuple(path)


def _begins_word(text: str, index: int) -> bool:
    return index == 0 or not text[index - 1].isalnum()


def _score(path: tuple[int, ...], text: str) -> float:
    score, follows = 0.0, _INSIDE
    for place, index in enumerate(path):
        begins = _begins_word(text, index)
        score += _HIT + (_START if begins else 0)
        if place and path[place - 1] == index - 1:
            score += follows
        else:
            follows = _FOLLOWS if begins else _INSIDE
    return score - _GAP * (path[-1] - len(path) + 1) - _GAP * (len(text) - path[-1]) / 4
