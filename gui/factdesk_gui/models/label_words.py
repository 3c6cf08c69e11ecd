"""What the labels of entities are called on screen: a short word, and what it means with its code."""

from factdesk.model.mentions import LABELS

LABEL_WORDS: dict[str, str] = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "GPE": "Place",
    "LOC": "Area",
    "FAC": "Building",
    "NORP": "Group",
    "EVENT": "Event",
    "PRODUCT": "Product",
    "WORK_OF_ART": "Work",
    "LAW": "Law",
    "LANGUAGE": "Language",
    "DATE": "Date",
    "TIME": "Time",
    "PERCENT": "Percentage",
    "MONEY": "Money",
    "QUANTITY": "Quantity",
    "ORDINAL": "Ordinal",
    "CARDINAL": "Number",
}
"""One word for each label, names first; in the order in which they are offered."""


def label_word(label: str) -> str:
    """One word for a label."""
    return LABEL_WORDS.get(label, label.replace("_", " ").capitalize())


def label_meaning(label: str) -> str:
    """What a label stands for, with the code that exports use."""
    return f"{LABELS.get(label, label_word(label))} ({label})"


def label_choice(label: str) -> str:
    """A label where one is chosen: the word, and more where the word alone could be misunderstood."""
    word, meaning = label_word(label), LABELS.get(label, "")
    return word if meaning.casefold() in {"", word.casefold()} else f"{word} ({meaning})"
