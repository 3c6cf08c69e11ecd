"""Links and evidence between articles of one file, where these were stored in different steps."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from factdesk.model.claims import Judgement
from factdesk.model.given import Given, GivenArticle, GivenClaim, GivenEvidence, GivenLink
from factdesk.ops.intake import Marked

AT_ONCE = 100
"""Links and pieces of evidence in one step."""


@dataclass(slots=True)
class _File:
    """What is known of one file: where its claims are, and what was said of them."""

    source: str
    claims: dict[str, tuple[str, GivenClaim, int]] = field(default_factory=dict)  # by key: article, claim, step
    said: list[tuple[str, GivenLink | GivenEvidence, int]] = field(default_factory=list)  # article, what, step


class Relations:
    """Collects them while articles are stored."""

    def __init__(self) -> None:
        self._files: dict[Hashable, _File] = {}

    def note(self, article: str, marked: Marked, step: int) -> None:
        """Note the marks of an article that was stored in this step."""
        given = marked.given
        if not given:
            return
        file = self._files.setdefault(marked.file, _File(marked.source))
        for claim in given.claims:
            if claim.key:  # its verdict is stored already
                file.claims[claim.key] = (article, replace(claim, judgement=Judgement()), step)
        file.said += [(article, link, step) for link in given.links]
        file.said += [(article, piece, step) for piece in given.evidence]

    def late(self) -> Iterator[list[GivenArticle]]:
        """What was said of claims that were not stored in the same step, in steps, with these claims."""
        for file in self._files.values():
            missed = [each for each in file.said if _is_late(file, each)]
            for start in range(0, len(missed), AT_ONCE):
                yield _items(file, missed[start : start + AT_ONCE])


def _keys(said: GivenLink | GivenEvidence) -> tuple[str, ...]:
    return (said.claim_a, said.claim_b) if isinstance(said, GivenLink) else (said.claim,)


def _is_late(file: _File, each: tuple[str, GivenLink | GivenEvidence, int]) -> bool:
    _, said, step = each
    ends = [file.claims.get(key) for key in _keys(said)]
    return all(ends) and any(end is not None and end[2] != step for end in ends)


def _items(file: _File, part: Sequence[tuple[str, GivenLink | GivenEvidence, int]]) -> list[GivenArticle]:
    claims: dict[str, dict[str, GivenClaim]] = {}
    said: dict[str, list[GivenLink | GivenEvidence]] = {}
    for article, each, _ in part:
        said.setdefault(article, []).append(each)
        for key in _keys(each):
            where, claim, _ = file.claims[key]
            claims.setdefault(where, {})[key] = claim
    return [
        GivenArticle(
            article,
            Given(
                claims=tuple(claims.get(article, {}).values()),
                links=tuple(each for each in said.get(article, ()) if isinstance(each, GivenLink)),
                evidence=tuple(each for each in said.get(article, ()) if isinstance(each, GivenEvidence)),
            ),
            file.source,
        )
        for article in dict.fromkeys((*claims, *said))
    ]
