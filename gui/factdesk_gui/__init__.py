"""Factdesk's window: shows and asks; the core knows and does."""
