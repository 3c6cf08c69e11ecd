"""Targets of guided fuzzing for texts: bytes that become text, values and dates in it."""

import contextlib
from itertools import pairwise
from pathlib import Path

from factdesk.compare.dates import in_words, is_date, moment
from factdesk.compare.values import comparable, same_value
from factdesk.errors import FactdeskError
from factdesk.exchange.importers import from_pasted
from factdesk.model.spans import Span
from factdesk.nlp.values import values_in
from factdesk.text.decode import decode
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import is_normalised, normalise
from factdesk.text.offsets import Utf16Map
from fuzz_targets import Target, refused_well

_SENTENCES = (
    "About 240 people, some 12.5 per cent, were taken to 3 schools on 18 March 2026 at 04:50; €1.2 million was lost.",
    "“Zwölf Männer” — at least two dozen, by Tuesday, 5 km away, −3 °C, half past seven, 2026-03-18T09:30:00+01:00.",
    "More than 1,000 or 1 000 homes; between 5 and 7 p.m. yesterday; $3bn; 1/2; ½; a hundred and one; 3 May 2031.",
)


def target_of(name: str, _folder: Path) -> Target:
    """One of the targets by its name."""
    plain = tuple(each.encode() for each in _SENTENCES)
    dates = (b"2026", b"2026-03", b"2026-03-18", b"2026-03-18T09:30:00Z", b"2026-03-18T09:30:00+14:00", b"0001-01-01")
    wide = tuple(text.encode(name) for text in _SENTENCES for name in ("utf-16", "utf-32-be", "utf-8-sig"))
    found = {
        "text": Target(_text, plain + wide),
        "values": Target(_values, plain),
        "dates": Target(_dates, tuple(first + b"\0" + second for first, second in pairwise(dates))),
    }
    return found[name]


def _text(data: bytes) -> None:
    """Bytes become text, or are refused by name; normal text stays as it is, and positions can be counted both ways."""
    decoded = None
    try:
        decoded = decode(data, name="“any.txt”")
    except FactdeskError as error:
        refused_well(error, "any.txt")
    text = normalise(decoded.text if decoded is not None else _any_text(data))
    assert is_normalised(text)
    assert normalise(text) == text
    text.encode("utf-8")
    places = Utf16Map(text)
    for place in {0, len(text) // 2, len(text)}:
        assert places.to_code_point(places.to_utf16(place)) == place
    find_headline(text)
    guess_language(text)
    with contextlib.suppress(FactdeskError):
        assert is_normalised(from_pasted(text).text)


def _any_text(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")  # half surrogates, as JSON and some clipboards have them
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _values(data: bytes) -> None:
    """What a text states stands where it is said to stand, in order, and is like itself."""
    text = normalise(data.decode("utf-8", "replace"))
    found = values_in(text, published="2026-03-18")
    for value in found:
        assert 0 <= value.span.start < value.span.end <= len(text)
        assert same_value(value, value) or not comparable(value, value)
    for first, second in pairwise(found):
        assert first.span.end <= second.span.start
        assert same_value(first, second) == same_value(second, first)
    moved = values_in(text, 1000, published="2026-03-18")
    assert [Span(each.span.start - 1000, each.span.end - 1000) for each in moved] == [each.span for each in found]


def _dates(data: bytes) -> None:
    """Two dates: each is understood or not, and neither is before and after the other."""
    first, second = (each.decode("utf-8", "replace") for each in data.partition(b"\0")[::2])
    a, b = moment(first), moment(second)
    assert (a is not None) == is_date(first)
    in_words(first)
    if a is not None:
        assert a.first <= a.last
    if a is not None and b is not None:
        assert not (a.is_after(b) and b.is_after(a))
        assert a.days_after(b) >= 0
        assert not (a.days_after(b) and b.days_after(a))
