import json

import pytest

from factdesk.exchange.dataset import ExportOptions, Whose
from factdesk.exchange.exporters import export_project, foresee
from factdesk.exchange.formats.claimreview import TO_DO_LIST, claimreview_problems, shortened
from factdesk.model.claims import Verdict
from factdesk.ops.claims import set_normalised
from factdesk_resources import read_text
from nasty_case import HALF_A, OVER_A_LINE, ROUTE, TWO_SENTENCES, nasty_case

MARK = json.loads(read_text("templates/claimreview.json"))["mark"]
LONG = (
    "False: the route between Ostrel and Vann has been thirty-five kilometres long since it was opened in the year 2024"
)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    bench = nasty_case(tmp_path_factory.mktemp("nasty"))
    bench.run(set_normalised, bench.claim(bench.ferry, ROUTE), LONG)
    yield bench
    bench.close()


def exported(bench, tmp_path, **options):
    out = tmp_path / "reviews"
    made = export_project(bench.project, "claimreview", out, ExportOptions(**options))
    reviews = [json.loads(path.read_bytes()) for path in out.glob("*.jsonld")]
    assert len(reviews) == made.written.count
    return made, {review["itemReviewed"]["text"]: review for review in reviews}


def test_what_only_a_publisher_knows_is_left_open_visibly(nasty, tmp_path):
    made, reviews = exported(nasty, tmp_path)
    for review in reviews.values():
        assert review["@type"] == "ClaimReview"
        assert review["url"].startswith(MARK)
        assert all(review["author"][name].startswith(MARK) for name in ("name", "url", "image"))
        assert review["datePublished"].startswith(MARK)
    todo = (tmp_path / "reviews" / TO_DO_LIST).read_text("utf-8")
    assert all(f"`{path.name}`" in todo for path in (tmp_path / "reviews").glob("*.jsonld"))
    assert any(TO_DO_LIST in note for note in made.written.notes)


def test_a_decided_fact_is_one_review_with_all_its_sources(nasty, tmp_path):
    _, reviews = exported(nasty, tmp_path)
    review = reviews["The ferry Milva sank on 3 May 2031 <off> Port Ostrel."]
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Conflicting",
        "ratingExplanation": "3 or 4 May?",
    }
    item = review["itemReviewed"]
    assert [work.get("headline") for work in item["appearance"]] == [
        'Ferry “Milva” sinks <b>&"now"',
        "غرق / טביעה / 沈没",
    ]
    assert "firstAppearance" not in item  # “May 2031” may be before or after 3 May
    assert "Ferry down" not in json.dumps(review)  # what contradicts it does not state it


def test_the_words_of_ratings(nasty, tmp_path):
    _, reviews = exported(nasty, tmp_path)
    words = {text: review["reviewRating"]["alternateName"] for text, review in reviews.items()}
    assert words[HALF_A] == "False"
    assert words[TWO_SENTENCES] == "Unproven"
    assert words["Experts expect a verdict in 2033."] == "Not rated"
    assert words[" ".join(OVER_A_LINE.split())] == "Missing context"
    assert all("ratingValue" not in review["reviewRating"] for review in reviews.values())


def test_numbers_come_with_their_scale(nasty, tmp_path):
    _, reviews = exported(nasty, tmp_path, choices={"rating": "numbers"})
    rating = reviews[HALF_A]["reviewRating"]
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (1, 5, 1)
    assert "ratingValue" not in reviews[TWO_SENTENCES]["reviewRating"]


def test_claims_are_short_and_hold_no_rating(nasty, tmp_path):
    made, reviews = exported(nasty, tmp_path)
    assert reviews[LONG]["claimReviewed"] == "the route between Ostrel and Vann has been thirty-five kilometres long…"
    assert any(note.startswith("1 claim was freed of the rating") for note in made.written.notes)
    assert any("cut to fewer than 75" in note for note in made.written.notes)
    assert all(len(review["claimReviewed"]) < 75 for review in reviews.values())


def test_the_claimant_is_the_author(nasty, tmp_path):
    _, reviews = exported(nasty, tmp_path)
    said = reviews[" ".join(OVER_A_LINE.split())]["itemReviewed"]
    assert said["author"] == {"@type": "Person", "name": "Tomas Brill"}
    assert said["firstAppearance"]["url"] == "https://harbour.example/a?b=1&c=2"
    assert reviews[HALF_A]["itemReviewed"]["author"] == {
        "@type": MARK + "Person or Organization",
        "name": "the harbour office",
    }
    assert "author" not in reviews[TWO_SENTENCES]["itemReviewed"]


def test_undecided_claims_are_left_out_and_told(nasty, tmp_path):
    assert any("without a verdict" in loss.what for loss in foresee(nasty.project, "claimreview"))
    _, reviews = exported(nasty, tmp_path, whose=Whose.ONE, reviewer="Ben | O’Neil")
    assert {text: review["reviewRating"]["alternateName"] for text, review in reviews.items()} == {
        HALF_A: "False",
        LONG: "True",
    }
    assert Verdict.VERIFIED.value not in reviews


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"url": "https://made-up.example/"}, "nobody knows the address"),
        ({"claimReviewed": "x" * 75}, "too long"),
        ({"claimReviewed": "The bridge fell (false)"}, "holds a rating"),
        ({"reviewRating": {"@type": "Rating", "ratingValue": 3, "alternateName": "Half"}}, "needs bestRating"),
        (
            {"reviewRating": {"alternateName": "", "ratingValue": 9, "bestRating": 5, "worstRating": 1}},
            "outside its scale",
        ),
        ({"author": {}}, "author is missing"),
    ],
)
def test_the_rules_find_what_is_wrong(nasty, tmp_path, change, problem):
    _, reviews = exported(nasty, tmp_path)
    good = reviews[HALF_A]
    known = {"https://harbour.example/a?b=1&c=2"}
    assert list(claimreview_problems(good, known)) == []
    assert any(problem in found for found in claimreview_problems(good | change, known))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("one two three four", "one two…"),
        ("onetwothreefour", "onetwoth…"),
        ("日本語日本語日本語日本語", "日本語日本語日本…"),
        ("abcdefg👩\u200d👩\u200d👧 x", "abcdefg…"),
        ("one, two – three four", "one, two…"),
    ],
)
def test_texts_are_cut_between_words_or_characters(text, short):
    assert shortened(text, 9) == short
