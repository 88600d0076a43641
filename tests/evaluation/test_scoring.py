"""A metric that is wrong would bless what is wrong."""

from datetime import datetime
from typing import Any

import pytest

from dayloom.evaluation.gold import Gold, gold_of
from dayloom.evaluation.matching import matches
from dayloom.evaluation.scoring import score

MIDNIGHT = datetime(2026, 11, 28)  # noqa: DTZ001 — local, as in the scenarios
FRIDAY_NOON = datetime(2026, 11, 27, 12)  # noqa: DTZ001


def gold(**expect: Any) -> Gold:
    return gold_of({"set": "task", "expect": expect})


def test_all_right_is_one_and_says_so() -> None:
    scored = score(gold(title="Run", due="2026-11-27"), {"title": "run.", "due": MIDNIGHT})

    assert (scored.score, scored.feedback) == (1.0, "all right")


def test_what_was_made_up_costs_as_much_as_what_was_missed() -> None:
    missed = score(gold(title="Run", due="2026-11-27"), {"title": "Run"})
    made_up = score(gold(title="Run"), {"title": "Run", "due": MIDNIGHT})

    assert missed.score == made_up.score == 0.25
    assert missed.feedback == "due: expected 2026-11-27, got None"


def test_copies_that_are_none_cost() -> None:
    right = score(gold(title="Run"), {"title": "Run"}, ungrounded=2)

    assert right.score == pytest.approx(0.64)


def test_an_estimate_is_judged_only_where_something_was_said() -> None:
    assert score(gold(title="Run"), {"title": "Run", "minutes": 45}).score == 1.0
    assert score(gold(title="Run", minutes=30), {"title": "Run", "minutes": 45}).score < 1.0


def test_a_series_is_not_judged_by_the_times_of_its_first_day() -> None:
    found = {"title": "Run", "rrule": "2026-11-28 FREQ=WEEKLY", "due": MIDNIGHT}

    assert score(gold(title="Run", rrule="FREQ=WEEKLY;BYDAY=SA"), found).score == 1.0


@pytest.mark.parametrize(
    ("field", "choice", "found", "expected"),
    [
        ("due", "2026-11-27", MIDNIGHT, True),
        ("due", "2026-11-27", FRIDAY_NOON, False),
        ("due", "2026-11-27T12:00", FRIDAY_NOON, True),
        ("due", None, None, True),
        ("due", None, MIDNIGHT, False),
        ("release", "2026-11-28", MIDNIGHT, True),
        ("release", "2026-11-27", FRIDAY_NOON, False),
        ("priority", [7, 10], 8, True),
        ("priority", 8, 9, False),
        ("window", ["Morning"], ["morning"], True),
        ("window", ["morning"], ["morning", "evening"], False),
        ("rrule", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01 FREQ=MONTHLY", True),
        ("rrule", "FREQ=WEEKLY;BYDAY=MO", "2026-12-01 FREQ=DAILY", False),
        ("title", "Call Eva!", "call  eva", True),
    ],
)
def test_fair_readings_match_and_others_do_not(
    field: str, choice: Any, found: Any, *, expected: bool
) -> None:
    assert matches(field, choice, found) is expected


@pytest.mark.parametrize(
    ("found", "kinds", "details"),
    [
        ([{"kind": "buffer", "minutes": 5}, {"kind": "hours", "days": [1, 0]}], True, True),
        ([{"kind": "buffer", "minutes": 15}, {"kind": "hours", "days": [0, 1]}], True, False),
        ([{"kind": "buffer", "minutes": 5}], False, False),
        ([], False, False),
    ],
)
def test_lists_are_judged_by_kind_and_in_detail(
    found: list[dict[str, Any]], *, kinds: bool, details: bool
) -> None:
    choice = [{"kind": "hours", "days": [0, 1]}, {"kind": "buffer", "minutes": 5}]

    assert matches("kind", choice, found) is kinds
    assert matches("rule", choice, found) is details
