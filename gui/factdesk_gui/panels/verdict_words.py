"""What the inspector says about a verdict: for how many sources it holds, where it is from, and what it differs from."""

from factdesk.model.claims import Verdict
from factdesk_gui.panels.claim_view import ClaimView
from factdesk_gui.panels.words import count, short_when


def receipt(view: ClaimView) -> str:
    """What is on disk about the verdict; without one, what a verdict given here would mean."""
    claim, cluster = view.claim, view.cluster
    if claim.verdict is None:
        return _before(view)
    name = claim.verdict.value.capitalize()
    signed = _signed(claim.decided_by, claim.decided_at)
    if claim.inherited_from is not None and cluster is not None:
        return f"✓ {name} for {count(view.reach, 'source')}{_articles(view)} · from the cluster, decided{signed}"
    if cluster is None:
        return f"✓ {name}, saved{signed}"
    return f"✓ {name} only here{_unlike(view)} · saved{signed}"


def scope(view: ClaimView) -> str:
    """What a verdict button does now, after "Mark the claim as …"."""
    if view.cluster is None:
        return ""
    if not view.marks_cluster:
        return ", in this article only: it contradicts the others"
    return f" in {count(view.reach, 'source')}; with Shift in this article only"


def _before(view: ClaimView) -> str:
    cluster, own = view.cluster, view.own
    if cluster is None or own is None:
        return ""
    others = cluster.judgement.verdict
    if others is not None and not view.marks_cluster:
        return f"The others are {others}; that does not hold here, as this claim contradicts them."
    if others is not None:
        return f"The others are {others}. This claim takes that over once its link is accepted."
    if not view.marks_cluster:
        return "This claim contradicts the others: a verdict holds for it alone."
    waiting = sum(member.id in view.waiting for member in view.others)
    left = f"; {count(waiting, 'suggested link')} would not take it over yet" if waiting else ""
    return f"A verdict holds for {count(view.reach, 'source')}{left}." if view.reach > 1 or waiting else ""


def _unlike(view: ClaimView) -> str:
    """The verdicts of the others, where they are not this one."""
    verdicts = [one.claim.verdict for one in view.others if one.claim.verdict not in {None, view.claim.verdict}]
    if not verdicts:
        return ""
    if len(set(verdicts)) == 1:
        words = "the other is" if len(verdicts) == 1 else f"the {len(verdicts)} others are"
        return f" ({words} {verdicts[0]})"
    told = [f"{verdicts.count(verdict)} {verdict}" for verdict in Verdict if verdict in verdicts]
    return f" (others: {', '.join(told)})"


def _articles(view: ClaimView) -> str:
    """How many articles that is, where some share their text."""
    articles = {one.claim.article_id for one in view.members if one.inherits} | {view.claim.article_id}
    return f" ({count(len(articles), 'article')})" if len(articles) > view.reach else ""


def _signed(who: str, time: str) -> str:
    return (f" by {who}" if who else "") + (f", {short_when(time)}" if time else "")
