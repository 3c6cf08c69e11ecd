"""Words of saying: who reports, claims, denies or doubts."""

from factdesk.nlp import data

SAYING = frozenset(data.words("speech.saying"))
"""Verbs that can bring what somebody says, thinks or wants."""

CORE = frozenset(data.words("speech.core"))
"""The verbs of these that make a sentence a report of somebody's words."""

STANCE = frozenset(data.words("speech.stance"))
"""Verbs whose object is itself somebody's position."""

PRONOUNS = frozenset({"he", "she", "him", "her"})
