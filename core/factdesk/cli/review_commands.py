"""Commands for the second reviewer: hand over, merge, agreement."""

import json as jsonlib
from pathlib import Path
from typing import Annotated, Any

import typer

from factdesk.cli.lookup import SUFFIX, find_claim, get_case_named, reading, writing
from factdesk.cli.output import REFUSED, note, say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile, Reviewer
from factdesk.compare.agreement import PairAgreement, SpanAgreement, agree, alpha, pairs_of, span_agreement
from factdesk.exchange.second_review import hand_over, merge_file
from factdesk.ops.merge_report import as_dict, summary
from factdesk.ops.merging import take_over
from factdesk.ops.people import rename_reviewer, set_colour
from factdesk.store.cases import list_cases
from factdesk.store.disagreements import disagreements, takeable
from factdesk.store.people import list_acquaintances
from factdesk.store.ratings import LABELS, marked_mentions, marked_spans, rated_claims

_LISTED = 20


def handover(
    project: ProjectFile,
    reviewer: Annotated[str, typer.Argument(help="Who shall judge anew.", metavar="REVIEWER")],
    out: Annotated[
        Path, typer.Argument(help="The copy to make; an existing file is never overwritten.", metavar="OUT")
    ],
    claims: Annotated[Path | None, typer.Option(help="A file with ids of claims, one a line; otherwise all.")] = None,
    json: AsJson = False,
) -> None:
    """Make a copy without verdicts for a second reviewer."""
    target = out if out.suffix else Path(f"{out}{SUFFIX}")
    with writing(project) as opened:
        with opened.reader() as r:
            names = claims.read_text(encoding="utf-8").split() if claims else []
            ids = [find_claim(r, name) for name in names]
        made = hand_over(opened, target, reviewer, ids)
    if json:
        say_json({"file": str(target), "reviewer": made.reviewer, "claims": made.claims, "id": made.id})
    else:
        say(f"Made {target} for {made.reviewer}: {made.claims:,} claims, no verdict, note or evidence.")


def merge(
    project: ProjectFile,
    copy: Annotated[Path, typer.Argument(help="The other reviewer's file; it is only read.", metavar="COPY")],
    takes_over: Annotated[
        bool,
        typer.Option("--take-over", help="Also take over verdicts where nobody here has one and the others agree."),
    ] = False,
    reviewer: Reviewer = "",
    json: AsJson = False,
) -> None:
    """Bring another reviewer's work in; nothing that is here is changed."""
    with writing(project, reviewer) as opened:
        merged = merge_file(opened, copy)
        taken = ""
        if takes_over:
            with opened.reader() as r:
                ids = takeable(r)
            taken = opened.run(take_over, ids).title if ids else ""
        with opened.reader() as r:
            apart = sum(len(disagreements(r, case.id)) for case in list_cases(r))
    report = merged.report
    if json:
        say_json(as_dict(report) | {"taken_over": taken, "disagreements": apart})
    else:
        say(summary(report))
        for remark in report.remarks:
            say(remark)
        if taken:
            say(f"{taken}.")
        say(f"Disagreements to settle: {apart:,}.")
        for problem in report.problems[:_LISTED]:
            note(f"Left out: {problem}")
    if report.problems:
        raise typer.Exit(REFUSED)


def reviewers(
    project: ProjectFile,
    rename: Annotated[str, typer.Option(help="Another name for yourself, beside all that you decided.")] = "",
    colour: Annotated[str, typer.Option(help="A reviewer's colour in the window.", metavar="NAME=COLOUR")] = "",
    reviewer: Reviewer = "",
    json: AsJson = False,
) -> None:
    """List who works on a project; give yourself another name, or a reviewer another colour."""
    if rename or colour:
        name, is_one, chosen = colour.rpartition("=")
        if colour and not is_one:
            raise typer.BadParameter(f"“{colour}” is no NAME=COLOUR.", param_hint="--colour")
        with writing(project, reviewer) as opened:
            if rename:
                note(f"{opened.run(rename_reviewer, rename).title}.")
            if colour:
                note(f"{opened.run(set_colour, name.strip(), chosen.strip()).title}.")
    with reading(project) as r:
        people = list_acquaintances(r)
    if json:
        say_json({"reviewers": [{"name": each.person.name, "colour": each.person.colour or None, "claims": each.judged,
                                 "first_seen": each.first_seen, "last_seen": each.last_seen or None}
                                for each in people]})  # fmt: skip
        return
    for each in people:
        last = f", last seen {each.last_seen[:10]}" if each.last_seen else ""
        own = f", {each.person.colour}" if each.person.colour else ""
        claims = "claim" if each.judged == 1 else "claims"
        say(f"{each.person.name}: {each.judged:,} {claims} judged, first seen {each.first_seen[:10]}{last}{own}")


