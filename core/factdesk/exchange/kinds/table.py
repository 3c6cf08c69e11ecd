"""Tables: CSV, TSV, XLSX, JSON lines and lists of JSON objects; each row is an article."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from factdesk.errors import ImportRefusedError, MappingNeededError
from factdesk.exchange.annotation.foreign_labels import is_undecided
from factdesk.exchange.readings import BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.exchange.tables.mapping import guess_mapping, judgement_of, table_head
from factdesk.exchange.tables.rows import Row, Table, open_table
from factdesk.exchange.written_dates import iso_date
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Judgement, Verdict
from factdesk.model.given import NOTHING_GIVEN, Given, GivenClaim, TableMapping
from factdesk.model.spans import Span
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

SHORTEST = 20
"""Characters that the text of a row has at least; less is no article."""

_MOST_BAD = 1_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚‹›`´", "'"))
_LONGEST_SEARCHED = 2_000_000  # characters of a text in which quotes are looked for that do not stand there as they are


def read_table(file: SourceFile, options: ReadOptions) -> Iterator[Found]:
    """Each row as an article; rows that follow each other with the same text are one, with the claims of all."""
    mapping = options.mapping or guess_mapping(table_head(file, options))
    if mapping is None:
        raise MappingNeededError(
            f"It is not clear which column of {file.quoted} holds the texts.", "Choose what each column holds."
        )
    table = open_table(file, options)
    _check(file, table, mapping)
    count, bad = 0, 0
    try:
        for found in _articles(file, table, mapping):
            is_bad = isinstance(found, BadPart)
            bad += is_bad
            count += not is_bad
            if bad <= _MOST_BAD or not is_bad:
                yield found
    except ImportRefusedError as error:
        if not count:
            raise
        yield BadPart("the rest", error.message)
    if bad > _MOST_BAD:
        yield BadPart("the rest", f"{bad - _MOST_BAD:,} more rows cannot be read")
    if not count:
        raise ImportRefusedError(
            f"No row of {file.quoted} holds an article in its column “{mapping.text}”.", "Choose another column."
        )


def _check(file: SourceFile, table: Table, mapping: TableMapping) -> None:
    if mapping.text not in table.columns:
        raise MappingNeededError(
            f"{file.quoted} has no column “{mapping.text}”.", "Choose what each of its columns holds."
        )


def _articles(file: SourceFile, table: Table, mapping: TableMapping) -> Iterator[Found]:
    group: list[Row] = []
    for row in table.rows:
        if isinstance(row, BadPart):
            yield row
            continue
        text = row.cells.get(mapping.text, "")
        if group and (not mapping.claim or text != group[0].cells.get(mapping.text)):
            yield _article(file, table, mapping, group)
            group = []
        visible = len(text.strip("\ufeff\ufffd\0 \t\r\n\f\v"))
        if visible < SHORTEST:
            reason = f"its text has only {visible} characters" if visible else f"its “{mapping.text}” is empty"
            yield BadPart(row.place, reason)
            continue
        group.append(row)
    if group:
        yield _article(file, table, mapping, group)


def _article(file: SourceFile, table: Table, mapping: TableMapping, group: list[Row]) -> Reading:
    first = group[0].cells
    text = normalise(first[mapping.text])
    meta, warnings = _meta(first, mapping, text)
    given, more = _given(group, mapping, text)
    original = "".join(json.dumps(row.cells, ensure_ascii=False) + "\n" for row in group)
    decoded = table.decoded
    source = ArticleSource(
        original.encode("utf-8", "surrogatepass"), file.name, "utf-8", "application/json", file.captured_at
    )
    reading = Reading(NewArticle(text, meta, source), place=_place(group), given=given, warnings=(*warnings, *more))
    if decoded is None:
        return reading
    return replace(
        reading,
        confident=decoded.confident,
        alternatives=decoded.alternatives,
        replaced=text.count("\ufffd"),
        decoded_as=decoded.encoding,
    )


def _place(group: list[Row]) -> str:
    if len(group) == 1:
        return group[0].place
    word, _, number = group[0].place.partition(" ")
    return f"{word}s {number}–{group[-1].place.partition(' ')[2]}"


def _meta(cells: dict[str, str], mapping: TableMapping, text: str) -> tuple[ArticleMeta, list[str]]:
    def cell(name: str) -> str:
        return " ".join(normalise(cells.get(name, "")).split()) if name else ""

    warnings = []
    said = cell(mapping.published_at)
    published = iso_date(said)
    if said and not published:
        warnings.append(f"Its date “{_short(said)}” is not clear and was left out.")
    language = cell(mapping.language).replace("_", "-")
    if not _LANGUAGE.fullmatch(language):
        language = guess_language(text)
    byline = "; ".join(filter(None, map(str.strip, normalise(cells.get(mapping.byline, "")).split("\n"))))
    meta = ArticleMeta(
        title=cell(mapping.title) or find_headline(text),
        publisher=cell(mapping.publisher),
        byline=" ".join(byline.split()),
        url=cell(mapping.url),
        published_at=published,
        language=language,
    )
    return meta, warnings


# claims --------------------------------------------------------------------------------------------------------------


def _given(group: list[Row], mapping: TableMapping, text: str) -> tuple[Given, list[str]]:
    if not mapping.claim:
        return NOTHING_GIVEN, []
    claims: dict[Span, GivenClaim] = {}
    warnings: list[str] = []
    words = dict(mapping.verdict_words)
    finder = QuoteFinder(text)
    for row in group:
        for quote, word in _pairs(row, mapping, finder):
            where = "" if len(group) == 1 else f" of {row.place}"
            span = finder.find(quote)
            if span is None:
                warnings.append(f"The claim “{_short(quote)}”{where} does not stand in the text and was left out.")
                continue
            judgement = _judgement(word, words)
            if word and judgement.verdict is None and word not in words and not is_undecided(word):
                warnings.append(f"“{_short(word)}” is no verdict that is known here; the claim has none.")
            claims.setdefault(span, GivenClaim(span, key=f"{len(claims) + 1}", judgement=judgement))
    return Given(claims=tuple(claims.values())), list(dict.fromkeys(warnings))


def _pairs(row: Row, mapping: TableMapping, finder: "QuoteFinder") -> list[tuple[str, str]]:
    """The claims of a row with their verdicts: one, or one on each line of the cell."""
    quote = normalise(row.cells.get(mapping.claim, "")).strip()
    word = normalise(row.cells.get(mapping.verdict, "")).strip() if mapping.verdict else ""
    if "\n" not in quote or finder.find(quote) is not None:
        return [(quote, word)] if quote else []
    quotes = [line.strip() for line in quote.split("\n") if line.strip()]
    words = [line.strip() for line in word.split("\n")]
    return list(zip(quotes, words if len(words) == len(quotes) else [word] * len(quotes), strict=True))


def _judgement(word: str, words: dict[str, str]) -> Judgement:
    """What a person chose for a word; else what it certainly means."""
    known = judgement_of(word) if word else Judgement()
    if word not in words:
        return known
    verdict = Verdict(words[word]) if words[word] in set(Verdict) else None
    return known if verdict is known.verdict else Judgement(verdict)


class QuoteFinder:
    """Finds quotes in a text: as they are, else whatever their spaces, quotation marks and case of letters."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = ""
        self._places: list[int] = []

    def find(self, quote: str) -> Span | None:
        """Where a quote stands for the first time."""
        quote = quote.strip()
        if not quote:
            return None
        start = self._text.find(quote)
        if start >= 0:
            return Span(start, start + len(quote))
        plain, _ = _plain(quote.strip('"“”„«» \n'))
        if len(plain) < 8 or len(self._text) > _LONGEST_SEARCHED:
            return None
        if not self._plain:
            self._plain, self._places = _plain(self._text)
        start = self._plain.find(plain)
        if start < 0:
            return None
        return Span(self._places[start], self._places[start + len(plain) - 1] + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    """A text without its peculiarities, and where each of its characters stands in the text."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_QUOTES)):
        lower = character.lower()
        plain = " " if character.isspace() else lower if len(lower) == 1 else character
        if plain != " " or (characters and characters[-1] != " "):
            characters.append(plain)
            places.append(place)
    return "".join(characters), places


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


IMPORTER = Importer(
    "table",
    "Table",
    "text/csv",
    frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json"}),
    read_table,
    has_encoding=True,
)
