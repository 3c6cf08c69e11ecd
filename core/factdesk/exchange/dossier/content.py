"""A dossier put together: everything that a reader needs who never saw the program, as values."""

from collections.abc import Iterator

from factdesk import __version__
from factdesk.clock import utc_now
from factdesk.exchange.dataset import Dataset, Whose
from factdesk.exchange.dossier.entries import EntryMaker
from factdesk.exchange.dossier.findings import counts_of, findings_of, open_points_of, summary_of
from factdesk.exchange.dossier.rows import CaseRows, Chosen, SourceRef, tables_of
from factdesk.exchange.dossier.values import Dossier, Entry, Pair, Part, Source
from factdesk.exchange.dossier.words import GLOSSARY, METHOD, listed, moment, one_line, published, several
from factdesk.exchange.export_format import ALL_FEATURES, Feature, FormatOption
from factdesk.exchange.progress import Steps
from factdesk.store.fingerprint import fingerprint
from factdesk.store.gate import load_gate
from factdesk.store.readings import readings_of

OPTIONS = (
    FormatOption(
        "claims",
        "Claims",
        (("all", "all of them"), ("decided", "only those with a verdict")),
        "Claims without a verdict are marked as such.",
    ),
    FormatOption(
        "quotes",
        "Passages",
        (("whole", "whole"), ("short", "their beginning only")),
        "Long quotations may need the publisher’s permission.",
    ),
    FormatOption(
        "order",
        "Order of the claims",
        (("dispute", "conflicts and disputed ones first"), ("text", "as in the text")),
    ),
)
"""The choices that all dossiers have."""

HOLDS = ALL_FEATURES - {
    *(Feature.TEXTS, Feature.ORIGINALS, Feature.SENTENCES, Feature.MENTIONS, Feature.ENTITIES, Feature.REFUSED),
    *(Feature.HISTORY, Feature.FILES, Feature.VERSIONS),
}
"""What a dossier holds of a project."""

README = {
    "report": "A dossier is for reading. Its passages are quotations; whole texts, files and the whole history stay in the project."
}


def build(dataset: Dataset, steps: Steps, parts_of_writing: int = 1) -> Dossier:
    """All that a dossier says; `parts_of_writing` steps for each claim are left for those who write it."""
    rows = len(dataset.articles)
    steps.begin(rows + len(dataset.claims) * (1 + parts_of_writing))
    chosen = Chosen(dataset, steps)
    count = sum(len(each.facts) for each in chosen.cases)
    steps.begin(count * (1 + parts_of_writing) + 1)
    steps.step()
    parts = tuple(_part(chosen, each, steps) for each in chosen.cases)
    entries = [entry for part in parts for entry in part.entries]
    mark, now = str(fingerprint(chosen.r)), utc_now()
    names = listed([one_line(each.case.name) for each in chosen.cases]) or "no claims"
    return Dossier(
        title=f"Dossier: {names}",
        subtitle="Claims, sources, verdicts and evidence",
        facts=tuple(_facts(chosen, entries, now)),
        summary=summary_of(chosen, entries),
        counts=counts_of(entries),
        method=(*METHOD, *_how_it_was_done(chosen)),
        parts=parts,
        sources=tuple(_source(chosen, each) for each in chosen.sources.values() if _is_used(chosen, each)),
        proof=_proof(mark),
        glossary=GLOSSARY,
        fingerprint=mark,
        made_at=now,
        author=listed(_reviewers(chosen, entries)),
    )


def _part(chosen: Chosen, rows: CaseRows, steps: Steps) -> Part:
    maker = EntryMaker(chosen, rows)
    entries: list[Entry] = []
    for fact in rows.facts:
        entries.append(maker.entry(fact))
        steps.step()
    pairs = list(zip(rows.facts, entries, strict=True))
    return Part(
        title=one_line(rows.case.name),
        findings=findings_of(pairs),
        tables=tables_of(chosen, rows),
        entries=tuple(entries),
        open_points=open_points_of(chosen, rows, pairs),
    )


