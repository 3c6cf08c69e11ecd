"""Colours of reviewers: the same each time, readable on every ground, the project's own first."""

import pytest
from PySide6.QtGui import QColor

from factdesk.store.people import Person
from factdesk_gui.models.reviewer_colours import colour_of, colours_of, shade
from factdesk_gui.theme import CONTRAST, DARK, LIGHT

PEOPLE = [Person(f"Reviewer {number}", "") for number in range(8)]


def luminance(colour):
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_colours_stand_out_from_every_ground_of_their_theme(theme):
    colours = colours_of(PEOPLE, dark=theme.dark)
    assert len({colour.name() for colour in colours.values()}) == len(PEOPLE)
    for name, colour in colours.items():
        for ground in (theme.base, theme.window, theme.raised):
            assert contrast(colour, ground) >= 4.5, f"{name} on {ground.name()}"


def test_the_colour_that_a_project_says_comes_first():
    people = [Person("Ada", "crimson"), Person("Ben", "#112233"), Person("Cy", "")]
    for dark in (False, True):
        colours = colours_of(people, dark=dark)
        assert colours["Ada"] == shade("crimson", dark=dark)
    colours = colours_of(people, dark=False)
    assert colours["Ben"] == colours_of([Person("Eve", ""), Person("Ben", "")], dark=False)["Ben"]


def test_nobody_gets_by_order_what_was_chosen_for_somebody_else():
    people = [Person("Ada", ""), Person("Ben", "teal"), Person("Cy", ""), Person("Dee", "blue")]
    colours = colours_of(people, dark=False)
    assert colours["Ben"] == shade("teal", dark=False)
    assert len({colour.name() for colour in colours.values()}) == 4


def test_more_reviewers_than_colours_begin_anew_and_unknown_ones_are_grey():
    many = [Person(str(number), "") for number in range(9)]
    colours = colours_of(many, dark=True)
    assert colours["8"] == colours["0"]
    assert colour_of("nobody", colours) == QColor("#808080")
