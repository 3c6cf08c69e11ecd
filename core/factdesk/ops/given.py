"""Marks that came with a text from another tool or an export, taken over into the project.

A mark that is there already stays as it is, with two exceptions: what was only suggested is accepted when a person accepted
it elsewhere, and a claim without a verdict takes the one it was given. Nothing that a reviewer decided here is changed.
"""

from collections.abc import Sequence
from typing import Any

from factdesk.compare.dates import is_date
from factdesk.model.changes import Changes
from factdesk.model.claims import Judgement, Relation, Status
from factdesk.model.evidence import EvidenceKind
from factdesk.model.given import Given, GivenArticle, GivenClaim, GivenEvidence, GivenLink, GivenMention
from factdesk.model.ids import claim_id as id_of_claim
from factdesk.model.ids import link_id, mention_id, new_id
from factdesk.model.spans import Span
from factdesk.ops.judging import judged
from factdesk.ops.mentions import entity_for
from factdesk.ops.wording import counted, quoted
from factdesk.store.articles import article_text, get_article
from factdesk.store.cases import get_case
from factdesk.store.gate import missing_for
from factdesk.store.transaction import Transaction

Row = dict[str, Any]
_NAMED = 3  # files and reviewers that a title names


def store_given(tx: Transaction, case_id: str, items: Sequence[GivenArticle], merge_key: str = "") -> Changes:
    """Take over the marks of articles that are stored already, as one step.

    Claims become accepted ones with their verdict, decided by whoever imports them, or suggestions. The title says from
    which file they are and whose verdicts they were. Verdicts that the project's evidence gate would refuse are left out.
    """
    tx.record(take_given(tx, case_id, items).title(items), merge_key)
    return tx.changes()


def take_given(tx: Transaction, case_id: str, items: Sequence[GivenArticle]) -> "Taking":
    """The same as a part of a step that is named elsewhere."""
    get_case(tx, case_id)
    taking = Taking(tx, case_id)
    for item in items:
        taking.marks_of(item)
    for item in items:  # these name claims by their keys, which may belong to any article of the same file
        taking.relations_of(item)
    for item in items:
        taking.verdicts_of(item)
    return taking


