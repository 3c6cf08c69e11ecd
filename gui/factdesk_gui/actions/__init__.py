"""Commands: their names, their table and their keys."""
