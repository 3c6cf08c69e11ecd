"""What is known about entities, and taking a merge back."""

import pytest

from builders import Bench
from factdesk.errors import FactdeskError
from factdesk.ops.history import undo
from factdesk.ops.mentions import accept_mentions, merge_entities, rename_entity, split_mentions
from factdesk.ops.unmerge import unmerge_entity
from factdesk.store.entity_details import decided_entities, entity_details
from factdesk.store.mentions import list_entities, mentions_of_entity


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path / "bridge.factdesk")
    yield bench
    bench.close()


def ids(bench):
    return {entity.name: entity.id for entity in list_entities(bench.reader, bench.case)}


def test_details_count_spellings_and_articles(bench):
    found = entity_details(bench.reader, ids(bench)["Ostrava"], bench.case)
    assert found.articles == ((bench.bridge, "The Daily", 1), (bench.again, "Evening", 1))
    assert found.spellings == (("Ostrava", 2),)
    assert (found.mentions, found.accepted, found.merged, found.decision) == (2, 0, (), None)


def test_a_decision_tells_who_and_what(bench):
    ostrava = ids(bench)["Ostrava"]
    bench.run(rename_entity, ostrava, "City of Ostrava")
    found = entity_details(bench.reader, ostrava, bench.case).decision
    assert (found.reviewer, found.title) == ("Ada", "Rename “Ostrava” to “City of Ostrava”")
    assert decided_entities(bench.reader) == {ostrava: "Ada"}
    bench.run(undo)
    assert entity_details(bench.reader, ostrava, bench.case).decision is None
    assert decided_entities(bench.reader) == {}


def test_accepting_a_mention_decides_nothing_about_its_entity(bench):
    ostrava = ids(bench)["Ostrava"]
    mention = mentions_of_entity(bench.reader, ostrava, bench.case)[0]
    bench.run(accept_mentions, [mention.id])
    assert decided_entities(bench.reader) == {}
    assert entity_details(bench.reader, ostrava, bench.case).accepted == 1


def test_a_merge_can_be_taken_back_later(bench):
    names = ids(bench)
    before = [mention.id for mention in mentions_of_entity(bench.reader, names["Nova"], bench.case)]
    bench.run(merge_entities, names["Nová"], [names["Nova"]])
    bench.run(rename_entity, names["Nová"], "Jana Nová")
    assert [one.name for one in entity_details(bench.reader, names["Nová"], bench.case).merged] == ["Nova"]
    bench.run(unmerge_entity, names["Nova"])
    assert [mention.id for mention in mentions_of_entity(bench.reader, names["Nova"], bench.case)] == before
    assert {"Jana Nová", "Nova"} <= ids(bench).keys()
    assert entity_details(bench.reader, names["Nová"], bench.case).merged == ()
    bench.run(undo)
    assert "Nova" not in ids(bench)


def test_mentions_found_since_the_merge_go_with_their_spelling(bench):
    names = ids(bench)
    bench.run(merge_entities, names["Nová"], [names["Nova"]])
    bench.add(
        "Critics of Nova met. Jana Nová was there too.",
        "Late",
        [("Nova ", "PERSON", "Nova"), ("Jana Nová", "PERSON", "Nová")],
    )
    bench.run(unmerge_entity, names["Nova"])
    assert len(mentions_of_entity(bench.reader, names["Nova"], bench.case)) == 2
    assert len(mentions_of_entity(bench.reader, names["Nová"], bench.case)) == 2


def test_what_is_not_merged_cannot_be_separated(bench):
    with pytest.raises(FactdeskError, match="not merged"):
        bench.run(unmerge_entity, ids(bench)["Nova"])


def test_a_split_is_a_decision_about_the_new_entity(bench):
    ostrava = ids(bench)["Ostrava"]
    mention = mentions_of_entity(bench.reader, ostrava, bench.case)[0]
    made = bench.run(split_mentions, [mention.id], "Old Ostrava").created
    assert entity_details(bench.reader, made, bench.case).decision.title.startswith("Split 1 mention off")
    assert ostrava not in decided_entities(bench.reader)
