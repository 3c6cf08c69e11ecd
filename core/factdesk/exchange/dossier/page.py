"""A dossier as one HTML page that needs nothing else: no script, no picture, no font, nothing from elsewhere."""

import base64
import hashlib
from collections.abc import Iterator

from factdesk.exchange.dossier.blocks import claim, facts, legend, points, source, table, tile, words
from factdesk.exchange.dossier.markup import NOTHING, Content, Markup, tag, together
from factdesk.exchange.dossier.style import STYLE
from factdesk.exchange.dossier.values import Dossier, Pair, Part
from factdesk.exchange.dossier.words import shorten
from factdesk.exchange.verification import META

_LISTED = 80  # claims named one by one in the table of contents; of more the table tells
_IN_CONTENTS = 110


def pieces(dossier: Dossier) -> Iterator[str]:
    """The page in pieces, one for each claim at least, so that a large one can be written step by step."""
    yield _head(dossier)
    yield from _front(dossier)
    many = len(dossier.parts) > 1
    for number, part in enumerate(dossier.parts, 1):
        yield from _part(part, f"-{number}" if many else "", f": {part.title}" if many else "")
    yield _section("sources", "Sources", together(source(each) for each in dossier.sources), class_="big")
    yield _section("proof", "How to check this dossier", facts(dossier.proof))
    yield _section("glossary", "What the words mean", words(dossier.glossary))
    yield "</main>"
    yield tag("footer", tag("p", dossier.facts[-1][1] if dossier.facts else "", class_="small soft"))
    yield "</body>\n</html>\n"


def _head(dossier: Dossier) -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        + "\n".join(
            [
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
                tag("meta", name="referrer", content="no-referrer"),
                tag("meta", name="generator", content=dossier.proof[0][1]),
                tag("meta", name="author", content=dossier.author),
                tag("meta", name="description", content=dossier.subtitle),
                tag("meta", name="keywords", content=dossier.fingerprint),
                tag("meta", name="dcterms.created", content=f"{dossier.made_at[:19]}Z"),
                f'<meta name="{META}" content="{dossier.fingerprint}">',
                tag("title", dossier.title),
                f"<style>{STYLE}</style>",
            ]
        )
        + "\n</head>\n<body>\n"
    )


def _front(dossier: Dossier) -> Iterator[str]:
    yield tag("a", "To the summary", href="#summary", class_="skip")
    yield tag(
        "header",
        tag("p", dossier.subtitle, class_="over"),
        tag("h1", dossier.title),
        facts(dossier.facts),
    )
    yield _contents(dossier)
    yield "<main>"
    paragraphs = [tag("p", told, class_="lead" if not n else "") for n, told in enumerate(dossier.summary)]
    tiles = tag("ul", *(tile(badge, count) for badge, count in dossier.counts), class_="tiles")
    yield _section("summary", "Summary", together([*paragraphs[:1], tiles, *paragraphs[1:]]))
    yield _section("method", "How this was done", words(dossier.method))


def _contents(dossier: Dossier) -> Markup:
    lines: list[Content] = [_line("summary", "Summary"), _line("method", "How this was done")]
    many = len(dossier.parts) > 1
    for number, part in enumerate(dossier.parts, 1):
        mark, name = (f"-{number}", f": {part.title}") if many else ("", "")
        for key, title in _headings(part):
            inner: Content = NOTHING
            if key == "claims" and len(dossier.entries) <= _LISTED:
                inner = tag(
                    "ol", *(_line(e.anchor, f"{e.number}. {shorten(e.text, _IN_CONTENTS)}") for e in part.entries)
                )
            lines.append(_line(f"{key}{mark}", f"{title}{name}", inner))
    lines += [
        _line("sources", "Sources"),
        _line("proof", "How to check this dossier"),
        _line("glossary", "What the words mean"),
    ]
    heading = tag("h2", "Contents", id="contents-heading")
    return tag(
        "div",
        tag("nav", heading, tag("ol", *lines), aria_labelledby="contents-heading", id="contents"),
        class_="contents",
    )


def _headings(part: Part) -> list[Pair]:
    named = (
        ("findings", "Key findings", part.findings),
        ("table", "What each source says", part.tables),
        ("claims", "The claims one by one", part.entries),
        ("open", "Open points", part.open_points),
    )
    return [(key, title) for key, title, content in named if content]


def _line(anchor: str, title: str, inner: Content = NOTHING) -> Markup:
    return tag("li", tag("a", title, href=f"#{anchor}"), inner)


def _part(part: Part, mark: str, name: str) -> Iterator[str]:
    titles = dict(_headings(part))
    if part.findings:
        yield _section(f"findings{mark}", titles["findings"] + name, points(part.findings))
    if part.tables:
        body = together([legend(), *(table(each) for each in part.tables)])
        yield _section(f"table{mark}", titles["table"] + name, body, class_="big")
    if part.entries:
        heading = f"claims{mark}-heading"
        yield f'<section id="claims{mark}" aria-labelledby="{heading}" class="big">'
        yield tag("h2", titles["claims"] + name, id=heading)
        for entry in part.entries:
            yield claim(entry)
        yield "</section>\n"
    if part.open_points:
        yield _section(f"open{mark}", titles["open"] + name, points(part.open_points), class_="big")


def _section(anchor: str, title: str, body: Content, class_: str = "") -> Markup:
    heading = tag("h2", title, id=f"{anchor}-heading")
    made = tag("section", heading, body, id=anchor, aria_labelledby=f"{anchor}-heading", class_=class_)
    return Markup(f"{made}\n")
