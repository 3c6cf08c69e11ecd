"""A cheap guess at a text's language from its script and its commonest small words; empty when unsure."""

import re
from collections import Counter

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the and of to in is was that for with on by as it he from his they are were has have said be not this",
        "de": "der die und das den von zu mit ist im des auf nicht dem ein eine sich als auch für hat wurde nach bei",
        "fr": "le la les et des en une du que dans qui pour pas sur au est par avec ce plus il ont été aux sont",
        "es": "el la de que y los las en un una por con para del se no su al como más fue lo ha este pero",
        "it": "il di che la e del della per un una sono non con le dei gli ha nel alla anche più è stato dal",
        "pt": "o de que e do da em um para com não uma os no se na por mais as dos como mas foi ao das é são",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als door bij maar heeft naar",
        "pl": "w i na się z do nie że jest to jak po przez od dla ale o przy był jego oraz są także który",
        "cs": "a se v na je že s z do o i ve to jako za pro byl ale by jsou podle jeho také který po",
        "tr": "ve bir bu için ile da de olarak çok daha olan gibi kadar sonra en ne ise değil göre ancak",
        "sv": "och att det som en på är av för med den till inte har de ett om var men vid från han sig",
        "ru": "и в не на что с по как это из к у за от для его был но они все было также когда или",
        "uk": "і в не на що з та за до як це від у про для його був але вони було також або які є",
        "bg": "и на в за се от да с не по че са е като при до това който той но беше които ще",
        "sr": "и у је да на се за од са су који не то као али би из што или",
    }.items()
}

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u3096\u30a1-\u30fa]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0621-\u064a]")),
    ("el", re.compile("[α-ωάέήίόύώ]")),
    ("hi", re.compile("[\u0904-\u0939]")),
    ("th", re.compile("[\u0e01-\u0e30]")),
    ("ka", re.compile("[\u10d0-\u10f0]")),
    ("hy", re.compile("[\u0561-\u0587]")),
)
_LEAST = {"ja": 0.1, "fa": 0.02}  # share of all letters; other scripts need half
_ONLY_UKRAINIAN = re.compile("[іїєґ]")
_ONLY_RUSSIAN = re.compile("[ыэё]")


def guess_language(text: str) -> str:
    """The BCP 47 code of the language, or "" when the text is too short or too mixed to tell."""
    sample = text[:_SAMPLE].lower()
    letters = sum(map(str.isalpha, sample))
    if letters < 20:
        return ""
    for code, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > _LEAST.get(code, 0.5):
            return code
    words = Counter(_WORD.findall(sample))
    scores = sorted(((sum(words[word] for word in small), code) for code, small in _SMALL_WORDS.items()), reverse=True)
    (best, code), (second, _) = scores[:2]
    if best < 5 or best < 0.08 * words.total() or best < 1.3 * second:
        return _guess_by_letter(sample, letters)
    return code


def _guess_by_letter(sample: str, letters: int) -> str:
    """Ukrainian and Russian share small words; a few letters tell them apart."""
    ukrainian, russian = (len(p.findall(sample)) for p in (_ONLY_UKRAINIAN, _ONLY_RUSSIAN))
    if ukrainian > 0.02 * letters and russian * 10 < ukrainian:
        return "uk"
    if russian > 0.01 * letters and ukrainian * 10 < russian:
        return "ru"
    return ""
