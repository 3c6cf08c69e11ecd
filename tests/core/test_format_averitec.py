import json

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project, foresee
from factdesk.exchange.formats.averitec import KEYS, averitec_problems
from factdesk.exchange.importers import importer_for, read_source
from factdesk.exchange.kinds.averitec import looks_like_averitec
from factdesk.exchange.readings import BadPart, SourceFile
from factdesk.model.claims import ClaimKind, Reason, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.given import GivenArticle
from factdesk.ops.articles import add_article
from factdesk.ops.claims import mark_claim
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.given import store_given
from factdesk.project import Project
from factdesk.store.cases import list_cases
from nasty_case import HALF_A, OVER_A_LINE, ROUTE, nasty_case

FIRST = {
    "claim": "The canal at Velm carries 40 ships\na day. 😊",
    "required_reannotation": True,
    "label": "Conflicting Evidence/Cherrypicking",
    "justification": "The count is of one day only.",
    "claim_date": "7-8-2031",
    "speaker": "Olga Renn",
    "original_claim_url": "https://post.example/1",
    "cached_original_claim_url": None,
    "fact_checking_article": "https://check.example/1",
    "reporting_source": "Chirper",
    "location_ISO_code": "XX",
    "claim_types": ["Numerical Claim", "Position Statement"],
    "fact_checking_strategies": ["Written Evidence"],
    "questions": [
        {
            "question": "How many ships passed in 2030?",
            "answers": [
                {
                    "answer": "On average 22 a day.",
                    "answer_type": "Extractive",
                    "source_url": "https://canal.example/report.pdf",
                    "source_medium": "PDF",
                    "cached_source_url": "https://archive.example/report.pdf",
                },
                {
                    "answer": "Between 20 and 24.",
                    "answer_type": "Abstractive",
                    "source_url": "https://canal.example/",
                    "source_medium": "Web text",
                },
            ],
        },
        {
            "question": "Was it a holiday",
            "answers": [
                {
                    "answer": "No",
                    "answer_type": "Boolean",
                    "source_url": "https://days.example/",
                    "source_medium": "Web text",
                    "boolean_explanation": "It was a Thursday.",
                }
            ],
        },
        {
            "question": "Who counted?",
            "answers": [
                {
                    "answer": "No answer could be found.",
                    "answer_type": "Unanswerable",
                    "source_url": "",
                    "source_medium": "",
                }
            ],
        },
    ],
}
SECOND = {
    **FIRST,
    "claim": "Velm is a harbour.",
    "label": "Supported",
    "questions": [],
    "claim_date": None,
    "speaker": None,
}


def file_of(*values, name="dev.json"):
    return SourceFile(name, json.dumps(values, ensure_ascii=False, indent=1).encode())


def imported(data, tmp_path, name="again.factdesk"):
    """A new project with what a file of AVeriTeC holds."""
    project = Project.create(tmp_path / name, reviewer="Ada")
    with project.reader() as reader:
        case = list_cases(reader)[0].id
    items = []
    for reading in read_source(SourceFile("dev.json", data)):
        article = project.run(add_article, case, reading.article).created
        items.append(GivenArticle(article, reading.given, "dev.json"))
    project.run(store_given, case, items)
    return project


# -- out ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    bench = nasty_case(tmp_path_factory.mktemp("nasty"))
    route, line = bench.claim(bench.ferry, ROUTE), bench.claim(bench.ferry, OVER_A_LINE)
    bench.run(
        add_source, route, EvidenceKind.URL, Stance.REFUTES, "29 km", "https://a.example/x.pdf", "How long is it?"
    )
    bench.run(
        add_source, route, EvidenceKind.NOTE, Stance.REFUTES, "", "", "Is it closed?\nYes\nSince May.", source="Port"
    )
    bench.run(add_source, route, EvidenceKind.NOTE, Stance.CONTEXT, "", "", "Who measured it?")
    bench.run(add_source, line, EvidenceKind.URL, Stance.CONTEXT, "", "https://silent.example/")
    bench.run(add_passage, line, bench.evening, bench.span(bench.evening, "The sea was calm."), Stance.SUPPORTS)
    yield bench
    bench.close()


def exported(bench, tmp_path, **options):
    out = tmp_path / "claims.json"
    made = export_project(bench.project, "averitec", out, ExportOptions(**options))
    return made, {record["claim"]: record for record in json.loads(out.read_bytes())}


