"""The columns of the dataset folder: their names, types and meaning, for Parquet, for the card, and for its readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from factdesk.model.claims import ClaimKind, Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance

TEXT, WHOLE, REAL, FLAG = "string", "int32", "float64", "bool"


@dataclass(frozen=True, slots=True)
class Field:
    """A column, or a field of the objects in one. `of` are the fields of these objects; without any it is a plain value."""

    name: str
    words: str = ""
    type: str = TEXT
    of: tuple["Field", ...] = ()
    is_list: bool = False


def _words(values: Any) -> str:
    return ", ".join(f"`{value}`" for value in values)


_SPAN = (
    Field("start", "where it begins, in code points of the article's text", WHOLE),
    Field("end", "where it ends, exclusive", WHOLE),
)
_JUDGED = (
    Field("verdict", f"{_words(Verdict)}; null while there is none"),
    Field("reason", f"{_words(Reason)}, or null"),
    Field("note", "what the reviewer wrote"),
    Field("confidence", "percent", WHOLE),
)
_META = (
    Field("title"),
    Field("publisher"),
    Field("url"),
    Field("published_at", "ISO 8601, as precise as known"),
    Field("language", "BCP 47"),
)

CLAIMS = (
    Field("id"),
    Field("article_id", "its article in the configuration `articles`"),
    Field("cases", "names of the cases that its article is in", is_list=True),
    *_META,
    *_SPAN,
    Field("quote", "the text at this place; null where texts are left out"),
    Field("normalised", "the claim in a reviewer's words"),
    Field("kind", _words(ClaimKind)),
    Field("score", "check-worthiness from 0 to 1 as the machine sees it; null for claims made by hand", REAL),
    Field("claimant", "who says it"),
    Field("attribution", "who says it, on whose word, the speaker first", of=(Field("name"), Field("cue")), is_list=True),
    Field(
        "values",
        "numbers, dates and times in it",
        of=(
            *(Field("kind"), Field("text", "as written"), Field("unit"), Field("low", type=REAL), Field("high", type=REAL)),
            *(Field("approximation"), Field("first_day"), Field("last_day"), Field("time")),
        ),
        is_list=True,
    ),
    Field("status", f"{_words(Status)}: the machine's, a person's, refused by a person"),
    Field("made_by", "`machine` or a reviewer"),
    Field("repeat_of", "id of the first copy, when the text repeats itself"),
    *_JUDGED,
    Field("reviewer", "who decided"),
    Field("decided_at", "UTC"),
    Field("inherited", "whether the verdict is that of a cluster", FLAG),
    Field(
        "opinions",
        "the last verdict of each reviewer, where all were exported",
        of=(Field("reviewer"), *_JUDGED, Field("decided_at")),
        is_list=True,
    ),
    Field(
        "evidence",
        "passages, addresses, files and notes",
        of=(
            *(Field("id"), Field("kind", _words(EvidenceKind)), Field("stance", _words(Stance)), Field("quote")),
            *(Field("article_id"), *_SPAN, Field("url"), Field("source"), Field("note"), Field("published_at")),
            *(Field("captured_at"), Field("file", "name"), Field("sha256"), Field("made_by")),
        ),
        is_list=True,
    ),
    Field(
        "clusters",
        "facts that it states with other claims",
        of=(Field("id"), Field("relation", "to the claim that leads the cluster"), Field("fact"), Field("verdict"), Field("reason")),
        is_list=True,
    ),
    Field("text_sha256", "of the article's text in UTF-8"),
)  # fmt: skip

ARTICLES = (
    Field("id"),
    *_META[:2],
    Field("byline"),
    *_META[2:],
    Field("captured_at"),
    Field("cases", is_list=True),
    Field("origin", "the same for articles that share their text"),
    Field("replaces", "id of the version before"),
    Field("length", "code points", WHOLE),
    Field("text", "null where texts are left out"),
    Field("text_sha256"),
    Field("original_sha256", "of the file that it was read from"),
    Field("sentences", "with their check-worthiness", of=(*_SPAN, Field("score", type=REAL)), is_list=True),
    Field(
        "mentions",
        "names and values",
        of=(
            *(*_SPAN, Field("quote"), Field("label", "OntoNotes 5"), Field("entity_id"), Field("entity", "its name")),
            *(Field("status"), Field("made_by")),
        ),
        is_list=True,
    ),
    Field("not_mentioned", "ids of clusters whose fact it does not mention, confirmed by a person", is_list=True),
)

PAIRS = (
    *(Field("claim_a"), Field("claim_b"), Field("article_a"), Field("article_b")),
    *(Field("start_a", type=WHOLE), Field("end_a", type=WHOLE), Field("quote_a")),
    *(Field("start_b", type=WHOLE), Field("end_b", type=WHOLE), Field("quote_b")),
    Field("relation", f"{_words(Relation)}: how the two claims stand to each other"),
    Field("status", f"{_words((Status.SUGGESTED, Status.ACCEPTED))}"),
    Field("score", "how alike the machine found them; null where nobody asked it", REAL),
    Field("reason", "in words"),
    Field("source", "`link`, or `cluster`: the claim that leads a cluster, and another member"),
    Field("cluster", "its id"),
)

CONFIGS: dict[str, tuple[Field, ...]] = {"claims": CLAIMS, "articles": ARTICLES, "pairs": PAIRS}
"""Each configuration of the dataset and its columns."""


def arrow_schema(fields: tuple[Field, ...]) -> Any:
    """The schema for Parquet."""
    import pyarrow as pa

    plain = {TEXT: pa.string(), WHOLE: pa.int32(), REAL: pa.float64(), FLAG: pa.bool_()}

    def type_of(field: Field) -> Any:
        one = pa.struct([(each.name, type_of(each)) for each in field.of]) if field.of else plain[field.type]
        return pa.list_(one) if field.is_list else one

    return pa.schema([(field.name, type_of(field)) for field in fields])


def yaml_features(fields: tuple[Field, ...], indent: str) -> Iterator[str]:
    """The same as lines of YAML, as `datasets` has it in the card."""
    for field in fields:
        yield f"{indent}- name: {field.name}"
        if field.is_list and not field.of:
            yield f"{indent}  list: {field.type}"
        elif field.of:
            yield f"{indent}  {'list' if field.is_list else 'struct'}:"
            yield from yaml_features(field.of, indent + "  ")
        else:
            yield f"{indent}  dtype: {field.type}"
