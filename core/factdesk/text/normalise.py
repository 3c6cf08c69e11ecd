"""The one stored form of a text. Applied once, at import; nothing changes the text afterwards."""

import re

_UNWANTED = re.compile("[\r\u2028\u2029\0\ud800-\udfff]|^\ufeff")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LEADING_MARKS = re.compile("^\ufeff+")
_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_UNREADABLE = re.compile("[\0\ud800-\udfff]")


def is_normalised(text: str) -> bool:
    """Whether normalise() would leave the text as it is."""
    return _UNWANTED.search(text) is None


def normalise(text: str) -> str:
    r"""Every line end as \n, U+FFFD for NUL and half surrogates, no byte order mark in front; nothing else touched.

    A surrogate pair that arrived as two code points (JSON escapes, some clipboards) becomes the character it stands for.
    """
    if is_normalised(text):
        return text
    text = _PAIR.sub(_join_pair, text)
    text = _LEADING_MARKS.sub("", text)
    text = _BREAK.sub("\n", text)
    return _UNREADABLE.sub("\ufffd", text)


def _join_pair(match: re.Match[str]) -> str:
    return match.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le")
