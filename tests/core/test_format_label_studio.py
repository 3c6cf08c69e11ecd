import json
import socket

import pytest
from label_studio_sdk.label_interface import LabelInterface

from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.exporters import foresee
from factdesk.exchange.formats.label_studio import EXPORT
from factdesk.model.given import Given, GivenArticle, GivenMention
from factdesk.model.spans import Span
from factdesk.ops.given import store_given
from nasty_case import FAMILY, HALF_A, OVER_A_LINE, ROUTE, nasty_case
from round_trips import exported


@pytest.fixture
def case(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("the network was asked for something")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def tasks_of(out):
    return json.loads((out / "tasks.json").read_text(encoding="utf-8"))


def interface(out):
    return LabelInterface((out / "labeling_config.xml").read_text(encoding="utf-8"))


def regions(results, control):
    return {
        each["value"]["text"]: each for each in results if each["from_name"] == control and each["type"] == "labels"
    }


def chosen(results, id_, control):
    return [each["value"] for each in results if each.get("id") == id_ and each["from_name"] == control]


@pytest.mark.parametrize("choices", [{}, {"task": "case"}])
@pytest.mark.parametrize("whose", [Whose.IN_FORCE, Whose.ALL])
def test_label_studio_takes_every_task_annotation_and_prediction(case, tmp_path, choices, whose):
    out = tmp_path / "ls"
    made = exported(case, "label-studio", out, choices=choices, whose=whose)
    assert made.checked.problems == ()
    tool = interface(out)
    tool.validate()
    found = 0
    for task in tasks_of(out):
        assert tool.validate_task({"data": task["data"]})
        for results in (*task["annotations"], *task["predictions"]):
            assert tool.validate_prediction(results, return_errors=True) == []
            found += len(results["result"])
    assert found > 80


def test_the_configuration_refuses_what_is_not_in_it(case, tmp_path):
    out = tmp_path / "ls"
    exported(case, "label-studio", out)
    annotation = tasks_of(out)[0]["annotations"][0]
    annotation["result"][0]["value"]["labels"] = ["Nonsense"]
    assert interface(out).validate_prediction(annotation, return_errors=True)


def test_places_count_code_points_and_say_what_the_text_says(case, tmp_path):
    out = tmp_path / "ls"
    exported(case, "label-studio", out)
    for task in tasks_of(out):
        for results in (*task["annotations"], *task["predictions"]):
            for each in results["result"]:
                if each["type"] == "labels":
                    value = each["value"]
                    assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_decisions_are_annotations_and_suggestions_predictions(case, tmp_path):
    out = tmp_path / "ls"
    exported(case, "label-studio", out)
    task = tasks_of(out)[0]
    (annotation,), (prediction,) = task["annotations"], task["predictions"]
    done, proposed = regions(annotation["result"], "claims"), regions(prediction["result"], "claims")
    assert {HALF_A, ROUTE, OVER_A_LINE} <= set(done)
    assert not set(done) & set(proposed)
    assert 0 < prediction["score"] < 1
    id_ = done[HALF_A]["id"]
    assert chosen(annotation["result"], id_, "verdict")[0]["choices"] == ["disputed"]
    assert chosen(annotation["result"], id_, "reason")[0]["choices"] == ["contradicted by evidence"]
    assert chosen(annotation["result"], id_, "note")[0]["text"] == ["I counted <12>"]
    assert chosen(annotation["result"], id_, "confidence")[0]["number"] == 60
    assert not [each for each in prediction["result"] if each["from_name"] == "verdict"]
    assert regions(annotation["result"], "entities")[FAMILY]["value"]["labels"] == ["NORP"]
    assert "completed_by" not in annotation  # an account that is not known would make the import fail


def test_each_reviewer_has_an_annotation_where_all_are_wanted(case, tmp_path):
    out = tmp_path / "ls"
    exported(case, "label-studio", out, whose=Whose.ALL, anonymous=True)
    annotations = tasks_of(out)[0]["annotations"]
    verdicts = {}
    for annotation in annotations:
        (name,) = (each["value"]["text"][0] for each in annotation["result"] if each["from_name"] == "reviewer")
        id_ = regions(annotation["result"], "claims")[HALF_A]["id"]
        verdicts[name] = chosen(annotation["result"], id_, "verdict")[0]["choices"]
    assert verdicts == {"reviewer 1": ["verified"], "reviewer 2": ["disputed"]}
    assert "Ada" not in (out / "tasks.json").read_text()


def test_a_whole_case_draws_its_links(case, tmp_path):
    out = tmp_path / "ls"
    made = exported(case, "label-studio", out, choices={"task": "case"})
    first, *_ = tasks_of(out)
    relations = [each for each in first["annotations"][0]["result"] if each["type"] == "relation"]
    assert sorted(each["labels"][0] for each in relations) == ["same"]
    assert [first["data"][f"text{number}"] for number in range(1, 6)] == list(case.texts.values())
    assert any("between a decision and a suggestion" in note for note in made.written.notes)
    words = [loss.what for loss in foresee(case.project, "label-studio")]
    assert "4 links between claims, on screen" in words


def test_labels_of_other_tools_are_in_the_configuration_too(case, tmp_path):
    mark = GivenMention(Span(0, 5), 'Job & "title"')
    case.run(store_given, case.case, [GivenArticle(case.market, Given(mentions=(mark,)), "x")])
    out = tmp_path / "ls"
    exported(case, "label-studio", out)
    tool = interface(out)
    results = next(task for task in tasks_of(out) if "plums" in task["data"]["text"])["annotations"][0]
    assert tool.validate_prediction(results, return_errors=True) == []


def test_the_check_finds_wrong_places_and_labels(case, tmp_path):
    out = tmp_path / "ls"
    exported(case, "label-studio", out)
    tasks = tasks_of(out)
    results = tasks[0]["annotations"][0]["result"]
    results[0]["value"]["start"] += 1
    next(each for each in results if each["type"] == "choices")["value"]["choices"] = ["perhaps"]
    (out / "tasks.json").write_text(json.dumps(tasks))
    with case.project.reader() as reader, reader.snapshot() as r:
        problems = " ".join(EXPORT.check(Dataset(r, ExportOptions(), EXPORT), out).problems)
    assert "its words are not at its place" in problems
    assert "perhaps is no choice of verdict" in problems
    assert "task 1 has other spans than the project" in problems
