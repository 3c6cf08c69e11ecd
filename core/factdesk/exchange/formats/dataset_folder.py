"""A dataset folder as on the Hugging Face Hub: Parquet files by configuration and split, with a card and a licence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import ALL_FEATURES, Checked, ExportFormat, Feature, FormatOption, Group, Written
from factdesk.exchange.formats.dataset_card import Part, card, licence_text
from factdesk.exchange.formats.dataset_fields import CONFIGS, arrow_schema
from factdesk.exchange.formats.dataset_rows import DatasetRows, Row, pairs_of
from factdesk.exchange.progress import Steps
from factdesk.exchange.splits import SPLITS, TRAIN, part_of_each, tied_together
from factdesk.store.articles import list_articles
from factdesk.store.versions import earlier_versions

if TYPE_CHECKING:
    from factdesk.model.claims import Claim

_BATCH = 500  # rows that are held before they are written


def write_dataset_folder(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the Parquet files of all configurations, then the card that names them."""
    split = dataset.choice("split")
    rows, files = DatasetRows(dataset), _Files(out)
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
    for pair in pairs_of(dataset, places):
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

    problems = [f"{path.parent.name} has another schema" for path in _files_of(out) if not _has_its_schema(path)]
    where = {row["id"]: split for split in SPLITS for row in _read(out, "articles", split, ["id"])}
    found = {(config, split): _read(out, config, split) for config in ("articles", "claims") for split in SPLITS}
    expected, spans = DatasetRows(dataset), 0
    for document in dataset.documents():
        split = where.get(document.article.id, TRAIN)
        claims = [*document.claims, *map(expected.refused, document.refused)]
        rows = [
            ("articles", expected.article(document)),
            *(("claims", expected.claim(document, each)) for each in claims),
        ]
        for config, row in rows:
            if next(found[config, split], None) != _as_lists(row):
                problems.append(f"the row of {row['id']} in {config} is not what the project has")
        problems += _misplaced(document)
        spans += len(claims) + len(document.mentions)
    problems += [f"{config} has rows too many" for (config, _), rest in found.items() for _ in rest]
    for tie in _ties(dataset, "by origin"):
        if len({where.get(article) for article in tie}) > 1:
            problems.append(f"articles that share their text are in two splits: {', '.join(tie)}")
    pairs = 0
    for split in SPLITS:
        for row in _read(out, "pairs", split, ["article_a", "article_b"]):
            pairs += 1
            if {where.get(article) for article in row.values()} != {split}:
                problems.append(f"a pair of {' and '.join(row.values())} is apart")
    how = (
        f"Loaded with pyarrow {pa.__version__}: {spans:,} claims and mentions and {pairs:,} pairs; every place and quote is that of the project, "
        "and articles that share their text are in one split."
    )
    return Checked(how, tuple(problems))


def _files_of(out: Path) -> list[Path]:
    return sorted(path for config in CONFIGS for path in (out / config).glob("*.parquet"))


def _has_its_schema(path: Path) -> bool:
    from pyarrow import parquet

    return bool(parquet.read_schema(path).equals(arrow_schema(CONFIGS[path.parent.name])))


def _read(out: Path, config: str, split: str, columns: list[str] | None = None) -> Iterator[Row]:
    """The rows of one file, few at a time; none when there is no such file."""
    from pyarrow import parquet

    path = out / config / f"{split}-00000-of-00001.parquet"
    if path.exists():
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(_BATCH, columns=columns):
                yield from batch.to_pylist()


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
