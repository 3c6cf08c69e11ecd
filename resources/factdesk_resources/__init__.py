"""What Factdesk ships beside its code: icons, the application's mark and the sample case.

Names are relative to this package, with slashes. Reading works alike from a checkout, a wheel and the frozen bundle.
"""

from pathlib import Path

_ROOT = Path(__file__).parent  # importlib.resources would cost the start of the window ten milliseconds


def path(name: str) -> Path:
    """Where a resource lies on disk; every form in which Factdesk is installed unpacks them."""
    return _ROOT.joinpath(*name.split("/"))


def read_bytes(name: str) -> bytes:
    """The bytes of a resource."""
    return _ROOT.joinpath(*name.split("/")).read_bytes()


def read_text(name: str) -> str:
    """The text of a resource that is in UTF-8."""
    return read_bytes(name).decode("utf-8")
