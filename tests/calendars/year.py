"""A year of a person's calendar as Outlook and others write it, and when it really takes time.

The busy times are worked out day by day from what a person would say of each entry ("every
Monday at ten, but …"), without any rule of iCalendar.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)
OWN = "ann@example.com"
MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 2, 3, 4, 5, 6
Busy = tuple[str, datetime, datetime]


def at(day: date, clock: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that takes time on the days that `happens` says, by the clocks of `zone`."""

    title: str
    start: str
    end: str
    happens: Callable[[date], bool]
    zone: ZoneInfo = BERLIN

    def busy(self) -> Iterator[Busy]:
        for day in days(FIRST, LAST):
            if self.happens(day):
                yield self.title, at(day, self.start, self.zone), at(day, self.end, self.zone)


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * DAY


def is_team_day(day: date) -> bool:
    """Mondays from 7 September to 5 July: two fall out, one is moved, one called off."""
    without = (date(2026, 12, 28), date(2027, 1, 4), date(2026, 11, 30), date(2027, 3, 29))
    within = date(2026, 9, 7) <= day <= date(2027, 7, 5)
    return within and day.weekday() == MONDAY and day not in without


def is_one_on_one(day: date) -> bool:
    """Every other Wednesday from 9 September, twenty times; Ann has declined one of them."""
    weeks, rest = divmod((day - date(2026, 9, 9)).days, 14)
    return rest == 0 and 0 <= weeks < 20 and day != date(2026, 12, 16)


def is_last_friday(day: date) -> bool:
    return day.weekday() == FRIDAY and (day + 7 * DAY).month != day.month


