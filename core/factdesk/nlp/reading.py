"""Reading one article with a pipeline: paragraphs, sentences, names with the evidence around them, attributions, vectors."""

import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from spacy.tokens import Doc
from spacy.tokens import Span as Piece

from factdesk.model.mentions import NAME_LABELS
from factdesk.model.spans import Span
from factdesk.nlp import attribution, components, features
from factdesk.nlp.checkworthy import score
from factdesk.nlp.cues import add_listed_places, cues_for
from factdesk.nlp.drafts import ArticleDraft, Attribution, NameUse, SentenceDraft
from factdesk.nlp.entities import sure_label
from factdesk.nlp.layout import CREDIT, Paragraph, Role, paragraphs, plain
from factdesk.nlp.pipeline import LONGEST_CHUNK, Pipeline
from factdesk.nlp.sentences import split
from factdesk.nlp.values import values_of
from factdesk.nlp.wording import STOP

_DEFINED = re.compile(
    r"((?:[A-Z][\w'’.&-]*|of|the|for|and|de|in|on)(?:[ \u00a0](?:[A-Z][\w'’.&-]*|of|the|for|and|de|in|on)){1,9}) \(([A-Z][A-Za-z&.-]{1,9})\)"
)
_CREDITED = re.compile(r"([A-Z][^\W\d_]+(?:[ \u00a0][A-Z][\w.'’-]+){1,3})\s*/\s*([A-Z][\w ]{1,30}\w)")
_PREFERRED_CHUNK = 12_000


@dataclass(slots=True)
class _Chunk:
    """A stretch of whole paragraphs that goes through the pipeline at once."""

    start: int
    end: int
    paragraphs: list[int]


def read(
    pipeline: Pipeline,
    article_id: str,
    text: str,
    title: str = "",
    sentences: Sequence[Span] | None = None,
    published: str = "",
) -> ArticleDraft:
    """One article as plain data. `sentences` replaces the own split where they are given."""
    layout = paragraphs(text, title)
    spans = list(sentences) if sentences is not None else [s for p in layout for s in split(text, p.span)]
    draft = ArticleDraft(article_id, text, [], [], _definitions(text), published)
    chunks = list(_chunks(text, layout))
    docs = (_document(pipeline, text, chunk, spans) for chunk in chunks)
    for chunk, doc in zip(chunks, pipeline.nlp.pipe(docs, batch_size=8), strict=True):
        uses = list(_names(doc, chunk.start))
        draft.uses += uses
        said = attribution.find(doc, chunk.start, text, [layout[i].span for i in chunk.paragraphs])
        for sentence, piece in _sentences(doc, chunk, spans, layout, uses, said):
            if pipeline.known_vectors:
                sentence.vector = _vector(piece)
            draft.sentences.append(sentence)
    spans_read = [sentence.span for sentence in draft.sentences]
    for sentence, stated in zip(draft.sentences, values_of(text, spans_read, published), strict=True):
        sentence.values = stated
    _leave_out_navigation(draft, layout)
    _credits(draft, layout)
    _mark_repeats(draft)
    _mark_assessments(draft)
    for sentence in draft.sentences:
        sentence.score = score(sentence)
    return draft


def _chunks(text: str, layout: list[Paragraph]) -> Iterator[_Chunk]:
    """Groups of paragraphs; a paragraph too long for any pipeline is cut at a space."""
    group: list[int] = []
    for i, paragraph in enumerate(layout):
        start = layout[group[0]].span.start if group else paragraph.span.start
        if group and paragraph.span.end - start > _PREFERRED_CHUNK:
            yield _Chunk(start, layout[group[-1]].span.end, group)
            group = []
        if len(paragraph.span) <= LONGEST_CHUNK:
            group.append(i)
            continue
        at = paragraph.span.start
        while at < paragraph.span.end:
            end = min(at + LONGEST_CHUNK, paragraph.span.end)
            space = text.rfind(" ", at + 1, end) if end < paragraph.span.end else end
            end = space if space > at else end
            yield _Chunk(at, end, [i] if at == paragraph.span.start else [])
            at = end
    if group:
        yield _Chunk(layout[group[0]].span.start, layout[group[-1]].span.end, group)


