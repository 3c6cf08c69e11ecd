"""What the catalog says about one command, and the words for why a command cannot be used now."""

from dataclasses import dataclass
from enum import StrEnum

from factdesk_gui.actions.ids import Command


class Need(StrEnum):
    """States the window tells the binder; a command is enabled when all of its needs are met."""

    PROJECT = "project"
    CASE = "case"
    ARTICLE = "article"
    WRITABLE = "writable"
    CLAIM = "claim"
    VERDICT = "verdict"
    SUGGESTION = "suggestion"
    SHOWN_SUGGESTIONS = "shown suggestions"
    SELECTION = "selection"
    MARK = "mark"
    MENTION = "mention"
    LINKED = "linked"
    MEMBER = "member"
    SUGGESTED_LINKS = "suggested links"
    PAIR = "pair"
    UNDO = "undo"
    REDO = "redo"
    PANE = "pane"
    PANES = "panes"
    ROOM = "room"
    BOARD_CELL = "board cell"
    BOARD_CLAIM = "board claim"
    BOARD_SUGGESTION = "board suggestion"
    BOARD_ROWS = "board rows"
    BOARD_ROWS_SUGGESTED = "board rows suggested"
    OMISSION = "omission"
    ELSEWHERE = "selection elsewhere"
    SHARED_TEXT = "shared text"
    OTHER_ARTICLES = "other articles"
    ENTITY = "entity"
    ENTITIES = "entities"
    IDLE = "idle"
    ANALYSING = "analysing"


WHY_NOT: dict[Need, str] = {
    Need.PROJECT: "no project is open",
    Need.CASE: "the project has no case yet",
    Need.ARTICLE: "no article is shown",
    Need.WRITABLE: "the project is open for reading only",
    Need.CLAIM: "no claim is chosen",
    Need.VERDICT: "the claim has no verdict yet",
    Need.SUGGESTION: "nothing suggested is chosen",
    Need.SHOWN_SUGGESTIONS: "the queue shows no suggestion",
    Need.SELECTION: "no text is selected",
    Need.MARK: "no claim or mention is chosen",
    Need.MENTION: "no mention is chosen",
    Need.LINKED: "the claim is linked with no other article",
    Need.MEMBER: "the claim is in no cluster with other articles",
    Need.SUGGESTED_LINKS: "no link of the claim waits to be accepted",
    Need.PAIR: "choose a claim in each of two panes first",
    Need.UNDO: "there is nothing to undo",
    Need.REDO: "there is nothing to redo",
    Need.PANE: "no pane is open",
    Need.PANES: "only one pane is open",
    Need.ROOM: "six panes are open already",
    Need.BOARD_CELL: "nothing is chosen on the board",
    Need.BOARD_CLAIM: "no cell with a claim is chosen on the board",
    Need.BOARD_SUGGESTION: "nothing suggested is chosen on the board",
    Need.BOARD_ROWS: "choose cells in two or more rows of the board first (Ctrl and click)",
    Need.BOARD_ROWS_SUGGESTED: "the board shows nothing suggested",
    Need.OMISSION: "no cell that says “not found” is chosen on the board",
    Need.ELSEWHERE: "select the passage in an article that does not state the current claim yet",
    Need.SHARED_TEXT: "the article counts as a source of its own already",
    Need.OTHER_ARTICLES: "the case has no other article",
    Need.ENTITY: "no entity is chosen",
    Need.ENTITIES: "choose two or more entities in their list first (Ctrl and click)",
    Need.IDLE: "pre-annotation is running",
    Need.ANALYSING: "pre-annotation is not running",
}


class Menu(StrEnum):
    """Where a command stands; a slash starts a submenu. The order here is the order on screen."""

    FILE = "&File"
    EDIT = "&Edit"
    CASE = "Ca&se"
    VERSIONS = "Ca&se/Corrected &versions"
    ENTITY = "Ca&se/En&tity"
    CLAIM = "&Claim"
    REASON = "&Claim/R&eason"
    HERE = "&Claim/Only in thi&s article"
    EVIDENCE = "&Claim/Ev&idence"
    EDGES = "&Claim/M&ove edges"
    SOURCES = "&Claim/In other ar&ticles"
    BOARD = "&Board"
    REVIEW = "&Review"
    GO = "&Go"
    VIEW = "&View"
    PANELS = "&View/&Panels"
    READING = "&View/&Reading text"
    THEME = "&View/&Theme"
    HELP = "&Help"

    @property
    def plain(self) -> str:
        """The name without its access key, submenus after an arrow."""
        return self.value.replace("&", "").replace("/", " › ")


class Place(StrEnum):
    """Where a key holds: in a place of its own a letter may mean something else than in the rest of the window."""

    ANYWHERE = ""
    BOARD = "on the board"
    ENTITIES = "in the list of entities"


class Tool(StrEnum):
    """How a command stands in the toolbar."""

    NO = ""
    ICON = "icon"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One line of the catalog."""

    id: Command
    title: str  # as in the menu, with & before the access key
    menu: Menu
    section: int = 0  # a separator stands where the section of a menu changes
    keys: tuple[str, ...] = ()  # defaults, in Qt's portable notation; the first one is shown
    icon: str = ""
    tool: Tool = Tool.NO
    tool_section: int = 0
    short: str = ""  # label in the toolbar, when the title is too long for it
    needs: frozenset[Need] = frozenset()
    checkable: bool = False
    group: str = ""  # commands of one group exclude each other
    tip: str = ""
    words: str = ""  # more words to find it by in the palette
    within: Place = Place.ANYWHERE  # where its keys hold; there they win over the same keys of commands for anywhere

    @property
    def plain(self) -> str:
        """The title without access key and dots."""
        return self.title.replace("&", "").removesuffix("…")
