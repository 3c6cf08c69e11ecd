"""A process that works on a project until it is killed: it notes each thing that was acknowledged, then goes on.

Loaded once, it forks for each job that it reads from its input, so that hundreds of kills cost seconds.
"""

import itertools
import json
import os
import random
import sys
from pathlib import Path

import filelock  # noqa: F401 - loaded before the forks, which would each need a second for these
import sqlite_utils  # noqa: F401 - as above

from builders import analysis_of, new_article
from factdesk.exchange.exporters import export_project
from factdesk.exchange.intake import Intake
from factdesk.exchange.readings import Reading
from factdesk.exchange.second_review import merge_file
from factdesk.model.claims import Verdict
from factdesk.model.spans import Span
from factdesk.ops.claims import accept_claims, add_claim, mark_claim, mark_claims, refuse_claims
from factdesk.ops.history import redo, undo, undo_title
from factdesk.ops.suggestions import store_analysis
from factdesk.project import Project
from factdesk.store.backups import make_backup


class Work:
    """One job: `say` notes what was acknowledged, in one write that no kill can tear apart."""

    def __init__(self, job):
        self.path = Path(job["project"])
        self.ids = job["ids"]
        self.extra = job
        self.notes = os.open(job["notes"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(self, *values):
        os.write(self.notes, (json.dumps(values) + "\n").encode())

    def mark(self):
        with Project.open(self.path, reviewer="Victim") as project:
            for number in itertools.count():
                claim, verdict = self.ids[number % len(self.ids)], list(Verdict)[number % 3]
                project.run(mark_claim, claim, verdict, None, f"n{number}")
                self.say("verdict", claim, verdict, f"n{number}")

    def bulk(self):
        with Project.open(self.path, reviewer="Victim") as project:
            for number in itertools.count():
                op = (accept_claims, refuse_claims)[number % 2]
                project.run(op, self.ids)
                self.say("all", ("accepted", "refused")[number % 2])
                project.run(mark_claims, self.ids, list(Verdict)[number % 3])
                self.say("all", "accepted", list(Verdict)[number % 3])

    def back_and_forth(self):
        rng = random.Random(self.extra["seed"])
        with Project.open(self.path, reviewer="Victim") as project, project.reader() as reader:
            for number in itertools.count():
                choice = rng.randrange(4)
                if choice == 0 and undo_title(reader).startswith("Mark"):
                    project.run(undo)
                elif choice == 1:
                    project.run(redo)
                else:
                    project.run(mark_claim, rng.choice(self.ids), rng.choice(list(Verdict)), None, f"n{number}")
                self.say("step", reader.value("SELECT max(seq) FROM operations"))

    def import_articles(self):
        with Project.open(self.path, reviewer="Victim") as project, project.reader() as reader:
            case = reader.value("SELECT id FROM cases")
            for number in itertools.count():
                texts = [
                    f"Article {number}.{n} of flood {self.extra['seed']}. It rose by {n} metres." for n in range(7)
                ]
                report = Intake(project, case).store([Reading(new_article(text)) for text in texts])
                self.say("articles", *report.added)

    def analyse(self):
        with Project.open(self.path, reviewer="Victim") as project, project.reader() as reader:
            case = reader.value("SELECT id FROM cases")
            for number in itertools.count():
                text = f"Flood {number} of {self.extra['seed']}! Water rose by {number} metres. Orlen was closed."
                added = Intake(project, case).store([Reading(new_article(text))]).added
                project.run(store_analysis, analysis_of(added[0], text, words=[("Orlen", "GPE", "Orlen")]))
                self.say("analysed", added[0])

    def own_claims(self):
        with Project.open(self.path, reviewer="Victim") as project:
            for number in itertools.count():
                made = project.run(add_claim, self.extra["article"], Span(number % 20, number % 20 + 9)).created
                self.say("claim", made)

    def migrate(self):
        with Project.open(self.path, reviewer="Victim") as project:
            self.say("open")
            project.run(mark_claim, "c1", Verdict.VERIFIED)
            self.say("verdict", "c1", "verified", "")
            while True:
                project.run(mark_claim, "c2", Verdict.DISPUTED, None, "again")

    def export(self):
        out = Path(self.extra["out"])
        with Project.open(self.path, read_only=True) as project:
            for number in itertools.count():
                name = out / f"{number % 3}.{('jsonl', 'csv')[number % 2]}"
                export_project(project, name.suffix[1:], name)
                self.say("exported", str(name))

    def merge(self):
        with Project.open(self.path, reviewer="Victim") as project:
            for number in itertools.count():
                merge_file(project, Path(self.extra["copies"][number % len(self.extra["copies"])]))
                self.say("merged", self.extra["copies"][number % len(self.extra["copies"])])

    def back_up(self):
        with Project.open(self.path, reviewer="Victim") as project:
            for number in itertools.count():
                project.run(mark_claim, self.ids[number % len(self.ids)], Verdict.VERIFIED, None, f"n{number}")
                made = make_backup(self.path)
                self.say("backup", str(made.path))


def serve(do):
    """Reads jobs, forks for each, tells its process number, and then how it ended.

    A child begins a session of its own, so that its children can be told by it, and can be stopped with it.
    """
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            os.setsid()
            try:
                do(job)
            except BaseException as error:  # noqa: BLE001 - told to the test; it must not go on as the server
                Path(job["notes"]).with_suffix(".error").write_text(repr(error))
            finally:
                os._exit(1)
        print(child, flush=True)  # noqa: T201 - the answer
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    serve(lambda job: getattr(Work(job), job["work"])())
