"""Makes the list of given names from the frequency tables of the 1990 United States census (public domain).

The tables come with the PyPI package names 0.3.0 (dist.female.first, dist.male.first).

    python packaging/nlp/make_given_names.py FOLDER_WITH_TABLES OUT.txt
"""

import sys
from pathlib import Path

KEEP = 1500  # most frequent names of each table


def main() -> None:
    """Writes one name a line, sorted."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    names: set[str] = set()
    for table in ("dist.female.first", "dist.male.first"):
        lines = (folder / table).read_text(encoding="ascii").splitlines()[:KEEP]
        names |= {line.split()[0].capitalize() for line in lines}
    out.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
    print(f"{len(names)} names")


if __name__ == "__main__":
    main()
