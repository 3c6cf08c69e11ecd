"""Each claim of a dossier with its passages, conflicts, evidence, opinions and history."""

from collections.abc import Iterator, Sequence

from factdesk.compare.values import normal_form
from factdesk.compare.wording import word_diff
from factdesk.exchange.dataset import ExportClaim, Whose
from factdesk.exchange.dossier.rows import CaseRows, Chosen, Fact
from factdesk.exchange.dossier.silence import Silence
from factdesk.exchange.dossier.values import Entry, EvidenceItem, Opinion, Pair, Piece, Quote, Ruling, Statement
from factdesk.exchange.dossier.words import (
    BADGES,
    GLYPHS,
    KINDS,
    STANCES,
    clean,
    is_rtl,
    moment,
    one_line,
    published,
    several,
    shorten,
)
from factdesk.model.claims import Anchor, Claim, Decision, Judgement, Relation, Status
from factdesk.model.clusters import CellState
from factdesk.model.evidence import ClusterEvidence, Evidence, EvidenceKind
from factdesk.model.ids import sha256
from factdesk.model.spans import Span
from factdesk.store.claims import history_of
from factdesk.store.evidence import evidence_for_cluster
from factdesk.store.strip import StripLine, value_strip
from factdesk.store.time_guard import time_warnings

SHORT = 240  # characters of a quote, where short ones are wanted
_NEWEST = 5  # entries of a claim's history that are listed
_WORDS = 120  # characters of either side of a conflict that lies in the words
_STATES = {
    Relation.SAME: CellState.STATES,
    Relation.DIFFERS: CellState.DIFFERS,
    Relation.CONFLICTS: CellState.CONFLICTS,
}
_ANCHORS = {
    Anchor.FUZZY: "The article has a newer version in which these words were changed a little.",
    Anchor.ORPHAN: "The article has a newer version in which these words are gone.",
}


