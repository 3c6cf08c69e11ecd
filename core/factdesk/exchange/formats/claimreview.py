"""ClaimReview (schema.org): one JSON-LD file for each decided fact, a template which marks what only a publisher knows."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from factdesk.compare.dates import Moment, moment
from factdesk.exchange.dataset import Dataset, Document
from factdesk.exchange.export_format import Checked, ExportFormat, Feature, FormatOption, Group, Loss, Written
from factdesk.exchange.fact_checks import fact_checks, left_out, one_line
from factdesk.exchange.progress import Steps
from factdesk.model.articles import Article
from factdesk.model.claims import Claim, Reason, Relation, Status, Verdict
from factdesk.text.clusters import cluster_start
from factdesk_resources import read_text

LONGEST = 74  # characters of claimReviewed: Google wants fewer than 75
TO_DO_LIST = "TO-DO.md"

_DISPUTED = "Disputed"
LABELS = {
    (Verdict.VERIFIED, None): "True",
    (Verdict.VERIFIED, Reason.CLEAR): "True",
    (Verdict.VERIFIED, Reason.WITH_CAVEAT): "Mostly true",
    (Verdict.DISPUTED, Reason.CONTRADICTED): "False",
    (Verdict.DISPUTED, Reason.SOURCES_CONFLICT): "Conflicting",
    (Verdict.DISPUTED, Reason.MISSING_CONTEXT): "Missing context",
    (Verdict.UNVERIFIED, None): "Unproven",
    (Verdict.UNVERIFIED, Reason.NOT_ENOUGH_EVIDENCE): "Unproven",
    (Verdict.UNVERIFIED, Reason.NOT_CHECKABLE): "Not rated",
}
_NUMBERS = {"True": 5, "Mostly true": 4, "False": 1}
_BEST, _WORST = 5, 1

_WORDS = "|".join(sorted({*LABELS.values(), _DISPUTED, "Verified", "Unverified", "Misleading", "Half true", "Fake"}, key=len, reverse=True))  # fmt: skip
_RATED = re.compile(rf"^(?:{_WORDS})\s*[:–—-]\s+|\s*[([](?:{_WORDS})[)\]][.!]?$", re.IGNORECASE)
_TYPES = {"PERSON": "Person", "ORG": "Organization", "NORP": "Organization"}


@cache
def _left_open() -> dict[str, str]:
    """What only a publisher knows, by name, and the mark that nobody overlooks."""
    found: dict[str, str] = json.loads(read_text("templates/claimreview.json"))
    return found


@dataclass(slots=True)
class _Fact:
    """What becomes one review: a decided cluster, or a claim with a verdict of its own."""

    name: str
    text: str
    label: str
    claim: Claim
    articles: dict[str, None] = field(default_factory=dict)  # ids of those that state it


def _facts(dataset: Dataset, told: Counter[str], documents: Iterable[Document]) -> list[_Fact]:
    clusters = {cluster.id: cluster for cluster in dataset.clusters}
    facts: dict[str, _Fact] = {}
    decided: dict[str, str] = {}
    for document in documents:
        for check in fact_checks(document, LABELS, _DISPUTED):
            claim = check.claim
            cluster = clusters.get(claim.inherited_from or "")
            name = cluster.id if cluster else claim.id
            text = one_line(cluster.normalised) if cluster and cluster.normalised else check.text
            decided[claim.id] = name
            facts.setdefault(name, _Fact(name, text, check.label, claim)).articles[claim.article_id] = None
    shared = _shared(dataset)
    for fact in facts.values():
        for id_ in [fact.name] if fact.name in clusters else shared.get(fact.claim.id, ()):
            for claim_id, relation, status in clusters[id_].members:
                others = decided.get(claim_id, fact.name) != fact.name
                if relation is not Relation.CONFLICTS and status is Status.ACCEPTED and not others:
                    fact.articles[dataset.claims[claim_id]] = None
    told["reviews"] = len(facts)
    return list(facts.values())


def _shared(dataset: Dataset) -> dict[str, list[str]]:
    """The clusters that each claim stands in without contradicting them."""
    found: dict[str, list[str]] = {}
    for cluster in dataset.clusters:
        for id_, relation, _ in cluster.members:
            if relation is not Relation.CONFLICTS:
                found.setdefault(id_, []).append(cluster.id)
    return found


class _Reviews:
    """Makes the reviews, and counts what a reader should know about them."""

    def __init__(self, dataset: Dataset) -> None:
        self._articles = {article.id: article for article in dataset.articles}
        self._with_numbers = dataset.choice("rating") == "numbers"
        self._labels: dict[str, str] = {one_line(one.name).casefold(): one.label for one in dataset.entities.values()}
        self.told: Counter[str] = Counter()

    def review(self, fact: _Fact) -> dict[str, Any]:
        """One review as JSON-LD."""
        return {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": _to_do("url"),
            "datePublished": _to_do("datePublished"),
            "author": {
                "@type": "Organization",
                "name": _to_do("name"),
                "url": _to_do("author_url"),
                "image": _to_do("image"),
            },
            "claimReviewed": self._short(fact.text),
            "reviewRating": self._rating(fact),
            "itemReviewed": self._item(fact),
        }

    def _short(self, text: str) -> str:
        bare = _RATED.sub("", text).strip() or text
        self.told["rated"] += bare != text
        if len(bare) <= LONGEST:
            return bare
        self.told["cut"] += 1
        return shortened(bare, LONGEST)

    def _rating(self, fact: _Fact) -> dict[str, Any]:
        rating: dict[str, Any] = {"@type": "Rating", "alternateName": fact.label}
        if self._with_numbers and fact.label in _NUMBERS:
            rating |= {"ratingValue": _NUMBERS[fact.label], "bestRating": _BEST, "worstRating": _WORST}
        if fact.claim.judgement.note:
            rating["ratingExplanation"] = fact.claim.judgement.note
        return rating

    def _item(self, fact: _Fact) -> dict[str, Any]:
        articles = [self._articles[id_] for id_ in fact.articles if id_ in self._articles]
        item: dict[str, Any] = {"@type": "Claim", "text": fact.text}
        if fact.claim.claimant:
            label = self._labels.get(one_line(fact.claim.claimant).casefold(), "")
            self.told["untyped"] += label not in _TYPES
            item["author"] = {"@type": _TYPES.get(label, _to_do("type")), "name": one_line(fact.claim.claimant)}
        oldest = _oldest(articles)
        if oldest:
            item["datePublished"] = oldest.meta.published_at
            if oldest.meta.url:
                item["firstAppearance"] = _work(oldest)
        item["appearance"] = [_work(article) for article in articles]
        self.told["unaddressed"] += sum(not article.meta.url for article in articles)
        return item


def _to_do(name: str) -> str:
    return _left_open()["mark"] + _left_open()[name]


def shortened(text: str, longest: int) -> str:
    """The beginning of a text with an ellipsis, cut between words where there are any, never inside a character."""
    head = text[: cluster_start(text, longest - 1)]
    if not text[len(head) : len(head) + 1].isspace():
        between = head.rfind(" ")
        head = head[:between] if between > longest // 2 else head
    return head.rstrip(" ,;:–—-") + "…"


def _oldest(articles: Iterable[Article]) -> Article | None:
    """The one that was certainly published before all others whose date is known; None when that cannot be told."""
    dated: list[tuple[Moment, Article]] = []
    for article in articles:
        when = moment(article.meta.published_at)
        if when is not None:
            dated.append((when, article))
    for when, article in dated:
        if all(other is article or later.is_after(when) for later, other in dated):
            return article
    return None


def _work(article: Article) -> dict[str, Any]:
    meta = article.meta
    known = {"url": meta.url, "headline": one_line(meta.title), "datePublished": meta.published_at}
    work: dict[str, Any] = {"@type": "CreativeWork"} | {name: value for name, value in known.items() if value}
    if meta.publisher:
        work["author"] = {"@type": "Organization", "name": one_line(meta.publisher)}
    return work


def write_claimreview(dataset: Dataset, out: Path, steps: Steps) -> Written:
    """Write one file a review, and the list of what is still to be done."""
    reviews = _Reviews(dataset)
    facts = _facts(dataset, reviews.told, _stepped(dataset, steps))
    lines = []
    for fact in facts:
        review = reviews.review(fact)
        text = json.dumps(review, ensure_ascii=False, indent=2)
        (out / f"{fact.name}.jsonld").write_text(text + "\n", encoding="utf-8", newline="\n")
        claimed = review["claimReviewed"].replace("|", "\\|").replace("<", "&lt;")
        lines.append(f"| `{fact.name}.jsonld` | {claimed} | {fact.label} | {fact.claim.decided_at[:10]} |\n")
    (out / TO_DO_LIST).write_text(
        read_text("templates/claimreview.md") + "".join(lines), encoding="utf-8", newline="\n"
    )
    return Written(len(facts), "reviews", tuple(_notes(reviews.told)))


def _stepped(dataset: Dataset, steps: Steps) -> Iterator[Document]:
    for document in dataset.documents():
        yield document
        steps.step()


_TOLD = {
    "cut": "cut to fewer than 75 characters in claimReviewed; the whole text is in itemReviewed.text.|claim was|claims were",
    "rated": "freed of the rating in its words: claimReviewed must not hold one.|claim was|claims were",
    "untyped": "left open: Person or Organization?|claimant was|claimants were",
    "unaddressed": "named without an address: none is known.|article is|articles are",
}


def _notes(told: Mapping[str, int]) -> Iterator[str]:
    if told.get("reviews"):
        yield "Only a publisher knows the address, the organisation and the day: every file leaves these open, and TO-DO.md lists them."
    for name, template in _TOLD.items():
        sentence, one, several = template.split("|")
        if told.get(name):
            yield f"{told[name]:,} {one if told[name] == 1 else several} {sentence}"


# check ----------------------------------------------------------------------------------------------------------


def claimreview_problems(review: dict[str, Any], known: set[str]) -> Iterator[str]:
    """What breaks the rules for ClaimReview; `known` are the addresses that the project has: no other may be there."""
    for name in ("@context", "@type", "url", "author", "claimReviewed", "reviewRating", "itemReviewed"):
        if not review.get(name):
            yield f"{name} is missing"
    claimed = review.get("claimReviewed", "")
    if len(claimed) > LONGEST or _RATED.search(claimed):
        yield f"claimReviewed is too long, or holds a rating: {claimed}"
    rating = review.get("reviewRating", {})
    if not rating.get("alternateName"):
        yield "there is no rating in words"
    if len({"ratingValue", "bestRating", "worstRating"} & set(rating)) not in {0, 3}:
        yield "a number needs bestRating and worstRating"
    if "ratingValue" in rating and not rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]:
        yield "the number is outside its scale"
    for name, value in _texts(review):
        if name in {"url", "image", "sameAs"} and not value.startswith(_left_open()["mark"]) and value not in known:
            yield f"nobody knows the address {value}"


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, name)
    elif isinstance(value, str):
        yield name, value


def check_claimreview(dataset: Dataset, out: Path) -> Checked:
    """Read every file again by the rules for ClaimReview, and compare it with the project."""
    reviews = _Reviews(dataset)
    documents = list(dataset.documents())
    expected = {fact.name: reviews.review(fact) for fact in _facts(dataset, Counter(), documents)}
    known = {article.meta.url for article in dataset.articles if article.meta.url}
    problems: list[str] = []
    files = sorted(out.glob("*.jsonld"))
    for path in files:
        review = json.loads(path.read_bytes())
        problems += [f"{path.name}: {problem}" for problem in claimreview_problems(review, known)]
        if expected.pop(path.stem, None) != review:
            problems.append(f"{path.name} is not what the project has")
    problems += [f"{name} is missing" for name in expected]
    claims = [(document.text, each.claim) for document in documents for each in document.claims]
    problems += [
        f"claim {claim.id} is not at its place" for text, claim in claims if claim.span.of(text) != claim.quote
    ]
    how = (
        f"Read again by the rules for ClaimReview: {len(files):,} reviews; the fields that must be there are, no claim is too long or holds a rating, "
        "and no address was made up."
    )
    return Checked(how, tuple(problems))


def _remarks(dataset: Dataset) -> list[Loss]:
    losses = left_out(dataset, LABELS, _DISPUTED, "ClaimReview")
    if dataset.claims:
        losses.append(Loss("Places of claims in articles", "ClaimReview names articles, not passages."))
    return losses


EXPORT = ExportFormat(
    name="claimreview",
    title="ClaimReview (JSON-LD)",
    suffix="",
    group=Group.FACT_CHECK,
    description="A review for each decided fact, for the page on which you publish it; what only you know is left open where nobody overlooks it.",
    unit="",
    holds=frozenset({Feature.METADATA, Feature.CLAIMS, Feature.OVERLAPS, Feature.SUGGESTIONS, Feature.VERDICTS, Feature.REASONS,
                     Feature.NOTES, Feature.CLAIMANTS, Feature.NORMALISED, Feature.CLUSTERS}),
    write=write_claimreview,
    check=check_claimreview,
    options=(
        FormatOption(
            "rating",
            "Rating",
            (("words", "In words only"), ("numbers", "With a number from 1 (False) to 5 (True)")),
            "Only True, Mostly true and False get a number; the other words stand on no such scale.",
        ),
    ),
    remarks=_remarks,
)  # fmt: skip
