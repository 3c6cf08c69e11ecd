"""The dossier of a case: what it says as values, and how it becomes a page or a document."""
