"""What a format would lose of a project: every sort of thing is counted, in words that fit its number."""

import re

import pytest

from builders import Bench, analysis_of, new_article
from factdesk.errors import FactdeskError
from factdesk.exchange import losses as losses_module
from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.export_format import (
    ALL_FEATURES,
    Checked,
    Choice,
    ExportFormat,
    Feature,
    Group,
    Loss,
    Written,
)
from factdesk.exchange.exporters import foresee
from factdesk.exchange.losses import losses_of
from factdesk.model.claims import Verdict
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.claims import add_claim, mark_claim
from factdesk.ops.suggestions import store_analysis
from factdesk.store.holdings import Part, overlapping_claims
from nasty_case import nasty_case


def lacking(*features, **more):
    """A format that cannot hold these."""
    return ExportFormat(
        name="poor",
        title="Poor",
        suffix=".txt",
        group=Group.TABLE,
        description="",
        unit="",
        holds=ALL_FEATURES - set(features),
        write=lambda *_: Written(0, "lines"),
        check=lambda *_: Checked(""),
        **more,
    )


def told(bench, *features, options=None, **more):
    chosen = lacking(*features, **more)
    return [loss.what for loss in losses_of(Dataset(bench.reader, options or ExportOptions(), chosen), chosen)]


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    case = nasty_case(tmp_path_factory.mktemp("nasty"))
    yield case
    case.close()


def test_every_feature_is_counted_and_has_words_for_one_and_for_several():
    assert set(losses_module._COUNTED) == set(Feature)
    assert set(losses_module._NEEDS) | set(losses_module._NEEDS.values()) <= set(Feature)
    for name, one, several in losses_module._COUNTED.values():
        assert name
        assert one
        assert several


def test_a_format_that_holds_everything_loses_nothing_and_counts_nothing(nasty, monkeypatch):
    monkeypatch.setattr(losses_module, "count_holdings", None)
    assert told(nasty) == []


@pytest.mark.parametrize("feature", [each for each in Feature if each is not Feature.VERSIONS])
def test_a_rich_case_has_something_of_every_sort_to_lose(nasty, feature):
    options = ExportOptions(whose=Whose.ALL)
    (found,) = told(nasty, feature, options=options)
    number = int(re.match(r"[\d,]+", found)[0].replace(",", ""))
    _, one, several = losses_module._COUNTED[feature]
    assert found == f"{number:,} {one if number == 1 else several}"
    assert number > 0


def test_counts_are_those_of_the_dataset(nasty):
    chosen = lacking()
    documents = list(Dataset(nasty.reader, ExportOptions(), chosen).documents())
    claims = [each for document in documents for each in document.claims]
    expected = {
        Feature.TEXTS: len(documents),
        Feature.CLAIMS: len(claims),
        Feature.MENTIONS: sum(mention.status != "refused" for document in documents for mention in document.mentions),
        Feature.REFUSED: sum(len(document.refused) for document in documents),
        Feature.SUGGESTIONS: sum(each.claim.status == "suggested" for each in claims),
        Feature.VERDICTS: sum(each.claim.verdict is not None for each in claims),
        Feature.NOTES: sum(bool(each.claim.judgement.note) for each in claims),
        Feature.CONFIDENCE: sum(each.claim.judgement.confidence is not None for each in claims),
        Feature.CLAIMANTS: sum(bool(each.claim.claimant or each.claim.attribution) for each in claims),
        Feature.VALUES: sum(bool(each.claim.values) for each in claims),
        Feature.NORMALISED: sum(bool(each.claim.normalised) for each in claims),
        Feature.PASSAGES: sum(piece.kind == "passage" for each in claims for piece in each.evidence),
        Feature.SOURCES: sum(piece.kind != "passage" for each in claims for piece in each.evidence),
        Feature.FILES: sum(piece.kind == "file" for each in claims for piece in each.evidence),
    }
    for feature, number in expected.items():
        (found,) = told(nasty, feature)
        assert found.startswith(f"{number:,} "), (feature, found)


def test_one_and_several_are_told_apart(bench):
    first, second = bench.claims()[:2]
    bench.run(mark_claim, first.id, Verdict.VERIFIED, note="one")
    assert told(bench, Feature.NOTES) == ["1 note"]
    assert told(bench, Feature.VERDICTS) == ["1 verdict"]
    bench.run(mark_claim, second.id, Verdict.VERIFIED, note="two")
    assert told(bench, Feature.NOTES) == ["2 notes"]


def test_what_hangs_on_something_lost_is_not_told_again(bench):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED, confidence=50)
    assert told(bench, Feature.VERDICTS, Feature.REASONS, Feature.CONFIDENCE, Feature.REVIEWERS) == ["1 verdict"]
    assert told(bench, Feature.CONFIDENCE) == ["1 confidence of a verdict"]


