"""A dataset folder as on the Hugging Face Hub: Parquet files by configuration and split, with a card and a licence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factdesk.exchange.claim_rows import shown_quote
from factdesk.exchange.dataset import Dataset, Document, ExportClaim, ExportCluster
from factdesk.exchange.export_format import ALL_FEATURES, Checked, ExportFormat, Feature, FormatOption, Group, Written
from factdesk.exchange.formats.dataset_card import Part, card, licence_text
from factdesk.exchange.formats.dataset_fields import CONFIGS, arrow_schema
from factdesk.exchange.progress import Steps
from factdesk.exchange.splits import SPLITS, TRAIN, part_of_each, tied_together
from factdesk.model.claims import Claim, Judgement
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.model.mentions import Mention
from factdesk.store.articles import list_articles, sentences_of
from factdesk.store.board_source import load_absences
from factdesk.store.evidence import evidence_of
from factdesk.store.versions import earlier_versions

Row = dict[str, Any]

_BATCH = 500  # rows that are held before they are written


def write_dataset_folder(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the Parquet files of all configurations, then the card that names them."""
    split = dataset.choice("split")
    rows, files = _Rows(dataset), _Files(out)
    steps.begin(2 * max(1, len(dataset.articles)))
    claims = {document.article.id: _told(document, steps) for document in dataset.documents()}
    parts = parts_of(dataset, split, claims)
    places: dict[str, tuple[str, Claim]] = {}
    for document in dataset.documents():
        part = parts[document.article.id]
        files.add("articles", part, rows.article(document))
        for each in [*document.claims, *map(rows.refused, document.refused)]:
            files.add("claims", part, rows.claim(document, each))
            places[each.claim.id] = (part, each.claim)
        steps.step()
    apart = 0
    for pair in _pairs(dataset, places):
        (part, _), (other, _) = places[pair["claim_a"]], places[pair["claim_b"]]
        if part == other:
            files.add("pairs", part, pair)
        else:
            apart += 1
    made = files.close()
    (out / "README.md").write_text(card(dataset, made, split), encoding="utf-8")
    (out / "LICENSE").write_text(licence_text(dataset.options.licence), encoding="utf-8")
    return Written(files.count["claims"], "claims", tuple(_notes(made, split, apart)))


def _told(document: Document, steps: Steps) -> int:
    steps.step()
    return sum(each.claim.verdict is not None for each in document.claims)


def _notes(made: dict[str, dict[str, Part]], split: str, apart: int) -> Iterator[str]:
    if apart:
        yield f"{apart:,} pair{'' if apart == 1 else 's'} of claims left out: one claim is in another split than the other. Split “by cluster” to keep them."
    if split != "none":
        missing = [name for name in SPLITS if name not in made.get("claims", {})]
        if missing and made.get("claims"):
            yield f"There is no {' and no '.join(missing)} split of claims: there are too few articles that do not belong together."
    for config in CONFIGS:
        if config not in made:
            yield f"There is no configuration “{config}”: it would be empty."


def parts_of(dataset: Dataset, split: str, claims: dict[str, int]) -> dict[str, str]:
    """The split of each article; `claims` counts those with a verdict."""
    ids = [article.id for article in dataset.articles]
    if split == "none":
        return dict.fromkeys(ids, TRAIN)
    hashes = {article.id: article.text_sha256 for article in dataset.articles}
    return part_of_each(tied_together(ids, _ties(dataset, split)), hashes, claims)


def _ties(dataset: Dataset, split: str) -> Iterator[Sequence[str]]:
    """Articles that must stay together: of one origin or text, versions of one article, of one fact or one case."""
    together: dict[str, list[str]] = {}
    for article in dataset.articles:
        first = [article.id, *earlier_versions(dataset.r, article.id)][-1]
        for name in (
            f"text {article.text_sha256}",
            f"version {first}",
            f"origin {dataset.origins.get(article.id, article.id)}",
        ):
            together.setdefault(name, []).append(article.id)
    yield from together.values()
    if split == "by cluster":
        for cluster in dataset.clusters:
            yield [dataset.claims[claim] for claim, _, _ in cluster.members]
        for link in dataset.links:
            yield [dataset.claims[link.claim_a], dataset.claims[link.claim_b]]
    if split == "by case":
        for case in dataset.cases:
            yield [article.id for article in list_articles(dataset.r, case.id)]


