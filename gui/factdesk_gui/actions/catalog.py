"""The one table of all commands: menus, toolbar, shortcuts, palette, key sheet and docs/keys.md are made from it."""

from factdesk_gui.actions.command_spec import CommandSpec as Spec
from factdesk_gui.actions.command_spec import Menu, Need, Place, Tool
from factdesk_gui.actions.ids import Command

_PROJECT = frozenset({Need.PROJECT})
_CASE = _PROJECT | {Need.CASE}
_CASE_WRITE = _CASE | {Need.WRITABLE}
_ARTICLE_WRITE = _CASE_WRITE | {Need.ARTICLE}
_CLAIM = _PROJECT | {Need.CLAIM}
_CLAIM_WRITE = _CLAIM | {Need.WRITABLE}
_MARK_WRITE = _PROJECT | {Need.MARK, Need.WRITABLE}
_REASON = _CLAIM_WRITE | {Need.VERDICT}
_SELECTION_WRITE = _PROJECT | {Need.SELECTION, Need.WRITABLE}
_EVIDENCE = _CLAIM_WRITE | {Need.SELECTION}
_CELL = _PROJECT | {Need.BOARD_CELL}
_CELL_WRITE = _CELL | {Need.WRITABLE}
_CELL_CLAIM = _CELL_WRITE | {Need.BOARD_CLAIM}
_CELL_SUGGESTION = _CELL_WRITE | {Need.BOARD_SUGGESTION}
_ENTITY = _PROJECT | {Need.ENTITY}
_ENTITY_WRITE = _ENTITY | {Need.WRITABLE}
_PANE = _PROJECT | {Need.PANE}
_PANES = _PROJECT | {Need.PANES}

