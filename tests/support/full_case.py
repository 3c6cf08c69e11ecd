"""A project with rows in every table: the odd case, and a second reviewer's copy that came back to it."""

from contextlib import closing
from sqlite3 import connect

from builders import new_article
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import Judgement, Reason, Verdict
from factdesk.model.gate import EvidenceGate
from factdesk.ops.adjudication import adjudicate
from factdesk.ops.claims import mark_claim
from factdesk.ops.gate import save_gate
from factdesk.ops.places import save_place
from factdesk.ops.versions import replace_article
from factdesk.project import Project
from nasty_case import HALF_A, HALF_B, MARKET, NastyCase


def make_full_case(path):
    """Writes it and closes it; gives its path."""
    bench = NastyCase(path)
    copy = hand_over(bench.project, path.with_name("copy.factdesk"), "Cleo").path
    first, second = bench.claim(bench.ferry, HALF_A), bench.claim(bench.ferry, HALF_B)
    with Project.open(copy, reviewer="Cleo") as theirs:
        theirs.run(mark_claim, first, Verdict.UNVERIFIED, Reason.NOT_CHECKABLE, "no way to tell")
        theirs.run(mark_claim, second, Verdict.VERIFIED, None, "read it twice", 70)
    bench.run(mark_claim, second, Verdict.DISPUTED, Reason.CONTRADICTED, "another number")
    merge_file(bench.project, copy)
    bench.run(adjudicate, bench.case, first, Judgement(Verdict.VERIFIED, Reason.CLEAR, "both are right"), "Ada")
    bench.run(save_gate, EvidenceGate(verified_origins=1))
    bench.run(save_place, {"case": bench.case, "panes": [bench.ferry]})
    bench.run(replace_article, bench.case, bench.market, new_article(MARKET.replace("40 stalls", "44 stalls")))
    bench.close()
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.unlink()
    return path
