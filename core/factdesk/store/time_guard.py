"""Whether the times of a claim's evidence fit the claim."""

from collections.abc import Iterator
from dataclasses import dataclass

from factdesk.compare.dates import Moment, in_words, moment
from factdesk.model.claims import Anchor
from factdesk.model.dating import TimeIssue, TimeWarning
from factdesk.model.evidence import Evidence, EvidenceKind
from factdesk.store.articles import get_article
from factdesk.store.claims import get_claim
from factdesk.store.connection import Queryable
from factdesk.store.evidence import evidence_for_cluster
from factdesk.store.gate import load_time_guard

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Article:
    """The claim's article as the guard sees it."""

    published_at: str
    published: Moment | None
    captured_at: str
    captured: Moment | None
    is_newer_version: bool
    stale_days: int


def time_warnings(r: Queryable, case_id: str, claim_id: str) -> list[TimeWarning]:
    """What the dates give reason to look at, for the claim's article first, then for each piece of evidence."""
    claim = get_claim(r, claim_id)
    article = get_article(r, claim.article_id)
    versions = r.one(
        "SELECT a.replaces IS NOT NULL AS newer, EXISTS (SELECT 1 FROM articles n WHERE n.replaces = a.id) AS older "
        "FROM articles a WHERE a.id = ?",
        (claim.article_id,),
    )
    published_at, captured_at = article.meta.published_at, article.captured_at
    is_newer, is_older = (False, False) if versions is None else (bool(versions["newer"]), bool(versions["older"]))
    about = _Article(
        published_at, moment(published_at), captured_at, moment(captured_at), is_newer, load_time_guard(r).stale_days
    )
    evidence = [found.evidence for found in evidence_for_cluster(r, case_id, claim_id)]
    warnings = list(_about_the_article(about, claim.anchor, is_older=is_older, is_evidence=bool(evidence)))
    for each in evidence:
        warnings += _about_evidence(r, about, each)
    return warnings


def _about_the_article(
    article: _Article, anchor: Anchor, *, is_older: bool, is_evidence: bool
) -> Iterator[TimeWarning]:
    if is_older or anchor is Anchor.ORPHAN:
        yield TimeWarning(
            TimeIssue.ARTICLE_CHANGED, "The article has a newer version, in which the words of this claim are gone."
        )
    elif anchor is Anchor.FUZZY:
        when = f" of {in_words(article.captured_at)}" if article.captured is not None else ""
        yield TimeWarning(
            TimeIssue.ARTICLE_CHANGED, f"The words of this claim were changed in the newer version{when}."
        )
    if article.published is None and is_evidence:
        yield TimeWarning(
            TimeIssue.UNKNOWN_DATE,
            "It is not known when the article was published, so nothing tells whether the evidence is newer.",
        )


def _about_evidence(r: Queryable, article: _Article, evidence: Evidence) -> Iterator[TimeWarning]:
    name = _name(evidence)
    for issue, text in _about_publication(article, evidence):
        yield TimeWarning(issue, text.replace("{name}", name), evidence.id)
    if evidence.kind is EvidenceKind.PASSAGE:
        changed = _change_of_passage(r, evidence)
        if changed:
            yield TimeWarning(TimeIssue.ARTICLE_CHANGED, f"{name} {changed}", evidence.id)
    captured = moment(evidence.captured_at)
    if not article.is_newer_version or captured is None or article.captured is None:
        return
    if article.captured.is_after(captured):
        dates = f"{_at(evidence.captured_at)}, before the present version of the article"
        text = f"{name} was captured {dates} ({in_words(article.captured_at)})."
        yield TimeWarning(TimeIssue.CAPTURED_BEFORE_CHANGE, text, evidence.id)


def _about_publication(article: _Article, evidence: Evidence) -> Iterator[tuple[TimeIssue, str]]:
    published = moment(evidence.published_at)
    if published is None:
        if evidence.kind is not EvidenceKind.NOTE or evidence.source:
            yield TimeIssue.UNKNOWN_DATE, "It is not known when {name} was published."
        return
    if article.published is None:
        return
    if published.is_after(article.published):
        dates = f"{_at(evidence.published_at)}, after the article ({in_words(article.published_at)})"
        yield TimeIssue.NEWER, "{name} was published " + dates + "."
    age = article.published.days_after(published)
    if evidence.kind is not EvidenceKind.PASSAGE and 0 < article.stale_days < age:
        yield TimeIssue.STALE, "{name} was published " + f"{age:,} days before the article."


def _change_of_passage(r: Queryable, evidence: Evidence) -> str:
    """How the article of a passage changed since it was captured; "" if it did not."""
    row = r.one(
        "SELECT a.text_sha256, (SELECT n.captured_at FROM articles n WHERE n.replaces = a.id LIMIT 1) AS later "
        "FROM articles a WHERE a.id = ?",
        (evidence.article_id,),
    )
    if row is None:
        return ""
    if evidence.anchor is Anchor.ORPHAN or row["later"] is not None:
        when = f", captured {_at(row['later'])}" if row["later"] else ""
        return f"has a newer version{when}, in which this passage is gone."
    if evidence.anchor is Anchor.FUZZY:
        return "changed after it was captured, and the words of this passage with it."
    if evidence.sha256 and evidence.sha256 != row["text_sha256"]:
        return "changed after it was captured; this passage is still in it."
    return ""


def _at(date: str) -> str:
    words = in_words(date)
    return f"on {words}" if words.count(" ") > 1 else f"in {words}"


def _name(evidence: Evidence) -> str:
    name = " ".join((evidence.source or evidence.url or evidence.quote or evidence.note).split())
    if not name and evidence.file is not None:
        name = evidence.file.name
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    return f"“{short}”"