# A table, read and compared line by line: the formatter would give each word its own line.
# fmt: off
_FILE = (
    Spec(Command.NEW_PROJECT, "&New project…", Menu.FILE, 1, ("Ctrl+N",), "new", words="create file case"),
    Spec(Command.OPEN_PROJECT, "&Open project…", Menu.FILE, 1, ("Ctrl+O",), "open", words="file"),
    Spec(Command.OPEN_SAMPLE, "Open the &sample case", Menu.FILE, 2, icon="article", words="demo example tutorial"),
    Spec(Command.NEW_FROM_EXPORT, "New project from an e&xport…", Menu.FILE, 3, icon="import",
         tip="Makes a project of an export in JSON Lines, with all decisions and their history",
         words="jsonl import dataset restore colleague"),
    Spec(Command.EXPORT, "&Export…", Menu.FILE, 3, ("Ctrl+Shift+E",), "export", needs=_PROJECT,
         tip="Writes the dataset as a file for other programs", words="save dataset jsonl csv"),
    Spec(Command.CLOSE_PROJECT, "&Close project", Menu.FILE, 4, ("Ctrl+Shift+W",), needs=_PROJECT),
    Spec(Command.QUIT, "&Quit", Menu.FILE, 4, ("Ctrl+Q",), words="exit leave"),
)
_EDIT = (
    Spec(Command.UNDO, "&Undo", Menu.EDIT, 1, ("Ctrl+Z",), "undo", Tool.ICON, 2,
         needs=_PROJECT | {Need.UNDO, Need.WRITABLE}, words="take back"),
    Spec(Command.REDO, "&Redo", Menu.EDIT, 1, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", Tool.ICON, 2,
         needs=_PROJECT | {Need.REDO, Need.WRITABLE}, words="again"),
    Spec(Command.FIND, "&Find in article…", Menu.EDIT, 2, ("Ctrl+F",), "find", needs=_PANE, words="search"),
    Spec(Command.FIND_NEXT, "Find ne&xt", Menu.EDIT, 2, ("F3",), needs=_PANE, words="search again"),
    Spec(Command.FIND_PREVIOUS, "Find pre&vious", Menu.EDIT, 2, ("Shift+F3",), needs=_PANE, words="search back"),
    Spec(Command.FIND_IN_CASE, "Find in the whole &case…", Menu.EDIT, 2, ("Ctrl+Shift+F",), "find-in-case",
         needs=_CASE, words="search all articles"),
    Spec(Command.REVIEWER_NAME, "Reviewer &name…", Menu.EDIT, 3, icon="reviewer",
         tip="The name kept with each of your decisions", words="user author me settings"),
)
_CASE_MENU = (
    Spec(Command.IMPORT_FILES, "&Import files…", Menu.CASE, 1, ("Ctrl+I",), "import", Tool.LABEL, 1, "Import",
         needs=_CASE_WRITE, tip="Adds text files as articles; files can also be dropped on the window",
         words="add article open text"),
    Spec(Command.PASTE_ARTICLE, "&Paste an article…", Menu.CASE, 1, ("Ctrl+Shift+V",), "paste",
         needs=_CASE_WRITE, tip="Adds an article from the clipboard", words="add clipboard text"),
    Spec(Command.EDIT_ARTICLE, "&Edit article details…", Menu.CASE, 2, icon="edit", needs=_ARTICLE_WRITE,
         words="title publisher byline date url encoding metadata"),
    Spec(Command.REMOVE_ARTICLE, "&Remove article from the case", Menu.CASE, 2, icon="remove", needs=_ARTICLE_WRITE,
         words="delete"),
    Spec(Command.PRE_ANNOTATE, "Pre-&annotate", Menu.CASE, 3, ("Ctrl+Shift+A",), "analyse", Tool.LABEL, 1,
         needs=_CASE_WRITE | {Need.IDLE}, tip="Lets the machine suggest entities and claims in new articles",
         words="analyse suggest spacy nlp entities claims"),
    Spec(Command.STOP_PRE_ANNOTATION, "&Stop pre-annotation", Menu.CASE, 3, icon="stop",
         needs=_PROJECT | {Need.ANALYSING}, tip="What is finished is kept", words="cancel"),
    Spec(Command.CHOOSE_MODEL, "Choose the language &model…", Menu.CASE, 3, icon="settings",
         words="spacy pipeline nlp settings"),
    Spec(Command.NEW_CASE, "&New case…", Menu.CASE, 4, icon="case", needs=_PROJECT | {Need.WRITABLE},
         tip="A project can hold several cases, each with its own articles", words="add create event"),
    Spec(Command.RENAME_CASE, "Rename t&he case…", Menu.CASE, 4, needs=_CASE_WRITE, words="title event"),
)
_CLAIM_MENU = (
    Spec(Command.VERIFY, "&Verified", Menu.CLAIM, 1, ("V",), "verified", Tool.LABEL, 3, needs=_CLAIM_WRITE,
         checkable=True, tip="The claim holds", words="verdict true supported"),
    Spec(Command.DISPUTE, "&Disputed", Menu.CLAIM, 1, ("D",), "disputed", Tool.LABEL, 3, needs=_CLAIM_WRITE,
         checkable=True, tip="Evidence or other sources speak against the claim", words="verdict false refuted"),
    Spec(Command.UNVERIFY, "&Unverified", Menu.CLAIM, 1, ("U",), "unverified", Tool.LABEL, 3, needs=_CLAIM_WRITE,
         checkable=True, tip="It cannot be told, or not yet", words="verdict unproven"),
    Spec(Command.CLEAR_VERDICT, "&Clear verdict", Menu.CLAIM, 1, ("Backspace",), "clear", needs=_REASON,
         tip="Back to no verdict yet", words="remove reset undecided"),
    Spec(Command.VERIFY_HERE, "&Verified here only", Menu.HERE, 1, ("Shift+V",), needs=_CLAIM_WRITE,
         tip="For this article alone, whatever holds for the others", words="verdict override"),
    Spec(Command.DISPUTE_HERE, "&Disputed here only", Menu.HERE, 1, ("Shift+D",), needs=_CLAIM_WRITE,
         tip="For this article alone, whatever holds for the others", words="verdict override"),
    Spec(Command.UNVERIFY_HERE, "&Unverified here only", Menu.HERE, 1, ("Shift+U",), needs=_CLAIM_WRITE,
         tip="For this article alone, whatever holds for the others", words="verdict override"),
    Spec(Command.REASON_1, "&First reason", Menu.REASON, 1, ("1",), needs=_REASON),
    Spec(Command.REASON_2, "&Second reason", Menu.REASON, 1, ("2",), needs=_REASON),
    Spec(Command.REASON_3, "&Third reason", Menu.REASON, 1, ("3",), needs=_REASON),
    Spec(Command.FOCUS_NOTE, "Write a &note", Menu.CLAIM, 2, ("Return", "Enter"), "note", needs=_CLAIM,
         tip="Goes to the note of the current claim", words="comment"),
    Spec(Command.EVIDENCE_SUPPORTS, "Selection &supports the claim", Menu.EVIDENCE, 1, ("E",), "evidence", Tool.LABEL,
         4, "Evidence", needs=_EVIDENCE, tip="Adds the selected text as evidence for the current claim",
         words="add passage"),
    Spec(Command.EVIDENCE_REFUTES, "Selection &refutes the claim", Menu.EVIDENCE, 1, ("Shift+E",),
         needs=_EVIDENCE, words="add evidence passage against"),
    Spec(Command.EVIDENCE_CONTEXT, "Selection gives &context", Menu.EVIDENCE, 1, ("C",), needs=_EVIDENCE,
         words="add evidence passage"),
    Spec(Command.OUTSIDE_SOURCE, "&Outside source…", Menu.EVIDENCE, 2, ("Ctrl+E",), needs=_CLAIM_WRITE,
         tip="A web address, a file or a note as evidence", words="add evidence url link file"),
    Spec(Command.NEW_CLAIM, "Ne&w claim from the selection", Menu.CLAIM, 3, ("N",), "claim", Tool.LABEL, 4,
         "New claim", needs=_SELECTION_WRITE, words="add mark"),
    Spec(Command.NEW_MENTION, "New &mention from the selection", Menu.CLAIM, 3, ("M",), "mention",
         needs=_SELECTION_WRITE, words="add entity name mark"),
    Spec(Command.RELABEL_MENTION, "Change the mention's la&bel…", Menu.CLAIM, 3, ("Shift+M",),
         needs=_PROJECT | {Need.MENTION, Need.WRITABLE}, tip="Says what sort of thing the mention in hand names",
         words="correct entity type person place organisation"),
    Spec(Command.START_EARLIER, "&Start a word earlier", Menu.EDGES, 1, ("[",), needs=_MARK_WRITE, words="longer"),
    Spec(Command.START_LATER, "S&tart a word later", Menu.EDGES, 1, ("Shift+[",), needs=_MARK_WRITE,
         words="shorter"),
    Spec(Command.END_EARLIER, "&End a word earlier", Menu.EDGES, 2, ("Shift+]",), needs=_MARK_WRITE,
         words="shorter"),
    Spec(Command.END_LATER, "E&nd a word later", Menu.EDGES, 2, ("]",), needs=_MARK_WRITE, words="longer"),
    Spec(Command.ACCEPT, "&Accept the suggestion", Menu.CLAIM, 4, ("A",), "accept",
         needs=_PROJECT | {Need.SUGGESTION, Need.WRITABLE}, words="keep confirm"),
    Spec(Command.REFUSE, "Re&fuse the claim or mention", Menu.CLAIM, 4, ("X",), "refuse", needs=_MARK_WRITE,
         words="suggestion reject drop delete remove no claim"),
    Spec(Command.ACCEPT_SHOWN, "Accept all s&hown in the queue", Menu.CLAIM, 4, ("Shift+A",),
         needs=_PROJECT | {Need.SHOWN_SUGGESTIONS, Need.WRITABLE}, words="bulk suggestions"),
    Spec(Command.LINK, "&Link with the other pane's claim", Menu.CLAIM, 5, ("L",), "link",
         needs=_CLAIM_WRITE | {Need.PAIR}, words="same cluster relation conflict"),
    Spec(Command.ACCEPT_LINKS, "Accept all &links of the claim", Menu.SOURCES, 1, ("Y",), "accept",
         needs=_CLAIM_WRITE | {Need.SUGGESTED_LINKS}, tip="Confirms what the machine found in other articles",
         words="cluster confirm yes sources"),
    Spec(Command.UNLINK, "&Unlink the claim from the others", Menu.SOURCES, 1, ("Shift+L",),
         needs=_CLAIM_WRITE | {Need.MEMBER}, tip="Takes the current claim out of its cluster",
         words="remove separate cluster"),
    Spec(Command.CLAIM_LEAD, "&Compare the others with this claim", Menu.SOURCES, 1,
         needs=_CLAIM_WRITE | {Need.MEMBER}, tip="Makes it the lead of its cluster", words="lead cluster main"),
    Spec(Command.CLAIM_SAME, "It says the &same", Menu.SOURCES, 2, ("Alt+1",),
         needs=_CLAIM_WRITE | {Need.MEMBER}, words="relation cluster lead"),
    Spec(Command.CLAIM_DIFFERS, "It &differs", Menu.SOURCES, 2, ("Alt+2",),
         needs=_CLAIM_WRITE | {Need.MEMBER}, tip="Worded otherwise, or more precise", words="relation cluster lead"),
    Spec(Command.CLAIM_CONFLICTS, "It co&nflicts", Menu.SOURCES, 2, ("Alt+3",),
         needs=_CLAIM_WRITE | {Need.MEMBER}, tip="Another number, date, place or outcome",
         words="relation cluster lead contradicts"),
    Spec(Command.NORMALISE, "Write the claim in &plain words", Menu.SOURCES, 3, ("P",), "edit", needs=_CLAIM,
         tip="One sentence that can be checked on its own, for all articles that state it",
         words="normalise cluster text"),
    Spec(Command.JUDGED_ELSEWHERE, "Look in another p&roject…", Menu.SOURCES, 3, (), "case", needs=_CLAIM,
         tip="Whether a claim like this one was decided there; nothing is changed in it",
         words="memory earlier case judged before"),
)
_BOARD = (
    Spec(Command.BOARD, "&Board", Menu.BOARD, 1, ("B",), "board", Tool.LABEL, 5, needs=_PROJECT, checkable=True,
         tip="What each source says, fact by fact. Once more puts the board away",
         words="show hide matrix table clusters sources compare"),
    Spec(Command.BOARD_SEARCH, "&Search the board", Menu.BOARD, 1, ("/",), needs=_CASE, within=Place.BOARD,
         words="find filter rows"),
    Spec(Command.BOARD_AGAIN, "Sor&t again", Menu.BOARD, 1, ("F5",), needs=_CASE, within=Place.BOARD,
         tip="Puts rows that no longer fit the filter or the order into their places", words="refresh order filter"),
    Spec(Command.NEXT_OMISSION, "Next open &omission", Menu.BOARD, 1, ("Shift+O",), needs=_CASE,
         tip="The next fact that two sources state and this article does not, as far as the machine found",
         words="missing gap not found todo"),
    Spec(Command.OPEN_PASSAGE, "&Read the passage", Menu.BOARD, 2, ("Return", "Enter"), needs=_CELL,
         within=Place.BOARD, tip="Goes from the cell to its passage in the pane", words="open go pane"),
    Spec(Command.ACCEPT_CELL, "&Accept the cell or row", Menu.BOARD, 3, ("A",), "accept", needs=_CELL_SUGGESTION,
         within=Place.BOARD, tip="The claim belongs to the fact; on the fact itself: all suggested cells of the row",
         words="membership suggestion link"),
    Spec(Command.REFUSE_CELL, "Refuse the cell or ro&w", Menu.BOARD, 3, ("X",), "refuse", needs=_CELL_SUGGESTION,
         within=Place.BOARD, tip="The claim does not belong to the fact", words="membership suggestion link reject"),
    Spec(Command.ACCEPT_BOARD, "Accept all s&hown rows", Menu.BOARD, 3, ("Shift+A",), within=Place.BOARD,
         needs=_CASE_WRITE | {Need.BOARD_ROWS_SUGGESTED}, tip="Every suggested cell that the filters leave, in one step",
         words="bulk membership suggestions links"),
    Spec(Command.NOT_MENTIONED, "&Not mentioned", Menu.BOARD, 4, ("O",), "absent",
         needs=_CELL_WRITE | {Need.OMISSION},
         tip="Confirms that the article says nothing about the fact; once more takes it back",
         words="omission absent missing confirm"),
    Spec(Command.IT_IS_HERE, "&It is here", Menu.BOARD, 4, ("H",), "here", needs=_CLAIM_WRITE | {Need.ELSEWHERE},
         tip="The selected text is what its article says about the current claim's fact",
         words="omission found point passage selection"),
    Spec(Command.MERGE_ROWS, "&Merge the rows", Menu.BOARD, 5, ("M",), "merge", within=Place.BOARD,
         needs=_CELL_WRITE | {Need.BOARD_ROWS}, tip="The chosen rows are about the same fact", words="join clusters"),
    Spec(Command.SPLIT_CELLS, "S&plit the cells off", Menu.BOARD, 5, ("Shift+M",), needs=_CELL_CLAIM,
         within=Place.BOARD, tip="The chosen cells become a row of their own", words="separate cluster"),
    Spec(Command.REMOVE_CELL, "Take the claim o&ut of the row", Menu.BOARD, 5, ("Del",), needs=_CELL_CLAIM,
         within=Place.BOARD, tip="The claim is about something else", words="unlink remove"),
    Spec(Command.EDIT_FACT, "&Edit the fact's words", Menu.BOARD, 6, ("F2",), "edit", needs=_CELL_WRITE,
         within=Place.BOARD, words="normalised claim text row name"),
)
_ENTITY_MENU = (
    Spec(Command.NEXT_MENTION, "&Next mention", Menu.ENTITY, 1, ("F4",), "next", needs=_ENTITY,
         tip="Shows the next mention of the chosen entity in its pane", words="entity occurrence where"),
    Spec(Command.ENTITY_OFF, "&Stop showing the entity", Menu.ENTITY, 1, ("Shift+F4",), "close", needs=_ENTITY,
         tip="Panes, queue and board show everything again", words="clear filter emphasis off about"),
    Spec(Command.RENAME_ENTITY, "&Rename the entity…", Menu.ENTITY, 2, ("F2",), "edit", needs=_ENTITY_WRITE,
         within=Place.ENTITIES, words="name spelling"),
    Spec(Command.RETYPE_ENTITY, "Say &what it is…", Menu.ENTITY, 2, ("T",), needs=_ENTITY_WRITE,
         within=Place.ENTITIES, tip="Person, organisation, place…; its mentions follow", words="retype label type sort"),
    Spec(Command.MERGE_ENTITIES, "&Merge the chosen entities", Menu.ENTITY, 2, ("M",), "merge", within=Place.ENTITIES,
         needs=_ENTITY_WRITE | {Need.ENTITIES}, tip="They are one and the same; the name of the current one stays",
         words="join same identity"),
    Spec(Command.SPLIT_ENTITY, "S&plit the entity…", Menu.ENTITY, 2, ("Shift+M",), needs=_ENTITY_WRITE,
         within=Place.ENTITIES, tip="Spellings or mentions that name something else become an entity of its own",
         words="separate divide"),
    Spec(Command.MARK_OCCURRENCES, "Mark &all occurrences", Menu.ENTITY, 3, ("O",), "mention", needs=_ENTITY_WRITE,
         within=Place.ENTITIES, tip="Wherever its name or a spelling stands unmarked in the case, it becomes a mention",
         words="find every name bulk"),
)
_GO = (
    Spec(Command.NEXT_CLAIM, "&Next claim", Menu.GO, 1, ("J",), "next", Tool.ICON, 5, needs=_CASE),
    Spec(Command.PREVIOUS_CLAIM, "&Previous claim", Menu.GO, 1, ("K",), "previous", Tool.ICON, 5, needs=_CASE,
         words="back"),
    Spec(Command.NEXT_UNDECIDED, "Next &undecided claim", Menu.GO, 1, ("Shift+J",), needs=_CASE, words="open todo"),
    Spec(Command.NEXT_SOURCE, "Next &source on this claim", Menu.GO, 2, ("G",), "next-source", Tool.LABEL, 5,
         "Next source", needs=_CLAIM | {Need.LINKED},
         tip="The panes scroll to what the other articles say about the current claim",
         words="other article compare linked"),
    Spec(Command.PREVIOUS_SOURCE, "Previous s&ource on this claim", Menu.GO, 2, ("Shift+G",),
         needs=_CLAIM | {Need.LINKED}, words="other article compare linked back"),
    Spec(Command.RESYNC_SCROLL, "&Re-sync the panes", Menu.GO, 2, ("R",), needs=_PANES, words="scroll align"),
    Spec(Command.LOCK_SCROLL, "&Lock scrolling to the claim", Menu.GO, 2, ("Shift+R",), "lock-scroll", needs=_PANE,
         checkable=True, words="free panes together"),
    Spec(Command.NEXT_MARK, "Next &mark in the pane", Menu.GO, 3, (".",), needs=_PANE,
         tip="Claims and mentions in the order of the text, nested ones too", words="claim mention entity caret"),
    Spec(Command.PREVIOUS_MARK, "Previous m&ark in the pane", Menu.GO, 3, (",",), needs=_PANE,
         words="claim mention entity caret back"),
    Spec(Command.NEXT_PANE, "Ne&xt pane", Menu.GO, 3, ("F6",), needs=_PANE, words="focus"),
    Spec(Command.PREVIOUS_PANE, "Pre&vious pane", Menu.GO, 3, ("Shift+F6",), needs=_PANE, words="focus"),
)
_VIEW = (
    Spec(Command.ADD_PANE, "&Add a pane", Menu.VIEW, 1, ("Ctrl+T",), "add-pane", Tool.ICON, 6,
         needs=_CASE | {Need.ROOM}, words="reading side by side"),
    Spec(Command.CLOSE_PANE, "&Close the pane", Menu.VIEW, 1, ("Ctrl+W",), "close", needs=_PANE),
    Spec(Command.PANE_LEFT, "Move the pane &left", Menu.VIEW, 1, ("Ctrl+Shift+PgUp",), needs=_PANES, words="order"),
    Spec(Command.PANE_RIGHT, "Move the pane ri&ght", Menu.VIEW, 1, ("Ctrl+Shift+PgDown",), needs=_PANES,
         words="order"),
    Spec(Command.SHOW_QUEUE, "&Queue", Menu.PANELS, 1, ("Ctrl+1",), "queue", needs=_PROJECT, checkable=True,
         words="show hide dock claims list"),
    Spec(Command.SHOW_INSPECTOR, "&Inspector", Menu.PANELS, 1, ("Ctrl+2",), "inspector", needs=_PROJECT,
         checkable=True, words="show hide dock"),
    Spec(Command.SHOW_ENTITIES, "&Entities", Menu.PANELS, 1, ("Ctrl+3",), "entities", needs=_PROJECT, checkable=True,
         words="show hide dock names"),
    Spec(Command.SHOW_PROGRESS, "&Progress", Menu.PANELS, 1, ("Ctrl+4",), "progress", needs=_PROJECT, checkable=True,
         words="show hide dock"),
    Spec(Command.SHOW_FIND, "&Find in case", Menu.PANELS, 1, ("Ctrl+5",), "find-in-case", needs=_PROJECT,
         checkable=True, words="show hide dock search"),
    Spec(Command.SHOW_CLAIM_MARKS, "&Mark claims in the text", Menu.VIEW, 3, ("Ctrl+Shift+M",), "claim",
         needs=_PROJECT, checkable=True, words="show hide underline"),
    Spec(Command.SHOW_ENTITY_MARKS, "Mark &entities in the text", Menu.VIEW, 3, ("Ctrl+Shift+N",), "mention",
         needs=_PROJECT, checkable=True, words="show hide tint names"),
    Spec(Command.SHOW_DIFFERENCES, "Mark other &wording in the text", Menu.VIEW, 3, ("W",), needs=_PROJECT,
         checkable=True, tip="Words that the other articles put otherwise than the current claim",
         words="show hide difference compare"),
    Spec(Command.ZOOM_IN, "Zoom &in", Menu.READING, 1, ("Ctrl++", "Ctrl+="), "zoom-in", words="larger font bigger"),
    Spec(Command.ZOOM_OUT, "Zoom &out", Menu.READING, 1, ("Ctrl+-",), "zoom-out", words="smaller font"),
    Spec(Command.ZOOM_RESET, "Nor&mal size", Menu.READING, 1, ("Ctrl+0",), words="zoom reset font"),
    Spec(Command.SERIF, "S&erif letters", Menu.READING, 2, checkable=True, group="letters", words="font"),
    Spec(Command.SANS, "S&ans-serif letters", Menu.READING, 2, checkable=True, group="letters", words="font"),
    Spec(Command.THEME_SYSTEM, "As the &system", Menu.THEME, 1, checkable=True, group="theme", words="theme colours"),
    Spec(Command.THEME_LIGHT, "&Light", Menu.THEME, 1, checkable=True, group="theme", words="theme colours bright"),
    Spec(Command.THEME_DARK, "&Dark", Menu.THEME, 1, checkable=True, group="theme", words="theme colours night"),
    Spec(Command.THEME_CONTRAST, "&High contrast", Menu.THEME, 1, checkable=True, group="theme",
         words="theme colours accessibility"),
    Spec(Command.FULL_SCREEN, "&Full screen", Menu.VIEW, 4, ("F11",), checkable=True),
)
_HELP = (
    Spec(Command.KEYS, "&Keys…", Menu.HELP, 1, ("F1",), "keys", tip="All commands and their keys, which can be changed",
         words="shortcuts keyboard help rebind"),
    Spec(Command.PALETTE, "&Command palette…", Menu.HELP, 1, ("Ctrl+K",), "help", Tool.ICON, 7,
         tip="Finds any command or article by name", words="search run"),
    Spec(Command.ABOUT, "&About Factdesk", Menu.HELP, 2, words="version licence"),
)
# fmt: on

CATALOG: dict[Command, Spec] = {
    spec.id: spec for spec in (*_FILE, *_EDIT, *_CASE_MENU, *_ENTITY_MENU, *_CLAIM_MENU, *_BOARD, *_GO, *_VIEW, *_HELP)
}
"""Every command, in the order of the menus."""

SUBMENU_SECTION: dict[Menu, int] = {
    Menu.ENTITY: 4,
    Menu.REASON: 1,
    Menu.HERE: 1,
    Menu.EVIDENCE: 2,
    Menu.EDGES: 3,
    Menu.SOURCES: 5,
    Menu.PANELS: 2,
    Menu.READING: 3,
    Menu.THEME: 3,
}
"""The section of the parent menu that a submenu stands at the end of."""

RECENT_AFTER = Command.OPEN_PROJECT
"""The submenu of recent projects stands below this command."""
