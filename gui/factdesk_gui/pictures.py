"""Makes the pictures of the README anew: `python -m factdesk_gui.pictures [FOLDER]`, by default docs/images.

It decides some claims of the sample case in a real off-screen window, with all three verdicts, evidence and links,
and keeps the window in light and in dark colours.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from factdesk.model.claims import REASONS, Claim, Link, Relation, Verdict
from factdesk.model.evidence import Stance
from factdesk.ops.claims import mark_claim
from factdesk.ops.evidence import add_passage
from factdesk.store.claims import claims_of_article, links_of
from factdesk_gui.main_window import MainWindow
from factdesk_gui.playback import PlaybackError, Player, in_window, open_sample
from factdesk_gui.theme import Scheme

_VERDICTS = (Verdict.VERIFIED, Verdict.DISPUTED, Verdict.VERIFIED, Verdict.UNVERIFIED, Verdict.VERIFIED)
_TEXT_ORDER = "Text order"
_COLOURS = 256
_REVIEWER = "Ada Novak"
_NOTE = "The two papers give different figures. The rescue service was asked and has not answered yet."


def linked_claim(player: Player) -> tuple[Claim, Claim]:
    """A claim of the first pane and what the second one says about it, in conflict if there is such a pair; rather a short one."""
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
    return claim, other


def decide_some(player: Player, target: Claim, other: Claim) -> None:
    """Decides about claims around the two, and about the first one with everything that belongs to it."""
    session = player.workspace.session
    for centre in (target, other):
        claims = claims_of_article(session.reader, centre.article_id)
        here = next(at for at, claim in enumerate(claims) if claim.id == centre.id)
        around = [claim for claim in claims[max(0, here - 4) : here + 6] if claim.id != target.id]
        for at, claim in enumerate(around):
            if at % 3 != 2:  # some stay suggestions
                verdict = _VERDICTS[at % len(_VERDICTS)]
                session.run(mark_claim, claim.id, verdict, reason=REASONS[verdict][0])
    session.run(mark_claim, target.id, Verdict.DISPUTED, reason=REASONS[Verdict.DISPUTED][1], note=_NOTE)
    session.run(add_passage, target.id, other.article_id, other.span, Stance.REFUTES)
    player.settle()


def keep(player: Player, folder: Path, name: str) -> Path:
    """Writes the window as a small PNG: with the colours it has most of, and no dots between them."""
    QTest.qWait(400)
    path = folder / f"{name}.png"
    image = player.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    often = Counter(memoryview(image.constBits()).cast("I")).most_common(_COLOURS)
    table = [colour for colour, _ in often]
    avoid = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    image.convertToFormat(QImage.Format.Format_Indexed8, table, avoid).save(str(path), "PNG", 0)
    return path


def take(window: MainWindow, folder: Path) -> list[Path]:
    """Plays the review and keeps both pictures."""
    with tempfile.TemporaryDirectory() as temporary:
        window.prefs.reviewer = _REVIEWER
        player = Player(window, Path(temporary))
        open_sample(player)
        target, other = linked_claim(player)
        decide_some(player, target, other)
        order = player.workspace.queue.filters.findChild(QComboBox)
        if order is not None:
            order.setCurrentText(_TEXT_ORDER)
        player.workspace.review.choose_claim(target.id)
        QTest.qWait(2500)  # until what lights up for a moment is dark again
        window.notices.clear()
        kept = []
        for scheme, name in ((Scheme.LIGHT, "sample-light"), (Scheme.DARK, "sample-dark")):
            window.general.set_scheme(scheme)
            kept.append(keep(player, folder, name))
        window.close_workspace()
        return kept


def main(argv: Sequence[str] | None = None) -> int:
    """Makes both pictures."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    folder = Path(arguments[0] if arguments else "docs/images").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    kept, code = in_window(lambda window: take(window, folder))
    sys.stdout.writelines(f"{path}: {path.stat().st_size // 1024} KB\n" for path in kept)
    return code


if __name__ == "__main__":
    sys.exit(main())
