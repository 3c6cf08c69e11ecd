"""A project as exporters see it: whose verdicts, hidden names, chosen claims, merged entities."""

from dataclasses import asdict

import pytest

from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.exporters import export_project
from factdesk.exchange.records.importer import import_jsonl
from factdesk.model.claims import Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.ops.cases import create_case
from factdesk.ops.claims import accept_claims, mark_claim, refuse_claims, set_note
from factdesk.ops.clusters import link_claims, mark_cluster
from factdesk.ops.evidence import add_source
from factdesk.ops.history import redo, undo
from factdesk.ops.mentions import merge_entities
from factdesk.project import Project
from factdesk.store.mentions import list_entities
from factdesk.store.opinions import opinions_in, opinions_of
from nasty_case import nasty_case

ADA = ExportOptions(whose=Whose.ONE, reviewer="Ada")
BERT = ExportOptions(whose=Whose.ONE, reviewer="Bert")
ALL = ExportOptions(whose=Whose.ALL)


def dataset(bench, options=None):
    return Dataset(bench.reader, options or ExportOptions())


def exported(bench, claim, options=None):
    """One claim as the dataset has it."""
    found = {each.claim.id: each for document in dataset(bench, options).documents() for each in document.claims}
    return found[claim.id]


def judgement(bench, claim, options=None):
    found = exported(bench, claim, options).claim.judgement
    return (found.verdict, found.reason, found.note, found.confidence)


def opinions(bench, claim):
    return {each.reviewer: each.judgement.verdict for each in exported(bench, claim, ALL).opinions}


@pytest.fixture
def claim(bench):
    return bench.claims()[0]


def as_reviewer(bench, name, op, *args, **kw):
    bench.project.set_reviewer(name)
    bench.run(op, *args, **kw)
    bench.project.set_reviewer("Ada")


# whose verdicts


def test_each_reviewers_last_verdict_is_told_beside_the_one_in_force(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED, Reason.CLEAR)
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED)
    assert exported(bench, claim).claim.verdict is Verdict.DISPUTED
    assert exported(bench, claim).opinions == ()
    assert opinions(bench, claim) == {"Ada": Verdict.VERIFIED, "Bert": Verdict.DISPUTED}
    bench.run(mark_claim, claim.id, Verdict.UNVERIFIED)
    assert opinions(bench, claim) == {"Bert": Verdict.DISPUTED, "Ada": Verdict.UNVERIFIED}


def test_of_one_reviewer_only_his_own_verdicts_are_there(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED, Reason.CLEAR, "seen", 80)
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED, note="not seen")
    other = bench.claims()[1]
    as_reviewer(bench, "Bert", mark_claim, other.id, Verdict.VERIFIED)
    assert judgement(bench, claim, ADA) == (Verdict.VERIFIED, Reason.CLEAR, "seen", 80)
    assert exported(bench, claim, ADA).claim.decided_by == "Ada"
    found = exported(bench, other, ADA).claim
    assert (found.verdict, found.decided_by, found.decided_at) == (None, "", "")
    assert found.status is Status.SUGGESTED
    assert judgement(bench, claim, BERT)[0] is Verdict.DISPUTED


def test_what_was_undone_is_nobodys_verdict_and_what_was_redone_is(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED)
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED)
    bench.run(undo)
    assert opinions(bench, claim) == {"Ada": Verdict.VERIFIED}
    bench.run(redo)
    assert opinions(bench, claim) == {"Ada": Verdict.VERIFIED, "Bert": Verdict.DISPUTED}
    bench.run(undo)
    bench.run(undo)
    assert opinions(bench, claim) == {}
    assert judgement(bench, claim, ADA) == (None, None, "", None)


def test_a_dropped_step_is_nobodys_verdict(bench, claim):
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED)
    bench.run(undo)
    bench.run(mark_claim, bench.claims()[1].id, Verdict.VERIFIED)
    assert opinions(bench, claim) == {}


def test_a_note_typed_later_belongs_to_the_verdict(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED)
    first = exported(bench, claim, ADA).claim.decided_at
    for typed in ("s", "se", "seen"):
        bench.run(set_note, claim.id, typed)
    assert judgement(bench, claim, ADA)[2] == "seen"
    assert exported(bench, claim, ADA).claim.decided_at == first == exported(bench, claim).claim.decided_at


