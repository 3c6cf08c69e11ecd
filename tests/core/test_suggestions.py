"""What the machine finds is stored beside, never over, what people did."""

import dataclasses

import pytest

from builders import BRIDGE, MODEL, analysis_of, found_claim, sentence_spans
from factdesk.model.analysis import Analysis, FoundMention, FoundSentence
from factdesk.model.claims import Relation, Status, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.ids import claim_id
from factdesk.model.spans import Span
from factdesk.ops.claims import add_claim, mark_claim, move_claim, refuse_claims, set_note
from factdesk.ops.evidence import add_passage
from factdesk.ops.history import redo, undo
from factdesk.ops.links import accept_links, add_link, refuse_links
from factdesk.ops.mentions import (
    accept_mentions,
    add_mention,
    merge_entities,
    move_mention,
    refuse_mentions,
    relabel_mention,
    rename_entity,
    retype_entity,
    split_mentions,
)
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.store.articles import get_article, sentences_of, unanalysed_articles
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim, links_of
from factdesk.store.mentions import (
    get_entity,
    get_mention,
    list_entities,
    mentions_of_article,
    mentions_of_entity,
)

SPANS = sentence_spans(BRIDGE)
WORDS = (("Ostrava", "GPE", "Ostrava"), ("Jana Nová", "PERSON", "Nová"))


def again(bench, claims=(), mentions=(), **more):
    """A second run over the first article that finds only this."""
    found = Analysis(bench.bridge, MODEL, claims=tuple(claims), mentions=tuple(mentions), **more)
    changes = bench.run(store_analysis, found)
    assert check_project(bench.reader) == []
    return changes


def entity(bench, name):
    return next(entity for entity in list_entities(bench.reader, bench.case) if entity.name == name)


def test_suggestions_carry_their_model(bench):
    row = bench.reader.one("SELECT model, made_by, status FROM claims")
    assert tuple(row) == ("test_model 1.0", None, "suggested")
    assert tuple(bench.reader.one("SELECT model_name, spacy_version FROM analyses")) == ("test_model", "3.8")
    assert get_article(bench.reader, bench.bridge).analysed
    assert get_article(bench.reader, bench.bridge).meta.language == "en"
    assert unanalysed_articles(bench.reader, bench.case) == []
    assert sentences_of(bench.reader, bench.bridge)[0] == FoundSentence(SPANS[0], 0.9)


def test_untouched_suggestions_are_replaced(bench):
    changes = again(bench, [found_claim(SPANS[0], score=0.25), found_claim(Span(4, 10))])
    claims = bench.claims()
    assert [(claim.span, claim.score) for claim in claims] == [(SPANS[0], 0.25), (Span(4, 10), 0.5)]
    assert {claim.id for claim in claims} <= changes.claims
    assert mentions_of_article(bench.reader, bench.bridge) == []
    assert entity(bench, "Ostrava").article_count == 1
    assert bench.reader.value("SELECT count(*) FROM entities WHERE name = 'Nová'") == 0


def test_found_again_keeps_row_and_links(bench):
    before = bench.claims()[1]
    again(bench, [found_claim(span, score=0.3) for span in SPANS])
    after = bench.claims()[1]
    assert (after.id, after.linked, after.score) == (before.id, 1, 0.3)


@pytest.mark.parametrize("touch", ["mark", "refuse", "note", "move", "evidence", "link", "undone"])
def test_touched_claim_stays(bench, touch):
    claim = bench.claims()[1].id
    other = bench.claims(bench.report)[0].id
    {
        "mark": lambda: bench.run(mark_claim, claim, Verdict.DISPUTED),
        "refuse": lambda: bench.run(refuse_claims, [claim]),
        "note": lambda: bench.run(set_note, claim, "!"),
        "move": lambda: bench.run(move_claim, claim, Span(40, 60)),
        "evidence": lambda: bench.run(add_passage, claim, bench.again, Span(0, 7), Stance.CONTEXT),
        "link": lambda: bench.run(add_link, claim, other, Relation.SAME),
        "undone": lambda: (bench.run(mark_claim, claim, Verdict.DISPUTED), bench.run(undo)),
    }[touch]()
    before = get_claim(bench.reader, claim)
    again(bench, [found_claim(SPANS[1], score=0.01)])
    assert get_claim(bench.reader, claim) == before
    assert [each.id for each in bench.claims()] == [claim]
    again(bench)
    assert get_claim(bench.reader, claim) == before
    if touch == "undone":
        bench.run(redo)
        assert get_claim(bench.reader, claim).verdict is Verdict.DISPUTED


