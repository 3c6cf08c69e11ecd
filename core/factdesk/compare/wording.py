"""What two claims word differently, shown word by word."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from factdesk.compare.sequences import common_in_order
from factdesk.compare.tokens import Token, tokens_of, words_of
from factdesk.model.spans import Span

_ISLAND = 4  # words in common that weigh no more than this, between words that differ, are no resting place for the eye
_HEAVY = 3  # from this weight on a word that moved is worth telling


@dataclass(frozen=True, slots=True)
class Diff:
    """Spans of each text that the other lacks; what is merely elsewhere in the other is told apart.

    Where `share` is low almost everything differs: then the words in common are the ones to show.
    """

    a_spans: tuple[Span, ...] = ()
    b_spans: tuple[Span, ...] = ()
    a_moved: tuple[Span, ...] = ()
    b_moved: tuple[Span, ...] = ()
    a_shared: tuple[Span, ...] = ()
    b_shared: tuple[Span, ...] = ()
    share: float = 1.0  # of the words of both, by what they say: the part that both have, 0 to 1

    @property
    def is_empty(self) -> bool:
        """Whether both say the same words in the same order."""
        return not (self.a_spans or self.b_spans or self.a_moved or self.b_moved)


def word_diff(a: str, b: str, *, exact: bool = False) -> Diff:
    """How two wordings differ, for people.

    Case, quotation marks, punctuation, possessives and commas in numbers count only if `exact`.
    """
    words_a, words_b = (tokens_of(a), tokens_of(b)) if exact else (words_of(a), words_of(b))
    keys_a, keys_b = _keys(words_a, exact=exact), _keys(words_b, exact=exact)
    pairs = common_in_order(keys_a, keys_b, [word.weight for word in words_a])
    left_a, left_b = {i for i, _ in pairs}, {j for _, j in pairs}
    moved_a, moved_b = _moved(keys_a, keys_b, left_a, left_b)
    return Diff(
        _marked(words_a, left_a | moved_a),
        _marked(words_b, left_b | moved_b),
        _runs(words_a, moved_a),
        _runs(words_b, moved_b),
        _runs(words_a, left_a | moved_a),
        _runs(words_b, left_b | moved_b),
        likeness(a, b),
    )


def _keys(words: Sequence[Token], *, exact: bool) -> list[str]:
    return [word.text if exact else word.key for word in words]


def _moved(
    keys_a: Sequence[str], keys_b: Sequence[str], same_a: set[int], same_b: set[int]
) -> tuple[set[int], set[int]]:
    """Words without a partner in order that the other text has elsewhere."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(len(keys_b) - 1, -1, -1):
        if place not in same_b:
            places[keys_b[place]].append(place)
    moved_a, moved_b = set(), set()
    for place, key in enumerate(keys_a):
        if place not in same_a and places.get(key):
            moved_a.add(place)
            moved_b.add(places[key].pop())
    return moved_a, moved_b


def _marked(words: Sequence[Token], plain: set[int]) -> tuple[Span, ...]:
    """The words that are not plain, as few spans: what is between two of them and says little goes with them."""
    spans: list[Span] = []
    island, last = 0, -1
    for place, word in enumerate(words):
        if place in plain:
            island += word.weight
            continue
        if spans and (place - last == 1 or island <= _ISLAND):
            spans[-1] = Span(spans[-1].start, word.end)
        else:
            spans.append(Span(word.start, word.end))
        island, last = 0, place
    return tuple(spans)


def _runs(words: Sequence[Token], chosen: set[int]) -> tuple[Span, ...]:
    """Neighbouring chosen words as one span; runs that say little are left out."""
    spans: list[Span] = []
    numbered = [(place, words[place]) for place in sorted(chosen)]
    for _, group in groupby(enumerate(numbered), key=lambda item: item[1][0] - item[0]):
        run = [word for _, (_, word) in group]
        if any(word.weight >= _HEAVY for word in run):
            spans.append(Span(run[0].start, run[-1].end))
    return tuple(spans)


def likeness(a: str, b: str) -> float:
    """How alike two wordings are, 0 to 1: the weight of the words in common, wherever they stand."""
    words_a, words_b = words_of(a), words_of(b)
    bag_a, bag_b = Counter(word.key for word in words_a), Counter(word.key for word in words_b)
    weights = {word.key: word.weight for word in (*words_a, *words_b)}
    total = sum(count * weights[key] for key, count in (bag_a + bag_b).items())
    shared = sum(count * weights[key] for key, count in (bag_a & bag_b).items())
    return 2 * shared / total if total else float(a == b)
