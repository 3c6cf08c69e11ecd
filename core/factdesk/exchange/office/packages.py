"""Documents that are ZIP archives of XML files (DOCX, ODT, XLSX): opened within limits, nothing resolved or fetched."""

import re
import zipfile
from io import BytesIO
from typing import Any

from factdesk.errors import ImportRefusedError
from factdesk.exchange.archives import BROKEN, LARGEST_PART, MOST_PACKED
from factdesk.exchange.readings import SourceFile

LARGEST_WHOLE = 300 * 1024 * 1024  # bytes of all files of a document together, unpacked
MOST_PARTS = 20_000

_DECLARES = re.compile(
    b"|".join(
        re.escape(word.encode(encoding))
        for word in ("<!DOCTYPE", "<!ENTITY")
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )
)
_SAVE_ANEW = "Open it in the program that it comes from, save it anew, and import that."


class Package:
    """The files of one document. Raises ImportRefusedError, naming the file, for whatever is wrong with it."""

    def __init__(self, file: SourceFile, kind: str) -> None:
        self._file = file
        self._kind = kind  # such as “Word document”
        try:
            self._archive = zipfile.ZipFile(BytesIO(file.data))
        except BROKEN as error:
            raise self.refusal(f"is a broken {kind}: it cannot be unpacked ({error}).") from error
        self._sizes = {info.filename: info for info in self._archive.infolist()}
        self._check()

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return list(self._sizes)

    def refusal(self, words: str, hint: str = _SAVE_ANEW) -> ImportRefusedError:
        """A refusal of the document: its name and what is wrong."""
        return ImportRefusedError(f"{self._file.quoted} {words}", hint)

    def data(self, name: str) -> bytes | None:
        """One of its files, or None when there is no such file."""
        info = self._sizes.get(name)
        if info is None:
            return None
        if info.file_size > LARGEST_PART:
            raise self.refusal(f"holds a part larger than {LARGEST_PART // 2**20} MB.")
        try:
            with self._archive.open(info) as part:
                return part.read(LARGEST_PART + 1)
        except BROKEN as error:
            raise self.refusal(f"is a broken {self._kind}: “{name}” cannot be unpacked ({error}).") from error

    def xml(self, name: str) -> Any:
        """The root element of one of its XML files, or None when there is no such file."""
        data = self.data(name)
        if data is None:
            return None
        refuse_declarations(self._file, data)
        return parsed(self._file, data, self._kind)

    def check_declarations(self) -> None:
        """Refuses the document if one of its XML files declares entities, before another library parses it."""
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                refuse_declarations(self._file, self.data(name) or b"")

    def _check(self) -> None:
        whole = 0
        for info in self._sizes.values():
            whole += info.file_size
            if info.flag_bits & 1:
                raise self.refusal("is locked with a password.", "Save it without one.")
            if info.compress_size and info.file_size > 2**20 and info.file_size / info.compress_size > MOST_PACKED:
                raise self.refusal("is packed far more tightly than any text: it may be made to fill the memory.")
        if whole > LARGEST_WHOLE or len(self._sizes) > MOST_PARTS:
            raise self.refusal(f"unpacks to more than {LARGEST_WHOLE // 2**20} MB or {MOST_PARTS:,} files.")


def refuse_declarations(file: SourceFile, data: bytes) -> None:
    """No office program writes a document type or entities into its files; whoever does means no good."""
    if _DECLARES.search(data):
        raise ImportRefusedError(
            f"{file.quoted} declares entities, as no office program does: it may be made to fill the memory.",
            _SAVE_ANEW,
        )


def parsed(file: SourceFile, data: bytes, kind: str) -> Any:
    """XML as a tree: no entities, no network, no endless depth or length."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ImportRefusedError(
            f"{file.quoted} is a broken {kind}: its XML ends or errs ({error}).", _SAVE_ANEW
        ) from error
    except ValueError as error:  # an encoding that nobody knows
        raise ImportRefusedError(f"{file.quoted} is a broken {kind} ({error}).", _SAVE_ANEW) from error


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
