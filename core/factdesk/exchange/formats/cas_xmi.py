"""UIMA CAS as XMI (XML 1.0): a folder with a file for each article, the type system and the layer for INCEpTION."""

from pathlib import Path

from factdesk.exchange.annotation.cas import CasCounts, cas_of, notes_of, problems_of, type_system
from factdesk.exchange.annotation.uima import CLAIM, HOLDS, file_names, lost_on_mentions, write_beside
from factdesk.exchange.dataset import Dataset
from factdesk.exchange.export_format import Checked, ExportFormat, Group, Written
from factdesk.exchange.progress import Steps

TYPES = "TypeSystem.xml"


def write_cas_xmi(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write every article."""
    types, count = type_system(), CasCounts()
    types.to_xml(out / TYPES)
    for name, document in file_names(dataset, ".xmi"):
        cas_of(types, document, count, for_xml=True).to_xmi(out / name)
        steps.step()
    write_beside(dataset, out, "The format is “UIMA CAS XMI (XML 1.0)”.")
    return Written(count.claims, "claims", notes_of(count))


def check_cas_xmi(dataset: Dataset, out: Path) -> Checked:
    """Load every file with dkpro-cassis and the written type system."""
    from importlib.metadata import version

    from cassis import load_cas_from_xmi, load_typesystem

    with (out / TYPES).open("rb") as file:
        types = load_typesystem(file)
    problems: list[str] = []
    names = []
    for name, document in file_names(dataset, ".xmi"):
        names.append(name)
        with (out / name).open("rb") as file:
            cas = load_cas_from_xmi(file, typesystem=types, trusted=True)  # trusted: a text may be long
        problems += [f"{name}: {problem}" for problem in problems_of(cas, document, for_xml=True)]
    if extra := {path.name for path in out.glob("*.xmi")} - set(names):
        problems.append(f"{', '.join(extra)}: no such article")
    how = f"Loaded with dkpro-cassis {version('dkpro-cassis')}: places, quotes and features of all marks in {len(names):,} files."
    return Checked(how, tuple(problems))


EXPORT = ExportFormat(
    name="cas-xmi",
    title="UIMA CAS XMI",
    suffix="",
    group=Group.TOOL,
    description="For INCEpTION and other UIMA tools: an .xmi file for each article, with the type system.",
    unit="UTF-16 units",
    holds=HOLDS,
    write=write_cas_xmi,
    check=check_cas_xmi,
    remarks=lost_on_mentions,
    readme={
        "loading": f"Import claim-layer.json into INCEpTION first: it drops {CLAIM} without a word if it does not know it."
    },
)
