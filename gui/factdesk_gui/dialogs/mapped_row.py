"""What would become of the first rows of a table under a mapping, in words."""

from dataclasses import dataclass

from factdesk.exchange.tables.mapping import TableHead
from factdesk.exchange.written_dates import iso_date
from factdesk.model.given import TableMapping
from factdesk.text.headline import find_headline
from factdesk.text.normalise import normalise
from factdesk_gui.dialogs.phrases import counted, shortened

_SHORT = 20  # characters; less is no text of an article


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A row as an article would show it."""

    text: str
    facts: tuple[str, ...]  # what is known about it, a line each


def mapped_row(head: TableHead, mapping: TableMapping, number: int) -> MappedRow:
    """One of the rows shown."""
    cells = dict(zip(head.columns, head.samples[number], strict=True))
    text = normalise(cells.get(mapping.text, ""))
    title = _line(cells, mapping.title) or (find_headline(text) if text else "")
    known = (_line(cells, mapping.publisher), _line(cells, mapping.byline), _date(_line(cells, mapping.published_at)))
    facts = [title, " · ".join(filter(None, (*known, _line(cells, mapping.language)))), _line(cells, mapping.url)]
    if mapping.claim and _line(cells, mapping.claim):
        facts.append(_claim(cells, mapping, text))
    return MappedRow(text, tuple(shortened(fact, 160) for fact in facts if fact))


def check_rows(head: TableHead, mapping: TableMapping) -> tuple[str, bool]:
    """What is wrong with a mapping, and whether nothing can be imported with it."""
    if not mapping.text:
        return "Choose the column that holds the texts.", True
    texts = [_cell(head, mapping.text, row) for row in range(len(head.samples))]
    short = sum(len(text.strip()) < _SHORT for text in texts)
    if texts and short == len(texts):
        return f"The column “{mapping.text}” holds no texts: all of them are shorter than {_SHORT} characters.", True
    parts = ("title", "publisher", "byline", "url", "published_at", "language", "claim", "verdict")
    doubled = next((part for part in parts if getattr(mapping, part) == mapping.text and part != "title"), "")
    if doubled:
        return f"“{mapping.text}” is chosen twice, as the text and for something else.", True
    if mapping.verdict and not mapping.claim:
        return "A verdict belongs to a claim: choose the column that holds the claims, too.", True
    return _doubt(head, mapping, texts, short), False


def _doubt(head: TableHead, mapping: TableMapping, texts: list[str], short: int) -> str:
    found = []
    if short:
        found.append(f"{counted(short, 'row')} of the first {len(texts)} will be left out: too little text.")
    if mapping.claim:
        claims = [_cell(head, mapping.claim, row).strip() for row in range(len(texts))]
        missing = sum(bool(claim) and _stands(claim, text) is False for claim, text in zip(claims, texts, strict=True))
        if missing:
            found.append(f"{counted(missing, 'claim')} of the first rows may not stand in the text.")
    if mapping.published_at:
        dates = [_cell(head, mapping.published_at, row).strip() for row in range(len(texts))]
        unclear = sum(bool(date) and not iso_date(date) for date in dates)
        if unclear:
            found.append(f"{counted(unclear, 'date')} of the first rows {'is' if unclear == 1 else 'are'} not clear.")
    return " ".join(found)


def _claim(cells: dict[str, str], mapping: TableMapping, text: str) -> str:
    claim, word = _line(cells, mapping.claim), _line(cells, mapping.verdict)
    verdict = dict(mapping.verdict_words).get(word, "")
    where = "" if _stands(claim, text) else " (not found in the text as it is here)"
    return f"Claim{where}, {verdict or 'no verdict'}: {claim}"


def _stands(claim: str, text: str) -> bool:
    """Whether a quote stands in a text, whatever the blanks; only the beginning of both may be known."""
    return " ".join(claim.split()).casefold() in " ".join(text.split()).casefold()


def _date(said: str) -> str:
    found = iso_date(said) if said else ""
    return found if found or not said else f"“{said}” (not clear)"


def _cell(head: TableHead, name: str, row: int) -> str:
    return head.samples[row][head.columns.index(name)] if name in head.columns else ""


def _line(cells: dict[str, str], name: str) -> str:
    return " ".join(cells.get(name, "").split()) if name else ""
