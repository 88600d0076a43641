"""Each preference keeps its rule, and says what the rule is."""

from datetime import timedelta
from typing import Any, cast

import pytest

from dayloom.infra.errors import Invalid
from dayloom.preferences.fields import PreferenceFields, check
from dayloom.preferences.models import PlanMode

MINUTE = timedelta(minutes=1)
OWN_MODES = ("tasks_mode", "calendars_mode", "overdue_mode", "context_mode")
GOOD: dict[str, list[object]] = {
    "language": ["", "en", "de"],
    "time_zone": ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"],
    "second_zone": ["", "America/New_York"],
    "week_start": [0, 6],
    "hour_cycle": [12, 24],
    "date_order": ["dmy", "mdy", "ymd"],
    "default_duration": [5 * MINUTE, 2400 * MINUTE],
    "buffer": [0 * MINUTE, 120 * MINUTE],
    "event_buffer": [0 * MINUTE, 120 * MINUTE],
    "daily_cap": [None, 30 * MINUTE, 1440 * MINUTE],
    "freeze": [0 * MINUTE, 7 * 1440 * MINUTE],
    "plan_mode": list(PlanMode),
    **{key: [None, *PlanMode] for key in OWN_MODES},
    "context": ["", "x" * 10_000],
}
BAD: dict[str, list[object]] = {
    "language": ["DE", "xx", "../../etc/passwd"],
    "time_zone": ["", "Berlin", "europe/berlin", "GMT+25", "../../etc/passwd", "Mars/Olympus"],
    "second_zone": ["Berlin", "europe/berlin", "../../etc/passwd"],
    "week_start": [-1, 7],
    "hour_cycle": [0, 13, 25],
    "date_order": ["", "ydm", "DMY"],
    "default_duration": [0 * MINUTE, 2405 * MINUTE, 7 * MINUTE, -5 * MINUTE],
    "buffer": [-5 * MINUTE, 125 * MINUTE, MINUTE, timedelta(seconds=330)],
    "event_buffer": [-5 * MINUTE, 125 * MINUTE, MINUTE],
    "daily_cap": [0 * MINUTE, 25 * MINUTE, 1445 * MINUTE, 31 * MINUTE],
    "freeze": [-5 * MINUTE, 7 * 1440 * MINUTE + 5 * MINUTE, MINUTE],
    "plan_mode": ["", "never"],
    **{key: ["", "never"] for key in OWN_MODES},
    "context": ["x" * 10_001],
}


def pairs(table: dict[str, list[object]]) -> list[tuple[str, object]]:
    return [(name, value) for name, values in table.items() for value in values]


def fields(name: str, value: object) -> PreferenceFields:
    return cast("PreferenceFields", {name: value})


def test_every_preference_is_tried() -> None:
    assert GOOD.keys() == BAD.keys() == PreferenceFields.__annotations__.keys()


@pytest.mark.parametrize(("name", "value"), pairs(GOOD), ids=lambda part: str(part)[:30])
def test_a_good_value_is_taken_as_it_is(name: str, value: Any) -> None:
    given = fields(name, value)
    assert check(given) == given


@pytest.mark.parametrize(("name", "value"), pairs(BAD), ids=lambda part: str(part)[:30])
def test_a_bad_value_is_refused_with_a_sentence(name: str, value: Any) -> None:
    with pytest.raises(Invalid) as raised:
        check(fields(name, value))
    assert raised.value.field == name
    assert str(raised.value).endswith(".")
