"""What people type, and what a careful person reads in it; written down before it was read.

`people.txt` has one line a case: `text => title | field value, field value`. It is Wednesday,
2026-11-25, 10:00 in Berlin; weeks begin on Monday. A date alone is a whole day: the beginning
of it for `release`, the end of it for `due` and `deadline`; `on` is both; `?` marks a guess.
"""

import pytest

from dayloom.language import read
from tests.language.told import EverydayCase, brief, context, everyday_cases


@pytest.mark.parametrize("case", everyday_cases(), ids=lambda case: case.text)
def test_reads_what_a_careful_person_reads(case: EverydayCase) -> None:
    draft = read(case.text, context())

    assert draft.title == case.title
    assert _in_order(brief(draft)) == _in_order(case.fields)


def test_the_table_is_long_and_no_line_is_twice_in_it() -> None:
    texts = [case.text for case in everyday_cases()]

    assert len(texts) >= 600
    assert len(set(texts)) == len(texts)


def _in_order(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields with the parts of a rule in one order, which means nothing."""
    rule = fields.get("rrule", "")
    parts = ";".join(sorted(rule.rstrip("?").split(";"))) + "?" * rule.endswith("?")
    return {**fields, "rrule": parts} if rule else fields
