"""Agreement between reviewers, compared with figures from textbooks and with another implementation (NLTK's)."""

import math
import random
import statistics
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.compare.agreement import agree, alpha, pairs_of, span_agreement
from factdesk.model.spans import Span

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its own imports
    from nltk.metrics.agreement import AnnotationTask

LABELS = ("verified", "disputed", "unverified")


def ratings(table, labels=LABELS):
    """Ratings of Ada (rows) and Ben (columns) that give this table."""
    return [
        {"Ada": one, "Ben": other}
        for one, row in zip(labels, table, strict=True)
        for other, count in zip(labels, row, strict=True)
        for _ in range(count)
    ]


def test_kappa_of_a_textbook_table_with_its_interval():
    """Cohen 1960, table 1 (as proportions of 200): kappa .492. The interval is as wide as resampling says."""
    found = agree(ratings([[88, 14, 18], [10, 40, 10], [2, 6, 12]]), "Ada", "Ben", LABELS)
    assert found.count == 200
    assert found.observed == pytest.approx(0.70)
    assert found.kappa == pytest.approx(0.492, abs=0.0005)
    rows = ratings([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    rng = random.Random(3)
    sampled = [agree(rng.choices(rows, k=200), "Ada", "Ben", LABELS).kappa for _ in range(1500)]
    assert (found.interval[1] - found.interval[0]) / 2 / 1.96 == pytest.approx(statistics.stdev(sampled), rel=0.08)
    assert found.remark == ""


def test_the_table_has_the_first_reviewer_in_its_rows():
    found = agree(ratings([[5, 2, 0], [0, 3, 0], [0, 0, 0]]), "Ada", "Ben", LABELS)
    assert found.table == ((5, 2, 0), (0, 3, 0), (0, 0, 0))
    assert found.on_label == pytest.approx({"verified": 10 / 12, "disputed": 6 / 8})
    assert agree(ratings([[5, 2, 0], [0, 3, 0], [0, 0, 0]]), "Ben", "Ada", LABELS).table == (
        (5, 0, 0),
        (2, 3, 0),
        (0, 0, 0),
    )


def test_undefined_and_weak_figures_are_explained():
    same = agree(ratings([[40, 0, 0], [0, 0, 0], [0, 0, 0]]), "Ada", "Ben", LABELS)
    assert (same.kappa, same.interval, same.observed) == (None, None, 1)
    assert "Both said “verified” every time" in same.remark
    assert "nothing in common" in agree([{"Ada": "verified"}], "Ada", "Ben", LABELS).remark
    assert "Only 3 claims" in agree(ratings([[1, 1, 0], [0, 1, 0], [0, 0, 0]]), "Ada", "Ben", LABELS).remark
    assert alpha(ratings([[40, 0, 0], [0, 0, 0], [0, 0, 0]]), LABELS).value is None
    assert "judged by two" in alpha([{"Ada": "verified"}], LABELS).remark
    assert "Only 3 claims" in alpha(ratings([[1, 1, 0], [0, 1, 0], [0, 0, 0]]), LABELS).remark


def test_alpha_of_krippendorff_s_own_example():
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: nominal, missing values: .743."""
    a, b, c, d = (
        "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .",
    )  # fmt: skip
    rows = [
        {name: label for name, label in zip("ABCD", unit, strict=True) if label != "."}
        for unit in zip(*(row.split() for row in (a, b, c, d)), strict=True)
    ]
    found = alpha(rows, tuple("12345"))
    assert found.value == pytest.approx(0.743, abs=0.0005)
    assert (found.count, found.reviewers) == (11, 4)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbcccedddd"[:12], 0.692)],
    ids=["example A", "example B"],
)
def test_alpha_of_krippendorff_s_examples_of_two_observers(first, second, expected):
    """From the same paper: binary data, and nominal data without a gap."""
    rows = [{"Meg": one, "Owen": other} for one, other in zip(first, second, strict=True)]
    assert alpha(rows, tuple("01abcde")).value == pytest.approx(expected, abs=0.0005)


def test_the_interval_is_that_of_samples_worked_out_one_by_one():
    rows = (
        ratings([[30, 5, 2], [4, 20, 3], [1, 2, 15]]) + [{"Ada": "verified", "Ben": "disputed", "Cy": "disputed"}] * 9
    )
    rng = random.Random(5)
    sampled = sorted(alpha_of_nltk(rng.choices(rows, k=len(rows))) for _ in range(400))
    low, high = alpha(rows, LABELS).interval
    assert (low, high) == pytest.approx((sampled[10], sampled[389]), abs=0.03)


def alpha_of_nltk(rows):
    return AnnotationTask([(who, str(n), what) for n, row in enumerate(rows) for who, what in row.items()]).alpha()


def test_twenty_thousand_claims_of_three_reviewers_take_a_moment():
    rng = random.Random(2)
    rows = [{name: rng.choice(LABELS) for name in ("Ada", "Ben", "Cy")} for _ in range(20_000)]
    found = alpha(rows, LABELS)
    assert found.interval[0] < found.value < found.interval[1] < 0.05


def test_the_interval_holds_the_figure_and_is_the_same_each_time():
    rows = ratings([[30, 5, 2], [4, 20, 3], [1, 2, 15]])
    first, again = alpha(rows, LABELS), alpha(rows, LABELS)
    assert first == again
    assert first.interval[0] < first.value < first.interval[1]
    assert first.value == pytest.approx(agree(rows, "Ada", "Ben", LABELS).kappa, abs=0.02)


label = st.sampled_from(LABELS)
things = st.lists(st.dictionaries(st.sampled_from(["Ada", "Ben", "Cy"]), label, min_size=2), min_size=2, max_size=40)


@settings(max_examples=60)
@given(st.lists(st.tuples(label, label), min_size=2, max_size=60))
def test_kappa_is_that_of_another_implementation(said):
    found = agree([{"Ada": one, "Ben": other} for one, other in said], "Ada", "Ben", LABELS)
    task = AnnotationTask(
        [(who, str(n), what) for n, pair in enumerate(said) for who, what in zip(("Ada", "Ben"), pair, strict=True)]
    )
    if found.kappa is None:
        assert len({each for pair in said for each in pair}) == 1
    else:
        assert found.kappa == pytest.approx(task.kappa(), abs=1e-9)


@settings(max_examples=25)
@given(things)
def test_alpha_is_that_of_another_implementation(rows):
    found = alpha(rows, LABELS)
    if found.value is None:
        assert len({each for row in rows for each in row.values()}) == 1
        return
    task = AnnotationTask([(who, str(n), what) for n, row in enumerate(rows) for who, what in row.items()])
    assert found.value == pytest.approx(task.alpha(), abs=1e-9)
    assert not math.isnan(found.value)


def test_pairs_are_those_who_judged_something_in_common():
    assert pairs_of([{"Ben": "x", "Ada": "x"}, {"Cy": "x"}, {"Cy": "x", "Ada": "x"}]) == [("Ada", "Ben"), ("Ada", "Cy")]


def test_spans_are_compared_edge_for_edge_and_by_overlap():
    spans = {
        "Ada": {"a1": [Span(0, 10), Span(20, 30), Span(40, 50)], "a2": [Span(0, 5)]},
        "Ben": {"a1": [Span(0, 10), Span(25, 35), Span(60, 70)], "a3": [Span(0, 5)]},
    }
    found = span_agreement("Ada", "Ben", spans)
    assert (found.first, found.second, found.exact, found.touching) == (3, 3, 1, 2)
    assert found.f1_exact == pytest.approx(1 / 3)
    assert found.f1_touching == pytest.approx(2 / 3)
    assert "Only 3 marks" in found.remark
    assert span_agreement("Ada", "Dee", spans).f1_exact is None
    assert "nothing in the same article" in span_agreement("Ada", "Dee", spans).remark


def test_a_span_is_matched_once():
    spans = {"Ada": {"a": [Span(0, 50)]}, "Ben": {"a": [Span(0, 10), Span(20, 30), Span(40, 45)]}}
    assert span_agreement("Ada", "Ben", spans).touching == 1
