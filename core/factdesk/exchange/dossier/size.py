"""How large a dossier becomes, told before it is written."""

from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.dossier.words import several
from factdesk.exchange.reckoning import decided_in

LARGEST_PDF = 1500
"""Claims. The library that lays out a PDF keeps all of it in memory: these need two gigabytes."""

_A_CLAIM, _A_SOURCE, _AROUND = 0.5, 0.3, 10  # pages
_SECONDS = 0.4  # for a page of a PDF, on one core of an ordinary computer
_MINUTE = 60
_KILOBYTES = 1.2  # of HTML for a claim
_LARGE = 3000  # claims; of fewer, a browser or word processor makes nothing


def expected_of_pdf(dataset: Dataset) -> str:
    """Pages and time; raises FactdeskError when it would be too large."""
    claims = claims_shown(dataset)
    if claims > LARGEST_PDF:
        raise FactdeskError(
            f"A PDF of {claims:,} claims would have about {_pages(dataset, claims):,} pages and need more memory than it may have; "
            f"{LARGEST_PDF:,} claims are the most.",
            "Choose a part: only claims with a verdict, one case, or the claims that the queue shows. Or make the dossier as HTML.",
        )
    pages = _pages(dataset, claims)
    return f"About {several(pages, 'page')}, made in {_duration(pages * _SECONDS)}"


def expected_of_html(dataset: Dataset) -> str:
    """The size of a page that a browser needs long for."""
    claims = claims_shown(dataset)
    size = claims * _KILOBYTES / 1000
    return f"One page of about {size:,.0f} MB, which a browser needs a while for" if claims > _LARGE else ""


def expected_of_docx(dataset: Dataset) -> str:
    """The pages of a document that a word processor needs long for."""
    claims = claims_shown(dataset)
    if claims <= _LARGE:
        return ""
    return f"About {several(_pages(dataset, claims), 'page')}, which a word processor needs minutes to open"


def claims_shown(dataset: Dataset) -> int:
    """How many claims the dossier has, each with its passage."""
    return len(decided_in(dataset)) if dataset.choice("claims") == "decided" else len(dataset.claims)


def _pages(dataset: Dataset, claims: int) -> int:
    pages = _AROUND + claims * _A_CLAIM + len(dataset.articles) * _A_SOURCE
    return round(pages / 10) * 10 or 10


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return "less than a minute"
    minutes = round(seconds / _MINUTE)
    return f"about {several(minutes, 'minute')}, on a slow computer in several times that"
