"""What a sentence shows that a newsroom would look at: numbers, dates, names, sources, and signs of opinion.

Every feature has a name; those that speak for a claim can be shown to the reviewer in words.
"""

import re
from collections.abc import Iterable

from spacy.tokens import Span as Piece

from factdesk.model.mentions import NAME_LABELS
from factdesk.nlp import data
from factdesk.nlp.speech import CORE

IN_WORDS: dict[str, str] = {
    "number": "number",
    "percent": "percentage",
    "money": "money",
    "quantity": "quantity",
    "date": "date",
    "place": "place",
    "person": "named person",
    "organisation": "named organisation",
    "people": "nationality or group",
    "source": "named source",
    "according": "according to",
    "past": "past event",
    "passive": "something was done",
    "comparison": "comparison",
    "quote": "quotation",
    "denial": "denial",
    "record": "first, most or least",
    "change": "rise or fall",
    "violence": "killing, attack or loss",
}
"""Features that speak for a claim, as the reviewer reads them."""

_LABELS = {
    "CARDINAL": "number", "QUANTITY": "quantity", "PERCENT": "percent", "MONEY": "money", "DATE": "date", "TIME": "date", "ORDINAL": "ordinal",
    "GPE": "place", "LOC": "place", "FAC": "place", "PERSON": "person", "ORG": "organisation", "NORP": "people", "EVENT": "event", "LAW": "law",
    "PRODUCT": "thing", "WORK_OF_ART": "thing", "LANGUAGE": "thing",
}  # fmt: skip

