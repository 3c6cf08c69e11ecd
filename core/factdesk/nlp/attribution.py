"""Who says what: source, verb and content of direct, indirect and mixed quotes.

Clauses come from the parser, quotes from their marks; both are then brought together. All spans are spans of the article.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from factdesk.model.spans import Span
from factdesk.nlp.drafts import Attribution
from factdesk.nlp.quotes import quoted
from factdesk.nlp.speech import CORE, SAYING, STANCE

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_LABEL_WORD = r"(?:[A-Z(][\w.'’)-]{0,30}|president|analyst|expert|minister|spokesman|spokeswoman|director|of|the|and)"
_LABEL = re.compile(rf"({_LABEL_WORD}(?: {_LABEL_WORD}){{0,8}}):\s+(?=[“\"‘A-Z])")
_ACCORDING = re.compile(r"\b(?:according to|as reported by|in the words of|in the opinion of)\s+", re.IGNORECASE)
_PASSED_ON = re.compile(r",\s(?:as )?(?:quoted|cited|reported) by [^,.;\n]{2,60},")
_SIGNATURE = re.compile(
    r"[ \u00a0]?[―—–-]+[ \u00a0]?([A-Z][\w.'’-]+(?:[ \u00a0][A-Z][\w.'’-]+){0,3})[ \u00a0]*(?=\n|$)"
)
_STRAY = frozenset(",.;:-–—•▪●■◦‣*")
_MARKS = frozenset("“”\"„«»‘’'")
_LONGEST_SOURCE = 20  # words
_SURE, _SURER = 2, 3  # weights of cues
_LONG_QUOTE = 5  # words; shorter ones are names and scare quotes


@dataclass(slots=True)
class _Clause:
    source: Span | None
    cue: Span
    content: Span
    weight: int = 1  # how sure the cue is


def find(doc: Doc, offset: int, text: str, paragraphs: Sequence[Span]) -> list[Attribution]:
    """The attributions of the paragraphs that this document covers, in text order, contents not overlapping."""
    clauses = list(_clauses(doc, offset)) + list(_according(doc, offset)) if doc.has_annotation("DEP") else []
    found: list[Attribution] = []
    previous: _Clause | None = None
    for paragraph in paragraphs:
        label = _LABEL.match(text, paragraph.start, paragraph.end)
        if label is not None and len(label.group(1)) < 80:
            content = Span(label.end(), paragraph.end)
            found.append(
                _made(
                    text,
                    _Clause(Span(label.start(1), label.end(1)), Span(label.end(1), label.end(1) + 1), content),
                    "direct",
                )
            )
            continue
        own = _without_carriers(text, [c for c in clauses if paragraph.contains(c.cue)])
        own, previous = _with_quotes(text, paragraph, own, previous)
        found += [_made(text, clause, _kind(text, clause.content)) for clause in _best(own)]
    return found


def _without_carriers(text: str, clauses: list[_Clause]) -> list[_Clause]:
    """Without "according to the agency" behind "the minister said": the agency only passes the words on."""
    said = [c for c in clauses if c.weight == _SURE and c.source is not None]
    return [
        c
        for c in clauses
        if c.weight < _SURER
        or not any(c.content.contains(s.cue) and text[s.cue.end : c.cue.start].strip(" ,") == "" for s in said)
    ]


def _made(text: str, clause: _Clause, kind: str) -> Attribution:
    speaker = "" if clause.source is None else re.sub(r"\s+", " ", clause.source.of(text)).strip(" ,“”\"‘’'")
    return Attribution(clause.content, clause.source, clause.cue, speaker, kind)


def _kind(text: str, content: Span) -> str:
    said = content.of(text)
    if said[:1] in "“\"„«‘'" and said[-1:] in "”\"“»’'":
        return "direct"
    return "mixed" if re.search(r"[“\"„«]|(?<!\w)‘", said) else "indirect"


def _span(tokens: Sequence[Token], offset: int) -> Span | None:
    while tokens and (
        tokens[0].is_space or tokens[0].text in {",", ":"} or (tokens[0].lower_ == "that" and tokens[0].dep_ == "mark")
    ):
        tokens = tokens[1:]
    while tokens and (tokens[-1].is_space or tokens[-1].text in _STRAY):
        tokens = tokens[:-1]
    if not tokens:
        return None
    return Span(offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1]))


def _subtree(doc: Doc, head: Token, without: Token | None = None) -> list[Token]:
    """The words of a clause, from its first to its last, up to a word that is not part of it."""
    inside = {t.i for t in head.subtree}
    if without is not None:
        inside -= {t.i for t in without.subtree}
    return list(doc[min(inside) : max(inside) + 1]) if inside else []


def _subject(verb: Token) -> Token | None:
    """Who does the saying; a participle or a second verb takes the subject of the verb it hangs on."""
    for _ in range(4):
        subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            return _antecedent(subject)
        if verb.dep_ in {"relcl", "acl"}:
            return verb.head
        if verb.dep_ not in {"conj", "advcl", "xcomp", "dep", "ccomp", "pcomp", "prep", "parataxis"}:
            return None
        verb = verb.head
    return None


def _antecedent(subject: Token) -> Token:
    if subject.dep_ == "agent":
        return next((child for child in subject.children if child.dep_ == "pobj"), subject)
    if subject.lower_ in {"who", "which", "that"}:
        clause = subject.head
        return clause.head if clause.dep_ == "relcl" else subject
    return subject


def _source_span(doc: Doc, subject: Token, offset: int) -> Span | None:
    """The name with its titles and appositions, but without relative clauses."""
    tokens = list(doc[subject.left_edge.i : subject.right_edge.i + 1])
    for i, token in enumerate(tokens):
        if token.i > subject.i and (token.dep_ in {"relcl", "acl", "advcl"} or token.text in {",", "—", "–", "("}):
            tokens = tokens[:i]
            break
    return _span(tokens, offset) if len(tokens) <= _LONGEST_SOURCE else None


def _clauses(doc: Doc, offset: int) -> Iterator[_Clause]:
    for verb in doc:
        if verb.lower_ not in SAYING or (verb.tag_ and not verb.tag_.startswith("VB")):
            continue
        content = _content(doc, verb)
        if content is None:
            continue
        subject = _subject(verb)
        source = _source_span(doc, subject, offset) if subject is not None else None
        span = _span(content, offset)
        if span is None or (source is not None and source.overlaps(span) and source.start >= span.start):
            continue
        cue = Span(offset + verb.idx, offset + verb.idx + len(verb))
        if span.end <= cue.start and verb.lower_ in CORE:
            span = _around_cue(verb, subject, span, offset)
        yield _Clause(source, cue, span, _SURE if verb.lower_ in CORE else 1)


def _around_cue(verb: Token, subject: Token | None, content: Span, offset: int) -> Span:
    """The whole sentence where the verb of saying only interrupts it: "A, she said, and B"."""
    doc, sentence = verb.doc, verb.sent
    last = max(verb.i, subject.right_edge.i if subject is not None and verb.i < subject.i < verb.i + 12 else verb.i)
    start, end = content.start, content.end
    rest = doc[last + 1 : sentence.end]
    if (
        len(rest) > 4
        and rest[0].text == ","
        and rest[1].lower_ not in {"who", "according"}
        and rest[1].tag_ != "VBG"
        and not (_closes(doc, content, offset) and rest[1].text not in _MARKS)
    ):
        tail = _span(list(rest[1:]), offset)
        end = tail.end if tail is not None else end
    head = doc[
        sentence.start : max(
            sentence.start, next((t.i for t in sentence if t.idx + offset >= content.start), sentence.start)
        )
    ]
    if 0 < len(head) <= 8 and not any(t.dep_ in _SUBJECTS or t.text in _MARKS for t in head):
        first = next((t for t in head if not (t.is_punct or t.is_space or t.dep_ == "cc")), None)
        start = offset + first.idx if first is not None else start
    return Span(start, end)


def _closes(doc: Doc, content: Span, offset: int) -> bool:
    """Whether a quotation ends where the content does."""
    near = doc.text[content.end - offset - 1 : content.end - offset + 2]
    return bool(re.search(r"[”\"»]", near))


def _content(doc: Doc, verb: Token) -> list[Token] | None:
    children = list(verb.children)
    clause = next((c for c in children if c.dep_ == "ccomp"), None)
    if clause is not None:
        return _own_words(clause, [t for t in _subtree(doc, clause) if not (t.i >= verb.i and clause.i < verb.i)])
    if (
        verb.dep_ in {"parataxis", "ccomp", "advcl"}
        and verb.lower_ in CORE
        and any(c.dep_ == "nsubj" for c in children)
        and verb.head is not verb
    ):
        tokens = _subtree(doc, verb.head, without=verb)
        before = [t for t in tokens if t.i < verb.left_edge.i]
        head = list(doc[verb.sent.start : verb.left_edge.i])
        if verb.dep_ == "parataxis" and 0 < len(head) <= 6 and doc[min(verb.i + 1, len(doc) - 1)].text == ",":
            return head  # "The bridge, she said, will be closed"
        return before if len(before) > 3 and verb.dep_ != "advcl" else None
    goal = next((c for c in children if c.dep_ == "xcomp"), None)
    if goal is not None and _subject(verb) is not None:
        return _subtree(doc, goal)
    if verb.lower_ in CORE or any(t.text in {"“", '"', "‘"} for t in verb.subtree):
        thing = next((c for c in children if c.dep_ in {"dobj", "oprd"}), None)
        if thing is not None and thing.i > verb.i and len(list(thing.subtree)) > 2:
            return _subtree(doc, thing)
    return _stance(doc, verb, children)


def _own_words(clause: Token, tokens: list[Token]) -> list[Token]:
    """The words of a clause up to where somebody's next act of saying begins: "he left, and noted that", "arguing that"."""
    for token in clause.children:
        if token.dep_ in {"conj", "advcl"} and token.i > clause.i and token.lower_ in CORE:
            at = token.left_edge.i
            cut = [t for t in tokens if t.i < at]
            while cut and (cut[-1].dep_ == "cc" or cut[-1].text in {",", ";", "—"}):
                cut.pop()
            return cut if len(cut) > 2 else tokens
    return tokens


