"""With web pages."""

import socket
import time

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.readings import ReadOptions
from factdesk.text.normalise import is_normalised
from pages import ENGINEERS, MAYOR, OPENING, PAGE, TEXT, TITLE, page_of, read

LONG = (OPENING, MAYOR, ENGINEERS)


def test_the_article_of_an_untidy_page_is_read_without_what_stands_around_it():
    data = PAGE.encode()
    reading = read("orlen.html", data)
    article = reading.article
    assert article.text == TEXT
    assert article.meta.title == TITLE
    assert article.meta.publisher == "The Valley Courier"
    assert article.meta.byline == "Ilka Brandt, T. O’Hara"
    assert article.meta.url == "https://courier.example/2026/03/18/orlen-dam"
    assert article.meta.published_at == "2026-03-18T07:45:00+01:00"
    assert article.meta.language == "en-GB"
    assert article.source.original is data
    assert article.source.media_type == "text/html"
    assert reading.kind == "Web page"
    assert reading.confident
    assert not reading.warnings


def test_nothing_is_fetched_and_no_script_runs(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was touched")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = (
        '<base href="http://127.0.0.1:9/"><link rel=canonical href="http://127.0.0.1:9/a"><link rel=stylesheet href="x.css">'
        '<script src="http://127.0.0.1:9/x.js"></script><meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">'
    )
    page = page_of(*LONG, '<img src="http://127.0.0.1:9/x.png"><iframe src="http://127.0.0.1:9/"></iframe>', head=head)
    strange = b'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page
    assert OPENING in read("a.html", page).article.text
    assert "root:" not in read("a.html", strange.replace(b"the wall", b"&x;")).article.text


def test_a_page_without_words_about_itself_has_its_title_and_a_guess_at_its_language():
    meta = read("a.html", page_of(*LONG, title="Dam breaks", head="<title>Dam breaks » Courier</title>")).article.meta
    assert (meta.title, meta.publisher, meta.byline, meta.url, meta.language) == ("Dam breaks", "", "", "", "en")


def test_the_shown_headline_stands_first_once():
    text = read(
        "a.html", page_of(*LONG, title="Dam breaks", head="<meta property=og:title content='Dam breaks!'>")
    ).article.text
    assert text.startswith(f"Dam breaks\n\n{OPENING}")
    assert text.count("Dam breaks") == 1


@pytest.mark.parametrize(
    ("head", "expected", "doubt"),
    [
        ('<meta property="article:published_time" content="2026-03-18T06:45:00Z">', "2026-03-18T06:45:00Z", ""),
        ('<meta name="date" content="18.03.2026">', "2026-03-18", ""),
        ('<meta name="pubdate" content="Wed, 18 Mar 2026 07:45:00 +0100">', "2026-03-18T07:45:00+01:00", ""),
        ('<meta itemprop="datePublished" content="March 18, 2026">', "2026-03-18", ""),
        ('<meta name="parsely-pub-date" content="1773816300">', "2026-03-18T06:45:00Z", ""),
        ('<meta name="date" content="2026-03-18T00:00:00+00:00">', "2026-03-18", ""),
        ('<meta property="article:modified_time" content="2026-03-19T06:45:00Z">', "", ""),
        ('<link rel="canonical" href="https://a.example/2026/03/18/dam">', "2026-03-18", "guessed from the address"),
        (
            '<link rel="canonical" href="https://a.example/news/dam-20260318-x">',
            "2026-03-18",
            "guessed from the address",
        ),
        (
            '<meta name="date" content="2026-03-18"><meta name="pubdate" content="2026-02-01T07:00:00Z">',
            "2026-02-01T07:00:00Z",
            "two dates of publication",
        ),
    ],
)
def test_the_date_is_as_precise_as_the_page_and_doubts_are_told(head, expected, doubt):
    reading = read("a.html", page_of(*LONG, head=head))
    assert reading.article.meta.published_at == expected
    assert (doubt in " ".join(reading.warnings)) if doubt else not reading.warnings


