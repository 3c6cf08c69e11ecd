"""From a text to suggestions: one article alone, or all articles of a case together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from factdesk.compare.origins import shared_origins
from factdesk.model.analysis import (
    Analysis,
    CaseAnalysis,
    FoundLink,
    FoundMention,
    FoundOrigin,
    FoundSentence,
    ModelInfo,
)
from factdesk.model.mentions import NAME_LABELS
from factdesk.model.spans import Span
from factdesk.nlp.claims import claims_of
from factdesk.nlp.drafts import ArticleDraft, NameUse
from factdesk.nlp.identity import name_entities
from factdesk.nlp.layout import Role
from factdesk.nlp.likeness import Unit
from factdesk.nlp.links import find_links
from factdesk.nlp.pipeline import Pipeline
from factdesk.nlp.reading import read
from factdesk.nlp.sentences import bare
from factdesk.nlp.voting import vote

_NO_CLAIMS = {Role.HEADING, Role.CREDIT, Role.NAVIGATION}


@dataclass(frozen=True, slots=True)
class CaseArticle:
    """One article to be analysed."""

    id: str
    text: str
    title: str = ""
    sentences: tuple[Span, ...] | None = None  # given from outside; None: split by rule
    published: str = ""  # ISO date, "" when not known


def analyse_article(pipeline: Pipeline, article_id: str, text: str, title: str = "", published: str = "") -> Analysis:
    """Everything found in one article on its own."""
    return conclude([read(pipeline, article_id, text, title, published=published)], pipeline.info)[0]


def analyse_case(
    pipeline: Pipeline,
    articles: Sequence[CaseArticle],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> CaseAnalysis:
    """Everything found in articles that belong together: names agree across them, claims are linked, shared text is found."""
    drafts = []
    for n, article in enumerate(articles, 1):
        drafts.append(read(pipeline, article.id, article.text, article.title, article.sentences, article.published))
        progress(n, len(articles))
    analyses = conclude(drafts, pipeline.info)
    return CaseAnalysis(tuple(analyses), tuple(link_claims(drafts, analyses)), tuple(origins_of(drafts)))


def conclude(drafts: Sequence[ArticleDraft], info: ModelInfo) -> list[Analysis]:
    """Suggestions for articles read before; their names vote together."""
    settled = vote(drafts)
    name_entities(settled, drafts)
    return [_analysis(draft, settled[draft.article_id], info) for draft in drafts]


def origins_of(drafts: Sequence[ArticleDraft]) -> list[FoundOrigin]:
    """Which of these articles share their text."""
    return shared_origins([(draft.article_id, draft.text) for draft in drafts])


def link_claims(
    drafts: Sequence[ArticleDraft], analyses: Sequence[Analysis], *, all_sentences: bool = False
) -> list[FoundLink]:
    """Links between claims of these articles, or between all their sentences."""
    return find_links(units_of(drafts, analyses, all_sentences=all_sentences))


def units_of(
    drafts: Sequence[ArticleDraft], analyses: Sequence[Analysis], *, all_sentences: bool = False
) -> list[Unit]:
    """What the links compare: the claims of these articles, or all their sentences."""
    units = []
    for draft, analysis in zip(drafts, analyses, strict=True):
        named = [(m.span, m.entity) for m in analysis.mentions if m.entity]
        claimed = {c.span.start for c in analysis.claims}
        for sentence in draft.sentences:
            span = bare(draft.text, sentence.span)
            if span is None or not (all_sentences or (sentence.repeat_of is None and span.start in claimed)):
                continue
            names = frozenset(name for where, name in named if where.overlaps(span))
            heading = sentence.role in _NO_CLAIMS
            units.append(
                Unit(draft.article_id, span, span.of(draft.text), names, sentence.values, heading, len(draft.sentences))
            )
    return units


def _analysis(draft: ArticleDraft, uses: list[NameUse], info: ModelInfo) -> Analysis:
    mentions = tuple(
        FoundMention(use.span, use.label, use.entity if use.label in NAME_LABELS else None) for use in uses
    )
    sentences = tuple(FoundSentence(s.span, s.score) for s in draft.sentences)
    return Analysis(draft.article_id, info, mentions, sentences, tuple(claims_of(draft, uses)), "en")
