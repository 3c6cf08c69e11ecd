"""A colour for each reviewer; the name always stands beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QColor

from factdesk.store.people import Person

# At least 4.5 : 1 on the grounds of their theme, and told apart by people who see few colours: light and dark alternate.
_ON_LIGHT = ("#1f5fbf", "#9a3d00", "#0f6b5c", "#8a1f6b", "#4b4fa8", "#5c5a00", "#a01c3c", "#37535f")
_ON_DARK = ("#7fb2ff", "#ffab6b", "#5fd3bd", "#f08fd0", "#b3b5ff", "#d8d264", "#ff93a8", "#a9c4d0")


def colours_of(people: Sequence[Person], *, dark: bool) -> dict[str, QColor]:
    """Colours by name: the one a project says, else by the order in which reviewers came to it."""
    palette = _ON_DARK if dark else _ON_LIGHT
    return {
        person.name: QColor(person.colour if QColor(person.colour).isValid() else palette[at % len(palette)])
        for at, person in enumerate(people)
    }


def colour_of(name: str, colours: Mapping[str, QColor]) -> QColor:
    """The colour of a reviewer, also of one who came a moment ago."""
    return colours.get(name) or QColor("#808080")
