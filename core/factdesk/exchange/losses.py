"""What a format cannot hold of what was chosen, in words, before anything is written."""

from collections.abc import Sequence

from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.export_format import ExportFormat, Feature, Loss
from factdesk.model.claims import Judgement
from factdesk.store.disagreements import Consensus
from factdesk.store.holdings import Part, count_holdings, overlapping_claims
from factdesk.store.opinions import opinions_of

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

    Counts are of what was chosen for the export. What the reviewer left out by an option is no loss.
    """
    left_out = _left_out(dataset.options)
    lost = [feature for feature in _COUNTED if feature not in chosen.holds]
    lacking = [feature for feature in lost if feature not in left_out and _NEEDS.get(feature) not in lost]
    counts = _counted(dataset, lacking)
    found = [*_undecided(dataset), *_not_counted(dataset)]
    for feature in lacking:
        name, one, several = _COUNTED[feature]
        if counts[name]:
            found.append(Loss(f"{counts[name]:,} {one if counts[name] == 1 else several}"))
    return [*found, *(chosen.remarks(dataset) if chosen.remarks else [])]


def _undecided(dataset: Dataset) -> list[Loss]:
    """All claims, when only decisions are wanted and there is none."""
    options = dataset.options
    if not options.decisions_only or dataset.claims:
        return []
    part = Part([article.id for article in dataset.articles], options.claim_ids)
    claims = count_holdings(dataset.r, part, {"claims"})["claims"]
    words = "1 claim" if claims == 1 else f"all {claims:,} claims"
    because = "Nobody has decided about them yet, and suggestions are left out."
    return [Loss(words, because)] if claims else []


def _not_counted(dataset: Dataset) -> list[Loss]:
    """Verdicts that stay out because they were not agreed upon."""
    apart, alone = (dataset.consensus[each] for each in (Consensus.APART, Consensus.ALONE))
    found = []
    if apart:
        claims = "claim" if apart == 1 else "claims"
        found.append(Loss(f"the verdicts on {apart:,} {claims}", "Reviewers disagree, and it is not settled."))
    if alone:
        claims = "claim" if alone == 1 else "claims"
        found.append(Loss(f"the verdicts on {alone:,} {claims}", "Only one reviewer judged each of them."))
    return found


def _counted(dataset: Dataset, lacking: Sequence[Feature]) -> dict[str, int]:
    """How much there is of each sort, as far as it matters."""
    if not lacking:
        return {}
    options = dataset.options
    part = Part([article.id for article in dataset.articles], options.claim_ids, options.decisions_only)
    counts = count_holdings(dataset.r, part, {_COUNTED[feature][0] for feature in lacking})
    if Feature.OVERLAPS in lacking:
        counts["overlaps"] = overlapping_claims(dataset.r, part)
    if options.whose is not Whose.IN_FORCE:
        opinions = opinions_of(dataset.r, part.article_ids)
        opinions = {claim: said for claim, said in opinions.items() if claim in dataset.claims}
        counts["disagreeing"] = sum(len(said) > 1 for said in opinions.values())
        if options.whose is Whose.ONE:
            counts |= _of(
                [each.judgement for said in opinions.values() for each in said if each.reviewer == options.reviewer]
            )
        elif options.whose is Whose.ADJUDICATED:
            counts |= _of([whole.claim.judgement for document in dataset.documents() for whole in document.claims])
    return counts


def _of(given: Sequence[Judgement]) -> dict[str, int]:
    """How much there is of verdicts that were chosen."""
    judged = [judgement for judgement in given if judgement.verdict is not None]
    return {
        "verdicts": len(judged),
        "reasons": sum(judgement.reason is not None for judgement in judged),
        "notes": sum(bool(judgement.note) for judgement in given),
        "confidence": sum(judgement.confidence is not None for judgement in judged),
    }


def _left_out(options: ExportOptions) -> frozenset[Feature]:
    """What was not wanted."""
    left: set[Feature] = set()
    if options.decisions_only:
        left |= {Feature.SUGGESTIONS, Feature.SENTENCES}
    if options.whose is not Whose.ALL:
        left.add(Feature.ALL_REVIEWERS)
    if not options.with_text:
        left |= {Feature.TEXTS, Feature.ORIGINALS}
    return frozenset(left)
