"""Makers of values for tests: small invented articles, and a project that holds them with suggestions."""

import tempfile
from pathlib import Path

from factdesk.model.analysis import Analysis, FoundClaim, FoundLink, FoundMention, FoundSentence, ModelInfo
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import ClaimKind, Relation
from factdesk.model.spans import Span
from factdesk.ops.articles import add_article
from factdesk.ops.suggestions import store_analysis, store_links
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.store.claims import claims_of_article

MODEL = ModelInfo("test_model", "1.0", "3.8", "0.1.0")

BRIDGE = "The bridge at Ostrava fell on Monday. Mayor Jana Nová said 12 people were hurt. 🌊 The river kept rising."
BRIDGE_AGAIN = "Ostrava’s old bridge collapsed late on Sunday. Officials counted 15 injured. Nova resigned."
REPORT = "A storm passed over Silesia. No bridge was damaged, the ministry wrote. Damage: unknown."


def new_article(text, *, title="", publisher="", name="", encoding="utf-8"):
    """An article ready to be stored."""
    return NewArticle(
        text=text,
        meta=ArticleMeta(title=title, publisher=publisher),
        source=ArticleSource(text.encode(encoding), name=name, encoding=encoding),
    )


def sentence_spans(text):
    """Spans of the sentences of a simple text."""
    spans, start = [], 0
    for piece in text.split(". "):
        end = min(start + len(piece) + 1, len(text))
        spans.append(Span(start, end))
        start += len(piece) + 2
    return spans


def found_claim(span, *, score=0.5, kind=ClaimKind.EVENT, **more):
    """A proposed claim."""
    return FoundClaim(span, score, kind, **more)


def analysis_of(article_id, text, *, words=(), scores=(), model=MODEL):
    """Each sentence as a claim, and (word, label, entity) triples as mentions wherever the word stands."""
    spans = sentence_spans(text)
    scores = list(scores) or [0.9 - n / 10 for n in range(len(spans))]
    mentions = []
    for word, label, entity in words:
        start = text.find(word)
        while start >= 0:
            mentions.append(FoundMention(Span(start, start + len(word)), label, entity))
            start = text.find(word, start + len(word))
    return Analysis(
        article_id=article_id,
        model=model,
        mentions=tuple(mentions),
        sentences=tuple(FoundSentence(span, score) for span, score in zip(spans, scores, strict=False)),
        claims=tuple(found_claim(span, score=score) for span, score in zip(spans, scores, strict=False)),
        language="en",
    )


_made = {}  # the project that Bench.copy copies


class Bench:
    """A project in a temporary folder with three analysed articles and one suggested conflict between two of them."""

    def __init__(self, path, *, reviewer="Ada"):
        self.path = path
        self.project = Project.create(path, reviewer=reviewer, case_name="The bridge")
        self.reader = self.project.reader()
        self.case = list_cases(self.reader)[0].id
        self.texts = {}
        self.bridge = self.add(BRIDGE, "The Daily", [("Ostrava", "GPE", "Ostrava"), ("Jana Nová", "PERSON", "Nová")])
        self.again = self.add(BRIDGE_AGAIN, "Evening", [("Ostrava", "GPE", "Ostrava"), ("Nova", "PERSON", "Nova")])
        self.report = self.add(REPORT, "Report", [("Silesia", "LOC", "Silesia")])
        self.run(store_links, self.case, [self.link()])

    @classmethod
    def copy(cls, path):
        """The same project in another file: made once by each process, because hundreds of tests begin with it.

        All copies have the same ids; for two projects that know nothing of each other make one anew.
        """
        if not _made:
            with tempfile.TemporaryDirectory() as folder:
                first = cls(Path(folder) / "made.factdesk")
                first.close()
                _made["file"] = first.path.read_bytes()
            _made["bench"] = {name: getattr(first, name) for name in ("case", "bridge", "again", "report")}
            _made["texts"] = first.texts
        path.write_bytes(_made["file"])
        bench = cls.__new__(cls)
        vars(bench).update(_made["bench"], path=path, texts=dict(_made["texts"]))
        bench.project = Project.open(path, reviewer="Ada")
        bench.reader = bench.project.reader()
        return bench

    def add(self, text, publisher, words=()):
        """Import and analyse one article."""
        article = self.run(add_article, self.case, new_article(text, publisher=publisher)).created
        self.texts[article] = text
        self.run(store_analysis, analysis_of(article, text, words=words))
        return article

    def link(self, relation=Relation.CONFLICTS):
        """The second sentences of both bridge articles differ in their number."""
        spans = [sentence_spans(text)[1] for text in (BRIDGE, BRIDGE_AGAIN)]
        return FoundLink(self.bridge, spans[0], self.again, spans[1], relation, 0.8, "12 / 15")

    def claims(self, article=None, *, include_refused=True):
        """Claims of an article in text order."""
        return claims_of_article(self.reader, article or self.bridge, include_refused)

    def run(self, op, *args, **kw):
        """Do one operation."""
        return self.project.run(op, *args, **kw)

    def reopen(self, *, reviewer=""):
        """Close the project and open it again."""
        self.close()
        self.project = Project.open(self.path, reviewer=reviewer)
        self.reader = self.project.reader()

    def close(self):
        """Close everything."""
        self.reader.close()
        self.project.close()
