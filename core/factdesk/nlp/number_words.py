"""Numbers as they are written: digits with separators, words, and both with a scale ("1.5 million", "two hundred and five")."""

import re

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12.0, "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9,
    "tn": 1e12,
}  # fmt: skip
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?![\d,])|\d+(?:\.\d+)?\s?[½¼¾⅓⅔⅛]|\d+(?:\.\d+)?|[½¼¾⅓⅔⅛])"
"""Digits with their separators."""

_ONE = "|".join(sorted(ONES, key=len, reverse=True))
_BIG = "hundred|thousand|million|billion|trillion|dozen"
SPELLED = (
    rf"(?:half a (?:{_BIG})|(?:(?:an?|{_ONE}|(?<=several )|(?<=few ))[ -]?(?:{_BIG})|(?:{_ONE}))"
    rf"(?:(?: and|[ -])?[ -](?:{_ONE}|{_BIG})\b)*(?: and a half)?)"
)
"""A number in words."""

NUMBER_SCALE = r"(?:hundred thousand|hundred|thousand|million|billion|trillion|dozen)"
SHORT_SCALE = r"(?:bn|bln|tn|mn|mln|m|k)"


def digits(written: str) -> float:
    """The amount of digits as written."""
    amount = 0.0
    if written[-1] in _SIGNS:
        amount, written = _SIGNS[written[-1]], written[:-1].strip()
    plain = re.sub(r"[,\s]", "", written)
    return amount + (float(plain) if plain else 0.0)


def spelled(written: str) -> float:
    """The amount of a number in words; 0 for words that are none."""
    low = written.casefold().replace("-", " ")
    if low.startswith("half a "):
        return 0.5 * SCALES.get(low.removeprefix("half a "), 0.0)
    half = low.endswith(" and a half")
    total = current = 0.0
    for word in low.removesuffix(" and a half").split():
        if word in {"a", "an"}:
            current = 1.0
        elif word in ONES:
            current += ONES[word]
        elif word in {"hundred", "dozen"}:
            current = (current or 1.0) * SCALES[word]
        elif word in SCALES:
            total, current = total + (current or 1.0) * SCALES[word], 0.0
    return total + current + 0.5 * half


def scale(written: str | None) -> float:
    """What a scale word multiplies by."""
    factor = 1.0
    for word in (written or "").casefold().split():
        factor *= SCALES.get(word, 1.0)
    return factor
