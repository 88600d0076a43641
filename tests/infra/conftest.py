"""A real database file with the tables of the machinery and one of effects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dayloom.infra.db import Database
from tests.infra.effects import make_tables, open_database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "dayloom.db"
    made = open_database(path)
    made.write_now(make_tables)
    made.close()
    return path


@pytest.fixture
def db(file: Path) -> Iterator[Database]:
    opened = open_database(file)
    yield opened
    opened.close()
