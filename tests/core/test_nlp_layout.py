"""What each paragraph is for."""

import pytest

from factdesk.nlp.layout import Role, paragraphs

PAGE = """\
Ferry sinks off Oberau as storm hits the northern coast

Ferry sinks off Oberau as storm hits the northern coast

The ferry Anna sank on Monday off the coast of Oberau, the harbour office said.
INGRID HOLM/Getty Images
What We Know So Far
Read more
A rescue boat leaves the harbour of Oberau while divers wait for better weather on Monday
Fourteen people were saved by fishing boats.
Explore more
- News
"""


def roles(text, title=""):
    return [(p.span.of(text), p.role) for p in paragraphs(text, title)]


def test_a_saved_page_is_told_apart():
    assert [role for _, role in roles(PAGE)] == [
        Role.HEADING,
        Role.HEADING,
        Role.BODY,
        Role.CREDIT,
        Role.HEADING,
        Role.NAVIGATION,
        Role.CAPTION,
        Role.BODY,
        Role.NAVIGATION,
        Role.NAVIGATION,
    ]


def test_a_repeated_headline_is_linked_with_its_first_copy():
    assert paragraphs(PAGE)[1].repeat_of == 0


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("(AP Photo/Jon Berg)", Role.CREDIT),
        ("Photo: Mia Lund", Role.CREDIT),
        ("By Jon Berg and Mia Lund", Role.CREDIT),
        ("https://example.org/story/1", Role.NAVIGATION),
        ("Subscribe to our newsletter", Role.NAVIGATION),
        ("What happens next?", Role.HEADING),
        ("Two ministers resigned on Friday after the vote.", Role.BODY),
        ("• The dam held until midnight, according to the mayor.", Role.LIST),
    ],
)
def test_a_single_line_gets_its_role(line, role):
    text = f"The first paragraph says something.\n{line}\nThe last one says more."
    assert paragraphs(text)[1].role is role


def test_the_torn_end_of_an_article_is_still_text():
    text = "The first paragraph says something.\nThe army took dozens of villages in the north and forced the government to"
    assert paragraphs(text)[1].role is Role.BODY


def test_the_given_title_is_a_heading_wherever_it_stands():
    text = "The minister resigned.\nShe said the minister had resigned on Friday.\nThe end."
    assert paragraphs(text, "The minister resigned")[0].role is Role.HEADING


@pytest.mark.parametrize(
    "line",
    [
        "Additional reporting by Per Lunde. © 2031 North Coast Media.",
        "Reporting by Tora Vestergaard and Mia Lund",
        "Edited by Ola Fynn",
        "(c) North Coast Media 2031",
    ],
)
def test_lines_about_the_making_of_an_article_are_credits(line):
    text = f"A bridge fell into the river on Sunday.\n{line}\nThe road stays closed until March.\n"
    assert paragraphs(text)[1].role is Role.CREDIT
