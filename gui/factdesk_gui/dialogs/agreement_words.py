"""Figures of agreement in words: for the dialog and for the clipboard."""

from factdesk.compare.agreement import NO_SHARED, PairAgreement, SpanAgreement
from factdesk_gui.dialogs.phrases import counted
from factdesk_gui.models.agreement_figures import Agreement

MEANING = (
    "1 means that they always agree, 0 that they agree as often as by chance, less than 0 more seldom than that. Kappa "
    "(Cohen 1960) is for two reviewers; alpha (Krippendorff) for any number of them, not all of whom judged everything. "
    "The interval holds the figure that more claims of this sort would give, 95 times of 100. Only claims that both "
    "judged count. What is settled later changes nothing here."
)


def figure(value: float | None, interval: tuple[float, float] | None) -> str:
    """A figure with its interval."""
    if value is None:
        return "undefined"
    return _number(value) + (f" (95 %: {_number(interval[0])} to {_number(interval[1])})" if interval else "")


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"  # never -0.00


def percent(share: float) -> str:
    """A share in whole percents."""
    return f"{share * 100:.0f} %"


def alpha_words(found: Agreement) -> str:
    """Alpha in a line."""
    whole = found.alpha
    judged = f"{counted(whole.count, 'claim')} judged by two or more of {counted(whole.reviewers, 'reviewer')}"
    if not whole.count:
        return whole.remark
    told = f"Krippendorff's alpha: {figure(whole.value, whole.interval)}, over {judged}."
    return f"{told} {whole.remark}".strip()


def pair_words(pair: PairAgreement) -> str:
    """Two reviewers in a few sentences."""
    told = [f"Cohen's kappa: {figure(pair.kappa, pair.interval)}."]
    if pair.observed is not None:
        told.append(f"The same verdict on {percent(pair.observed)} of {counted(pair.count, 'claim')}.")
    if pair.remark:
        told.append(pair.remark)
    return " ".join(told)


def label_words(pair: PairAgreement) -> str:
    """Agreement on each verdict."""
    each = [f"{label} {percent(share)}" for label, share in pair.on_label.items()]
    return f"Where either of them said it, so did the other: {', '.join(each)}." if each else ""


def marks_words(marks: SpanAgreement, what: str = "Passages held for claims") -> str:
    """How far two reviewers marked the same passages."""
    first, second = marks.reviewers
    if marks.f1_exact is None or marks.f1_touching is None:
        return f"{what}: {marks.remark}"
    return (
        f"{what}: F1 {marks.f1_exact:.2f} edge for edge, {marks.f1_touching:.2f} overlapping "
        f"({first} {marks.first:,}, {second} {marks.second:,}). {marks.remark}"
    ).strip()


def all_marks_words(found: Agreement, at: int) -> str:
    """The same for all sorts of marks of a pair; mentions only where somebody marked one by hand."""
    lines = [marks_words(found.marks[at])]
    if found.mentions and found.mentions[at].remark != NO_SHARED:
        lines.append(marks_words(found.mentions[at], "Mentions marked by hand since the first hand-over"))
    return "\n".join(lines)


def table_lines(pair: PairAgreement) -> list[str]:
    """The confusion table as tab separated lines, for a spreadsheet."""
    first, second = pair.reviewers
    lines = ["\t".join([f"{first} down, {second} across", *pair.labels])]
    return lines + ["\t".join([label, *map(str, row)]) for label, row in zip(pair.labels, pair.table, strict=True)]


def as_text(case_name: str, found: Agreement) -> str:
    """Everything, to be pasted elsewhere."""
    lines = [f"Agreement in “{case_name}”, {f'claims of kind {found.kind}' if found.kind else 'all kinds of claims'}"]
    lines.append(alpha_words(found))
    for at, pair in enumerate(found.pairs):
        lines += ["", f"{pair.reviewers[0]} and {pair.reviewers[1]}", pair_words(pair), *table_lines(pair)]
        lines += [words for words in (label_words(pair), all_marks_words(found, at)) if words]
    return "\n".join(lines)
