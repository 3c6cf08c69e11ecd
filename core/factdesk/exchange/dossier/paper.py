"""What python-docx has no words for, or is slow at: runs and rows by the hundred thousand, fields, languages, links, marks."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from factdesk.exchange.dossier.markup import is_web_address

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {"\n": "br", "\r": "br", "\t": "tab"}
_BREAKS = re.compile("([\n\r\t])")


class Paper:
    """Fills a document made by python-docx."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph

        self.document = document
        self._make = OxmlElement
        self._name = qn
        self._wrap = Paragraph
        self._body = document._body  # noqa: SLF001 - the library seeks the end of the body anew for each paragraph
        self._end = document.element.body.sectPr
        self._bookmarks = 0
        self._styles: dict[str, str] = {}

    def paragraph(self, words: str = "", style: str = "") -> Any:
        """A paragraph. The library looks through all styles for each; here a style is looked up once."""
        made = self.element("p")
        self._end.addprevious(made)
        if style:
            if style not in self._styles:
                self._styles[style] = self.document.styles[style].style_id
            properties = self._under(made, "pPr")
            self._under(properties, "pStyle", val=self._styles[style])
        paragraph = self._wrap(made, self._body)
        if words:
            self.run(paragraph, words)
        return paragraph

    def run(
        self,
        paragraph: Any,
        words: str,
        *,
        bold: bool = False,
        underline: bool = False,
        colour: str = "",
        size: float = 0,
        language: str = "",
        is_rtl: bool = False,
    ) -> Any:
        """Words that look alike; `size` in points."""
        made = self._under(paragraph._p, "r")  # noqa: SLF001 - each of the library's own ways in looks through all children
        if not words.isprintable():
            self._broken(made, words)
        else:
            self._text(made, words)
        wanted: tuple[tuple[str, Any, dict[str, str]], ...] = (
            ("b", bold, {}),
            ("color", colour, {"val": colour}),
            ("sz", size, {"val": f"{size * 2:g}"}),
            ("u", underline, {"val": "single"}),
            ("rtl", is_rtl, {}),
            ("lang", _is_language(language), {"val": language, "eastAsia": language, "bidi": language}),
        )
        looks = [(name, values) for name, is_wanted, values in wanted if is_wanted]
        if looks:
            properties = self.element("rPr")
            made.insert(0, properties)
            for name, values in looks:
                self._under(properties, name, **values)
        return made

    def _broken(self, made: Any, words: str) -> None:
        """Words with line ends and tabs in them."""
        for piece in _BREAKS.split(words):
            if piece in _SIGNS:
                self._under(made, _SIGNS[piece])
            elif piece:
                self._text(made, piece)

    def _text(self, made: Any, words: str) -> None:
        text = self._under(made, "t")
        text.text = words
        if words != words.strip():
            text.set(_SPACE, "preserve")

    def _under(self, parent: Any, tag: str, **values: str) -> Any:
        made = self.element(tag, **values)
        parent.append(made)
        return made

    def element(self, tag: str, **values: str) -> Any:
        """An element with attributes of the same namespace."""
        made = self._make(f"w:{tag}")
        for name, value in values.items():
            made.set(self._name(f"w:{name}"), value)
        return made

    def heading(self, text: str, level: int, anchor: str = "") -> Any:
        """A heading, which links can lead to."""
        paragraph = self.paragraph(text, f"Heading {level}")
        if anchor:
            self._bookmarks += 1
            number = str(self._bookmarks)
            paragraph._p.insert(  # noqa: SLF001 - the library has no bookmarks
                1 if paragraph._p.pPr is not None else 0,  # noqa: SLF001 - as above
                self.element("bookmarkStart", id=number, name=_bookmark(anchor)),
            )
            paragraph._p.append(self.element("bookmarkEnd", id=number))  # noqa: SLF001 - as above
        return paragraph

    def field(self, paragraph: Any, instruction: str, shown: str) -> None:
        """Something that the word processor works out, such as a page number; `shown` until then."""
        self._begin(paragraph, instruction)
        paragraph.add_run(shown)
        self._mark(paragraph, "end")

    @contextmanager
    def long_field(self, paragraph: Any, instruction: str) -> Iterator[None]:
        """The same with what is added to the document meanwhile as its content."""
        self._begin(paragraph, instruction)
        yield
        self._mark(self.paragraph(), "end")

    def _begin(self, paragraph: Any, instruction: str) -> None:
        self._mark(paragraph, "begin")
        code = self.element("instrText")
        code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        code.text = f" {instruction} "
        paragraph.add_run()._r.append(code)  # noqa: SLF001 - the library has no fields
        self._mark(paragraph, "separate")

    def _mark(self, paragraph: Any, kind: str) -> None:
        paragraph.add_run()._r.append(self.element("fldChar", fldCharType=kind))  # noqa: SLF001 - as above

    def turn(self, paragraph: Any) -> None:
        """Make a paragraph run from right to left."""
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no directions
        properties.insert_element_before(
            self.element("bidi"),
            *(f"w:{name}" for name in ("adjustRightInd", "snapToGrid", "spacing", "ind", "jc", "rPr")),
        )

    def link(self, paragraph: Any, text: str, *, anchor: str = "", address: str = "") -> None:
        """A link within the document, or to an address of the web; of any other address only its words."""
        if address and not is_web_address(address):
            self.run(paragraph, text)
            return
        link = self._make("w:hyperlink")
        if anchor:
            link.set(self._name("w:anchor"), _bookmark(anchor))
        else:
            link.set(self._name("r:id"), paragraph.part.relate_to(address, _LINKS, is_external=True))
        link.append(self.run(paragraph, text, underline=True))
        paragraph._p.append(link)  # noqa: SLF001 - as above

    def row(self, table: Any, texts: Iterable[str], size: float, *, is_head: bool = False) -> None:
        """One more row; it is not broken over two pages. A head is repeated on each page and told to screen readers."""
        row = self._under(table._tbl, "tr")  # noqa: SLF001 - the library lays the whole grid for each row
        self._under(self._under(row, "trPr"), "tblHeader" if is_head else "cantSplit")
        for text in texts:
            cell = self._under(row, "tc")
            self._under(self._under(cell, "tcPr"), "tcW", w="0", type="auto")
            self.run(self._wrap(self._under(cell, "p"), table), text, bold=is_head, size=size)

    def describe(self, table: Any, title: str) -> None:
        """What a table shows, for those who cannot see it."""
        table._tbl.tblPr.append(self.element("tblCaption", val=title))  # noqa: SLF001 - the library has no such property


def _is_language(code: str) -> bool:
    return bool(code) and all(part.isalnum() for part in code.split("-"))


def _bookmark(anchor: str) -> str:
    return anchor.replace("-", "_")[:40]
