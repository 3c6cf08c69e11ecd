"""Operations on cases and their articles."""

import dataclasses

import pytest

from builders import BRIDGE, new_article
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.model.articles import ArticleMeta
from factdesk.model.claims import Verdict
from factdesk.ops.articles import (
    add_article,
    add_articles,
    correct_encoding,
    edit_article,
    move_article,
    remove_article,
)
from factdesk.ops.cases import create_case, rename_case
from factdesk.ops.claims import mark_claim
from factdesk.ops.history import redo, undo, undo_title
from factdesk.store.articles import (
    article_text,
    get_article,
    list_articles,
    original_bytes,
    sentences_of,
    unanalysed_articles,
)
from factdesk.store.cases import cases_of_article, get_case, list_cases
from factdesk.store.claims import get_claim
from factdesk.store.progress import case_progress, project_stats


def order(bench, case=None):
    return [article.id for article in list_articles(bench.reader, case or bench.case)]


def test_case_is_made_and_renamed(bench):
    made = bench.run(create_case, "  The   flood ").created
    bench.run(rename_case, made, "Flood")
    assert [case.name for case in list_cases(bench.reader)] == ["The bridge", "Flood"]
    bench.run(undo)
    assert get_case(bench.reader, made).name == "The flood"
    with pytest.raises(FactdeskError, match="no name"):
        bench.run(create_case, " ")
    with pytest.raises(NotFoundError):
        get_case(bench.reader, "x")


def test_article_keeps_text_original_and_hashes(bench):
    text = "Café ‘news’. 🌊"
    new = new_article(text, title="T", publisher="P", name="a.txt", encoding="utf-16")
    made = bench.run(add_article, bench.case, new).created
    article = get_article(bench.reader, made)
    assert article_text(bench.reader, made) == text
    assert original_bytes(bench.reader, made) == text.encode("utf-16")
    assert (article.length, article.encoding, article.source_name) == (len(text), "utf-16", "a.txt")
    assert article.text_sha256 != article.original_sha256
    assert article.captured_at
    assert not article.analysed
    assert unanalysed_articles(bench.reader, bench.case) == [made]
    assert sentences_of(bench.reader, made) == []


def test_same_text_twice_is_recognised(bench):
    steps = undo_title(bench.reader)
    again = bench.run(add_article, bench.case, new_article(BRIDGE, publisher="Another"))
    assert again.created == bench.bridge
    assert "already in this case" in again.title
    assert undo_title(bench.reader) == steps
    assert get_article(bench.reader, bench.bridge).meta.publisher == "The Daily"


def test_article_may_be_in_two_cases(bench):
    other = bench.run(create_case, "Other").created
    bench.run(add_article, other, new_article(BRIDGE))
    assert order(bench, other) == [bench.bridge]
    assert set(cases_of_article(bench.reader, bench.bridge)) == {bench.case, other}


def test_undone_import_leaves_and_returns_the_article(bench):
    made = bench.run(add_article, bench.case, new_article("New text.")).created
    changes = bench.run(undo)
    assert made not in order(bench)
    assert changes.articles == {made}
    assert changes.cases == {bench.case}
    bench.run(redo)
    assert order(bench)[-1] == made
    bench.run(undo)
    assert bench.run(add_article, bench.case, new_article("New text.")).created == made
    assert made in order(bench)


def test_several_articles_are_one_step(bench):
    news = [new_article("One."), new_article("Two."), new_article("One.")]
    changes = bench.run(add_articles, bench.case, news)
    assert changes.title == "Import 2 articles (1 already in this case)"
    assert len(order(bench)) == 5
    bench.run(undo)
    assert len(order(bench)) == 3


@pytest.mark.parametrize("text", ["", " \n "])
def test_article_without_text_is_refused(bench, text):
    with pytest.raises(FactdeskError, match="no text"):
        bench.run(add_article, bench.case, new_article(text))


