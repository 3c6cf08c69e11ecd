"""The sample case: five articles of ours about an event that never happened, as untidy as real ones."""

import json
from dataclasses import dataclass
from pathlib import Path

import factdesk_resources


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article of the sample case, with what its page would have said about it."""

    file: str
    encoding: str
    publisher: str
    title: str
    byline: str
    url: str
    published_at: str
    language: str

    @property
    def path(self) -> Path:
        """Its file, for importing it as a user would."""
        return factdesk_resources.path(f"samples/{self.file}")

    def read_bytes(self) -> bytes:
        """Its bytes as published, in its own encoding and with its own line ends."""
        return factdesk_resources.read_bytes(f"samples/{self.file}")


@dataclass(frozen=True, slots=True)
class SampleCase:
    """The sample case's name and its articles in reading order."""

    name: str
    articles: tuple[SampleArticle, ...]


def sample_case() -> SampleCase:
    """The sample case, as listed in samples/sample.json."""
    listing = json.loads(factdesk_resources.read_text("samples/sample.json"))
    return SampleCase(listing["case"], tuple(SampleArticle(**article) for article in listing["articles"]))
