"""What a dossier is about: the rows of a case's board that were asked for, with their claims as the export shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from factdesk.exchange.dataset import Dataset, ExportClaim, ExportCluster
from factdesk.exchange.dossier.values import Cell, Pair, Row, Table
from factdesk.exchange.dossier.words import BADGES, GLYPHS, one_line, several, shorten
from factdesk.exchange.progress import Steps
from factdesk.model.articles import Article, Case
from factdesk.model.claims import Judgement, Link, Status, Verdict
from factdesk.model.clusters import CellState
from factdesk.store.articles import list_articles
from factdesk.store.board import BoardColumn, BoardFilter, BoardOrder, BoardRow, board
from factdesk.store.board_cells import BoardCell
from factdesk.store.claims import claims_with_history
from factdesk.store.clusters import origins_of
from factdesk.store.versions import replaced_articles

COLUMNS = 5  # sources beside each other in a table: more would not fit a page
WHOLE_TABLES = 4  # of more, each has only the claims that its own sources say something about
_FEW = 60  # claims that are all in the table; of more only those that there is something to compare about
_LONGEST = 160  # of a claim in a table
_LEFT_OUT = Cell("left out", "·", "suggestion left out")
_UNREAD = Cell("unread", "·", "not read yet")


@dataclass(frozen=True, slots=True)
class SourceRef:
    """An article and how the dossier calls it."""

    reference: str  # “S2”
    article: Article

    @property
    def label(self) -> str:
        """Its short name."""
        return one_line(self.article.label)


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of the dossier: a row of the board."""

    number: int
    row: BoardRow
    judgement: Judgement
    decided_by: str
    decided_at: str
    claims: tuple[ExportClaim, ...]  # those that are shown, in the order of the columns
    cluster: ExportCluster | None

    @property
    def lead(self) -> ExportClaim:
        """The claim that the others are compared with, or who stands for it."""
        return next((each for each in self.claims if each.claim.id == self.row.lead_claim_id), self.claims[0])

    @property
    def stand_in(self) -> ExportClaim | None:
        """The claim whose words stand for the fact because the lead is not shown."""
        return None if self.lead.claim.id == self.row.lead_claim_id else self.lead


@dataclass
class CaseRows:
    """One case with its facts in order."""

    case: Case
    columns: tuple[BoardColumn, ...]
    facts: list[Fact] = field(default_factory=list)


