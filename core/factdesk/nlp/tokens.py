"""Adjustments of spaCy's English tokenizer to how web articles are typed."""

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_suffix_regex

_INFIXES = [
    r"(?<=\.)[-–—](?=[a-z])",  # U.S.-based
    r"(?<=[A-Za-z0-9])[—–](?=[A-Za-z0-9])",  # troops—where
    r"(?<=[a-z0-9)])[.?!](?=[A-Z“][a-z ])",  # operations.The
]
_SUFFIXES = [r"[‘´`]s", r"[‘´`]"]  # Russia‘s


def adjust(nlp: Language) -> None:
    """Lets the tokenizer of this pipeline split a few more joints, if it has one of the usual kind."""
    tokenizer = nlp.tokenizer
    defaults = nlp.Defaults
    if not isinstance(tokenizer, Tokenizer) or not defaults.infixes or not defaults.suffixes:
        return
    tokenizer.infix_finditer = compile_infix_regex([*defaults.infixes, *_INFIXES]).finditer
    tokenizer.suffix_search = compile_suffix_regex([*defaults.suffixes, *_SUFFIXES]).search
