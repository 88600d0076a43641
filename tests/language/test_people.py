"""What people type, and what a careful person reads in it; written down before it was read.

`people.txt` has one line a case: `text => title | field value, field value`. It is Wednesday,
2026-11-25, 10:00 in Berlin; weeks begin on Monday. A date alone is a whole day: the beginning
of it for `release`, the end of it for `due` and `deadline`; `on` is both; `?` marks a guess.
"""

import pytest

from dayloom.language import read
from tests.language.told import CASES, brief, context


def _cases() -> list[tuple[str, str, dict[str, str]]]:
    lines = (CASES / "people.txt").read_text(encoding="utf-8").splitlines()
    return [_case(line) for line in lines if line and not line.startswith("# ")]


def _case(line: str) -> tuple[str, str, dict[str, str]]:
    text, _, expected = line.partition(" => ")
    title, _, fields = expected.partition(" | ")
    values = (field.split(" ", 1) for field in fields.split(", ") if field)
    return text, title, dict(values)


@pytest.mark.parametrize(("text", "title", "expected"), _cases())
def test_reads_what_a_careful_person_reads(
    text: str, title: str, expected: dict[str, str]
) -> None:
    draft = read(text, context())

    assert draft.title == title
    assert _in_order(brief(draft)) == _in_order(expected)


def test_the_table_is_long_and_no_line_is_twice_in_it() -> None:
    texts = [text for text, _, _ in _cases()]

    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)


def _in_order(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields with the parts of a rule in one order, which means nothing."""
    rule = fields.get("rrule", "")
    parts = ";".join(sorted(rule.rstrip("?").split(";"))) + "?" * rule.endswith("?")
    return {**fields, "rrule": parts} if rule else fields
