"""Words that several panels say in the same way."""

from datetime import datetime

from factdesk.compare.dates import in_words
from factdesk.model.claims import Claim, Relation, Status
from factdesk.model.evidence import Evidence, EvidenceKind, Stance

STANCE_GLYPHS: dict[Stance, str] = {Stance.SUPPORTS: "+", Stance.REFUTES: "−", Stance.CONTEXT: "i"}
RELATION_GLYPHS: dict[Relation, str] = {Relation.SAME: "=", Relation.DIFFERS: "≈", Relation.CONFLICTS: "≠"}

_IRREGULAR = {"hit": "hits", "entity": "entities"}


def count(number: int, noun: str) -> str:
    """A number with its noun: 1 claim, 37 claims."""
    return f"{number:,} {noun if number == 1 else _IRREGULAR.get(noun, noun + 's')}"


def one_line(text: str) -> str:
    """Text for a row: all white space becomes single spaces."""
    return " ".join(text.split())


def shorten(text: str, limit: int = 60) -> str:
    """One line of at most `limit` characters, for menus and titles."""
    line = one_line(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def for_menu(text: str, limit: int = 40) -> str:
    """A name inside a menu entry: short, and its & is no mnemonic."""
    return shorten(text, limit).replace("&", "&&")


def when(time: str) -> str:
    """A stored time as the clock on the wall says it; unknown text is given back as it is."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return time
    return moment.astimezone().strftime("%d %b %Y, %H:%M").lstrip("0")


def as_known(time: str) -> str:
    """A date of publication as precise as it is known: a day, or a day and the time."""
    return in_words(time) if len(time.strip()) <= len("2026-03-18") else when(time)


def moment_parts(time: str) -> tuple[str, ...]:
    """A date of publication for a narrow column: the day, and the time below it where it is known."""
    if len(time.strip()) <= len("2026-03-18"):
        return (as_known(time),) if time.strip() else ()
    return tuple(when(time).split(", "))


def short_when(time: str) -> str:
    """The same where there is little room: of today only the time of day."""
    full = when(time)
    day, _, hour = full.partition(", ")
    return hour if hour and day == when(datetime.now().astimezone().isoformat()).partition(", ")[0] else full


def claim_state(claim: Claim) -> str:
    """The word on a claim's badge."""
    if claim.status is Status.REFUSED:
        return "Refused"
    if claim.verdict:
        return claim.verdict.value.capitalize()
    return "Suggestion" if claim.status is Status.SUGGESTED else "No verdict yet"


def spoken_claim(claim: Claim, article: str) -> str:
    """A claim as a screen reader says it."""
    parts = [claim_state(claim), one_line(claim.quote), f"in {article}", claim.kind.value]
    if claim.score is not None:
        parts.append(f"check-worthiness {round(claim.score * 100)} percent")
    if claim.conflicts:
        parts.append(f"in conflict with {count(claim.conflicts, 'claim')}")
    return ", ".join(parts)


def evidence_place(evidence: Evidence, article: str) -> str:
    """Where a piece of evidence is, in words."""
    match evidence.kind:
        case EvidenceKind.PASSAGE:
            return article or "an article that was removed"
        case EvidenceKind.URL:
            return f"{evidence.source}, {evidence.url}" if evidence.source else evidence.url
        case EvidenceKind.FILE:
            name = evidence.file.name if evidence.file is not None else evidence.url
            named = f"file {name}" if name else "a file"
            return f"{evidence.source}, {named}" if evidence.source else named
        case EvidenceKind.NOTE:
            return evidence.source or "own note"
