"""brat: a pair of text and annotation files for each article, with the settings that name our types."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from factdesk.exchange.annotation.mark_facts import article_head
from factdesk.exchange.annotation.standoff import bound_line, escaped, fragments_of, read_standoff, type_name
from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, Group, Loss, Written
from factdesk.exchange.progress import Steps
from factdesk.exchange.reckoning import evidence_in
from factdesk.model.claims import REASONS, Claim, ClaimKind, Relation, Status, Verdict
from factdesk.model.evidence import Evidence, EvidenceKind, Stance
from factdesk.model.mentions import LABELS
from factdesk.model.spans import Span

CLAIM, PASSAGE = "Claim", "Evidence"
ARTICLES = "articles.json"
STANCES = {Stance.SUPPORTS: "Supports", Stance.REFUTES: "Refutes", Stance.CONTEXT: "Gives_context"}
_NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class _Lines:
    """The annotation file of one article as it grows."""

    document: Document
    lines: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)  # of claims and mentions: the T it became
    expected: list[tuple[str, Span]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def bound(self, kind: str, span: Span, name: str = "") -> str:
        text = self.document.text
        fragments = fragments_of(text, span)
        self.counts["T"] += 1
        self.counts["cut"] += len(fragments) > 1
        self.lines.append(bound_line(self.counts["T"], kind, text, fragments))
        self.expected.append((kind, Span(fragments[0].start, fragments[-1].end)))
        self.ids[name] = f"T{self.counts['T']}"
        return self.ids[name]

    def attribute(self, kind: str, of: str, value: str) -> None:
        self.counts["A"] += 1
        self.lines.append(f"A{self.counts['A']}\t{kind} {of} {type_name(value)}\n")

    def note(self, of: str, note: str) -> None:
        self.counts["#"] += 1
        self.counts["escaped"] += escaped(note) != note
        self.lines.append(f"#{self.counts['#']}\tAnnotatorNotes {of}\t{escaped(note)}\n")

    def relation(self, kind: str, first: str, second: str) -> None:
        self.counts["R"] += 1
        self.lines.append(f"R{self.counts['R']}\t{kind} Arg1:{first} Arg2:{second}\n")

    def same(self, ids: list[str]) -> None:
        self.lines.append(f"*\tEquiv {' '.join(ids)}\n")


def write_brat(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write the pairs, the settings and what is known of the articles."""
    counts: Counter[str] = Counter()
    about = []
    labels: dict[str, None] = {}
    for number, document in enumerate(dataset.documents(), 1):
        stem = _stem(number, document)
        lines = _annotated(dataset, document)
        out.joinpath(f"{stem}.txt").write_bytes(document.text.encode())
        out.joinpath(f"{stem}.ann").write_bytes("".join(lines.lines).encode())
        counts += lines.counts
        labels |= dict.fromkeys(type_name(mention.label) for mention in document.mentions)
        about.append(_about(document, stem))
        steps.step()
    out.joinpath(ARTICLES).write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    out.joinpath("annotation.conf").write_text(_annotation_conf(labels), encoding="utf-8")
    out.joinpath("visual.conf").write_text(_visual_conf(), encoding="utf-8")
    return Written(counts["T"], "annotations", tuple(_notes(counts)))


def check_brat(dataset: Dataset, out: Path) -> Checked:
    """Read every pair by brat's rules: ids, fragments inside lines, texts of annotations, and all that they belong to."""
    problems: list[str] = []
    annotations = files = 0
    for number, document in enumerate(dataset.documents(), 1):
        stem = _stem(number, document)
        text = out.joinpath(f"{stem}.txt").read_bytes().decode()
        with out.joinpath(f"{stem}.ann").open(encoding="utf-8", newline="\n") as file:
            lines = list(file)
        found = read_standoff(lines, text)
        problems += [f"{stem}.ann, line {line}: {reason}" for line, reason in found.bad]
        if len("".join(lines).splitlines()) != len(lines):
            problems.append(f"{stem}.ann has a character that some programs take for the end of a line")
        if text != document.text:
            problems.append(f"{stem}.txt is not the article's text")
        if any("\n" in each.of(text) for bound in found.bounds.values() for each in bound.fragments):
            problems.append(f"{stem}.ann has an annotation over a line end")
        wanted = _annotated(dataset, document)
        if sorted(wanted.expected) != sorted((bound.type, bound.span) for bound in found.bounds.values()):
            problems.append(f"{stem}.ann has other spans than the project")
        targets = {*found.attributes, *found.notes, *(id_ for _, *ids in found.relations for id_ in ids)}
        missing = (targets | {id_ for ids in found.same for id_ in ids}) - found.bounds.keys()
        problems += [f"{stem}.ann names {id_}, which it does not have" for id_ in sorted(missing)]
        annotations += len(found.bounds)
        files += 1
    how = (
        f"Read again by the rules of brat's own parser: {files:,} pairs of files, {annotations:,} annotations, whose fragments lie "
        "inside lines and say what the text says there."
    )
    return Checked(how, tuple(problems))


