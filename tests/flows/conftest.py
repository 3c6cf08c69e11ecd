"""What the journeys in a real window share."""

import pytest

from factdesk.exchange.sample import open_sample
from robot import Screen


@pytest.fixture
def screen():
    made = Screen()
    yield made
    made.close()


@pytest.fixture
def project_path(tmp_path):
    path = tmp_path / "sample.factdesk"
    open_sample(path, "Robot").close()
    return path
