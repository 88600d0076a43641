"""Whether an event takes time: what it says of itself, and the rules of its calendar."""

from typing import Protocol

from dayloom.calendars.models import AllDayRule, Calendar


class Said(Protocol):
    """What an event says of itself (RFC 5545 TRANSP, STATUS, PARTSTAT), None where silent."""

    @property
    def all_day(self) -> bool: ...
    @property
    def transp(self) -> str | None: ...
    @property
    def status(self) -> str | None: ...
    @property
    def partstat(self) -> str | None: ...


def takes_time(event: Said, calendar: Calendar) -> bool:
    """Tell whether the planner must keep clear of `event`."""
    if event.status == "CANCELLED":
        return False
    if event.partstat == "DECLINED" and not calendar.declined_busy:
        return False
    if "TENTATIVE" in (event.status, event.partstat) and not calendar.tentative_busy:
        return False
    if event.all_day and calendar.all_day is not AllDayRule.AS_MARKED:
        return calendar.all_day is AllDayRule.BUSY
    if event.transp == "TRANSPARENT":
        return calendar.free_busy
    return event.transp == "OPAQUE" or not event.all_day
