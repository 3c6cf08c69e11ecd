"""The blocks of a dossier's page: facts, tables, lines, sources, and a claim with all that belongs to it."""

from collections.abc import Iterable, Sequence

from factdesk.exchange.dossier.markup import NOTHING, Content, Markup, address, tag, together
from factdesk.exchange.dossier.values import (
    Badge,
    Cell,
    Entry,
    EvidenceItem,
    Opinion,
    Pair,
    Points,
    Quote,
    Row,
    Ruling,
    Source,
    Statement,
    Table,
)
from factdesk.exchange.dossier.words import GLYPHS, STATE_WORDS, several

_HASHED = ("SHA-256", "Fingerprint")
_COMMANDS = ("How to check it",)


def facts(pairs: Iterable[Pair], class_: str = "facts") -> Markup:
    """Headings with their words."""
    rows = [tag("div", tag("dt", heading), tag("dd", _value(heading, words))) for heading, words in pairs]
    return tag("dl", *rows, class_=class_)


def words(pairs: Iterable[Pair]) -> Markup:
    """Terms with what they mean."""
    return tag(
        "dl", *(part for term, meaning in pairs for part in (tag("dt", term), tag("dd", meaning))), class_="words"
    )


def tile(badge: Badge, count: int) -> Markup:
    """How many claims have a verdict."""
    return tag("li", tag("strong", f"{count:,}"), _glyph(badge.glyph), f" {badge.word}", class_=badge.key)


def points(groups: Sequence[Points]) -> Markup:
    """Lines that refer to claims, under their headings."""
    return together(_points(group) for group in groups)


def legend() -> Markup:
    """What the words in the table mean."""
    rows = [
        tag("div", tag("dt", _glyph(GLYPHS[state]), f" {state.value}"), tag("dd", meaning))
        for state, meaning in STATE_WORDS
    ]
    return together([tag("p", "The signs in the table:"), tag("dl", *rows, class_="tight")])


def table(each: Table) -> Markup:
    """Claims by sources."""
    head = tag(
        "tr",
        tag("th", "Claim", scope="col", class_="claim-column"),
        tag("th", "Verdict", scope="col", class_="verdict-column"),
        *(tag("th", _reference(ref), " ", tag("bdi", name), scope="col") for ref, name in each.columns),
    )
    body = tag("tbody", *(_row(row) for row in each.rows))
    whole = tag("table", tag("caption", each.caption), tag("thead", head), body)
    return tag("div", whole, class_="scroll", role="region", aria_label=each.caption, tabindex="0")


def source(each: Source) -> Markup:
    """An article of the appendix."""
    title = together([each.reference, " ", tag("bdi", each.name)])
    about = [tag("p", tag("bdi", each.title))] if each.title and each.title != each.name else []
    where = [tag("p", address(each.address))] if each.address else []
    heading = tag("h3", title)
    return tag("div", heading, *about, *where, facts(each.facts), class_="source", id=each.anchor)


def claim(entry: Entry) -> Markup:
    """A claim with its passages, evidence and history."""
    heading = f"{entry.anchor}-heading"
    number = tag("span", f"{entry.number}", class_="no")
    shown = tag("span", entry.text, dir="rtl" if entry.is_rtl else "ltr", lang=entry.language)
    whose = ". In a reviewer’s words." if entry.is_own_words else "."
    meta = tag("p", entry.sources + whose, " ", _suggestion(is_one=entry.is_suggestion), class_="small soft")
    return tag(
        "article",
        tag("h3", number, " ", shown, id=heading),
        meta,
        ruling(entry.ruling),
        _block("What the sources say", [*map(_statement, entry.statements), _silent(entry)]),
        _block("Conflicts", [_list(entry.conflicts)] if entry.conflicts else []),
        _block("Evidence", [tag("ol", *map(_evidence, entry.evidence))] if entry.evidence else []),
        _block("Dates to look at", [_list(entry.warnings)] if entry.warnings else []),
        _block("Verdicts of each reviewer", [tag("ul", *map(_opinion, entry.opinions))] if entry.opinions else []),
        _block("History of the verdict, newest first", _history(entry)),
        class_="claim",
        id=entry.anchor,
        aria_labelledby=heading,
    )


def ruling(each: Ruling) -> Markup:
    """A verdict in a box."""
    parts = [tag("p", _verdict(each), class_="first")]
    if each.note:
        parts.append(tag("p", each.note, class_="note"))
    if each.signed:
        parts.append(tag("p", each.signed, class_="small soft"))
    return tag("div", *parts, class_=f"ruling {each.badge.key}")


# inside -----------------------------------------------------------------------------------------------------------


def _value(heading: str, shown: str) -> Content:
    return tag("code", shown) if heading.startswith(_HASHED) else tag("bdi", shown)


def _glyph(glyph: str) -> Markup:
    return tag("span", glyph, class_="g")


def _badge(badge: Badge) -> Markup:
    return tag("span", tag("b", badge.glyph, class_="g"), f" {badge.word}", class_=f"badge {badge.key}")


def _verdict(each: Ruling) -> Markup:
    more = (f": {each.reason}" if each.reason else "") + (
        f" ({each.confidence} % sure)" if each.confidence is not None else ""
    )
    return together([_badge(each.badge), more])


