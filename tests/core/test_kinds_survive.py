"""Any bytes at all, given to the kinds that people get from strangers."""

import contextlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factdesk.errors import ImportRefusedError
from factdesk.exchange.importers import importers
from factdesk.exchange.readings import BadPart, ReadOptions, SourceFile
from factdesk.text.normalise import is_normalised
from pages import PAGE

NAMES = ("html", "mhtml", "mail", "feed", "epub", "markdown")
_PIECES = st.sampled_from(
    [
        *(
            "<html>",
            "<p>",
            "</p>",
            "<div hidden>",
            "<ul><li>",
            "<ol reversed>",
            "<table><tr><td>",
            "<br><br>",
            "<pre> a\n  b",
            "<q>",
        ),
        *(
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<time datetime='2026-13-99'>",
            "<article>",
            "<h1>x</h1>",
        ),
        *(
            "<meta charset=utf-16>",
            "<meta property=og:title content='&#0;\ud800 a'>",
            "<base href='http://[x'>",
            "<title>a - b | c",
        ),
        *(
            "<link rel=canonical href='http://[::1'>",
            '<script type="application/ld+json">{"@type":["NewsArticle"],"author":[{}, 1]}</script>',
        ),
        *(
            "From: a@b\n",
            "Subject: =?x?Q?=ZZ?=\n",
            "Date: 99\n",
            "Content-Type: multipart/mixed; boundary=b\n",
            "\n--b\n",
            "\n\n",
        ),
        *(
            "Content-Type: text/html; charset*=x''%ff\n",
            "Content-Transfer-Encoding: base64\n",
            "From x 2026\nA: b\n",
            "=3D=\n",
            "_\n",
        ),
        *(
            "<rss>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<channel>",
            "<item>",
            "<entry>",
            "<title>",
            "<description>",
            "</item>",
        ),
        *(
            "---\ntitle: x\n---\n",
            "# ",
            "- ",
            "> ",
            "```",
            "|a|b|\n|-|-|\n",
            "[x](",
            "![",
            "**",
            "1. ",
            "&nbsp;",
            "&#xD800;",
            "&#1;",
        ),
        *(
            "\0",
            "\r",
            "\r\n",
            "\x0b",
            "\x1f",
            "\x85",
            "\u2028",
            "\ufeff",
            "\ufffe",
            "\ue000",
            "\xad",
            "\ud83d",
            "😊",
            "é",
            "ש",
            "ダム",
        ),
        *("The dam broke. ", "subscribe to read", "Read more: x"),
    ]
)
texts = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=30).map("".join)
encoded = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "replace")),
    texts.map(lambda text: text.encode("utf-16", "replace")),
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=200),
    st.integers(0, len(PAGE)).map(lambda end: PAGE.encode()[:end]),
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=encoded, encoding=st.sampled_from([None, None, None, "utf-8", "cp1251", "utf-16"]))
@example(data=b"\x0b", encoding=None)
@example(data=b"<link rel=canonical href='http://[::1'>", encoding=None)
@example(data=b"From: a@b\nContent-Type: text/html; charset*=x''%ff\n\n\xff", encoding=None)
def test_any_bytes_are_read_or_refused_by_name(name, data, encoding):
    kind = next(each for each in importers() if each.name == name)
    file = SourceFile(f"any{min(kind.suffixes)}", data, "2026-03-18T09:30:00Z")
    found = []
    with contextlib.suppress(ImportRefusedError):
        found += kind.read(file, ReadOptions(encoding))
    for each in found:
        if isinstance(each, BadPart):
            assert each.place
            continue
        assert each.article.text.strip()
        assert is_normalised(each.article.text)
        assert each.article.source.original
        for value in (each.article.meta.title, each.article.meta.byline, each.article.meta.publisher):
            assert len(value) <= 300
            assert value == " ".join(value.split())
            assert value.isprintable() or not value.isascii()
        assert all(sentence[-1] == "." for sentence in each.warnings)
