"""Work across the sources, done by a robot in a real window: the board from the first conflict to the reopened file."""

import subprocess
import sys

import pytest

from factdesk.model.claims import Relation, Status, Verdict
from factdesk.project import Project
from factdesk.store.board import BoardFilter, BoardOrder, board
from factdesk.store.cases import list_cases
from factdesk.store.claims import get_claim
from factdesk.store.clusters import absent_articles, cluster_of
from factdesk.store.evidence import evidence_of
from robot import Robot

pytestmark = [pytest.mark.screen, pytest.mark.model]

SOON = 20  # seconds, for what the window does off its own thread


class OnDisk:
    """What the file says, whoever has it open."""

    def __init__(self, path):
        self.path = path

    def ask(self, question):
        with Project.open(self.path, read_only=True) as project, project.reader() as reader:
            return question(reader, list_cases(reader)[0].id)

    def claim(self, claim_id):
        return self.ask(lambda reader, _: get_claim(reader, claim_id))

    def cluster(self, claim_id):
        return self.ask(lambda reader, case: cluster_of(reader, case, claim_id))

    def board(self):
        return self.ask(lambda reader, case: board(reader, BoardFilter(case), BoardOrder.TEXT))

    def verdicts(self):
        return self.ask(
            lambda reader, _: {
                row["id"]: (row["verdict"], row["inherited_from"])
                for row in reader.rows("SELECT id, verdict, inherited_from FROM claims WHERE verdict IS NOT NULL")
            }
        )


class AtTheBoard:
    """The robot with its eyes on the board."""

    def __init__(self, robot):
        self.robot = robot

    @property
    def view(self):
        return self.robot.ask("view")

    @property
    def here(self):
        """The cell with the keyboard."""
        return self.view["board"]["current"]

    def row(self, key):
        return next(row for row in self.view["board"]["rows"] if row["key"] == key)

    def until(self, is_true, what):
        return self.robot.wait(is_true, what, SOON, "view")

    def open(self):
        self.robot.key("b")
        return self.until(lambda seen: seen["board"] and seen["board"]["rows"], "the board")["board"]

    def only(self, chip, fits):
        """Clicks a filter and waits until it leaves nothing else; gives the rows."""
        self.robot.click(self.robot.ask("chip", chip))
        seen = self.until(lambda seen: all(fits(row) for row in seen["board"]["rows"]), f"only {chip}")
        return seen["board"]["rows"]

    def go(self, row_key, column=1):
        """Clicks a cell; once more if the rows moved under the mouse because the board had just asked anew."""
        for _ in range(3):
            self.robot.click(self.robot.ask("cell", row_key, column))
            if at(self.view) == (row_key, column):
                break
        return self.until(lambda seen: at(seen) == (row_key, column), f"the cell {row_key} {column}")

    def walk(self, to_column):
        """Goes along the row by arrow keys; the passage of each cell on the way can be read."""
        here = self.here
        while here["column"] != to_column:
            self.robot.key("Right" if here["column"] < to_column else "Left")
            before, here = here, self.here
            assert abs(here["column"] - before["column"]) == 1
            assert here["row"] == before["row"]
            if here["claims"]:
                self.until(lambda seen, here=here: seen["sight"] and is_current_in(self.robot, here), "the passage")
        return here

    def select_in(self, article):
        """Drags over words in the middle of a pane."""
        start, end = self.robot.ask("line", article)
        self.robot.drag(start, end)
        return self.robot.wait(
            lambda state: state["selection"] and state["selection"][0] == article, "a selection", SOON
        )


def at(seen):
    here = seen["board"]["current"]
    return (here["row"], here["column"]) if here else None


def is_current_in(robot, cell):
    return robot.state["claim"] in cell["claims"]


def column_with(row, state):
    return next(cell["column"] for cell in row["cells"] if cell["state"] == state)


