"""Makes the pictures of README and docs anew: `python -m factdesk_gui.pictures [FOLDER]`, by default docs/images.

It decides some claims of the sample case in a real off-screen window, with all three verdicts, evidence, confirmed links
and absences, and keeps the window in light and in dark colours, the board, the inspector, and the settling of what two
reviewers see differently.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.model.claims import REASONS, Claim, Link, Relation, Verdict
from factdesk.model.evidence import Stance
from factdesk.ops.claims import mark_claim
from factdesk.ops.clusters import accept_cluster, mark_cluster
from factdesk.ops.evidence import add_passage
from factdesk.ops.rows import confirm_absences
from factdesk.project import Project
from factdesk.store.articles import list_articles
from factdesk.store.board import BoardFilter, board
from factdesk.store.claims import claims_of_article, links_of
from factdesk.store.clusters import cluster_of, get_cluster
from factdesk_gui.actions.ids import Command
from factdesk_gui.main_window import MainWindow
from factdesk_gui.panels.settle_window import SettleWindow
from factdesk_gui.playback import PlaybackError, Player, in_window, open_sample
from factdesk_gui.theme import Scheme

_VERDICTS = (Verdict.VERIFIED, Verdict.DISPUTED, Verdict.VERIFIED, Verdict.UNVERIFIED, Verdict.VERIFIED)
_OVERRIDE = "This paper had it from the wire and printed it before the ministry answered."
_BOARD_SIZE = (1600, 1000)
_INSPECTOR_SIZE = (2100, 1300)
_SETTLE_SIZE = (1060, 640)
_MOST_SOURCES = "Most sources"
_TEXT_ORDER = "Text order"
_COLOURS = 256
_REVIEWER = "Ada Novak"
_SECOND = "Ben Ito"
_SAME_MOSTLY = 4  # of so many claims the second reviewer sees one differently
_NOTE = "The two papers give different figures. The rescue service was asked and has not answered yet."
_OTHER_NOTE = "One figure is of Monday night, the other of Tuesday. Both can be right; I would not call it disputed."


def linked_claim(player: Player) -> tuple[Claim, Claim]:
    """What both panes say about one fact, in conflict if there is such a pair, rather a short one; the lead first."""
    reader = player.workspace.session.reader
    first, second = player.workspace.desk.shown_articles()[:2]
    pairs: list[tuple[Link, Claim, Claim]] = [
        (link, claim, other)
        for claim in claims_of_article(reader, first)
        for link, other in links_of(reader, claim.id)
        if other.article_id == second
    ]
    if not pairs:
        raise PlaybackError("no claim of the first article was found in the second one")
    _, claim, other = max(pairs, key=lambda pair: (pair[0].relation is Relation.CONFLICTS, -len(pair[1].quote)))
    cluster = cluster_of(reader, player.workspace.review.case_id, other.id)
    return (other, claim) if cluster is not None and cluster.lead == other.id else (claim, other)


def decide_some(player: Player, target: Claim, other: Claim) -> None:
    """Decides about claims around the two, and about the first one with everything that belongs to it."""
    session, case = player.workspace.session, player.workspace.review.case_id
    cluster = cluster_of(session.reader, case, target.id)
    if cluster is None:
        raise PlaybackError("the linked claims are not on one row of the board")
    session.run(accept_cluster, [cluster.id])
    inside = {member.claim.id for member in cluster.members}
    for centre in (target, other):
        claims = claims_of_article(session.reader, centre.article_id)
        here = next(at for at, claim in enumerate(claims) if claim.id == centre.id)
        around = [claim for claim in claims[max(0, here - 4) : here + 6] if claim.id not in inside]
        for at, claim in enumerate(around):
            if at % 3 != 2:  # some stay suggestions
                verdict = _VERDICTS[at % len(_VERDICTS)]
                session.run(mark_cluster, case, claim.id, verdict, reason=REASONS[verdict][0])
    reason = REASONS[Verdict.DISPUTED][1]
    session.run(mark_cluster, case, target.id, Verdict.DISPUTED, reason=reason, note=_NOTE)
    session.run(add_passage, target.id, other.article_id, other.span, Stance.REFUTES)
    player.settle()


def decide_across(player: Player) -> None:
    """Accepts rows of the board, decides some, one of them otherwise in one article, and confirms what is not mentioned."""
    session, case = player.workspace.session, player.workspace.review.case_id
    rows = [row for row in board(session.reader, BoardFilter(case)).rows if row.cluster_id and row.verdict is None]
    shared = sorted((row for row in rows if row.sources > 1), key=lambda row: -row.sources)
    session.run(accept_cluster, [row.cluster_id for row in shared[::2] if row.cluster_id])
    for row, verdict in zip(shared[::2], _VERDICTS, strict=False):
        session.run(mark_cluster, case, row.lead_claim_id, verdict, reason=REASONS[verdict][0])
    open_work = [(row.lead_claim_id, article) for row in shared for article in row.omitted_in]
    session.run(confirm_absences, case, open_work[::3])
    player.settle()
    clusters = [get_cluster(session.reader, row.cluster_id or "") for row in shared[::2]]
    inherits = [one.claim for cluster in clusters for one in cluster.members if one.inherits and one.claim.verdict]
    if not inherits:
        raise PlaybackError("no verdict holds for a whole row of the board")
    session.run(mark_claim, inherits[-1].id, Verdict.UNVERIFIED, note=_OVERRIDE)
    player.settle()


def keep(shown: QWidget, folder: Path, name: str) -> Path:
    """Writes a window, or a part of it, as a small PNG: with the colours it has most of, and no dots between them."""
    QTest.qWait(400)
    path = folder / f"{name}.png"
    image = shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    often = Counter(memoryview(image.constBits()).cast("I")).most_common(_COLOURS)
    table = [colour for colour, _ in often]
    avoid = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    image.convertToFormat(QImage.Format.Format_Indexed8, table, avoid).save(str(path), "PNG", 0)
    return path


def take(window: MainWindow, folder: Path) -> list[Path]:
    """Plays the review and keeps the pictures."""
    with tempfile.TemporaryDirectory() as temporary:
        window.prefs.reviewer = _REVIEWER
        player = Player(window, Path(temporary))
        open_sample(player)
        target, other = linked_claim(player)
        decide_some(player, target, other)
        order = player.workspace.queue.filters.findChild(QComboBox)
        if order is not None:
            order.setCurrentText(_TEXT_ORDER)
        show(player, target.id)
        kept = []
        for scheme, name in ((Scheme.LIGHT, "sample-light"), (Scheme.DARK, "sample-dark")):
            window.general.set_scheme(scheme)
            kept.append(keep(window, folder, name))
        window.general.set_scheme(Scheme.LIGHT)
        kept += take_across(player, folder, target.id)
        kept.append(take_settling(player, folder, target.id))
        window.close_workspace()
        return kept


def take_across(player: Player, folder: Path, claim_id: str) -> list[Path]:
    """The board with decisions, and the inspector of a fact about which the sources differ."""
    window = player.window
    decide_across(player)
    window.resize(*_BOARD_SIZE)
    player.run(Command.BOARD)
    player.workspace.board.bar.order.setCurrentText(_MOST_SOURCES)
    player.wait(lambda: player.workspace.board.feed.answer, "the board")
    show(player, claim_id)
    kept = [keep(window, folder, "board-light")]
    player.run(Command.BOARD)
    window.resize(*_INSPECTOR_SIZE)
    window.docks.set_widths()
    show(player, claim_id)
    return [*kept, keep(player.workspace.inspector, folder, "inspector-light")]


def take_settling(player: Player, folder: Path, claim_id: str) -> Path:
    """Lets a second reviewer judge a blind copy, merges it, and shows where the two differ."""
    session, case = player.workspace.session, player.workspace.review.case_id
    judged = [
        claim
        for article in list_articles(session.reader, case)
        for claim in claims_of_article(session.reader, article.id)
        if claim.verdict is not None
    ]
    copy = hand_over(session.project, player.folder / f"{_SECOND}.factdesk", _SECOND)
    with Project.open(copy.path) as second:
        for at, claim in enumerate(judged):
            verdict = claim.verdict if at % _SAME_MOSTLY else _VERDICTS[(at // _SAME_MOSTLY + 1) % len(_VERDICTS)]
            if claim.id == claim_id:
                second.run(mark_claim, claim.id, Verdict.UNVERIFIED, REASONS[Verdict.UNVERIFIED][0], _OTHER_NOTE, 70)
            else:
                second.run(mark_claim, claim.id, verdict)
    session.announce(merge_file(session.project, copy.path).changes)
    player.settle()
    player.run(Command.SETTLE)
    window = player.window.findChild(SettleWindow)
    if window is None:
        raise PlaybackError("the window for settling did not open")
    window.resize(*_SETTLE_SIZE)
    player.wait(lambda: window.current() is not None, "disagreements")
    window.list.setCurrentIndex(window.model.index(window.model.row_of(claim_id)))
    kept = keep(window, folder, "settle-light")
    window.reject()
    return kept


def show(player: Player, claim_id: str) -> None:
    """Makes a claim the current one, and waits until what lights up for a moment is dark again."""
    player.workspace.review.choose_claim(claim_id)
    QTest.qWait(2500)
    player.window.notices.clear()


def main(argv: Sequence[str] | None = None) -> int:
    """Makes the pictures."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    folder = Path(arguments[0] if arguments else "docs/images").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    kept, code = in_window(lambda window: take(window, folder))
    sys.stdout.writelines(f"{path}: {path.stat().st_size // 1024} KB\n" for path in kept)
    return code


if __name__ == "__main__":
    sys.exit(main())