def _facts(chosen: Chosen, entries: list[Entry], now: str) -> Iterator[Pair]:
    options = chosen.dataset.options
    articles = [each for each in chosen.sources.values() if _is_used(chosen, each)]
    yield ("Case" if len(chosen.cases) == 1 else "Cases"), listed([one_line(each.case.name) for each in chosen.cases])
    yield "Sources", several(len(articles), "article")
    yield "Claims", several(len(entries), "claim")
    if reviewers := _reviewers(chosen, entries):
        yield ("Reviewer" if len(reviewers) == 1 else "Reviewers"), listed(reviewers)
    yield "What is in it", _scope(chosen)
    yield "Made", f"{moment(now)} with Factdesk {__version__}"
    if options.licence:
        yield "Licence", one_line(options.licence)


def _scope(chosen: Chosen) -> str:
    options = chosen.dataset.options
    words = ["a selection of claims" if options.claim_ids else "all claims"]
    if chosen.choice("claims") == "decided":
        words.append("only those with a verdict")
    if options.decisions_only:
        words.append("without suggestions that nobody has looked at")
    if options.whose is Whose.ONE:
        words.append(f"only verdicts of {one_line(chosen.dataset.shown_name(options.reviewer))}")
    elif options.whose is Whose.ADJUDICATED:
        words.append("only verdicts that two or more reviewers gave alike, or that were settled")
    elif options.whose is Whose.ALL:
        words.append("with the verdicts of all reviewers")
    if options.anonymous:
        words.append("names of reviewers hidden")
    if not options.with_text:
        words.append("without passages: their places and hashes only")
    elif chosen.choice("quotes") == "short":
        words.append("long passages cut short")
    return ", ".join(words)


def _reviewers(chosen: Chosen, entries: list[Entry]) -> list[str]:
    signed = {entry.ruling.who for entry in entries}
    signed |= {each.own.who for entry in entries for each in entry.statements if each.own is not None}
    signed |= {opinion.reviewer for entry in entries for opinion in entry.opinions}
    return [name for name in map(one_line, chosen.dataset.reviewers) if name in signed]


def _how_it_was_done(chosen: Chosen) -> Iterator[Pair]:
    gate = load_gate(chosen.r)
    if gate.is_on:
        yield "What was demanded of a verdict", f"In this project {listed(gate.rules)}."
    models = {
        f"{reading.model.name} {reading.model.version} (spaCy {reading.model.spacy_version})"
        for rows in chosen.cases
        for reading in readings_of(chosen.r, rows.case.id)
    }
    if models:
        yield (
            "With what the suggestions were made",
            f"{listed(sorted(models))}, on the reviewer’s own machine, without network.",
        )


def _is_used(chosen: Chosen, source: SourceRef) -> bool:
    return source.article.id in chosen.used


def _source(chosen: Chosen, source: SourceRef) -> Source:
    article, meta = source.article, source.article.meta
    facts = [
        ("Publisher", one_line(meta.publisher)),
        ("By", one_line(meta.byline)),
        ("Published", published(meta.published_at)),
        ("Language", one_line(meta.language)),
        ("Read in from", one_line(article.source_name) or "pasted text"),
        ("Captured", published(article.captured_at)),
        ("Length", several(article.length, "character")),
        ("Same text as", _same_text(chosen, article.id)),
        ("SHA-256 of the text", article.text_sha256),
        ("SHA-256 of the original file", article.original_sha256),
    ]
    return Source(
        reference=source.reference,
        name=source.label,
        title=one_line(meta.title),
        facts=tuple((heading, words) for heading, words in facts if words),
        address=one_line(meta.url),
    )


def _same_text(chosen: Chosen, article_id: str) -> str:
    """The articles that it shares its origin with."""
    group = chosen.reprints.get(article_id, ())
    others = [chosen.reference(id_) for id_ in group if id_ != article_id]
    return f"{listed(others)}: they count as one source" if group else ""


def _proof(mark: str) -> tuple[Pair, ...]:
    return (
        ("Made with", f"Factdesk {__version__}"),
        ("Fingerprint of the history", mark),
        (
            "How to check it",
            (
                "With the project file and this dossier: factdesk verify PROJECT --against THIS-FILE. It says whether the texts, quotes and "
                "attached files are untouched, whether the history up to this dossier is still the same, and what was added since."
            ),
        ),
        (
            "What that cannot prove",
            (
                "Somebody who changes the project and computes every hash anew leaves no trace in the file itself. Keep this dossier, or "
                "its fingerprint, where that person cannot change it."
            ),
        ),
    )