def _points(group: Points) -> Markup:
    lines = [
        tag(
            "li",
            _badge(point.badge),
            " ",
            tag("a", f"{point.number}. ", tag("bdi", point.text), href=f"#claim-{point.number}"),
            tag("span", point.more, class_="more") if point.more else NOTHING,
        )
        for point in group.points
    ]
    rest = [tag("p", f"… and {several(group.left_out, 'more', 'more')}.", class_="soft")] if group.left_out else []
    heading = f"{group.title} ({len(group.points) + group.left_out:,})"
    return together(
        [tag("h3", heading), tag("p", group.explains, class_="soft"), tag("ul", *lines, class_="points"), *rest]
    )


def _row(row: Row) -> Markup:
    head = tag("a", f"{row.number}. ", tag("bdi", row.text), href=f"#claim-{row.number}")
    return tag(
        "tr", tag("th", head, scope="row", class_="claim-column"), tag("td", _badge(row.badge)), *map(_cell, row.cells)
    )


def _cell(cell: Cell) -> Markup:
    key = cell.key if cell.key in {"states", "differs", "conflicts", "quotes"} else "faint"
    shown = [tag("span", cell.shown, class_="shown")] if cell.shown else []
    waits = [" ", tag("span", "suggestion", class_="tag")] if cell.is_suggested else []
    return tag("td", _glyph(cell.glyph), f" {cell.word}", *shown, *waits, class_=key)


def _reference(reference: str) -> Markup:
    return tag("a", reference, href=f"#source-{reference}") if reference else NOTHING


def _block(title: str, content: Sequence[Content]) -> Markup:
    return together([tag("h4", title), *content]) if content else NOTHING


def _list(lines: Iterable[str]) -> Markup:
    return tag("ul", *(tag("li", line) for line in lines))


def _quote(quote: Quote | None) -> Markup:
    if quote is None:
        return NOTHING
    inner = [tag("mark", piece.text) if piece.is_marked else piece.text for piece in quote.pieces]
    return tag("blockquote", *inner, lang=quote.language, dir="rtl" if quote.is_rtl else "ltr")


def _statement(each: Statement) -> Markup:
    when = f", {each.published}" if each.published else ""
    head = tag(
        "figcaption",
        *(_reference(each.source), " ", tag("bdi", each.source_name), when, ": "),
        tag("span", _glyph(each.glyph), f" {each.state}", class_="state"),
        *(" ", _waiting(is_one=each.is_suggested)),
    )
    details = [
        (heading, told)
        for heading, told in (
            ("Differs", each.differs),
            ("Says who", each.voices),
            ("Values", each.values),
            ("Kind", each.kind),
            ("Place", each.place),
            ("SHA-256 of the passage", "" if each.quote is not None else each.digest),
            ("To note", each.warning),
        )
        if told
    ]
    own = tag("p", "This passage alone: ", _verdict(each.own), _signed(each.own)) if each.own is not None else NOTHING
    note = tag("p", each.own.note, class_="note small") if each.own is not None and each.own.note else NOTHING
    return tag("figure", head, _quote(each.quote), facts(details, "tight inline small"), own, note, class_=each.state)


def _signed(each: Ruling) -> str:
    return f" – {each.signed}" if each.signed else ""


def _suggestion(*, is_one: bool) -> Markup:
    return tag("span", "suggestion, nobody has looked at it", class_="tag") if is_one else NOTHING


def _waiting(*, is_one: bool) -> Markup:
    return tag("span", "suggestion", class_="tag") if is_one else NOTHING


def _silent(entry: Entry) -> Markup:
    lines = [f"{references}: {told}" for references, told in entry.silent]
    return tag("p", f"{'; '.join(lines)}.", class_="small soft") if lines else NOTHING


def _evidence(each: EvidenceItem) -> Markup:
    where = [_reference(each.reference), " ", tag("bdi", each.source)] if each.source or each.reference else [each.kind]
    parts: list[Content] = [
        tag(
            "p",
            tag("strong", _glyph(each.glyph), f" {each.stance}"),
            ": ",
            *where,
            f" ({each.kind})" if each.source else "",
        )
    ]
    if each.quote is not None:
        parts.append(_quote(each.quote))
    if each.address:
        parts.append(tag("p", address(each.address)))
    if each.note:
        parts.append(tag("p", each.note, class_="note"))
    parts.append(facts(each.facts, "tight inline small"))
    return tag("li", *parts)


def _opinion(each: Opinion) -> Markup:
    note = f" – {each.ruling.note}" if each.ruling.note else ""
    told = together([tag("bdi", each.reviewer), ": ", _verdict(each.ruling), note])
    when = f" ({each.ruling.when})" if each.ruling.when else ""
    other = [" ", tag("span", "not the verdict in force", class_="tag")] if each.dissents else []
    return tag("li", told, when, *other)


def _history(entry: Entry) -> list[Content]:
    if not entry.history:
        return []
    rest = [tag("p", f"{several(entry.older, 'older entry', 'older entries')} in the project.", class_="small soft")]
    return [tag("ul", *(tag("li", line) for line in entry.history), class_="small"), *(rest if entry.older else [])]
