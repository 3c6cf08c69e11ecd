"""Claims of other cases, or of another project, that resemble the one at hand and have a verdict."""

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from sqlite3 import Row

from factdesk.compare.tokens import is_unspaced, words_of
from factdesk.compare.wording import likeness
from factdesk.model.claims import Judgement
from factdesk.model.memory import Remembered
from factdesk.store.claims import get_claim
from factdesk.store.connection import Queryable, Reader, open_reader
from factdesk.store.evidence import evidence_for_cluster
from factdesk.store.opening import check_path, check_readable_as_it_is
from factdesk.store.stored_words import REASONS, VERDICTS

ALIKE = 0.4
"""From this likeness on a claim is shown."""

_WORDS = 16  # of a claim that are looked up
_RAREST = 5  # of these that candidates share two of
_COMMON = 4_000  # a word in more claims than this tells nothing
_FULL = 5  # weight of a word that says something
_CANDIDATES = 400
_SCANNED = 2_000  # newest verdicts looked at where there is no index to ask

_JUDGED = """
SELECT c.id, c.quote, coalesce(nullif(k.normalised, ''), c.normalised) AS normalised, coalesce(k.id, c.id) AS fact
FROM claims c LEFT JOIN clusters k ON k.id = c.inherited_from
WHERE c.verdict IS NOT NULL AND c.status <> 'refused' AND {which}
  AND EXISTS (SELECT 1 FROM case_articles ca WHERE ca.article_id = c.article_id)
  AND NOT EXISTS (SELECT 1 FROM case_articles ca WHERE ca.article_id = c.article_id
                  AND ca.case_id IN (SELECT value FROM json_each(:cases)))
"""
_WHOLE = """
SELECT c.*, s.id AS case_id, s.name AS case_name, d.name AS reviewer, a.published_at,
       coalesce(nullif(a.publisher, ''), nullif(a.title, ''), nullif(a.source_name, ''), substr(a.id, 1, 9)) AS label
FROM claims c JOIN articles a ON a.id = c.article_id JOIN case_articles ca ON ca.article_id = a.id
JOIN cases s ON s.id = ca.case_id LEFT JOIN reviewers d ON d.id = c.decided_by
WHERE c.id = ? ORDER BY s.created_at, s.id LIMIT 1
"""


def judged_before(r: Queryable, claim_id: str, *, other: Reader | None = None, limit: int = 5) -> list[Remembered]:
    """Judged claims like this one, most alike first: of other cases of the project, or of another project."""
    claim = get_claim(r, claim_id)
    cases = [row[0] for row in r.rows("SELECT case_id FROM case_articles WHERE article_id = ?", (claim.article_id,))]
    texts = [text for text in (claim.quote, claim.normalised, _cluster_text(r, claim_id)) if text.strip()]
    source: Queryable = r if other is None else other
    found: dict[str, tuple[float, str]] = {}
    for row in _candidates(source, max(texts, key=len), [] if other is not None else cases):
        theirs = [text for text in (row["quote"], row["normalised"]) if text.strip()]
        alike = max(likeness(mine, text) for mine in texts for text in theirs)
        if alike >= ALIKE and alike > found.get(row["fact"], (0.0, ""))[0]:
            found[row["fact"]] = (alike, row["id"])
    best = sorted(found.values(), key=lambda pair: (-pair[0], pair[1]))[:limit]
    project = "" if other is None else Path(other.value("SELECT file FROM pragma_database_list")).name
    return [_remembered(source, id_, alike, project) for alike, id_ in best]


def open_other_project(path: Path) -> Reader:
    """Another project to look up verdicts in; nothing is ever written to it. The caller closes it."""
    check_path(path)
    reader = open_reader(path, writable_place=False)
    try:
        check_readable_as_it_is(reader, path)
    except BaseException:
        reader.close()
        raise
    return reader


def _candidates(r: Queryable, text: str, cases: Sequence[str]) -> list[Row]:
    match = "" if is_unspaced(text) else _rare_pairs(r, text)
    if match:
        which = "c.number IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH :match)"
        sql, params = _JUDGED.format(which=which) + f" LIMIT {_CANDIDATES}", {"match": match}
    elif is_unspaced(text):
        sql, params = _JUDGED.format(which="1") + f" ORDER BY c.decided_at DESC LIMIT {_SCANNED}", {}
    else:
        return []
    return r.rows(sql, params | {"cases": json.dumps(list(cases))})


def _rare_pairs(r: Queryable, text: str) -> str:
    """A query for claims that share two of the rarest words of a text (or its one word)."""
    words = {word.key: word for word in words_of(text) if word.weight >= _FULL and any(map(str.isalnum, word.text))}
    longest = sorted(words.values(), key=lambda word: -len(word.text))[:_WORDS]
    counted = []
    for word in longest:
        term = f'"{word.key.replace(chr(34), "")}"'
        count = r.value(
            f"SELECT count(*) FROM (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ? LIMIT {_COMMON})", (term,)
        )
        if 0 < count < _COMMON:
            counted.append((count, term))
    rarest = [term for _, term in sorted(counted)[:_RAREST]]
    if len(rarest) < 2:
        return "".join(rarest)
    return " OR ".join(f"({one} AND {other})" for one, other in combinations(rarest, 2))


def _cluster_text(r: Queryable, claim_id: str) -> str:
    text: str | None = r.value(
        "SELECT k.normalised FROM cluster_claims m JOIN clusters k ON k.id = m.cluster_id "
        "WHERE m.claim_id = ? AND m.status = 'accepted' AND m.relation <> 'conflicts' AND k.normalised <> ''",
        (claim_id,),
    )
    return text or ""


def _remembered(r: Queryable, claim_id: str, alike: float, project: str) -> Remembered:
    row = r.one(_WHOLE, (claim_id,))
    if row is None:
        raise RuntimeError(f"the judged claim {claim_id} is in no case")
    reason = None if row["reason"] is None else REASONS[row["reason"]]
    cluster = r.value("SELECT normalised FROM clusters WHERE id = ?", (row["inherited_from"],))
    return Remembered(
        claim_id=claim_id,
        quote=row["quote"],
        normalised=cluster or row["normalised"],
        case_id=row["case_id"],
        case_name=row["case_name"],
        article=row["label"],
        published_at=row["published_at"],
        judgement=Judgement(VERDICTS[row["verdict"]], reason, row["note"], row["confidence"]),
        decided_by=row["reviewer"] or "",
        decided_at=row["decided_at"],
        evidence=tuple(evidence_for_cluster(r, row["case_id"], claim_id)),
        likeness=round(alike, 3),
        project=project,
    )
