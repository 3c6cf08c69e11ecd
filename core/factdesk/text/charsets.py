"""Which legacy encoding a text is in. charset-normalizer proposes; alphabets decide between look-alike code pages."""

from dataclasses import dataclass
from functools import cache

ENCODINGS: dict[str, str] = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16, little endian)",
    "utf-16-be": "Unicode (UTF-16, big endian)",
    "cp1252": "Western European (Windows-1252)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8_r": "Cyrillic (KOI8-R)",
    "koi8_u": "Cyrillic (KOI8-U)",
    "cp866": "Cyrillic (DOS 866)",
    "mac_cyrillic": "Cyrillic (Macintosh)",
    "cp1250": "Central European (Windows-1250)",
    "iso8859_2": "Central European (ISO 8859-2)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1257": "Baltic (Windows-1257)",
    "mac_roman": "Western European (Macintosh)",
    "cp850": "Western European (DOS 850)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5": "Chinese, traditional (Big5)",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC)",
    "cp949": "Korean (EUC, Windows-949)",
}
"""What a dialog offers: the codec's name in Python, and its name in words. Any other text codec of Python works too."""

_LATIN_PAGES = ("cp1252", "cp1250", "cp1254", "cp1257")
_LATIN_FAMILY = ("cp125", "iso8859", "mac_", "cp85", "cp77", "cp437", "latin")  # told apart by their letters
_OTHER_SCRIPTS = frozenset(
    {"cp1251", "cp1253", "cp1255", "cp1256", "cp1258", "iso8859_5", "iso8859_6", "iso8859_7"}
    | {"iso8859_8", "mac_cyrillic", "mac_greek", "cp855", "cp856", "cp857"}
)
_SAME_AS = {"euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp", "shift_jis": "cp932", "shift_jis_2004": "cp932",
            "shift_jisx0213": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "kz1048": "cp1251",
            "ptcp154": "cp1251", "johab": "cp949", "big5hkscs": "big5"}  # fmt: skip
_SAMPLE = 64 * 1024

_ALPHABETS = {
    "cp1252": (
        "éèàùâêîôûëïüÿçœæ",  # French
        "äöüß",  # German
        "áéíóúüñªº",  # Spanish
        "áâãàçéêíóôõúüªº",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "åäöéæø",  # Scandinavian, Finnish
        "éëïóöüèá",  # Dutch
        "áéíóúýþðæö",  # Icelandic
        "éèàçïñöüáíóúêô",  # loan words and names in English
    ),
    "cp1250": (
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšž",  # Croatian, Slovene
        "ăâîșțşţ",  # Romanian
    ),
    "cp1254": ("çğıöşüâîû",),  # Turkish
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),  # Lithuanian, Latvian, Estonian
}
_MARKS = frozenset("“”‘’„‚«»‹›–—…•§©®™°€£¥¢·¡¿†‡\u00a0\u00ad´`¨½¼¾²³±×÷¶")


@dataclass(frozen=True, slots=True)
class CharsetGuess:
    """The likeliest encoding, whether it is beyond reasonable doubt, and others worth offering."""

    encoding: str
    confident: bool
    alternatives: tuple[str, ...]


def guess_charset(data: bytes) -> CharsetGuess | None:
    """The encoding of bytes that are neither Unicode nor ASCII; None when nothing fits."""
    sample = _telling_part(data)
    proposed = _proposals(sample)
    if not proposed:
        return None
    if _is_japanese(sample):
        return CharsetGuess("cp932", confident=True, alternatives=tuple(p for p in proposed if p != "cp932"))
    if _is_latin(proposed[0]):
        return _guess_latin(sample, proposed)
    texts = {_decoded(sample, name) for name in proposed}
    return CharsetGuess(proposed[0], confident=len(texts) == 1, alternatives=tuple(proposed[1:]))


def _telling_part(data: bytes) -> bytes:
    """The lines with bytes above ASCII, up to a limit: the rest says nothing about the encoding."""
    if len(data) <= _SAMPLE:
        return data
    kept, size = [], 0
    for line in data.split(b"\n"):
        if not line.isascii():
            kept.append(line)
            size += len(line) + 1
            if size >= _SAMPLE:
                break
    return b"\n".join(kept)


def _proposals(sample: bytes) -> list[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 90 ms, for legacy files only

    names: dict[str, None] = {}
    for match in from_bytes(sample):
        names[_SAME_AS.get(match.encoding, match.encoding)] = None
    return [name for name in names if _decoded(sample, name) is not None]


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _is_latin(encoding: str) -> bool:
    return encoding.startswith(_LATIN_FAMILY) and encoding not in _OTHER_SCRIPTS


def _is_japanese(sample: bytes) -> bool:
    """Shift JIS is often taken for Korean; a text with so many kana is neither."""
    text = _decoded(sample, "cp932")
    if not text:
        return False
    wide = [c for c in text if c > "\u2e80"]
    kana = sum("\u3040" <= c <= "\u30ff" for c in wide)
    return len(wide) >= 8 and kana > len(wide) // 4


def _guess_latin(sample: bytes, proposed: list[str]) -> CharsetGuess:
    """The code page in which the letters above ASCII make the alphabet of one language."""
    fits = {name: _fit(text, name) for name in _LATIN_PAGES if (text := _decoded(sample, name)) is not None}
    if not fits:
        return CharsetGuess(proposed[0], confident=False, alternatives=tuple(proposed[1:]))
    best = max(fits, key=lambda name: fits[name])  # the first of equals: cp1252 is the commonest by far
    chosen = _decoded(sample, best)
    rivals = [name for name in fits if name != best and _decoded(sample, name) != chosen]
    sure = fits[best] > 0.99 and all(fits[name] < fits[best] for name in rivals)
    others = dict.fromkeys([*sorted(rivals, key=lambda name: -fits[name]), *proposed])
    return CharsetGuess(best, confident=sure, alternatives=tuple(name for name in others if name != best))


def _fit(text: str, page: str) -> float:
    """Share of the characters above ASCII that the best language of this page (or any typography) explains."""
    wide = [c for c in text if c > "\x7f"]
    if not wide:
        return 1.0
    return max(sum(_explained(text_char, letters) for text_char in wide) for letters in _letters(page)) / len(wide)


def _explained(character: str, letters: frozenset[str]) -> bool:
    return character in _MARKS or character.lower() in letters


@cache
def _letters(page: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(alphabet) for alphabet in _ALPHABETS[page])
