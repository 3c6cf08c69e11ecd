"""Reading panes: one article each, with its marks."""
