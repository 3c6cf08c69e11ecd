"""Words of which a project knows only a few (kinds, verdicts, …) on their way from the file to their values."""

import re
from enum import StrEnum
from typing import NoReturn, TypeVar

from factdesk.errors import DamagedError

Word = TypeVar("Word", bound=StrEnum)


class StoredWords(dict[str, Word]):
    """Values by the word that stands for them; another word means that the file is damaged."""

    def __init__(self, words: type[Word]) -> None:
        super().__init__({str(word): word for word in words})
        self._what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words.__name__).lower()

    def __missing__(self, word: object) -> NoReturn:
        raise DamagedError(
            f"The project holds “{str(word)[:40]}” where a {self._what} belongs: it is damaged.",
            "Run `factdesk check` on it, and go back to a backup.",
        )
