import csv
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import BRIDGE, new_article
from factdesk.errors import FactdeskError, TooNewError
from factdesk.exchange.attachments import attachment_of
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats.claim_table import unguard
from factdesk.exchange.formats.records import CHANGE, SHAPES
from factdesk.exchange.importers import from_pasted, read_text_file
from factdesk.exchange.progress import StoppedError
from factdesk.exchange.records.importer import import_jsonl, is_export
from factdesk.model.analysis import FoundOrigin
from factdesk.model.claims import Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article, remove_article
from factdesk.ops.cases import create_case
from factdesk.ops.claims import add_claim, mark_claim, refuse_claims, set_note
from factdesk.ops.cluster_suggestions import store_clusters
from factdesk.ops.clusters import confirm_absence, link_claims, mark_cluster, unlink_claim
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.history import redo, undo
from factdesk.ops.links import accept_links, add_link
from factdesk.ops.mentions import accept_mentions, add_mention, merge_entities
from factdesk.ops.origins import leave_origin, store_origins
from factdesk.ops.places import save_place
from factdesk.ops.settings import change_project_setting, set_project_setting
from factdesk.project import Project
from factdesk.store.articles import article_text, original_bytes
from factdesk.store.cases import list_cases
from factdesk.store.check import check_project
from factdesk.store.claims import claims_of_article, get_claim, history_of
from factdesk.store.mentions import list_entities, mentions_of_article
from factdesk.store.whole import columns_of
from unicode_texts import texts_with_spans

# Triggers count these anew, and the importing project numbers or compresses these itself.
DERIVED = {
    "claims": {"linked", "conflicts", "evidence_count"},
    "row_changes": {"operation", "n"},
    "attachments": {"zlib"},
}


@pytest.fixture
def busy(bench):
    """A project in which everything was used: two reviewers, undo and redo, all kinds of marks and evidence."""
    first, second = bench.claims()[:2]
    other = bench.claims(bench.again)[0]
    bench.run(mark_claim, first.id, Verdict.VERIFIED, Reason.WITH_CAVEAT, "see “map”\u2028=1+1", 80)
    bench.run(mark_claim, second.id, Verdict.DISPUTED)
    bench.run(undo)
    bench.run(redo)
    bench.run(undo)
    bench.run(add_passage, first.id, bench.again, other.span, Stance.SUPPORTS)
    bench.run(add_source, first.id, EvidenceKind.URL, Stance.REFUTES, quote="a quote", url="https://example.org/ü")
    bench.run(refuse_claims, [bench.claims()[2].id])
    bench.run(add_link, first.id, other.id, Relation.SAME)
    bench.run(set_project_setting, "model", {"name": "x"})
    bench.run(change_project_setting, "gate", {"on": True}, "Gate on")
    bench.run(link_claims, bench.case, first.id, other.id, Relation.SAME)
    bench.run(mark_cluster, bench.case, other.id, Verdict.DISPUTED, note="both")
    bench.run(confirm_absence, bench.case, first.id, bench.report)
    bench.run(unlink_claim, bench.case, other.id)
    bench.run(undo)
    bench.run(store_clusters, bench.case)
    bench.run(store_origins, bench.case, [FoundOrigin((bench.bridge, bench.again), (0.5, 0.25))])
    bench.run(leave_origin, bench.case, bench.again)
    file = attachment_of(b"\x00\xffa picture", "a.png")
    bench.run(add_source, first.id, EvidenceKind.FILE, Stance.SUPPORTS, url="a.png", source="Ada", attachment=file)
    bench.reopen(reviewer="Björn")
    claim = bench.run(add_claim, bench.bridge, Span(4, 10)).created
    bench.run(set_note, claim, "a note")
    bench.run(mark_claim, first.id, Verdict.UNVERIFIED, Reason.NOT_CHECKABLE)
    entities = {entity.name: entity.id for entity in list_entities(bench.reader, bench.case)}
    bench.run(add_mention, bench.bridge, Span(4, 10), "FAC")
    bench.run(accept_mentions, [mentions_of_article(bench.reader, bench.bridge)[-1].id])
    bench.run(merge_entities, entities["Nová"], [entities["Nova"]])
    bench.run(merge_entities, entities["Ostrava"], [entities["Nová"]])
    bench.run(create_case, "Another event")
    pasted = bench.run(add_article, list_cases(bench.reader)[1].id, from_pasted("\ufeffOther\r\nnews 😊")).created
    bench.run(add_article, list_cases(bench.reader)[1].id, new_article(BRIDGE))
    bench.run(add_article, bench.case, new_article("Ein Café.", encoding="cp1252", name="ü.txt"))
    bench.run(remove_article, bench.case, bench.report)
    bench.run(save_place, {"claim": first.id, "scroll": [1, 2.5]})
    bench.pasted = pasted
    return bench


