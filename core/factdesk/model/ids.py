"""Stable names for things.

What comes from a text is named by its content, so that two people who import the same article get the same ids;
what people make gets a UUIDv7 (RFC 9562), which sorts by time.
"""

import hashlib

import uuid_utils

_DIGITS = 24  # 96 bits: no clash to be expected below some 10^13 things


def sha256(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _content_id(prefix: str, *parts: object) -> str:
    return prefix + sha256("\0".join(map(str, parts)).encode())[:_DIGITS]


def article_id(text: str) -> str:
    """The id of an article: from its stored text alone."""
    return "a" + sha256(text.encode())[:_DIGITS]


def claim_id(article: str, start: int, end: int) -> str:
    """The id of a suggested claim; it stays when a reviewer moves the edges later."""
    return _content_id("c", article, start, end, "claim")


def mention_id(article: str, start: int, end: int, label: str) -> str:
    """The id of a suggested mention."""
    return _content_id("m", article, start, end, label)


def entity_id(name: str, label: str) -> str:
    """The id of a suggested entity: one for each canonical name and label."""
    return _content_id("e", name, label)


def link_id(claim_a: str, claim_b: str) -> str:
    """The id of a link between two claims, the same whichever is named first."""
    return _content_id("l", *sorted((claim_a, claim_b)))


def cluster_id(case: str, lead: str) -> str:
    """The id of a suggested cluster: from its case and its lead claim."""
    return _content_id("k", case, lead)


def member_id(cluster: str, claim: str) -> str:
    """The id of a claim's place in a cluster."""
    return _content_id("p", cluster, claim)


def new_id() -> str:
    """A UUIDv7 for what a person makes: reviewers, sessions, cases, decisions, own claims, evidence."""
    return str(uuid_utils.uuid7())
