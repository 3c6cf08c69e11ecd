import pytest
from hypothesis import given

from factdesk.model.spans import Span
from factdesk.text.units import Ruler, Unit, is_simple
from unicode_texts import texts_with_spans


def slice_of(text, unit, start, end):
    """What a program that counts in this unit finds there."""
    import regex

    if unit is Unit.UTF16:
        return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
    return "".join(regex.findall(r"\X", text)[start:end]) if unit is Unit.GRAPHEMES else text[start:end]


@pytest.mark.parametrize("unit", Unit)
@given(case=texts_with_spans())
def test_a_place_is_found_again_in_every_unit(unit, case):
    text, start, end = case
    ruler = Ruler(text, unit)
    measured = ruler.measured(Span(start, end))
    assert text[start:end] in slice_of(text, unit, *measured)
    back = ruler.span(*measured)
    assert back.of(text) == slice_of(text, unit, *measured)
    if unit is not Unit.GRAPHEMES:
        assert back == Span(start, end)


def test_units_differ_by_emoji_and_marks():
    text = "I like it 😊 in Berlin. 👩\u200d👩\u200d👧 e\u0301!"
    berlin = Span(text.index("Berlin"), text.index("Berlin") + 6)
    assert [Ruler(text, unit).measured(berlin) for unit in Unit] == [(15, 21), (16, 22), (15, 21)]
    assert [Ruler(text, unit).length for unit in Unit] == [32, 36, 27]
    assert not is_simple(text)
    assert is_simple("Füße")


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("place", [(-1, 2), (2, 2), (3, 2), (0, 99)])
def test_what_is_no_place_is_none(unit, place):
    assert Ruler("a😊b", unit).span(*place) is None
