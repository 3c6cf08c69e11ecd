"""One record of an export back into its rows, after everything it says was checked."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from factdesk.errors import NotFoundError
from factdesk.exchange.formats.jsonl import compress, unpack_original
from factdesk.exchange.formats.records import CHANGE, LATER, SHAPES
from factdesk.exchange.records.fields import Record, Row, Shape
from factdesk.model.claims import Judgement, Reason, Verdict
from factdesk.model.ids import article_id as id_of_text
from factdesk.model.ids import sha256
from factdesk.ops.settings import set_project_setting
from factdesk.store.articles import article_text
from factdesk.store.transaction import Transaction
from factdesk.store.whole import empty_for_import, point_row, put_row, take_over_reviewer
from factdesk.text.normalise import is_normalised

if TYPE_CHECKING:
    from collections.abc import Callable

_SHAPES = {shape.type: shape for shape in SHAPES}
_TARGETS = {"article": "articles", "entity": "entities", "claim": "clusters"}  # where what is named further down lies
_TEXTS_KEPT = 64  # marks come article by article


class BadRecordError(Exception):
    """A record that cannot be kept; the reason in words."""


class Keeper:
    """Keeps records of one file, in its order, in one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._text = lru_cache(_TEXTS_KEPT)(lambda article: article_text(tx, article))
        self._version = 1
        self._later: dict[tuple[str, str], str] = {}
        self._special: dict[str, Callable[[Record], None]] = {
            "project": self._keep_head,
            "reviewer": self._keep_reviewer,
            "article": self._keep_article,
            "attachment": self._keep_attachment,
            "operation": self._keep_operation,
        }
        self._checks: dict[str, Callable[[Record], None]] = {
            "mention": self._check_quote,
            "claim": self._check_claim,
            "evidence": self._check_quote,
            "cluster": _check_judgement,
            "decision": _check_judgement,
            "opinion": _check_judgement,
        }

    def keep(self, record: Record) -> None:
        """Keep one record; raises BadRecordError if that is not possible."""
        try:
            special = self._special.get(record["type"])
            if special is not None:
                special(record)
            else:
                self._keep_plain(record)
        except (ValueError, KeyError, TypeError) as error:
            raise BadRecordError(str(error)) from error

    def join_later(self) -> list[tuple[str, str, str]]:
        """Fill in what names a record further down, where that is there; type, id and words for those where it is not."""
        missing = []
        for (kind, name), target in self._later.items():
            column, what = LATER[kind]
            if not point_row(self._tx, _SHAPES[kind].table, name, column, (_TARGETS[kind], target)):
                missing.append((kind, name, f"{what} is not in the file"))
        return missing

    def _keep_head(self, record: Record) -> None:
        version, settings = record["version"], record.get("settings", {})
        if not isinstance(settings, dict):
            raise BadRecordError("“settings” must be an object")
        self._version = version
        empty_for_import(self._tx)
        for name, value in settings.items():
            set_project_setting(self._tx, name, value)

    def _row(self, shape: Shape, record: Record) -> Row:
        return shape.into_row(record, self._version)

    def _keep_plain(self, record: Record) -> None:
        shape = _SHAPES.get(record["type"])
        if shape is None:
            raise BadRecordError(f"this version knows no record of type “{record['type']}”")
        row = self._row(shape, record)
        check = self._checks.get(shape.type)
        if check is not None:
            check(record)
        self._put_first(shape, row)

    def _keep_reviewer(self, record: Record) -> None:
        shape = _SHAPES["reviewer"]
        row = self._row(shape, record)
        if not take_over_reviewer(self._tx, row):
            self._put(shape.table, row)

    def _keep_article(self, record: Record) -> None:
        shape = _SHAPES["article"]
        row = self._row(shape, record)
        text = row["text"]
        original = unpack_original(record.get("original"), text)
        _check_article(row, text, original)
        memberships = [_membership(each, row["id"]) for each in record["cases"]]
        for membership in memberships:
            if self._tx.value("SELECT 1 FROM cases WHERE id = ?", (membership["case_id"],)) is None:
                raise BadRecordError(f"its case {membership['case_id']} is not in the file (or was refused)")
        self._put_first(shape, row)
        self._put("originals", {"article_id": row["id"], "zlib": compress(original)})
        for membership in memberships:
            self._put("case_articles", membership)

    def _keep_attachment(self, record: Record) -> None:
        shape = _SHAPES["attachment"]
        row = self._row(shape, record)
        content = unpack_original(record["content"], "")
        if len(content) != row["size"] or sha256(content) != row["sha256"]:
            raise BadRecordError("its bytes are not those that their SHA-256 and size tell of")
        self._put(shape.table, row | {"zlib": compress(content)})

    def _keep_operation(self, record: Record) -> None:
        shape = _SHAPES["operation"]
        row = self._row(shape, record)
        changes = record["changes"]
        if not isinstance(changes, list):
            raise BadRecordError("“changes” must be a list")
        rows = [CHANGE.into_row(change) for change in changes]
        self._put(shape.table, row)
        for n, change in enumerate(rows):
            self._put(CHANGE.table, {"operation": row["seq"], "n": n} | change)

    def _put_first(self, shape: Shape, row: Row) -> None:
        """Put a row; what it says about a record further down waits until that is there."""
        column = LATER.get(shape.type, ("",))[0]
        target = row[column] if column else None
        if target is not None:
            row = row | {column: None}
        self._put(shape.table, row)
        if target is not None:
            self._later[shape.type, row["id"]] = target

    def _put(self, table: str, row: Row) -> None:
        reason = put_row(self._tx, table, row)
        if reason:
            raise BadRecordError(reason)

    def _check_claim(self, record: Record) -> None:
        self._check_quote(record)
        _check_judgement(record)
        for name in ("claimant_span", "content_span"):
            span = record[name]
            if span is not None and span[1] > len(self._text_of(record)):
                raise BadRecordError(f"“{name}” lies outside the text of its article")

    def _check_quote(self, record: Record) -> None:
        start, end = record["start"], record["end"]
        if record["article"] is None:
            return
        if start is None or end is None or not 0 <= start < end:
            raise BadRecordError(f"{start}–{end} is no span")
        said = self._text_of(record)[start:end]
        if said != record["quote"]:
            raise BadRecordError(f"its quote is not what the article says at {start}–{end} (“{_short(said)}”)")

    def _text_of(self, record: Record) -> str:
        try:
            return self._text(record["article"])
        except NotFoundError as error:
            raise BadRecordError(f"its article {record['article']} is not in the file (or was refused)") from error


def _check_article(row: Row, text: str, original: bytes) -> None:
    if not is_normalised(text):
        raise BadRecordError("its text is not normalised")
    if len(text) != row["length"] or sha256(text.encode()) != row["text_sha256"] or id_of_text(text) != row["id"]:
        raise BadRecordError("its text is not the one that its SHA-256, length and id tell of")
    if len(original) != row["original_size"] or sha256(original) != row["original_sha256"]:
        raise BadRecordError("its original bytes are not those that their SHA-256 and size tell of")


def _check_judgement(record: Record) -> None:
    verdict = None if record["verdict"] is None else Verdict(record["verdict"])
    reason = None if record["reason"] is None else Reason(record["reason"])
    Judgement(verdict, reason, record["note"], record["confidence"])


def _membership(record: Any, article: str) -> Row:
    if not isinstance(record, dict) or not isinstance(record.get("case"), str):
        raise BadRecordError("“cases” must be a list of cases and positions")
    if not isinstance(record.get("position"), int):
        raise BadRecordError("the position in a case must be a whole number")
    return {"case_id": record["case"], "article_id": article, "position": record["position"]}


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
