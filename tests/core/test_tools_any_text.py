"""Formats of annotation tools on texts made of everything that breaks programs."""

import contextlib
import random
import time

import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.annotation.standoff import fragments_of
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.importers import read_source
from factdesk.exchange.kinds import brat, doccano, label_studio, web_annotation
from factdesk.exchange.readings import AS_IT_IS, BadPart, SourceFile
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Judgement, Reason, Verdict
from factdesk.model.given import Given, GivenArticle, GivenClaim, GivenMention
from factdesk.model.ids import article_id
from factdesk.model.mentions import LABELS
from factdesk.model.spans import Span
from factdesk.ops.articles import add_articles
from factdesk.ops.given import store_given
from factdesk.project import Project
from factdesk.store.articles import article_text
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
        places = {(article, sort): [] for article, sort, *_ in found}
        for article, sort, start, end, _ in found:
            places[article, sort].append(Span(start, end))
        for article, sort, start, end, _ in wanted:
            assert any(place.contains(Span(start, end)) for place in places[article, sort])
    elif name == "brat":  # fragments leave out line ends at the edges
        assert found == {trimmed(project, fact) for fact in wanted}
    else:
        assert found == wanted


def trimmed(project, fact):
    article, sort, start, end, _ = fact
    with project.reader() as reader:
        text = article_text(reader, article)
    first, *_, last = (*fragments_of(text, Span(start, end)),) * 2
    return article, sort, first.start, last.end, text[first.start : last.end]


HOSTILE = [
    b'{"annotations": [{' + b"a" * 70_000,
    b'[{"x": ' + b'"start": 1 "labels" ' * 4_000,
    b'{"annotations"' + b" " * 70_000,
    b'[{"entities": [{' + b'"entities": [' * 5_000,
    b"R1\t" + b":" * 70_000,
    b"T1\tA 0 1" + b";0 1" * 20_000,
    b"[" * 70_000,
    b'{"label": [' * 6_000,
    b'{"target": ' * 6_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=lambda data: data[:16].decode())
def test_hostile_files_are_known_or_refused_at_once(data):
    begun = time.process_time()
    for kind in (brat, doccano, label_studio, web_annotation):
        kind.IMPORTER.sniff(data[: 64 * 1024])
        with contextlib.suppress(ImportRefusedError):
            list(kind.IMPORTER.read(SourceFile("x.json", data), AS_IT_IS))
    assert time.process_time() - begun < 3


HALF = "\\ud83d"
TASK = """[{"annotations": [{"result": [{"id": "?", "from_name": "claims", "to_name": "text", "type": "labels",
    "value": {"start": 0, "end": 1, "text": "a", "labels": ["Claim"]}}]}], "data": {"text": "a ? b", "title": "?"}},
    {"data": {}, "annotations": []}]"""
ODD = [
    ("x.jsonl", f'{{"text": "a {HALF} b", "label": [[0, 1, "{HALF}"], [4, 5, "claim"]], "title": "{HALF}"}}'),
    ("x.json", f'[{{"text": "a {HALF} b", "label": [[0, 1, "{HALF}"]]}}]'),
    ("y.json", TASK.replace("?", HALF)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), ODD, ids=[f"{name} {number}" for number, (name, _) in enumerate(ODD)])
def test_half_characters_do_not_reach_the_project(name, text):
    readings = [each for each in read_source(SourceFile(name, text.encode())) if not isinstance(each, BadPart)]
    assert readings
    for reading in readings:
        assert reading.given
        assert "\ud83d" not in repr((reading.article.text, reading.article.meta, reading.given))
        str((reading.article.text, reading.article.meta, reading.given)).encode()