class Chosen:
    """Everything that was chosen, gathered once."""

    def __init__(self, dataset: Dataset, steps: Steps) -> None:
        self.dataset = dataset
        self.choice = dataset.choice
        self.r = dataset.r
        self.is_text = dataset.options.with_text
        self._order = dataset.choice("order")
        self._only_decided = dataset.choice("claims") == "decided"
        self.cases: list[CaseRows] = []
        order = BoardOrder.TEXT if self._order == "text" else BoardOrder.DISPUTE
        boards = [(case, board(self.r, BoardFilter(case.id), order)) for case in dataset.cases]
        self.sources = self._sources([column.article_id for _, found in boards for column in found.columns])
        kept = [(case, found.columns, self._wanted(found.rows)) for case, found in boards]
        self.dataset = self._with_whole_rows([row for _, _, rows in kept for row in rows])
        self.claims = self._claims(steps)
        self._clusters = {cluster.id: cluster for cluster in self.dataset.clusters}
        for case, columns, rows in kept:
            self._add(case, columns, rows)

    @cached_property
    def links(self) -> Mapping[str, Link]:
        """Links between the claims that are shown, by id."""
        return {link.id: link for link in self.dataset.links}

    @cached_property
    def number_of(self) -> Mapping[tuple[str, str], int]:
        """The number of the fact that a claim belongs to, by case and claim."""
        return {
            (rows.case.id, each.claim.id): fact.number
            for rows in self.cases
            for fact in rows.facts
            for each in fact.claims
        }

    @cached_property
    def with_history(self) -> frozenset[str]:
        """Claims about which something was ever decided."""
        return claims_with_history(self.r)

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Articles that have a newer version."""
        return replaced_articles(self.r)

    @cached_property
    def reprints(self) -> Mapping[str, tuple[str, ...]]:
        """For each article that shares its text, the articles of its group, in the first case that has one."""
        groups = [origin.article_ids for rows in self.cases for origin in origins_of(self.r, rows.case.id)]
        return {article: group for group in reversed(groups) for article in group}

    @cached_property
    def used(self) -> frozenset[str]:
        """The articles of all cases that are shown."""
        return frozenset(column.article_id for rows in self.cases for column in rows.columns)

    def reference(self, article_id: str | None) -> str:
        """How the dossier calls an article; "" for one that is no source of it."""
        found = self.sources.get(article_id or "")
        return found.reference if found else ""

    def text_of(self, fact: Fact) -> str:
        """The claim in a line: in a reviewer's words, else in those of its lead; where neither may be, its place."""
        claim = fact.lead.claim
        own = self.own_words(fact)
        if own or self.is_text:
            return one_line(own or claim.quote)
        reference = self.reference(claim.article_id)
        return f"Claim at characters {claim.span.start:,} to {claim.span.end:,} of {reference}"

    def own_words(self, fact: Fact) -> str:
        """What a reviewer wrote for the claim; "" while nobody did."""
        return (fact.cluster.normalised if fact.cluster else "") or fact.lead.claim.normalised

    # inside -------------------------------------------------------------------------------------------------------

    def _sources(self, order: list[str]) -> dict[str, SourceRef]:
        """The articles in the order of the columns, so that those of one origin have numbers beside each other."""
        articles = {article.id: article for case in self.dataset.cases for article in list_articles(self.r, case.id)}
        return {id_: SourceRef(f"S{n}", articles[id_]) for n, id_ in enumerate(dict.fromkeys(order), 1)}

    def _wanted(self, rows: tuple[BoardRow, ...]) -> list[BoardRow]:
        chosen = self.dataset.claims
        return [row for row in rows if any(id_ in chosen for cell in row.filled.values() for id_ in cell.claim_ids)]

    def _with_whole_rows(self, rows: list[BoardRow]) -> Dataset:
        """Of a selection also what other sources say about the same: a claim alone would be half the truth."""
        if not self.dataset.options.claim_ids:
            return self.dataset
        everything = frozenset(id_ for row in rows for cell in row.filled.values() for id_ in cell.claim_ids)
        return Dataset(self.r, replace(self.dataset.options, claim_ids=everything or self.dataset.options.claim_ids))

    def _claims(self, steps: Steps) -> dict[str, ExportClaim]:
        found: dict[str, ExportClaim] = {}
        for document in self.dataset.documents():
            found |= {each.claim.id: each for each in document.claims}
            steps.step()
        return found

    def _add(self, case: Case, columns: tuple[BoardColumn, ...], rows: list[BoardRow]) -> None:
        added = CaseRows(case, columns)
        first = sum(len(each.facts) for each in self.cases) + 1
        found: list[Fact] = []
        for row in rows:
            ids = dict.fromkeys(id_ for _, cell in sorted(row.filled.items()) for id_ in cell.claim_ids)
            claims = tuple(self.claims[id_] for id_ in ids if id_ in self.claims)
            if not claims:
                continue
            fact = self._fact(row, claims)
            if self._only_decided and not any([fact.judgement.verdict, *(each.claim.verdict for each in claims)]):
                continue
            found.append(fact)
        if self._order == "dispute":
            found.sort(key=_weight)
        added.facts += [replace(fact, number=number) for number, fact in enumerate(found, first)]
        if added.facts or not self.dataset.options.claim_ids:
            self.cases.append(added)

    def _fact(self, row: BoardRow, claims: tuple[ExportClaim, ...]) -> Fact:
        cluster = self._clusters.get(row.cluster_id or "")
        lead = next((each.claim for each in claims if each.claim.id == row.lead_claim_id), claims[0].claim)
        if cluster is not None and cluster.judgement.verdict is not None:
            judgement = cluster.judgement
            heir = next((each.claim for each in claims if each.claim.inherited_from == cluster.id), None)
            by, at = self._signed(cluster.id) if heir is None else (heir.decided_by, heir.decided_at)
            return Fact(0, row, judgement, by, at, claims, cluster)
        return Fact(0, row, lead.judgement, lead.decided_by, lead.decided_at, claims, cluster)

    def _signed(self, cluster_id: str) -> Pair:
        row = self.r.one(
            "SELECT p.name, k.decided_at FROM clusters k LEFT JOIN reviewers p ON p.id = k.decided_by WHERE k.id = ?",
            (cluster_id,),
        )
        return ("", "") if row is None else (self.dataset.shown_name(row["name"] or ""), row["decided_at"] or "")


