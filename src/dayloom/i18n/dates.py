"""Days and times of day in words; each language has patterns of its own, written as CLDR does."""

from datetime import date, time

from babel.dates import format_date

from dayloom.i18n.language import spoken
from dayloom.i18n.words import gettext as _

HALF_DAY = 12


def weekday(day: date) -> str:
    """Return Monday."""
    return _as(day, _("EEEE"))


def short_weekday(day: date) -> str:
    """Return Mon."""
    return _as(day, _("ccc"))


def day_and_month(day: date) -> str:
    """Return 24 November."""
    return _as(day, _("d MMMM"))


def short_day_and_month(day: date) -> str:
    """Return 24 Nov."""
    return _as(day, _("d MMM"))


def short_date(day: date, *, year: bool = False) -> str:
    """Return Tue 24 Nov, or Tue 24 Nov 2026."""
    return _as(day, _("ccc d MMM y") if year else _("ccc d MMM"))


def long_date(day: date) -> str:
    """Return Tuesday 24 November."""
    return _as(day, _("EEEE d MMMM"))


def span_of_days(first: date, last: date) -> str:
    """Return 23 November, 23–29 November, or 30 Nov – 6 Dec."""
    if first == last:
        return day_and_month(first)
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)s–%(last)s", first=_as(first, _("d")), last=day_and_month(last))
    values = {"first": short_day_and_month(first), "last": short_day_and_month(last)}
    return _("%(first)s – %(last)s", **values)


def time_of_day(at: time, hour_cycle: int) -> str:
    """Return 13:30, or 1:30 pm on a clock of 12 hours."""
    if hour_cycle == HALF_DAY * 2:
        return f"{at:%H:%M}"
    return _half(at.hour, f"{at.hour % HALF_DAY or HALF_DAY}:{at:%M}")


def full_hour(hour: int, hour_cycle: int) -> str:
    """Return 13:00, or 1 pm on a clock of 12 hours; 24 is the end of the day."""
    if hour_cycle == HALF_DAY * 2:
        return f"{hour:02d}:00"
    return _half(hour % 24, str(hour % HALF_DAY or HALF_DAY))


def _half(hour: int, shown: str) -> str:
    return _("%(time)s am", time=shown) if hour < HALF_DAY else _("%(time)s pm", time=shown)


def _as(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=spoken().locale)