# rows -----------------------------------------------------------------------------------------------------------


class _Rows:
    """Makes rows of articles and claims."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._facts: dict[str, ExportCluster] = {cluster.id: cluster for cluster in dataset.clusters}
        self._absences: dict[str, list[str]] = {}
        for cluster, article in sorted(pair for case in dataset.cases for pair in load_absences(dataset.r, case.id)):
            if cluster in self._facts:
                self._absences.setdefault(article, []).append(cluster)

    def refused(self, claim: Claim) -> ExportClaim:
        """A refused claim with its evidence."""
        return ExportClaim(claim, tuple(evidence_of(self._dataset.r, claim.id) if claim.evidence_count else ()))

    def article(self, document: Document) -> Row:
        """A row of the configuration “articles”."""
        article, meta, dataset = document.article, document.article.meta, self._dataset
        before = earlier_versions(dataset.r, article.id)
        scored = not dataset.options.decisions_only
        row = {
            "id": article.id,
            "title": meta.title,
            "publisher": meta.publisher,
            "byline": meta.byline,
            "url": meta.url,
            "published_at": meta.published_at,
            "language": meta.language,
            "captured_at": article.captured_at,
            "cases": document.cases,
            "origin": document.origin,
            "replaces": before[0] if before else None,
            "length": article.length,
            "text": document.text if dataset.options.with_text else None,
            "text_sha256": article.text_sha256,
            "original_sha256": article.original_sha256,
            "sentences": [
                {"start": one.span.start, "end": one.span.end, "score": one.score if scored else None}
                for one in sentences_of(dataset.r, article.id)
            ],
            "mentions": [self._mention(mention) for mention in document.mentions],
            "not_mentioned": self._absences.get(article.id, []),
        }
        return _known(row)

    def _mention(self, mention: Mention) -> Row:
        entity = self._dataset.entities.get(mention.entity_id or "")
        return _known(
            {
                "start": mention.span.start,
                "end": mention.span.end,
                "quote": shown_quote(self._dataset, mention.quote),
                "label": mention.label,
                "entity_id": entity.id if entity else None,
                "entity": entity.name if entity else None,
                "status": mention.status.value,
                "made_by": mention.made_by,
            }
        )

    def claim(self, document: Document, each: ExportClaim) -> Row:
        """A row of the configuration “claims”."""
        claim, meta, dataset = each.claim, document.article.meta, self._dataset
        row = {
            "id": claim.id,
            "article_id": claim.article_id,
            "cases": document.cases,
            "title": meta.title,
            "publisher": meta.publisher,
            "url": meta.url,
            "published_at": meta.published_at,
            "language": meta.language,
            "start": claim.span.start,
            "end": claim.span.end,
            "quote": shown_quote(dataset, claim.quote),
            "normalised": claim.normalised,
            "kind": claim.kind.value,
            "score": claim.score,
            "claimant": claim.claimant,
            "attribution": [_known({"name": voice.name, "cue": voice.cue}) for voice in claim.attribution],
            "values": self._values(claim),
            "status": claim.status.value,
            "made_by": claim.made_by,
            "repeat_of": claim.repeat_of,
            **_judged(claim.judgement),
            "reviewer": claim.decided_by,
            "decided_at": claim.decided_at,
            "inherited": None if claim.verdict is None else claim.inherited_from is not None,
            "opinions": [
                _known({"reviewer": one.reviewer, **_judged(one.judgement), "decided_at": one.decided_at})
                for one in each.opinions
            ],
            "evidence": [self._evidence(one) for one in each.evidence],
            "clusters": [self._cluster(id_, relation.value) for id_, relation in each.clusters],
            "text_sha256": document.article.text_sha256,
        }
        return _known(row)

    def _values(self, claim: Claim) -> list[Row]:
        names = ("unit", "low", "high", "first_day", "last_day", "time")
        return [
            _known(
                {
                    "kind": value.kind.value,
                    "text": shown_quote(self._dataset, value.text),
                    "approximation": value.approximation.value,
                    **{name: getattr(value, name) for name in names},
                }
            )
            for value in claim.values
        ]

    def _evidence(self, one: Evidence) -> Row:
        is_passage = one.kind is EvidenceKind.PASSAGE
        return _known(
            {
                "id": one.id,
                "kind": one.kind.value,
                "stance": one.stance.value,
                "quote": shown_quote(self._dataset, one.quote, is_of_article=is_passage),
                "article_id": one.article_id,
                "start": one.span.start if one.span else None,
                "end": one.span.end if one.span else None,
                "url": one.url,
                "source": one.source,
                "note": one.note,
                "published_at": one.published_at,
                "captured_at": one.captured_at,
                "file": one.file.name if one.file else None,
                "sha256": one.sha256,
                "made_by": one.made_by,
            }
        )

    def _cluster(self, id_: str, relation: str) -> Row:
        cluster = self._facts.get(id_)
        judged = _judged(cluster.judgement) if cluster else {}
        fact = cluster.text if cluster else None
        return _known(
            {"id": id_, "relation": relation, "fact": fact, "verdict": judged.get("verdict"), "reason": judged.get("reason")}
        )  # fmt: skip


def _judged(judgement: Judgement) -> Row:
    verdict, reason = judgement.verdict, judgement.reason
    return {
        "verdict": verdict and verdict.value,
        "reason": reason and reason.value,
        "note": judgement.note,
        "confidence": judgement.confidence,
    }


def _known(row: Row) -> Row:
    """What is not known is null, not an empty text."""
    return {name: None if value == "" else value for name, value in row.items()}


def _pairs(dataset: Dataset, places: dict[str, tuple[str, Claim]]) -> Iterator[Row]:
    """Linked claims; then the lead of each cluster with each other member, unless they are linked already."""
    linked: set[frozenset[str]] = set()
    for link in dataset.links:
        linked.add(frozenset({link.claim_a, link.claim_b}))
        told: Row = {
            "relation": link.relation.value,
            "status": link.status.value,
            "score": link.score,
            "reason": link.reason,
            "source": "link",
            "cluster": None,
        }
        yield _pair(dataset, places[link.claim_a][1], places[link.claim_b][1], told)
    for cluster in dataset.clusters:
        for claim, relation, status in cluster.members:
            pair = frozenset({cluster.lead, claim})
            if cluster.lead in places and claim in places and len(pair) == 2 and pair not in linked:
                linked.add(pair)
                more: Row = {"relation": relation.value, "status": status.value, "score": None, "reason": None}
                lead, other = places[cluster.lead][1], places[claim][1]
                yield _pair(dataset, lead, other, {**more, "source": "cluster", "cluster": cluster.id})


def _pair(dataset: Dataset, a: Claim, b: Claim, more: Row) -> Row:
    row: Row = {"claim_a": a.id, "claim_b": b.id, "article_a": a.article_id, "article_b": b.article_id}
    for name, claim in (("a", a), ("b", b)):
        row |= {f"start_{name}": claim.span.start, f"end_{name}": claim.span.end}
        row[f"quote_{name}"] = shown_quote(dataset, claim.quote)
    return _known(row | more)


# files ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _File:
    """One Parquet file under way."""

    writer: Any
    path: str
    rows: int = 0
    memory: int = 0
    waiting: list[Row] = field(default_factory=list)


class _Files:
    """Writes rows to the file of their configuration and split; a file is made with its first row."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._files: dict[tuple[str, str], _File] = {}
        self._schemas = {name: arrow_schema(fields) for name, fields in CONFIGS.items()}
        self.count: Counter[str] = Counter()

    def add(self, config: str, split: str, row: Row) -> None:
        """One row."""
        file = self._files.get((config, split)) or self._open(config, split)
        self.count[config] += 1
        file.waiting.append(row)
        if len(file.waiting) >= _BATCH:
            self._flush(config, file)

    def _open(self, config: str, split: str) -> _File:
        from pyarrow import parquet

        (self._out / config).mkdir(exist_ok=True)
        path = f"{config}/{split}-00000-of-00001.parquet"
        file = _File(parquet.ParquetWriter(self._out / path, self._schemas[config]), path)
        self._files[config, split] = file
        return file

    def _flush(self, config: str, file: _File) -> None:
        import pyarrow as pa

        table = pa.Table.from_pylist(file.waiting, schema=self._schemas[config])
        file.writer.write_table(table)
        file.rows += table.num_rows
        file.memory += table.nbytes
        file.waiting = []

    def close(self) -> dict[str, dict[str, Part]]:
        """Finish all files; what was written, in the order of configurations and splits."""
        made: dict[str, dict[str, Part]] = {}
        for config in CONFIGS:
            for split in SPLITS:
                file = self._files.get((config, split))
                if file is not None:
                    self._flush(config, file)
                    file.writer.close()
                    size = (self._out / file.path).stat().st_size
                    made.setdefault(config, {})[split] = Part(file.path, file.rows, file.memory, size)
        return made


