from hypothesis import given

from factdesk.text.moved import moved
from factdesk.text.normalise import normalise
from unicode_texts import texts


@given(texts)
def test_every_character_that_stays_is_found_where_it_stands_now(raw):
    position, text = moved(raw), normalise(raw)
    assert position(len(raw)) == len(text)
    for index, character in enumerate(raw):
        if character not in "\r\n\u2028\u2029\0\ufeff":
            assert text[position(index)] == character


def test_line_ends_and_a_mark_in_front_are_counted_out():
    raw = "\ufeffone\r\ntwo\rthree"
    position = moved(raw)
    assert [position(raw.index(word)) for word in ("one", "two", "three")] == [0, 4, 8]
    assert position(4) == 3
