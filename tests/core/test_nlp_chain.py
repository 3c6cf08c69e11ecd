"""Who a claim comes from: the speaker by name, then the voices behind it."""

import pytest

from factdesk.nlp import analyse, pipeline

pytestmark = pytest.mark.model

ARTICLE = """\
Defence minister Hanna Brandt visited Oberau on Monday with the mayor, Mr Olav Nilsen.
She said that 200 houses had been destroyed by the flood on March 18.
The minister said about 40 bridges were closed in the north.
The Institute for River Studies, citing Norwegian bloggers, said that the dam at Oberau had broken on Monday.
The mayor told Reuters that 12 people died in the flood.
At least 300 people left the town on Tuesday, Nilsen said, according to the NTB news agency.
He said 14 sailors were missing after the storm on Friday.
“The dam broke at 4 a.m. and 12 people were killed,” Brandt said. “Nobody warned the 300 families.”
According to Brandt, quoted by the Bergen Post, 20% of the fields were lost in 2019.
The bridge, Nilsen said, was closed on 5 May after 40 cars had crossed it.
"""


@pytest.fixture(scope="module")
def claims():
    found = analyse.analyse_article(pipeline.load(), "a1", ARTICLE, published="2031-05-14").claims
    return {claim.span.of(ARTICLE)[:12]: claim for claim in found}


@pytest.mark.parametrize(
    ("start", "claimant", "cue"),
    [
        ("She said tha", "Hanna Brandt", "said"),
        ("The minister", "Hanna Brandt", "said"),
        ("The Institut", "Institute for River Studies", "said"),
        ("The mayor to", "Olav Nilsen", "told"),
        ("He said 14 s", "Olav Nilsen", "said"),
        ("The dam brok", "Hanna Brandt", "said"),
        ("Nobody warne", "Hanna Brandt", "said"),
        ("The bridge, ", "Olav Nilsen", "said"),
    ],
)
def test_the_claimant_is_named(claims, start, claimant, cue):
    assert (claims[start].claimant, claims[start].cue) == (claimant, cue)


@pytest.mark.parametrize(
    ("start", "voices"),
    [
        ("She said tha", [("Hanna Brandt", "said")]),
        ("The Institut", [("Institute for River Studies", "said"), ("Norwegian bloggers", "citing")]),
        ("The mayor to", [("Olav Nilsen", "told"), ("Reuters", "told")]),
        ("At least 300", [("Olav Nilsen", "said"), ("the NTB news agency", "according to")]),
        ("According to", [("Hanna Brandt", "According to"), ("Bergen Post", "quoted by")]),
    ],
)
def test_the_voices_stand_in_a_chain(claims, start, voices):
    assert [(voice.name, voice.cue) for voice in claims[start].attribution] == voices


def test_voices_are_shown_where_the_article_names_them(claims):
    for claim in claims.values():
        for voice in claim.attribution:
            assert voice.span is None or voice.span.of(ARTICLE).strip()


@pytest.mark.parametrize(
    ("start", "content"),
    [
        ("The Institut", "the dam at Oberau had broken on Monday"),
        ("At least 300", "At least 300 people left the town on Tuesday"),
        ("According to", "20% of the fields were lost in 2019"),
        ("The bridge, ", "The bridge, Nilsen said, was closed on 5 May after 40 cars had crossed it"),
    ],
)
def test_what_is_said_stands_without_who_says_it(claims, start, content):
    assert claims[start].content_span.of(ARTICLE) == content


def test_claims_hold_their_values(claims):
    assert [v.text for v in claims["She said tha"].values] == ["200", "March 18"]
    assert claims["She said tha"].values[1].first_day == "2031-03-18"
    for claim in claims.values():
        assert all(v.span.of(ARTICLE) == v.text for v in claim.values)
