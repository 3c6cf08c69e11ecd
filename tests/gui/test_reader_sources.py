"""Panes and the current claim: where it is in each article, what is worded otherwise there, and the next source."""

import pytest

from builders import BRIDGE_AGAIN, new_article
from clusters import suggest_cluster
from commands import run
from factdesk.model.claims import Relation, Verdict
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.claims import add_claim, mark_claim
from factdesk.ops.clusters import accept_members, confirm_absence, link_claims, set_relation, unlink_claim
from factdesk.store.claims import claims_of_article
from factdesk.store.clusters import cluster_of
from factdesk_gui.actions.ids import Command
from factdesk_gui.reader.desk import ReadingDesk
from factdesk_gui.reader.linked_scroll import ScrollMode


@pytest.fixture
def claim(bench):
    """Twelve people were hurt, says one article; officials counted 15, says the other, as a suggested conflict."""
    claim = bench.claims()[1]
    suggest_cluster(bench, claim, bench.claims(bench.again)[1])
    return claim


@pytest.fixture
def desk(claim, session, review, qtbot):
    """A desk with the three articles."""
    desk = ReadingDesk(session, review)
    qtbot.addWidget(desk)
    desk.resize(1500, 600)
    desk.show()
    qtbot.waitExposed(desk)
    return desk


@pytest.fixture
def panes(desk, bench):
    return [desk.add_pane(article) for article in (bench.bridge, bench.again, bench.report)]


def canvas_of(pane):
    return pane.text.surface.canvas


def said(panes):
    return [pane.head.presence.presence.words for pane in panes]


def differing(pane):
    canvas = canvas_of(pane)
    back = canvas.positions.to_code_point
    return [canvas.text[back(start) : back(end)] for start, end, _ in canvas.emphasis.differences]


def padded(text):
    return "Filler of an ordinary day. " * 200 + "\n\n" + text + "\n\n" + "More of the same. " * 200


def scrolled(pane):
    return pane.text.surface.widget.verticalScrollBar().value()


def test_each_pane_says_how_its_article_stands_to_the_claim(panes, claim, review):
    review.choose_claim(claim.id)
    assert said(panes) == ["this claim", "≠ conflicts?", "not found here"]
    assert not panes[2].head.presence.isEnabled()
    review.choose_claim("")
    assert said(panes) == ["", "", ""]


def test_a_confirmed_absence_is_told_apart_from_one_that_was_not_found(panes, claim, bench, review, settled):
    review.choose_claim(claim.id)
    settled(confirm_absence, bench.case, claim.id, bench.report)
    assert said(panes)[2] == "not mentioned"


def test_accepting_correcting_and_unlinking_are_seen_at_once(panes, claim, bench, review, session, settled):
    review.choose_claim(claim.id)
    other = cluster_of(session.reader, bench.case, claim.id).members[1]
    settled(accept_members, [other.id])
    assert said(panes)[1] == "≠ conflicts"
    settled(set_relation, other.id, Relation.DIFFERS)
    assert said(panes)[1] == "≈ differs"
    settled(unlink_claim, bench.case, claim.id)
    assert said(panes)[1] == "not found here"
    assert differing(panes[1]) == []


def test_words_that_differ_are_set_off_in_both_panes(panes, claim, review):
    review.choose_claim(claim.id)
    assert any("15" in words for words in differing(panes[1]))
    assert any("12" in words for words in differing(panes[0]))
    assert differing(panes[2]) == []


def test_a_long_paraphrase_is_not_tinted_all_over(desk, bench, review):
    texts = (
        "The ferry company Norsund took three old boats out of service before the winter storms began in the north.",
        "Passengers from the islands have had to wait at the pier for hours since Norsund stopped half of its lines.",
    )
    articles = [bench.run(add_article, bench.case, new_article(text)).created for text in texts]
    claims = [bench.run(add_claim, one, Span(0, len(text))).created for one, text in zip(articles, texts, strict=True)]
    bench.run(link_claims, bench.case, *claims, Relation.DIFFERS)
    here, there = (desk.add_pane(article) for article in articles)
    review.choose_claim(claims[0])
    assert said([here, there]) == ["this claim", "≈ differs"]
    assert (differing(here), differing(there)) == ([], [])


def test_the_next_source_is_its_conflicting_passage(opened, project, qtbot):
    session, case = opened.workspace.session, opened.workspace.review.case_id
    first = claims_of_article(session.reader, project.bridge)[0]
    same, other = claims_of_article(session.reader, project.report)[:2]
    for claim, relation in ((same, Relation.SAME), (other, Relation.CONFLICTS)):
        with qtbot.waitSignal(session.changed):
            session.run(link_claims, case, first.id, claim.id, relation)
    opened.workspace.review.choose_claim(first.id)
    run(opened, Command.NEXT_SOURCE, qtbot)
    assert opened.workspace.review.claim_id == other.id


def test_the_help_about_a_claim_names_the_words_that_differ(panes, claim, bench, review):
    review.choose_claim(claim.id)
    mark = canvas_of(panes[1]).index.get(bench.claims(bench.again)[1].id)
    assert "Worded otherwise: “" in panes[1].marks.describe([mark])
    assert "15" in panes[1].marks.describe([mark]).partition("Worded otherwise")[2]