def test_a_date_that_is_only_shown_is_a_guess():
    reading = read("a.html", page_of("<time datetime='2026-03-18T07:45+01:00'>Wednesday</time>", *LONG))
    assert reading.article.meta.published_at == "2026-03-18T07:45:00+01:00"
    assert "guessed from a time that the page shows" in reading.warnings[0]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta name="author" content="By Ilka  Brandt">', "", "Ilka Brandt"),
        ("", '<div class="article__byline">By Ilka Brandt | 18 March 2026</div>', "Ilka Brandt"),
        ("", '<span itemprop="author"><span itemprop="name">Ilka Brandt</span></span>', "Ilka Brandt"),
        ("", '<div class="comment"><span class="comment-author">waterrat</span></div>', ""),
        ('<meta property="article:author" content="https://social.example/courier">', "", ""),
    ],
)
def test_the_byline_is_a_name_or_nothing(head, body, expected):
    assert read("a.html", page_of(body, *LONG, head=head)).article.meta.byline == expected


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0033)https://courier.example/orlen-dam -->",
        (
            "<!--\n Page saved with SingleFile \n url: https://courier.example/orlen-dam \n"
            " saved date: Wed Mar 18 2026 10:30:00 GMT+0100 (Central European Standard Time)\n-->"
        ),
    ],
)
def test_a_saved_page_knows_its_address(comment):
    article = read("a.html", comment.encode() + page_of(*LONG)).article
    assert article.meta.url == "https://courier.example/orlen-dam"
    assert article.meta.publisher == "courier.example"
    assert article.source.captured_at == ("2026-03-18T09:30:00Z" if "SingleFile" in comment else "")


def test_an_address_that_only_names_the_site_is_not_the_article_s():
    head = '<link rel=canonical href="https://courier.example/"><meta property=og:url content="https://courier.example/dam">'
    assert read("a.html", page_of(*LONG, head=head)).article.meta.url == "https://courier.example/dam"
    assert read("a.html", page_of(*LONG), address="javascript:x").article.meta.url == ""


CYRILLIC = "Плотина прорвалась в воскресенье вечером, и жителей верхнего города отвезли в школу, сообщил мэр. " * 4


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (f'<html><meta charset="windows-1251"><p>{CYRILLIC}'.encode("cp1251"), "cp1251"),
        (
            f'<html><meta http-equiv=Content-Type content="text/html; charset=koi8-r"><p>{CYRILLIC}'.encode("koi8_r"),
            "koi8-r",
        ),
        (f'<?xml version="1.0" encoding="windows-1251"?><html><p>{CYRILLIC}'.encode("cp1251"), "cp1251"),
        (f'<html><meta charset="windows-1251"><p>{CYRILLIC}'.encode(), "utf-8"),
        (f'<html><meta charset="no-such-thing"><p>{CYRILLIC}'.encode(), "utf-8"),
        (f"\ufeff<html><meta charset=latin1><p>{CYRILLIC}".encode("utf-16-le"), "utf-16-le"),
        (f"<html><p>{CYRILLIC}".encode("cp1251"), "cp1251"),
    ],
)
def test_the_encoding_is_the_declared_one_unless_the_bytes_speak_against_it(data, encoding):
    article = read("a.html", data).article
    assert article.text.startswith("Плотина прорвалась")
    assert article.source.encoding == encoding
    assert article.meta.language == "ru"


def test_the_reviewer_s_encoding_wins_and_characters_that_fail_are_counted():
    data = f'<html><meta charset="windows-1251"><p>{CYRILLIC}'.encode("cp1251")
    assert read("a.html", data, ReadOptions("koi8_r")).article.source.encoding == "koi8-r"
    reading = read("a.html", data, ReadOptions("utf-8"))
    assert reading.replaced
    assert any("could not be read in this encoding" in each for each in reading.warnings)


def test_pages_of_other_scripts_keep_their_words():
    japanese = (
        "ダムは日曜日の夜に決壊し、二百四十人が上の町の学校に避難したと当局者は述べた。町長は警告はなかったと話した。"
        * 3
    )
    reading = read(
        "ja.html",
        page_of(japanese).decode().replace("<meta charset=utf-8>", "<meta charset=Shift_JIS>").encode("cp932"),
    )
    assert (reading.article.text, reading.article.meta.language) == (japanese, "ja")
    arabic = "انهار السد فوق المدينة ليلة الأحد بعد أسبوع من المطر، ونقل مئات الأشخاص إلى مدرسة في البلدة العليا. " * 3
    reading = read("ar.html", page_of(arabic).replace(b"<html>", b'<html dir="rtl" lang="en">'))
    assert reading.article.text == arabic.strip()
    assert reading.article.meta.language == "ar"
    assert any("calls its language “en”" in each for each in reading.warnings)


