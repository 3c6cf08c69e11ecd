"""Words of which a project knows only a few (kinds, verdicts, …) on their way from the file to their values."""

import re
from enum import StrEnum
from typing import NoReturn, TypeVar

from factdesk.errors import DamagedError
from factdesk.model.claims import Anchor, ClaimKind, Reason, Relation, Status, Verdict
from factdesk.model.evidence import EvidenceKind, Stance

Word = TypeVar("Word", bound=StrEnum)


class StoredWords(dict[str, Word]):
    """Values by the word that stands for them; another word means that the file is damaged."""

    def __init__(self, words: type[Word]) -> None:
        super().__init__({str(word): word for word in words})
        self._what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words.__name__).lower()

    def __missing__(self, word: object) -> NoReturn:
        raise DamagedError(
            f"the project holds “{str(word)[:40]}” where a {self._what} belongs.",
            "Run `factdesk check` on it, and go back to a backup.",
        )


KINDS = StoredWords(ClaimKind)
STATUSES = StoredWords(Status)
ANCHORS = StoredWords(Anchor)
VERDICTS = StoredWords(Verdict)
REASONS = StoredWords(Reason)
RELATIONS = StoredWords(Relation)
EVIDENCE_KINDS = StoredWords(EvidenceKind)
STANCES = StoredWords(Stance)
