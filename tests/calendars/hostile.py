"""Calendars that ask for too much: time, memory, depth, files. Each is a builder of bytes."""

from collections.abc import Callable
from dataclasses import dataclass

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hostile//EN\r\n"
FOOT = "END:VCALENDAR\r\n"
HOUR = "DURATION:PT1H"
IN_WINDOW = "20261201T090000Z"
GOOD = "BEGIN:VEVENT\r\nUID:good\r\nSUMMARY:Good\r\nDTSTART:20261203T090000Z\r\n\
DURATION:PT1H\r\nEND:VEVENT\r\n"


@dataclass(frozen=True)
class Hostile:
    """What stands inside the calendar, and what must come of it beside the good event.

    `kept` counts the bad event's own occurrences in the window, None where the whole file is
    refused; `told` says whether something had to be left out or altered. The good event is
    there unless the bad ones have used up all places.
    """

    inside: str
    kept: int | None
    told: bool = True
    good: int = 1

    @property
    def data(self) -> bytes:
        return f"{HEAD}{self.inside}{GOOD}{FOOT}".encode()


def event(*lines: str, start: str = IN_WINDOW, uid: str = "bad") -> str:
    return "\r\n".join(
        ("BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Bad", f"DTSTART:{start}", *lines, "END:VEVENT", "")
    )


def up_to(last: int, first: int = 1) -> str:
    return ",".join(str(number) for number in range(first, last + 1))


def seconds_of_a_day(count: int) -> str:
    return ",".join(
        f"20261201T{second // 3600 % 24:02}{second // 60 % 60:02}{second % 60:02}Z"
        for second in range(count)
    )


def every_second_zone() -> str:
    return "\r\n".join(
        (
            "BEGIN:VTIMEZONE",
            "TZID:Evil",
            *("BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0100"),
            *("TZOFFSETTO:+0100", "RRULE:FREQ=SECONDLY", "END:STANDARD"),
            *("BEGIN:DAYLIGHT", "DTSTART:19700101T000001", "TZOFFSETFROM:+0100"),
            *("TZOFFSETTO:+0200", "RRULE:FREQ=SECONDLY;BYSECOND=7", "END:DAYLIGHT"),
            *("END:VTIMEZONE", ""),
        )
    )


BUILDERS: dict[str, Callable[[], Hostile]] = {
    "a_thousand_million_days": lambda: Hostile(
        event(HOUR, "RRULE:FREQ=DAILY;COUNT=1000000000"), kept=20, told=False
    ),
    "every_second_since_1970": lambda: Hostile(
        event("DURATION:PT1S", "RRULE:FREQ=SECONDLY", start="19700101T000000Z"), kept=0
    ),
    "every_minute_since_1970": lambda: Hostile(
        event("DURATION:PT1M", "RRULE:FREQ=MINUTELY", start="19700101T000000Z"), kept=0
    ),
    "every_second_of_all_years_at_once": lambda: Hostile(
        event(
            HOUR,
            f"RRULE:FREQ=YEARLY;COUNT=1;BYMONTH={up_to(12)};BYMONTHDAY={up_to(31)};"
            f"BYHOUR={up_to(23, 0)};BYMINUTE={up_to(59, 0)};BYSECOND={up_to(59, 0)}",
        ),
        kept=1,
    ),
    "thirtieth_of_february": lambda: Hostile(
        event(HOUR, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), kept=1, told=False
    ),
    "thirtieth_of_february_sought_daily": lambda: Hostile(
        event(HOUR, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), kept=1
    ),
    "thirtieth_of_february_sought_each_second": lambda: Hostile(
        event(HOUR, "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), kept=1
    ),
    "a_rule_that_takes_itself_back": lambda: Hostile(
        event("DURATION:PT1M", "RRULE:FREQ=MINUTELY", "EXRULE:FREQ=MINUTELY"), kept=1
    ),
    "interval_of_nothing": lambda: Hostile(event(HOUR, "RRULE:FREQ=DAILY;INTERVAL=0"), kept=1),
    "thursday_number_nothing": lambda: Hostile(
        event(HOUR, "RRULE:FREQ=MONTHLY;BYDAY=0TH"), kept=1
    ),
    "two_hundred_thousand_dates": lambda: Hostile(
        event("DURATION:PT1S", f"RDATE:{seconds_of_a_day(200_000)}"), kept=5_001
    ),
    "two_hundred_thousand_exceptions": lambda: Hostile(
        event(HOUR, "RRULE:FREQ=DAILY", f"EXDATE:{seconds_of_a_day(200_000)}"), kept=20
    ),
    "daily_since_the_year_one": lambda: Hostile(
        event(HOUR, "RRULE:FREQ=DAILY", start="00010101T000000Z"), kept=0
    ),
    "every_second_until_9999": lambda: Hostile(
        event("DURATION:PT1S", "RRULE:FREQ=SECONDLY;UNTIL=99991231T000000Z"), kept=1
    ),
    "a_hundred_thousand_years_daily": lambda: Hostile(
        event("DURATION:P5200000W", "RRULE:FREQ=DAILY"), kept=20
    ),
    "twenty_thousand_alarms_in_each_other": lambda: Hostile(
        event(HOUR, *["BEGIN:VALARM"] * 20_000, *["END:VALARM"] * 20_000), kept=1, told=False
    ),
    "a_title_of_five_megabytes_in_folds": lambda: Hostile(
        event(HOUR, "DESCRIPTION:" + ("a" * 70 + "\r\n ") * 70_000), kept=1, told=False
    ),
    "a_hundred_thousand_events": lambda: Hostile(
        "".join(event(HOUR, uid=f"u{number}") for number in range(100_000)), kept=None
    ),
    "a_thousand_events_each_minute": lambda: Hostile(
        "".join(
            event("DURATION:PT1M", "RRULE:FREQ=MINUTELY", uid=f"u{number}")
            for number in range(1_000)
        ),
        kept=1_000,
    ),
    "fifty_thousand_parameters": lambda: Hostile(
        event(HOUR, "ATTENDEE" + "".join(f";X-{n}=1" for n in range(50_000)) + ":mailto:a@b.c"),
        kept=1,
        told=False,
    ),
    "a_quote_that_never_ends": lambda: Hostile(
        event(HOUR, 'SUMMARY;X="' + 'a\\"' * 20_000 + ":x", "LOCATION:here"), kept=1, told=False
    ),
    "a_zone_that_changes_each_second": lambda: Hostile(
        every_second_zone()
        + event(HOUR).replace("DTSTART:20261201T090000Z", "DTSTART;TZID=Evil:20261201T090000"),
        kept=1,
        told=False,
    ),
    "zones_that_are_paths": lambda: Hostile(
        "X-WR-TIMEZONE:../../../../etc/passwd\r\n"
        + event(HOUR).replace(
            "DTSTART:20261201T090000Z", "DTSTART;TZID=../../etc/passwd:20261201T090000"
        ),
        kept=1,
    ),
    "two_thousand_daily_series": lambda: Hostile(
        "".join(
            event(HOUR, "RRULE:FREQ=DAILY", uid=f"u{number}", start="20261123T080000Z")
            for number in range(2_000)
        ),
        kept=10_000,
        good=0,
    ),
}
