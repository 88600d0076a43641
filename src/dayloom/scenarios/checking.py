"""The rules that suppositions keep, told in sentences."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.infra.errors import Invalid
from dayloom.language.suppositions import (
    DayOff,
    ExtraHours,
    ExtraWork,
    LeftOut,
    Meeting,
    Supposition,
)
from dayloom.planning.problem import LONGEST_HORIZON
from dayloom.preferences.hours import check_day
from dayloom.tasks.drafting import on_grid
from dayloom.tasks.fields import check

LONGEST_MEETING = timedelta(hours=24)
MOST_DAYS = 60
TOO_FAR = f"A what-if looks {LONGEST_HORIZON.days // 7} weeks ahead; choose a nearer day."
TOO_LATE = "This time is over already."


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Knows the moment, the zone, and what may be named."""

    now: datetime
    zone: ZoneInfo
    hour_maps: Collection[str]
    open_tasks: Collection[int]

    def checked(self, supposition: Supposition) -> Supposition:
        """Return the supposition, tidied. Raises `Invalid` with the field at fault."""
        found: Supposition = _CHECKS[type(supposition)](self, supposition)
        return found

    def meeting(self, said: Meeting) -> Meeting:
        length = on_grid(said.length)
        if not timedelta(0) < length <= LONGEST_MEETING:
            raise Invalid("A meeting takes between 5 minutes and 24 hours.", field="length")
        fields = check({"title": said.title, "pinned_start": said.start})
        if said.start <= self.now:
            raise Invalid(TOO_LATE, field="start")
        self._near(said.start.astimezone(self.zone).date(), field="start")
        return replace(said, title=fields["title"], length=length)

    def day_off(self, said: DayOff) -> DayOff:
        if said.last < said.first:
            raise Invalid("The last day lies before the first.", field="last")
        if said.last < self._today:
            raise Invalid(TOO_LATE, field="last")
        if (said.last - said.first).days >= MOST_DAYS:
            raise Invalid(f"At most {MOST_DAYS} days are taken off at once.", field="last")
        self._near(said.last, field="last")
        return replace(
            said, first=max(said.first, self._today), hour_map=self._hours(said.hour_map)
        )

    def work(self, said: ExtraWork) -> ExtraWork:
        length = on_grid(said.length)
        fields = check(
            {
                "title": said.title,
                "duration": length,
                "due": said.due,
                "deadline": said.deadline,
            }
        )
        for name in ("due", "deadline"):
            until = getattr(said, name)
            if until is not None and until <= self.now:
                raise Invalid(TOO_LATE, field=name)
        return replace(said, title=fields["title"], length=length)

    def hours(self, said: ExtraHours) -> ExtraHours:
        check_day([[said.start, said.end]], "More hours", field="start")
        if said.end < said.start:
            raise Invalid("More hours end on the day on which they begin.", field="end")
        if said.day < self._today:
            raise Invalid(TOO_LATE, field="day")
        self._near(said.day, field="day")
        return replace(said, hour_map=self._hours(said.hour_map))

    def without(self, said: LeftOut) -> LeftOut:
        if said.task_id not in self.open_tasks:
            raise Invalid(f"There is no open task #{said.task_id}.", field="task_id")
        return said

    def _hours(self, name: str | None) -> str | None:
        tidy = (name or "").strip().lower() or None
        if tidy is not None and tidy not in self.hour_maps:
            raise Invalid(f"There are no hours named “{tidy}”.", field="hour_map")
        return tidy

    def _near(self, day: date, *, field: str) -> None:
        if day >= self._today + LONGEST_HORIZON - timedelta(days=1):
            raise Invalid(TOO_FAR, field=field)

    @property
    def _today(self) -> date:
        return self.now.astimezone(self.zone).date()


_CHECKS: dict[type, Callable[[Checker, Any], Any]] = {
    Meeting: Checker.meeting,
    DayOff: Checker.day_off,
    ExtraWork: Checker.work,
    ExtraHours: Checker.hours,
    LeftOut: Checker.without,
}
