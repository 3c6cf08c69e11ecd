"""What is chosen on the board, as the project knows it."""

from factdesk.errors import NotFoundError
from factdesk.model.claims import Status
from factdesk.store.board import BoardRow
from factdesk.store.claims import get_claim
from factdesk.store.clusters import get_cluster
from factdesk_gui.actions.command_spec import Need
from factdesk_gui.models.board_model import HEAD
from factdesk_gui.workspace import Workspace


class BoardChoice:
    """Rows, claims and suggestions of the chosen cells."""

    def __init__(self, workspace: Workspace) -> None:
        self._session = workspace.session
        self._review = workspace.review
        self._view = workspace.board.view
        self._model = workspace.board.model

    def rows(self) -> list[BoardRow]:
        """The rows of the chosen cells, from the top."""
        found = {index.row(): self._model.row(index.row()) for index in self._view.chosen()}
        return [row for row in found.values() if row is not None]

    def one_row(self) -> BoardRow | None:
        """The row of the chosen cells, if they are all in one."""
        rows = self.rows()
        return rows[0] if len(rows) == 1 else None

    def claims(self) -> list[str]:
        """The claims in the chosen cells."""
        cells = (self._model.cell(index) for index in self._view.chosen())
        return [claim for cell in cells if cell is not None for claim in cell.claim_ids]

    def suggested(self) -> list[str]:
        """Ids of the memberships that the chosen cells suggest; a fact stands for its whole row."""
        wanted: dict[str, set[str]] = {}
        for index in self._view.chosen():
            row, cell = self._model.row(index.row()), self._model.cell(index)
            if row is not None and row.cluster_id:
                cells = (cell,) if cell is not None else row.filled.values()
                wanted.setdefault(row.cluster_id, set()).update(claim for one in cells for claim in one.claim_ids)
        members: list[str] = []
        for cluster_id, claims in wanted.items():
            cluster = get_cluster(self._session.reader, cluster_id)
            places = [member for member in cluster.members if member.status is Status.SUGGESTED]
            members += [member.id for member in places if member.claim.id in claims]
        return members

    def clashes(self) -> list[str]:
        """Links by which other rows contradict the chosen cells."""
        cells = (self._model.cell(index) for index in self._view.chosen())
        return [link for cell in cells if cell is not None for link in cell.clashes]

    def needs_met(self) -> set[Need]:
        """What is true about the chosen cells."""
        chosen = self._view.chosen()
        cells = [cell for index in chosen if (cell := self._model.cell(index)) is not None]
        whole = [row for index in chosen if index.column() == HEAD and (row := self._model.row(index.row()))]
        facts = {
            Need.BOARD_CELL: bool(chosen),
            Need.BOARD_CLAIM: any(cell.claim_ids for cell in cells),
            Need.BOARD_SUGGESTION: any(cell.suggested or cell.clashes for cell in cells)
            or any(row.suggested for row in whole),
            Need.BOARD_ROWS: len(self.rows()) > 1,
            Need.BOARD_ROWS_SUGGESTED: any(row.suggested for row in self._model.rows),
            Need.OMISSION: any(not cell.claim_ids for cell in cells),
        }
        return {need for need, is_met in facts.items() if is_met} | self.needs_met_elsewhere()

    def needs_met_elsewhere(self) -> set[Need]:
        """What is true whether or not the board is shown: text is selected in another article than the claim's."""
        selection, claim_id = self._review.selection, self._review.claim_id
        if selection is None or not claim_id:
            return set()
        try:
            claim = get_claim(self._session.reader, claim_id)
        except NotFoundError:
            return set()
        return {Need.ELSEWHERE} if claim.article_id != selection.article_id else set()