def _weight(fact: Fact) -> tuple[bool, int]:
    """Conflicts first, then what is disputed, verified, unverified, undecided, and what nobody has looked at."""
    verdicts = [Verdict.DISPUTED, Verdict.VERIFIED, Verdict.UNVERIFIED, None]
    waits = fact.judgement.verdict is None and all(each.claim.status is Status.SUGGESTED for each in fact.claims)
    return not fact.row.conflicts, len(verdicts) if waits else verdicts.index(fact.judgement.verdict)


def tables_of(chosen: Chosen, rows: CaseRows) -> tuple[Table, ...]:
    """The claims of a case by its sources, in as many tables as are needed to stay readable."""
    facts = [fact for fact in rows.facts if len(rows.facts) <= _FEW or _is_shared(fact)]
    if not facts:
        return ()
    count = -(-len(rows.columns) // COLUMNS) or 1
    many = count > WHOLE_TABLES
    left = len(rows.facts) - len(facts)
    without = f". Without {several(left, 'claim')} that only one source states" if left else ""
    without += ". Only claims about which one of these sources says something" if many else ""
    width = -(-len(rows.columns) // count)
    found: list[Table] = []
    for part in range(count):
        numbers = range(part * width, min((part + 1) * width, len(rows.columns)))
        told = facts
        if many:
            told = [fact for fact in facts if any(number in fact.row.filled for number in numbers)]
            if not told:
                continue
        heads = [chosen.sources[rows.columns[number].article_id] for number in numbers]
        which = f", part {part + 1} of {count}" if count > 1 else ""
        span = heads[0].reference if len(heads) == 1 else f"{heads[0].reference} to {heads[-1].reference}"
        found.append(
            Table(
                f"What each source says about each claim{which} ({span}){without}",
                tuple((head.reference, head.label) for head in heads),
                tuple(_row(chosen, rows, fact, numbers) for fact in told),
            )
        )
    return tuple(found)


def _is_shared(fact: Fact) -> bool:
    """Whether there is anything to compare: several sources, or one that is known to be silent."""
    said = [cell for cell in fact.row.filled.values() if cell.claim_ids]
    return len(said) > 1 or len(said) < len(fact.row.filled) or fact.row.conflicts > 0


def _row(chosen: Chosen, rows: CaseRows, fact: Fact, numbers: range) -> Row:
    cells = tuple(_cell(chosen, fact, fact.row.cell(number), rows.columns[number]) for number in numbers)
    return Row(fact.number, shorten(chosen.text_of(fact), _LONGEST), BADGES[fact.judgement.verdict], cells)


def _cell(chosen: Chosen, fact: Fact, cell: BoardCell, column: BoardColumn) -> Cell:
    if cell.state is CellState.NOT_FOUND and not column.is_analysed:
        return _UNREAD
    if cell.claim_ids and not any(id_ in chosen.claims for id_ in cell.claim_ids):
        return _LEFT_OUT
    if fact.stand_in is not None and fact.stand_in.claim.id in cell.claim_ids:
        return Cell(CellState.STATES.value, GLYPHS[CellState.STATES], CellState.STATES.value)
    word = "not mentioned, confirmed" if cell.state is CellState.NOT_MENTIONED else cell.state.value
    shown = one_line(cell.shown) if chosen.is_text or cell.state is CellState.QUOTES else ""
    return Cell(cell.state.value, GLYPHS[cell.state], word, shown, cell.suggested)
