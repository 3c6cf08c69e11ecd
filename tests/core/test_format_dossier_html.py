"""The dossier as HTML: whole, readable without the program, and harmless whatever is in the project."""

import base64
import hashlib
import itertools
import json

import pytest
from lxml import html

from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.dossier.markup import address, is_web_address, tag
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats.dossier_html import check_dossier_html
from factdesk.exchange.progress import StoppedError
from factdesk.exchange.verification import earlier_fingerprint
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.cases import create_case, rename_case
from factdesk.ops.claims import add_claim, mark_claim, set_normalised
from factdesk.ops.evidence import add_source
from factdesk.store.fingerprint import START, fingerprint
from nasty_case import nasty_case

HOSTILE = '<script>alert(1)</script>" onmouseover="x" <img src=http://a.example/p.png> </style></title></head> ]]> -->'


def page(path):
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("html")
    case = nasty_case(folder)
    out = folder / "dossier.html"
    exported = export_project(case.project, "dossier-html", out, ExportOptions(whose=Whose.ALL))
    yield case, out, exported
    case.close()


def test_the_page_holds_every_passage_and_says_how_it_was_checked(made):
    case, out, exported = made
    assert exported.checked.problems == ()
    assert "word for word" in exported.checked.how
    quotes = {"".join(quote.itertext()) for quote in page(out).iterfind(".//blockquote")}
    for article in (case.ferry, case.evening, case.world, case.copy, case.market):
        assert {claim.quote for claim in case.claims(article, include_refused=False)} <= quotes


def test_headings_tables_landmarks_and_links_are_those_of_an_accessible_page(made):
    tree = page(made[1])
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for table in tree.iterfind(".//table"):
        assert table.findtext("caption")
        assert all(cell.get("scope") == "col" for cell in table.xpath("./thead//th"))
        assert all(cell.get("scope") == "row" for cell in table.xpath("./tbody//th"))
        assert all(len(row.xpath("./th|./td")) == len(table.xpath("./thead//th")) for row in table.xpath("./tbody/tr"))
    assert len(tree.xpath("//main")) == len(tree.xpath("//nav")) == len(tree.xpath("//header")) == 1
    assert tree.find("body")[0].get("href") == "#summary"
    assert tree.get("lang") == "en"
    assert tree.xpath("//blockquote[@dir='rtl']")


def test_the_style_sheet_is_the_only_thing_that_the_policy_allows(made):
    text = made[1].read_text("utf-8")
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page(made[1]).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert all(character.isprintable() or character == "\n" for character in style)
    assert "url(" not in style
    assert "@import" not in style


@pytest.fixture
def hostile(bench):
    """A project in which everything that people type is an attack."""
    bench.run(rename_case, bench.case, HOSTILE)
    text = f"First line. {HOSTILE} \x1b[2J\u202egnp.exe is what it says."
    new = NewArticle(
        text,
        ArticleMeta(HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", "", "en"),
        ArticleSource(text.encode(), name=HOSTILE),
    )
    article = bench.run(add_article, bench.case, new).created
    claim = bench.run(add_claim, article, Span(12, len(text))).created
    bench.run(mark_claim, claim, Verdict.DISPUTED, note=HOSTILE)
    for url in (
        "javascript:alert(1)",
        "data:text/html,<script>",
        "https://good.example/a?b=1&c=<2>",
        "file:///etc/hosts",
    ):
        bench.run(
            add_source, claim, EvidenceKind.URL, Stance.CONTEXT, url=url, quote=HOSTILE, note=HOSTILE, source=HOSTILE
        )
    bench.run(set_normalised, bench.claims()[0].id, HOSTILE)
    return bench


def test_nothing_that_is_typed_becomes_markup(hostile, tmp_path):
    out = tmp_path / "dossier.html"
    export_project(hostile.project, "dossier-html", out)
    tree = page(out)
    assert tree.xpath("//script|//img|//iframe|//form|//link|//base|//object") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert {href for href in tree.xpath("//a/@href") if not href.startswith("#")} == {
        "https://good.example/a?b=1&c=<2>"
    }
    assert "javascript:alert(1)" in tree.text_content()
    assert HOSTILE in tree.text_content()
    assert len(tree.xpath("//style")) == 1


def test_a_note_cannot_pretend_to_be_the_fingerprint(bench, tmp_path):
    forged = f'"><meta name="factdesk-history" content="factdesk-history-1:0:{START}">'
    bench.run(mark_claim, bench.claims()[0].id, Verdict.DISPUTED, note=forged)
    bench.run(create_case, forged)
    out = tmp_path / "dossier.html"
    export_project(bench.project, "dossier-html", out)
    noted = json.loads(out.with_name("dossier.html.about.json").read_text("utf-8"))["history"]["fingerprint"]
    out.with_name("dossier.html.about.json").unlink()
    assert str(earlier_fingerprint(out)) == str(fingerprint(bench.reader)) == noted


def test_the_check_finds_what_is_missing_and_what_acts(made, tmp_path):
    from factdesk.exchange.dataset import Dataset
    from factdesk.exchange.formats_known import get_format

    case, out, _ = made
    dataset = Dataset(case.reader, ExportOptions(), get_format("dossier-html"))
    broken = tmp_path / "broken.html"
    text = out.read_text("utf-8").replace("240 passengers and 12 crew were", "241 passengers and 12 crew were")
    text = text.replace("</main>", '<script></script><p onclick="x" id="summary"><a href="#nowhere">y</a></main>')
    broken.write_text(text, "utf-8")
    told = " ".join(check_dossier_html(dataset, broken).problems)
    for words in ("240 passengers and 12 crew", "<script>", "onclick", "called summary", "#nowhere"):
        assert words in told


def test_without_texts_the_page_has_places_and_hashes(bench, tmp_path):
    out = tmp_path / "dossier.html"
    export_project(bench.project, "dossier-html", out, ExportOptions(with_text=False))
    text = out.read_text("utf-8")
    assert "people were hurt" not in text
    assert hashlib.sha256(bench.claims()[0].quote.encode()).hexdigest() in text


def test_a_wide_case_stays_narrow_enough_for_a_page(bench, tmp_path):
    for number in range(10):
        bench.add(f"Paper {number} wrote this. It rained {number} days.", f"Paper {number}")
    out = tmp_path / "dossier.html"
    export_project(bench.project, "dossier-html", out)
    tables = page(out).findall(".//table")
    assert [len(table.xpath("./thead//th")) for table in tables] == [7, 7, 5]


def test_it_can_be_stopped_between_two_claims(bench, tmp_path):
    out = tmp_path / "dossier.html"
    with pytest.raises(StoppedError):
        export_project(bench.project, "dossier-html", out, stopped=lambda: True)
    assert list(tmp_path.glob("*.html*")) == []


@pytest.mark.parametrize(
    ("url", "is_link"),
    [("https://a.example/x", True), ("HTTP://a.example", True), ("javascript:alert(1)", False), ("//a.example", False),
     ("http://", False), (" https://a.example", False), ("https://a.example/\u202egnp", False), ("http://[::1", False),
     ("ftp://a.example", False), ("", False)],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links(url, is_link):
    assert is_web_address(url) is is_link
    assert address(url).startswith("<a " if is_link else "<code>")


def test_texts_are_escaped_and_markup_is_not():
    assert tag("p", "<b>", tag("i", '"&'), class_='"x') == '<p class="&quot;x">&lt;b&gt;<i>&quot;&amp;</i></p>'