def test_own_claim_is_not_doubled(bench):
    again(bench)
    made = bench.run(add_claim, bench.bridge, SPANS[0]).created
    again(bench, [found_claim(SPANS[0]), found_claim(SPANS[2])])
    assert [claim.id for claim in bench.claims()] == [made, claim_id(bench.bridge, SPANS[2].start, SPANS[2].end)]


def test_repeats_name_their_first_copy(bench):
    first = found_claim(SPANS[0], claimant="x", claimant_span=Span(0, 3), content_span=Span(4, 10), features=("né",))
    again(bench, [first, found_claim(SPANS[2], repeat_of=0)])
    one, two = bench.claims()
    assert (two.repeat_of, one.features, one.claimant) == (one.id, ("né",), "x")
    assert tuple(bench.reader.one("SELECT claimant_end, content_start FROM claims WHERE id = ?", (one.id,))) == (3, 4)


def test_span_outside_the_text_is_a_bug_and_stores_nothing(bench):
    before = bench.claims()
    with pytest.raises(ValueError, match="outside"):
        bench.run(store_analysis, Analysis(bench.bridge, MODEL, claims=(found_claim(Span(0, 9999)),)))
    assert bench.claims() == before


def test_language_that_a_person_gave_stays(bench):
    again(bench, language="cs")
    assert get_article(bench.reader, bench.bridge).meta.language == "en"


# -- mentions and entities ---------------------------------------------------------------------------------------------


def test_entities_gather_mentions_of_the_case(bench):
    entities = list_entities(bench.reader, bench.case)
    assert [(each.name, each.mention_count, each.article_count) for each in entities] == [
        ("Ostrava", 2, 2), ("Nova", 1, 1), ("Nová", 1, 1), ("Silesia", 1, 1),
    ]  # fmt: skip
    assert entities[2].spellings == ("Jana Nová",)
    first = mentions_of_entity(bench.reader, entities[0].id, bench.case)
    assert [mention.article_id for mention in first] == [bench.bridge, bench.again]
    assert get_entity(bench.reader, entities[0].id) == entities[0]


def test_entities_of_a_case_among_many_articles(bench):
    bench.run(lambda tx: tx.execute("DELETE FROM case_articles WHERE article_id <> ?", (bench.report,)))
    assert [each.name for each in list_entities(bench.reader, bench.case)] == ["Silesia"]
    for count in range(3):  # below a quarter of the articles, another way is taken
        bench.add(f"Text {count} about Brno.", "P", [("Brno", "GPE", "Brno")])
    bench.run(lambda tx: tx.execute("DELETE FROM case_articles WHERE article_id <> ?", (bench.report,)))
    assert [each.name for each in list_entities(bench.reader, bench.case)] == ["Silesia"]


def test_touched_mentions_stay(bench):
    ostrava, nova = mentions_of_article(bench.reader, bench.bridge)
    bench.run(refuse_mentions, [ostrava.id])
    bench.run(relabel_mention, nova.id, "ORG")
    found = [FoundMention(ostrava.span, "GPE", "Ostrava"), FoundMention(nova.span, "PERSON", "Nová")]
    again(bench, mentions=found)
    assert get_mention(bench.reader, ostrava.id).status is Status.REFUSED
    assert [(mention.id, mention.label) for mention in mentions_of_article(bench.reader, bench.bridge)] == [
        (nova.id, "ORG")
    ]
    again(bench)
    assert get_mention(bench.reader, nova.id).made_by == "machine"


def test_own_mention_joins_the_entity_of_its_words(bench):
    made = bench.run(add_mention, bench.again, Span(0, 7), "GPE")
    assert get_mention(bench.reader, made.created).entity_id == entity(bench, "Ostrava").id
    river = BRIDGE.index("river")
    fresh = bench.run(add_mention, bench.bridge, Span(river, river + 5), "LOC").created
    mention = get_mention(bench.reader, fresh)
    assert (mention.quote, mention.made_by, get_entity(bench.reader, mention.entity_id).name) == (
        "river", "Ada", "river",
    )  # fmt: skip
    number = bench.run(add_mention, bench.bridge, Span(river, river + 5), "CARDINAL").created
    assert get_mention(bench.reader, number).entity_id is None
    bench.run(undo)
    bench.run(undo)
    assert "river" not in {each.name for each in list_entities(bench.reader, bench.case)}