class EntryMaker:
    """Makes the entries of one case."""

    def __init__(self, chosen: Chosen, rows: CaseRows) -> None:
        self._chosen = chosen
        self._case = rows
        self._r = chosen.r
        self._silence = Silence(chosen, rows)
        self._is_short = chosen.choice("quotes") == "short" if chosen.is_text else False

    def entry(self, fact: Fact) -> Entry:
        """One claim, whole."""
        chosen, lead = self._chosen, fact.lead.claim
        strip = self._strip(fact)
        text = chosen.text_of(fact)
        statements = tuple(self._statement(fact, each, strip) for each in fact.claims)
        history, older = self._history(lead)
        return Entry(
            number=fact.number,
            text=text,
            is_own_words=bool(chosen.own_words(fact)),
            language="" if chosen.own_words(fact) else chosen.sources[lead.article_id].article.meta.language,
            is_rtl=is_rtl(text),
            ruling=ruling(fact.judgement, fact.decided_by, fact.decided_at),
            is_suggestion=all(each.is_suggested for each in statements),
            sources=_coverage(fact),
            statements=statements,
            silent=self._silence.about(fact),
            conflicts=tuple(dict.fromkeys(self._conflicts(fact, strip))),
            evidence=tuple(self._evidence(fact)),
            opinions=_opinions(fact),
            history=history,
            older=older,
            warnings=self._warnings(fact),
        )

    def _strip(self, fact: Fact) -> dict[str, StripLine]:
        """What the sources say, lined up; with nothing to compare there is no line."""
        if fact.row.cluster_id is None:
            return {}
        return {line.claim_id: line for line in value_strip(self._r, self._case.case.id, fact.lead.claim.id)}

    def _is_bare(self, fact: Fact) -> bool:
        """Whether no evidence can belong to it."""
        return fact.row.cluster_id is None and not any(each.claim.evidence_count for each in fact.claims)

    def _warnings(self, fact: Fact) -> tuple[str, ...]:
        lead = fact.lead.claim
        is_as_it_was = lead.anchor is Anchor.EXACT and lead.article_id not in self._chosen.replaced
        if is_as_it_was and self._is_bare(fact):
            return ()
        return tuple(dict.fromkeys(each.text for each in time_warnings(self._r, self._case.case.id, lead.id)))

    def _statement(self, fact: Fact, each: ExportClaim, strip: dict[str, StripLine]) -> Statement:
        claim, line = each.claim, strip.get(each.claim.id)
        if each is fact.stand_in:  # its words stand above: it cannot differ from them
            line = None
        source = self._chosen.sources[claim.article_id]
        state = CellState.STATES if each is fact.stand_in else self._state(fact, claim, line)
        is_own = claim.verdict is not None and claim.judgement != fact.judgement
        placed = line.status if line is not None and fact.cluster is not None else claim.status
        return Statement(
            source=source.reference,
            source_name=source.label,
            published=published(source.article.meta.published_at),
            state=state.value,
            glyph=GLYPHS[state],
            quote=self._quoted(claim, fact.lead.claim, line),
            place=_place(claim.span),
            digest=sha256(claim.quote.encode()),
            voices=_voices(claim),
            differs=_why(line),
            values="; ".join(dict.fromkeys(normal_form(value) for value in claim.values)),
            kind=claim.kind.value,
            is_suggested=placed is Status.SUGGESTED,
            own=ruling(claim.judgement, claim.decided_by, claim.decided_at) if is_own else None,
            warning=_ANCHORS.get(claim.anchor, ""),
        )

    def _state(self, fact: Fact, claim: Claim, line: StripLine | None) -> CellState:
        for cell in fact.row.filled.values():
            if cell.claim_ids[:1] == (claim.id,):
                return cell.state
        return CellState.STATES if line is None else _STATES[line.relation]

    def _quoted(self, claim: Claim, lead: Claim, line: StripLine | None) -> Quote | None:
        if not self._chosen.is_text:
            return None
        marked: list[Span] = []
        if line is not None:
            marked = [value.span for value in line.values if value.differs]
        if not marked and line is not None and line.relation is not Relation.SAME:
            diff = word_diff(lead.quote, claim.quote)
            marked = [Span(s.start + claim.span.start, s.end + claim.span.start) for s in diff.b_spans]
        return self._quote(claim.quote, claim.article_id, claim.span.start, marked)

    def _quote(self, text: str, article_id: str | None, start: int = 0, marked: Sequence[Span] = ()) -> Quote:
        source = self._chosen.sources.get(article_id or "")
        language = source.article.meta.language if source else ""
        direction = is_rtl(text)
        if self._is_short and len(text) > SHORT:
            text = text[:SHORT].rstrip() + "…"
        pieces: list[Piece] = []
        done = 0
        for span in sorted(marked):
            begin, end = max(span.start - start, done), min(span.end - start, len(text))
            if begin < end:
                pieces += [Piece(clean(text[done:begin]))] if begin > done else []
                pieces.append(Piece(clean(text[begin:end]), is_marked=True))
                done = end
        if done < len(text):
            pieces.append(Piece(clean(text[done:])))
        return Quote(tuple(pieces), language, direction)

    def _conflicts(self, fact: Fact, strip: dict[str, StripLine]) -> Iterator[str]:
        shown = {each.claim.id for each in fact.claims}
        lead = self._chosen.reference(fact.lead.claim.article_id)
        for line in strip.values():
            if line.relation is Relation.CONFLICTS and line.claim_id in shown:
                why = _why(line)
                if not why and self._chosen.is_text:
                    mine, theirs = (shorten(quote, _WORDS).rstrip(".") for quote in (fact.lead.claim.quote, line.quote))
                    why = f"“{theirs}”, not “{mine}”"
                yield _contradicts(self._chosen.reference(line.article_id), lead, why)
        for cell in fact.row.filled.values():
            for link_id in cell.clashes:
                yield from self._clash(shown, link_id)

    def _clash(self, shown: set[str], link_id: str) -> Iterator[str]:
        link = self._chosen.links.get(link_id)
        if link is None:
            return
        mine, other = (link.claim_a, link.claim_b) if link.claim_a in shown else (link.claim_b, link.claim_a)
        number = self._chosen.number_of.get((self._case.case.id, other))
        if number is not None:
            here, there = (self._chosen.reference(self._chosen.claims[id_].claim.article_id) for id_ in (mine, other))
            yield _contradicts(here, f"{there} in claim {number}", link.reason)

    def _evidence(self, fact: Fact) -> Iterator[EvidenceItem]:
        if self._is_bare(fact):
            return
        shown = {each.claim.id for each in fact.claims}
        decided = self._chosen.dataset.options.decisions_only
        for found in evidence_for_cluster(self._r, self._case.case.id, fact.lead.claim.id):
            if found.evidence.claim_id in shown and (found.is_settled or not decided):
                yield self._item(found)

    def _item(self, found: ClusterEvidence) -> EvidenceItem:
        evidence = found.evidence
        glyph, stance = STANCES[found.stance]
        of_article = evidence.kind is EvidenceKind.PASSAGE
        quote = None
        if evidence.quote and (self._chosen.is_text or not of_article):
            quote = self._quote(evidence.quote, evidence.article_id)
        return EvidenceItem(
            stance=stance,
            glyph=glyph,
            kind=KINDS[evidence.kind],
            quote=quote,
            source=one_line(evidence.source),
            reference=self._chosen.reference(evidence.article_id),
            address=one_line(evidence.url),
            facts=tuple(self._facts(found, evidence)),
            note=clean(evidence.note).strip(),
        )

    def _facts(self, found: ClusterEvidence, evidence: Evidence) -> Iterator[Pair]:
        if evidence.published_at:
            yield "Published", published(evidence.published_at)
        if evidence.captured_at:
            yield "Seen", published(evidence.captured_at)
        if evidence.span is not None:
            yield "Place", _place(evidence.span)
        if evidence.file is not None:
            yield "File", f"{one_line(evidence.file.name)} ({several(evidence.file.size, 'byte')})"
            yield "SHA-256 of the file", evidence.file.sha256
        if evidence.quote and evidence.span is not None and not self._chosen.is_text:
            yield "SHA-256 of the passage", sha256(evidence.quote.encode())
        if not found.is_own:
            claim = self._chosen.claims[evidence.claim_id].claim
            yield "Added to", f"the passage of {self._chosen.reference(claim.article_id)}"
        who = self._chosen.dataset.shown_name(evidence.made_by)
        yield "Added by", ", ".join(filter(None, (who, moment(evidence.made_at))))

    def _history(self, claim: Claim) -> tuple[tuple[str, ...], int]:
        options = self._chosen.dataset.options
        if claim.id not in self._chosen.with_history:
            return (), 0
        entries = history_of(self._r, claim.id)
        if options.whose is Whose.ONE:
            entries = [each for each in entries if each.reviewer == options.reviewer]
        elif options.whose is Whose.ADJUDICATED and claim.verdict is None:
            return (), 0  # what people said here does not count
        if len(entries) == 1 and entries[0].judgement == claim.judgement:
            return (), 0  # it is the verdict above, with who and when
        told = tuple(self._told(each) for each in entries[:_NEWEST])
        return told, max(0, len(entries) - _NEWEST)

    def _told(self, decision: Decision) -> str:
        how = {"undo": " (a step was taken back)", "redo": " (a step was done again)"}.get(decision.cause, "")
        who = self._chosen.dataset.shown_name(decision.reviewer)
        return f"{moment(decision.decided_at)}, {one_line(who)}: {ruling(decision.judgement, '', '').words}{how}"


