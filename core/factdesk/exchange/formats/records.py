"""The records of a complete export: which table each comes from, and how a row and a record become each other.

Everything that the project file stores is in one of them; a test compares the list with the schema.
"""

from factdesk.exchange.records.fields import Field, Kind, Shape

_ID = Field("id")
_MADE_BY = Field("made_by", Kind.TEXT_OR_NULL)
_MADE_AT = Field("made_at")
_SPAN = (Field("start", Kind.WHOLE), Field("end", Kind.WHOLE))
_QUOTE = Field("quote")
_STATUS = Field("status")
_ANCHOR = Field("anchor").since_2("exact")
_JUDGEMENT = (
    Field("verdict", Kind.TEXT_OR_NULL),
    Field("reason", Kind.TEXT_OR_NULL),
    Field("note"),
    Field("confidence", Kind.WHOLE_OR_NULL),
)

# Sittings in which nothing was done, and people who did nothing, leave no trace in an export.
_ACTIVE = "id IN (SELECT session_id FROM operations UNION SELECT session_id FROM decisions UNION SELECT session_id FROM opinions)"
_KNOWN = (
    f"id IN (SELECT reviewer_id FROM sessions WHERE {_ACTIVE} UNION SELECT imported_by FROM articles "  # noqa: S608 - a constant
    "UNION SELECT made_by FROM cases UNION SELECT reviewer_id FROM places UNION SELECT reviewer_id FROM opinions "
    "UNION SELECT made_by FROM handovers UNION SELECT made_by FROM merges UNION SELECT made_by FROM adjudications "
    "UNION SELECT chosen FROM adjudications)"
)
_DECIDED_CLUSTER = (
    "verdict IS NOT NULL OR made_by IS NOT NULL OR normalised <> '' OR note <> '' OR confidence IS NOT NULL "
    "OR id IN (SELECT cluster_id FROM cluster_claims WHERE status <> 'suggested') "
    "OR id IN (SELECT cluster_id FROM absences)"
)
_DECIDED_MEMBER = (
    f"status <> 'suggested' OR (cluster_id, claim_id) IN (SELECT id, lead FROM clusters WHERE {_DECIDED_CLUSTER})"  # noqa: S608 - a constant
)
_DECIDED_CLAIM = (
    "status <> 'suggested' OR id IN (SELECT claim_id FROM evidence) "  # noqa: S608 - a constant
    "OR id IN (SELECT claim_a FROM links WHERE status <> 'suggested') "
    "OR id IN (SELECT claim_b FROM links WHERE status <> 'suggested') "
    f"OR id IN (SELECT claim_id FROM cluster_claims WHERE {_DECIDED_MEMBER})"
)
_DECIDED_ENTITY = (
    "id IN (WITH RECURSIVE kept (id) AS (SELECT entity_id FROM mentions WHERE status <> 'suggested' UNION "
    "SELECT e.merged_into FROM entities e JOIN kept k ON e.id = k.id) SELECT id FROM kept WHERE id IS NOT NULL)"
)