# check ----------------------------------------------------------------------------------------------------------


def check_dataset_folder(dataset: Dataset, out: Path) -> Checked:
    """Read every file with pyarrow: schema, every row, every span with its quote; nothing that belongs together apart."""
    import pyarrow as pa

    problems: list[str] = []
    found: dict[str, dict[str, Row]] = {}
    where: dict[str, str] = {}
    for config in ("articles", "claims"):
        rows = list(_read(out, config, problems))
        found[config] = {row["id"]: row for _, row in rows}
        where |= {row["id"]: split for split, row in rows}
        if len(found[config]) != len(rows):
            problems.append(f"a row of {config} is there twice")
    expected, spans = _Rows(dataset), 0
    for document in dataset.documents():
        claims = [*document.claims, *map(expected.refused, document.refused)]
        rows_here = [
            ("articles", expected.article(document)),
            *(("claims", expected.claim(document, each)) for each in claims),
        ]
        for config, row in rows_here:
            if found[config].pop(row["id"], None) != _as_lists(row):
                problems.append(f"the row of {row['id']} in {config} is not what the project has")
            if where.get(row["id"]) != where.get(document.article.id):
                problems.append(f"claim {row['id']} is in another split than its article")
        problems += _misplaced(document)
        spans += len(claims) + len(document.mentions)
    problems += [f"{config} has rows too many" for config, rest in found.items() if rest]
    for tie in _ties(dataset, "by origin"):
        if len({where.get(article) for article in tie}) > 1:
            problems.append(f"articles that share their text are in two splits: {', '.join(tie)}")
    pairs = list(_read(out, "pairs", problems))
    problems += [
        f"a pair of {row['claim_a']} is apart"
        for split, row in pairs
        if not split == where.get(row["claim_a"]) == where.get(row["claim_b"])
    ]
    how = (
        f"Loaded with pyarrow {pa.__version__}: {spans:,} claims and mentions and {len(pairs):,} pairs; every place and quote is that of the project, "
        "and articles that share their text are in one split."
    )
    return Checked(how, tuple(problems))