def test_claims_have_all_fields_of_averitec(nasty, tmp_path):
    made, claims = exported(nasty, tmp_path)
    assert made.written.count == len(claims)
    assert all(tuple(record) == KEYS for record in claims.values())
    line = claims["“We lost the rudder,” said captain Tomas Brill"]
    assert line["label"] == "Conflicting Evidence/Cherrypicking"
    assert (line["speaker"], line["claim_types"]) == ("Tomas Brill", ["Quote Verification"])
    assert (line["claim_date"], line["original_claim_url"]) == ("03-05-2031", "https://harbour.example/a?b=1&c=2")
    assert (line["reporting_source"], line["fact_checking_article"]) == ("The Harbour Post", None)
    assert claims[HALF_A]["justification"] == "I counted <12>"


def test_evidence_becomes_questions_and_answers(nasty, tmp_path):
    made, claims = exported(nasty, tmp_path)
    asked = {each["question"]: each["answers"] for each in claims["The route Ostrel–Vann is 35 km long."]["questions"]}
    assert asked["How long is it?"] == [
        {
            "answer": "29 km",
            "answer_type": "Extractive",
            "source_url": "https://a.example/x.pdf",
            "source_medium": "PDF",
        }
    ]
    assert asked["Is it closed?"][0]["answer_type"] == "Boolean"
    assert asked["Is it closed?"][0]["boolean_explanation"] == "Since May."
    assert asked["Who measured it?"][0]["answer_type"] == "Unanswerable"
    assert asked["What does Map office say?"][0]["answer"] == "The line is 29\u00a0km <long>."
    assert asked["What does time table.txt say?"][0]["answer_type"] == "Abstractive"
    notes = " ".join(made.written.notes)
    assert "made from the name of the source" in notes
    assert "2 pieces of evidence are newer than the claim" in notes  # the evening paper of the next day
    assert "1 piece of evidence is left out: there is neither a quote nor a note" in notes


def test_what_has_no_label_is_told_in_advance(nasty):
    told = {loss.what for loss in foresee(nasty.project, "averitec")}
    assert "1 claim with the verdict “unverified, not checkable”" in told
    assert any(what.startswith("Stance and time of ") for what in told)


def test_disputed_without_a_reason_is_the_reviewers_choice(nasty, tmp_path):
    claim = nasty.claim(nasty.copy, "The ferry Milva sank off Port Ostrel on 3 May 2031.")
    nasty.run(mark_claim, claim, Verdict.DISPUTED)
    chosen = frozenset({claim})
    assert exported(nasty, tmp_path, claim_ids=chosen)[1] == {}
    made, claims = exported(nasty, tmp_path, claim_ids=chosen, choices={"disputed": "refuted"})
    [record] = claims.values()
    assert (record["label"], record["claim_date"]) == ("Refuted", None)
    assert any("null" in note for note in made.written.notes)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"label": "True"}, "the label"),
        ({"speaker": ""}, "must be null"),
        ({"claim_date": "2031-08-07"}, "the date"),
        ({"claim_types": ["Rumour"]}, "the type"),
        ({"questions": [{"question": "", "answers": []}]}, "needs words"),
        ({"questions": [{"question": "a?", "answers": [{"answer": "b"}]}]}, "has the fields"),
        ({"extra": 1}, "other fields"),
    ],
)
def test_the_rules_find_what_is_wrong(change, problem):
    good = {**FIRST, "claim_date": "07-08-2031"}
    assert list(averitec_problems([good])) == []
    assert any(problem in found for found in averitec_problems([good | change]))


# -- in -------------------------------------------------------------------------------------------------------------


def test_a_file_is_known_by_its_fields():
    assert importer_for(file_of(FIRST)).name == "averitec"
    assert importer_for(file_of(FIRST, name="claims.txt")).name == "averitec"
    assert not looks_like_averitec(b'[{"data": {"text": "the claim"}}]')
    assert not looks_like_averitec(b'{"claim": "x", "claim_date": ""}')


