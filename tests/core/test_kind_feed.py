"""With feeds that were saved."""

import socket
import time

import pytest

from factdesk.errors import ImportRefusedError
from pages import ENGINEERS, MAYOR, OPENING, found_in, parts

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Valley Courier</title><language>en-gb</language><link>https://courier.example/</link>
<atom:link rel="self" href="https://courier.example/rss"/>
<item><title>Dam &amp;amp; bridge at&nbsp;Orlen break</title><link>https://courier.example/1</link>
<pubDate>Wed, 18 Mar 2026 07:45:00 +0100</pubDate><dc:creator><![CDATA[Ilka Brandt]]></dc:creator>
<description>The dam above Orlen…</description><media:title>A picture</media:title><media:description>Not this.</media:description>
<content:encoded><![CDATA[<p>{OPENING}</p><ul><li>{MAYOR}</li></ul><script>x()</script>]]></content:encoded></item>
<item><title>Bridge to be rebuilt</title><guid isPermaLink="true">https://courier.example/2</guid>
<author>petra@courier.example (Petra Lind)</author>
<description>The council &lt;b&gt;wants&lt;/b&gt; a new bridge [&#8230;]</description></item>
<item><title>Only a title</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Talbote</title><author><name>Redaktion</name></author>
<entry><title type="html">Damm &lt;b&gt;bricht&lt;/b&gt;</title><link rel="enclosure" href="https://talbote.example/a.mp3"/>
<link href="https://talbote.example/a"/><published>2026-03-18T07:45:00+01:00</published><updated>2026-03-19T07:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Damm brach.</p><p>{OPENING}</p></div></content></entry>
<entry><title>Später</title><updated>2026-03-19T07:00:00Z</updated><summary type="text">1 &lt; 2 in Orlen</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old Courier</title></channel>
<item rdf:about="https://old.example/1"><title>Dam</title><description>It broke.</description><dc:date>2026-03-18</dc:date>
</item></rdf:RDF>"""


def read_all(text, name="news.xml"):
    return parts(found_in(name, text if isinstance(text, bytes) else text.encode()))


def test_every_entry_of_rss_is_an_article_with_its_own_bytes():
    (first, second), bad = read_all(RSS)
    article = first.article
    assert article.text == f"Dam & bridge at\xa0Orlen break\n\n{OPENING}\n\n- {MAYOR}".replace("\xa0", " ")
    assert article.meta.title == "Dam & bridge at Orlen break"
    assert article.meta.publisher == "The Valley Courier"
    assert article.meta.byline == "Ilka Brandt"
    assert article.meta.url == "https://courier.example/1"
    assert article.meta.published_at == "2026-03-18T07:45:00+01:00"
    assert article.meta.language == "en-GB"
    assert (first.place, first.kind, first.warnings) == ("entry 1", "Feed (RSS, Atom)", ())
    assert article.source.original.startswith(b"<item")
    assert OPENING.encode() in article.source.original
    assert b"Bridge to be rebuilt" not in article.source.original
    assert second.article.text == "Bridge to be rebuilt\n\nThe council wants a new bridge […]"
    assert (second.article.meta.url, second.article.meta.byline) == ("https://courier.example/2", "Petra Lind")
    assert "only a summary" in second.warnings[0]
    assert [(each.place, each.reason) for each in bad] == [("entry 3", "it holds no text (“Only a title”)")]


def test_atom_and_rdf_are_read_too():
    (first, second), bad = read_all(ATOM, "feed.atom")
    assert first.article.text == f"Damm bricht\n\nDer Damm brach.\n\n{OPENING}"
    meta = first.article.meta
    assert (meta.publisher, meta.byline, meta.language) == ("Talbote", "Redaktion", "de")
    assert (meta.url, meta.published_at) == ("https://talbote.example/a", "2026-03-18T07:45:00+01:00")
    assert second.article.text == "Später\n\n1 < 2 in Orlen"
    assert any("last change" in each for each in second.warnings)
    (only,), _ = read_all(RDF, "old.rdf")
    assert (only.article.meta.url, only.article.meta.published_at) == ("https://old.example/1", "2026-03-18")
    assert not bad


def test_a_feed_that_is_cut_off_gives_what_is_whole_and_says_so():
    readings, bad = read_all(RSS[: RSS.index("<description>The council")])
    assert len(readings) == 1
    assert bad[-1].place == "after entry 2"


def test_slips_of_a_feed_do_no_harm():
    sloppy = RSS.replace("Bridge to be", "Tarn & Orlen: <br> bridge to be").replace("utf-8", "iso-8859-1")
    readings, bad = read_all(sloppy.encode("latin-1", "xmlcharrefreplace"))
    assert len(readings) == 2
    assert len(bad) == 1
    assert "Tarn & Orlen" in readings[1].article.meta.title


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
DANGEROUS = {
    "laughs": f'<!DOCTYPE rss [<!ENTITY a0 "ha">{BOMB}]><rss><channel><item><title>&a11;</title></item></channel></rss>',
    "hidden": f'<!DOCTYPE lolz [<!ENTITY a0 "ha">{BOMB}]><rss><channel><item><title>&a11;</title></item></channel></rss>',
    "external": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    "remote": '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><rss><channel><item/></channel></rss>',
    "deep": "<rss><channel><item><description>" + "<b>" * 100_000 + OPENING,
    "empty": "<rss><channel></channel></rss>",
    "many": "<rss><channel>" + "<item/>" * 1_100_000,
}


@pytest.mark.parametrize("text", DANGEROUS.values(), ids=DANGEROUS)
def test_a_hostile_feed_is_refused_soon_and_nothing_is_fetched(text, monkeypatch):
    def refuse(*args):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    started = time.process_time()
    with pytest.raises(ImportRefusedError, match="news"):
        read_all(text)
    assert time.process_time() - started < 10


def test_an_address_is_no_feed_to_fetch():
    assert found_in("feed.txt", b"https://127.0.0.1:9/feed.xml is where the letters come from, they say.")
    with pytest.raises(ImportRefusedError):
        found_in("feed.xml", b"https://127.0.0.1:9/feed.xml")


def test_the_longer_of_summary_and_text_counts_as_the_text():
    text = ATOM.replace("<summary", f"<content type='text'>{ENGINEERS}</content><summary")
    assert read_all(text)[0][1].article.text == f"Später\n\n{ENGINEERS}"
