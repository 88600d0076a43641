"""How many days stand side by side: a whole week, three days, or one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dayloom.i18n.dates import weekday
from dayloom.i18n.words import gettext as _
from dayloom.i18n.words import marked

ONE_DAY = timedelta(days=1)
WEEK_DAYS = 7
FIRST, LAST = date(1970, 1, 12), date(2100, 12, 1)
COOKIE = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`pixels` are those of a minute; the names are those of the days shown, before and after."""

    days: int
    label: str
    pixels: float
    present: str
    before: str
    after: str


WEEK = Span(
    days=WEEK_DAYS,
    label=marked("Week"),
    pixels=1.2,
    present=marked("This week"),
    before=marked("The week before"),
    after=marked("The week after"),
)
THREE_DAYS = Span(
    days=3,
    label=marked("3 days"),
    pixels=1.4,
    present=marked("From today"),
    before=marked("The three days before"),
    after=marked("The three days after"),
)
DAY = Span(
    days=1,
    label=marked("Day"),
    pixels=2,
    present=marked("Today"),
    before=marked("The day before"),
    after=marked("The day after"),
)
SPANS = {str(span.days): span for span in (DAY, THREE_DAYS, WEEK)}


def choose_span(asked: str, cookies: Mapping[str, str]) -> Span:
    """Return the span that is asked for, else what this device showed last, else the week."""
    return SPANS.get(asked) or SPANS.get(cookies.get(COOKIE, "")) or WEEK


def days_from(span: Span, day: date, week_start: int) -> tuple[date, ...]:
    """Return the days that show `day`: its week, or it and those that follow."""
    if span is WEEK:
        return week_of(day, week_start)
    first = _within(day)
    return tuple(first + n * ONE_DAY for n in range(span.days))


def week_of(day: date, week_start: int) -> tuple[date, ...]:
    """Return the seven days around `day`, beginning with the person's first day of the week."""
    within = _within(day)
    first = within - timedelta(days=(within.weekday() - week_start) % WEEK_DAYS)
    return tuple(first + n * ONE_DAY for n in range(WEEK_DAYS))


def heading(days: Sequence[date]) -> str:
    """Return what stands before the dates; empty where they say it all."""
    if len(days) == WEEK_DAYS:
        return _("Week %(number)s", number=days[3].isocalendar().week)
    return weekday(days[0]) if len(days) == 1 else ""


def _within(day: date) -> date:
    return min(max(day, FIRST), LAST)