ENTRIES = (
    Entry(title="Team", start="10:00", end="11:00", happens=is_team_day),
    Entry(title="One-on-one", start="16:30", end="17:00", happens=is_one_on_one),
    Entry(title="Demo", start="15:00", end="16:00", happens=is_last_friday),
    Entry(
        title="New York",
        start="09:00",
        end="09:30",
        zone=NEW_YORK,
        happens=lambda day: day.weekday() == THURSDAY and day >= date(2026, 9, 3),
    ),
    Entry(
        title="Lunch",
        start="12:30",
        end="13:15",
        happens=lambda day: day.weekday() < SATURDAY,
    ),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


ONCE: tuple[Busy, ...] = (
    # the moved team meeting, and the further one-on-one before the holidays
    ("Team, moved", utc("2026-12-01 13:00"), utc("2026-12-01 14:30")),
    ("One-on-one", utc("2026-12-18 08:00"), utc("2026-12-18 08:30")),
    # five days off, from midnight to midnight in Berlin
    ("Vacation", utc("2027-02-14 23:00"), utc("2027-02-19 23:00")),
    # the night in which the clocks go back has nine hours from ten to six, as written …
    ("Night duty", utc("2026-10-24 20:00"), utc("2026-10-25 05:00")),
    # … but eight hours are eight hours in the night in which they go forward
    ("Night watch", utc("2027-03-27 21:00"), utc("2027-03-28 05:00")),
    # half past two, which comes twice and counts from the first time, and which never comes
    ("Baking", utc("2026-10-25 00:30"), utc("2026-10-25 03:00")),
    ("Baking", utc("2027-03-28 01:30"), utc("2027-03-28 02:00")),
    ("Dentist, perhaps", utc("2026-12-08 09:00"), utc("2026-12-08 12:00")),
    ("Bob cannot come", utc("2026-12-09 09:00"), utc("2026-12-09 10:00")),
)


def busy_times() -> list[Busy]:
    """Return what takes time in the year, in order of time."""
    found = [busy for entry in ENTRIES for busy in entry.busy()] + list(ONCE)
    return sorted(found, key=lambda busy: (busy[1], busy[2], busy[0]))


def _event(title: str, *lines: str, uid: str | None = None) -> list[str]:
    head = ["BEGIN:VEVENT", f"UID:{uid or title}@example.com", "DTSTAMP:20260901T000000Z"]
    return [*head, f"SUMMARY:{title}", *lines, "END:VEVENT"]


def _outlook_zone(name: str, winter: str, summer: str, *, begin: str, end: str) -> list[str]:
    """Return a zone as Outlook describes it: since 1601, by rules."""
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        *("BEGIN:STANDARD", "DTSTART:16010101T030000", f"TZOFFSETFROM:{summer}"),
        *(f"TZOFFSETTO:{winter}", f"RRULE:FREQ=YEARLY;INTERVAL=1;{end}", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:16010101T020000", f"TZOFFSETFROM:{winter}"),
        *(f"TZOFFSETTO:{summer}", f"RRULE:FREQ=YEARLY;INTERVAL=1;{begin}", "END:DAYLIGHT"),
        "END:VTIMEZONE",
    ]


def _answer(name: str, answer: str) -> str:
    return f"ATTENDEE;CN={name.title()};PARTSTAT={answer}:MAILTO:{name}@example.com"


def year_ics() -> bytes:
    """Return the calendar."""
    europe, york = "W. Europe Standard Time", "Eastern Standard Time"
    lines = [
        *("BEGIN:VCALENDAR", "METHOD:PUBLISH", "VERSION:2.0", "X-WR-CALNAME:Calendar"),
        *_outlook_zone(
            europe, "+0100", "+0200", begin="BYDAY=-1SU;BYMONTH=3", end="BYDAY=-1SU;BYMONTH=10"
        ),
        *_outlook_zone(
            york, "-0500", "-0400", begin="BYDAY=2SU;BYMONTH=3", end="BYDAY=1SU;BYMONTH=11"
        ),
        *_event(
            "Team",
            f"DTSTART;TZID={europe}:20260907T100000",
            f"DTEND;TZID={europe}:20260907T110000",
            "RRULE:FREQ=WEEKLY;UNTIL=20270705T080000Z;INTERVAL=1;BYDAY=MO;WKST=MO",
            f"EXDATE;TZID={europe}:20261228T100000,20270104T100000",
        ),
        *_event(
            "Team, moved",
            f"RECURRENCE-ID;TZID={europe}:20261130T100000",
            f"DTSTART;TZID={europe}:20261201T140000",
            f"DTEND;TZID={europe}:20261201T153000",
            uid="Team",
        ),
        *_event(
            "Team, called off",
            f"RECURRENCE-ID;TZID={europe}:20270329T100000",
            f"DTSTART;TZID={europe}:20270329T100000",
            f"DTEND;TZID={europe}:20270329T110000",
            "STATUS:CANCELLED",
            uid="Team",
        ),
        *_event(
            "One-on-one",
            "DTSTART;TZID=Europe/Berlin:20260909T163000",
            "DTEND;TZID=Europe/Berlin:20260909T170000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=20",
            "RDATE;TZID=Europe/Berlin:20261218T090000",
            _answer("ann", "ACCEPTED"),
        ),
        *_event(
            "One-on-one",
            "RECURRENCE-ID;TZID=Europe/Berlin:20261216T163000",
            "DTSTART;TZID=Europe/Berlin:20261216T163000",
            "DTEND;TZID=Europe/Berlin:20261216T170000",
            _answer("ann", "DECLINED"),
        ),
        *_event(
            "Demo",
            "DTSTART;TZID=Europe/Berlin:20260925T150000",
            "DURATION:PT1H",
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
        ),
        *_event(
            "New York",
            f"DTSTART;TZID={york}:20260903T090000",
            f"DTEND;TZID={york}:20260903T093000",
            "RRULE:FREQ=WEEKLY;BYDAY=TH",
        ),
        *_event(
            "Lunch",  # floating: by the clock of wherever Ann is
            "DTSTART:20260901T123000",
            "DTEND:20260901T131500",
            "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        ),
        *_event(
            "Bob's birthday",
            "DTSTART;VALUE=DATE:19840309",
            "DTEND;VALUE=DATE:19840310",
            "RRULE:FREQ=YEARLY",
            "TRANSP:TRANSPARENT",
        ),
        *_event(
            "Vacation",
            "DTSTART;VALUE=DATE:20270215",
            "DTEND;VALUE=DATE:20270220",
            "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        ),
        *_event(
            "Night duty",
            "DTSTART;TZID=Europe/Berlin:20261024T220000",
            "DTEND;TZID=Europe/Berlin:20261025T060000",
        ),
        *_event("Night watch", "DTSTART;TZID=Europe/Berlin:20270327T220000", "DURATION:PT8H"),
        *_event(
            "Baking",
            "DTSTART;TZID=Europe/Berlin:20261025T023000",
            "DTEND;TZID=Europe/Berlin:20261025T040000",
            uid="Baking-1",
        ),
        *_event(
            "Baking",
            "DTSTART;TZID=Europe/Berlin:20270328T023000",
            "DTEND;TZID=Europe/Berlin:20270328T040000",
            uid="Baking-2",
        ),
        *_event(
            "Dentist, perhaps",
            "DTSTART:20261208T090000Z",
            "DTEND:20261208T120000Z",
            "STATUS:TENTATIVE",
        ),
        *_event(
            "Reading group, if you like",
            "DTSTART:20261208T150000Z",
            "DTEND:20261208T160000Z",
            "TRANSP:TRANSPARENT",
        ),
        *_event(
            "Ann cannot come",
            "DTSTART:20261209T090000Z",
            "DTEND:20261209T100000Z",
            _answer("bob", "ACCEPTED"),
            _answer("ann", "DECLINED"),
        ),
        *_event(
            "Bob cannot come",
            "DTSTART:20261209T090000Z",
            "DTEND:20261209T100000Z",
            _answer("bob", "DECLINED"),
            _answer("ann", "ACCEPTED"),
        ),
        *_event(
            "Offsite, called off",
            "DTSTART:20261210T080000Z",
            "DTEND:20261210T160000Z",
            "STATUS:CANCELLED",
        ),
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()
