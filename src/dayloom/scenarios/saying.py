"""Suppositions in words, on the person's own clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from dayloom.language.suppositions import (
    DayOff,
    ExtraHours,
    ExtraWork,
    LeftOut,
    Meeting,
    Supposition,
)
from dayloom.plans.truth import FIRST_IMAGINED
from dayloom.preferences.wallclock import WallClock, say_duration
from dayloom.scenarios.supposing import number_of

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Sayer:
    """Knows the clock, and what tasks are called; one that is only imagined has no number."""

    clock: WallClock
    titles: Mapping[int, str]

    def task(self, task_id: int) -> str:
        title = f"“{self.titles.get(task_id, 'A task')}”"
        return title if task_id >= FIRST_IMAGINED else f"{title} (#{task_id})"

    def day(self, day: date) -> str:
        return self.clock.day(datetime.combine(day, NOON, self.clock.zone))

    def span(self, start: datetime, end: datetime) -> str:
        return f"{self.clock.day(start)} {self.clock.time(start)}–{self.clock.time(end)}"

    def supposition(self, said: Supposition) -> str:
        """Return what is supposed, as in “Fri off”."""
        match said:
            case Meeting(title=title, start=start, length=length):
                return f"“{title}” {self.span(start, start + length)}"
            case DayOff():
                return self._day_off(said)
            case ExtraWork():
                return self._work(said)
            case ExtraHours(day=day, start=start, end=end, hour_map=name):
                which = f"“{name}” hours" if name else "hours"
                return f"More {which} {self.day(day)} {start}–{end}"
            case LeftOut(task_id=task_id):
                return f"Without {self.task(task_id)}"

    def _day_off(self, said: DayOff) -> str:
        first, last = self.day(said.first), self.day(said.last)
        days = first if first == last else f"{first} to {last}"
        named = f", “{said.hour_map}” hours only" if said.hour_map else ""
        which = ", all hours" if said.all_hours else named
        return f"{days[0].upper()}{days[1:]} off{which}"

    def _work(self, said: ExtraWork) -> str:
        parts = [f"“{said.title}”", say_duration(said.length)]
        if said.deadline:
            parts.append(f"not after {self.clock.moment(said.deadline)}")
        if said.due:
            parts.append(f"by {self.clock.moment(said.due)}")
        return ", ".join([*parts, *(["in pieces"] if said.splittable else [])])


def imagined_titles(suppositions: Iterable[Supposition]) -> dict[int, str]:
    """Return the titles of the tasks that are only imagined, by their numbers."""
    return {
        number_of(position): said.title
        for position, said in enumerate(suppositions)
        if isinstance(said, Meeting | ExtraWork)
    }
