"""What the columns of a table hold: its head and first rows to look at, and a guess from names and contents."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from statistics import median

from factdesk.exchange.annotation import foreign_labels
from factdesk.exchange.readings import AS_IT_IS, BadPart, ReadOptions, SourceFile
from factdesk.exchange.tables.rows import Row, open_table
from factdesk.exchange.written_dates import iso_date
from factdesk.model.claims import Judgement, Verdict
from factdesk.model.given import TableMapping

ROWS = 20
MOST_WORDS = 40
"""A column with more different values than this holds no labels."""

_COUNTED = 20_000  # rows; of a longer table nobody needs to know how many it has before it is read
_LONGEST_WORD = 60
_SAMPLE = 2_000  # characters of a cell to look at
_TEXT = 120  # characters that the middle cell of a column of articles has at least


@dataclass(frozen=True, slots=True)
class TableHead:
    """The beginning of a table.

    Attributes:
        columns: names as in the file.
        samples: the first good rows, a cell for each column; long cells are cut.
        row_count: how many good rows there are; None when there are very many.
        words: by column, the different values of those that hold few and short ones, in the order of the file.
        sheet: name of the sheet, of a spreadsheet.
        delimiter: of a text file.
        encoding: of a text file.
        alternatives: other encodings worth offering.
    """

    columns: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    row_count: int | None
    words: Mapping[str, tuple[str, ...]]
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    alternatives: tuple[str, ...] = ()


def table_head(file: SourceFile, options: ReadOptions = AS_IT_IS, rows: int = ROWS) -> TableHead:
    """The names of the columns and the first rows. Raises ImportRefusedError, naming the file, when it is no table."""
    table = open_table(file, options)
    samples: list[tuple[str, ...]] = []
    words: dict[str, dict[str, None]] = {name: {} for name in table.columns}
    count = 0
    for row in islice(table.rows, _COUNTED + 1):
        if isinstance(row, BadPart):
            continue
        count += 1
        if len(samples) < rows:
            samples.append(tuple(row.cells.get(name, "")[:_SAMPLE] for name in table.columns))
        _collect(words, row)
    decoded = table.decoded
    return TableHead(
        table.columns,
        tuple(samples),
        count if count <= _COUNTED else None,
        {name: tuple(found) for name, found in words.items() if found},
        table.sheet,
        table.delimiter,
        decoded.encoding if decoded else "",
        decoded.alternatives if decoded else (),
    )


def _collect(words: dict[str, dict[str, None]], row: Row) -> None:
    for name in list(words):
        value = row.cells.get(name, "").strip()
        if not value:
            continue
        words[name][value] = None
        if len(value) > _LONGEST_WORD or len(words[name]) > MOST_WORDS:
            del words[name]


# guesses -------------------------------------------------------------------------------------------------------------

_NAMES: dict[str, str] = {
    "text": "text body content article articlebody articletext articlecontent fulltext maintext bodytext story document "
    "newstext plaintext volltext inhalt artikel artikeltext texte contenu corps texto contenido cuerpo testo conteudo",
    "title": "title headline heading articletitle newstitle head subject titel überschrift schlagzeile titre titulo "
    "título titular titolo",
    "publisher": "source publisher outlet newspaper site sitename website media newssource publication domain quelle "
    "zeitung medium verlag éditeur journal fuente medio fonte",
    "byline": "author byline authors writer reporter creator autor autoren verfasser auteur autore",
    "url": "url link address articleurl sourceurl weburl permalink href canonicalurl adresse lien enlace",
    "published_at": "date published publishedat publishdate publisheddate pubdate datepublished publicationdate created "
    "createdat datetime timestamp day datum veröffentlicht publié fecha data",
    "language": "lang language langcode locale sprache langue idioma lingua",
    "claim": "claim claims statement claimtext claimreviewed checkedclaim quote assertion behauptung aussage affirmation "
    "afirmación afirmacion",
    "verdict": "label verdict rating veracity ruling claimlabel truth truthrating conclusion judgement judgment "
    "textualrating urteil bewertung verdicto veredicto",
}
_PART_OF_NAME: dict[str, tuple[str, ...]] = {name: tuple(words.split()) for name, words in _NAMES.items()}

_OTHER_LANGUAGES: dict[str, Verdict] = {
    **dict.fromkeys(("richtig", "wahr", "bestätigt", "vrai", "verdadero", "cierto", "vero", "right"), Verdict.VERIFIED),
    **dict.fromkeys(("falsch", "widerlegt", "unwahr", "faux", "falso", "irreführend"), Verdict.DISPUTED),
    **dict.fromkeys(("unbelegt", "unklar", "notenoughinfo", "unconfirmed"), Verdict.UNVERIFIED),
}
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def guess_mapping(head: TableHead) -> TableMapping | None:
    """Which column holds what, from names and contents; None when it is not sure which one holds the texts."""
    named = _by_name(head)
    text = _text_column(head, named.get("text", ""))
    if not text:
        return None
    taken = {text}
    chosen: dict[str, str] = {}
    for part in ("claim", "verdict", "url", "published_at", "title", "byline", "language", "publisher"):
        name = named.get(part, "")
        if not name or name in taken or not _fits(part, _cells(head, name)):
            name = _by_content(head, part, taken)
        chosen[part] = name
        taken.add(name)
    if not chosen["claim"]:
        chosen["verdict"] = ""  # of what, one would not know
    words = verdict_words(head.words.get(chosen["verdict"], ()))
    return TableMapping(text=text, verdict_words=words, **chosen)


def judgement_of(word: str) -> Judgement:
    """The verdict that a word of another tool certainly means, with its reason; none for a word that nobody knows."""
    if meaning := foreign_labels.verdict_of(word):
        return Judgement(*meaning)
    return Judgement(_OTHER_LANGUAGES.get(_bare(word)))


def verdict_words(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each word of a table with our verdict, "" for those that may mean anything."""
    return tuple((word, judgement_of(word).verdict or "") for word in words)