def test_what_was_left_out_by_a_choice_is_no_loss(nasty):
    assert told(nasty, Feature.SUGGESTIONS, options=ExportOptions(decisions_only=True)) == []
    assert told(nasty, Feature.TEXTS, Feature.ORIGINALS, options=ExportOptions(with_text=False)) == []
    assert told(nasty, Feature.ALL_REVIEWERS) == []
    assert told(nasty, Feature.ALL_REVIEWERS, options=ExportOptions(whose=Whose.ALL)) == [
        "2 claims' verdicts by several reviewers"
    ]


def test_a_case_without_decisions_is_told_before_it_is_exported_empty(bench):
    options = ExportOptions(decisions_only=True)
    assert told(bench, options=options) == ["all 9 claims"]
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    assert told(bench, options=options) == []


def test_counts_follow_what_is_chosen(nasty):
    every = told(nasty, Feature.CLAIMS)
    decided = told(nasty, Feature.CLAIMS, options=ExportOptions(decisions_only=True))
    assert every != decided
    other = told(nasty, Feature.TEXTS, options=ExportOptions(case_id=nasty.other_case))
    assert other == ["1 article's text"]
    two = frozenset(claim.id for claim in nasty.claims(nasty.evening)[:2])
    few = ExportOptions(claim_ids=two)
    assert told(nasty, Feature.CLAIMS, options=few) == ["2 claims"]
    assert told(nasty, Feature.TEXTS, options=few) == ["1 article's text"]


def test_of_one_reviewer_only_his_own_count(nasty):
    ben = ExportOptions(whose=Whose.ONE, reviewer="Ben | O’Neil")
    assert told(nasty, Feature.VERDICTS, options=ben) == ["2 verdicts"]
    assert told(nasty, Feature.NOTES, options=ben) == ["2 notes"]
    with pytest.raises(FactdeskError, match="Nobody called “Zoe”"):
        told(nasty, Feature.NOTES, options=ExportOptions(whose=Whose.ONE, reviewer="Zoe"))


def test_remarks_of_a_format_come_last(bench):
    remarks = [Loss("2 claims that cross a line break", "They are split.")]
    found = told(bench, Feature.TEXTS, remarks=lambda _dataset: remarks)
    assert found == ["3 articles' texts", "2 claims that cross a line break"]


def test_foreseeing_refuses_what_an_export_would_refuse(bench):
    with pytest.raises(FactdeskError, match="a choice of one case"):
        foresee(bench.project, "jsonl", ExportOptions(case_id=bench.case))
    with pytest.raises(FactdeskError, match="no option"):
        foresee(bench.project, "csv", ExportOptions(choices={"colour": "red"}))
    assert Choice.CASE.value == "a choice of one case"


# overlaps


def test_overlaps_are_found_whatever_their_order(bench):
    text = "aaaa bbbb cccc dddd eeee ffff. gggg."
    article = bench.run(add_article, bench.case, new_article(text)).created
    part = Part([article])
    bench.run(add_claim, article, Span(0, 29))
    assert overlapping_claims(bench.reader, part) == 0
    bench.run(add_claim, article, Span(5, 9))
    bench.run(add_claim, article, Span(20, 29))
    assert overlapping_claims(bench.reader, part) == 3
    bench.run(add_claim, article, Span(31, 35))
    assert overlapping_claims(bench.reader, part) == 3
    inner = frozenset(claim.id for claim in bench.claims(article) if claim.span.start in {5, 31})
    assert overlapping_claims(bench.reader, Part([article], inner)) == 0


def test_touching_is_no_overlap_and_a_mention_inside_is_one(bench):
    text = "Ostrava fell. It rose."
    article = bench.run(add_article, bench.case, new_article(text)).created
    bench.run(add_claim, article, Span(0, 8))
    bench.run(add_claim, article, Span(8, 13))
    before = overlapping_claims(bench.reader, Part([article]))
    assert before == 0
    bench.run(store_analysis, analysis_of(article, text, words=[("rose", "EVENT", None)], scores=[0.5]))
    after = overlapping_claims(bench.reader, Part([article]))
    assert after >= 1


def test_a_large_case_is_counted_at_once(tmp_path):
    """Thousands of claims in one long article: a count that compares each with each would take minutes."""
    bench = Bench(tmp_path / "large.factdesk")
    text = " ".join(f"Claim number {number:05} is here." for number in range(3000))
    article = bench.run(add_article, bench.case, new_article(text)).created
    words = [(f"{number:05}", "CARDINAL", None) for number in range(0, 3000, 10)]
    bench.run(store_analysis, analysis_of(article, text, words=words, scores=[0.5] * 3000))
    assert overlapping_claims(bench.reader, Part([article])) >= 300
    bench.close()
