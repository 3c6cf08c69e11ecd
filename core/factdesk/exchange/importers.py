"""Files and pasted text in, new articles out: which importer reads what, and reading with it in this process.

The window and the commands read other people's files in a child process (see `process`), where a broken or hostile
file does no harm.
"""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from factdesk.clock import utc_now
from factdesk.errors import ImportRefusedError
from factdesk.exchange.kinds.plain import IMPORTER as PLAIN_TEXT
from factdesk.exchange.kinds.plain import meta_of_text
from factdesk.exchange.readings import AS_IT_IS, BadPart, Found, Importer, Reading, ReadOptions, SourceFile
from factdesk.exchange.registered import registered
from factdesk.model.articles import ArticleSource, NewArticle
from factdesk.text.normalise import normalise

GROUP = "factdesk.importers"
"""The entry point group: each names an Importer."""

LARGEST = 50 * 1024 * 1024
"""The largest file that is read, in bytes; archives may be larger, their parts not."""

_HEAD = 64 * 1024


def importers() -> tuple[Importer, ...]:
    """Every kind of file that can be imported, by title."""
    return _found()[0]


def broken_importers() -> tuple[str, ...]:
    """A sentence for each registered importer that cannot be used, normally none."""
    return _found()[1]


def importer_for(file: SourceFile, known: Sequence[Importer] = ()) -> Importer:
    """Who reads this file: what it looks like counts more than what it is called.

    Raises ImportRefusedError for a kind that is known and not imported; what nobody knows is tried as plain text.
    """
    head, known = file.data[:_HEAD], known or importers()
    named = [each for each in known if file.suffix in each.suffixes]
    typed = [each for each in known if file.media_type == each.media_type != PLAIN_TEXT.media_type]
    looks = [each for each in known if each.sniff is not None and each.sniff(head)]
    if named and not head.strip():
        return named[0]  # an empty file looks like nothing: it may belong to another one
    for each in (*named, *typed):
        if each in looks:
            return each
    if looks:
        return looks[0]
    unsniffed = [each for each in (*named, *typed) if each.sniff is None]
    if unsniffed:
        return unsniffed[0]
    if file.suffix in _NOT_YET:
        words, hint = _NOT_YET[file.suffix]
        raise ImportRefusedError(f"{file.quoted} is {words}, which Factdesk does not import.", hint)
    if named:
        raise ImportRefusedError(
            f"{file.quoted} is no {named[0].title}, though its name says so.", "Check where it comes from."
        )
    return PLAIN_TEXT


def read_source(file: SourceFile, options: ReadOptions = AS_IT_IS) -> Iterator[Found]:
    """All that is in a file, one article after the other; bad parts are told between them.

    Raises ImportRefusedError, naming the file, when nothing of it can be read.
    """
    chosen = importer_for(file)
    for found in chosen.read(file, options):
        yield found if isinstance(found, BadPart) else replace(found, kind=chosen.title)


def read_file(path: Path | str, encoding: str | None = None) -> Reading:
    """Read one file that holds one article, in this process.

    Raises ImportRefusedError, which names the file, when it is no article.
    """
    path = Path(path)
    for found in read_source(load_file(path), ReadOptions(encoding)):
        if isinstance(found, Reading):
            return found
    raise ImportRefusedError(f"“{path.name}” holds no article.", "There is nothing to import from it.")


def read_text_file(path: Path | str, encoding: str | None = None) -> NewArticle:
    """A file as a new article; see `read_file` for how sure its encoding is."""
    return read_file(path, encoding).article


def from_pasted(text: str) -> NewArticle:
    """Pasted text as a new article. What was pasted is kept as its original, in UTF-8."""
    normal = normalise(text)
    if not normal.strip("\ufeff\ufffd \t\n\f\v"):
        raise ImportRefusedError("There is no text to import.", "Copy the text of the article first.")
    original = text.encode("utf-8", "surrogatepass")
    source = ArticleSource(original, encoding="utf-8", captured_at=utc_now())
    return NewArticle(normal, meta_of_text(normal), source)


def load_file(path: Path) -> SourceFile:
    """The bytes of a file; refuses one that cannot be read or is too large, without reading all of it."""
    try:
        about = path.stat()
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):  # reading a pipe would wait for ever
            raise ImportRefusedError(f"“{path.name}” is no ordinary file.", "Choose files with articles in them.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
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
    return SourceFile(path.name, data, _as_utc(about.st_mtime), path)


def _as_utc(seconds: float) -> str:
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):  # a file system without sensible times
        return utc_now()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


@cache
def _found() -> tuple[tuple[Importer, ...], tuple[str, ...]]:
    found, broken = registered(GROUP, Importer)
    return tuple(sorted((each for each, _ in found), key=lambda each: each.title.casefold())), tuple(broken)


_PASTE = "Open it in the program it belongs to, copy the text of the article and paste it into Factdesk."
_NOT_YET: dict[str, tuple[str, str]] = {
    **dict.fromkeys((".doc", ".rtf", ".pages", ".wpd"), ("a word processor's document", _PASTE)),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), ("an electronic book", _PASTE)),
    ".factdesk": ("a Factdesk project", "Open it instead of importing it."),
}
"""Kinds of files known by their name, with what to do instead."""
