"""What an operation touched, so that every screen can decide whether to redraw itself."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids touched by one committed operation; `everything` asks for a full refresh."""

    title: str = ""  # what was done, in words, for the status bar
    cases: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    clusters: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()  # names of project settings
    reviewers: frozenset[str] = frozenset()
    created: str = ""  # id of the one thing that was made, if one was
    everything: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        """Both together; the later title wins."""
        merged = {
            f.name: getattr(self, f.name) | getattr(other, f.name)
            for f in fields(self)
            if f.name not in {"title", "created", "everything"}
        }
        return Changes(
            title=other.title or self.title,
            created=other.created or self.created,
            everything=self.everything or other.everything,
            **merged,
        )
