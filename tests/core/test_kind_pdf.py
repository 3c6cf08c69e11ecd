"""PDF files become articles; scans, locked, broken and hostile ones are refused in bounded time."""

import re
import time
import zlib
from functools import cache

import pytest
import weasyprint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factdesk.errors import ImportRefusedError
from factdesk.exchange.importers import importer_for, read_source
from factdesk.exchange.kinds import pdf
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import Reading, SourceFile
from factdesk.text.normalise import is_normalised

SENTENCES = (
    "The extraordinarily complicated reconstruction of the embankment continued throughout Wednesday.",
    "Spokespersons representing neighbouring municipalities counted 240 households without electricity.",
    "State-of-the-art pumps, manufactured internationally, were delivered to the waterworks at Orlen.",
    "Nobody had anticipated such circumstances, said the superintendent of the laboratory.",
)


def paragraphs(count):
    """Invented paragraphs, each different from the others."""
    return [f"Number {index}. {' '.join(SENTENCES[: 2 + index % 3])}" for index in range(count)]


def printed(html, style, head=""):
    page = f"<html lang=en><head>{head}<style>{style}</style></head><body>{html}</body></html>"
    return weasyprint.HTML(string=page).write_pdf()


@cache
def newspaper():
    """Two columns with hyphens under a headline, a running header, page numbers, two pages."""
    style = """@page { size: A5; margin: 2cm; @top-left { content: 'The Orlen Echo' } @top-right { content: 'Page ' counter(page) } }
        body { font: 9pt/1.25 serif } h1 { font-size: 20pt; margin: 0 0 1em }
        div { columns: 2; column-gap: 6mm; text-align: justify; hyphens: auto } p { margin: 0; text-indent: 1em }"""
    body = "<h1>Dam at Orlen breaks after a night of rain</h1><div>" + "".join(
        f"<p>{each}</p>" for each in paragraphs(16)
    )
    return printed(body + "</div>", style, "<title>Echo template 7</title><meta name=author content='Mara Vell'>")


def read(data, name="dam.pdf"):
    file = SourceFile(name, data)
    (reading,) = read_source(file)
    assert isinstance(reading, Reading)
    assert reading.article.source.original is file.data
    return reading


def test_a_page_of_a_newspaper_becomes_paragraphs_without_its_hyphens_and_headers():
    reading = read(newspaper())
    assert reading.article.text.split("\n\n") == ["Dam at Orlen breaks after a night of rain", *paragraphs(16)]
    meta = reading.article.meta
    assert (meta.title, meta.byline, meta.language) == ("Dam at Orlen breaks after a night of rain", "Mara Vell", "en")
    assert meta.published_at == ""
    told = " ".join(reading.warnings)
    assert "“The Orlen Echo”" in told
    assert "Mara Vell" in told


def test_a_page_printed_by_a_browser_gives_its_address():
    style = """@page { size: letter; margin: 1.5cm; @top-left { content: '18/03/2026, 09:30'; font-size: 8pt }
        @bottom-left { content: 'https://echo.example/dam'; font-size: 8pt }
        @bottom-right { content: counter(page) '/' counter(pages); font-size: 8pt } }
        body { font: 12pt/1.5 sans-serif } p { margin: 1em 0 }"""
    reading = read(
        printed("".join(f"<p>{each}</p>" for each in paragraphs(12)), style, "<title>Dam breaks - Echo</title>")
    )
    assert reading.article.text.split("\n\n") == paragraphs(12)
    assert reading.article.meta.url == "https://echo.example/dam"
    assert reading.article.meta.title == "Dam breaks - Echo"


def test_ligatures_become_letters_and_other_signs_stay():
    text = read(
        printed("<p>The oﬃce ﬁnds the diﬀerence of ½ m² — 5 Ω and 25 ℃ — odd.</p>", "p { font: 12pt serif }")
    ).article.text
    assert text == "The office finds the difference of ½ m² — 5 Ω and 25 ℃ — odd."


def test_text_from_right_to_left_comes_in_the_order_in_which_it_is_read():
    hebrew = "הסכר ליד העיירה נשבר ביום ראשון אחרי לילה של גשם והמים עלו לגובה של 2 מטרים ברחוב הראשי"
    reading = read(printed(f"<p dir=rtl lang=he>{hebrew}</p>", "@page { size: A6 } p { font: 12pt sans-serif }"))
    assert reading.article.text == hebrew
    assert reading.article.meta.language == "he"


def test_a_turned_page_is_read_as_one_sees_it():
    words = " ".join(SENTENCES)
    for turn, matrix in (
        (90, b"0 1 -1 0 612 0"),
        (180, b"-1 0 0 -1 612 792"),
        (270, b"0 -1 1 0 0 792"),
        (0, b"0 1 -1 0 612 0"),
    ):
        assert (
            read(made([matrix + b" cm " + line_ops(words).replace(b"60 700", b"60 500")], turn=turn)).article.text
            == words
        )


def test_pages_without_text_are_told_and_a_scan_is_refused():
    drawn = [line_ops("The dam at Orlen held through the night."), b"", b"", line_ops("Then it broke."), b""]
    reading = read(made(drawn))
    assert "The dam at Orlen held" in reading.article.text
    assert any("Pages 2–3, 5 have no text" in warning for warning in reading.warnings)
    with pytest.raises(ImportRefusedError, match="scan") as refused:
        read(made([b"0 0 m 100 100 l S"] * 3))
    assert "OCR" in refused.value.hint


