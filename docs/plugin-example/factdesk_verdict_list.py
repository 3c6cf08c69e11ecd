"""A list of verdicts in Markdown: the example of an exporter that a plugin brings."""

import re
from collections.abc import Iterator
from pathlib import Path

from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, FormatOption, Group, Written
from factdesk.exchange.progress import Steps

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+.!|~-])")


def write_list(dataset: Dataset, path: Path, steps: Steps) -> Written:
    """Write a heading for each article and a line for each claim with a verdict."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for document in dataset.documents():
            lines = list(_lines(dataset, document))
            file.write(f"# {plain(document.article.name)}\n\n" + "".join(lines) + "\n")
            count += len(lines)
            steps.step()  # once for each article: this is also where a person's “stop” takes effect
    return Written(count, "verdicts")


def check_list(dataset: Dataset, path: Path) -> Checked:
    """Read the file again and compare it with what the project has."""
    with path.open(encoding="utf-8", newline="\n") as file:
        found = [line for line in file if line.startswith("- ")]
    wanted = [line for document in dataset.documents() for line in _lines(dataset, document)]
    problems = [] if found == wanted else ["the lines are not those of the project's verdicts"]
    return Checked(f"Read again: {len(found):,} lines, one for each verdict.", tuple(problems))


def plain(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _lines(dataset: Dataset, document: Document) -> Iterator[str]:
    for whole in document.claims:
        judgement = whole.claim.judgement
        if judgement.verdict is None:  # “no verdict yet” is never a verdict
            continue
        reason = f", {judgement.reason}" if judgement.reason else ""
        note = f": {plain(judgement.note)}" if judgement.note and dataset.choice("notes") == "with" else ""
        yield f"- **{judgement.verdict}{reason}** “{plain(whole.claim.quote)}”{note}\n"


EXPORT = ExportFormat(
    name="verdict-list",
    title="List of verdicts (Markdown)",
    suffix=".md",
    group=Group.REPORT,
    description="One line for each claim with a verdict, by article.",
    unit="",  # it has no positions
    holds=frozenset({Feature.CLAIMS, Feature.OVERLAPS, Feature.VERDICTS, Feature.REASONS, Feature.NOTES}),
    write=write_list,
    check=check_list,
    options=(FormatOption("notes", "Notes", (("with", "included"), ("without", "left out"))),),
)
