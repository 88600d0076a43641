"""What an event says of itself against the rules of its calendar."""

from dataclasses import dataclass

import pytest

from dayloom.calendars.busy import takes_time
from dayloom.calendars.models import AllDayRule, Calendar


@dataclass
class Said:
    """An event that is silent about itself."""

    all_day: bool = False
    transp: str | None = None
    status: str | None = None
    partstat: str | None = None


def ruled(**rules: object) -> Calendar:
    given = {
        "all_day": AllDayRule.AS_MARKED,
        "tentative_busy": True,
        "free_busy": False,
        "declined_busy": False,
        **rules,
    }
    return Calendar(**given)


@pytest.mark.parametrize(
    ("event", "busy"),
    [
        (Said(), True),
        (Said(transp="OPAQUE"), True),
        (Said(transp="TRANSPARENT"), False),
        (Said(status="TENTATIVE"), True),
        (Said(status="CANCELLED"), False),
        (Said(partstat="ACCEPTED"), True),
        (Said(partstat="TENTATIVE"), True),
        (Said(partstat="DECLINED"), False),
        (Said(all_day=True), False),
        (Said(all_day=True, transp="OPAQUE"), True),
        (Said(all_day=True, transp="TRANSPARENT"), False),
    ],
)
def test_without_rules_of_one_s_own(event: Said, *, busy: bool) -> None:
    assert takes_time(event, ruled()) is busy


@pytest.mark.parametrize(
    ("event", "rules", "busy"),
    [
        (Said(transp="TRANSPARENT"), {"free_busy": True}, True),
        (Said(all_day=True, transp="TRANSPARENT"), {"free_busy": True}, True),
        (Said(all_day=True), {"free_busy": True}, False),
        (
            Said(all_day=True, transp="TRANSPARENT"),
            {"free_busy": True, "all_day": AllDayRule.FREE},
            False,
        ),
        (
            Said(transp="TRANSPARENT", status="TENTATIVE"),
            {"free_busy": True, "tentative_busy": False},
            False,
        ),
        (Said(status="TENTATIVE"), {"tentative_busy": False}, False),
        (Said(partstat="TENTATIVE"), {"tentative_busy": False}, False),
        (Said(partstat="DECLINED"), {"declined_busy": True}, True),
        (Said(partstat="DECLINED", transp="TRANSPARENT"), {"declined_busy": True}, False),
        (Said(status="CANCELLED"), {"declined_busy": True}, False),
        (Said(all_day=True), {"all_day": AllDayRule.BUSY}, True),
        (Said(all_day=True, transp="TRANSPARENT"), {"all_day": AllDayRule.BUSY}, True),
        (Said(all_day=True, transp="OPAQUE"), {"all_day": AllDayRule.FREE}, False),
        (Said(all_day=True, partstat="DECLINED"), {"all_day": AllDayRule.BUSY}, False),
        (Said(), {"all_day": AllDayRule.FREE}, True),
    ],
)
def test_with_rules(event: Said, rules: dict[str, object], *, busy: bool) -> None:
    assert takes_time(event, ruled(**rules)) is busy