def _annotated(dataset: Dataset, document: Document) -> _Lines:
    lines = _Lines(document)
    things: dict[str, list[str]] = {}
    for mention in document.mentions:
        id_ = lines.bound(type_name(mention.label), mention.span, mention.id)
        if mention.status is Status.SUGGESTED:
            lines.attribute("Status", id_, Status.SUGGESTED)
        if mention.entity_id is not None:
            things.setdefault(dataset.entities[mention.entity_id].id, []).append(id_)
    for whole in document.claims:
        _add_claim(lines, whole.claim)
    for ids in things.values():
        if len(ids) > 1:
            lines.same(ids)
    _relate(lines)
    return lines


def _add_claim(lines: _Lines, claim: Claim) -> None:
    id_ = lines.bound(CLAIM, claim.span, claim.id)
    judgement = claim.judgement
    for kind, value in (("Verdict", judgement.verdict), ("Reason", judgement.reason), ("Kind", claim.kind)):
        if value is not None:
            lines.attribute(kind, id_, value)
    if claim.status is Status.SUGGESTED:
        lines.attribute("Status", id_, Status.SUGGESTED)
    if judgement.note:
        lines.note(id_, judgement.note)


def _relate(lines: _Lines) -> None:
    """What stands within one article: copies of a fact, and evidence beside its claim."""
    same: dict[str, list[str]] = {}
    for whole in lines.document.claims:
        for cluster in (cluster for cluster, relation in whole.clusters if relation is Relation.SAME):
            same.setdefault(cluster, []).append(lines.ids[whole.claim.id])
    for ids in same.values():
        if len(ids) > 1:
            lines.same(ids)
    for claim, evidence in _passages(lines.document):
        if evidence.article_id == lines.document.article.id and evidence.span is not None:
            passage = lines.bound(PASSAGE, evidence.span, evidence.id)
            lines.relation(STANCES[evidence.stance], passage, lines.ids[claim])


def _passages(document: Document) -> Iterator[tuple[str, Evidence]]:
    for whole in document.claims:
        for evidence in whole.evidence:
            if evidence.kind is EvidenceKind.PASSAGE:
                yield whole.claim.id, evidence


def _stem(number: int, document: Document) -> str:
    meta = document.article.meta
    words = _NO_NAME.sub("-", (meta.publisher or meta.title).casefold()).strip("-")[:40].strip("-")
    return f"{number:03}-{words}" if words else f"{number:03}"


def _about(document: Document, stem: str) -> dict[str, str]:
    return {"file": f"{stem}.txt", **article_head(document.article)}


def _annotation_conf(labels: dict[str, None]) -> str:
    types = [*dict.fromkeys([*LABELS, *labels])]
    reasons = "|".join(type_name(reason) for verdict in Verdict for reason in REASONS[verdict])
    return "\n".join([
        "[entities]", CLAIM, PASSAGE, *types, "",
        "[relations]", *(f"{name}\tArg1:{PASSAGE}, Arg2:{CLAIM}" for name in STANCES.values()),
        "Contradicts\tArg1:Claim, Arg2:Claim", "Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "",
        "[events]", "",
        "[attributes]",
        f"Verdict\tArg:{CLAIM}, Value:{'|'.join(Verdict)}", f"Reason\tArg:{CLAIM}, Value:{reasons}",
        f"Kind\tArg:{CLAIM}, Value:{'|'.join(ClaimKind)}", "Status\tArg:<ENTITY>, Value:suggested", "",
    ])  # fmt: skip


def _visual_conf() -> str:
    return "\n".join([
        "[labels]", *(f"{label} | {meaning}" for label, meaning in LABELS.items()), "",
        "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:#eeeeee, borderColor:darken", f"{CLAIM}\tbgColor:#fff3c4",
        f"{PASSAGE}\tbgColor:#d8ecff", "ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5",
        "Verdict\tglyph:✓|✗|?, dashArray:-", "Status\tdashArray:3-3", "",
    ])  # fmt: skip


def _notes(counts: Counter[str]) -> Iterator[str]:
    if counts["cut"]:
        yield f"{counts['cut']:,} annotations over a line end were written in fragments, one for each line."
    if counts["escaped"]:
        yield f"{counts['escaped']:,} notes hold line ends, tabs or backslashes, which are written as \\n, \\t and \\\\."


def _remarks(dataset: Dataset) -> list[Loss]:
    elsewhere = sum(
        evidence.kind is EvidenceKind.PASSAGE and evidence.article_id != dataset.claims[evidence.claim_id]
        for evidence in evidence_in(dataset)
    )
    found = []
    if elsewhere:
        what = "passage as evidence" if elsewhere == 1 else "passages as evidence"
        found.append(
            Loss(
                f"{elsewhere:,} {what}",
                "It stands in another article than its claim, and brat knows one text at a time.",
            )
        )
    return found


EXPORT = ExportFormat(
    name="brat",
    title="brat (text and annotation files)",
    suffix="",
    group=Group.TOOL,
    description="A folder with a .txt and an .ann file for each article and the settings for them; brat and many programs read it.",
    unit="code points",
    holds=frozenset({Feature.TEXTS, Feature.METADATA, Feature.MENTIONS, Feature.ENTITIES, Feature.CLAIMS, Feature.OVERLAPS,
                     Feature.KINDS, Feature.SUGGESTIONS, Feature.VERDICTS, Feature.REASONS, Feature.NOTES,
                     Feature.PASSAGES}),
    write=write_brat,
    check=check_brat,
    remarks=_remarks,
    readme={"how_to_use": "Copy the folder into brat's data folder. Titles and addresses are in articles.json."},
)  # fmt: skip