class Taking:
    """One step: what it found there, made, and left alone."""

    def __init__(self, tx: Transaction, case_id: str) -> None:
        self._tx = tx
        self._case_id = case_id
        self._keys: dict[tuple[str, str], str] = {}  # source and key: the claim
        self._ids: dict[tuple[str, Span], str] = {}  # article and span: the claim, where it may be changed
        self._articles: dict[str, str] = {}  # article: the claim's article, for links
        self._made: dict[str, list[str]] = {name: [] for name in ("claim", "mention", "link", "piece")}
        self._verdicts_of: dict[str, None] = {}
        self._held_back = 0

    # claims and mentions ------------------------------------------------------------------------------------------

    def marks_of(self, item: GivenArticle) -> None:
        """Claims and mentions of one article."""
        get_article(self._tx, item.article)
        text = article_text(self._tx, item.article)
        known = {
            Span(row["start"], row["end"]): row
            for row in self._tx.rows(
                'SELECT id, start, "end", status, verdict FROM claims WHERE article_id = ?', (item.article,)
            )
        }
        for claim in item.given.claims:
            if not claim.span.of(text).strip() or claim.span.end > len(text):
                continue
            name = self._claim(item.article, claim, text, known.get(claim.span))
            if claim.key and name:
                self._keys[item.source, claim.key] = name
        self._mentions(item.article, item.given, text)

    def _claim(self, article: str, given: GivenClaim, text: str, known: Any) -> str:
        place = (article, given.span)
        if place in self._ids:
            return self._ids[place]  # two of one file: the later verdict holds
        if known is None:
            name = self._insert_claim(article, given, text)
            self._made["claim"].append(name)
        elif known["status"] == Status.REFUSED:
            return ""
        else:
            name = str(known["id"])
            if not given.is_suggestion and self._tx.update("claims", name, status=Status.ACCEPTED):
                self._made["claim"].append(name)
        self._articles[name] = article
        if known is None or known["verdict"] is None:
            self._ids[place] = name
        return name

    def _insert_claim(self, article: str, given: GivenClaim, text: str) -> str:
        name = id_of_claim(article, given.span.start, given.span.end) if given.is_suggestion else new_id()
        if given.is_suggestion and self._tx.value("SELECT 1 FROM claims WHERE id = ?", (name,)) is not None:
            name = new_id()  # a suggestion whose edges were moved since has it
        row = self._place(name, article, given.span, text, is_suggestion=given.is_suggestion)
        known = {"kind": given.kind, "score": given.score, "claimant": given.claimant, "normalised": given.normalised}
        self._tx.insert("claims", row | known)
        return name

    def _mentions(self, article: str, given: Given, text: str) -> None:
        known: dict[Span, list[Any]] = {}
        things: dict[tuple[str, str], str | None] = {}  # quote and label: what mentions of these words name here
        for row in self._tx.rows(
            'SELECT id, start, "end", quote, label, status, entity_id FROM mentions WHERE article_id = ?', (article,)
        ):
            known.setdefault(Span(row["start"], row["end"]), []).append(row)
            if row["entity_id"] is not None and row["status"] != Status.REFUSED:
                things.setdefault((row["quote"], row["label"]), row["entity_id"])
        made: set[tuple[Span, str]] = set()
        for mention in given.mentions:
            quote, key = mention.span.of(text), (mention.span, mention.label)
            if not mention.label.strip() or not quote.strip() or mention.span.end > len(text) or key in made:
                continue
            made.add(key)
            if mention.span in known:
                self._accept_mention(mention, known[mention.span])
            else:
                self._insert_mention(article, mention, text, things)

    def _accept_mention(self, given: GivenMention, known: Sequence[Any]) -> None:
        same = next((row for row in known if (row["label"], row["status"]) == (given.label, Status.SUGGESTED)), None)
        if same is not None and not given.is_suggestion:
            self._tx.update("mentions", same["id"], status=Status.ACCEPTED)
            self._made["mention"].append(same["id"])

    def _insert_mention(
        self, article: str, given: GivenMention, text: str, things: dict[tuple[str, str], str | None]
    ) -> None:
        span, label = given.span, given.label
        name = mention_id(article, span.start, span.end, label) if given.is_suggestion else new_id()
        if given.is_suggestion and self._tx.value("SELECT 1 FROM mentions WHERE id = ?", (name,)) is not None:
            name = new_id()
        row = self._place(name, article, span, text, is_suggestion=given.is_suggestion)
        quote = span.of(text)
        if given.entity or (quote, label) not in things:
            things[quote, label] = entity_for(self._tx, article, quote, label, given.entity or quote)
        entity = things[quote, label]
        self._tx.insert("mentions", row | {"label": label, "entity_id": entity})
        self._made["mention"].append(name)

    def _place(self, name: str, article: str, span: Span, text: str, *, is_suggestion: bool) -> Row:
        return {
            "id": name,
            "article_id": article,
            "start": span.start,
            "end": span.end,
            "quote": span.of(text),
            "status": Status.SUGGESTED if is_suggestion else Status.ACCEPTED,
            "made_by": None if is_suggestion else self._tx.reviewer_id,
            "made_at": self._tx.now,
        }

    # links and evidence -------------------------------------------------------------------------------------------

    def relations_of(self, item: GivenArticle) -> None:
        """Links and evidence that came with one article."""
        for link in item.given.links:
            claims = (self._keys.get((item.source, link.claim_a)), self._keys.get((item.source, link.claim_b)))
            if claims[0] and claims[1]:
                self._link(claims[0], claims[1], link)
        for evidence in item.given.evidence:
            claim = self._keys.get((item.source, evidence.claim))
            if claim:
                self._evidence(item.article, claim, evidence)

    def _link(self, claim: str, other: str, given: GivenLink) -> None:
        if self._articles[claim] == self._articles[other]:
            return
        name = link_id(claim, other)
        known = self._tx.one("SELECT relation, status FROM links WHERE id = ?", (name,))
        if known is not None:
            if known["status"] == Status.SUGGESTED and not given.is_suggestion:
                self._tx.update("links", name, relation=given.relation, status=Status.ACCEPTED)
                self._made["link"].append(name)
            return
        first, second = sorted((claim, other))
        row = {"id": name, "claim_a": first, "claim_b": second, "relation": Relation(given.relation), "score": 1.0}
        status = Status.SUGGESTED if given.is_suggestion else Status.ACCEPTED
        made_by = None if given.is_suggestion else self._tx.reviewer_id
        self._tx.insert("links", row | {"status": status, "made_by": made_by, "made_at": self._tx.now})
        self._made["link"].append(name)

    def _evidence(self, article: str, claim: str, given: GivenEvidence) -> None:
        columns = self._passage(article, given) if given.kind is EvidenceKind.PASSAGE else _source(given, self._tx.now)
        if columns is None:
            return
        twin = self._tx.value(
            "SELECT 1 FROM evidence WHERE claim_id = ? AND kind = ? AND quote = ? AND url = ? AND note = ? "
            "AND article_id IS ? AND start IS ?",
            (
                claim,
                given.kind,
                *(columns[name] for name in ("quote", "url", "note")),
                columns.get("article_id"),
                columns.get("start"),
            ),
        )
        if twin is not None:
            return
        name = new_id()
        head = {"id": name, "claim_id": claim, "kind": given.kind, "stance": given.stance}
        self._tx.insert("evidence", head | columns | {"made_by": self._tx.reviewer_id, "made_at": self._tx.now})
        self._made["piece"].append(name)

    def _passage(self, article: str, given: GivenEvidence) -> Row | None:
        stored, text = get_article(self._tx, article), article_text(self._tx, article)
        if given.span is None or given.span.end > len(text) or not given.span.of(text).strip():
            return None
        place = {"article_id": article, "start": given.span.start, "end": given.span.end}
        captured = {"captured_at": stored.captured_at, "sha256": stored.text_sha256}
        return place | captured | {"quote": given.span.of(text), "url": "", "note": given.note}

    # verdicts -----------------------------------------------------------------------------------------------------

    def verdicts_of(self, item: GivenArticle) -> None:
        """Verdicts and notes, now that their evidence is there."""
        for claim in item.given.claims:
            name = self._ids.get((item.article, claim.span))
            if name is not None and not claim.is_suggestion and claim.judgement != Judgement():
                self._judge(name, claim)

    def _judge(self, name: str, given: GivenClaim) -> None:
        verdict, reason, note = given.judgement.verdict, given.judgement.reason, given.judgement.note
        if missing_for(self._tx, self._case_id, name, verdict, note or None):
            self._held_back += 1
            verdict, reason = None, None
        columns = judged(self._tx, Judgement(), verdict, reason, note or None, given.judgement.confidence)
        self._tx.set_columns("claims", name, columns)
        if verdict is not None and given.reviewer:
            self._verdicts_of.setdefault(given.reviewer)

    # words --------------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """Marks that were made, or accepted because they were elsewhere."""
        return sum(map(len, self._made.values()))

    @property
    def held_back(self) -> int:
        """Claims without the verdict that they had, because evidence for it is missing."""
        return self._held_back

    def title(self, items: Sequence[GivenArticle]) -> str:
        """What was taken over, from where, and whose verdicts they were."""
        made = [
            counted(names, *words)
            for names, words in zip(self._made.values(), (("claim",), ("mention",), ("link",), _PIECES), strict=True)
            if names
        ]
        return f"Marks from {_sources(items)}: {', '.join(made) or 'nothing new'}{self.whose}"

    @property
    def whose(self) -> str:
        """Whose verdicts were taken over, and how many could not be; "" for none."""
        people = list(self._verdicts_of)
        more = f" and {len(people) - _NAMED:,} more" if len(people) > _NAMED else ""
        whose = f" (verdicts of {', '.join(people[:_NAMED])}{more})" if people else ""
        held = (
            f"; {self._held_back:,} without the verdict they had, for which evidence is missing"
            if self._held_back
            else ""
        )
        return whose + held


def _sources(items: Sequence[GivenArticle]) -> str:
    sources = list(dict.fromkeys(item.source for item in items))
    return quoted(sources[0]) if len(sources) == 1 else counted(sources, "file")


_PIECES = ("piece of evidence", "pieces of evidence")


def _source(given: GivenEvidence, now: str) -> Row | None:
    quote, url, note, source = (text.strip() for text in (given.quote, given.url, given.note, given.source))
    if not (quote or url or note or source):
        return None
    published = given.published_at.strip()
    return {
        "quote": quote,
        "url": url,
        "note": given.note,
        "source": source,
        "published_at": published if is_date(published) else "",
        "captured_at": now,
        "sha256": "",
    }