def _stance(doc: Doc, verb: Token, children: list[Token]) -> list[Token] | None:
    """What somebody demands, attacks or praises: everything behind the verb."""
    if verb.lower_ not in STANCE or _subject(verb) is None:
        return None
    first = next((c for c in children if c.dep_ in {"dobj", "prep"} and c.i > verb.i), None)
    if first is None:
        return None
    tokens = list(doc[first.left_edge.i : verb.right_edge.i + 1])
    ends = {"advcl", "cc", "punct", "npadvmod"}
    stop = next((i for i, t in enumerate(tokens) if t.head.i == verb.i and t.dep_ in ends), len(tokens))
    return tokens[:stop] if stop > 1 else None


def _according(doc: Doc, offset: int) -> Iterator[_Clause]:
    for match in _ACCORDING.finditer(doc.text):
        first = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if first is None or first.end >= len(doc):
            continue
        sentence = first.sent
        stop = next(
            (t.i for t in doc[first.end : sentence.end] if t.text in {",", ";", "—", "("} and not _inside_name(t)),
            sentence.end,
        )
        source = _span(list(doc[first.end : stop]), offset)
        passed_on = _PASSED_ON.match(doc.text, doc[stop - 1].idx + len(doc[stop - 1]))
        if passed_on is not None:
            stop = next((t.i for t in doc[stop + 1 : sentence.end] if t.idx >= passed_on.end() - 1), stop)
        if first.start - sentence.start < 3:
            content = _span(list(doc[min(stop + 1, sentence.end) : sentence.end]), offset)
        else:
            content = _span(list(doc[sentence.start : first.start]), offset)
        if source is not None and content is not None:
            yield _Clause(source, Span(offset + match.start(), offset + match.end()), content, _SURER)


