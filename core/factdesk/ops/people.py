"""Operations on reviewers: the name that they go by, and their colour in the window.

Decisions name their reviewer by id, so a new name stands beside the old ones too; fingerprints of the history go on with
the name that came first. Two entries are never made one: the history says which of them decided, and is only added to.
"""

from factdesk.errors import FactdeskError, NotFoundError
from factdesk.model.changes import Changes
from factdesk.model.people import COLOURS
from factdesk.store.sessions import clean_name, reviewer_of
from factdesk.store.transaction import Transaction


def rename_reviewer(tx: Transaction, name: str) -> Changes:
    """Give whoever decides now another name, beside all that they ever decided here."""
    name, me = clean_name(name), tx.reviewer_id
    before = tx.image("reviewers", me)["name"]
    if reviewer_of(tx, name) not in {None, me}:
        raise FactdeskError(
            f"Somebody else in this project is called {name}.",
            "Two entries cannot become one: the history tells who decided. Choose another name.",
        )
    tx.record(f"Rename {before} to {name}")
    tx.update("reviewers", me, name=name)
    return tx.changes()


def set_colour(tx: Transaction, name: str, colour: str) -> Changes:
    """Give a reviewer a colour, or "" for the one that comes with the order of coming."""
    reviewer = reviewer_of(tx, name)
    if reviewer is None:
        raise NotFoundError(f"Nobody called {name} worked on this project.", "Choose a reviewer from the list.")
    if colour and colour not in COLOURS:
        raise FactdeskError(f"“{colour}” is no colour for a reviewer.", f"Choose one of {', '.join(COLOURS)}.")
    tx.record(f"Colour of {name}: {colour or 'by order'}")
    tx.update("reviewers", reviewer, colour=colour)
    return tx.changes()