def test_who_only_writes_a_note_or_accepts_does_not_judge(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED, note="mine")
    as_reviewer(bench, "Bert", set_note, claim.id, "a word of Bert")
    assert opinions(bench, claim) == {"Ada": Verdict.VERIFIED}
    assert judgement(bench, claim, ADA)[2] == "mine"
    assert judgement(bench, claim, BERT) == (None, None, "", None)
    assert judgement(bench, claim)[2] == "a word of Bert"
    other = bench.claims()[1]
    as_reviewer(bench, "Bert", accept_claims, [other.id])
    assert opinions(bench, other) == {}


def test_a_cleared_verdict_is_none(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED)
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED)
    as_reviewer(bench, "Bert", mark_claim, claim.id, None)
    assert opinions(bench, claim) == {"Ada": Verdict.VERIFIED}
    assert exported(bench, claim).claim.verdict is None


def test_an_inherited_verdict_is_the_reviewers_who_gave_it_to_the_cluster(bench, claim):
    other = bench.claims(bench.again)[0]
    bench.run(link_claims, bench.case, claim.id, other.id, Relation.SAME)
    as_reviewer(bench, "Bert", mark_cluster, bench.case, claim.id, Verdict.DISPUTED)
    assert opinions(bench, other) == {"Bert": Verdict.DISPUTED}
    assert exported(bench, other).claim.inherited_from
    assert exported(bench, other, BERT).claim.inherited_from
    assert exported(bench, other, ADA).claim.inherited_from is None
    clusters = {each.judgement.verdict for each in dataset(bench, BERT).clusters}
    assert Verdict.DISPUTED in clusters
    assert {each.judgement.verdict for each in dataset(bench, ADA).clusters} == {None}


def test_verdicts_come_through_an_import_without_steps(bench, claim, tmp_path):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED, note="kept")
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED)
    bench.run(undo)
    bench.run(redo)
    other = bench.claims()[1]
    bench.run(mark_claim, other.id, Verdict.VERIFIED)
    bench.run(undo)
    expected = {each: opinions(bench, each) for each in (claim,)}
    export_project(bench.project, "jsonl", tmp_path / "few.jsonl", ExportOptions(decisions_only=True))
    with Project.create(tmp_path / "again.factdesk", reviewer="Eve") as again, again.reader() as r:
        assert import_jsonl(again, tmp_path / "few.jsonl").problems == []
        found = opinions_in(r, claim.article_id)
        assert {each.reviewer: each.judgement.verdict for each in found[claim.id]} == expected[claim]
        assert other.id not in found


def test_opinions_of_many_articles_are_those_of_each(tmp_path):
    nasty = nasty_case(tmp_path)
    one_by_one = {}
    for article in nasty.texts:
        one_by_one |= opinions_in(nasty.reader, article)
    assert opinions_of(nasty.reader, list(nasty.texts)) == one_by_one
    assert sum(len(said) > 1 for said in one_by_one.values()) == 2
    nasty.close()


# hidden names


def test_hidden_names_are_hidden_everywhere(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED)
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED)
    as_reviewer(bench, "Bert", add_source, claim.id, EvidenceKind.NOTE, Stance.CONTEXT, note="a call")
    as_reviewer(bench, "Bert", refuse_claims, [bench.claims()[1].id])
    hidden = dataset(bench, ExportOptions(whose=Whose.ALL, anonymous=True))
    assert hidden.reviewers == ("reviewer 1", "reviewer 2")
    assert hidden.shown_name("machine") == "machine"
    whole = str([asdict(document) for document in hidden.documents()]) + str(hidden.clusters) + str(hidden.links)
    assert "Bert" not in whole
    assert "Ada" not in whole
    assert "reviewer 2" in whole
    open_names = str([asdict(document) for document in dataset(bench, ALL).documents()])
    assert "Bert" in open_names


def test_the_name_of_the_one_reviewer_is_hidden_too(bench, claim):
    as_reviewer(bench, "Bert", mark_claim, claim.id, Verdict.DISPUTED)
    options = ExportOptions(whose=Whose.ONE, reviewer="Bert", anonymous=True)
    found = exported(bench, claim, options).claim
    assert (found.verdict, found.decided_by) == (Verdict.DISPUTED, "reviewer 2")


def test_nobodys_verdicts_cannot_be_asked_for(bench):
    with pytest.raises(FactdeskError, match="Nobody called “Zoe”"):
        dataset(bench, ExportOptions(whose=Whose.ONE, reviewer="Zoe"))


