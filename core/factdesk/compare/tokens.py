"""Texts as words and single signs, cut only between visible characters."""

import re
from typing import NamedTuple
from unicodedata import category

from factdesk.text.clusters import pattern

# Scripts that are written without blanks between words: each visible character is a word of its own.
_UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_UNSPACED_LETTER = re.compile(_UNSPACED)
_LETTER = rf"(?:(?=[\p{{L}}\p{{N}}\p{{M}}_])(?!{_UNSPACED})\X)"
_TOKEN = rf"(?:{_LETTER}(?:{_LETTER}|['’](?=\p{{L}})|(?<=\p{{N}})[.,](?=\p{{N}}))*+)|(?:[ \t]+(?![\p{{M}}\p{{Cf}}]))|\X"
# Texts of these alone, which most are, have no character that joins another: the standard library cuts them alike.
_PLAIN = re.compile(
    r"[\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
_PLAIN_TOKEN = re.compile(r"\w(?:\w|['’](?=[^\W\d_])|(?<=\d)[.,](?=\d))*|[ \t]+|[\s\S]")
_SIGNS = frozenset("_%‰٪")  # that say something beside letters, numbers and symbols
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_POSSESSIVE = "'s"
_SHORT = 3  # letters of words that carry little: articles, prepositions
_LIGHT, _SIGN, _FULL = 2, 3, 5
_NEGATIONS = frozenset({"no", "not", "nor", "ни", "не", "нет", "ne", "pas"})
_LITTLE = frozenset(
    {
        *("that", "this", "these", "those", "with", "from", "have", "having", "were", "been", "being", "they", "them"),
        *("their", "there", "then", "than", "which", "what", "when", "where", "while", "would", "could", "should"),
        *("will", "shall", "into", "onto", "upon", "also", "such", "some", "whose", "here", "does", "very"),
    }
)  # longer English words that carry as little


class Token(NamedTuple):
    """A word, or a single visible character that is none."""

    start: int
    end: int
    text: str
    is_word: bool

    @property
    def key(self) -> str:
        """What is compared: without case, possessive, kind of apostrophe and marks between thousands."""
        folded = self.text.casefold().replace("’", "'")
        if _THOUSANDS.fullmatch(folded):
            return folded.replace(",", "")
        return folded.removesuffix(_POSSESSIVE) if len(folded) > len(_POSSESSIVE) else folded

    @property
    def weight(self) -> int:
        """How much it says: function words and words of up to three letters little, but never numbers or negations."""
        text = self.text
        if not self.is_word:
            return 1
        if text.casefold() in _LITTLE:
            return _LIGHT
        if len(text) > _SHORT or text.casefold() in _NEGATIONS or any(map(str.isdigit, text)):
            return _FULL
        if len(text) > 1 and text.isupper():  # UN, EU, USA
            return _FULL
        return _LIGHT if text.isalpha() and not is_unspaced(text) else _SIGN


def tokens_of(text: str) -> list[Token]:
    """The whole text, blanks and signs too: the tokens together are the text."""
    if _PLAIN.fullmatch(text):
        found = ((m.start(), m.end(), m.group()) for m in _PLAIN_TOKEN.finditer(text))
    else:
        found = ((m.start(), m.end(), m.group()) for m in pattern(_TOKEN).finditer(text))
    return [Token(start, end, piece, _is_word(piece[0])) for start, end, piece in found]


def words_of(text: str) -> list[Token]:
    """Its words only: letters, numbers, and drawn signs such as emoji and currencies."""
    return [token for token in tokens_of(text) if token.is_word]


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that is written without blanks between words."""
    return _UNSPACED_LETTER.search(text) is not None


def _is_word(character: str) -> bool:
    return character.isalnum() or character in _SIGNS or category(character)[0] in "LNS"
