"""A small project to work on."""

import pytest

from builders import Bench


@pytest.fixture
def bench(tmp_path):
    """An open project with three analysed articles, in a folder of its own."""
    bench = Bench.copy(tmp_path / "case.factdesk")
    yield bench
    bench.close()
