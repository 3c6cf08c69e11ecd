"""Formats of annotation tools on texts made of everything that breaks programs."""

import random

import pytest

from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Judgement, Reason, Verdict
from factdesk.model.given import Given, GivenArticle, GivenClaim, GivenMention
from factdesk.model.ids import article_id
from factdesk.model.mentions import LABELS
from factdesk.model.spans import Span
from factdesk.ops.articles import add_articles
from factdesk.ops.given import store_given
from factdesk.project import Project
from factdesk.store.cases import list_cases
from factdesk.text.normalise import normalise
from nasty_case import all_spans
from round_trips import brought_back
from unicode_texts import PIECES

ARTICLES, MARKS = 25, 8


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Many odd texts, each with overlapping claims and mentions anywhere in it."""
    chance = random.Random(20310503)
    project = Project.create(tmp_path_factory.mktemp("odd") / "odd.factdesk", reviewer="Ada", case_name="Odd")
    with project.reader() as reader:
        case = list_cases(reader)[0].id
    news, items = [], []
    for number in range(ARTICLES):
        text = normalise("".join(chance.choices(PIECES, k=60)) + f" end {number}.")
        news.append(NewArticle(text, ArticleMeta(title=chance.choice(PIECES)), ArticleSource(text.encode())))
        items.append(GivenArticle(article_id(text), marks(chance, text), "made"))
    project.run(add_articles, case, news)
    project.run(store_given, case, items)
    yield project
    project.close()


def marks(chance, text):
    claims, mentions = [], []
    while len(claims) + len(mentions) < MARKS:
        start = chance.randrange(len(text))
        span = Span(start, chance.randint(start + 1, min(len(text), start + 40)))
        if not span.of(text).strip():
            continue
        if chance.random() < 0.5:
            note = "".join(chance.choices(PIECES, k=4))
            claims.append(GivenClaim(span, judgement=Judgement(Verdict.DISPUTED, Reason.MISSING_CONTEXT, note)))
        else:
            mentions.append(GivenMention(span, chance.choice(list(LABELS))))
    return Given(tuple(claims), tuple(mentions))


@pytest.mark.parametrize(
    ("name", "choices"),
    [("label-studio", {}), ("label-studio", {"task": "case"}), ("labelbuddy", {}), ("brat", {}), ("web-annotation", {}),
     ("doccano", {}), ("doccano", {"unit": "grapheme"}), ("doccano", {"project": "relations"})],
)  # fmt: skip
def test_any_text_is_exported_so_that_it_loads_and_comes_back(project, tmp_path, name, choices):
    out = tmp_path / "out"
    made = export_project(project, name, out, ExportOptions(choices=choices))
    assert made.checked.problems == ()
    if name == "labelbuddy":
        return
    back = brought_back(tmp_path, out)
    found, wanted = all_spans(back), all_spans(project)
    back.close()
    if choices.get("unit") == "grapheme":  # spans that cut a visible character were widened
        assert len(found) >= len(wanted) - sum("widened" in note for note in made.written.notes) * len(wanted)
        assert {fact[0] for fact in found} == {fact[0] for fact in wanted}
    elif name == "brat":  # fragments leave out line ends at the edges
        trimmed = {(*fact[:2], fact[4].strip("\n\x0b\x0c\x85 \t")) for fact in found}
        assert len(trimmed & {(*fact[:2], fact[4].strip("\n\x0b\x0c\x85 \t")) for fact in wanted}) > 0.95 * len(trimmed)
    else:
        assert found == wanted
