"""spaCy's DocBin: every article as a Doc with its text, sentences, mentions and claims; one `.spacy` file.

`doc.ents` are the mentions, without those that overlap longer ones; `doc.spans["mentions"]` are all of them and
`doc.spans["claims"]` all claims, labelled with their verdict. What a span cannot hold itself lies in
`doc.user_data["factdesk"]`, by the span's `id_`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.exchange.annotation.mark_facts import Facts, article_facts, claim_facts, claim_label, mention_facts
from factdesk.exchange.annotation.tokens import Tokenised, tokenised
from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import (
    ALL_FEATURES,
    Checked,
    ExportFormat,
    Feature,
    FormatOption,
    Group,
    Written,
)
from factdesk.exchange.progress import Steps
from factdesk.model.spans import Span
from factdesk.ops.wording import counted

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

KEY = "factdesk"
"""Where our own data lies in `doc.user_data`."""

VERSION = 1
WIDEN, CUT = "widen", "cut"


def write_docbin(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write all articles into one file."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    packed, vocab = DocBin(store_user_data=True), Vocab()
    count = Counts()
    for document in dataset.documents():
        packed.add(_doc(vocab, dataset, document, count))
        steps.step()
    packed.to_disk(out)
    return Written(count.claims, "claims", count.notes())


class Counts:
    """What was written and what had to be changed."""

    def __init__(self) -> None:
        self.claims = self.widened = self.cut = self.beside = self.blank = 0

    def notes(self) -> tuple[str, ...]:
        """The changes, as sentences."""
        notes = {
            f"Widened to whole tokens, with their own places in user_data: {counted(range(self.widened), 'mark')}.":
                self.widened,
            f"Cut where a mark begins or ends: {counted(range(self.cut), 'token')}.": self.cut,
            f'In doc.spans["mentions"] only, because they overlap longer ones: {counted(range(self.beside), "mention")}.':
                self.beside,
            f"Left out, because they hold only spaces: {counted(range(self.blank), 'mark')}.": self.blank,
        }  # fmt: skip
        return tuple(note for note, number in notes.items() if number)


def _doc(vocab: "Vocab", dataset: Dataset, document: Document, count: Counts) -> "Doc":
    from spacy.tokens import Doc

    found = tokenised(document, cut_at_marks=dataset.choice("tokens") == CUT)
    words, spaces, places = _with_spaces(document.text, found)
    starts: list[bool | int | None] = [False] * len(words)
    for first in found.firsts:
        starts[places[first]] = True
    starts[:1] = [True] * bool(words)
    if found.firsts and places[0]:
        starts[places[0]] = False  # what stands before it is only space
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    facts = {
        "mentions": [(each.label, mention_facts(dataset, each)) for each in document.mentions],
        "claims": [(claim_label(each.claim), claim_facts(each)) for each in document.claims],
    }
    for group, labelled in facts.items():
        doc.spans[group] = list(_spans(doc, labelled, found, places))
        count.blank += len(labelled) - len(doc.spans[group])
    longest = sorted(doc.spans["mentions"], key=lambda span: (span.start - span.end, span.start))
    taken: set[int] = set()
    entities = []
    for span in longest:
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            entities.append(span)
    doc.set_ents(entities)
    count.beside += len(longest) - len(doc.ents)
    count.claims += len(doc.spans["claims"])
    count.cut += found.cut
    count.widened += sum(not found.fits(span) for span in _marks(document) if found.covering(span))
    doc.user_data[KEY] = {
        "version": VERSION,
        "article": article_facts(document),
        **{group: {fact["id"]: fact for _, fact in labelled} for group, labelled in facts.items()},
    }
    return doc


def _spans(doc: "Doc", labelled: Sequence[tuple[str, Facts]], found: Tokenised, places: Sequence[int]) -> Iterator[Any]:
    from spacy.tokens import Span as SpacySpan

    for label, fact in labelled:
        numbers = found.covering(Span(fact["start"], fact["end"]))
        if numbers:
            ends = places[numbers[0]], places[numbers[-1]] + 1
            yield SpacySpan(doc, *ends, label=label, kb_id=fact.get("entity", ""), span_id=fact["id"])


def _with_spaces(text: str, found: Tokenised) -> tuple[list[str], list[bool], list[int]]:
    """Words for a Doc that gives the text back exactly, whether a blank follows each, and where our tokens are in them."""
    words: list[str] = []
    spaces: list[bool] = []
    places: list[int] = []
    at = 0
    for token in (*found.tokens, None):
        gap = text[at : token.start if token else len(text)]
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        if token:
            places.append(len(words))
            words.append(token.of(text))
            spaces.append(False)
            at = token.end
    return words, spaces, places


# -- check ----------------------------------------------------------------------------------------------------------


def check_docbin(dataset: Dataset, out: Path) -> Checked:
    """Load it with spaCy: texts, and place and quote of every span."""
    from spacy.about import __version__ as version
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    docs = list(DocBin().from_disk(out).get_docs(Vocab()))
    problems: list[str] = []
    spans = 0
    documents = list(dataset.documents())
    if len(docs) != len(documents):
        problems.append(f"it holds {len(docs)} of {len(documents)} articles")
    for doc, document in zip(docs, documents, strict=False):
        spans += len(doc.spans["claims"]) + len(doc.spans["mentions"])
        problems += [f"{document.article.label}: {problem}" for problem in _problems(dataset, doc, document)]
    how = (
        f"Loaded with spaCy {version}: {len(docs):,} documents have their texts, "
        f"and {spans:,} spans their places, quotes and data."
    )
    return Checked(how, tuple(problems))


def _problems(dataset: Dataset, doc: "Doc", document: Document) -> Iterator[str]:
    if doc.text != document.text:
        yield "the text is another one"
        return
    facts = doc.user_data[KEY]
    if facts["article"] != _frozen(article_facts(document)):
        yield "what is known of the article is not the same"
    wanted = {
        "mentions": {each.id: (each.label, mention_facts(dataset, each)) for each in document.mentions},
        "claims": {each.claim.id: (claim_label(each.claim), claim_facts(each)) for each in document.claims},
    }
    for group, expected in wanted.items():
        solid = [id_ for id_, (_, fact) in expected.items() if fact["quote"].strip()]
        if [span.id_ for span in doc.spans[group]] != solid:
            yield f"not all {group} are there"
            continue
        for span in doc.spans[group]:
            label, fact = expected[span.id_]
            if span.label_ != label or facts[group][span.id_] != _frozen(fact):
                yield f"{group[:-1]} {span.id_} has other data"
            if not _is_at(doc, span, fact, document.text):
                yield f"{group[:-1]} {span.id_} is not at its place"
    if not {span.id_ for span in doc.ents} <= set(wanted["mentions"]):
        yield "an entity is no mention"


def _is_at(doc: "Doc", span: Any, fact: Facts, text: str) -> bool:
    """Whether a loaded span is its mark, or the whole tokens that the mark lies in."""
    own = Span(fact["start"], fact["end"])
    if own.of(text) != fact["quote"]:
        return False
    solid = [own.start + n for n, character in enumerate(fact["quote"]) if not character.isspace()]
    return bool(
        (span.start_char, span.end_char) == (own.start, own.end)
        or (doc[span.start].idx <= solid[0] < doc[span.start].idx + len(doc[span.start])
            and doc[span.end - 1].idx <= solid[-1] < span.end_char)
    )  # fmt: skip


def _marks(document: Document) -> list[Span]:
    return [*(each.span for each in document.mentions), *(each.claim.span for each in document.claims)]


def _frozen(value: Any) -> Any:
    """Lists as spaCy gives them back: as tuples."""
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


EXPORT = ExportFormat(
    name="docbin",
    title="spaCy DocBin",
    suffix=".spacy",
    group=Group.TOOL,
    description="Articles with mentions and claims for spaCy and Prodigy: doc.ents, doc.spans and doc.user_data.",
    unit="code points",
    holds=ALL_FEATURES
    - {Feature.ORIGINALS, Feature.SENTENCES, Feature.REFUSED, Feature.HISTORY, Feature.CONFLICTS, Feature.ABSENCES,
       Feature.PASSAGES, Feature.SOURCES, Feature.FILES, Feature.VERSIONS},
    write=write_docbin,
    check=check_docbin,
    options=(
        FormatOption(
            "tokens",
            "A mark that begins or ends inside a token",
            ((WIDEN, "takes in the whole token; its own place is kept beside it"), (CUT, "cuts the token there")),
            "Whole tokens are what spaCy's own tokenizer gives, which is best for training.",
        ),
    ),
    readme={
        "loading": 'list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))',
        "user_data": 'doc.user_data["factdesk"]["claims"][span.id_] has all that is known of a claim.',
    },
)  # fmt: skip