def agreement(
    project: ProjectFile,
    case: Annotated[str | None, typer.Option(help="The case; the only one if there is one.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only claims of this kind, such as quantity.")] = None,
    json: AsJson = False,
) -> None:
    """How far reviewers agree: kappa, alpha, each verdict, and the passages they marked."""
    with reading(project) as r:
        chosen = get_case_named(r, case)
        rated = [each for each in rated_claims(r, chosen.id) if kind in {None, each.kind}]
        spans = marked_spans(r, chosen.id, kind or "")
        named = marked_mentions(r, chosen.id)
    ratings = [each.verdicts for each in rated]
    pairs = [agree(ratings, *pair, LABELS) for pair in pairs_of(ratings)]
    whole = alpha(ratings, LABELS)
    marks = [span_agreement(*pair.reviewers, spans) for pair in pairs]
    mentions = [span_agreement(*pair.reviewers, named) for pair in pairs]
    if json:
        say_json({
            "case": chosen.name,
            "alpha": {"value": whole.value, "interval": whole.interval, "claims": whole.count, "remark": whole.remark},
            "pairs": [_pair(pair) for pair in pairs],
            "marks": [_spans(each) for each in marks],
            "mentions": [_spans(each) for each in mentions],
        })  # fmt: skip
        return
    say(f"Krippendorff's alpha: {_figure(whole.value, whole.interval)} ({whole.count:,} claims judged by two or more)")
    _say_remark(whole.remark)
    for pair in pairs:
        say(f"{' and '.join(pair.reviewers)}: Cohen's kappa {_figure(pair.kappa, pair.interval)}, "
            f"{_percent(pair.observed)} of {pair.count:,} claims the same")  # fmt: skip
        _say_remark(pair.remark)
        for row in _table(pair):
            say(row)
    for what, found in (("Claims", marks), ("Mentions", mentions)):
        for each in found:
            say(f"{what} marked by {' and '.join(each.reviewers)}: F1 {_number(each.f1_exact)} edge for edge, "
                f"{_number(each.f1_touching)} overlapping ({each.first:,} and {each.second:,})")  # fmt: skip
            _say_remark(each.remark)


def _spans(marks: SpanAgreement) -> dict[str, Any]:
    return {
        "reviewers": marks.reviewers,
        "exact": marks.f1_exact,
        "overlapping": marks.f1_touching,
        "counts": [marks.first, marks.second],
        "remark": marks.remark,
    }


def _pair(pair: PairAgreement) -> dict[str, Any]:
    return {
        "reviewers": pair.reviewers,
        "claims": pair.count,
        "observed": pair.observed,
        "kappa": pair.kappa,
        "interval": pair.interval,
        "labels": pair.labels,
        "table": jsonlib.loads(jsonlib.dumps(pair.table)),
        "on_label": pair.on_label,
        "remark": pair.remark,
    }


def _table(pair: PairAgreement) -> list[str]:
    """The confusion table: the first reviewer down, the second across."""
    width = max(map(len, pair.labels))
    first, second = pair.reviewers
    lines = [
        f"  {first} down, {second} across",
        "  " + " " * width + "".join(f"  {name:>{width}}" for name in pair.labels),
    ]
    for name, row in zip(pair.labels, pair.table, strict=True):
        lines.append(f"  {name:<{width}}" + "".join(f"  {count:>{width}}" for count in row))
    return lines


def _figure(value: float | None, interval: tuple[float, float] | None) -> str:
    if interval is None:
        return _number(value)
    return f"{_number(value)} (95 %: {_number(interval[0])} to {_number(interval[1])})"


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "none" if value is None else f"{value:.0%}"


def _say_remark(remark: str) -> None:
    if remark:
        say(f"  {remark}")
