"""Arithmetic on local days."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from dayloom.language.rules.amounts import Amount

YEARS = range(1970, 2101)
RECENT = timedelta(days=60)


def add_months(day: date, months: int) -> date | None:
    """Return the same day of another month, or its last one; None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year not in YEARS:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, amount: Amount, *, sign: int = 1) -> date | None:
    """Return the day so far from another; working days leave out Saturdays and Sundays."""
    moved = add_months(day, sign * amount.months)
    if moved is None:
        return None
    moved += timedelta(days=sign * (amount.days + amount.minutes // (24 * 60)))
    for _ in range(amount.workdays):
        moved += timedelta(days=sign)
        while moved.weekday() > 4:
            moved += timedelta(days=sign)
    return moved


def week_of(day: date, week_start: int) -> date:
    """Return the first day of the week that `day` is in."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def next_weekday(day: date, weekday: int) -> date:
    """Return the first such weekday after `day`."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def month_end(day: date) -> date:
    """Return the first day of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def nth_weekday(month: date, weekday: int, nth: int) -> date | None:
    """Return the n-th weekday of the month that begins on `month`; -1 is the last one."""
    days = [
        month + timedelta(days=n)
        for n in range((month_end(month) - month).days)
        if (month + timedelta(days=n)).weekday() == weekday
    ]
    index = nth - 1 if nth > 0 else nth
    return days[index] if -len(days) <= index < len(days) else None


def valid_date(year: int, month: int, day: int) -> date | None:
    """Return the date if there is one, in the years that are read."""
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def coming_date(today: date, month: int, day: int) -> tuple[date, bool] | None:
    """Return the next such day, and whether it is a guess: it was there a short while ago."""
    for year in range(today.year, today.year + 9):
        found = valid_date(year, month, day)
        if found and found >= today:
            passed = valid_date(found.year - 1, month, day)
            return found, passed is not None and today - passed < RECENT
    return None


def coming_day_of_month(today: date, day: int) -> date | None:
    """Return the next day with that number, today included."""
    return next(filter(None, (_day_of(month, day, today) for month in _months(today))), None)


def _months(today: date) -> Iterator[date]:
    month = today.replace(day=1)
    for _ in range(13):
        yield month
        month = month_end(month)


def _day_of(month: date, day: int, today: date) -> date | None:
    found = valid_date(month.year, month.month, day)
    return found if found and found >= today else None
