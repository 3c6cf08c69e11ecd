"""One module for each format that a project can be exported to."""