REVIEWER = Shape(
    "reviewer", "reviewers", (_ID, Field("name"), Field("created_at"), Field("colour").since_2("")), _KNOWN
)
SESSION = Shape(
    "session",
    "sessions",
    (
        *(_ID, Field("reviewer", column="reviewer_id"), Field("started_at"), Field("ended_at", Kind.TEXT_OR_NULL)),
        *(Field("interrupted", Kind.FLAG), Field("process_id", Kind.WHOLE), Field("tool_version")),
    ),
    _ACTIVE,
)
CASE = Shape("case", "cases", (_ID, Field("name"), Field("created_at"), _MADE_BY))
ARTICLE = Shape(
    "article",
    "articles",
    (
        *(_ID, Field("number", Kind.WHOLE), Field("title"), Field("publisher"), Field("byline"), Field("url")),
        *(Field("published_at"), Field("language"), Field("length", Kind.WHOLE), Field("text_sha256")),
        *(Field("original_sha256"), Field("original_size", Kind.WHOLE), Field("encoding"), Field("source_name")),
        *(Field("media_type"), Field("captured_at"), Field("imported_at"), Field("imported_by", Kind.TEXT_OR_NULL)),
        *(Field("replaces", Kind.TEXT_OR_NULL).since_2(None), Field("text")),
    ),
    page=8,  # texts and originals may be large
)
ANALYSIS = Shape(
    "analysis",
    "analyses",
    (
        *(Field("article", column="article_id"), Field("model", column="model_name"), Field("model_version")),
        *(Field("spacy_version"), Field("factdesk_version"), Field("language"), Field("analysed_at")),
        *(Field("sentences", Kind.JSON), Field("resources_version").since_2("")),
    ),
    decided="0",
)
RUN = Shape(
    "analysis_run",
    "analysis_runs",
    (
        *(_ID, Field("article", column="article_id"), Field("model", column="model_name"), Field("model_version")),
        *(Field("spacy_version"), Field("factdesk_version"), Field("resources_version"), Field("at")),
        Field("changed", Kind.JSON),
    ),
    decided="0",
)
ENTITY = Shape(
    "entity",
    "entities",
    (_ID, Field("name"), Field("label"), Field("merged_into", Kind.TEXT_OR_NULL), _MADE_BY, _MADE_AT),
    decided=_DECIDED_ENTITY,
)
MENTION = Shape(
    "mention",
    "mentions",
    (
        *(_ID, Field("article", column="article_id"), *_SPAN, _QUOTE, Field("label")),
        *(Field("entity", Kind.TEXT_OR_NULL, "entity_id"), _STATUS, _MADE_BY, _MADE_AT, Field("model"), _ANCHOR),
    ),
    decided="status <> 'suggested'",
)
CLAIM = Shape(
    "claim",
    "claims",
    (
        *(_ID, Field("number", Kind.WHOLE), Field("article", column="article_id"), *_SPAN, _QUOTE, Field("kind")),
        *(Field("score", Kind.REAL_OR_NULL), Field("claimant")),
        Field("claimant_span", Kind.SPAN_OR_NULL, "claimant_start", "claimant_end"),
        Field("content_span", Kind.SPAN_OR_NULL, "content_start", "content_end"),
        *(Field("normalised"), Field("features", Kind.JSON), _STATUS, _MADE_BY, _MADE_AT, Field("model")),
        *(Field("repeat_of", Kind.TEXT_OR_NULL), *_JUDGEMENT),
        *(Field("decided_by", Kind.TEXT_OR_NULL), Field("decided_at", Kind.TEXT_OR_NULL)),
        *(Field("cue").since_2(""), Field("attribution", Kind.JSON).since_2([])),
        *(Field("values", Kind.JSON, "stated_values").since_2([]), _ANCHOR),
        Field("inherited_from", Kind.TEXT_OR_NULL).since_2(None),
    ),
    decided=_DECIDED_CLAIM,
)
ATTACHMENT = Shape(
    "attachment",
    "attachments",
    (
        *(Field("sha256"), Field("name"), Field("media_type"), Field("size", Kind.WHOLE)),
        *(Field("added_by", Kind.TEXT_OR_NULL), Field("added_at")),
    ),
    page=1,  # files may be large
)
EVIDENCE = Shape(
    "evidence",
    "evidence",
    (
        *(_ID, Field("claim", column="claim_id"), Field("kind"), Field("stance"), _QUOTE),
        *(Field("article", Kind.TEXT_OR_NULL, "article_id"), Field("start", Kind.WHOLE_OR_NULL)),
        *(Field("end", Kind.WHOLE_OR_NULL), Field("url"), Field("note"), Field("captured_at"), _MADE_BY, _MADE_AT),
        *(Field("source").since_2(""), Field("published_at").since_2(""), Field("sha256").since_2(""), _ANCHOR),
    ),
)
LINK = Shape(
    "link",
    "links",
    (
        *(_ID, Field("claim_a"), Field("claim_b"), Field("relation"), Field("score", Kind.REAL_OR_NULL)),
        *(Field("reason"), _STATUS, _MADE_BY, _MADE_AT),
    ),
    decided="status <> 'suggested'",
)
CLUSTER = Shape(
    "cluster",
    "clusters",
    (
        *(_ID, Field("case", column="case_id"), Field("normalised"), Field("lead"), *_JUDGEMENT),
        *(Field("decided_by", Kind.TEXT_OR_NULL), Field("decided_at", Kind.TEXT_OR_NULL), _MADE_BY, _MADE_AT),
    ),
    decided=_DECIDED_CLUSTER,
)
MEMBER = Shape(
    "member",
    "cluster_claims",
    (
        *(_ID, Field("cluster", column="cluster_id"), Field("claim", column="claim_id"), Field("relation"), _STATUS),
        *(Field("score", Kind.REAL_OR_NULL), Field("reason"), _MADE_BY, _MADE_AT),
    ),
    decided=_DECIDED_MEMBER,
)
ABSENCE = Shape(
    "absence",
    "absences",
    (_ID, Field("cluster", column="cluster_id"), Field("article", column="article_id"), Field("made_by"), _MADE_AT),
)
ORIGIN = Shape(
    "origin",
    "origins",
    (
        *(Field("case", column="case_id"), Field("article", column="article_id"), Field("origin")),
        *(Field("share", Kind.REAL_OR_NULL), _MADE_BY, _MADE_AT),
    ),
    decided="made_by IS NOT NULL",
)
OPERATION = Shape(
    "operation",
    "operations",
    (
        *(_ID, Field("number", Kind.WHOLE, "seq"), Field("name"), Field("title"), Field("cause")),
        *(Field("target", Kind.WHOLE_OR_NULL), Field("state"), Field("merge_key")),
        *(Field("session", column="session_id"), Field("reviewer", column="reviewer_id"), Field("at")),
        Field("tool_version"),
    ),
    decided="0",
)
CHANGE = Shape(
    "change",  # never a line of its own: in the list “changes” of its operation
    "row_changes",
    (
        *(Field("table", column="table_name"), Field("row", column="row_id")),
        *(Field("before", Kind.JSON_OR_NULL), Field("after", Kind.JSON_OR_NULL)),
    ),
)
DECISION = Shape(
    "decision",
    "decisions",
    (
        *(_ID, Field("number", Kind.WHOLE), Field("claim", column="claim_id"), Field("status", Kind.TEXT_OR_NULL)),
        *(*_JUDGEMENT, Field("cause"), Field("title"), Field("operation", Kind.WHOLE_OR_NULL)),
        *(Field("reviewer", column="reviewer_id"), Field("session", column="session_id"), Field("decided_at")),
        Field("tool_version"),
    ),
    decided=f"claim_id IN (SELECT id FROM claims WHERE {_DECIDED_CLAIM})",  # noqa: S608 - a constant
)
HANDOVER = Shape(
    "handover",
    "handovers",
    (_ID, Field("reviewer"), Field("file_name"), Field("claims", Kind.WHOLE), Field("made_by"), _MADE_AT),
)
MERGE = Shape(
    "merge",
    "merges",
    (
        *(_ID, Field("file_name"), Field("reviewers", Kind.JSON), Field("report", Kind.JSON)),
        *(Field("made_by"), _MADE_AT),
    ),
)
OPINION = Shape(
    "opinion",
    "opinions",
    (
        *(_ID, Field("number", Kind.WHOLE), Field("claim", column="claim_id"), Field("status", Kind.TEXT_OR_NULL)),
        *(*_JUDGEMENT, Field("cause"), Field("title"), Field("reviewer", column="reviewer_id")),
        *(
            Field("session", column="session_id"),
            Field("decided_at"),
            Field("tool_version"),
            Field("place", Kind.WHOLE),
            Field("step"),
            Field("came_at"),
        ),
    ),
    decided=f"claim_id IN (SELECT id FROM claims WHERE {_DECIDED_CLAIM})",  # noqa: S608 - a constant
)
ADJUDICATION = Shape(
    "adjudication",
    "adjudications",
    (_ID, Field("claim", column="claim_id"), Field("chosen", Kind.TEXT_OR_NULL), Field("made_by"), _MADE_AT),
)
PLACE = Shape(
    "place",
    "places",
    (Field("reviewer", column="reviewer_id"), Field("place", Kind.JSON), Field("saved_at")),
)

SHAPES = (
    *(REVIEWER, SESSION, CASE, ARTICLE, ANALYSIS, RUN, ENTITY, MENTION, CLAIM, ATTACHMENT, EVIDENCE, LINK),
    *(CLUSTER, MEMBER, ABSENCE, ORIGIN, OPERATION, DECISION, HANDOVER, MERGE, OPINION, ADJUDICATION, PLACE),
)
"""In the order of a file: each record refers only to earlier ones, except in the fields of `LATER`."""

LATER: dict[str, tuple[str, str]] = {
    "article": ("replaces", "the article that it replaces"),
    "entity": ("merged_into", "the entity it was merged into"),
    "claim": ("inherited_from", "the cluster whose verdict it has"),
}
"""For some types: the field that may name a record further down, and what that is."""
