"""A colour for each reviewer; the name always stands beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from factdesk.model.people import COLOURS
from factdesk.store.people import Person

# In the order of COLOURS. At least 4.5 : 1 on the grounds of their theme, and told apart by people who see few colours:
# light and dark alternate.
_ON_LIGHT = ("#1f5fbf", "#9a3d00", "#0f6b5c", "#8a1f6b", "#4b4fa8", "#5c5a00", "#a01c3c", "#37535f")
_ON_DARK = ("#7fb2ff", "#ffab6b", "#5fd3bd", "#f08fd0", "#b3b5ff", "#d8d264", "#ff93a8", "#a9c4d0")
_DOT = 14  # pixels
_RATIO = 2  # sharp on most screens


def colours_of(people: Sequence[Person], *, dark: bool) -> dict[str, QColor]:
    """Colours by name, in the shades of the theme: the one a project says, else by the order of coming.

    Whose turn is a colour that was chosen for somebody else gets the next one that nobody has.
    """
    chosen = {person.colour for person in people if person.colour in COLOURS}
    turns = [COLOURS[at % len(COLOURS)] for at in range(len(people))]
    used = chosen | {turn for turn, person in zip(turns, people, strict=True) if person.colour not in COLOURS}
    found: dict[str, QColor] = {}
    for turn, person in zip(turns, people, strict=True):
        colour = person.colour if person.colour in COLOURS else turn
        if person.colour not in COLOURS and turn in chosen:
            colour = next((each for each in COLOURS if each not in used), turn)
            used.add(colour)
        found[person.name] = shade(colour, dark=dark)
    return found


def shade(colour: str, *, dark: bool) -> QColor:
    """What one of the named colours is in a theme."""
    return QColor((_ON_DARK if dark else _ON_LIGHT)[COLOURS.index(colour)])


def colour_of(name: str, colours: Mapping[str, QColor]) -> QColor:
    """The colour of a reviewer, also of one who came a moment ago."""
    return colours.get(name) or QColor("#808080")


def dot_icon(colour: QColor) -> QIcon:
    """A round dot for lists and boxes; with a white ring where its row is selected."""
    made = QIcon(_dot(colour))
    made.addPixmap(_dot(colour, ring=True), QIcon.Mode.Selected)
    return made


def _dot(colour: QColor, *, ring: bool = False) -> QPixmap:
    picture = QPixmap(_DOT * _RATIO, _DOT * _RATIO)
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(Qt.GlobalColor.white, 2) if ring else Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1, 1, _DOT - 2, _DOT - 2))
    painter.end()
    return picture
