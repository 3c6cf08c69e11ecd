"""Words that several dialogs say in the same way."""

from datetime import datetime


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun: 1 claim, 37 claims."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def shortened(text: str, limit: int = 60) -> str:
    """One line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def day_of(time: str) -> str:
    """The day of a stored time as people write it; unknown text as it is."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%d %b %Y").lstrip("0")
    except ValueError:
        return time