def test_text_must_be_normalised(bench):
    with pytest.raises(ValueError, match="normalised"):
        bench.run(add_article, bench.case, new_article("a\r\nb"))


def test_article_needs_a_case(bench):
    with pytest.raises(NotFoundError):
        bench.run(add_article, "nowhere", new_article("Text."))
    assert bench.reader.value("SELECT count(*) FROM articles") == 3


def test_what_is_known_is_edited(bench):
    meta = ArticleMeta("Title", "Publisher ", "By", "https://example.org", "2026-03-01", "cs")
    changes = bench.run(edit_article, bench.bridge, meta)
    stored = get_article(bench.reader, bench.bridge)
    assert stored.meta == dataclasses.replace(meta, publisher="Publisher")
    assert changes.articles == {bench.bridge}
    bench.run(undo)
    assert get_article(bench.reader, bench.bridge).meta.publisher == "The Daily"
    assert article_text(bench.reader, bench.bridge) == BRIDGE


def test_removed_article_keeps_its_decisions(bench):
    claim = bench.claims()[0].id
    bench.run(mark_claim, claim, Verdict.VERIFIED)
    bench.run(remove_article, bench.case, bench.bridge)
    assert bench.bridge not in order(bench)
    with pytest.raises(FactdeskError, match="not in this case"):
        bench.run(remove_article, bench.case, bench.bridge)
    bench.run(add_article, bench.case, new_article(BRIDGE))
    assert get_claim(bench.reader, claim).verdict is Verdict.VERIFIED


def test_articles_move_any_number_of_times(bench):
    ids = order(bench)
    for number in range(40):  # more often than the gaps allow without renumbering
        bench.run(move_article, bench.case, ids[2], number % 2)
        expected = [ids[0], ids[1]]
        expected.insert(number % 2, ids[2])
        assert order(bench) == expected
        ids = [ids[0], ids[1], ids[2]]
    bench.run(move_article, bench.case, ids[0], 99)
    assert order(bench)[-1] == ids[0]
    for _ in range(41):
        bench.run(undo)
    assert order(bench) == ids


def test_moving_into_the_same_gap_renumbers(bench):
    ids = order(bench)
    for number in range(30):
        bench.run(move_article, bench.case, ids[number % 2 + 1], 1)
        assert order(bench)[:2] == [ids[0], ids[number % 2 + 1]]


def test_encoding_is_corrected_while_nobody_worked_on_it(bench):
    wrong, right = new_article("CafÃ© news."), new_article("Café news.")
    first = bench.run(add_article, bench.case, wrong).created
    place = order(bench).index(first)
    corrected = bench.run(correct_encoding, bench.case, first, right).created
    assert order(bench).index(corrected) == place
    assert first not in order(bench)
    bench.run(undo)
    assert order(bench)[place] == first
    same = bench.run(correct_encoding, bench.case, first, wrong)
    assert "reads the same" in same.title


def test_encoding_stays_once_something_is_decided(bench):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.VERIFIED)
    with pytest.raises(FactdeskError, match="already has marks"):
        bench.run(correct_encoding, bench.case, bench.bridge, new_article("Other text."))


def test_progress_counts_what_is_decided(bench):
    ids = [claim.id for claim in bench.claims()]
    bench.run(mark_claim, ids[0], Verdict.VERIFIED)
    bench.run(mark_claim, ids[1], Verdict.DISPUTED)
    first = case_progress(bench.reader, bench.case)[0]
    assert (first.total, first.decided, first.verified, first.disputed, first.unverified, first.suggested) == (
        len(ids), 2, 1, 1, 0, len(ids) - 2,
    )  # fmt: skip
    assert first.article == get_article(bench.reader, bench.bridge)
    assert (first.article.claim_count, first.article.decided_count) == (len(ids), 2)
    stats = project_stats(bench.reader)
    assert stats["articles"] == 3
    assert stats["verdicts"]["verified"] == 1
    assert stats["links"] == {"suggested": 1}
