"""The labelling configuration that Label Studio needs beside our tasks, and our own check of tasks against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from factdesk.model.claims import REASONS, ClaimKind, Relation, Verdict
from factdesk.model.mentions import LABELS

CLAIM = "Claim"
ENTITIES, CLAIMS, VERDICT, REASON, KIND = "entities", "claims", "verdict", "reason", "kind"
NOTE, NORMALISED, ENTITY, CONFIDENCE, REVIEWER = "note", "normalised", "entity", "confidence", "reviewer"


@dataclass(frozen=True, slots=True)
class Control:
    """What a labelling configuration says of one control."""

    type: str  # of the results that it makes
    texts: frozenset[str]
    choices: frozenset[str]  # labels or choices; empty where anything may be written


def configuration(texts: int, labels: Sequence[str] = ()) -> str:
    """The XML for tasks of one text, or of several."""
    names = text_names(texts)
    to = ",".join(names)
    view = ET.Element("View")
    _choices(view, "Labels", "Label", ENTITIES, to, dict.fromkeys([*LABELS, *labels]))
    _choices(view, "Labels", "Label", CLAIMS, to, [CLAIM], background="#ffc53d")
    for number, name in enumerate(names, 1):
        ET.SubElement(view, "Header", value=f"$title{number if texts else ''}")
        ET.SubElement(view, "Text", name=name, value=f"${name}")
    each_claim: dict[str, str] = {"perRegion": "true", "whenTagName": CLAIMS}
    _choices(view, "Choices", "Choice", VERDICT, to, Verdict, choice="single", **each_claim)
    reasons = [reason for verdict in Verdict for reason in REASONS[verdict]]
    _choices(view, "Choices", "Choice", REASON, to, reasons, choice="single", **each_claim)
    _choices(view, "Choices", "Choice", KIND, to, ClaimKind, choice="single", **each_claim)
    _add(view, "Number", CONFIDENCE, to, min="0", max="100", **each_claim)
    for name, words in ((NOTE, "Note"), (NORMALISED, "The claim in plain words")):
        _add(view, "TextArea", name, to, placeholder=words, rows="2", editable="true", **each_claim)
    _add(view, "TextArea", ENTITY, to, placeholder="Name", editable="true", perRegion="true", whenTagName=ENTITIES)
    _add(view, "TextArea", REVIEWER, names[0], placeholder="Reviewer", editable="true")
    relations = ET.SubElement(view, "Relations")
    for relation in Relation:
        ET.SubElement(relations, "Relation", value=relation)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def text_names(texts: int) -> list[str]:
    """The names of the texts of a task; 0 for tasks of one article."""
    return [f"text{number}" for number in range(1, texts + 1)] if texts else ["text"]


def controls_of(xml: str) -> dict[str, Control]:
    """Every control of one of our configurations by its name."""
    found: dict[str, Control] = {}
    for element in ET.fromstring(xml).iter():  # noqa: S314 - our own file, written a moment ago
        if "toName" in element.attrib:
            values = frozenset(child.attrib["value"] for child in element if "value" in child.attrib)
            texts = frozenset(element.attrib["toName"].split(","))
            found[element.attrib["name"]] = Control(element.tag.lower(), texts, values)
    return found


def faults_of(
    results: Sequence[Mapping[str, Any]], controls: Mapping[str, Control], data: Mapping[str, Any]
) -> list[str]:
    """What Label Studio would not take, or would show at another place; nothing, normally."""
    found: list[str] = []
    ids = {each["id"] for each in results if each["type"] != "relation"}
    for each in results:
        if each["type"] == "relation":
            if not {each["from_id"], each["to_id"]} <= ids or each["direction"] not in {"left", "right", "bi"}:
                found.append(f"the relation from {each['from_id']} names a region that is not there")
            continue
        control = controls.get(each["from_name"])
        if control is None or control.type != each["type"] or each["to_name"] not in control.texts:
            found.append(
                f"{each['id']}: the configuration has no {each['type']} “{each['from_name']}” for {each['to_name']}"
            )
            continue
        value = each["value"]
        chosen = value.get(each["type"], [])
        if control.choices and not set(chosen) <= control.choices:
            found.append(f"{each['id']}: {', '.join(map(str, chosen))} is no choice of {each['from_name']}")
        if each["type"] == "labels" and data[each["to_name"]][value["start"] : value["end"]] != value["text"]:
            found.append(f"{each['id']}: its words are not at its place")
    return found


def _choices(
    view: ET.Element, tag: str, child: str, name: str, to: str, values: Any, *, background: str = "", **more: str
) -> None:
    element = _add(view, tag, name, to, **more)
    for value in values:
        ET.SubElement(element, child, {"value": str(value)} | ({"background": background} if background else {}))


def _add(view: ET.Element, tag: str, name: str, to: str, **more: str) -> ET.Element:
    attributes: dict[str, str] = {"name": name, "toName": to} | more
    return ET.SubElement(view, tag, attributes)
