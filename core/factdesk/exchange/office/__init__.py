"""What word processors write: the package of parts, and the text in it."""
