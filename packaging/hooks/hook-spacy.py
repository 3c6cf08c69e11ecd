"""Instead of the hook that comes with PyInstaller: spaCy for English only, without its tests and sources.

Its commands stay: `spacy` imports them itself, templates and all.
"""

import re

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

SHARED = {"char_classes", "lex_attrs", "norm_exceptions", "punctuation", "tokenizer_exceptions"}


def wanted(module: str) -> bool:
    """Whether a module of spaCy is of use in an English pipeline."""
    if re.match(r"spacy\.tests(?:\.|$)", module):
        return False
    parts = module.split(".")
    return parts[:2] != ["spacy", "lang"] or len(parts) == 2 or parts[2] in SHARED | {"en"}


hiddenimports = [
    *collect_submodules("spacy", filter=wanted),
    *collect_submodules("spacy_legacy"),
    *collect_submodules("spacy_loggers", filter=lambda name: name.count(".") < 1),
    "catalogue",
    "blis.cy",
    "cymem.cymem",
    "murmurhash.mrmr",
    "preshed.maps",
    "srsly.msgpack.util",
]
datas = [
    *(
        entry
        for entry in collect_data_files("spacy")
        if not re.search(r"/(?:tests|lang)(?:/|$)|\.(?:pyx|pxd)$", entry[0])
    ),
    *copy_metadata("spacy"),
    *copy_metadata("spacy-legacy"),
]
