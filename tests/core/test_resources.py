"""The package of icons and samples."""

import xml.etree.ElementTree as ET

import pytest

import factdesk_resources

SVG = "{http://www.w3.org/2000/svg}"
FIXED = ("-grey", "-black", "-white")  # small marks for the style sheet, which cannot tint
DRAWINGS = sorted(factdesk_resources.path("icons").glob("*.svg"))
ICONS = [drawing for drawing in DRAWINGS if not drawing.stem.endswith(FIXED)]
NEEDED = [
    "open",
    "new",
    "import",
    "paste",
    "export",
    "verified",
    "disputed",
    "unverified",
    "clear",
    "undo",
    "redo",
    "previous",
    "next",
    "find",
    "evidence",
    "link",
    "accept",
    "refuse",
    "claim",
    "mention",
    "entities",
    "progress",
    "queue",
    "inspector",
    "settings",
    "keys",
    "theme",
    "close",
    "add-pane",
    "lock-scroll",
    "analyse",
    "stop",
    "help",
    "note",
]


def test_text_and_bytes_of_a_resource_agree():
    assert factdesk_resources.read_text("icons/open.svg").encode() == factdesk_resources.read_bytes("icons/open.svg")
    assert factdesk_resources.path("icons/open.svg").is_file()


def test_missing_resource_is_an_error():
    with pytest.raises(FileNotFoundError):
        factdesk_resources.read_bytes("icons/no-such-icon.svg")


def test_every_needed_icon_is_there():
    assert set(NEEDED) <= {icon.stem for icon in ICONS}


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_icon_is_drawn_in_the_one_hand(icon):
    svg = ET.fromstring(icon.read_text("utf-8"))  # noqa: S314 - our own file
    assert svg.tag == f"{SVG}svg"
    wanted = {
        "viewBox": "0 0 24 24",
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": "1.75",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    assert {key: svg.get(key) for key in wanted} == wanted
    shapes = list(svg)
    assert shapes
    assert {shape.tag.removeprefix(SVG) for shape in shapes} <= {"path", "circle", "rect"}
    assert {shape.get("fill") for shape in shapes} <= {None, "currentColor"}
    assert {shape.get("stroke") for shape in shapes} <= {None, "none"}


def test_application_icon_is_a_square_drawing():
    svg = ET.fromstring(factdesk_resources.read_text("factdesk.svg"))  # noqa: S314 - our own file
    assert svg.get("viewBox") == "0 0 128 128"
