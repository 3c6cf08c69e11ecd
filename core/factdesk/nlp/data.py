"""Word lists and weights that ship with Factdesk, read once when first needed."""

import gzip
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class KnownName(NamedTuple):
    """A name that articles use without explaining it."""

    label: str
    canonical: str


def raw(name: str) -> bytes:
    """One of the files as it is."""
    return (files("factdesk_resources") / "nlp" / name).read_bytes()


@cache
def version() -> str:
    """A short digest of all word lists and weights: what is found can change with them."""
    digest = hashlib.sha256()
    for file in sorted((files("factdesk_resources") / "nlp").iterdir(), key=lambda each: each.name):
        if file.is_file() and not file.name.endswith(".md"):
            digest.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _rows(name: str) -> list[list[str]]:
    stored = raw(name)
    text = (gzip.decompress(stored) if name.endswith(".gz") else stored).decode("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def places() -> dict[str, str]:
    """Place names with their kind: c country, r region, p city or town, v smaller place or other spelling."""
    return {row[0]: row[1] for row in _rows("places.tsv.gz")}


@cache
def known_names() -> dict[str, KnownName]:
    """Countries, organisations and other names of general knowledge, by every usual spelling."""
    return {name: KnownName(label, canonical) for name, label, canonical in _rows("known_names.tsv")}


@cache
def demonyms() -> dict[str, str]:
    """Words for peoples, religions and parties; the value is the singular form, which names the entity."""
    forms: dict[str, str] = {}
    for word, _place in _rows("demonyms.tsv"):
        forms[word] = word
        if not word.endswith(("s", "sh", "ch", "ese", "ism", "Islam", "Christianity")):
            forms[word.removesuffix("y") + "ies" if word.endswith(("ty", "ry")) else word + "s"] = word
    return forms


@cache
def demonym_places() -> dict[str, str]:
    """The country or region that a word for a people belongs to, where there is one."""
    return {row[0]: row[1] for row in _rows("demonyms.tsv") if len(row) > 1 and row[1]}


@cache
def given_names() -> frozenset[str]:
    """Frequent given names."""
    return frozenset(row[0] for row in _rows("given_names.txt"))


@cache
def given_name_forms() -> tuple[tuple[str, ...], ...]:
    """Forms and spellings of one given name in lower case, a name each."""
    return tuple(tuple(row[0].casefold().split()) for row in _rows("given_name_forms.txt"))


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in raw("words.txt").decode("utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            section += line.split()
    return {name: tuple(words) for name, words in found.items()}


def words(section: str) -> tuple[str, ...]:
    """A word list of the language rules, in its order."""
    return _sections()[section]


@cache
def weights(name: str) -> dict[str, float]:
    """The weights of a linear model by feature name."""
    loaded: dict[str, float] = json.loads(raw(name + ".json"))["weights"]
    return loaded


@cache
def vector_weights(name: str) -> tuple[float, ...]:
    """The weights of a linear model for a sentence's word vector; empty where it has none."""
    return tuple(json.loads(raw(name + ".json")).get("vector", ()))