def test_a_robot_works_across_the_sources_is_killed_and_finds_the_same_board(screen, project_path):
    disk = OnDisk(project_path)
    robot = Robot(screen, project_path)
    robot.wait(lambda state: state.get("ready") and state["queue"] >= 12, "pre-annotation")
    robot.settle()
    desk = AtTheBoard(robot)

    fact = read_a_conflict(desk)
    accept_and_decide(desk, disk, fact)
    decide_for_one_article(desk, disk, fact)
    settle_omissions(desk, disk)
    merge_and_split(desk, disk)
    add_evidence(desk, disk, fact)

    board_before, verdicts_before = disk.board(), disk.verdicts()
    assert len(verdicts_before) >= 3
    robot.kill()

    robot = Robot(screen, project_path)
    robot.wait(lambda state: state.get("ready") and state["articles"], "the reopened window")
    seen = AtTheBoard(robot)
    seen.robot.settle()
    shown = (seen.view["board"] or seen.open())["rows"]
    assert disk.board() == board_before
    assert disk.verdicts() == verdicts_before
    assert {row["key"] for row in shown} == {row.key for row in board_before.rows}
    assert seen.row(cluster_key(disk, fact))["verdict"] == "verified"
    robot.quit()
    done = subprocess.run(
        [sys.executable, "-m", "factdesk_gui", "check", str(project_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def cluster_key(disk, lead):
    return disk.cluster(lead).id


def read_a_conflict(desk):
    """Opens the board, narrows it to conflicts, walks to one and reads what each source says; gives the fact's lead."""
    robot = desk.robot
    opened = desk.open()
    conflicts = desk.only("conflicts", lambda row: row["conflicts"])
    assert 0 < len(conflicts) < len(opened["rows"])
    row = max(conflicts, key=lambda row: row["sources"])
    assert row["sources"] >= 2
    desk.go(row["key"])
    cell = desk.walk(column_with(row, "conflicts"))
    seen = desk.view
    assert seen["sight"]
    assert cell["article"] in robot.state["articles"]
    assert seen["presences"][cell["article"]] == "this claim"
    assert "contradicts the others" in seen["inspector"]
    assert "Values side by side" in seen["inspector"]

    stating = {cell["article"] for cell in row["cells"] if cell["claims"]}
    read, start = set(), robot.state["claim"]
    for _ in range(2 * len(row["cells"])):
        claim = robot.key("g")["claim"]
        desk.until(
            lambda seen, claim=claim: seen["sight"] and claim in seen["board"]["current"]["claims"], "its passage"
        )
        read.add(desk.here["article"])
        if claim == start:
            break
    assert read == stating
    return row["lead"]


def accept_and_decide(desk, disk, lead):
    """Accepts what the machine put into the row, and decides it: every source that agrees inherits."""
    robot, cluster = desk.robot, disk.cluster(lead)
    assert any(member.status is Status.SUGGESTED for member in cluster.members)
    desk.go(cluster.id)
    robot.key("Home", "a")
    seen = desk.until(lambda _: desk.row(cluster.id)["suggested"] == 0, "no suggestion in the row")
    assert seen["board"]["current"]["column"] == 0
    assert all(member.status is Status.ACCEPTED for member in disk.cluster(lead).members)

    robot.key("v")
    desk.until(lambda _: desk.row(cluster.id)["verdict"] == "verified", "the verdict on the board")
    decided = disk.cluster(lead)
    assert decided.judgement.verdict is Verdict.VERIFIED
    for member in decided.members:
        agrees = member.relation is not Relation.CONFLICTS
        expected = (Verdict.VERIFIED, cluster.id) if agrees else (None, None)
        assert (member.claim.verdict, member.claim.inherited_from) == expected
    assert sum(member.inherits for member in decided.members) >= 2
    assert "from the cluster" in desk.view["inspector"]


def decide_for_one_article(desk, disk, lead):
    """Overrides the verdict in one article that agreed."""
    robot, cluster = desk.robot, disk.cluster(lead)
    lead_article = disk.claim(lead).article_id
    other = next(one.claim for one in cluster.members if one.inherits and one.claim.article_id != lead_article)
    column = next(cell["column"] for cell in desk.row(cluster.id)["cells"] if other.id in cell["claims"])
    cell = desk.walk(column)
    claim = robot.state["claim"]
    assert claim in cell["claims"]
    robot.key("shift+d")
    desk.until(lambda seen: seen["board"]["current"]["own"] == "disputed", "the verdict of one article on the board")
    own = disk.claim(claim)
    assert (own.verdict, own.inherited_from) == (Verdict.DISPUTED, None)
    after = disk.cluster(lead)
    assert after.judgement.verdict is Verdict.VERIFIED
    assert {one.claim.verdict for one in after.members if one.inherits and one.claim.id != claim} == {Verdict.VERIFIED}
    desk.until(lambda seen: "Disputed only here" in seen["inspector"], "the override in the inspector")


def settle_omissions(desk, disk):
    """Confirms that one article leaves a fact out, and shows the passage of another."""
    robot = desk.robot
    desk.only("omissions", lambda row: row["omitted"])
    robot.key("shift+o")
    cell = desk.until(lambda seen: seen["board"]["current"]["state"] == "not found", "an omission")["board"]["current"]
    lead = desk.row(cell["row"])["lead"]
    robot.key("o")
    desk.until(lambda seen: seen["board"]["current"]["state"] == "not mentioned", "the absence on the board")
    absent = disk.ask(lambda reader, _: absent_articles(reader, disk.cluster(lead).id))
    assert absent == [cell["article"]]

    robot.key("shift+o")
    cell = desk.until(lambda seen: seen["board"]["current"]["state"] == "not found", "another one")["board"]["current"]
    lead = desk.row(cell["row"])["lead"]
    assert cell["article"] in robot.state["articles"]
    selected = desk.select_in(cell["article"])["selection"]
    robot.key("h")
    found = robot.wait(lambda state: disk.claim(state["claim"]).article_id == cell["article"], "the new claim", SOON)
    claim = disk.claim(found["claim"])
    assert claim.span.start <= selected[2]
    assert claim.span.end >= selected[1]
    member = next(one for one in disk.cluster(lead).members if one.claim.id == claim.id)
    assert member.status is Status.ACCEPTED
    desk.until(lambda _: claim.id in desk.row(cell["row"])["cells"][cell["column"] - 1]["claims"], "it on the board")


def merge_and_split(desk, disk):
    """Makes two rows one and takes them apart again, each with undo and redo."""
    robot = desk.robot
    rows = desk.only("only in one", lambda row: row["sources"] < 2)
    first = rows[0]
    column = column_of(first)
    second = next(row for row in rows[1:] if column_of(row) != column)
    desk.go(first["key"], column)
    robot.click(robot.ask("cell", second["key"], column_of(second)), holding="ctrl")
    desk.until(lambda seen: len(seen["board"]["chosen"]) == 2, "two chosen cells")
    separate = disk.board()
    robot.key("m")
    merged = disk.board()
    assert len(merged.rows) == len(separate.rows) - 1
    assert disk.cluster(first["lead"]).id == disk.cluster(second["lead"]).id
    there_and_back(desk, disk, separate, merged)

    key = cluster_key(disk, first["lead"])
    desk.until(lambda seen: key in {row["key"] for row in seen["board"]["rows"]}, "the merged row")
    desk.go(key, column_of(second))
    robot.key("shift+m")
    apart = disk.board()
    assert len(apart.rows) == len(separate.rows)
    there_and_back(desk, disk, merged, apart)


def there_and_back(desk, disk, before, after):
    undo, _ = desk.view["steps"]
    desk.robot.key("ctrl+z")
    assert disk.board() == before
    _, redo = desk.until(lambda seen: seen["steps"][0] != undo, "the step taken back")["steps"]
    assert redo.removeprefix("&Redo") == undo.removeprefix("&Undo")
    desk.robot.key("ctrl+shift+z")
    assert disk.board() == after


def column_of(row):
    return next(cell["column"] for cell in row["cells"] if cell["claims"])


def add_evidence(desk, disk, lead):
    """Takes words of another article as evidence for the fact."""
    robot = desk.robot
    desk.only("conflicts", lambda row: row["conflicts"])
    key = cluster_key(disk, lead)
    row = desk.row(key)
    article = next(cell["article"] for cell in row["cells"] if cell["state"] == "conflicts")
    desk.go(key, column_with(row, "conflicts"))
    desk.go(key, 0)
    assert robot.state["claim"] == lead
    desk.select_in(article)
    robot.key("shift+e")
    (evidence,) = disk.ask(lambda reader, _: evidence_of(reader, lead))
    assert (evidence.stance, evidence.article_id) == ("refutes", article)
    desk.until(lambda seen: evidence.quote[:20] in seen["inspector"], "the evidence in the inspector")