def _by_name(head: TableHead) -> dict[str, str]:
    """The column that is called like each part: the likeliest of its names first."""
    bare: dict[str, str] = {}
    for name in head.columns:
        bare.setdefault(_bare(name), name)
        bare.setdefault(_bare(name.rpartition(".")[2]), name)  # “meta.url”
    return {part: next((bare[name] for name in names if name in bare), "") for part, names in _PART_OF_NAME.items()}


def _text_column(head: TableHead, named: str) -> str:
    lengths = {name: _middle(_cells(head, name)) for name in head.columns}
    if named and lengths[named] >= _TEXT and lengths[named] * 2 >= max(lengths.values()):
        return named
    longest = sorted(lengths, key=lambda name: -lengths[name])
    if not longest or lengths[longest[0]] < 2 * _TEXT:
        return ""
    clear = len(longest) == 1 or lengths[longest[0]] >= 3 * lengths[longest[1]]
    return longest[0] if clear else ""


def _fits(part: str, cells: list[str]) -> bool:
    """Whether the cells can be what the name of their column says."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return True
    if part == "url":
        return _share(filled, _is_address) > 0.5
    if part == "published_at":
        return _share(filled, lambda cell: len(cell) <= 60 and any(map(str.isdigit, cell))) > 0.5
    if part == "language":
        return all(len(cell) <= 20 for cell in filled)
    if part == "claim":
        return _middle(filled) >= 8
    if part in {"publisher", "byline", "verdict"}:
        return _middle(filled) <= 100
    return _middle(filled) <= 300


def _by_content(head: TableHead, part: str, taken: set[str]) -> str:
    if part not in {"url", "published_at"}:
        return ""
    for name in head.columns:
        filled = [cell.strip() for cell in _cells(head, name) if cell.strip()]
        if name in taken or not filled:
            continue
        if part == "url" and _share(filled, _is_address) > 0.8:
            return name
        if part == "published_at" and _share(filled, lambda cell: len(cell) >= 8 and bool(iso_date(cell))) > 0.8:
            return name
    return ""


def _is_address(cell: str) -> bool:
    return _WEB.fullmatch(cell) is not None


def _share(cells: list[str], is_so: Callable[[str], bool]) -> float:
    return sum(map(is_so, cells)) / len(cells)


def _cells(head: TableHead, name: str) -> list[str]:
    index = head.columns.index(name)
    return [row[index] for row in head.samples]


def _middle(cells: list[str]) -> float:
    filled = [len(cell.strip()) for cell in cells if cell.strip()]
    return median(filled) if filled else 0


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
