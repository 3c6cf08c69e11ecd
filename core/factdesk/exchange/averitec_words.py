"""What AVeriTeC calls things, for reading and writing it: labels, types of claims, and questions with their answers.

A question stands in the first line of a piece of evidence's note; what follows in the note is an answer in somebody's
own words. So evidence that was read from a file is written again as it was.
"""

from typing import Any

from factdesk.model.claims import ClaimKind, Judgement, Reason, Verdict
from factdesk.model.evidence import Evidence, EvidenceKind, Stance

SUPPORTED, REFUTED = "Supported", "Refuted"
NOT_ENOUGH, CONFLICTING = "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"
LABELS = {
    (Verdict.VERIFIED, None): SUPPORTED,
    (Verdict.VERIFIED, Reason.CLEAR): SUPPORTED,
    (Verdict.VERIFIED, Reason.WITH_CAVEAT): SUPPORTED,
    (Verdict.DISPUTED, Reason.CONTRADICTED): REFUTED,
    (Verdict.DISPUTED, Reason.SOURCES_CONFLICT): CONFLICTING,
    (Verdict.DISPUTED, Reason.MISSING_CONTEXT): CONFLICTING,
    (Verdict.UNVERIFIED, None): NOT_ENOUGH,
    (Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE): NOT_ENOUGH,
}
ALL_LABELS = (SUPPORTED, REFUTED, NOT_ENOUGH, CONFLICTING)
STANCES = {SUPPORTED: Stance.SUPPORTS, REFUTED: Stance.REFUTES}

TYPES = {
    ClaimKind.EVENT: "Event/Property Claim",
    ClaimKind.BACKGROUND: "Event/Property Claim",
    ClaimKind.QUANTITY: "Numerical Claim",
    ClaimKind.QUOTATION: "Quote Verification",
    ClaimKind.POSITION: "Position Statement",
}
KINDS = {
    "Event/Property Claim": ClaimKind.EVENT,
    "Causal Claim": ClaimKind.EVENT,
    "Numerical Claim": ClaimKind.QUANTITY,
    "Quote Verification": ClaimKind.QUOTATION,
    "Position Statement": ClaimKind.POSITION,
}
ALL_TYPES = tuple(KINDS)
STRATEGIES = (
    *("Written Evidence", "Consultation", "Numerical Comparison", "Fact-checker Reference"),
    *("Satirical Source Identification", "Geolocation", "Image analysis", "Video Analysis", "Audio Analysis", "Keyword Search"),
)  # fmt: skip

EXTRACTIVE, ABSTRACTIVE, BOOLEAN, UNANSWERABLE = "Extractive", "Abstractive", "Boolean", "Unanswerable"
ANSWER_TYPES = (EXTRACTIVE, ABSTRACTIVE, BOOLEAN, UNANSWERABLE)
WEB_TEXT, PDF, TABLE, PICTURE, VIDEO, OTHER = "Web text", "PDF", "Web table", "Image/graphic", "Video", "Other"
MEDIA = (WEB_TEXT, PDF, TABLE, PICTURE, VIDEO, OTHER, "Metadata", "")

NO_ANSWER = "No answer could be found."
_YES_OR_NO = frozenset({"Yes", "No"})
_QUESTION_MARKS = ("?", "？", "؟")


def judgement_of(label: str, note: str) -> Judgement:
    """The verdict that a label means; with none for a label that AVeriTeC does not know."""
    verdict, reason = {
        SUPPORTED: (Verdict.VERIFIED, None),
        REFUTED: (Verdict.DISPUTED, Reason.CONTRADICTED),
        NOT_ENOUGH: (Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE),
        CONFLICTING: (Verdict.DISPUTED, Reason.SOURCES_CONFLICT),
    }.get(label, (None, None))
    return Judgement(verdict, reason, note)


def is_question(text: str) -> bool:
    """Whether a line is one."""
    return text.rstrip().endswith(_QUESTION_MARKS)


def note_of(question: str, answer: dict[str, Any]) -> str:
    """The note that keeps a question, and its answer where that is no quote."""
    question = " ".join(question.split())
    question = question if is_question(question) else f"{question}?"
    match answer["answer_type"]:
        case "Abstractive":
            return f"{question}\n{answer['answer']}"
        case "Boolean":
            return "\n".join(filter(None, (question, answer["answer"], answer.get("boolean_explanation") or "")))
        case _:
            return question


def asked_and_said(evidence: Evidence) -> tuple[str, str]:
    """The question of a note, "" when it has none, and the rest of the note."""
    first, _, rest = evidence.note.partition("\n")
    return (first.strip(), rest) if is_question(first) else ("", evidence.note)


def answer_of(evidence: Evidence, source_url: str, medium: str) -> dict[str, Any] | None:
    """The answer that a piece of evidence is; None when it says nothing."""
    question, said = asked_and_said(evidence)
    where = {"source_url": source_url, "source_medium": medium}
    if evidence.quote:
        return {"answer": evidence.quote, "answer_type": EXTRACTIVE, **where}
    first, _, explanation = said.partition("\n")
    if question and first in _YES_OR_NO:
        return {"answer": first, "answer_type": BOOLEAN, **where, "boolean_explanation": explanation}
    if said.strip():
        return {"answer": said, "answer_type": ABSTRACTIVE, **where}
    if question:
        return {"answer": NO_ANSWER, "answer_type": UNANSWERABLE, "source_url": "", "source_medium": ""}
    return None


def medium_of(evidence: Evidence, media_type: str = "") -> str:
    """The kind of source; `media_type` is that of the article or file, where there is one."""
    if media_type == "application/pdf" or evidence.url.lower().endswith(".pdf"):
        return PDF
    for begin, medium in (("image/", PICTURE), ("video/", VIDEO), ("text/csv", TABLE)):
        if media_type.startswith(begin):
            return medium
    return WEB_TEXT if evidence.kind in {EvidenceKind.PASSAGE, EvidenceKind.URL} else OTHER
