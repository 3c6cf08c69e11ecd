"""With electronic books."""

import io
import zipfile

import pytest

from factdesk.errors import ImportRefusedError
from pages import ENGINEERS, MAYOR, OPENING, found_in, parts

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
OPF = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>The Dam Report</dc:title><dc:creator>Ilka Brandt</dc:creator><dc:publisher>Valley Press</dc:publisher>
<dc:date>2026-03-18</dc:date><dc:language>en-GB</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="c1" href="text/one%20half.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="style.css" media-type="text/css"/></manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="c2"/><itemref idref="c1"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
<li><a href="text/two.xhtml#start">The night</a></li></ol></nav></body></html>"""


def chapter(*paragraphs, heading="The wall"):
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:9/x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h2>{heading}</h2>{body}</body></html>"""


FILES = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": OPF,
    "OEBPS/nav.xhtml": NAV,
    "OEBPS/cover.xhtml": "<html><body><img src='cover.jpg'/>The Dam Report</body></html>",
    "OEBPS/text/one half.xhtml": chapter(MAYOR, ENGINEERS),
    "OEBPS/text/two.xhtml": chapter(OPENING, MAYOR, heading="II"),
}


def book(**changed):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in (FILES | changed).items():
            if text is not None:
                archive.writestr(name, text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def test_chapters_are_articles_in_reading_order():
    (first, second), bad = parts(found_in("dam.epub", book()))
    assert not bad
    assert first.article.text == f"II\n\n{OPENING}\n\n{MAYOR}"
    assert (first.place, second.place) == ("The night", "The wall")
    meta = first.article.meta
    assert (meta.title, meta.byline, meta.publisher) == ("The Dam Report: The night", "Ilka Brandt", "Valley Press")
    assert (meta.published_at, meta.language) == ("2026-03-18", "en-GB")
    assert second.article.text == f"The wall\n\n{MAYOR}\n\n{ENGINEERS}"
    assert second.article.source.original == FILES["OEBPS/text/one half.xhtml"].encode()
    assert second.kind == "Electronic book (EPUB)"


def test_the_contents_of_an_older_book_name_its_chapters():
    ncx = """<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://127.0.0.1:9/ncx.dtd">
    <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Morning</text></navLabel>
    <content src="text/two.xhtml"/></navPoint></navMap></ncx>"""
    opf = OPF.replace("</manifest>", '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>')
    found = found_in("dam.epub", book(**{"OEBPS/toc.ncx": ncx, "OEBPS/book.opf": opf, "OEBPS/nav.xhtml": None}))
    assert parts(found)[0][0].article.meta.title == "The Dam Report: Morning"


def test_a_chapter_that_is_missing_or_broken_is_told():
    readings, bad = parts(found_in("dam.epub", book(**{"OEBPS/text/two.xhtml": None})))
    assert [each.place for each in readings] == ["The wall"]
    assert [(each.place, each.reason) for each in bad] == [("The night", "it is not in the file")]


def test_a_locked_book_is_refused():
    locks = "".join(
        f'<enc:CipherReference URI="{name}"/>'
        for name in ("OEBPS/text/two.xhtml", "OEBPS/text/one%20half.xhtml", "OEBPS/cover.xhtml")
    )
    rights = f'<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#">{locks}</encryption>'
    with pytest.raises(ImportRefusedError, match="locked against copying"):
        found_in("dam.epub", book(**{"META-INF/encryption.xml": rights}))


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip" + b"x" * 100, "cannot be unpacked"),
        (book(**{"META-INF/container.xml": None, "OEBPS/book.opf": None}), "no list of its chapters"),
        (
            book(**{"META-INF/container.xml": BOMB + CONTAINER[21:], "OEBPS/book.opf": BOMB + OPF[21:]}),
            "no list of its chapters",
        ),
        (book(**{"OEBPS/text/two.xhtml": " " * 20_000_000}), "more tightly than any text"),
        (
            book(**{"OEBPS/book.opf": OPF.replace("<spine>", "<spine/><other>").replace("</spine>", "</other>")}),
            "no chapter with text",
        ),
    ],
    ids=["torn", "no list", "bomb", "packed", "no spine"],
)
def test_a_broken_or_hostile_book_is_refused(data, words):
    with pytest.raises(ImportRefusedError, match=words):
        found_in("dam.epub", data)
