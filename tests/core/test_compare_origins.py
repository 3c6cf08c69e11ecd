"""Articles that share their text."""

import random
import time

import pytest

from factdesk.compare.origins import shared_origins

WIRE = """The bridge at Lindau was closed on Tuesday after divers found a crack in the third pier, the harbour office said.
Lorries are sent over the old road until the end of the month. Repairs will cost two million francs, according to the office,
and the town has asked the canton to pay half of it. No one was hurt. The last inspection was four years ago.
Fishermen had reported falling stones since the spring, but nobody had written their reports down."""
REWRITE = """Drivers around Lindau need patience. The bridge was closed on Tuesday after divers found a crack in the third pier, a
spokeswoman told this paper. Lorries are sent over the old road until the end of the month, and repairs will cost two million
francs, with the town asking for help. Fishermen had reported falling stones since the spring, but nobody had written it down."""
OTHER = """A crack in a pier has shut the bridge of Lindau for weeks. The damage came to light on Tuesday morning, when two divers
looked at the foundations because fishermen had complained. The harbour office expects costs of two million francs. Half of that
is to come from the canton, if the town has its way. Heavy traffic takes a detour by the old road until further notice."""


def words(n: int, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices("abcdefgh", k=5)) for _ in range(n))


def test_reprints_are_one_origin():
    (origin,) = shared_origins([("a", WIRE), ("b", OTHER), ("c", WIRE)])
    assert origin.article_ids == ("a", "c")
    assert origin.shares == (1.0, 1.0)


def test_wire_copy_with_another_lead_and_a_longer_text_is_one_origin():
    (origin,) = shared_origins([("a", WIRE), ("b", words(20, 1) + "\n" + WIRE + "\n" + words(100, 2))])
    assert origin.shares[0] == 1.0
    assert 0.3 < origin.shares[1] < 0.5


def test_a_rewrite_is_found_with_the_part_it_shares():
    (origin,) = shared_origins([("a", WIRE), ("b", OTHER), ("c", REWRITE)])
    assert set(origin.article_ids) == {"a", "c"}
    assert all(0.4 < share < 0.8 for share in origin.shares)


def test_independent_reports_of_one_event_are_different_origins():
    assert shared_origins([("a", WIRE), ("b", OTHER)]) == []


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»"])
def test_the_same_speech_quoted_is_no_shared_origin(marks):
    speech = marks.format(" ".join(WIRE.split()))
    assert shared_origins([("a", words(80, 1) + speech), ("b", words(80, 2) + speech)]) == []


def test_two_articles_are_not_joined_by_a_third_that_copies_from_both():
    mine, yours = words(120, 1), words(120, 2)
    (origin,) = shared_origins([("a", mine), ("b", yours), ("c", mine[: len(mine) // 2] + " " + yours)])
    assert len(origin.article_ids) == 2


def test_a_common_boilerplate_is_no_shared_origin():
    footer = "Sign up for our letter and read all that happened in the region every morning before seven."
    assert shared_origins([(str(i), words(200, i) + footer) for i in range(12)]) == []


def test_no_text_and_a_few_words_are_nothing():
    assert shared_origins([]) == []
    assert shared_origins([("a", ""), ("b", ""), ("c", "Closed."), ("d", "Closed.")]) == []


def test_case_and_spacing_do_not_matter():
    (origin,) = shared_origins([("a", WIRE), ("b", WIRE.upper().replace(" ", "  "))])
    assert origin.shares == (1.0, 1.0)


def test_two_thousand_articles_are_grouped_quickly():
    texts = [(str(i), words(300, i % 1800)) for i in range(2000)]
    start = time.process_time()
    origins = shared_origins(texts)
    assert len(origins) == 200
    assert all(origin.shares == (1.0, 1.0) for origin in origins)
    assert time.process_time() - start < 20
