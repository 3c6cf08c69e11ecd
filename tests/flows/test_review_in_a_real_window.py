"""The main job, done by a robot in a real window on a virtual screen, with real mouse and key events."""

import json

import pytest

from factdesk.exchange.records.importer import import_jsonl
from factdesk.project import Project
from factdesk.store.check import check_project
from factdesk.store.claims import get_claim
from factdesk.store.evidence import evidence_of
from robot import Robot

pytestmark = [pytest.mark.screen, pytest.mark.model]

VERDICTS = {"v": "verified", "d": "disputed", "u": "unverified"}
COMMANDS = {"verified": "claim.verify", "disputed": "claim.dispute", "unverified": "claim.unverify"}


def verdicts_in(path):
    with Project.open(path, read_only=True) as project, project.reader() as reader:
        rows = reader.rows("SELECT id, verdict FROM claims WHERE verdict IS NOT NULL")
        return {row["id"]: row["verdict"] for row in rows}


def mark_by_key(robot, path, key):
    """Goes to the next claim and decides it by key; gives its id."""
    robot.key("j")
    claim = robot.state["claim"]
    robot.key(key)
    assert verdicts_in(path)[claim] == VERDICTS[key]  # a later one on the same fact may change it
    return claim


def mark_by_mouse(robot, path, verdict):
    """Goes to the next claim, clicks it in its pane and clicks the verdict in the toolbar; gives its id."""
    claim = robot.key("j")["claim"]
    robot.click(robot.ask("claim", claim))
    robot.click(robot.ask("command", COMMANDS[verdict]))
    claim = robot.state["claim"]
    assert verdicts_in(path)[claim] == verdict
    return claim


def test_a_robot_reviews_is_killed_and_goes_on_where_it_was(screen, project_path, tmp_path):
    robot = Robot(screen, project_path)
    robot.wait(lambda state: state.get("ready") and state["queue"] >= 12, "pre-annotation")
    robot.settle()

    marked = [mark_by_key(robot, project_path, key) for key in "vduvdu"]
    by_mouse = ("verified", "disputed", "unverified", "verified")
    marked += [mark_by_mouse(robot, project_path, verdict) for verdict in by_mouse]
    assert len(set(marked)) == 10
    assert set(verdicts_in(project_path)) == set(marked)

    robot.key("k")
    robot.key("j")  # chosen by key: the click may have put a mention inside the claim in hand
    current = robot.state["claim"]
    assert current == marked[-1]
    before = span_of(project_path, current)
    robot.key("bracketright")
    longer = span_of(project_path, current)
    assert longer.end > before.end
    grip = robot.ask("grip", current)
    robot.drag(grip, [grip[0] - 120, grip[1] - 4])
    assert span_of(project_path, current).end < longer.end

    x, y = robot.ask("claim", current)
    robot.drag([x - 40, y], [x + 60, y])
    assert robot.state["selection"] is not None
    robot.key("e")
    with Project.open(project_path, read_only=True) as project, project.reader() as reader:
        assert [evidence.stance for evidence in evidence_of(reader, current)] == ["supports"]

    robot.key("ctrl+z")
    robot.key("ctrl+z")
    robot.key("ctrl+z")
    assert span_of(project_path, current) == before
    robot.key("ctrl+shift+z")
    assert span_of(project_path, current) == longer

    robot.key("k")
    robot.key("u")
    last = robot.settle()
    decided = verdicts_in(project_path)
    assert decided[last["claim"]] == "unverified"
    robot.wait(lambda state: place_claim(project_path) == state["claim"], "the place to be kept", 10)
    robot.kill()

    robot = Robot(screen, project_path)
    again = robot.wait(lambda state: state.get("ready") and state["claim"], "the reopened window")
    assert again["claim"] == last["claim"]
    assert again["articles"] == last["articles"]
    assert verdicts_in(project_path) == decided

    robot.key("ctrl+shift+e")
    robot.wait(lambda state: state["dialog"] == "ExportDialog", "the export dialog")
    robot.screen.do("key", "Return")
    export = project_path.with_suffix(".jsonl")
    robot.wait(lambda state: export.exists() and not state["busy"], "the export")
    robot.quit()

    with Project.open(project_path) as project, project.reader() as reader:
        assert check_project(reader) == []
    with Project.create(tmp_path / "again.factdesk", reviewer="Reader") as copy:
        import_jsonl(copy, export)
        assert verdicts_in(copy.path) == decided
    lines = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
    texts = {line["id"]: line["text"] for line in lines if line["type"] == "article"}
    claims = [line for line in lines if line["type"] == "claim"]
    assert claims
    assert all(texts[one["article"]][one["start"] : one["end"]] == one["quote"] for one in claims)


def span_of(path, claim_id):
    with Project.open(path, read_only=True) as project, project.reader() as reader:
        return get_claim(reader, claim_id).span


def place_claim(path):
    with Project.open(path, read_only=True) as project, project.reader() as reader:
        place = reader.value("SELECT place FROM places")
        return json.loads(place)["claim"] if place else ""
