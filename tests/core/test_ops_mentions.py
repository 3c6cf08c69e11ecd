"""What a reviewer does with entities holds: across re-runs, for new articles, in filters."""

import pytest

from builders import analysis_of, new_article
from factdesk.model.claims import Status
from factdesk.ops.articles import add_article
from factdesk.ops.cases import create_case
from factdesk.ops.history import redo, undo
from factdesk.ops.mentions import (
    mark_all_occurrences,
    merge_entities,
    refuse_mentions,
    rename_entity,
    retype_entity,
    split_mentions,
)
from factdesk.ops.suggestions import store_analysis
from factdesk.store.check import check_project
from factdesk.store.entities import entities_of_claim
from factdesk.store.mentions import get_entity, list_entities, mentions_of_article, mentions_of_entity
from factdesk.store.queue import QueueFilter, queue_ids

TEXT = "Brno and Breno met. Mr Breno spoke for Brno. Then Brenov, Brno’s rival, left. BRNO won."


@pytest.fixture
def town(bench):
    """An article in which the machine took two names for one."""
    words = [("Brno", "GPE", "Brno"), ("Breno", "GPE", "Brno")]
    bench.town = bench.add(TEXT, "Town paper", words)
    bench.entity = entity(bench, "Brno")
    return bench


def entity(bench, name):
    return next(found.id for found in list_entities(bench.reader, bench.case) if found.name == name)


def of(bench, article, quote):
    return [m.entity_id for m in mentions_of_article(bench.reader, article) if m.quote == quote]


def split(bench, quote="Breno", name="Mr Breno"):
    ids = [m.id for m in mentions_of_article(bench.reader, bench.town) if m.quote == quote]
    return bench.run(split_mentions, ids, name).created


def run_again(bench, article, text, words):
    bench.run(store_analysis, analysis_of(article, text, words=words))
    assert check_project(bench.reader) == []


def test_split_holds_when_the_article_is_analysed_again(town):
    own = split(town)
    run_again(town, town.town, TEXT, [("Brno", "GPE", "Brno"), ("Breno", "GPE", "Brno"), ("Mr Breno", "GPE", "Brno")])
    assert set(of(town, town.town, "Breno")) == {own}
    assert set(of(town, town.town, "Brno")) == {town.entity}
    assert of(town, town.town, "Mr Breno") == [town.entity]  # nobody said anything about this spelling


def test_split_spelling_holds_in_later_articles(town):
    own = split(town)
    later = town.add("Breno came back to Brno.", "Later", [("Brno", "GPE", "Brno"), ("Breno", "GPE", "Brno")])
    assert of(town, later, "Breno") == [own]
    assert of(town, later, "Brno") == [town.entity]
    assert mentions_of_article(town.reader, later)[0].label == get_entity(town.reader, own).label


def test_split_of_some_mentions_of_a_spelling_says_nothing_about_new_ones_elsewhere(town):
    first = next(m for m in mentions_of_article(town.reader, town.town) if m.quote == "Breno")
    own = town.run(split_mentions, [first.id], "Breno the man").created
    later = town.add("Breno came back.", "Later", [("Breno", "GPE", "Brno")])
    assert of(town, later, "Breno") == [town.entity]
    assert set(of(town, town.town, "Breno")) == {own, town.entity}


def test_undone_split_is_forgotten(town):
    split(town)
    town.run(undo)
    later = town.add("Breno came back.", "Later", [("Breno", "GPE", "Brno")])
    assert of(town, later, "Breno") == [town.entity]


def test_merge_rename_and_retype_hold_for_later_articles(bench):
    mayor, nova = entity(bench, "Nová"), entity(bench, "Nova")
    bench.run(merge_entities, mayor, [nova])
    bench.run(rename_entity, mayor, "Jana Nová")
    bench.run(retype_entity, mayor, "ORG")
    later = bench.add("Nova returned.", "Later", [("Nova", "PERSON", "Nova")])
    (mention,) = mentions_of_article(bench.reader, later)
    assert (mention.entity_id, mention.label) == (mayor, "ORG")
    found = next(found for found in list_entities(bench.reader, bench.case) if found.id == mayor)
    assert (found.name, found.spellings, found.mention_count) == ("Jana Nová", ("Nova", "Jana Nová"), 3)


def test_every_occurrence_in_a_known_spelling_is_marked_as_one_step(town):
    before = {m.id for m in mentions_of_entity(town.reader, town.entity, town.case)}
    later = town.run(add_article, town.case, new_article("In Brno, Brnox said Brno.", publisher="Raw")).created
    changes = town.run(mark_all_occurrences, town.case, town.entity)
    assert changes.title == "Mark 2 more occurrences of “Brno”"
    made = [m for m in mentions_of_entity(town.reader, town.entity, town.case) if m.id not in before]
    assert [(m.quote, m.article_id, m.span.start) for m in made] == [("Brno", later, 3), ("Brno", later, 20)]
    assert {(m.status, m.made_by, m.label) for m in made} == {(Status.ACCEPTED, "Ada", "GPE")}
    assert check_project(town.reader) == []
    town.run(undo)
    assert mentions_of_article(town.reader, later) == []
    town.run(redo)
    assert len(mentions_of_article(town.reader, later)) == 2
    again = town.run(mark_all_occurrences, town.case, town.entity)
    assert again.title == "Every occurrence of “Brno” is marked already"
    assert not again.mentions


def test_refused_places_and_spellings_of_another_entity_are_left_alone(town):
    refused = mentions_of_article(town.reader, town.town)[0]
    town.run(refuse_mentions, [refused.id])
    town.run(mark_all_occurrences, town.case, town.entity)
    assert all(m.span != refused.span for m in mentions_of_article(town.reader, town.town))
    split(town)
    text = "Breno and Brno."
    later = town.add(text, "Later", [("Breno", "GPE", "Brno")])
    town.run(mark_all_occurrences, town.case, town.entity)
    assert [m.quote for m in mentions_of_article(town.reader, later)] == ["Breno", "Brno"]


def test_occurrences_in_other_cases_are_left_alone(town):
    other = town.run(create_case, "Other").created
    elsewhere = town.run(add_article, other, new_article("Brno again.")).created
    town.run(mark_all_occurrences, town.case, town.entity)
    assert mentions_of_article(town.reader, elsewhere) == []


def test_queue_of_an_entity_follows_merges(bench):
    mayor, nova = entity(bench, "Nová"), entity(bench, "Nova")
    bench.run(merge_entities, mayor, [nova])
    of_kept = queue_ids(bench.reader, QueueFilter(bench.case, entity_id=mayor))
    assert len(of_kept) == 2
    assert queue_ids(bench.reader, QueueFilter(bench.case, entity_id=nova)) == of_kept
    bench.run(merge_entities, entity(bench, "Ostrava"), [mayor])
    assert len(queue_ids(bench.reader, QueueFilter(bench.case, entity_id=nova))) == 4
    assert len(queue_ids(bench.reader, QueueFilter(bench.case, entity_id="unknown"))) == 0


def test_claim_names_its_entities_in_order(bench):
    first, second = bench.claims()[:2]
    assert [found.name for found in entities_of_claim(bench.reader, first.id)] == ["Ostrava"]
    assert [found.name for found in entities_of_claim(bench.reader, second.id)] == ["Nová"]
