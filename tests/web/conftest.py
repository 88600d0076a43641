"""Pages are visited over the real application and a real database file."""

import pytest

from dayloom.bootstrap import Container
from tests.web.visiting import Visitor


@pytest.fixture
def visitor(container: Container) -> Visitor:
    return Visitor(container)
