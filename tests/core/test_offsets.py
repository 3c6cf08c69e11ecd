from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.text.offsets import Utf16Map, display, with_soft_breaks

NASTY = [
    "a", "Z", " ", "\n", "\t", "\r\n", "\r", "\0", "\xa0", "\u200b", "\u2028", "\u2029", "\ufeff", "\ufdd0", "\ufdd1",
    "\ufffc", "\uffff", "\ud83d", "\ude00", "é", "e\u0301", "א", "مرحبا", "漢", "\u200f", "\u202e", "😀", "🇺🇦",
    "👩‍👩‍👧", "👍🏽", "\U0010ffff",
]  # fmt: skip
nasty_texts = st.lists(st.sampled_from(NASTY), max_size=40).map("".join) | st.text(max_size=60)


def units_before(text: str, code_point: int) -> int:
    return len(text[:code_point].encode("utf-16-le", "surrogatepass")) // 2


@settings(max_examples=200)
@given(nasty_texts)
def test_every_position_converts_as_an_encoder_counts_it_and_back(text):
    shown = display(text)
    positions = Utf16Map(shown)
    for i in range(len(shown) + 1):
        assert positions.to_utf16(i) == units_before(shown, i)
        assert positions.to_code_point(positions.to_utf16(i)) == i


@settings(max_examples=200)
@given(nasty_texts)
def test_display_keeps_the_length_and_leaves_nothing_that_a_document_changes(text):
    shown = display(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\0\r\u2029\ufdd0\ufdd1")
    assert not shown.startswith("\ufeff")
    shown.encode()  # no lone surrogate


def test_display_gives_an_ordinary_text_back_as_it_is():
    text = "“Two hundred”, she said – naïve 😀.\n\u2028\xa0שלום"
    assert display(text) is text


def test_a_position_inside_a_surrogate_pair_is_the_start_of_the_pair():
    positions = Utf16Map("a😀b")
    assert [positions.to_code_point(u) for u in range(5)] == [0, 1, 1, 2, 3]


@given(st.integers(0, 9000), st.integers(1, 900))
def test_soft_breaks_only_turn_spaces_of_long_paragraphs_into_line_breaks(words, word_length):
    text = "Short one.\n" + " ".join(["x" * word_length] * (words * 10 // word_length)) + "\nend"
    shown = with_soft_breaks(text)
    assert len(shown) == len(text)
    assert all(a == b or (a == " " and b == "\n") for a, b in zip(text, shown, strict=True))
    assert max(map(len, shown.split("\n"))) <= 4000 + word_length + 1


def test_soft_breaks_leave_a_text_of_ordinary_paragraphs_alone():
    text = "A paragraph. " * 50 + "\n\n" + "Another one. " * 50
    assert with_soft_breaks(text) is text
