"""With web pages that a browser saved as one file."""

import base64
import quopri

import pytest

from factdesk.errors import ImportRefusedError
from pages import OPENING, PAGE, TEXT, page_of, read

HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: https://courier.example/orlen
Subject: =?utf-8?Q?Dam?=
Date: Wed, 18 Mar 2026 10:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";{more}
\tboundary="----B"

"""
STYLES = """------B
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable
Content-Location: cid:css@mhtml.blink

p { color: red }
"""


def saved(*parts, more="", end="\r\n"):
    whole = HEAD.replace("{more}", more).encode() + b"".join(parts) + STYLES.encode() + b"------B--\n"
    return whole.replace(b"\n", end.encode())


def part(page, coding="quoted-printable", heads="Content-Location: https://courier.example/orlen", kind="text/html"):
    body = quopri.encodestring(page) if coding == "quoted-printable" else base64.encodebytes(page)
    return f"------B\nContent-Type: {kind}\nContent-Transfer-Encoding: {coding}\n{heads}\n\n".encode() + body + b"\n"


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_page_in_it_is_read_with_its_address_and_time(coding, end):
    page = PAGE.replace('<link rel="canonical" href="https://courier.example/2026/03/18/orlen-dam">', "")
    data = saved(part(page.encode(), coding), end=end)
    reading = read("orlen.mhtml", data)
    assert reading.kind == "Saved web page (MHTML)"
    assert reading.article.text == TEXT
    assert reading.article.meta.url == "https://courier.example/orlen"
    assert reading.article.meta.published_at == "2026-03-18T07:45:00+01:00"
    assert reading.article.source.original is data
    assert reading.article.source.captured_at == "2026-03-18T09:30:00Z"
    assert reading.article.source.media_type == "multipart/related"


def test_the_encoding_of_the_envelope_counts():
    words = "Плотина прорвалась в воскресенье вечером, сообщил мэр города. " * 5
    page = f"<html><body><p>{words}</p></body></html>".encode("cp1251")
    reading = read("a.mht", saved(part(page, kind='text/html; charset="windows-1251"')))
    assert reading.article.text == words.strip()
    assert reading.article.source.encoding == "cp1251"


@pytest.mark.parametrize("more", ['\n\tstart="<main@x>";', ""])
def test_a_frame_is_not_taken_for_the_page(more):
    frame = part(page_of("A frame with an advertisement for shoes."), heads="Content-ID: <frame@x>")
    page = part(page_of(OPENING * 3), heads="Content-ID: <main@x>\nContent-Location: https://courier.example/orlen")
    assert OPENING in read("a.mhtml", saved(frame, page, more=more)).article.text


@pytest.mark.parametrize("data", [saved(), saved(part(b""))])
def test_a_file_without_a_page_is_refused(data):
    with pytest.raises(ImportRefusedError, match="holds no web page"):
        read("a.mhtml", data)


def test_a_page_that_is_cut_off_is_read_as_far_as_it_goes():
    data = saved(part(page_of(*[OPENING] * 3, "The end")))
    assert OPENING in read("a.mhtml", data[: data.index(b"The end")]).article.text
