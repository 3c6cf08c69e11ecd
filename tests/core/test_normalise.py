import pytest
from hypothesis import given

from factdesk.text.normalise import is_normalised, normalise
from unicode_texts import wild_texts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("a\0b", "a\ufffdb"),
        ("\ufeff\ufeffa\ufeffb", "a\ufeffb"),
        ("x\ud83dy\ude0az", "x\ufffdy\ufffdz"),
        ("\ud83d\ude0a", "😊"),
        ("\u00a0\x85\x0b\x0c\u200b\u00ad e\u0301 \u202e", "\u00a0\x85\x0b\x0c\u200b\u00ad e\u0301 \u202e"),
    ],
    ids=["line ends", "separators", "NUL", "byte order mark", "halves", "pair", "left alone"],
)
def test_normalise_changes_only_what_it_must(before, after):
    assert normalise(before) == after


@given(wild_texts)
def test_normalise_is_idempotent_and_its_result_can_be_stored(text):
    once = normalise(text)
    assert normalise(once) == once
    assert is_normalised(once)
    once.encode()
    assert not set(once) & set("\r\0\u2028\u2029")


@given(wild_texts)
def test_is_normalised_tells_whether_normalise_changes_anything(text):
    assert is_normalised(text) == (normalise(text) == text)