def test_content_counts_more_than_the_name():
    assert importer_for(SourceFile("dam.txt", newspaper())).name == "pdf"
    assert importer_for(SourceFile("dam.pdf", b"\r\nsent by a printer\r\n" + newspaper())).name == "pdf"
    assert importer_for(SourceFile("dam.txt", b"A file begins with %PDF-1.7 when it is one.")).name == "plain"
    with pytest.raises(ImportRefusedError, match=r"dam\.pdf"):
        importer_for(SourceFile("dam.pdf", b"just words"))


# made by hand -------------------------------------------------------------------------------------------------------


def line_ops(text):
    """Drawing operators for lines of Helvetica."""
    words, lines = text.split(), [""]
    for word in words:
        lines.append("") if len(lines[-1]) > 60 else None
        lines[-1] += word + " "
    shown = " ".join(f"({line.strip()}) Tj 0 -14 Td" for line in lines)
    return f"BT /F 12 Tf 60 700 Td {shown} ET".encode("latin-1")


def made(pages, *, turn=0, count=None, kids=None, more="", trailer="", packed=False, form=b"/X Do"):
    """A PDF with these contents; `kids` and `count` may lie."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
    numbers = []
    for index, content in enumerate(pages):
        page, stream = 10 + 2 * index, 11 + 2 * index
        numbers.append(page)
        objects[page] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate {turn}/Contents {stream} 0 R"
            f"/Resources<</Font<</F 3 0 R>>{more}>>>>"
        ).encode()
        data = zlib.compress(content, 9) if packed else content
        filters = "/Filter/FlateDecode" if packed else ""
        objects[stream] = f"<</Length {len(data)}{filters}>>stream\n".encode() + data + b"\nendstream"
    tree = kids or " ".join(f"{number} 0 R" for number in numbers)
    objects[2] = f"<</Type/Pages/Kids[{tree}]/Count {count or len(numbers)}>>".encode()
    objects[4] = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length %d>>stream\n%b\nendstream"
        % (len(form), form)
    )
    file = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj\n%b\nendobj\n" % (number, data) for number, data in sorted(objects.items())
    )
    return file + f"trailer<</Root 1 0 R/Size 99999 {trailer}>>\n%%EOF".encode()


LOCK = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<00><00>]"
TEXT = line_ops(" ".join(SENTENCES))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "broken"),
        (b"%PDF-1.7", "broken"),
        (made([TEXT], trailer=LOCK), "password"),
        (made([TEXT], count=10_000), "10,000 pages"),
        (made([TEXT], kids="2 0 R 2 0 R", count=900), "broken"),
        (made([b"/X Do"], more="/XObject<</X 4 0 R>>"), "scan"),
        (made([b"q " * 2_000_000], packed=True), "scan"),
    ],
    ids=["noise", "nothing", "locked", "many pages", "pages in a circle", "forms in a circle", "packed tightly"],
)
def test_what_cannot_be_read_is_refused_by_name_at_once(data, word):
    begun = time.process_time()
    with pytest.raises(ImportRefusedError, match=word) as refused:
        read(data)
    assert "“dam.pdf”" in refused.value.message
    assert refused.value.hint
    assert time.process_time() - begun < 10


def test_forms_that_draw_themselves_many_times_end_with_the_process_that_reads_them(tmp_path):
    path = tmp_path / "dam.pdf"
    path.write_bytes(made([b"/X Do"], more="/XObject<</X 4 0 R>>", form=b"/X Do " * 9))
    with FileProcess("read", seconds=2) as process, pytest.raises(ImportRefusedError, match=r"dam\.pdf"):
        list(process.read(path))


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.0)
    with pytest.raises(ImportRefusedError, match=r"1 of its 3 pages took") as refused:
        read(made([TEXT] * 3))
    assert "Print the pages" in refused.value.hint


def test_fifty_full_pages_are_read_in_bounded_time():
    page = b" ".join(
        line_ops(" ".join(SENTENCES)).replace(b"60 700", b"60 %d" % (740 - 70 * each)) for each in range(10)
    )
    begun = time.process_time()
    reading = read(made([page] * 50))
    assert len(reading.article.text) > 30_000
    assert time.process_time() - begun < 10


def test_letters_that_nobody_can_tell_are_refused_or_told():
    odd = "\ue000\ue001\ue002"
    words = read(printed(f"<p>The dam {odd} broke on Sunday night.</p>", "p { font: 12pt serif }"))
    assert any("3 characters cannot be told" in warning for warning in words.warnings)
    with pytest.raises(ImportRefusedError, match="cannot be told"):
        read(printed(f"<p>{odd * 20}</p>", "p { font: 12pt serif }"))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=8), st.booleans())
def test_whatever_is_damaged_gives_a_normalised_text_or_a_refusal(place, noise, cut):
    whole = made([TEXT] * 2)
    place %= len(whole)
    data = whole[:place] + noise + (b"" if cut else whole[place + len(noise) :])
    try:
        found = list(read_source(SourceFile("dam.pdf", b"%PDF-" + data)))
    except ImportRefusedError:
        return
    assert all(isinstance(each, Reading) and is_normalised(each.article.text) for each in found)


def test_no_word_of_the_newspaper_keeps_a_hyphen_of_its_line():
    known = set(re.findall(r"[\w-]+", " ".join([*SENTENCES, "Number Dam at Orlen breaks after a night of rain"])))
    known |= {str(number) for number in range(20)}
    assert set(re.findall(r"[\w-]+", read(newspaper()).article.text)) <= known