def _inside_name(comma: Token) -> bool:
    return bool(
        comma.i + 2 < len(comma.doc)
        and comma.nbor(1).is_title
        and comma.nbor(2).text in {",", "and"}
        and comma.nbor(1).ent_type_
    )


def _with_quotes(
    text: str, paragraph: Span, clauses: list[_Clause], previous: _Clause | None
) -> tuple[list[_Clause], _Clause | None]:
    """Lets clauses take in the quotes that they touch, and gives quotes without a clause the last source."""
    for quote in quoted(text, paragraph):
        if len(quote.of(text).split()) < _LONG_QUOTE:
            continue
        touching = [c for c in clauses if c.content.overlaps(quote) and not quote.contains(c.cue)]
        if touching:
            chosen = max(touching, key=lambda c: (c.weight, _shared(c.content, quote)))
            if (
                quote.start < chosen.cue.start < chosen.content.start
                or chosen.content.start < chosen.cue.start < quote.start
                or _free(chosen, quote)
            ):
                chosen.content = Span(min(chosen.content.start, quote.start), max(chosen.content.end, quote.end))
            previous = chosen
            continue
        near = _nearest(clauses, quote)
        if near is not None and _quotes_beside(text, near, quote):
            near.content = Span(min(near.content.start, quote.start), max(near.content.end, quote.end))
            previous = near
            continue
        source = near or _signed(text, quote) or previous
        if source is not None:
            clauses.append(_Clause(source.source, source.cue, quote, 3))
    clauses = [
        c
        for c in clauses
        if not any(q.contains(c.cue) for q in quoted(text, paragraph) if len(q.of(text).split()) >= _LONG_QUOTE)
    ]
    named = [c for c in clauses if c.source is not None and c.weight > 1]
    return clauses, named[-1] if named else previous


