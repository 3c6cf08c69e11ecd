"""English nouns in one and in many, well enough to name what is counted."""

_SAME = frozenset(
    [
        "aircraft",
        "police",
        "personnel",
        "sheep",
        "fish",
        "deer",
        "series",
        "species",
        "crew",
        "staff",
        "dead",
        "wounded",
        "injured",
        "killed",
        "missing",
        "data",
        "hertz",
        "headquarters",
        "gallows",
        "barracks",
        "means",
        "kg",
        "km",
        "m",
        "cm",
        "mm",
    ]
)
_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "servicemen": "serviceman", "servicewomen": "servicewoman", "policemen": "policeman",
    "policewomen": "policewoman", "firemen": "fireman", "fishermen": "fisherman", "gunmen": "gunman", "feet": "foot", "teeth": "tooth", "mice": "mouse", "geese": "goose",
    "lives": "life", "wives": "wife", "knives": "knife", "thieves": "thief", "wolves": "wolf", "halves": "half", "shelves": "shelf", "leaves": "leaf", "loaves": "loaf",
    "calves": "calf", "crises": "crisis", "analyses": "analysis", "bases": "base", "buses": "bus", "gases": "gas", "viruses": "virus", "campuses": "campus",
    "heroes": "hero", "potatoes": "potato", "tomatoes": "tomato", "torpedoes": "torpedo", "volcanoes": "volcano", "movies": "movie", "calories": "calorie",
    "rookies": "rookie", "cookies": "cookie", "zombies": "zombie", "ties": "tie", "lies": "lie", "pies": "pie", "criteria": "criterion", "phenomena": "phenomenon",
    "businesses": "business", "statuses": "status", "lenses": "lens", "axes": "axe", "taxis": "taxi", "alibis": "alibi",
}  # fmt: skip
_MANY = {one: many for many, one in _IRREGULAR.items()}
_SIBILANT = ("sses", "xes", "ches", "shes", "zzes")


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a noun in the plural."""
    if word in _IRREGULAR or word in _SAME:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))


def singular(word: str) -> str:
    """A plural in the singular; other words as they are."""
    word = word.casefold()
    if word in _SAME or not is_plural(word):
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_SIBILANT):
        return word[:-2]
    return word[:-1]


def plural(word: str) -> str:
    """A singular in the plural; the last word of several is changed."""
    first, space, last = word.rpartition(" ")
    if not last or last in _SAME:
        return word
    if last in _MANY:
        return first + space + _MANY[last]
    if last.endswith("y") and last[-2:-1] not in {"a", "e", "i", "o", "u", ""}:
        return first + space + last[:-1] + "ies"
    if last.endswith(("s", "x", "ch", "sh", "z")):
        return first + space + last + "es"
    return first + space + last + "s"
