"""UIMA CAS as JSON (version 0.4): a folder with a file for each article, which holds its type system too."""

from pathlib import Path

from factdesk.exchange.annotation.cas import CasCounts, cas_of, notes_of, problems_of, type_system
from factdesk.exchange.annotation.uima import (
    CLAIM,
    ENTITY_FILE,
    HOLDS,
    LAYER_FILE,
    file_names,
    lost_on_mentions,
    write_beside,
)
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.export_format import Checked, ExportFormat, Group, Written
from factdesk.exchange.progress import Steps
from factdesk.exchange.sidecar import IN_FOLDER


def write_cas_json(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write every article."""
    types, count = type_system(), CasCounts()
    for name, document in file_names(dataset, ".json"):
        cas_of(types, document, count, for_xml=False).to_json(out / name, pretty_print=True)
        steps.step()
    write_beside(dataset, out, "The format is “UIMA CAS JSON 0.4.0”.")
    return Written(count.claims, "claims", notes_of(count))


def check_cas_json(dataset: Dataset, out: Path) -> Checked:
    """Load every file with dkpro-cassis."""
    from importlib.metadata import version

    from cassis import load_cas_from_json

    problems: list[str] = []
    names = []
    for name, document in file_names(dataset, ".json"):
        names.append(name)
        with (out / name).open("rb") as file:
            cas = load_cas_from_json(file)
        problems += [f"{name}: {problem}" for problem in problems_of(cas, document, for_xml=False)]
    if extra := {path.name for path in out.glob("*.json")} - {*names, LAYER_FILE, ENTITY_FILE, IN_FOLDER}:
        problems.append(f"{', '.join(extra)}: no such article")
    how = f"Loaded with dkpro-cassis {version('dkpro-cassis')}: places, quotes and features of all marks in {len(names):,} files."
    return Checked(how, tuple(problems))


EXPORT = ExportFormat(
    name="cas-json",
    title="UIMA CAS JSON",
    suffix="",
    group=Group.TOOL,
    description="For INCEpTION and Python programs: a .json file for each article, with its types.",
    unit="UTF-16 units",
    holds=HOLDS,
    write=write_cas_json,
    check=check_cas_json,
    remarks=lost_on_mentions,
    readme={
        "loading": f"Import claim-layer.json into INCEpTION first: it drops {CLAIM} without a word if it does not know it."
    },
)
