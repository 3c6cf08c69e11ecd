"""What reviewers do in their copies of a project, at random; and all of a project as values that can be compared."""

import json
import random
from contextlib import suppress
from dataclasses import replace

from builders import new_article
from factdesk.errors import FactdeskError
from factdesk.exchange.attachments import attachment_of
from factdesk.model.claims import Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.spans import Span
from factdesk.ops import articles, claims, clusters, evidence, links, mentions, versions
from factdesk.ops.history import redo, undo
from factdesk.store.disagreements import disagreements
from factdesk.store.opinions import opinions_of
from factdesk.store.ratings import marked_spans, rated_claims

FILES = (b"\x00 a scan", b"a letter", b"")

_DUMPS = {
    "claims": "SELECT c.id, c.article_id, c.start, c.end, c.quote, c.kind, c.status, c.verdict, c.reason, c.note, "
    "c.confidence, c.decided_at, c.normalised, c.linked, c.conflicts, c.evidence_count, p.name, c.made_at, c.anchor "
    "FROM claims c LEFT JOIN reviewers p ON p.id = c.made_by",
    "mentions": "SELECT m.id, m.article_id, m.start, m.end, m.quote, m.label, m.entity_id, m.status, p.name, m.made_at "
    "FROM mentions m LEFT JOIN reviewers p ON p.id = m.made_by",
    "entities": "SELECT e.id, e.name, e.label, e.merged_into, p.name, e.made_at FROM entities e "
    "LEFT JOIN reviewers p ON p.id = e.made_by",
    "evidence": "SELECT v.id, v.claim_id, v.kind, v.stance, v.quote, v.article_id, v.start, v.end, v.url, v.note, v.sha256, "
    "v.source, p.name, v.made_at FROM evidence v LEFT JOIN reviewers p ON p.id = v.made_by",
    "attachments": "SELECT sha256, size FROM attachments",
    "links": "SELECT l.id, l.claim_a, l.claim_b, l.relation, l.status, p.name, l.made_at FROM links l "
    "LEFT JOIN reviewers p ON p.id = l.made_by",
    "articles": "SELECT id, text_sha256, original_sha256 FROM articles",
    "case_articles": "SELECT case_id || article_id, position FROM case_articles",
    "cluster_claims": "SELECT id, cluster_id, claim_id, relation, status FROM cluster_claims",
    "adjudications": "SELECT claim_id, chosen, made_by, made_at FROM adjudications",
    "opinions": "SELECT o.id, o.claim_id, o.status, o.verdict, o.reason, o.note, o.confidence, o.cause, o.title, p.name, "
    "o.session_id, o.decided_at, o.place, o.step FROM opinions o JOIN reviewers p ON p.id = o.reviewer_id",
    "decisions": "SELECT id, claim_id, status, verdict, note, cause, decided_at FROM decisions",
    "sessions": "SELECT s.id, p.name, s.started_at FROM sessions s JOIN reviewers p ON p.id = s.reviewer_id "
    "WHERE s.process_id = 0",
    "reviewers": "SELECT name FROM reviewers",
}
"""Numbers of arrival, and times by the clock here, are not compared."""


def work(project, seed, steps):
    """So many random steps of a reviewer; what the project refuses is left."""
    chance = random.Random(seed)
    for _ in range(steps):
        with project.reader() as reader:
            step = _step(reader, chance)
        with suppress(FactdeskError):  # a link within an article, a second claim at a place, nothing to undo
            project.run(*step)


def _step(reader, chance):
    case = reader.value("SELECT id FROM cases")
    ids = {table: _ids(reader, table) for table in ("claims", "mentions", "evidence", "links")}
    claim = chance.choice(ids["claims"])
    article = chance.choice(_ids(reader, "articles"))
    text = reader.value("SELECT text FROM articles WHERE id = ?", (article,))
    start = chance.randrange(len(text) - 3)
    span = Span(start, chance.randrange(start + 1, len(text) + 1))
    verdict = chance.choice([*Verdict, *Verdict, None])
    word = f"word {chance.random():.6f}"
    file = attachment_of(chance.choice(FILES), "scan.bin")
    return chance.choice(
        [
            *[(claims.mark_claim, claim, verdict, None, chance.choice([None, word]))] * 4,
            *[(clusters.mark_cluster, case, claim, verdict)] * 2,
            *[(claims.set_note, claim, word)] * 2,
            (claims.set_confidence, claim, chance.randrange(101)),
            (claims.accept_claims, [claim]),
            (claims.refuse_claims, [claim]),
            (claims.restore_claims, [claim]),
            *[(claims.add_claim, article, span)] * 2,
            (claims.set_normalised, claim, word),
            (evidence.add_passage, claim, article, span, chance.choice(list(Stance))),
            _file(claim, word, file),
            (evidence.remove_evidence, chance.choice(ids["evidence"] or ["none"])),
            (mentions.add_mention, article, span, "ORG"),
            (mentions.refuse_mentions, [chance.choice(ids["mentions"] or ["none"])]),
            (clusters.link_claims, case, claim, chance.choice(ids["claims"]), chance.choice(list(Relation))),
            (links.refuse_links, [chance.choice(ids["links"] or ["none"])]),
            (articles.add_article, case, new_article(f"New: {word}. It fell on {chance.randrange(30)} May.")),
            (versions.replace_article, case, article, new_article(f"{text} Later: {word}.")),
            *[(undo,)] * 3,
            (redo,),
        ]
    )  # fmt: skip


def _file(claim, word, file):
    def add_source(tx):
        return evidence.add_source(tx, claim, EvidenceKind.FILE, Stance.SUPPORTS, note=word, attachment=file)

    return (add_source,)


def _ids(reader, table):
    return [row[0] for row in reader.rows(f"SELECT id FROM {table} ORDER BY rowid")]  # the same in every run


def dumped(reader):
    """All that a project says, in an order of its own: what people see of it must be the same if this is."""
    found = {name: sorted(map(tuple, reader.rows(sql)), key=repr) for name, sql in _DUMPS.items()}
    case = reader.value("SELECT id FROM cases ORDER BY created_at, id")
    articles_ = _ids(reader, "articles")
    found["said"] = {
        claim: sorted(repr(replace(each, came_at="")) for each in said)
        for claim, said in opinions_of(reader, articles_).items()
    }
    found["rated"] = sorted(repr(each) for each in rated_claims(reader, case))
    found["spans"] = {
        name: {article: sorted(map(repr, spans)) for article, spans in marked.items()}
        for name, marked in marked_spans(reader, case).items()
    }
    found["apart"] = [
        (each.claim.id, sorted(repr(replace(one, came_at="")) for one in each.opinions), each.others)
        for each in disagreements(reader, case)
    ]
    return found


def rows_by_table(reader):
    """Every row of every table, without what triggers count and what a sitting keeps."""
    loose = {"sessions", "settings", "places", "row_changes", "operations"}
    names = [
        row[0]
        for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        if "_fts" not in row[0] and row[0] not in loose and not row[0].startswith(("sqlite_", "_"))
    ]
    counted = {"linked", "conflicts", "evidence_count"}
    return {
        name: {
            json.dumps({k: repr(row[k]) for k in row.keys() if k not in counted}, sort_keys=True)  # noqa: SIM118 - a Row
            for row in reader.rows(f"SELECT * FROM {name}")
        }
        for name in names
    }
