"""What a written dossier must hold, whatever its format; asked from the project, not from what the dossier was made of."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache

from factdesk.exchange.dataset import Dataset
from factdesk.exchange.dossier.entries import SHORT
from factdesk.exchange.dossier.words import clean, one_line
from factdesk.model.claims import Claim

_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


def quotes_of(dataset: Dataset) -> Iterator[str]:
    """The words of each claim that must be found: whole, or as much of it as short passages have."""
    if not dataset.options.with_text:
        return
    is_short = dataset.choice("quotes") == "short"
    for found in _claims(dataset):
        quote = clean(found.quote)
        yield quote[:SHORT].rstrip() if is_short and len(quote) > SHORT else quote


def notes_of(dataset: Dataset) -> Iterator[str]:
    """The notes that go with verdicts."""
    for found in _claims(dataset):
        if found.verdict is not None and found.judgement.note and found.inherited_from is None:
            yield clean(found.judgement.note).strip()


def titles_of(dataset: Dataset) -> Iterator[str]:
    """The names of the articles that claims stand in."""
    for article in dataset.articles:
        yield one_line(article.label)


def squeezed(text: str) -> str:
    """Text without white space, which pages break as they need."""
    return _BLANK.sub("", text)


def is_found(text: str, squeezed_page: str) -> bool:
    """Whether words stand in a page that gives its letters in the order of its lines, which is not always that of reading.

    Left-to-right text is compared letter by letter, but for pictures and marks that a font draws together; what is written from
    right to left, or broken by the foot of a page, word by word.
    """
    wanted = squeezed(text)
    if not wanted or wanted in squeezed_page:
        return True
    words = _WORD.findall(text)
    return all(word in squeezed_page or word[::-1] in squeezed_page for word in words)


def missing_in(whole: Collection[str], everything: Callable[[], str]) -> Callable[[Iterable[str]], list[str]]:
    """A search for texts, each once: first among whole paragraphs, which is quick; what is none of them, everywhere."""
    page = cache(everything)

    def missing(texts: Iterable[str]) -> list[str]:
        return [text for text in dict.fromkeys(texts) if text not in whole and text not in page()]

    return missing


def _claims(dataset: Dataset) -> Iterator[Claim]:
    is_decided_only = dataset.choice("claims") == "decided"
    for document in dataset.documents():
        for each in document.claims:
            if not is_decided_only or each.claim.verdict is not None:
                yield each.claim
