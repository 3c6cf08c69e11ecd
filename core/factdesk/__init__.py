"""Factdesk's core: articles, claims, verdicts and their project file. Knows nothing of Qt."""

__version__ = "0.1.0"