def _document(pipeline: Pipeline, text: str, chunk: _Chunk, spans: Sequence[Span]) -> Doc:
    doc = pipeline.nlp.make_doc(text[chunk.start : chunk.end])
    doc.user_data[components.GIVEN] = [
        (s.start - chunk.start, s.end - chunk.start) for s in spans if chunk.start <= s.start < chunk.end
    ]
    return doc


def _names(doc: Doc, offset: int) -> Iterator[NameUse]:
    found = []
    for piece in doc.ents:
        span = Span(offset + piece.start_char, offset + piece.end_char)
        use = NameUse(span, piece.text, piece.label_)
        if piece.label_ in NAME_LABELS:
            use.sure = sure_label(piece.text) == piece.label_
            use.cues = cues_for(doc, piece)
        found.append((piece, use))
    for (left, a), (right, b) in pairwise(found):
        between = doc[left.end : right.start].text.strip() if right.start >= left.end else "?"
        if between in {"and", ",", "or", ", and", "&"} and a.label in NAME_LABELS and b.label in NAME_LABELS:
            for one, other in ((a, b), (b, a)):
                one.cues[other.label] = one.cues.get(other.label, 0.0) + (
                    0.8 if other.sure or other.cues.get(other.label) else 0.4
                )
        if between == "," and b.label == "GPE" and (b.sure or b.cues.get("GPE", 0.0) > 1):
            a.cues["GPE"] = a.cues.get("GPE", 0.0) + 0.6
    uses = [use for _, use in found]
    add_listed_places(doc.text, uses, offset)
    yield from uses


def _definitions(text: str) -> dict[str, str]:
    """Short forms that the article explains: World Health Organization (WHO)."""
    found = {}
    for match in _DEFINED.finditer(text):
        words = match.group(1).split()
        short = match.group(2)
        letters = [c for c in short if c.isupper()]
        for first in range(len(words) - 1):
            initials = [w[0] for w in words[first:] if w[0].isupper()]
            if words[first][0].isupper() and [c.upper() for c in initials] == letters:
                found[short] = " ".join(words[first:])
                break
    return found


def _leave_out_navigation(draft: ArticleDraft, layout: list[Paragraph]) -> None:
    """Buttons and menus name nothing."""
    menus = [paragraph.span for paragraph in layout if paragraph.role is Role.NAVIGATION]
    starts = [span.start for span in menus]
    draft.uses = [
        use
        for use in draft.uses
        if not (at := bisect_right(starts, use.span.start)) or menus[at - 1].end <= use.span.start
    ]


def _credits(draft: ArticleDraft, layout: list[Paragraph]) -> None:
    """Photographer and agency in a credit line."""
    for paragraph in layout:
        if paragraph.role is not Role.CREDIT or not CREDIT.fullmatch(paragraph.span.of(draft.text)):
            continue
        match = _CREDITED.search(draft.text, paragraph.span.start, paragraph.span.end)
        if match is None:
            continue
        for group, label in ((1, "PERSON"), (2, "ORG")):
            span = Span(match.start(group), match.end(group))
            draft.uses = [use for use in draft.uses if not use.span.overlaps(span)]
            draft.uses.append(NameUse(span, match.group(group), label, {label: 3.0}))
    draft.uses.sort(key=lambda use: use.span)


