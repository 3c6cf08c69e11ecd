"""Sizes of files in words."""

_UNITS = ("bytes", "KB", "MB", "GB")
_STEP = 1024


def size_words(size: int) -> str:
    """For example "870 bytes", "12.4 KB"."""
    amount, unit = float(size), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    digits = 0 if unit == 0 or amount >= 100 or amount == int(amount) else 1
    return f"{amount:,.{digits}f} {_UNITS[unit]}"
