"""The card (README.md) and the licence of a dataset folder."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factdesk import __version__
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.formats.dataset_fields import CONFIGS, Field, yaml_features

OWNERS = "The texts belong to their publishers. Whoever shares this dataset needs their permission or another right to do so."
_KNOWN = frozenset(
    [
        "apache-2.0",
        "mit",
        "cc0-1.0",
        "cc-by-2.0",
        "cc-by-2.5",
        "cc-by-3.0",
        "cc-by-4.0",
        "cc-by-sa-3.0",
        "cc-by-sa-4.0",
        "cc-by-nc-2.0",
        "cc-by-nc-3.0",
        "cc-by-nc-4.0",
        "cc-by-nd-4.0",
        "cc-by-nc-nd-3.0",
        "cc-by-nc-nd-4.0",
        "cc-by-nc-sa-3.0",
        "cc-by-nc-sa-4.0",
        "gpl-2.0",
        "gpl-3.0",
        "agpl-3.0",
        "lgpl-3.0",
        "bsd-2-clause",
        "bsd-3-clause",
        "etalab-2.0",
        "unlicense",
        "wtfpl",
        "zlib",
        "mpl-2.0",
        "gfdl",
    ]
)
_OTHER_NAMES = {
    "odbl-1.0": "odbl",
    "odc-by-1.0": "odc-by",
    "pddl-1.0": "pddl",
    "cdla-permissive-2.0": "cdla-permissive-2.0",
}
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the dataset: rows, bytes in memory, bytes on disk."""

    path: str
    rows: int
    memory: int
    disk: int


Parts = Mapping[str, Mapping[str, Part]]
"""By configuration, then by split; what has no rows is not there."""


def licence_id(licence: str) -> str:
    """The name of a licence on the Hub, “other” for one that it does not know."""
    name = licence.strip().lower().removesuffix("-or-later").removesuffix("-only")
    return name if name in _KNOWN else _OTHER_NAMES.get(name, "other")


def licence_text(licence: str) -> str:
    """What the file LICENSE says."""
    chosen = (
        f"Marks, verdicts and notes: {licence}\n\n"
        if licence
        else "No licence was chosen for marks, verdicts and notes.\n\n"
    )
    return chosen + OWNERS + "\n"


def card(dataset: Dataset, parts: Parts, split: str) -> str:
    """README.md: what the Hub and `datasets` read first, then what people read."""
    front = "\n".join(["---", *_front_matter(dataset, parts), "---"])
    return f"{front}\n\n{_text(dataset, parts, split)}"


def _front_matter(dataset: Dataset, parts: Parts) -> Iterator[str]:
    licence = dataset.options.licence
    yield f"pretty_name: {_quoted('; '.join(case.name for case in dataset.cases[:5]))}"
    yield f"license: {licence_id(licence)}"
    if licence_id(licence) == "other":
        name = re.sub(r"[^a-z0-9.]+", "-", licence.lower()).strip("-") or "not-chosen"
        yield f"license_name: {_quoted(name)}"
        yield "license_link: LICENSE"
    languages = sorted(
        {article.meta.language.partition("-")[0].lower() for article in dataset.articles if article.meta.language}
    )
    if languages:
        yield "language:"
        yield from (f"- {_quoted(language)}" for language in languages)
        yield f"multilinguality:\n- {'monolingual' if len(languages) == 1 else 'multilingual'}"
    yield "annotations_creators:\n- expert-generated\n- machine-generated"
    yield "task_categories:\n- text-classification\n- token-classification"
    yield "task_ids:\n- fact-checking\n- named-entity-recognition"
    yield f"size_categories:\n- {_size(sum(part.rows for part in parts.get('claims', {}).values()))}"
    yield "configs:"
    for number, (name, splits) in enumerate(parts.items()):
        yield f"- config_name: {name}"
        yield from ["  default: true"] if number == 0 else []
        yield "  data_files:"
        for split, part in splits.items():
            yield f"  - split: {split}\n    path: {part.path}"
    yield "dataset_info:"
    for name, splits in parts.items():
        yield from _info(name, splits)


def _info(name: str, splits: Mapping[str, Part]) -> Iterator[str]:
    yield f"- config_name: {name}"
    yield "  features:"
    yield from yaml_features(CONFIGS[name], "  ")
    yield "  splits:"
    for split, part in splits.items():
        yield f"  - name: {split}\n    num_bytes: {part.memory}\n    num_examples: {part.rows}"
    yield f"  download_size: {sum(part.disk for part in splits.values())}"
    yield f"  dataset_size: {sum(part.memory for part in splits.values())}"


def _quoted(text: Any) -> str:
    return json.dumps(str(text), ensure_ascii=True)


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "1M<n<10M")


def _text(dataset: Dataset, parts: Parts, split: str) -> str:
    options = dataset.options
    counts = "\n".join(
        f"| `{name}` | " + " | ".join(f"{splits[s].rows:,}" if s in splits else "0" for s in ("train", "validation", "test")) + " |"
        for name, splits in parts.items()
    )  # fmt: skip
    fields = "\n\n".join(
        f"### {name}\n\n| Column | Type | Holds |\n|---|---|---|\n" + "\n".join(_rows(CONFIGS[name])) for name in parts
    )
    texts = "" if options.with_text else "\nTexts and quotes are left out. Whoever has an article can check it by `text_sha256` and cut its quotes from it.\n"  # fmt: skip
    return f"""# Claims of news articles with reviewers' verdicts

Made with Factdesk {__version__} by hand: people read the articles, marked and judged their claims, and kept the evidence. What the machine only
suggested has the status `suggested`; it is no label.
{texts}
| Configuration | train | validation | test |
|---|---|---|---|
{counts}

```python
from datasets import load_dataset

claims = load_dataset("path/to/this/folder", "claims")
```

## Splits

{_SPLIT_WORDS[split]}

## Labels

`verdict`: `verified`, `disputed`, `unverified`. Null is *no verdict yet*: it is no fourth label. `reason` says more: verified is clear or with caveat; disputed is
contradicted by evidence, or sources conflict, or context is missing; unverified lacks evidence or cannot be checked.

## Positions

`start` and `end` count code points of the article's text from 0, the end exclusive, as Python's `text[start:end]`. What is not known is null.

## Columns

{fields}

## Licence

{licence_text(options.licence)}"""


_TOGETHER = "Articles that share their text, and versions of one article, are always in the same part"
_SPLIT_WORDS = {
    "by origin": f"{_TOGETHER}, so that no sentence of a test article was seen in training. Other articles about the same event may be in another part.",
    "by cluster": f"{_TOGETHER}; so are articles that state the same fact or have linked claims.",
    "by case": f"{_TOGETHER}; so are all articles of a case.",
    "none": "Everything is in `train`.",
}  # fmt: skip


def _rows(fields: tuple[Field, ...], before: str = "") -> Iterator[str]:
    for field in fields:
        kind = ("object" if field.of else field.type) + ("s" if field.is_list else "")
        yield f"| `{before}{field.name}` | {kind} | {field.words} |"
        yield from _rows(field.of, f"{before}{field.name}.")
