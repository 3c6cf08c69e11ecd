"""Three reviewers by file: hand over to two, both work, merge in both orders, agree and disagree, settle, and the dataset."""

import csv
import json
import shutil

import pytest

from builders import analysis_of
from factdesk.cli import main
from factdesk.exchange.sample import open_sample
from factdesk.model.claims import Judgement, Reason, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.adjudication import adjudicate
from factdesk.ops.claims import add_claim, mark_claim, refuse_claims, set_note
from factdesk.ops.evidence import add_source
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store.articles import article_text, list_articles
from factdesk.store.cases import list_cases
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article
from factdesk.store.disagreements import disagreements
from factdesk.store.opinions import opinions_about
from merge_play import dumped

RARE = "Xylographia"


@pytest.fixture
def home(tmp_path):
    """Ann's project: the sample case with each sentence suggested, and her verdicts on the first ten claims."""
    path = tmp_path / "home" / "dam.factdesk"
    path.parent.mkdir()
    with open_sample(path, "Ann") as ann, ann.reader() as reader:
        case = list_cases(reader)[0].id
        for article in list_articles(reader, case):
            ann.run(store_analysis, analysis_of(article.id, article_text(reader, article.id), scores=[0.5] * 400))
        for number, claim in enumerate(claims(reader)[:10]):
            ann.run(mark_claim, claim, list(Verdict)[number % 3], None, f"{RARE} {number}")
    return path


def claims(reader):
    case = list_cases(reader)[0].id
    return [claim.id for article in list_articles(reader, case) for claim in claims_of_article(reader, article.id)]


def shell(capsys, *arguments, code=0):
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def ben(project, ids, article):
    """Ben agrees on eight of ten, differs on two, judges two more, and marks a passage of his own with evidence."""
    for number, claim in enumerate(ids[:12]):
        verdict = list(Verdict)[(number + (number in {3, 7})) % 3]
        project.run(mark_claim, claim, verdict, None, f"Ben on {number}")
    own = project.run(add_claim, article, Span(5, 40)).created
    project.run(add_source, own, EvidenceKind.URL, Stance.SUPPORTS, url="https://example.org/dam")
    project.run(mark_claim, own, Verdict.VERIFIED)


def cy(project, ids, _article):
    """Cy agrees with Ann but for two, one of them the same as Ben's; refuses a claim."""
    for number, claim in enumerate(ids[:9]):
        project.run(mark_claim, claim, list(Verdict)[(number + (number in {3, 5})) % 3])
    project.run(set_note, ids[0], "Cy's note")
    project.run(refuse_claims, [ids[20]])


def test_three_reviewers_from_the_hand_over_to_the_dataset(home, tmp_path, capsys):
    copies = {}
    for name, work in (("Ben", ben), ("Cy", cy)):
        copies[name] = tmp_path / name / "dam.factdesk"
        copies[name].parent.mkdir()
        made = shell(capsys, "handover", home, name, copies[name])
        assert made["claims"] > 40
        with Project.open(copies[name]) as project, project.reader() as reader:
            assert project.reviewer_name == name
            assert RARE.encode() not in copies[name].read_bytes()
            ids = claims(reader)
            work(project, ids, list_articles(reader, list_cases(reader)[0].id)[0].id)

    # both orders give the same, and again nothing
    other = tmp_path / "other.factdesk"
    shutil.copy(home, other)
    for name in ("Ben", "Cy"):
        assert shell(capsys, "merge", home, copies[name])["reviewers"] == [name]
    for name in ("Cy", "Ben", "Cy"):
        again = shell(capsys, "merge", other, copies[name])
    assert again["added"] == {}
    states = []
    for path in (home, other):
        with Project.open(path, read_only=True) as project, project.reader() as reader:
            assert check_project(reader) == []
            states.append(dumped(reader))
    assert states[0] == states[1]

    # how far they agree: Ann and Ben part on 2 of 10, Ann and Cy on 2 of 9, Ben and Cy on 2 of 9
    found = shell(capsys, "agreement", home)
    pairs = {tuple(pair["reviewers"]): pair for pair in found["pairs"]}
    assert {names: (pair["claims"], round(pair["observed"] * pair["claims"])) for names, pair in pairs.items()} == {
        ("Ann", "Ben"): (10, 8),
        ("Ann", "Cy"): (9, 7),
        ("Ben", "Cy"): (9, 7),
    }
    assert 0.4 < found["alpha"]["value"] < 0.9
    assert "Only 10 claims" in found["alpha"]["remark"]

    # settle two of three disagreements
    with Project.open(home, reviewer="Ann") as ann, ann.reader() as reader:
        case = list_cases(reader)[0].id
        open_ones = disagreements(reader, case)
        assert [each.claim.id for each in open_ones] == [ids[3], ids[5], ids[7]]
        bens = next(each for each in open_ones[0].opinions if each.reviewer == "Ben")
        ann.run(adjudicate, case, ids[3], bens.judgement, "Ben")
        third = Judgement(Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE, "none of us can know")
        ann.run(adjudicate, case, ids[5], third)
        assert len(opinions_about(reader, [ids[3]])[ids[3]]) == 3, "what everybody said is kept"

    # the dataset holds what was agreed or settled, and tells what it leaves out
    out = tmp_path / "gold.csv"
    told = shell(capsys, "export", home, "csv", out, "--whose", "adjudicated", "--decisions-only")
    losses = {loss["what"]: loss["because"] for loss in told["losses"]}
    assert losses["the verdicts on 1 claim"] == "Reviewers disagree, and it is not settled."
    assert losses["the verdicts on 3 claims"] == "Only one reviewer judged each of them."
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["claim_id"]: row for row in csv.DictReader(file)}
    judged = {claim: row["verdict"] for claim, row in rows.items() if row["verdict"]}
    assert set(judged) == {ids[number] for number in (0, 1, 2, 3, 4, 5, 6, 8, 9)}
    assert judged[ids[3]] == bens.judgement.verdict
    assert (rows[ids[5]]["note"], rows[ids[5]]["reviewer"]) == ("none of us can know", "Ann")
    assert json.loads(out.with_name("gold.csv.about.json").read_text())["options"]["verdicts"].startswith("only those")

    # a fourth person gets a copy in which none of that is to be seen
    late = tmp_path / "late.factdesk"
    shell(capsys, "handover", home, "Dee", late)
    for trace in (RARE, "none of us can know", "Ben on", "Cy's note"):
        assert trace.encode() not in late.read_bytes()
