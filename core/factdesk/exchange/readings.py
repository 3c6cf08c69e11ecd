"""What files hold before it becomes articles: the values that every kind of file is read into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from factdesk.model.articles import NewArticle
from factdesk.model.given import NOTHING_GIVEN, Given, TableMapping


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a reviewer chose about reading a file."""

    encoding: str | None = None  # None: detect it
    mapping: TableMapping | None = None  # of a table; None: guess it from the names of its columns
    member: tuple[str, ...] = ()  # of an archive: only this file, by its names, the outermost first; () for all


AS_IT_IS = ReadOptions()

_LARGEST_NEIGHBOUR = 50 * 1024 * 1024  # bytes, as for any file


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file, or of a part of one, and what is known of it before they are understood."""

    name: str  # without its folder
    data: bytes
    captured_at: str = ""  # the file's own time: UTC, ISO 8601 with Z
    path: Path | None = None  # where it lies, for files that belong together; None inside an archive
    media_type: str = ""  # if something said so (a part of a mail or of a saved page); "" else
    address: str = ""  # where it was on the web, if something said so
    neighbours: Callable[[str], bytes | None] | None = field(default=None, compare=False, repr=False)  # in an archive

    def beside(self, name: str) -> "SourceFile | None":
        """A file that belongs to this one, by its name seen from this one's folder; None if it is not there.

        A name that leads out of the folder is never followed.
        """
        place = PurePosixPath(name)
        if not name or "\\" in name or ":" in name or "\0" in name or place.is_absolute() or ".." in place.parts:
            return None
        data = self.neighbours(name) if self.neighbours is not None else self._on_disk(name)
        return None if data is None else SourceFile(place.name, data, self.captured_at)

    def _on_disk(self, name: str) -> bytes | None:
        if self.path is None:
            return None
        try:
            folder, file = self.path.parent.resolve(), (self.path.parent / name).resolve()
            if not file.is_relative_to(folder) or not file.is_file() or file.stat().st_size > _LARGEST_NEIGHBOUR:
                return None
            return file.read_bytes()
        except OSError:
            return None

    @property
    def suffix(self) -> str:
        """The ending of its name, with the dot, in lower case."""
        return Path(self.name).suffix.lower()

    @property
    def quoted(self) -> str:
        """Its name as a sentence has it."""
        return f"“{self.name}”"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the original bytes of an article lie, so that they need not be kept in memory until it is stored."""

    path: Path
    member: tuple[str, ...] = ()  # names inside archives, the outermost first
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as read from a file, how sure its encoding is, and what a person should know about it.

    `article.source.original` are the bytes that the article stands for: the whole file, or for one of many in a
    file (a row, an entry of a feed) the part that it was read from.
    """

    article: NewArticle
    confident: bool = True
    alternatives: tuple[str, ...] = ()  # other encodings worth offering, likeliest first; () where it is not a choice
    replaced: int = 0  # characters that could not be read
    decoded_as: str = ""  # the encoding of its file, where the article's own original is another
    warnings: tuple[str, ...] = ()  # whole sentences: what was left out, guessed or repaired
    place: str = ""  # inside the file: “entry 3”, “row 17”, a name in an archive; "" for the whole file
    given: Given = NOTHING_GIVEN
    kind: str = ""  # title of the importer that read it
    origin: Origin | None = None  # set: `article.source.original` is empty and lies there (see `process.completed`)
    path: Path | None = None  # the file it was read from, as it was chosen
    member: tuple[str, ...] = ()  # inside an archive: the names of that file

    def warned(self, *sentences: str) -> "Reading":
        """The same with more warnings."""
        return replace(self, warnings=(*self.warnings, *filter(None, sentences)))


@dataclass(frozen=True, slots=True)
class BadPart:
    """A part of a file that could not be read, while others could."""

    place: str  # “row 17”, “line 3”, a name in an archive
    reason: str
    hint: str = ""  # what to do about it
    member: tuple[str, ...] = ()  # the file inside an archive that it is a part of
    needs_mapping: bool = False  # it is a table that can be read once its columns are known


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A file whose bytes are in the project already; it was not read again."""

    place: str
    sha256: str


Found = Reading | BadPart
"""What an importer gives, one after the other; a file that cannot be read at all raises ImportRefusedError instead."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file: how it is called, its names' endings, and how it becomes articles.

    Attributes:
        name: short and stable, such as `html`.
        title: for people, such as “Web page”.
        suffixes: endings with their dot, in lower case; "" for names without one.
        read: raises ImportRefusedError, naming the file, when it is not what its name says or cannot be read.
        sniff: whether the first 64 KB look like this kind, whatever the name says; None: only the name counts.
        has_encoding: whether a reviewer may choose the encoding.
    """

    name: str
    title: str
    media_type: str
    suffixes: frozenset[str]
    read: Callable[[SourceFile, ReadOptions], Iterator[Found]]
    sniff: Callable[[bytes], bool] | None = None
    has_encoding: bool = False
