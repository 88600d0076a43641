"""The tables of cases: each line with all that must be read from it, and nothing more."""

from typing import Any

import pytest

from dayloom.language import read
from tests.language.told import context_of, load, tell


def _ids(case: dict[str, Any]) -> str:
    return str(case["text"])


@pytest.mark.parametrize("case", load("quick_add.jsonl") + load("traps.jsonl"), ids=_ids)
def test_reads_the_line_and_knows_where_from(case: dict[str, Any]) -> None:
    told = tell(read(case["text"], context_of(case)))

    assert told.title == case["title"]
    assert told.expect == case["expect"]
    assert told.read == case["read"]
    assert told.guess == case.get("guess", [])


@pytest.mark.parametrize("case", load("contexts.jsonl"), ids=_ids)
def test_reads_by_the_person_s_zone_week_and_date_order(case: dict[str, Any]) -> None:
    told = tell(read(case["text"], context_of(case)))

    assert told.title == case["title"]
    assert told.expect == case["expect"]
    assert sorted(told.guess) == sorted(case.get("guess", []))


def test_the_tables_are_not_thin() -> None:
    assert len(load("quick_add.jsonl")) >= 300
    assert len(load("traps.jsonl")) >= 50
    assert len({case.get("zone") for case in load("contexts.jsonl")}) >= 6
