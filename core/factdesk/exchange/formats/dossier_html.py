"""A dossier as one HTML file: for reading in a browser, for sending, for printing."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factdesk.exchange.dataset import Dataset
from factdesk.exchange.dossier.check import missing_in, notes_of, quotes_of, titles_of
from factdesk.exchange.dossier.content import HOLDS, OPTIONS, README, build
from factdesk.exchange.dossier.page import pieces
from factdesk.exchange.dossier.size import expected_of_html
from factdesk.exchange.dossier.words import several
from factdesk.exchange.export_format import Checked, ExportFormat, Group, Written
from factdesk.exchange.progress import Steps

_REFERRING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "style")
_HARMLESS = ("#", "http://", "https://")
_WHOLE = ("p", "bdi", "h3")  # what a note or the name of a source may be all of
_ACTIVE = ("script", "iframe", "object", "embed", "form", "link", "img", "svg", "base", "video", "audio")


def write_dossier_html(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the page."""
    dossier = build(dataset, steps)
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for piece in pieces(dossier):
            file.write(piece)
            steps.step(min(1, steps.total - steps.done))
    return Written(len(dossier.entries), "claims", dossier.notes)


def check_dossier_html(dataset: Dataset, out: Path) -> Checked:
    """Parse it: every passage, note and source is there, and nothing that acts or fetches."""
    from lxml import etree, html

    tree: Any = html.document_fromstring(out.read_bytes(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    problems = [*_acting(tree), *_broken_links(tree)]
    said = {"".join(quote.itertext()).removesuffix("…") for quote in tree.iterfind(".//blockquote")}
    quotes = list(quotes_of(dataset))
    problems += [f"the passage “{quote[:60]}” is missing" for quote in quotes if quote not in said]
    whole = {"".join(element.itertext()).strip() for name in _WHOLE for element in tree.iterfind(f".//{name}")}
    missing = missing_in(whole, tree.text_content)
    problems += [f"the note “{note[:60]}” is missing" for note in missing(notes_of(dataset))]
    problems += [f"the source “{title[:60]}” is missing" for title in missing(titles_of(dataset))]
    words = f"{several(len(quotes), 'passage is', 'passages are')} those of the project, word for word"
    return Checked(
        f"Parsed with lxml {etree.__version__}: {words}; all links within the page lead somewhere; no script, nothing that acts, "
        "nothing that is fetched from elsewhere.",
        tuple(problems),
    )


def _acting(tree: Any) -> Iterator[str]:
    """Whatever would act, or be fetched, when the page is opened."""
    for name in _ACTIVE:
        if tree.find(f".//{name}") is not None:
            yield f"there is a <{name}>"
    for element in tree.iter():
        for name, value in element.items():
            if name.startswith("on") or name in _REFERRING or (name == "href" and not value.startswith(_HARMLESS)):
                yield f"<{element.tag}> has {name}={value[:40]!r}"


def _broken_links(tree: Any) -> Iterator[str]:
    names = Counter(tree.xpath("//@id"))
    yield from (f"{count} elements are called {name}" for name, count in names.items() if count > 1)
    for address in tree.xpath("//a/@href"):
        if address.startswith("#") and address[1:] not in names:
            yield f"a link leads nowhere: {address}"


EXPORT = ExportFormat(
    name="dossier-html",
    title="Dossier (HTML)",
    suffix=".html",
    group=Group.REPORT,
    description="A report for people who never saw Factdesk: claims, sources, verdicts and evidence on one page for any browser; "
    "prints well.",
    unit="code points",
    holds=HOLDS,
    write=write_dossier_html,
    check=check_dossier_html,
    options=OPTIONS,
    expects=expected_of_html,
    works_without_text=True,
    readme=README,
)
