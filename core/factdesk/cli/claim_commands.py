"""The command that decides: mark."""

from enum import StrEnum
from typing import Annotated

import typer

from factdesk.cli.lookup import find_claim, writing
from factdesk.cli.output import say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile, Reviewer
from factdesk.model.claims import REASONS, Reason, Verdict
from factdesk.ops.claims import mark_claim
from factdesk.store.claims import get_claim


class VerdictWord(StrEnum):
    """What can be typed as a verdict; none clears it."""

    VERIFIED = "verified"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"
    NONE = "none"


def mark(
    project: ProjectFile,
    claim: Annotated[str, typer.Argument(help="The claim's id, or its beginning.")],
    verdict: Annotated[VerdictWord, typer.Argument(help="The verdict; none clears it.", case_sensitive=False)],
    reason: Annotated[str, typer.Option(help="Why: with-caveat, sources-conflict, …")] = "",
    note: Annotated[str | None, typer.Option(help="A note for other reviewers; “” clears it.")] = None,
    confidence: Annotated[int | None, typer.Option(min=0, max=100, help="How sure, in percent.")] = None,
    reviewer: Reviewer = "",
    json: AsJson = False,
) -> None:
    """Give a claim a verdict."""
    chosen = None if verdict is VerdictWord.NONE else Verdict(verdict.value)
    why = _reason(reason, chosen)
    with writing(project, reviewer) as opened, opened.reader() as r:
        claim_id = find_claim(r, claim)
        opened.run(mark_claim, claim_id, chosen, why, note, confidence)
        marked = get_claim(r, claim_id)
    judgement = marked.judgement
    if json:
        say_json(
            {
                "claim": marked.id,
                "quote": marked.quote,
                "status": marked.status,
                "verdict": judgement.verdict,
                "reason": judgement.reason,
                "note": judgement.note,
                "confidence": judgement.confidence,
                "reviewer": marked.decided_by or None,
                "decided_at": marked.decided_at or None,
            }
        )
        return
    words = f"{judgement.verdict or 'no verdict'}{f' ({judgement.reason})' if judgement.reason else ''}"
    say(f"{words}: {marked.quote}")


def _reason(word: str, verdict: Verdict | None) -> Reason | None:
    """The reason that was typed, with hyphens or blanks; wrong usage if the verdict has no such reason."""
    if not word:
        return None
    wanted = word.replace("-", " ").replace("_", " ").casefold()
    allowed = REASONS[verdict] if verdict is not None else ()
    for reason in allowed:
        if reason.value == wanted:
            return reason
    words = ", ".join(reason.value.replace(" ", "-") for reason in allowed) or "none"
    raise typer.BadParameter(f"with this verdict the reason can be: {words}", param_hint="--reason")