_PATTERNS: dict[str, re.Pattern[str]] = {
    "first_person": re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|let['’]s|I['’]\w+|we['’]\w+)\b", re.IGNORECASE),
    "second_person": re.compile(r"\b(?:you|your|yours|you['’]\w+)\b", re.IGNORECASE),
    "question": re.compile(r"\?[\"'”’»“)]*$"),
    "exclamation": re.compile(r"!"),
    "modal": re.compile(r"\b(?:would|could|may|might|can|perhaps|maybe|possibly|potentially|likely|unlikely)\b", re.IGNORECASE),
    "should": re.compile(r"\b(?:should|must|ought|need to|needs to|have to|has to|let us|let['’]s)\b", re.IGNORECASE),
    "future": re.compile(r"\b(?:will|shall|going to|won['’]t|\w+['’]ll|is set to|are set to|expected to|plans? to|tomorrow|next (?:week|month|year))\b", re.IGNORECASE),
    "opinion": re.compile(
        r"\b(?:think|believe|feel|hope|wish|want|love|hate|like to|great|good|bad|best|worst|better|worse|wonderful|terrible|beautiful|awful|ugly|nice|sad|"
        r"happy|proud|shame|shameful|disgrace\w*|ridiculous|absurd|stupid|brilliant|excellent|amazing|incredibl\w+|fantastic|important|difficult|easy|clearly|"
        r"obviously|frankly|honestly|surely|sadly|unfortunately|fortunately|of course|simply|really|truly|very|so-called|seems?|appears?|perfect\w*|"
        r"fine|fair|unfair|right|wrong|moral|evil|inevitabl\w+|revenge|thank\w*|welcome|sorry|congratulat\w+)\b",
        re.IGNORECASE,
    ),
    "hedge": re.compile(r"\b(?:reportedly|allegedly|apparently|unclear|not clear|speculation|unverified|rumou?r\w*|suggests?|seemingly|in theory)\b", re.IGNORECASE),
    "according": re.compile(r"\b(?:according to|as reported by|in its report|data from|figures from|statistics)\b", re.IGNORECASE),
    "comparison": re.compile(r"\b(?:more than|less than|fewer|larger|smaller|higher|lower|twice|double|half|compared (?:to|with)|than)\b", re.IGNORECASE),
    "record": re.compile(r"\b(?:first|last|most|least|largest|biggest|highest|lowest|deadliest|worst|record|never|only|every|all|none|no one|always)\b", re.IGNORECASE),
    "change": re.compile(r"\b(?:increas\w+|decreas\w+|rose|risen|rise|fell|fallen|drop\w*|cut|cuts|grew|grown|doubl\w+|tripl\w+|declin\w+|reduc\w+|gain\w*|lost|lose)\b", re.IGNORECASE),
    "denial": re.compile(r"\b(?:den(?:y|ies|ied)|refut\w+|reject\w+|dismiss\w+|disput\w+|contradict\w+|false\w*|untrue|fake|no evidence)\b", re.IGNORECASE),
    "violence": re.compile(
        r"\b(?:kill\w*|dead|died|death\w*|injur\w+|wound\w+|attack\w*|strike|strikes|struck|shell\w+|bomb\w*|fire[ds]?|shot|seiz\w+|captur\w+|destroy\w+|"
        r"invad\w+|invasion|incursion|arrest\w+|troops|forces|military|casualt\w+|missile\w*|drone\w*|battle\w*|crash\w*|collaps\w+|flood\w*|explo\w+|raid\w*)\b",
        re.IGNORECASE,
    ),
    "vote": re.compile(r"\b(?:vot\w+|elect\w+|law|bill|tax\w*|budget|deficit|jobs?|unemployment|million|billion|trillion|percent|policy|record)\b", re.IGNORECASE),
    "negation": re.compile(r"\b(?:not|no|never|none|nobody|nothing|without|\w+n['’]t)\b", re.IGNORECASE),
    "quote": re.compile(r"[“”„«»]|\"|(?<!\w)[‘'](?=\w)"),
    "ellipsis": re.compile(r"…|\.\.\."),
    "contact": re.compile(r"\b(?:has|have|had|was|were)?\s*(?:contacted|approached|reached out|asked)\b.{0,80}\bfor (?:a )?(?:comment|response|statement)\b|did not (?:immediately )?respond", re.IGNORECASE),
    "address": re.compile(r"\b(?:thank you|good (?:evening|morning|night)|ladies and gentlemen|senator|governor|mr\.? president|mr\.? vice president|welcome)\b", re.IGNORECASE),
    "vague_subject": re.compile(r"^[\"“‘']?(?:It|This|That|There|These|Those|He|She|They)\b"),
    "connective": re.compile(r"^[\"“‘']?(?:And|But|So|Well|Now|Because|Or|Look|Yes|No|Yeah|OK|Okay)\b"),
    "figures": re.compile(r"\d"),
    "stem_past": re.compile(r"\b(?:was|were|had|did|said|told|\w{3,}ed)\b"),
}  # fmt: skip

_EVALUATION = frozenset(data.words("worth.evaluation"))
_INTENSIFIERS = frozenset(data.words("worth.intensifiers"))
_DISCOURSE = re.compile(rf"\b(?:{'|'.join(word.replace('-', ' ') for word in data.words('worth.discourse'))})\b")
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_OWN = ("opinion", "first_person", "second_person", "should")
"""Signs of opinion that count only outside quotation marks: what a source thinks, the article reports as a fact."""
_QUOTED = re.compile(r"“[^”]*(?:”|$)|^[^“]*”|\"[^\"]*(?:\"|$)|‘[^’]{20,}’")
_SCARE = re.compile(r"[‘“\"'](?:[\w-]+ ){0,2}[\w-]+[.,]?[’”\"']")


def of_sentence(piece: Piece, labels: Iterable[str]) -> dict[str, float]:
    """The features of one sentence; `labels` are those of the names and values in it."""
    text = piece.text
    found: dict[str, float] = {}
    for label in labels:
        name = _LABELS.get(label)
        if name is not None:
            found[name] = 1.0
            if label in NAME_LABELS:
                found["names"] = min(found.get("names", 0.0) + 0.25, 1.5)
    own = _QUOTED.sub(" ", text)
    for name, pattern in _PATTERNS.items():
        if pattern.search(own if name in _OWN else text):
            found[name] = 1.0
    found |= _wording(text, own.lower())
    words = [token for token in piece if token.text[:1].isalnum()]
    found["length"] = min(len(words), 40) / 40
    if len(words) < 6:
        found["short"] = 1.0
    if len(words) < 10:
        found["shortish"] = 1.0
    found |= _grammar(piece)
    if any(token.lower_ in CORE for token in piece):
        found["saying"] = 1.0
        if "person" in found or "organisation" in found:
            found["source"] = 1.0
    return found


def _wording(text: str, own: str) -> dict[str, float]:
    """Words that judge, strengthen or argue, in the article's own voice, and words in quotation marks that keep their distance."""
    words = _WORD.findall(own)
    counts = {
        "evaluation": min(sum(word in _EVALUATION for word in words), 3) / 2,
        "intensifier": min(sum(word in _INTENSIFIERS for word in words), 3) / 2,
        "discourse": min(len(_DISCOURSE.findall(own)), 2) / 2,
        "scare": min(len(_SCARE.findall(text)), 2) / 2,
        "feeling": float(_is_feeling(text, own)),
    }
    return {name: count for name, count in counts.items() if count}


def _is_feeling(text: str, own: str) -> bool:
    """Whether a quotation tells what somebody feels or thinks, without a figure: "I thought we would die"."""
    if len(own) > len(text) - 12 or _PATTERNS["figures"].search(text):
        return False
    said = " ".join(_QUOTED.findall(text))
    return any(_PATTERNS[name].search(said) for name in ("opinion", "first_person")) or any(
        word in _EVALUATION for word in _WORD.findall(said.lower())
    )


def _grammar(piece: Piece) -> dict[str, float]:
    """What the tagger and the parser add, where the pipeline has them."""
    found: dict[str, float] = {}
    tags = {token.tag_ for token in piece}
    if tags <= {""}:
        if _PATTERNS["stem_past"].search(piece.text):
            found["past"] = 1.0
        return found
    if tags & {"VBD", "VBN"}:
        found["past"] = 1.0
    if not tags & {"VBD", "VBZ", "VBP", "MD"}:
        found["no_verb"] = 1.0
    if tags & {"JJR", "JJS", "RBR", "RBS"}:
        found["degree"] = 1.0
    deps = {token.dep_ for token in piece}
    if "nsubjpass" in deps:
        found["passive"] = 1.0
    root = next((token for token in piece if token.dep_ == "ROOT"), None)
    if root is not None:
        found[
            "root_"
            + {"VBD": "past", "VBN": "past", "VBZ": "present", "VBP": "present", "VB": "bare"}.get(root.tag_, "other")
        ] = 1.0
        if root.tag_ == "VB" and not any(child.dep_ in {"nsubj", "aux"} for child in root.children):
            found["order"] = 1.0
    nouns = sum(token.tag_ in {"NNP", "NNPS"} for token in piece)
    found["proper_share"] = min(nouns / max(len(piece), 1) * 4, 1.5)
    found["adverbs"] = min(sum(token.tag_ in {"RB", "RBR", "RBS", "UH"} for token in piece) / 4, 1.0)
    found["adjectives"] = min(sum(token.tag_ in {"JJ", "JJR", "JJS"} for token in piece) / 5, 1.0)
    return found


def in_words(features: dict[str, float]) -> tuple[str, ...]:
    """The features that speak for the claim, for the reviewer."""
    return tuple(words for name, words in IN_WORDS.items() if features.get(name))
