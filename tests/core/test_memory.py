"""What was decided about a similar claim in another case."""

import random
import shutil
import sqlite3
import time

import pytest

from builders import Bench, analysis_of, new_article
from factdesk.errors import DamagedError, ProjectError
from factdesk.model.claims import Reason, Verdict
from factdesk.model.evidence import Stance
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.cases import create_case
from factdesk.ops.claims import mark_claim, refuse_claims, set_normalised
from factdesk.ops.evidence import add_passage
from factdesk.ops.suggestions import store_analysis
from factdesk.store.claims import claims_of_article
from factdesk.store.memory import judged_before, open_other_project

EARLIER = "The old bridge at Ostrava fell on a Monday. Sheep like grass. Nová told us that 12 people were hurt."


def another_case(bench, text=EARLIER, name="Bridges before"):
    case = bench.run(create_case, name).created
    article = bench.run(add_article, case, new_article(text, publisher="Old News")).created
    bench.run(store_analysis, analysis_of(article, text))
    return [claim.id for claim in claims_of_article(bench.reader, article)]


@pytest.fixture
def claim(bench):
    """“The bridge at Ostrava fell on Monday.”"""
    return bench.claims()[0].id


def test_similar_claim_of_another_case_comes_with_verdict_date_and_evidence(bench, claim):
    earlier = another_case(bench)
    for id_ in earlier:
        bench.run(mark_claim, id_, Verdict.DISPUTED, Reason.CONTRADICTED, "see the office", 70)
    bench.run(add_passage, earlier[0], bench.report, Span(0, 8), Stance.REFUTES)
    (found,) = judged_before(bench.reader, claim)
    assert (found.claim_id, found.case_name, found.article) == (earlier[0], "Bridges before", "Old News")
    assert (found.judgement.verdict, found.judgement.reason) == (Verdict.DISPUTED, Reason.CONTRADICTED)
    assert (found.judgement.note, found.judgement.confidence, found.decided_by) == ("see the office", 70, "Ada")
    assert found.decided_at.endswith("Z")
    assert [each.evidence.quote for each in found.evidence] == ["A storm "]
    assert 0.4 <= found.likeness <= 1
    assert found.project == ""


def test_claims_without_a_verdict_and_of_the_same_case_are_not_remembered(bench, claim):
    another_case(bench)
    bench.run(mark_claim, bench.claims(bench.again)[0].id, Verdict.VERIFIED)
    assert judged_before(bench.reader, claim) == []


def test_refused_claims_are_not_remembered(bench, claim):
    earlier = another_case(bench)
    bench.run(mark_claim, earlier[0], Verdict.VERIFIED)
    bench.run(refuse_claims, [earlier[0]])
    assert judged_before(bench.reader, claim) == []


def test_plain_words_of_a_reviewer_help_to_find_it(bench, claim):
    earlier = another_case(bench, "It went down at once, they told us. Sheep like grass.")
    bench.run(mark_claim, earlier[0], Verdict.VERIFIED)
    assert judged_before(bench.reader, claim) == []
    bench.run(set_normalised, earlier[0], "The Ostrava bridge fell on Monday")
    (found,) = judged_before(bench.reader, claim)
    assert found.normalised == "The Ostrava bridge fell on Monday"


def test_claims_in_scripts_without_blanks_are_compared_too(bench):
    text = "桥在周一倒塌了，十二人受伤。"
    mine = bench.add(text, "Daily two")
    earlier = another_case(bench, "桥在周日倒塌了，十五人受伤。")
    bench.run(mark_claim, earlier[0], Verdict.VERIFIED)
    assert [found.claim_id for found in judged_before(bench.reader, bench.claims(mine)[0].id)] == earlier


def test_most_similar_ones_come_first_and_only_as_many_as_wanted(bench, claim):
    texts = (
        "The bridge at Ostrava fell on Monday",
        "A bridge at Ostrava fell",
        "Ostrava has a bridge of iron that fell",
    )
    for number, text in enumerate(texts):
        (only,) = another_case(bench, text, f"Case {number}")
        bench.run(mark_claim, only, Verdict.VERIFIED)
    found = judged_before(bench.reader, claim, limit=2)
    assert [each.quote for each in found] == list(texts[:2])
    assert found[0].likeness > found[1].likeness


def test_another_project_is_looked_up_and_never_written(bench, claim, tmp_path):
    path = tmp_path / "other" / "archive.factdesk"
    path.parent.mkdir()
    archive = Bench(path)
    theirs = archive.claims()[0].id
    archive.run(mark_claim, theirs, Verdict.VERIFIED)
    archive.close()
    before, files = path.read_bytes(), sorted(path.parent.iterdir())
    with open_other_project(path) as other:
        (found,) = judged_before(bench.reader, claim, other=other)
        assert (found.claim_id, found.project, found.case_name) == (theirs, "archive.factdesk", "The bridge")
        with pytest.raises(ProjectError):
            other.rows("DELETE FROM claims")
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == files


def test_file_that_is_no_project_or_an_older_one_is_refused(bench, tmp_path):
    plain = tmp_path / "notes.txt"
    plain.write_text("no project")
    with pytest.raises(DamagedError):
        open_other_project(plain)
    old = tmp_path / "old.factdesk"
    bench.close()
    shutil.copy(bench.path, old)
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    with pytest.raises(ProjectError, match="older Factdesk"):
        open_other_project(old)
    bench.reopen()


SYLLABLES = (
    "ka",
    "bel",
    "dan",
    "fir",
    "gom",
    "hus",
    "jak",
    "lor",
    "mit",
    "nov",
    "pas",
    "rud",
    "sel",
    "tov",
    "vin",
    "zub",
)


def _fill(tx, count):
    chance = random.Random(5)
    words = [a + b for a in SYLLABLES for b in SYLLABLES] + [
        a + b + c for a in SYLLABLES for b in SYLLABLES for c in "aeio"
    ]
    weights = [1 / (n + 1) for n in range(len(words))]
    case, article = "other", "anArchive"
    tx.put("cases", {"id": case, "name": "Archive", "created_at": tx.now})
    text = "x" * 1000
    tx.put("articles", {"id": article, "length": 1000, "text_sha256": "", "original_sha256": "", "original_size": 0,
                        "encoding": "utf-8", "media_type": "text/plain", "imported_at": tx.now, "text": text})  # fmt: skip
    tx.put("case_articles", {"case_id": case, "article_id": article, "position": 1})
    rows = []
    for number in range(count):
        quote = " ".join(chance.choices(words, weights, k=14))
        is_judged = number % 10 == 0
        rows.append({"id": f"c{number}", "article_id": article, "start": 0, "end": len(quote), "quote": quote,
                     "kind": "event", "status": "accepted", "made_at": tx.now,
                     "verdict": "verified" if is_judged else None, "decided_at": tx.now if is_judged else None})  # fmt: skip
    tx.bulk_insert("claims", rows)
    return rows[70]["quote"]


def test_memory_of_a_large_project_answers_at_once(bench):
    quote = bench.run(_fill, 20_000)
    text = f"{quote} today."
    mine = bench.claims(bench.add(text, "New"))[0].id
    times = []
    for _ in range(5):
        start = time.perf_counter()
        found = judged_before(bench.reader, mine)
        times.append(time.perf_counter() - start)
    assert found[0].quote == quote
    assert min(times) < 0.25