# what goes in


def test_chosen_claims_bring_only_their_articles(bench):
    first, second = bench.claims()[0], bench.claims(bench.again)[1]
    chosen = dataset(bench, ExportOptions(claim_ids=frozenset({first.id, second.id})))
    assert [article.id for article in chosen.articles] == [bench.bridge, bench.again]
    assert list(chosen.claims) == [first.id, second.id]
    assert [each.claim.id for document in chosen.documents() for each in document.claims] == [first.id, second.id]
    assert chosen.links == ()
    gone = dataset(bench, ExportOptions(claim_ids=frozenset({"no such claim"})))
    assert gone.articles == ()
    assert gone.claims == {}


@pytest.mark.parametrize(
    "options",
    [
        ExportOptions(),
        ExportOptions(decisions_only=True),
        ALL,
        ExportOptions(whose=Whose.ONE, reviewer="Ben | O’Neil", decisions_only=True),
        ExportOptions(whose=Whose.ONE, reviewer="Ada"),
    ],
)
def test_claims_are_listed_as_the_documents_have_them(tmp_path, options):
    nasty = nasty_case(tmp_path)
    found = dataset(nasty, options)
    assert list(found.claims.items()) == [
        (each.claim.id, document.article.id) for document in found.documents() for each in document.claims
    ]
    ids = set(found.claims)
    assert all(member in ids for cluster in found.clusters for member, *_ in cluster.members)
    known = {cluster.id for cluster in found.clusters}
    for document in found.documents():
        for each in document.claims:
            assert {cluster for cluster, _ in each.clusters} <= known
    nasty.close()


def test_decisions_only_leaves_out_what_nobody_looked_at(bench, claim):
    bench.run(mark_claim, claim.id, Verdict.VERIFIED)
    few = dataset(bench, ExportOptions(decisions_only=True))
    assert list(few.claims) == [claim.id]
    assert few.links == ()
    assert all(document.mentions == () for document in few.documents())
    assert len(dataset(bench).links) == 1


def test_a_decided_cluster_keeps_the_claim_that_leads_it(bench, claim):
    other = bench.claims(bench.again)[0]
    bench.run(link_claims, bench.case, claim.id, other.id, Relation.CONFLICTS)
    bench.run(mark_cluster, bench.case, claim.id, Verdict.DISPUTED)
    (cluster,) = dataset(bench, ExportOptions(decisions_only=True)).clusters
    assert {member for member, *_ in cluster.members} == {claim.id, other.id}


def test_one_case_has_only_its_own_articles_and_clusters(tmp_path):
    nasty = nasty_case(tmp_path)
    other = dataset(nasty, ExportOptions(case_id=nasty.other_case))
    assert [article.id for article in other.articles] == [nasty.market]
    assert [document.cases for document in other.documents()] == [("Another | case",)]
    assert other.clusters == ()
    both = {document.article.id: document.cases for document in dataset(nasty).documents()}
    assert both[nasty.market] == ('Ferry <Milva> & "Co"', "Another | case")
    nasty.close()


def test_a_merged_entity_stands_for_the_one_it_went_into(bench):
    entities = {each.name: each.id for each in list_entities(bench.reader, bench.case)}
    bench.run(merge_entities, entities["Silesia"], [entities["Ostrava"]])
    bench.run(merge_entities, entities["Nová"], [entities["Silesia"]])
    found = dataset(bench).entities
    assert {found[entities[name]].id for name in ("Ostrava", "Silesia", "Nová")} == {entities["Nová"]}
    assert found[entities["Ostrava"]].name == "Nová"


def test_without_texts_no_cluster_quotes_an_article(bench, claim):
    other = bench.claims(bench.again)[0]
    bench.run(link_claims, bench.case, claim.id, other.id, Relation.SAME)
    assert [cluster.text for cluster in dataset(bench).clusters] == [claim.quote]
    assert [cluster.text for cluster in dataset(bench, ExportOptions(with_text=False)).clusters] == [""]


def test_an_empty_case_is_an_empty_dataset(bench):
    empty = bench.run(create_case, "Empty").created
    found = dataset(bench, ExportOptions(case_id=empty))
    assert list(found.documents()) == []
    assert (found.claims, found.clusters, found.links) == ({}, (), ())