def ruling(judgement: Judgement, who: str, when: str) -> Ruling:
    """A verdict in words."""
    return Ruling(
        badge=BADGES[judgement.verdict],
        reason=judgement.reason.value if judgement.reason else "",
        note=clean(judgement.note).strip(),
        confidence=judgement.confidence,
        who=one_line(who),
        when=moment(when) if when else "",
    )


def _opinions(fact: Fact) -> tuple[Opinion, ...]:
    """Of each reviewer the last one about the claim; one that is not the verdict in force dissents."""
    last = {opinion.reviewer: opinion for each in fact.claims for opinion in each.opinions if each is fact.lead}
    for each in fact.claims:
        for opinion in each.opinions:
            last.setdefault(opinion.reviewer, opinion)
    if len(last) < 2:
        return ()
    return tuple(
        Opinion(
            one_line(opinion.reviewer),
            ruling(opinion.judgement, opinion.reviewer, opinion.decided_at),
            opinion.judgement.verdict != fact.judgement.verdict,
        )
        for opinion in last.values()
    )


def _why(line: StripLine | None) -> str:
    """What differs, unless that only says that something does."""
    return "" if line is None or line.why.endswith(" in its wording") else one_line(line.why)


def _coverage(fact: Fact) -> str:
    stated = f"Stated by {several(fact.row.sources, 'source')}" if fact.row.sources else "Stated by no source"
    return f"{stated}, contradicted by {fact.row.conflicts:,}" if fact.row.conflicts else stated


def _voices(claim: Claim) -> str:
    names = [one_line(voice.name) for voice in claim.attribution if voice.name.strip()]
    if not names:
        return one_line(claim.claimant)
    return " citing ".join(names)


def _contradicts(one: str, other: str, why: str) -> str:
    return f"{one} contradicts {other}" + (f": {one_line(why).rstrip('.')}." if why else ".")


def _place(span: Span) -> str:
    return f"characters {span.start:,} to {span.end:,}"
