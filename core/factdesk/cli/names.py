"""What the commands are called; importable without anything else."""

COMMANDS = frozenset(
    {
        "new",
        "import",
        "preannotate",
        "analyse",
        "mark",
        "formats",
        "export",
        "stats",
        "check",
        "upgrade",
        "verify",
        "undo",
        "redo",
        "backups",
        "restore",
        "rescue",
        "handover",
        "merge",
        "agreement",
        "reviewers",
    },
)
"""First words that make `factdesk` a command for the terminal instead of opening its window."""
