"""What python-docx has no words for: fields, languages, directions, heads of tables, links and marks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from factdesk.exchange.dossier.markup import is_web_address

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class Paper:
    """Fills a document made by python-docx."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self.document = document
        self._make = OxmlElement
        self._name = qn
        self._bookmarks = 0
        self._styles: dict[str, str] = {}

    def paragraph(self, words: str = "", style: str = "") -> Any:
        """A paragraph. The library looks through all styles for each; here a style is looked up once."""
        made = self.document.add_paragraph(words)
        if style:
            if style not in self._styles:
                self._styles[style] = self.document.styles[style].style_id
            made._p.style = self._styles[style]  # noqa: SLF001 - as above
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
    def long_field(self, paragraph: Any, instruction: str, document: Any) -> Iterator[None]:
        """The same with what is added to the document meanwhile as its content."""
        self._begin(paragraph, instruction)
        yield
        self._mark(document.add_paragraph(), "end")

    def _begin(self, paragraph: Any, instruction: str) -> None:
        self._mark(paragraph, "begin")
        code = self.element("instrText")
        code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        code.text = f" {instruction} "
        paragraph.add_run()._r.append(code)  # noqa: SLF001 - the library has no fields
        self._mark(paragraph, "separate")

    def _mark(self, paragraph: Any, kind: str) -> None:
        paragraph.add_run()._r.append(self.element("fldChar", fldCharType=kind))  # noqa: SLF001 - as above

    def say(self, run: Any, language: str, *, is_rtl: bool) -> None:
        """The language and direction of a run."""
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - the library has no languages
        if is_rtl:
            properties.append(self.element("rtl"))
        if language and all(part.isalnum() for part in language.split("-")):
            properties.append(self.element("lang", val=language, eastAsia=language, bidi=language))

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
            paragraph.add_run(text)
            return
        link = self._make("w:hyperlink")
        if anchor:
            link.set(self._name("w:anchor"), _bookmark(anchor))
        else:
            link.set(self._name("r:id"), paragraph.part.relate_to(address, _LINKS, is_external=True))
        run = paragraph.add_run(text)
        run.font.underline = True
        link.append(run._r)  # noqa: SLF001 - the library cannot make links
        paragraph._p.append(link)  # noqa: SLF001 - as above

    def head(self, row: Any) -> None:
        """The first row of a table: repeated on each page, told to screen readers."""
        row._tr.get_or_add_trPr().append(self.element("tblHeader"))  # noqa: SLF001 - the library has no heads

    def keep(self, row: Any) -> None:
        """A row that is not broken over two pages."""
        row._tr.get_or_add_trPr().append(self.element("cantSplit"))  # noqa: SLF001 - as above

    def describe(self, table: Any, title: str) -> None:
        """What a table shows, for those who cannot see it."""
        table._tbl.tblPr.append(self.element("tblCaption", val=title))  # noqa: SLF001 - the library has no such property


def _bookmark(anchor: str) -> str:
    return anchor.replace("-", "_")[:40]
