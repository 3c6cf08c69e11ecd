"""With what the machine read articles, in words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from factdesk.model.analysis import ModelInfo
from factdesk.store.readings import ArticleReading

_DIGEST = 7  # digits of the word lists' version


def model_words(model: ModelInfo) -> str:
    """For example "en_core_web_sm 3.8.0, Factdesk 0.2.0"."""
    program = f", Factdesk {model.factdesk_version}" if model.factdesk_version else ""
    return f"{model.name} {model.version}{program}"


def reading_words(reading: ArticleReading) -> str:
    """One article: model, versions, word lists and time."""
    model = reading.model
    lists = f", word lists {model.resources_version[:_DIGEST]}" if model.resources_version else ""
    try:
        moment = datetime.fromisoformat(reading.at).astimezone().strftime("%d %b %Y, %H:%M").lstrip("0")
    except ValueError:
        moment = reading.at
    return f"Read with {model_words(model)}, spaCy {model.spacy_version}{lists}; {moment}"


def readings_summary(readings: Sequence[ArticleReading]) -> str:
    """All articles together; says it when they were read with different versions."""
    kinds = Counter(reading.model for reading in readings)
    if not kinds:
        return ""
    if len(kinds) == 1:
        return f"Read with {model_words(next(iter(kinds)))}"
    parts = [f"{number:,} with {model_words(model)}{_lists(model)}" for model, number in kinds.most_common()]
    return "Articles were read with different versions: " + "; ".join(parts)


def _lists(model: ModelInfo) -> str:
    return f" ({model.resources_version[:_DIGEST]})" if model.resources_version else ""
