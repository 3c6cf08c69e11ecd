"""A colour for each reviewer; the name always stands beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from factdesk.model.people import COLOURS
from factdesk.store.people import Person

# In the order of COLOURS. At least 4.5 : 1 on the grounds of their theme, and told apart by people who see few colours:
# light and dark alternate.
_ON_LIGHT = ("#1f5fbf", "#9a3d00", "#0f6b5c", "#8a1f6b", "#4b4fa8", "#5c5a00", "#a01c3c", "#37535f")
_ON_DARK = ("#7fb2ff", "#ffab6b", "#5fd3bd", "#f08fd0", "#b3b5ff", "#d8d264", "#ff93a8", "#a9c4d0")
_DOT = 14  # pixels
_RATIO = 2  # sharp on most screens


def colours_of(people: Sequence[Person], *, dark: bool) -> dict[str, QColor]:
    """Colours by name, in the shades of the theme: the one a project says, else by the order of coming."""
    return {
        person.name: shade(person.colour if person.colour in COLOURS else COLOURS[at % len(COLOURS)], dark=dark)
        for at, person in enumerate(people)
    }


def shade(colour: str, *, dark: bool) -> QColor:
    """What one of the named colours is in a theme."""
    return QColor((_ON_DARK if dark else _ON_LIGHT)[COLOURS.index(colour)])


def colour_of(name: str, colours: Mapping[str, QColor]) -> QColor:
    """The colour of a reviewer, also of one who came a moment ago."""
    return colours.get(name) or QColor("#808080")


def dot_icon(colour: QColor) -> QIcon:
    """A round dot for lists and boxes."""
    picture = QPixmap(_DOT * _RATIO, _DOT * _RATIO)
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1, 1, _DOT - 2, _DOT - 2))
    painter.end()
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)  # else the style tints it where its row is selected
    return made