def test_differences_can_be_switched_off_and_on(desk, panes, claim, review):
    review.choose_claim(claim.id)
    desk.set_differences_shown(shown=False)
    assert [differing(pane) for pane in panes] == [[], [], []]
    desk.set_differences_shown(shown=True)
    assert differing(panes[1])


def test_differences_change_no_line_of_the_layout(panes, claim, review):
    widget = panes[1].text.surface.widget
    before = widget.document().size()
    review.choose_claim(claim.id)
    assert differing(panes[1])
    assert widget.document().size() == before


def test_a_pane_opened_later_says_it_too(desk, claim, bench, review):
    desk.add_pane(bench.bridge)
    review.choose_claim(claim.id)
    pane = desk.add_pane(bench.again)
    assert said([pane]) == ["≠ conflicts?"]
    assert differing(pane)
    pane.article_wanted.emit(bench.report)
    assert said([pane]) == ["not found here"]
    assert differing(pane) == []


def test_locked_panes_go_to_their_own_passage_and_the_others_stay(desk, bench, review, settled):
    text = padded("Officials counted 15 injured on Monday.")
    article = settled(add_article, bench.case, new_article(text, publisher="Long")).created
    start = text.index("Officials")
    there = settled(add_claim, article, Span(start, start + 38)).created
    claim = bench.claims()[1]
    settled(link_claims, bench.case, claim.id, there, Relation.CONFLICTS)
    desk.add_pane(bench.bridge)
    pane, other = desk.add_pane(article), desk.add_pane(bench.report)
    top = scrolled(pane)
    review.choose_claim(claim.id)
    assert scrolled(pane) > top + 100
    assert canvas_of(pane).emphasis.flash is not None
    assert canvas_of(other).emphasis.flash is None

    pane.text.surface.widget.verticalScrollBar().setValue(3)
    settled(mark_claim, claim.id, Verdict.DISPUTED)
    assert scrolled(pane) == 3, "a pane keeps its own scroll until it is wanted otherwise"
    desk.resync()
    assert scrolled(pane) > 100


def test_free_panes_stay_where_they_are(desk, panes, claim, review):
    desk.set_scroll_mode(ScrollMode.FREE)
    review.choose_claim(claim.id)
    assert canvas_of(panes[1]).emphasis.flash is None
    assert said(panes)[1] == "≠ conflicts?"
    desk.resync()
    assert canvas_of(panes[1]).emphasis.flash is not None


def test_clicking_the_word_in_the_head_goes_to_the_passage(desk, panes, claim, review, qtbot):
    desk.set_scroll_mode(ScrollMode.FREE)
    review.choose_claim(claim.id)
    panes[1].head.presence.click()
    flash = canvas_of(panes[1]).emphasis.flash
    assert BRIDGE_AGAIN[flash[0] : flash[1]] == "Officials counted 15 injured."


def test_two_passages_of_one_article_are_counted_and_the_nearest_is_shown(desk, panes, claim, bench, review, settled):
    second = bench.claims(bench.again)[0]
    settled(link_claims, bench.case, claim.id, second.id, Relation.SAME)
    review.choose_claim(claim.id)
    assert said(panes)[1] == "≠ conflicts? (2)"


def test_a_source_without_a_pane_takes_the_one_in_which_no_claim_was_shown_for_longest(desk, bench, review):
    first, second = desk.add_pane(bench.bridge), desk.add_pane(bench.again)
    review.choose_claim(bench.claims(bench.again)[0].id)
    review.choose_claim(bench.claims(bench.bridge)[0].id)
    review.choose_claim(bench.claims(bench.report)[0].id)
    assert desk.shown_articles() == [bench.bridge, bench.report]
    assert first.article_id == bench.bridge
    assert second.article_id == bench.report


@pytest.fixture
def linked(opened, project, qtbot):
    """The window at the claim, which all three articles state now."""
    session = opened.workspace.session
    ids = [claims_of_article(session.reader, a)[1].id for a in (project.bridge, project.again, project.report)]
    for other in ids[1:]:
        with qtbot.waitSignal(session.changed):
            session.run(link_claims, project.case, ids[0], other, Relation.SAME)
    opened.workspace.review.choose_claim(ids[0])
    return opened, ids


def test_next_and_previous_source_go_round_the_articles(linked, qtbot):
    window, ids = linked
    review = window.workspace.review
    seen = []
    for _ in range(3):
        run(window, Command.NEXT_SOURCE, qtbot)
        seen.append(review.claim_id)
    assert seen == [ids[1], ids[2], ids[0]]
    run(window, Command.PREVIOUS_SOURCE, qtbot)
    assert review.claim_id == ids[2]


def test_the_wording_command_shows_its_state_and_is_remembered(linked, qtbot):
    window, _ = linked
    action = window.binder.action(Command.SHOW_DIFFERENCES)
    assert action.isChecked()
    qtbot.waitUntil(lambda: not window._choices_timer.isActive())  # no other change brings the check mark up to date
    run(window, Command.SHOW_DIFFERENCES, qtbot)
    assert not window.workspace.desk.shows_differences
    assert window.prefs.show_differences is False
    qtbot.waitUntil(lambda: not action.isChecked())
