"""The inspector and the claim's cluster: one verdict for all of it, its members, what the gate asks, what was before."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from builders import Bench, new_article
from clusters import suggest_cluster
from commands import run
from factdesk.model.claims import Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.gate import EvidenceGate
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.cases import create_case
from factdesk.ops.claims import add_claim, mark_claim
from factdesk.ops.clusters import link_claims
from factdesk.ops.evidence import add_passage, add_source
from factdesk.ops.gate import save_gate
from factdesk.project import Project
from factdesk.store.claims import claims_of_article, get_claim
from factdesk.store.clusters import cluster_of
from factdesk_gui.actions.ids import Command
from factdesk_gui.panels.inspector_panel import InspectorPanel
from factdesk_gui.panels.verdict_words import receipt
from factdesk_gui.review import Review
from factdesk_gui.session import Session


@pytest.fixture
def panel(session, review, qtbot):
    panel = InspectorPanel(session, review)
    qtbot.addWidget(panel)
    panel.resize(340, 900)
    panel.show()
    return panel


@pytest.fixture
def claims(bench):
    """The second claims of the three articles."""
    return [bench.claims(article)[1] for article in (bench.bridge, bench.again, bench.report)]


@pytest.fixture
def joined(panel, bench, claims, review, settled):
    """All three state the same, accepted; the first one is chosen."""
    settled(link_claims, bench.case, claims[0].id, claims[1].id, Relation.SAME)
    settled(link_claims, bench.case, claims[0].id, claims[2].id, Relation.SAME)
    review.choose_claim(claims[0].id)
    return claims


@pytest.fixture
def press(qtbot, session):
    """Clicks a button and waits until its step is on disk."""

    def click(button, modifier=Qt.KeyboardModifier.NoModifier):
        assert button.isVisible()
        assert button.isEnabled()
        with qtbot.waitSignal(session.changed):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton, modifier)

    return click


def button(panel, verdict):
    return panel.verdict._buttons[verdict]


def verdicts(bench, claims):
    return [get_claim(bench.reader, claim.id).verdict for claim in claims]


def said(panel):
    return panel.verdict._receipt.text


def cards(panel):
    return {card.member.claim.id: card for card in panel.cluster.stack.cards()}


# one verdict ----------------------------------------------------------------------------------------------------------


def test_a_verdict_holds_for_the_whole_cluster_and_says_so(panel, bench, joined, press, review):
    assert said(panel) == "A verdict holds for 3 sources."
    press(button(panel, Verdict.VERIFIED))
    assert verdicts(bench, joined) == [Verdict.VERIFIED] * 3
    assert said(panel).startswith("✓ Verified for 3 sources · from the cluster, decided by Ada")
    review.choose_claim(joined[2].id)
    assert said(panel).startswith("✓ Verified for 3 sources · from the cluster")


def test_with_shift_it_is_for_this_article_only(panel, bench, joined, press):
    press(button(panel, Verdict.VERIFIED))
    press(button(panel, Verdict.DISPUTED), Qt.KeyboardModifier.ShiftModifier)
    assert verdicts(bench, joined) == [Verdict.DISPUTED, Verdict.VERIFIED, Verdict.VERIFIED]
    assert said(panel).startswith("✓ Disputed only here (the 2 others are verified) · saved by Ada")


def test_pressing_the_verdict_of_one_article_again_gives_it_to_all(panel, bench, joined, press):
    press(button(panel, Verdict.DISPUTED), Qt.KeyboardModifier.ShiftModifier)
    assert verdicts(bench, joined) == [Verdict.DISPUTED, None, None]
    press(button(panel, Verdict.DISPUTED))
    assert verdicts(bench, joined) == [Verdict.DISPUTED] * 3
    assert "from the cluster" in said(panel)


def test_an_override_asks_for_a_word_of_reason_until_there_is_one(panel, joined, press, qtbot, session):
    press(button(panel, Verdict.VERIFIED))
    assert panel.note._state.text() == ""
    press(button(panel, Verdict.DISPUTED), Qt.KeyboardModifier.ShiftModifier)
    assert "reason" in panel.note._state.text()
    assert "otherwise" in panel.note.editor.placeholderText()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClicks(panel.note.editor, "Another bridge")
    qtbot.waitUntil(lambda: panel.note._state.text() == "")


def test_clearing_an_override_falls_back_to_the_cluster(panel, bench, joined, press):
    press(button(panel, Verdict.VERIFIED))
    press(button(panel, Verdict.DISPUTED), Qt.KeyboardModifier.ShiftModifier)
    press(panel.verdict._clear)
    assert verdicts(bench, joined) == [Verdict.VERIFIED] * 3
    assert "from the cluster" in said(panel)
    press(panel.verdict._clear)
    assert verdicts(bench, joined) == [None] * 3


def test_undo_takes_the_verdict_of_the_cluster_back_as_one_step(panel, bench, joined, press, session, qtbot):
    press(button(panel, Verdict.VERIFIED))
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert verdicts(bench, joined) == [None] * 3
    assert said(panel) == "A verdict holds for 3 sources."


def test_suggested_members_do_not_take_it_over_and_the_panel_says_so(panel, bench, claims, review, press):
    suggest_cluster(bench, claims[0], claims[1], relation=Relation.SAME)
    review.choose_claim(claims[0].id)
    assert said(panel) == "A verdict holds for 1 source; 1 suggested link would not take it over yet."
    press(button(panel, Verdict.VERIFIED))
    assert verdicts(bench, claims[:2]) == [Verdict.VERIFIED, None]
    review.choose_claim(claims[1].id)
    assert said(panel) == "The others are verified. This claim takes that over once its link is accepted."
    press(panel.cluster.accept_all)
    assert verdicts(bench, claims[:2]) == [Verdict.VERIFIED, Verdict.VERIFIED]


def test_a_claim_that_contradicts_the_others_is_decided_alone(panel, bench, claims, review, settled, press):
    settled(link_claims, bench.case, claims[0].id, claims[1].id, Relation.CONFLICTS)
    review.choose_claim(claims[1].id)
    assert said(panel) == "This claim contradicts the others: a verdict holds for it alone."
    press(button(panel, Verdict.DISPUTED))
    assert verdicts(bench, claims[:2]) == [None, Verdict.DISPUTED]


def test_ones_own_contradictions_are_flagged_with_a_way_there(panel, bench, claims, review, settled, qtbot):
    settled(link_claims, bench.case, claims[0].id, claims[1].id, Relation.CONFLICTS)
    settled(mark_claim, claims[0].id, Verdict.VERIFIED)
    settled(mark_claim, claims[1].id, Verdict.VERIFIED)
    review.choose_claim(claims[0].id)
    flags = panel.verdict.contradictions
    qtbot.waitUntil(flags.isVisible)
    assert len(flags.stack.cards()) == 1
    flags.stack.cards()[0]._go.click()
    assert review.claim_id == claims[1].id


def test_the_words_for_a_single_claim_stay_short(panel, bench, claims, review, press):
    review.choose_claim(claims[0].id)
    assert said(panel) == ""
    press(button(panel, Verdict.UNVERIFIED))
    assert said(panel).startswith("✓ Unverified, saved by Ada")
    assert "only here" not in receipt(panel.view)


# members --------------------------------------------------------------------------------------------------------------


def test_members_are_listed_with_their_relation_and_a_click_goes_there(panel, bench, claims, review, qtbot):
    suggest_cluster(bench, claims[0], claims[1])
    review.choose_claim(claims[0].id)
    assert panel.cluster.title == "In other articles (1, 1 in conflict)"
    card = cards(panel)[claims[1].id]
    assert card._relation.text() == "≠ Conflicts?"
    assert "12 / 15" in card._relation.toolTip()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert review.claim_id == claims[1].id


def test_members_are_accepted_and_refused_one_by_one(panel, bench, claims, review, press):
    suggest_cluster(bench, claims[0], claims[1], claims[2], relation=Relation.SAME)
    review.choose_claim(claims[0].id)
    press(cards(panel)[claims[1].id]._accept)
    press(cards(panel)[claims[2].id]._refuse)
    cluster = cluster_of(bench.reader, bench.case, claims[0].id)
    assert [(m.claim.id, m.status) for m in cluster.members] == [
        (claims[0].id, Status.ACCEPTED),
        (claims[1].id, Status.ACCEPTED),
    ]
    assert not panel.cluster.accept_all.isVisible()


def test_accept_all_is_one_step(panel, bench, claims, review, press, session, qtbot):
    suggest_cluster(bench, claims[0], claims[1], claims[2], relation=Relation.SAME)
    review.choose_claim(claims[0].id)
    assert panel.cluster.accept_all.text() == "Accept 2 links  Y"
    press(panel.cluster.accept_all)
    assert panel.view.waiting == []
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert len(panel.view.waiting) == 2


def test_what_was_decided_leads_and_the_former_lead_can_be_accepted(panel, bench, claims, review, press):
    suggest_cluster(bench, claims[0], claims[1], relation=Relation.SAME)
    review.choose_claim(claims[1].id)
    assert not cards(panel)[claims[0].id]._accept.isVisible(), "it is accepted with the other one"
    press(button(panel, Verdict.VERIFIED))
    assert verdicts(bench, claims[:2]) == [None, Verdict.VERIFIED]
    assert cards(panel)[claims[0].id]._relation.text() == "= Same?"
    assert cards(panel)[claims[1].id]._relation.text() == "◆ Lead"
    press(cards(panel)[claims[0].id]._accept)
    assert verdicts(bench, claims[:2]) == [Verdict.VERIFIED] * 2


def test_unlink_takes_the_claim_out(panel, bench, joined, press):
    press(panel.cluster.unlink)
    assert cluster_of(bench.reader, bench.case, joined[0].id) is None
    assert panel.cluster.title == "In other articles"
    assert panel.cluster._none.isVisible()
    assert not panel.cluster.unlink.isVisible()


def test_the_menu_of_a_member_changes_relation_and_lead(panel, bench, joined, session, qtbot):
    card = cards(panel)[joined[1].id]
    card._fill_menu()
    entries = {action.text(): action for action in card.findChild(QMenu).actions()}
    with qtbot.waitSignal(session.changed):
        entries["≠  Conflicts"].trigger()
    assert cards(panel)[joined[1].id]._relation.text() == "≠ Conflicts"
    card = cards(panel)[joined[2].id]
    card._fill_menu()
    entries = {action.text(): action for action in card.findChild(QMenu).actions()}
    with qtbot.waitSignal(session.changed):
        entries["Compare the others with this one"].trigger()
    assert panel.view.cluster.lead == joined[2].id
    assert cards(panel)[joined[2].id]._relation.text() == "◆ Lead"


def test_the_fact_in_plain_words_is_one_text_for_all(panel, bench, joined, review, qtbot, session):
    panel.focus_plain_words()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClicks(panel.plain_words.editor, "People were hurt.")
        panel.save_pending()
    review.choose_claim(joined[1].id)
    assert panel.plain_words.editor.toPlainText() == "People were hurt."
    assert cluster_of(bench.reader, bench.case, joined[1].id).normalised == "People were hurt."


# evidence, gate, memory -----------------------------------------------------------------------------------------------


def test_evidence_of_the_whole_cluster_is_shown_with_its_owner(panel, bench, joined, review, settled):
    settled(add_source, joined[1].id, EvidenceKind.URL, Stance.SUPPORTS, quote="Twelve", url="https://example.org")
    review.choose_claim(joined[0].id)
    card = panel.evidence.stack.cards()[0]
    assert panel.evidence.title == "Evidence (1)"
    assert card._shared.text == "About the same fact in Evening"
    assert "https://example.org" in card._place.text
    assert "captured" in card._place.text


def test_what_supports_a_contradicting_claim_counts_against_this_one(panel, bench, claims, review, settled):
    settled(link_claims, bench.case, claims[0].id, claims[1].id, Relation.CONFLICTS)
    settled(add_passage, claims[1].id, claims[1].article_id, claims[1].span, Stance.SUPPORTS)
    review.choose_claim(claims[0].id)
    card = panel.evidence.stack.cards()[0]
    assert "Refutes" in card._stance.text()
    assert not card._stance.isEnabled()
    assert card._shared.text == "About the contradicting claim in Evening"


def test_odd_dates_are_told_at_the_evidence(panel, bench, claims, review, settled, qtbot):
    settled(add_source, claims[0].id, EvidenceKind.URL, Stance.SUPPORTS, quote="Twelve", url="https://example.org")
    review.choose_claim(claims[0].id)
    card = panel.evidence.stack.cards()[0]
    qtbot.waitUntil(card._warnings.isVisible)
    assert "not known when" in card._warnings.text


def test_the_gate_says_what_is_missing_and_a_refused_mark_changes_nothing(
    panel, bench, claims, review, session, settled, qtbot
):
    settled(save_gate, EvidenceGate(verified_origins=2))
    review.choose_claim(claims[0].id)
    qtbot.waitUntil(panel.verdict.missing.isVisible)
    assert "2 independent origins" in panel.verdict.missing._lines[Verdict.VERIFIED].text
    assert not panel.verdict.missing._lines[Verdict.UNVERIFIED].isVisible()
    with qtbot.waitSignal(session.failed) as refused:
        button(panel, Verdict.VERIFIED).click()
    assert "needs" in refused.args[0].message
    assert session.all_saved, "a refusal is no failure to save"
    assert verdicts(bench, claims[:1]) == [None]
    assert not button(panel, Verdict.VERIFIED).isChecked()


def other_case(bench, text):
    """A case of the same project with one judged claim."""
    case = bench.run(create_case, "Last year").created
    article = bench.run(add_article, case, new_article(text, publisher="Old Paper")).created
    claim = bench.run(add_claim, article, Span(0, len(text))).created
    bench.run(mark_claim, claim, Verdict.DISPUTED, note="The hospital counted nine.")
    return claim


def test_an_earlier_verdict_on_a_claim_like_this_is_shown_and_opens(panel, bench, claims, review, qtbot):
    other_case(bench, claims[0].quote)
    review.choose_claim(claims[0].id)
    qtbot.waitUntil(panel.memory.isVisible)
    card = panel.memory.stack.cards()[0]
    assert "Last year" in card._signed.text
    assert "by Ada" in card._signed.text
    assert not card._more.isVisible()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert card._more.text == "The hospital counted nine."
    assert card._more.isVisible()


def test_without_an_earlier_verdict_the_section_is_not_there(panel, bench, claims, review, session, qtbot):
    with qtbot.waitSignal(panel.extras.remembered):
        review.choose_claim(claims[0].id)
    assert not panel.memory.isVisible()


def test_another_project_can_be_looked_in(panel, bench, claims, review, qtbot, tmp_path):
    other = Bench(tmp_path / "other.factdesk")
    other.run(mark_claim, other.claims()[1].id, Verdict.VERIFIED)
    other.close()
    with qtbot.waitSignal(panel.extras.remembered):
        review.choose_claim(claims[0].id)
    panel.extras.look_in(tmp_path / "other.factdesk", claims[0].id)
    qtbot.waitUntil(lambda: bool(panel.memory.stack.cards()))
    assert "other.factdesk" in panel.memory.stack.cards()[0]._signed.text


# look and modes -------------------------------------------------------------------------------------------------------


def test_sections_fold_and_tell_it(panel, claims, review, qtbot):
    review.choose_claim(claims[0].id)
    with qtbot.waitSignal(panel.folded):
        panel.evidence.switch.click()
    assert panel.folded_sections() == ["evidence"]
    assert not panel.evidence._add.isVisible()
    panel.fold_sections(["history"])
    assert panel.evidence._add.isVisible()
    assert panel.history.is_folded


def test_going_to_the_note_opens_its_section(panel, claims, review):
    review.choose_claim(claims[0].id)
    panel.fold_sections(["note"])
    panel.focus_note()
    assert panel.note.editor.isVisible()


def test_nothing_of_a_cluster_can_be_changed_when_read_only(bench, claims, tmp_path, qtbot):
    suggest_cluster(bench, claims[0], claims[1])
    bench.project.close()
    session = Session(Project.open(bench.path, read_only=True))
    review = Review()
    review.choose_case(bench.case)
    panel = InspectorPanel(session, review)
    qtbot.addWidget(panel)
    panel.show()
    review.choose_claim(claims[0].id)
    assert not panel.cluster.accept_all.isEnabled()
    assert not panel.cluster.unlink.isEnabled()
    assert panel.plain_words.editor.isReadOnly()
    assert not cards(panel)[claims[1].id]._accept.isEnabled()
    panel.judge(Verdict.VERIFIED)
    assert session.pending == 0
    session.close()


# commands -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def linked(opened, project, qtbot):
    """The window at a claim that two articles state."""
    session = opened.workspace.session
    ids = [claims_of_article(session.reader, article)[1].id for article in (project.bridge, project.again)]
    with qtbot.waitSignal(session.changed):
        session.run(link_claims, project.case, *ids, Relation.SAME)
    opened.workspace.review.choose_claim(ids[1])
    return opened, ids


def verdict_of(window, claim_id):
    return get_claim(window.workspace.session.reader, claim_id).verdict


def test_keys_mark_the_cluster_or_only_this_article(linked, qtbot):
    window, ids = linked
    run(window, Command.VERIFY, qtbot)
    assert [verdict_of(window, one) for one in ids] == [Verdict.VERIFIED] * 2
    run(window, Command.DISPUTE_HERE, qtbot)
    assert [verdict_of(window, one) for one in ids] == [Verdict.VERIFIED, Verdict.DISPUTED]
    run(window, Command.CLEAR_VERDICT, qtbot)
    assert [verdict_of(window, one) for one in ids] == [Verdict.VERIFIED] * 2


def test_commands_about_the_cluster_do_what_they_say(linked, qtbot):
    window, _ = linked
    panel = window.workspace.inspector
    run(window, Command.CLAIM_CONFLICTS, qtbot)
    assert panel.view.own.relation is Relation.CONFLICTS
    run(window, Command.CLAIM_LEAD, qtbot)
    assert panel.view.is_lead
    run(window, Command.NORMALISE, qtbot)
    run(window, Command.UNLINK, qtbot)
    assert panel.view.others == []
    qtbot.waitUntil(lambda: not window.binder.action(Command.UNLINK).isEnabled())
    assert not window.binder.action(Command.NEXT_SOURCE).isEnabled()


def test_folded_sections_are_remembered(opened, qtbot):
    panel = opened.workspace.inspector
    assert panel.folded_sections() == ["details", "history"]
    panel.history.switch.click()
    assert opened.prefs.folded_sections == ["details"]