def test_mention_edges_move(bench):
    mention = mentions_of_article(bench.reader, bench.bridge)[0]
    bench.run(move_mention, mention.id, Span(4, 21))
    moved = get_mention(bench.reader, mention.id)
    assert (moved.quote, moved.status) == ("bridge at Ostrava", Status.ACCEPTED)
    bench.run(accept_mentions, [mentions_of_article(bench.reader, bench.bridge)[1].id, mention.id])
    assert {each.status for each in mentions_of_article(bench.reader, bench.bridge)} == {Status.ACCEPTED}


def test_merged_entities_stay_merged_for_later_articles(bench):
    nova, other = entity(bench, "Nová"), entity(bench, "Nova")
    changes = bench.run(merge_entities, nova.id, [other.id])
    assert changes.entities == {nova.id, other.id}
    merged = entity(bench, "Nová")
    assert (merged.spellings, merged.article_count) == (("Jana Nová", "Nova"), 2)
    bench.add("Nova spoke again.", "Late", [("Nova", "PERSON", "Nova")])
    assert entity(bench, "Nová").mention_count == 3
    bench.run(undo)  # the import
    bench.run(undo)
    assert entity(bench, "Nova").mention_count == 1


def test_renamed_and_retyped_entity_takes_later_mentions(bench):
    ostrava = entity(bench, "Ostrava")
    bench.run(rename_entity, ostrava.id, "City of Ostrava")
    bench.run(retype_entity, ostrava.id, "ORG")
    article = bench.add("Ostrava wrote.", "Late", [("Ostrava", "GPE", "Ostrava")])
    (mention,) = mentions_of_article(bench.reader, article)
    assert (mention.label, mention.entity_id) == ("ORG", ostrava.id)
    assert {each.label for each in mentions_of_entity(bench.reader, ostrava.id, bench.case)} == {"ORG"}
    assert entity(bench, "City of Ostrava").mention_count == 3


def test_split_mentions_make_an_entity_of_their_own(bench):
    mention = mentions_of_article(bench.reader, bench.again)[0]
    made = bench.run(split_mentions, [mention.id], "Ostrava nad Oslavou").created
    assert get_mention(bench.reader, mention.id).entity_id == made
    assert entity(bench, "Ostrava").mention_count == 1
    again(bench, mentions=[FoundMention(Span(14, 21), "GPE", "Ostrava")])
    assert get_mention(bench.reader, mention.id).entity_id == made


# -- links -------------------------------------------------------------------------------------------------------------


def test_links_of_an_earlier_run_are_replaced_unless_touched(bench):
    claim = bench.claims()[1].id
    ((link, _),) = links_of(bench.reader, claim)
    bench.run(store_links, bench.case, [])
    assert links_of(bench.reader, claim) == []
    bench.run(store_links, bench.case, [bench.link()])
    bench.run(accept_links, [link.id])
    bench.run(store_links, bench.case, [])
    assert links_of(bench.reader, claim)[0][0].status is Status.ACCEPTED


def test_refused_link_stays_refused(bench):
    claim = bench.claims()[1].id
    ((link, _),) = links_of(bench.reader, claim)
    bench.run(refuse_links, [link.id])
    bench.run(store_links, bench.case, [bench.link(Relation.SAME)])
    assert links_of(bench.reader, claim) == []
    assert check_project(bench.reader) == []


def test_weak_and_impossible_links_are_left_out(bench):
    weak = dataclasses.replace(bench.link(), suggested=False)
    nowhere = dataclasses.replace(bench.link(), span_a=Span(0, 2))
    bench.run(store_links, bench.case, [weak, nowhere])
    assert bench.reader.value("SELECT count(*) FROM links") == 0


def test_links_come_in_batches(bench):
    bench.run(store_links, bench.case, [bench.link()])
    other = dataclasses.replace(bench.link(), span_a=SPANS[0])
    bench.run(store_links, bench.case, [other], replace=False)
    assert bench.reader.value("SELECT count(*) FROM links") == 2


def test_link_finds_a_claim_whose_edges_were_moved(bench):
    claim = bench.claims()[1].id
    bench.run(move_claim, claim, Span(40, 60))
    bench.run(store_links, bench.case, [bench.link()])
    assert get_claim(bench.reader, claim).conflicts == 1


def test_analysis_of_words_and_scores_is_whole(bench):
    bench.run(store_analysis, analysis_of(bench.bridge, BRIDGE, words=WORDS))
    assert len(mentions_of_article(bench.reader, bench.bridge)) == 2
