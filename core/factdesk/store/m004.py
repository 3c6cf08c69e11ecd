"""The fourth schema step, as literal SQL: the step of an opinion, and when it came in. Frozen once released."""

COLUMNS = """
ALTER TABLE opinions ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE opinions ADD COLUMN came_at TEXT NOT NULL DEFAULT '';
"""
