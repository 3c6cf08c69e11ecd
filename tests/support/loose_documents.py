"""Documents and a dataset without a project, so that properties of formats can be tried on very many texts."""

import hashlib

from hypothesis import strategies as st

from factdesk.exchange.dataset import Document, ExportClaim, ExportOptions, NamedThing
from factdesk.model.articles import Article, ArticleMeta
from factdesk.model.claims import Claim, ClaimKind, Judgement, Reason, Status, Verdict
from factdesk.model.mentions import Mention
from factdesk.model.spans import Span
from factdesk.text.normalise import normalise
from unicode_texts import texts


def article_of(text, *, id_="a1", language="en", title=""):
    """An article without a project."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    meta = ArticleMeta(title=title, language=language)
    return Article(id_, meta, len(text), digest, digest, 0, "utf-8", "", "text/plain", "", "2031-01-01T00:00:00Z")


def document_of(text, mentions=(), claims=(), *, sentences=(), language="en", id_="a1", note="", title=""):
    """A document with a mention or a disputed claim at each of these spans."""
    return Document(
        article=article_of(text, id_=id_, language=language, title=title),
        text=text,
        cases=("A case",),
        sentences=tuple(sentences),
        mentions=tuple(
            Mention(f"{id_}m{n}", id_, span, span.of(text), "ORG", "e1", Status.ACCEPTED, "Ada")
            for n, span in enumerate(mentions)
        ),
        claims=tuple(ExportClaim(_claim(f"{id_}c{n}", id_, span, text, note)) for n, span in enumerate(claims)),
        refused=(),
    )


def _claim(id_, article, span, text, note):
    return Claim(
        id=id_, article_id=article, span=span, quote=span.of(text), kind=ClaimKind.EVENT, score=None, claimant="",
        normalised="", features=(), status=Status.ACCEPTED, made_by="Ada", repeat_of=None,
        judgement=Judgement(Verdict.DISPUTED, Reason.SOURCES_CONFLICT, note, 50), decided_by="Ada",
        decided_at="2031-01-02T00:00:00Z",
    )  # fmt: skip


class LooseDataset:
    """What a format asks of a dataset, without a project."""

    def __init__(self, documents, chosen, **choices):
        self._documents = documents
        self._choices = {option.name: option.choices[0][0] for option in chosen.options} | choices
        self.options = ExportOptions()
        self.entities = {"e1": NamedThing("e1", "An | entity", "ORG")}

    @property
    def articles(self):
        """The articles."""
        return tuple(document.article for document in self._documents)

    def documents(self):
        """The documents."""
        return iter(self._documents)

    def choice(self, name):
        """A choice."""
        return self._choices[name]


@st.composite
def documents(draw, *, least=1):
    """A document with odd text and any marks."""
    text = normalise(draw(texts.filter(str.strip)))
    if not text.strip():
        text = "x"
    ends = st.integers(0, len(text))
    spans = [
        Span(min(a, b), max(a, b))
        for a, b in draw(st.lists(st.tuples(ends, ends), min_size=least, max_size=8))
        if a != b
    ]
    third = len(spans) // 3
    language = draw(st.sampled_from(["en", "ja", "ar", ""]))
    note = draw(texts)
    # the store knows no two marks of one kind at one place
    mentions, claims = (list(dict.fromkeys(each)) for each in (spans[:third], spans[third : 2 * third + 2]))
    return document_of(text, mentions, claims, sentences=spans[2 * third + 2 :], language=language, note=note)
