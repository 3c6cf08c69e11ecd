"""Files and pasted text in, new articles out. One importer for each kind of file, found by the file's name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from factdesk.clock import utc_now
from factdesk.errors import FactdeskError, ImportRefusedError
from factdesk.exchange.files import expand_paths
from factdesk.exchange.progress import Progress, no_progress
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.text.decode import Decoded, decode
from factdesk.text.headline import find_headline
from factdesk.text.language import guess_language
from factdesk.text.normalise import normalise

LARGEST = 50 * 1024 * 1024
"""The largest file that is read, in bytes."""

_PASTE = "Open it in the program it belongs to, copy the text of the article and paste it into Factdesk."


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as read from a file, and how sure its encoding is."""

    article: NewArticle
    confident: bool = True
    alternatives: tuple[str, ...] = ()  # other encodings worth offering, likeliest first
    replaced: int = 0  # characters that could not be read


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file and what is known of it before they are understood."""

    name: str
    data: bytes
    captured_at: str


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file: how it is called, its name's endings, and how it becomes an article."""

    title: str
    media_type: str
    suffixes: frozenset[str]
    read: Callable[[SourceFile, str | None], Reading]


def importers() -> tuple[Importer, ...]:
    """Every kind of file that can be imported; what none of them claims is tried as plain text."""
    return (PLAIN_TEXT,)


def read_text_file(path: Path | str, encoding: str | None = None) -> NewArticle:
    """A file as a new article; see `read_file` for how sure its encoding is."""
    return read_file(path, encoding).article


def read_file(path: Path | str, encoding: str | None = None) -> Reading:
    """Read one file, in the encoding that is detected or in the one that the reviewer chose.

    Raises ImportRefusedError, which names the file, when it is no article.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    importer = next((each for each in importers() if suffix in each.suffixes), None)
    if importer is None and suffix in _NOT_YET:
        words, hint = _NOT_YET[suffix]
        raise ImportRefusedError(f"“{path.name}” is {words}, which Factdesk does not import.", hint)
    return (importer or PLAIN_TEXT).read(_load(path), encoding)


def read_files(
    paths: Iterable[Path | str], progress: Progress = no_progress
) -> tuple[list[NewArticle], list[ImportRefusedError]]:
    """Read many files and whole folders: the articles, and for each file that is none the reason."""
    articles: list[NewArticle] = []
    refused: list[ImportRefusedError] = []
    files = expand_paths(paths)
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            articles.append(read_text_file(file))
        except ImportRefusedError as error:
            refused.append(error)
    progress(len(files), len(files))
    return articles, refused


def from_pasted(text: str) -> NewArticle:
    """Pasted text as a new article. What was pasted is kept as its original, in UTF-8."""
    normal = normalise(text)
    if not normal.strip("\ufeff\ufffd \t\n\f\v"):
        raise ImportRefusedError("There is no text to import.", "Copy the text of the article first.")
    original = text.encode("utf-8", "surrogatepass")
    source = ArticleSource(original, encoding="utf-8", captured_at=utc_now())
    return NewArticle(normal, _meta(normal), source)


def _load(path: Path) -> SourceFile:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        changed = path.stat().st_mtime
    except FileNotFoundError as error:
        raise ImportRefusedError(f"There is no file {path}.", "Check its name and its folder.") from error
    except IsADirectoryError as error:
        raise ImportRefusedError(f"{path} is a folder.", "Choose the files in it.") from error
    except OSError as error:
        raise ImportRefusedError(
            f"“{path.name}” cannot be read ({error.strerror or error}).", "Check that you may read it."
        ) from error
    if len(data) > LARGEST:
        raise ImportRefusedError(
            f"“{path.name}” is larger than {LARGEST // 2**20} MB.", "Split it, and import the articles one by one."
        )
    return SourceFile(path.name, data, _as_utc(changed))


def _as_utc(seconds: float) -> str:
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):  # a file system without sensible times
        return utc_now()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _read_plain(file: SourceFile, encoding: str | None) -> Reading:
    named = f"“{file.name}”"
    try:
        decoded = decode(file.data, encoding, name=named)
    except ImportRefusedError:
        raise
    except FactdeskError as error:  # an encoding that does not exist
        raise ImportRefusedError(error.message, error.hint) from error
    _refuse_markup(decoded, named)
    text = normalise(decoded.text)
    source = ArticleSource(file.data, file.name, decoded.encoding, PLAIN_TEXT.media_type, file.captured_at)
    article = NewArticle(text, _meta(text), source)
    return Reading(article, decoded.confident, decoded.alternatives, decoded.replaced)


def _refuse_markup(decoded: Decoded, named: str) -> None:
    head = decoded.text[:1000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("<!doctype html", "<html")):
        words, hint = _WEB_PAGE
        raise ImportRefusedError(f"{named} is {words}, which Factdesk does not import.", hint)


def _meta(text: str) -> ArticleMeta:
    return ArticleMeta(title=find_headline(text), language=guess_language(text))


PLAIN_TEXT = Importer(
    "Plain text", "text/plain", frozenset({".txt", ".text", ".md", ".markdown", ".asc", ".log", ""}), _read_plain
)

_WEB_PAGE = ("a web page", "Open it in a browser, copy the text of the article and paste it into Factdesk.")
_NOT_YET: dict[str, tuple[str, str]] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml", ".mht"), _WEB_PAGE),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pages"), ("a word processor's document", _PASTE)),
    **dict.fromkeys((".epub", ".mobi"), ("an electronic book", _PASTE)),
    ".factdesk": ("a Factdesk project", "Open it instead of importing it."),
    ".jsonl": (
        "a dataset, not an article",
        "An export of Factdesk becomes a project of its own: File, New project from an export.",
    ),
}
"""Kinds of files known by their name, with what to do instead; the text inside would be markup, not an article."""
