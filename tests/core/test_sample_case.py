"""The sample case stays as untidy as real articles are, so that it keeps showing what must not go wrong."""

import re
import unicodedata
from datetime import date

import pytest

from factdesk_resources.samples import sample_case

CASE = sample_case()
BYTES = {article.file: article.read_bytes() for article in CASE.articles}
TEXTS = {article.file: BYTES[article.file].decode(article.encoding) for article in CASE.articles}
ALL = "\n".join(TEXTS.values())


def test_there_are_five_articles_of_five_publishers():
    assert CASE.name
    assert len(CASE.articles) == len({article.publisher for article in CASE.articles}) == 5
    assert len({article.path for article in CASE.articles}) == 5


@pytest.mark.parametrize("article", CASE.articles, ids=lambda article: article.file)
def test_article_has_its_particulars(article):
    assert article.path.read_bytes() == BYTES[article.file]
    assert article.title
    assert article.language == "en"
    assert date.fromisoformat(article.published_at[:10]).year == 2024
    assert re.match(r"https://[a-z]+\.example\.(org|com|net)/", article.url)
    assert 350 <= len(TEXTS[article.file].split()) <= 900


def test_names_come_in_several_spellings():
    for spellings in (("Daniil Vereshko", "Danylo Vereshko", "Daniil Wereshko"), ("Tesvin", "Teszvin")):
        assert all(spelling in ALL for spelling in spellings)


def test_numbers_and_dates_differ_between_articles():
    assert "About 250 people" in TEXTS["courier.txt"]
    assert "Some 200 residents" in TEXTS["northern-wire.txt"]
    assert "dated February 12" in TEXTS["courier.txt"]
    assert "sent on February 21" in TEXTS["lantern.txt"]


def test_one_article_leaves_the_warning_out():
    silent = [name for name, text in TEXTS.items() if "letter" not in text and "warned" not in text]
    assert silent == ["northern-wire.txt"]


def test_headline_and_paragraphs_are_doubled():
    paragraphs = TEXTS["lantern.txt"].split("\n\n")
    assert paragraphs[0] == paragraphs[1] == CASE.articles[2].title
    stems = [paragraph.rstrip(".") for paragraph in paragraphs]
    assert len(stems) - len(set(stems)) >= 3


def test_line_ends_and_encodings_differ():
    assert b"\r\n" in BYTES["northern-wire.txt"]
    with pytest.raises(UnicodeDecodeError):
        BYTES["courier.txt"].decode("utf-8")


def test_marks_and_characters_that_shift_offsets_are_there():
    assert "\u200d" in ALL  # joined emoji
    assert any(ord(character) > 0xFFFF for character in ALL)
    assert "\u00a0" in ALL
    assert any(unicodedata.combining(character) for character in ALL)
    assert "„" in ALL
    assert "“" in ALL
    assert "‘" in ALL


def test_navigation_lists_and_credits_are_there():
    assert "\nExplore more\n" in ALL
    assert "\nContent\n- " in ALL
    assert "/Courier Pictures\n" in ALL


def test_one_article_breaks_off_in_mid_sentence():
    assert re.search(r"[a-z]$", TEXTS["ledger.txt"])


def test_a_quotation_runs_over_two_paragraphs():
    assert re.search(r"“[^”]+\n\n“[^”]+”", TEXTS["dorvania-today.txt"])
