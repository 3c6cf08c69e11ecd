"""What a format cannot hold of what was chosen, in words, before anything is written."""

from collections.abc import Sequence

from factdesk.exchange.dataset import Dataset, Whose
from factdesk.exchange.export_format import ExportFormat, Feature, Loss
from factdesk.store.holdings import count_holdings, overlapping_claims

_COUNTED: dict[Feature, tuple[str, str, str]] = {  # the count, and what it counts: one, several
    Feature.TEXTS: ("articles", "article's text", "articles' texts"),
    Feature.ORIGINALS: ("articles", "original file", "original files"),
    Feature.METADATA: ("articles", "article's title, publisher, address and date",
                       "articles' titles, publishers, addresses and dates"),
    Feature.SENTENCES: ("sentences", "article's sentences with their check-worthiness",
                        "articles' sentences with their check-worthiness"),
    Feature.MENTIONS: ("mentions", "mention", "mentions"),
    Feature.ENTITIES: ("entities", "entity (which mentions name the same thing)",
                       "entities (which mentions name the same thing)"),
    Feature.CLAIMS: ("claims", "claim", "claims"),
    Feature.OVERLAPS: ("overlaps", "claim that overlaps another one or holds mentions",
                       "claims that overlap others or hold mentions"),
    Feature.KINDS: ("claims", "claim's kind", "claims' kinds"),
    Feature.SUGGESTIONS: ("suggestions", "suggestion as such: it looks like a decision",
                          "suggestions as such: they look like decisions"),
    Feature.REFUSED: ("refused", "refused suggestion", "refused suggestions"),
    Feature.VERDICTS: ("verdicts", "verdict", "verdicts"),
    Feature.REASONS: ("reasons", "reason of a verdict", "reasons of verdicts"),
    Feature.NOTES: ("notes", "note", "notes"),
    Feature.CONFIDENCE: ("confidence", "confidence of a verdict", "confidences of verdicts"),
    Feature.REVIEWERS: ("verdicts", "verdict's author and time", "verdicts' authors and times"),
    Feature.ALL_REVIEWERS: ("disagreeing", "claim's verdicts by several reviewers",
                            "claims' verdicts by several reviewers"),
    Feature.HISTORY: ("decisions", "entry of the history", "entries of the history"),
    Feature.CLAIMANTS: ("claimants", "claim's claimant", "claims' claimants"),
    Feature.VALUES: ("values", "claim's numbers, dates and times as values", "claims' numbers, dates and times as values"),
    Feature.NORMALISED: ("normalised", "claim in a reviewer's words", "claims in a reviewer's words"),
    Feature.CLUSTERS: ("clusters", "cluster of claims about the same fact", "clusters of claims about the same fact"),
    Feature.CONFLICTS: ("links", "link between claims", "links between claims"),
    Feature.ABSENCES: ("absences", "confirmed “not mentioned”", "confirmed “not mentioned”"),
    Feature.ORIGINS: ("origins", "group of articles with one origin", "groups of articles with one origin"),
    Feature.PASSAGES: ("passages", "passage as evidence", "passages as evidence"),
    Feature.SOURCES: ("sources", "piece of evidence from outside", "pieces of evidence from outside"),
    Feature.FILES: ("files", "attached file", "attached files"),
    Feature.VERSIONS: ("versions", "article's earlier version", "articles' earlier versions"),
}  # fmt: skip
_NEEDS = {  # what is not worth a word of its own when the whole is lost
    Feature.KINDS: Feature.CLAIMS,
    Feature.OVERLAPS: Feature.CLAIMS,
    Feature.SUGGESTIONS: Feature.CLAIMS,
    Feature.ENTITIES: Feature.MENTIONS,
    Feature.REASONS: Feature.VERDICTS,
    Feature.CONFIDENCE: Feature.VERDICTS,
    Feature.REVIEWERS: Feature.VERDICTS,
    Feature.FILES: Feature.SOURCES,
}


def losses_of(dataset: Dataset, chosen: ExportFormat) -> list[Loss]:
    """What of this dataset the format cannot hold; empty when nothing is lost.

    Counts are of the articles that are exported. What the reviewer left out by an option is no loss.
    """
    counts = counted(dataset)
    found: list[Loss] = []
    for feature, (name, one, several) in _COUNTED.items():
        if feature in chosen.holds or counts.get(name, 0) == 0:
            continue
        if _NEEDS.get(feature) is not None and _NEEDS[feature] not in chosen.holds:
            continue
        if feature in _left_out(dataset):
            continue
        found.append(Loss(f"{counts[name]:,} {one if counts[name] == 1 else several}"))
    return [*found, *(chosen.remarks(dataset) if chosen.remarks else [])]


def counted(dataset: Dataset) -> dict[str, int]:
    """How much of each sort the dataset's articles hold."""
    ids = [article.id for article in dataset.articles]
    return count_holdings(dataset.r, ids) | {"overlaps": overlapping_claims(dataset.r, ids)}


def _left_out(dataset: Dataset) -> Sequence[Feature]:
    options = dataset.options
    left: list[Feature] = []
    if options.decisions_only:
        left += [Feature.SUGGESTIONS]
    if options.whose is not Whose.ALL:
        left += [Feature.ALL_REVIEWERS]
    if not options.with_text:
        left += [Feature.TEXTS, Feature.ORIGINALS]
    return left
