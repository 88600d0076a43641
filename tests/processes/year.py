"""A calendar of a year as offices export it, and, counted day by day, when it takes time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
MONDAY, TUESDAY, THURSDAY, SATURDAY = 0, 1, 3, 5
Busy = tuple[datetime, datetime]


class Year:
    """Half a year back and half a year ahead of `today`.

    Every weekday a stand-up and lunch, every other Tuesday a review of which one is moved, a
    monthly board on the first Thursday, one stand-up left out, one day closed, and one free.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        monday = today - today.weekday() * DAY
        self.first = monday - 26 * 7 * DAY
        self.last = monday + 26 * 7 * DAY
        self.left_out = next_weekday(today + DAY)
        self.moved = next(d for d in self._days(monday + 7 * DAY) if self._is_review(d))
        self.closed = next_weekday(today + 9 * DAY)
        self.free = next_weekday(today + 3 * DAY)

    def busy(self, start: date, end: date) -> list[Busy]:
        """Return when something takes time on the days from `start` until before `end`."""
        days = [day for day in self._days(start) if day < end]
        return sorted(
            (at(day, begin), at(day, until)) for day in days for begin, until in self._on(day)
        )

    def _on(self, day: date) -> list[tuple[str, str]]:
        found = [("12:00", "12:45")] if day.weekday() < SATURDAY else []
        if day.weekday() < SATURDAY and day != self.left_out:
            found.append(("09:30", "09:45"))
        if self._is_review(day) and day != self.moved:
            found.append(("14:00", "15:30"))
        if day == self.moved + DAY:
            found.append(("10:00", "11:30"))
        if day.weekday() == THURSDAY and day.day <= 7:
            found.append(("16:00", "17:00"))
        if day == self.closed:
            found.append(("00:00", "24:00"))
        return found

    def _is_review(self, day: date) -> bool:
        return day.weekday() == TUESDAY and (day - self.first).days // 7 % 2 == 0

    def _days(self, start: date) -> list[date]:
        return [start + number * DAY for number in range((self.last - start).days)]

    def to_ics(self) -> bytes:
        until = f"UNTIL={at(self.last, '00:00').astimezone(UTC):%Y%m%dT%H%M%SZ}"
        weekdays = f"RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;{until}"
        tuesday = self.first + TUESDAY * DAY
        lines = [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Office//Year//EN"),
            *event("standup", "Stand-up", timed(self.first, "09:30", "09:45"), weekdays,
                   f"EXDATE;TZID=Europe/Berlin:{local(self.left_out, '09:30')}"),
            *event("lunch", "Lunch", timed(self.first, "12:00", "12:45"), weekdays),
            *event("review", "Review", timed(tuesday, "14:00", "15:30"),
                   f"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;{until}"),
            *event("review", "Review, moved", timed(self.moved + DAY, "10:00", "11:30"),
                   f"RECURRENCE-ID;TZID=Europe/Berlin:{local(self.moved, '14:00')}"),
            *event("board", "Board", timed(first_thursday(self.first), "16:00", "17:00"),
                   f"RRULE:FREQ=MONTHLY;BYDAY=1TH;{until}"),
            *event("closed", "Office closed", all_day(self.closed), "TRANSP:OPAQUE"),
            *event("free", "Somebody's birthday", all_day(self.free), "TRANSP:TRANSPARENT"),
            "END:VCALENDAR",
        ]  # fmt: skip
        return "".join(f"{line}\r\n" for line in lines).encode()


def event(uid: str, summary: str, when: list[str], *more: str) -> list[str]:
    head = ["BEGIN:VEVENT", f"UID:{uid}@office", "DTSTAMP:20260101T000000Z", f"SUMMARY:{summary}"]
    return [*head, *when, *more, "END:VEVENT"]


def timed(day: date, start: str, end: str) -> list[str]:
    return [
        f"DTSTART;TZID=Europe/Berlin:{local(day, start)}",
        f"DTEND;TZID=Europe/Berlin:{local(day, end)}",
    ]


def all_day(day: date) -> list[str]:
    return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + DAY:%Y%m%d}"]


def local(day: date, clock: str) -> str:
    return f"{day:%Y%m%d}T{clock.replace(':', '')}00"


def at(day: date, clock: str) -> datetime:
    """Return the instant of a wall time in Berlin; 24:00 is the next midnight."""
    if clock == "24:00":
        return datetime.combine(day + DAY, time(), BERLIN)
    return datetime.combine(day, time.fromisoformat(clock), BERLIN)


def next_weekday(day: date) -> date:
    """Return `day`, or the Monday after it if it lies in a weekend."""
    return day if day.weekday() < SATURDAY else day + (7 - day.weekday()) * DAY


def first_thursday(since: date) -> date:
    day = since
    while day.weekday() != THURSDAY or day.day > 7:
        day += DAY
    return day