def imported(export, tmp_path, reviewer="Ada", name="again.factdesk"):
    """A new project with the export in it, and the report."""
    project = Project.create(tmp_path / name, reviewer=reviewer)
    return project, import_jsonl(project, export)


def lines(path):
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


@pytest.mark.parametrize("reviewer", ["Ada", "Björn", "Somebody else"])
def test_an_export_comes_back_whole(busy, tmp_path, reviewer):
    export, again = tmp_path / "out.jsonl", tmp_path / "again.jsonl"
    written = export_project(busy.project, "jsonl", export).written.count
    project, report = imported(export, tmp_path, reviewer)
    with project:
        assert report.problems == []
        assert report.kept.total() == written - 1  # the last line tells only that it is the last
        export_project(project, "jsonl", again)
        with project.reader() as reader:
            assert check_project(reader) == []
            assert original_bytes(reader, busy.pasted) == "\ufeffOther\r\nnews 😊".encode()
    assert again.read_bytes() == export.read_bytes()


def test_work_goes_on_after_the_import(busy, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(busy.project, "jsonl", export)
    project, _ = imported(export, tmp_path)
    with project, project.reader() as reader:
        claim = claims_of_article(reader, busy.bridge)[0]
        assert [d.reviewer for d in history_of(reader, claim.id)] == [
            d.reviewer for d in history_of(busy.reader, claim.id)
        ]
        undone = project.run(undo)
        assert undone.title.startswith("Undone: ")
        project.run(mark_claim, claim.id, Verdict.VERIFIED)
        newest = history_of(reader, claim.id)[0]
        assert (newest.reviewer, newest.session_id) == ("Ada", project.session_id)
        assert check_project(reader) == []


def test_every_step_can_be_undone_after_the_import_as_before(busy, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(busy.project, "jsonl", export)
    project, _ = imported(export, tmp_path)
    with project, project.reader() as reader:
        while (title := project.run(undo).title) != "There is nothing to undo":
            assert title == busy.run(undo).title
        assert check_project(reader) == []


def test_an_export_taken_while_the_sitting_goes_on_comes_back_the_same(bench, tmp_path):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.DISPUTED)
    export, again = tmp_path / "out.jsonl", tmp_path / "again.jsonl"
    export_project(bench.reader, "jsonl", export)
    project, _ = imported(export, tmp_path)
    project.close()
    with Project.open(project.path, reviewer="Cleo") as reopened:
        export_project(reopened, "jsonl", again)
    assert again.read_bytes() == export.read_bytes()


def test_every_column_of_every_table_is_exported(bench):
    tables = {shape.table: set(shape.columns) for shape in (*SHAPES, CHANGE)}
    all_tables = bench.reader.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    elsewhere = {"settings", "originals", "case_articles"}  # in the header and in the records of articles
    for (name,) in map(tuple, all_tables):
        if name in tables:
            assert tables[name] == set(columns_of(bench.reader, name)) - DERIVED.get(name, set()), name
        else:
            assert name in elsewhere or "_fts" in name or name.startswith("_"), name


def test_a_file_of_the_first_version_is_read(bench, tmp_path):
    bench.run(mark_claim, bench.claims()[0].id, Verdict.DISPUTED)
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    fields = {shape.type: {f.name for f in shape.fields if f.is_new} for shape in SHAPES}

    def older(record):
        if record["type"] in {"cluster", "member", "absence", "origin", "attachment", "analysis_run"}:
            return None
        kept = {name: value for name, value in record.items() if name not in fields.get(record["type"], ())}
        return kept | {"version": 1} if record["type"] == "project" else kept

    damaged(export, older)
    project, report = imported(export, tmp_path)
    with project, project.reader() as reader:
        assert report.problems == []
        assert check_project(reader) == []
        assert get_claim(reader, bench.claims()[0].id) == bench.claims()[0]
        project.run(undo)
        assert get_claim(reader, bench.claims()[0].id).verdict is None


def test_no_verdict_yet_is_null_and_suggestions_are_told_from_decisions(bench, tmp_path):
    decided = bench.claims()[0].id
    bench.run(mark_claim, decided, Verdict.DISPUTED)
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    claims = {r["id"]: r for r in lines(export) if r["type"] == "claim"}
    assert (claims[decided]["verdict"], claims[decided]["status"]) == ("disputed", "accepted")
    others = [claim for claim in claims.values() if claim["id"] != decided]
    assert others
    assert {claim["verdict"] for claim in others} == {None}
    assert {claim["status"] for claim in others} == {"suggested"}
    assert all(claim["made_by"] is None and claim["model"] for claim in claims.values())


def test_decisions_only_leaves_out_what_nobody_looked_at_and_still_comes_back(busy, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(busy.project, "jsonl", export, ExportOptions(decisions_only=True))
    records = lines(export)
    marks = [r for r in records if r["type"] in {"claim", "mention", "link"}]
    touched = {r["claim"] for r in records if r["type"] == "evidence"}
    touched |= {r[side] for r in records if r["type"] == "link" for side in ("claim_a", "claim_b")}
    assert marks
    assert all(mark["status"] != "suggested" or mark["id"] in touched for mark in marks)
    assert not any(r["type"] in {"analysis", "operation"} for r in records)
    project, report = imported(export, tmp_path)
    project.close()
    assert [str(problem) for problem in report.problems] == []


def test_links_that_people_made_keep_their_claims(bench, tmp_path):
    link = bench.reader.value("SELECT id FROM links")
    bench.run(accept_links, [link])
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export, ExportOptions(decisions_only=True))
    kept = [r for r in lines(export) if r["type"] in {"claim", "link"}]
    assert [r["type"] for r in kept] == ["claim", "claim", "link"]


@given(
    samples=st.lists(texts_with_spans(), min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_quotes_are_what_the_text_says_from_bytes_to_exports_and_back(bench, tmp_path, samples, encoding):
    expected = {}
    for raw, start, end in samples:
        (tmp_path / "in.txt").write_bytes(("." + raw.replace("\0", "0")).encode(encoding))
        new = read_text_file(tmp_path / "in.txt")
        span = Span(*sorted({min(start, len(new.text) - 1), min(end, len(new.text) - 1), len(new.text)})[:2])
        if not span.of(new.text).strip():
            continue
        article = bench.run(add_article, bench.case, new).created
        claim = bench.run(add_claim, article, span).created
        bench.run(add_passage, claim, article, span, Stance.CONTEXT)
        expected[claim] = (article, span.of(new.text), new)
    export, table = tmp_path / "out.jsonl", tmp_path / "out.csv"
    export_project(bench.project, "jsonl", export)
    export_project(bench.project, "csv", table)
    records = lines(export)
    texts = {r["id"]: r["text"] for r in records if r["type"] == "article"}
    for record in records:
        if record["type"] in {"claim", "mention", "evidence"} and record["article"]:
            assert texts[record["article"]][record["start"] : record["end"]] == record["quote"]
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            assert texts[row["article_id"]][int(row["start"]) : int(row["end"])] == unguard(row["quote"])
    (tmp_path / "again.factdesk").unlink(missing_ok=True)
    project, report = imported(export, tmp_path)
    with project, project.reader() as reader:
        assert report.problems == []
        for claim, (article, quote, new) in expected.items():
            assert get_claim(reader, claim).quote == quote
            assert article_text(reader, article) == new.text
        assert check_project(reader) == []


# -- files that are not quite right -------------------------------------------------------------------------------


def damaged(export, change):
    """The export with one record of it changed by a function (None drops the line)."""
    out = []
    for line in export.read_bytes().splitlines(keepends=True):
        changed = change(json.loads(line))
        if changed is not None:
            out.append(json.dumps(changed).encode() + b"\n" if isinstance(changed, dict) else changed)
    export.write_bytes(b"".join(out))


def with_claim(**columns):
    """Changes the first claim."""
    seen = []

    def change(record):
        if record["type"] == "claim" and not seen:
            seen.append(record)
            return record | columns
        return record

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (with_claim(quote="something else"), "its quote is not what the article says at"),
        (with_claim(start=1), "its quote is not what the article says at"),
        (with_claim(start=-1), "is no span"),
        (with_claim(start=90_000, end=90_001), "its quote is not"),
        (with_claim(start="4"), "“start” must be a whole number"),
        (with_claim(verdict="true"), "'true' is not a valid Verdict"),
        (with_claim(reason="clear"), "does not go with the verdict"),
        (with_claim(confidence=101), "percentage"),
        (with_claim(kind="joke"), "CHECK constraint"),
        (with_claim(article="a0"), "its article a0 is not in the file"),
        (with_claim(made_by="nobody"), "refers to something that is not in the file"),
        (with_claim(claimant_span=[0, 9_999_999]), "outside the text"),
        (with_claim(note="\ud800"), "“note” must be a text"),
        (with_claim(number=2**70), "must be a whole number"),
        (with_claim(type="rumour"), "knows no record of type “rumour”"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_claim_is_named_by_its_line_and_the_others_are_kept(bench, tmp_path, change, reason):
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    count = sum(r["type"] == "claim" for r in lines(export))
    first = next(n for n, r in enumerate(lines(export), 1) if r["type"] == "claim")
    damaged(export, change)
    project, report = imported(export, tmp_path)
    with project, project.reader() as reader:
        assert report.problems[0].line == first
        assert reason in report.problems[0].reason
        assert reader.value("SELECT count(*) FROM claims") == count - 1
        assert check_project(reader) == []


def test_a_changed_text_takes_its_marks_along(bench, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    damaged(export, lambda r: r | {"text": r["text"] + "x"} if r.get("id") == bench.bridge else r)
    project, report = imported(export, tmp_path)
    with project, project.reader() as reader:
        assert "its text is not the one" in report.problems[0].reason
        assert len(report.problems) > 3
        assert reader.value("SELECT count(*) FROM articles") == 2
        assert check_project(reader) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken\n", "it is no JSON"),
        (b"[]\n", "it is no object with a “type”"),
        (b'{"type":"claim"}\n', "“id” is missing"),
        (b'{"type":"case","id":NaN}\n', "NaN is not allowed"),
        (b"\xff\xfe\n", "it is no JSON"),
        (b"[" * 100_000 + b"\n", "it is no JSON"),
    ],
    ids=["broken", "list", "empty", "NaN", "no UTF-8", "deep"],
)
def test_a_line_that_is_no_record_is_named(bench, tmp_path, line, reason):
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    whole = export.read_bytes().splitlines(keepends=True)
    export.write_bytes(b"".join([*whole[:3], line, b"\n", *whole[3:]]))
    project, report = imported(export, tmp_path)
    project.close()
    assert [problem.line for problem in report.problems] == [4]
    assert reason in report.problems[0].reason


def test_a_file_that_was_cut_off_is_told(bench, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    export.write_bytes(export.read_bytes()[:-200])
    project, report = imported(export, tmp_path)
    project.close()
    assert "cut off" in report.problems[-1].reason


def test_only_a_new_project_takes_an_export(bench, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    with pytest.raises(FactdeskError, match="already holds articles"):
        import_jsonl(bench.project, export)


def test_other_files_are_refused(tmp_path):
    path = tmp_path / "x.jsonl"
    with Project.create(tmp_path / "p.factdesk", reviewer="Ada") as project:
        for content in (b"", b'{"id":"a","text":"b"}\n', b"text\n"):
            path.write_bytes(content)
            assert not is_export(path)
            with pytest.raises(FactdeskError, match="no export of Factdesk"):
                import_jsonl(project, path)
        path.write_bytes(b'{"type":"project","format":"factdesk","version":3}\n')
        assert is_export(path)
        with pytest.raises(TooNewError):
            import_jsonl(project, path)
        with pytest.raises(FactdeskError, match="cannot be read"):
            import_jsonl(project, tmp_path / "missing.jsonl")


def test_a_stopped_import_leaves_the_project_as_it_was(bench, tmp_path):
    export = tmp_path / "out.jsonl"
    export_project(bench.project, "jsonl", export)
    with Project.create(tmp_path / "p.factdesk", reviewer="Ada") as project:
        with pytest.raises(StoppedError):
            import_jsonl(project, export, stopped=lambda: True)
        with project.reader() as reader:
            assert reader.value("SELECT count(*) FROM articles") == 0
            assert [case.name for case in list_cases(reader)] == ["Case 1"]
        assert import_jsonl(project, export).problems == []
