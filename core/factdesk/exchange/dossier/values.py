"""What a dossier says, as values: built once, written as HTML, PDF and DOCX from the same words."""

from dataclasses import dataclass, field

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict: always its sign and its word together."""

    key: str  # verified, disputed, unverified, undecided
    glyph: str
    word: str

    def __str__(self) -> str:
        return f"{self.glyph} {self.word}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; marked where it says something else than the other sources."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source as they stand there."""

    pieces: tuple[Piece, ...]
    language: str = ""  # BCP 47
    is_rtl: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with all that a reviewer left with it."""

    badge: Badge
    reason: str = ""
    note: str = ""
    confidence: int | None = None
    who: str = ""
    when: str = ""

    @property
    def words(self) -> str:
        """Verdict, reason and confidence: “✗ Disputed: sources conflict (70 % sure)”."""
        return (
            str(self.badge)
            + (f": {self.reason}" if self.reason else "")
            + (f" ({self.confidence} % sure)" if self.confidence is not None else "")
        )

    @property
    def signed(self) -> str:
        """Who and when, as far as known."""
        return ", ".join(filter(None, (self.who, self.when)))


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says about a claim."""

    source: str  # “S2”
    source_name: str
    published: str
    state: str  # “states”, “differs”, “conflicts”, “quotes”
    glyph: str
    quote: Quote | None  # None where texts are left out
    place: str  # “characters 10 to 52”
    digest: str  # SHA-256 of the quote
    voices: str = ""  # whom the source quotes
    differs: str = ""  # what is different, in words
    values: str = ""  # numbers, dates and times in it
    kind: str = ""
    is_suggested: bool = False  # nobody confirmed that it belongs here
    own: Ruling | None = None  # a verdict of its own, not that of the whole claim
    warning: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence."""

    stance: str
    glyph: str
    kind: str
    quote: Quote | None
    source: str
    reference: str = ""  # “S2”, where it is one of the dossier's sources
    address: str = ""
    facts: tuple[Pair, ...] = ()  # dates, file, place, who added it: heading and words
    note: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reviewer said about a claim."""

    reviewer: str
    ruling: Ruling
    dissents: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim, as all sources state it."""

    number: int
    text: str
    is_own_words: bool  # a reviewer wrote the text; else it is a source's
    language: str
    is_rtl: bool
    ruling: Ruling
    is_suggestion: bool  # no person has looked at it
    sources: str  # how many origins state it, in words
    statements: tuple[Statement, ...]
    silent: tuple[Pair, ...] = ()  # sources that do not say it: reference, in which way
    conflicts: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    history: tuple[str, ...] = ()
    older: int = 0  # entries of the history that are not listed
    warnings: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """A name to link to."""
        return f"claim-{self.number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says about one claim, for a table."""

    key: str  # of its state
    glyph: str
    word: str
    shown: str = ""  # the value that differs, or who says it
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in a table."""

    number: int
    text: str
    badge: Badge
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Claims by sources; a wide case has several, with the same rows."""

    caption: str
    columns: tuple[Pair, ...]  # reference, name
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A line that refers to a claim."""

    number: int
    badge: Badge
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Lines of one sort, under a heading."""

    title: str
    explains: str
    points: tuple[Point, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One case."""

    title: str
    findings: tuple[Points, ...]
    tables: tuple[Table, ...]
    entries: tuple[Entry, ...]
    open_points: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article of the appendix."""

    reference: str  # “S2”
    name: str
    title: str
    facts: tuple[Pair, ...]
    address: str = ""

    @property
    def anchor(self) -> str:
        """A name to link to."""
        return f"source-{self.reference}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A whole dossier."""

    title: str
    subtitle: str
    facts: tuple[Pair, ...]  # of the title page
    summary: tuple[str, ...]  # paragraphs
    counts: tuple[tuple[Badge, int], ...]
    method: tuple[Pair, ...]  # heading, paragraph
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    proof: tuple[Pair, ...]  # version, fingerprint, how to check: heading, words
    glossary: tuple[Pair, ...]
    fingerprint: str = ""
    made_at: str = ""  # ISO 8601
    author: str = ""
    notes: tuple[str, ...] = field(default=())  # what had to be changed or left out on the way

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The claims of all cases."""
        return tuple(entry for part in self.parts for entry in part.entries)