def test_each_claim_is_an_article_with_its_evidence():
    first, second = read_source(file_of(FIRST, SECOND))
    assert first.article.text == FIRST["claim"]
    assert (first.place, second.place) == ("claim 1", "claim 2")
    assert json.loads(first.article.source.original) == FIRST
    meta = first.article.meta
    assert (meta.publisher, meta.url, meta.published_at) == ("Chirper", "https://post.example/1", "2031-08-07")
    [claim] = first.given.claims
    assert claim.span.of(first.article.text) == FIRST["claim"]
    assert (claim.judgement.verdict, claim.judgement.reason) == (Verdict.DISPUTED, Reason.SOURCES_CONFLICT)
    assert (claim.judgement.note, claim.claimant, claim.kind) == (
        "The count is of one day only.", "Olga Renn", ClaimKind.QUANTITY,
    )  # fmt: skip
    assert {each.stance for each in first.given.evidence} == {Stance.CONTEXT}
    assert {each.claim for each in first.given.evidence} == {claim.key}
    assert [(each.kind, each.quote, each.note) for each in first.given.evidence] == [
        (EvidenceKind.URL, "On average 22 a day.", "How many ships passed in 2030?"),
        (EvidenceKind.URL, "", "How many ships passed in 2030?\nBetween 20 and 24."),
        (EvidenceKind.URL, "", "Was it a holiday?\nNo\nIt was a Thursday."),
        (EvidenceKind.NOTE, "", "Who counted?"),
    ]
    assert any("stands for one" in warning for warning in first.warnings)
    assert any("question mark" in warning for warning in first.warnings)
    assert second.given.claims[0].key != claim.key
    assert len(second.warnings) == 1


def test_bad_claims_are_named_and_the_others_come_in():
    broken = {**FIRST, "questions": [{"answers": 3}]}
    found = list(
        read_source(file_of({"label": "Supported", "claim_date": ""}, {**FIRST, "claim": " "}, broken, SECOND, 7))
    )
    assert [(each.place, type(each)) for each in found if isinstance(each, BadPart)] == [
        (f"claim {number}", BadPart) for number in (1, 2, 3, 5)
    ]
    assert [each.place for each in found if not isinstance(each, BadPart)] == ["claim 4"]


def test_a_file_that_was_cut_off_gives_what_it_has():
    data = file_of(FIRST, SECOND).data[:-40]
    first, cut = read_source(SourceFile("dev.json", data))
    assert first.place == "claim 1"
    assert cut.place == "claim 2"
    assert "cut off from line" in cut.reason
    with pytest.raises(ImportRefusedError, match="holds no claim"):
        list(read_source(SourceFile("dev.json", data[:700])))
    with pytest.raises(ImportRefusedError):
        list(read_source(SourceFile("dev.json", b'[{"claim": "x", "claim_date": ' + b"[" * 100_000)))


def test_an_unknown_label_gives_no_verdict():
    [reading] = read_source(file_of({**SECOND, "label": "Half so"}))
    assert reading.given.claims[0].judgement.verdict is None
    assert any("“Half so”" in warning for warning in reading.warnings)


# -- there and back -------------------------------------------------------------------------------------------------


def test_what_was_exported_comes_back_with_labels_and_evidence(nasty, tmp_path):
    _, before = exported(nasty, tmp_path)
    with imported((tmp_path / "claims.json").read_bytes(), tmp_path) as project:
        out = tmp_path / "again.json"
        export_project(project, "averitec", out)
        after = {record["claim"]: record for record in json.loads(out.read_bytes())}
    assert set(after) == set(before)
    for claim, record in before.items():
        for key in ("label", "justification", "speaker", "claim_date", "original_claim_url", "reporting_source"):
            assert after[claim][key] == record[key]
        assert said(after[claim]) == said(record)


def said(record):
    """Questions with their answers, without the kind of source, which is not kept."""
    return [
        (asked["question"], [{**answer, "source_medium": ""} for answer in asked["answers"]])
        for asked in record["questions"]
    ]


def test_a_file_of_averitec_is_written_again_as_it_was(tmp_path):
    with imported(file_of(FIRST, SECOND).data, tmp_path) as project:
        out = tmp_path / "again.json"
        export_project(project, "averitec", out)
        first, second = json.loads(out.read_bytes())
    assert first["claim"] == "The canal at Velm carries 40 ships a day. 😊"
    assert (first["label"], second["label"]) == (FIRST["label"], "Supported")
    assert first["claim_date"] == "07-08-2031"
    answers = [answer for asked in first["questions"] for answer in asked["answers"]]
    for answer, given in zip(answers, [a for q in FIRST["questions"] for a in q["answers"]], strict=True):
        assert answer == {key: value for key, value in given.items() if key != "cached_source_url"}