def _sentences(
    doc: Doc,
    chunk: _Chunk,
    spans: Sequence[Span],
    layout: list[Paragraph],
    uses: list[NameUse],
    said: list[Attribution],
) -> Iterator[tuple[SentenceDraft, Piece]]:
    first = 0
    starts = [p.span.start for p in layout]
    for span in spans:
        if not chunk.start <= span.start < chunk.end:
            continue
        end = min(span.end, chunk.end)
        piece = doc.char_span(span.start - chunk.start, end - chunk.start, alignment_mode="expand")
        if piece is None:
            continue
        at = bisect_right(starts, span.start) - 1
        paragraph = layout[at] if at >= 0 and span.start < layout[at].span.end else None
        own = tuple(
            a
            for a in said
            if span.start <= a.content.start < span.end
            or (a.cue is not None and span.contains(a.cue) and a.content.overlaps(span))
        )
        while first < len(uses) and uses[first].span.end <= span.start:
            first += 1
        labels = _labels(uses, first, span)
        found = features.of_sentence(piece, labels)
        if own:
            found["attributed"] = 1.0
        role = paragraph.role if paragraph is not None else Role.BODY
        going_on = next((a for a in said if a.content.overlaps(span)), None) if not own else None
        yield SentenceDraft(span, role, found, attributions=own, continued=going_on), piece


def _labels(uses: list[NameUse], first: int, span: Span) -> list[str]:
    found = []
    for use in islice(uses, first, None):
        if use.span.start >= span.end:
            break
        found.append(use.label)
    return found


def _vector(piece: Piece) -> Sequence[float]:
    """The mean of the content words' vectors, of length one."""
    rows = [token.vector for token in piece if token.has_vector and token.lower_ not in STOP and token.is_alpha]
    if not rows:
        return ()
    mean = sum(rows[1:], rows[0]) / len(rows)
    length = math.sqrt(float((mean * mean).sum()))
    return array("f", mean / length) if length else ()


def _mark_repeats(draft: ArticleDraft) -> None:
    """Sentences that stand twice, or whose first copy was cut short."""
    first: dict[str, int] = {}
    starts: dict[str, int] = {}
    for i, sentence in enumerate(draft.sentences):
        said = plain(sentence.span.of(draft.text))
        if len(said) < 25:
            continue
        earlier = first.get(said)
        if earlier is None and len(said) >= 60:
            earlier = starts.get(said[:60])
            if earlier is not None:
                other = plain(draft.sentences[earlier].span.of(draft.text))
                if not (said.startswith(other) or other.startswith(said)):
                    earlier = None
        if earlier is not None and draft.sentences[earlier].role not in {Role.CREDIT, Role.NAVIGATION}:
            sentence.repeat_of = earlier
        else:
            first[said] = i
            starts.setdefault(said[:60], i)


_EXPERT = re.compile(
    r"\b(?:analysts?|experts?|commentators?|observers?|strategists?|pundits?|professors?|columnists?|fellow|think[- ]tank)\b",
    re.IGNORECASE,
)
_CHECKABLE = ("number", "figures", "quantity", "percent", "money")


def _mark_assessments(draft: ArticleDraft) -> None:
    """What an expert thinks of it all, without a figure or a date, is a judgement rather than a fact to check."""
    experts = {
        use.text.split()[-1]
        for use in draft.uses
        if use.label == "PERSON" and _EXPERT.search(_near(draft.text, use.span))
    }
    for sentence in draft.sentences:
        text = sentence.span.of(draft.text)
        if "speculat" in text:
            sentence.features["speculation"] = 1.0
        named = any(re.search(rf"\b{re.escape(name)}\b", text) for name in experts)
        by_expert = named or any(
            _EXPERT.search(a.speaker) and not re.search(r"\band\b|,", a.speaker) for a in sentence.attributions
        )
        spoken = sentence.attributions or ":" in text[:60] or re.search(r"\bview\b", text)
        if by_expert and spoken and not any(sentence.features.get(name) for name in _CHECKABLE):
            sentence.features["assessment"] = 1.0


def _near(text: str, span: Span, reach: int = 60) -> str:
    """What stands on the same line close to the span."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - reach)
    end = text.find("\n", span.end)
    return text[start : min(len(text) if end < 0 else end, span.end + reach)]
