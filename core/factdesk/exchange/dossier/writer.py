"""A dossier as a document of python-docx, block by block."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from factdesk import __version__
from factdesk.exchange.dossier.paper import Paper
from factdesk.exchange.dossier.values import (
    Badge,
    Dossier,
    Entry,
    EvidenceItem,
    Pair,
    Part,
    Points,
    Quote,
    Ruling,
    Source,
    Statement,
    Table,
)
from factdesk.exchange.dossier.words import GLYPHS, STATE_WORDS, several, shorten
from factdesk.exchange.progress import Steps

_COLOURS = {"verified": "17693A", "disputed": "A32020", "unverified": "7A5200", "undecided": "4C5666"}
_SMALL, _TABLE = 8.5, 8.0  # points
_LISTED, _LINE = 80, 100  # claims in the contents, and characters of each


def write_document(dossier: Dossier, out: Path, steps: Steps) -> None:
    """Write the document to a file."""
    import docx

    document = docx.Document()
    writer = _Writer(document, dossier)
    writer.front()
    many = len(dossier.parts) > 1
    for part in dossier.parts:
        writer.part(part, f": {part.title}" if many else "", steps)
    writer.back()
    with out.open("wb") as file:
        document.save(file)


class _Writer:
    """Writes one document."""

    def __init__(self, document: Any, dossier: Dossier) -> None:
        self._document = document
        self._dossier = dossier
        self._paper = Paper(document)
        _settle(document, self._paper, dossier)

    def front(self) -> None:
        """Title page, contents, summary and method."""
        dossier = self._dossier
        self._paper.paragraph(dossier.title, style="Title")
        self._paper.paragraph(dossier.subtitle, style="Subtitle")
        self._words(dossier.facts)
        self._heading("Contents", 1, page=True)
        self._contents()
        self._heading("Summary", 1, page=True)
        for words in dossier.summary[:1]:
            self._paper.paragraph(words)
        for badge, count in dossier.counts:
            self._verdict(self._paper.paragraph(style="List Bullet"), badge, f": {several(count, 'claim')}")
        for words in dossier.summary[1:]:
            self._paper.paragraph(words)
        self._heading("How this was done", 1)
        self._words(dossier.method)

    def part(self, part: Part, name: str, steps: Steps) -> None:
        """One case."""
        if part.findings:
            self._heading(f"Key findings{name}", 1, page=True)
            self._lines(part.findings)
        if part.tables:
            self._heading(f"What each source says{name}", 1, page=True)
            self._words([(f"{GLYPHS[state]} {state.value}", meaning) for state, meaning in STATE_WORDS])
            for table in part.tables:
                self._table(table)
        if part.entries:
            self._heading(f"The claims one by one{name}", 1, page=True)
        for entry in part.entries:
            self._claim(entry)
            steps.step(min(1, steps.total - steps.done))
        if part.open_points:
            self._heading(f"Open points{name}", 1, page=True)
            self._lines(part.open_points)

    def back(self) -> None:
        """The appendix."""
        self._heading("Sources", 1, page=True)
        for source in self._dossier.sources:
            self._source(source)
        self._heading("How to check this dossier", 1)
        self._words(self._dossier.proof)
        self._heading("What the words mean", 1)
        self._words(self._dossier.glossary)

    def _contents(self) -> None:
        """A field that the word processor fills with page numbers; until then it has the claims by number."""
        entries = self._dossier.entries
        lines = [(f"{entry.number}. {shorten(entry.text, _LINE)}", entry.anchor) for entry in entries[:_LISTED]]
        if len(entries) > _LISTED:
            lines.append((f"… and {len(entries) - _LISTED:,} more", entries[_LISTED].anchor))
        with self._paper.long_field(self._paper.paragraph(), 'TOC \\o "1-2" \\h \\z \\u'):
            for words, anchor in lines:
                self._paper.link(self._paper.paragraph(), words, anchor=anchor)
        self._small("Page numbers appear when the contents are updated (F9).")

    # blocks -------------------------------------------------------------------------------------------------------

    def _claim(self, entry: Entry) -> None:
        heading = self._paper.heading("", 2, entry.anchor)
        self._paper.run(heading, f"{entry.number}  ")
        self._paper.run(heading, entry.text, language=entry.language, is_rtl=entry.is_rtl)
        whose = ". In a reviewer’s words." if entry.is_own_words else "."
        waits = " Suggestion: nobody has looked at it." if entry.is_suggestion else ""
        self._small(f"{entry.sources}{whose}{waits}")
        self._ruling(entry.ruling)
        self._heading("What the sources say", 3)
        for statement in entry.statements:
            self._statement(statement)
        for references, words in entry.silent:
            self._small(f"{references}: {words}.")
        self._list("Conflicts", entry.conflicts)
        if entry.evidence:
            self._heading("Evidence", 3)
        for item in entry.evidence:
            self._evidence(item)
        self._list("Dates to look at", entry.warnings)
        if entry.opinions:
            self._heading("Verdicts of each reviewer", 3)
        for opinion in entry.opinions:
            self._opinion(opinion.reviewer, opinion.ruling, dissents=opinion.dissents)
        rest = [f"{several(entry.older, 'older entry', 'older entries')} in the project."] if entry.older else []
        self._list("History of the verdict, newest first", [*entry.history, *rest])

    def _statement(self, each: Statement) -> None:
        head = self._paper.paragraph()
        head.paragraph_format.keep_with_next = True
        self._paper.link(head, each.source, anchor=f"source-{each.source}")
        when = f", {each.published}" if each.published else ""
        self._paper.run(head, f" {each.source_name}{when}: ")
        self._paper.run(head, f"{each.glyph} {each.state}", bold=True)
        if each.is_suggested:
            self._paper.run(head, " (suggestion)")
        self._quote(each.quote)
        details = (("Differs", each.differs), ("Says who", each.voices), ("Values", each.values), ("Kind", each.kind),
                   ("Place", each.place), ("SHA-256 of the passage", "" if each.quote is not None else each.digest),
                   ("To note", each.warning))  # fmt: skip
        self._small(" · ".join(f"{heading}: {words}" for heading, words in details if words))
        if each.own is not None:
            own = self._paper.paragraph("This passage alone: ")
            self._verdict(own, each.own.badge, _more(each.own))
            for note in filter(None, (each.own.note, each.own.signed)):
                self._small(note)

    def _evidence(self, each: EvidenceItem) -> None:
        head = self._paper.paragraph(style="List Bullet")
        self._paper.run(head, f"{each.glyph} {each.stance}", bold=True)
        self._paper.run(head, ": ")
        if each.reference:
            self._paper.link(head, each.reference, anchor=f"source-{each.reference}")
            self._paper.run(head, " ")
        self._paper.run(head, f"{each.source} ({each.kind})" if each.source else each.kind)
        self._quote(each.quote)
        if each.address:
            self._paper.link(self._paper.paragraph(), each.address, address=each.address)
        if each.note:
            self._paper.paragraph(each.note)
        self._small(" · ".join(f"{heading}: {words}" for heading, words in each.facts))

    def _opinion(self, reviewer: str, ruling: Ruling, *, dissents: bool) -> None:
        line = self._paper.paragraph(f"{reviewer}: ", style="List Bullet")
        note = f" – {ruling.note}" if ruling.note else ""
        when = f" ({ruling.when})" if ruling.when else ""
        other = " Not the verdict in force." if dissents else ""
        self._verdict(line, ruling.badge, f"{_more(ruling)}{note}{when}{other}")

    def _ruling(self, ruling: Ruling) -> None:
        self._verdict(self._paper.paragraph(), ruling.badge, _more(ruling))
        if ruling.note:
            self._paper.paragraph(ruling.note)
        if ruling.signed:
            self._small(ruling.signed)

    def _quote(self, quote: Quote | None) -> None:
        if quote is None:
            return
        paragraph = self._paper.paragraph(style="Quote")
        if quote.is_rtl:
            self._paper.turn(paragraph)
        for piece in quote.pieces:
            marked = piece.is_marked
            self._paper.run(
                paragraph, piece.text, bold=marked, underline=marked, language=quote.language, is_rtl=quote.is_rtl
            )

    def _source(self, source: Source) -> None:
        self._paper.heading(f"{source.reference} {source.name}", 2, source.anchor)
        if source.title and source.title != source.name:
            self._paper.paragraph(source.title)
        if source.address:
            self._paper.link(self._paper.paragraph(), source.address, address=source.address)
        self._words(source.facts)

    def _table(self, each: Table) -> None:
        caption = self._paper.paragraph(each.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
        table = self._document.add_table(rows=0, cols=2 + len(each.columns))
        table.style = "Table Grid"
        self._paper.describe(table, each.caption)
        heads = ["Claim", "Verdict", *(f"{reference} {name}" for reference, name in each.columns)]
        self._paper.row(table, heads, _TABLE, is_head=True)
        for row in each.rows:
            shown = [" ".join(filter(None, (c.glyph, c.word, c.shown and f"({c.shown})", "suggestion" if c.is_suggested else "")))
                     for c in row.cells]  # fmt: skip
            self._paper.row(table, [f"{row.number}. {row.text}", str(row.badge), *shown], _TABLE)
        self._paper.paragraph()

    def _lines(self, groups: Sequence[Points]) -> None:
        for group in groups:
            self._heading(f"{group.title} ({len(group.points) + group.left_out:,})", 2)
            self._paper.paragraph(group.explains)
            for point in group.points:
                line = self._paper.paragraph(style="List Bullet")
                self._verdict(line, point.badge, " ")
                self._paper.link(line, f"{point.number}. {point.text}", anchor=f"claim-{point.number}")
                if point.more:
                    self._paper.run(line, f" {point.more}")
            if group.left_out:
                self._small(f"… and {group.left_out:,} more.")

    def _words(self, pairs: Iterable[Pair]) -> None:
        for term, meaning in pairs:
            paragraph = self._paper.paragraph()
            self._paper.run(paragraph, term, bold=True)
            self._paper.run(paragraph, f": {meaning}")

    def _list(self, title: str, lines: Sequence[str]) -> None:
        if lines:
            self._heading(title, 3)
        for line in lines:
            self._paper.paragraph(line, style="List Bullet")

    def _verdict(self, paragraph: Any, badge: Badge, more: str) -> None:
        self._paper.run(paragraph, str(badge), bold=True, colour=_COLOURS[badge.key])
        if more:
            self._paper.run(paragraph, more)

    def _small(self, words: str) -> None:
        self._paper.run(self._paper.paragraph(), words, size=_SMALL)

    def _heading(self, text: str, level: int, *, page: bool = False) -> None:
        heading = self._paper.paragraph(text, f"Heading {level}")
        if page:
            heading.paragraph_format.page_break_before = True


def _more(ruling: Ruling) -> str:
    """Reason and confidence, behind the verdict."""
    return ruling.words.removeprefix(str(ruling.badge))


def _settle(document: Any, paper: Paper, dossier: Dossier) -> None:
    """Page, fonts, language, properties and the foot of each page."""
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(10)
    normal.element.get_or_add_rPr().append(paper.element("lang", val="en-GB", eastAsia="ja-JP", bidi="ar-SA"))
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        document.styles[name].font.color.rgb = RGBColor(0x1D, 0x24, 0x30)
    properties = document.core_properties
    properties.title, properties.author, properties.subject = (
        dossier.title[:255],
        dossier.author[:255],
        dossier.subtitle,
    )
    properties.keywords, properties.language = dossier.fingerprint, "en-GB"
    properties.comments = f"Made with Factdesk {__version__}"
    properties.created = properties.modified = datetime.fromisoformat(dossier.made_at).replace(tzinfo=None)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{dossier.title[:80]}\t\t")
    paper.field(foot, "PAGE", "1")
    foot.add_run(" / ")
    paper.field(foot, "NUMPAGES", "1")