def _read(out: Path, config: str, problems: list[str]) -> Iterator[tuple[str, Row]]:
    from pyarrow import parquet

    for split in SPLITS:
        path = out / config / f"{split}-00000-of-00001.parquet"
        if not path.exists():
            continue
        with parquet.ParquetFile(path) as file:
            if not file.schema_arrow.equals(arrow_schema(CONFIGS[config])):
                problems.append(f"{config} has another schema")
            for batch in file.iter_batches():
                for row in batch.to_pylist():
                    yield split, row


def _as_lists(row: Row) -> Row:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _misplaced(document: Document) -> Iterable[str]:
    marks = [
        *((each.claim.span, each.claim.quote) for each in document.claims),
        *((m.span, m.quote) for m in document.mentions),
    ]
    return [f"“{quote}” is not at {span.start}" for span, quote in marks if span.of(document.text) != quote]


EXPORT = ExportFormat(
    name="dataset",
    title="Dataset folder (Parquet)",
    suffix="",
    group=Group.TABLE,
    description="Parquet files with splits, a dataset card and a licence, as on the Hugging Face Hub; for datasets, pandas, DuckDB and training.",
    unit="code points",
    holds=ALL_FEATURES - {Feature.ORIGINALS, Feature.HISTORY, Feature.FILES, Feature.VERSIONS},
    write=write_dataset_folder,
    check=check_dataset_folder,
    options=(
        FormatOption(
            "split",
            "Train, validation and test",
            (
                ("by origin", "Articles that share their text stay together"),
                ("by cluster", "So do articles that state the same fact, or have linked claims"),
                ("by case", "So do all articles of a case"),
                ("none", "No split: all is in train"),
            ),
            "About 80, 10 and 10 of a hundred articles, the same ones in every export.",
        ),
    ),
    works_without_text=True,
)  # fmt: skip
