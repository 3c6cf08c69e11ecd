"""The project file: the only room that speaks to SQLite."""
