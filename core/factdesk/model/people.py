"""What a project says of its reviewers beside their names."""

COLOURS = ("blue", "orange", "teal", "magenta", "indigo", "olive", "crimson", "slate")
"""Names of the colours that a reviewer may have; each theme has its own shade of each, in this order."""
