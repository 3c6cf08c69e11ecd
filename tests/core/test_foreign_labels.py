import pytest

from factdesk.exchange.annotation import foreign_labels
from factdesk.model.claims import REASONS, ClaimKind, Judgement, Reason, Relation, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.mentions import LABELS


@pytest.mark.parametrize("label", LABELS)
def test_our_own_labels_mean_themselves(label):
    assert foreign_labels.label_of(label) == foreign_labels.label_of(label.lower().replace("_", "-")) == label


@pytest.mark.parametrize(
    ("word", "label"),
    [("PER", "PERSON"), ("LOC", "LOC"), ("ORG", "ORG"), ("Person", "PERSON"), ("Organization", "ORG"),
     ("location", "LOC"), ("City", "GPE"), ("MISC", None), ("Job", None), ("", None)],
)  # fmt: skip
def test_labels_of_other_tools_are_translated_or_unknown(word, label):
    assert foreign_labels.label_of(word) == label


def test_every_verdict_and_reason_of_ours_is_understood_again():
    for verdict in Verdict:
        assert foreign_labels.verdict_of(verdict) == (verdict, None)
        for reason in REASONS[verdict]:
            assert foreign_labels.reason_of(reason, verdict) is reason
    assert foreign_labels.reason_of(Reason.CLEAR, Verdict.DISPUTED) is None
    assert foreign_labels.reason_of(Reason.CLEAR, None) is None
    assert [foreign_labels.kind_of(kind.value.upper()) for kind in ClaimKind] == list(ClaimKind)
    assert [foreign_labels.relation_of(relation) for relation in Relation] == list(Relation)
    assert [foreign_labels.stance_of(stance) for stance in Stance] == list(Stance)


@pytest.mark.parametrize(
    ("word", "verdict", "reason"),
    [("Supported", Verdict.VERIFIED, None), ("REFUTES", Verdict.DISPUTED, Reason.CONTRADICTED),
     ("Half-True", Verdict.DISPUTED, Reason.MISSING_CONTEXT), ("mostly_true", Verdict.VERIFIED, Reason.WITH_CAVEAT),
     ("Not Enough Evidence", Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE),
     ("Conflicting Evidence/Cherrypicking", Verdict.DISPUTED, Reason.SOURCES_CONFLICT),
     ("Pants on Fire!", Verdict.DISPUTED, Reason.CONTRADICTED)],
)  # fmt: skip
def test_verdict_words_of_other_vocabularies_are_translated(word, verdict, reason):
    assert foreign_labels.verdict_of(word) == (verdict, reason)


@pytest.mark.parametrize("word", ["", "mixture", "satire", "unknown", "1", "opinion"])
def test_words_that_could_mean_several_things_are_unknown(word):
    assert foreign_labels.verdict_of(word) is None


def test_every_translated_verdict_is_one_that_a_claim_may_have():
    for verdict, reason in foreign_labels._VERDICTS.values():
        assert Judgement(verdict, reason)


def test_no_verdict_yet_is_no_verdict():
    assert foreign_labels.is_undecided("No verdict yet")
    assert not foreign_labels.is_undecided("unverified")


def test_a_label_of_its_own_is_tidied():
    assert foreign_labels.own_label(" Job\ttitle \n") == "Job title"
    assert len(foreign_labels.own_label("x" * 500)) == 64
    assert foreign_labels.is_claim_label("Claim")
    assert not foreign_labels.is_claim_label("Premise")