def test_lists_tables_breaks_and_verbatim_text_keep_their_lines():
    table = "<table><tr><th>Place<th>Rise</tr><tr><td>Orlen</td><td>2 m</td></tr></table>"
    verbatim = "<pre>Orlen  2.0\nTarn   1.5</pre>"
    numbered = "<ol><li>First the road.</li><li>Then the bridge.<ul><li>Its rail too.</li></ul></li></ol>"
    broken = "One line<br>and the next<br><br>and a paragraph"
    inside = "<p>At <time>10:30</time> it fell, <q>like a train</q>, she said.</p>"
    text = read(
        "a.html", page_of(OPENING, f"{MAYOR}{table}{numbered}", broken, f"{verbatim}{inside}", ENGINEERS)
    ).article.text
    assert "Place | Rise\nOrlen | 2 m" in text
    assert "1. First the road.\n2. Then the bridge.\n- Its rail too." in text
    assert "One line\nand the next\n\nand a paragraph" in text
    assert "Orlen  2.0\nTarn   1.5" in text
    assert "At 10:30 it fell, “like a train”, she said." in text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (page_of("The dam broke."), "Little text"),
        (page_of(*LONG, "To continue reading this article, subscribe today."), "asks to subscribe"),
        (page_of(*LONG, head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'),
         "asks to subscribe"),
        (page_of(*LONG, *LONG, "</article><article>", *LONG[::-1], *LONG[::-1]), "several articles"),
        (b"<html>" + b"<div>" * 400 + OPENING.encode(), "nested deeper"),
        (b"<html>" + f"<p>{OPENING}</p>".encode() * 21_000, "too large or too deeply nested"),
    ],
)  # fmt: skip
def test_doubts_about_the_text_are_told(page, words):
    reading = read("a.html", page)
    assert any(words in each for each in reading.warnings)
    assert all(each.endswith(".") for each in reading.warnings)


def test_a_text_that_only_search_engines_get_is_taken_with_a_warning():
    schema = f'{{"@type":"NewsArticle","articleBody":"{OPENING}\\n{ENGINEERS}\\n{MAYOR}"}}'
    page = page_of("Loading", head=f'<script type="application/ld+json">{schema}</script>')
    reading = read("a.html", page)
    assert reading.article.text == f"{OPENING}\n\n{ENGINEERS}\n\n{MAYOR}"
    assert "search engines" in reading.warnings[0]


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><script>x</script></body></html>",
        b"<html><img src=x.png></html>",
        b"<html></html>",
        b"<html>\0\0\0",
    ],
)
def test_a_page_without_text_is_refused(page):
    with pytest.raises(ImportRefusedError, match=r"empty\.html"):
        read("empty.html", page)


HOSTILE = {
    "nested": "<html>" + "<div>" * 100_000 + OPENING,
    "unclosed": "<html>" + "<p><b><i>" * 10_000 + OPENING,
    "line": "<html><p>" + "word " * 2_100_000,
    "lists": "<html>" + ("<ul><li>x" * 9 + "</ul>" * 9) * 300 + OPENING,
    "comments": "<html>" + OPENING + "<!--" * 50_000,
    "scripts": "<html>" + OPENING + "<script " * 50_000,
    "schema": "<html><script type=application/ld+json>" + "[" * 100_000 + "</script><p>" + OPENING,
    "spaces": "<html><title>" + " - " * 100_000 + "</title><p>" + OPENING,
    "picture": "<html><img src='data:image/png;base64," + "x" * 12_000_000 + "'><p>" + OPENING,
    "controls": "<html><p>" + "\x01\x0b\x0c\ufffe&#0;&#12;&#xD800;&#xFFFF;&#99999999;<pre>\x0c</pre>" * 1000 + OPENING,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_ends_soon_with_its_text(page):
    started = time.process_time()
    article = read("hostile.html", page.encode()).article
    assert is_normalised(article.text)
    assert len(article.meta.title) <= 300
    assert time.process_time() - started < 10


def test_controls_written_as_numbers_do_not_lose_the_text():
    assert read("a.html", page_of(OPENING.replace("week", "we&#1;ek&#x0c;"), MAYOR, ENGINEERS)).warnings == ()


def test_a_piece_of_a_page_is_read_too():
    assert read("a.html", f"<p class=x>{OPENING}</p>".encode()).article.text == OPENING


def test_a_page_of_nothing_but_tags_is_refused():
    with pytest.raises(ImportRefusedError, match="far more than an article"):
        read("table.html", b"<html><table>" + b"<tr><td>1<td>2</tr>" * 150_000)
