"""The fixed parts of a workbook (Office Open XML, transitional): what stands around the rows of its sheets."""

from collections.abc import Iterator, Sequence
from html import escape  # that of xml.sax loads urllib
from typing import NamedTuple

from factdesk import __version__
from factdesk.clock import utc_now

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LETTERS = 26
_QUOTED = ' quotePrefix="1"'


class Look(NamedTuple):
    """How cells look."""

    colour: str  # of the ground, as RRGGBB; "" for none
    is_head: bool
    is_quoted: bool  # Excel shows a text that begins like a formula as a text


def letters(count: int) -> list[str]:
    """The names of the first columns: A, B, … Z, AA and so on."""
    found = []
    for number in range(count):
        name, rest = "", number + 1
        while rest:
            rest, digit = divmod(rest - 1, _LETTERS)
            name = chr(ord("A") + digit) + name
        found.append(name)
    return found


def around(sheets: Sequence[tuple[str, str]], looks: Sequence[Look]) -> Iterator[tuple[str, str]]:
    """All parts of the package but the sheets themselves, of which title and area are known: name and content."""
    numbers = range(1, len(sheets) + 1)
    yield "[Content_Types].xml", _content_types(numbers)
    main = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    core = (
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    )
    yield "_rels/.rels", _relationships(main + core)
    yield "docProps/core.xml", _properties()
    yield "xl/workbook.xml", _workbook(sheets)
    targets = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    ]
    styles = f'<Relationship Id="rId{len(sheets) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    yield "xl/_rels/workbook.xml.rels", _relationships("".join([*targets, styles]))
    yield "xl/styles.xml", _styles(looks)


def before_rows(area: str, widths: Sequence[int]) -> str:
    """The beginning of a sheet: the first row stays in sight, and columns have widths."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{MAIN}"><dimension ref="{area}"/><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def after_rows(area: str) -> str:
    """Its end: every column can be filtered."""
    return f'</sheetData><autoFilter ref="{area}"/></worksheet>'


def _content_types(numbers: Sequence[int]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>' for n in numbers
    )
    return (
        f'{_XML}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/>{sheets}</Types>'
    )


def _relationships(inner: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _properties() -> str:
    made = f"{utc_now()[:19]}Z"
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:creator>Factdesk {__version__}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        "</cp:coreProperties>"
    )


def _workbook(sheets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, (title, _) in enumerate(sheets, start=1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">\'{escape(title, quote=False)}\'!{_fixed(area)}</definedName>'
        for n, (title, area) in enumerate(sheets)
    )
    return (
        f'{_XML}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews><sheets>{listed}</sheets>'
        f"<definedNames>{filters}</definedNames></workbook>"
    )


def _fixed(area: str) -> str:
    """An area that does not move: $A$1:$C$7."""
    corners = []
    for corner in area.split(":"):
        column = corner.rstrip("0123456789")
        corners.append(f"${column}${corner.removeprefix(column)}")
    return ":".join(corners)


def _styles(looks: Sequence[Look]) -> str:
    colours = list(dict.fromkeys(look.colour for look in looks if look.colour))
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="00{colour}"/></patternFill></fill>' for colour in colours
    )
    formats = "".join(
        f'<xf numFmtId="0" fontId="{int(look.is_head)}" fillId="{2 + colours.index(look.colour) if look.colour else 0}" borderId="0" '
        f'xfId="0" applyFont="1" applyFill="1" applyAlignment="1"{_QUOTED if look.is_quoted else ""}>'
        '<alignment vertical="top" wrapText="1"/></xf>'
        for look in looks
    )
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    return (
        f'{_XML}<styleSheet xmlns="{MAIN}"><fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        f'<fills count="{2 + len(colours)}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        f'{fills}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1">{plain}</cellStyleXfs><cellXfs count="{1 + len(looks)}">{plain}{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