def _quotes_beside(text: str, clause: _Clause, quote: Span) -> bool:
    """Whether the clause already holds a quotation that this one goes on with, after the verb of saying."""
    said = clause.content.of(text)
    gap = max(quote.start - clause.content.end, clause.content.start - quote.end)
    return gap < 160 and (
        said[:1] in _MARKS
        or said[-1:] in _MARKS
        or text[clause.content.end : clause.content.end + 2].strip()[:1] in _MARKS
    )


def _signed(text: str, quote: Span) -> _Clause | None:
    """A name behind a dash after the quotation, as letters and comments have it."""
    match = _SIGNATURE.match(text, quote.end)
    if match is None:
        return None
    return _Clause(Span(match.start(1), match.end(1)), Span(match.start(1) - 1, match.start(1)), quote, 3)


def _free(clause: _Clause, quote: Span) -> bool:
    together = Span(min(clause.content.start, quote.start), max(clause.content.end, quote.end))
    return not together.contains(clause.cue)


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _nearest(clauses: Iterable[_Clause], quote: Span) -> _Clause | None:
    """A clause beside the quote in its paragraph: the verb stands right before or after it."""
    best, best_gap = None, 120
    for clause in clauses:
        gap = quote.start - clause.cue.end if clause.cue.end <= quote.start else clause.cue.start - quote.end
        if 0 <= gap < best_gap and clause.weight > 1:
            best, best_gap = clause, gap
    return best


def _best(clauses: list[_Clause]) -> list[_Clause]:
    """Contents that do not overlap: surer cues and longer contents first."""
    kept: list[_Clause] = []
    for clause in sorted(clauses, key=lambda c: (-c.weight, -len(c.content), c.cue.start)):
        if not any(clause.content.overlaps(other.content) for other in kept):
            kept.append(clause)
    return sorted(kept, key=lambda c: c.content.start)
