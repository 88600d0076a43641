"""Dates in figures: 2026-11-30, 30/11/2026, 30.11., 11/30 by the person's order."""

from datetime import date

from dayloom.language.rules.calendar_math import coming_date, valid_date
from dayloom.language.rules.names import MONTHS
from dayloom.language.rules.period import Period, found_day
from dayloom.language.rules.tokens import Found, Line

_SEPARATORS = frozenset({"/", "-", ".", "–"})


def read_numeric_date(line: Line, at: int) -> Found[Period] | None:
    """Return the date in figures at `at`. An order that cannot be is swapped, as a guess."""
    if not line.fresh(at):
        return None
    return _read_three(line, at) or _read_two(line, at)


def _parts(line: Line, at: int, count: int) -> tuple[str, ...] | None:
    """Return the parts of a date and leave out what has different separators or blanks."""
    mark = line.word(at + 1)
    if mark not in _SEPARATORS:
        return None
    last = at + 2 * (count - 1)
    tight = all(line.glued(index) for index in range(at + 1, last + 1))
    same = all(line.word(index) == mark for index in range(at + 1, last, 2))
    return tuple(line.word(index) for index in range(at, last + 1, 2)) if tight and same else None


def _read_three(line: Line, at: int) -> Found[Period] | None:
    parts = _parts(line, at, 3)
    if parts is None:
        return None
    found = _with_month_name(parts) or _in_order(line, parts, mark=line.word(at + 1))
    if found is None:
        return None
    day, swapped = found
    return found_day(day, at + 5, guess=swapped or day < line.today)


def _with_month_name(parts: tuple[str, ...]) -> tuple[date, bool] | None:
    """Return the date of "23/Sep/2020", "Sep-23-2020" or "2020/Sep/23"."""
    months = [MONTHS[part] for part in parts if part in MONTHS]
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) <= 4]
    if len(months) != 1 or len(numbers) != 2:
        return None
    day, year = sorted(numbers) if max(numbers) > 31 else numbers
    found = valid_date(_full_year(year), months[0], day)
    return (found, False) if found else None


def _in_order(line: Line, parts: tuple[str, ...], *, mark: str) -> tuple[date, bool] | None:
    if not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4:
        found = valid_date(a, b, c)
        return (found, False) if found else None
    if len(parts[2]) == 3 or max(len(parts[0]), len(parts[1])) > 2:
        return None
    dmy, mdy = (_full_year(c), b, a), (_full_year(c), a, b)
    if line.context.date_order == "ymd" and len(parts[2]) == 2:
        dmy = (_full_year(a), b, c)
    wanted, other = (mdy, dmy) if _month_first(line, mark) else (dmy, mdy)
    found = valid_date(*wanted)
    if found:
        return found, False
    found = valid_date(*other)
    return (found, True) if found else None


def _month_first(line: Line, mark: str) -> bool:
    order = line.context.date_order
    return order == "mdy" or (order == "ymd" and mark == "-")


def _read_two(line: Line, at: int) -> Found[Period] | None:
    """Return the coming "30/11" or "30.11."; without a closing point or "by" it is shy."""
    parts = _parts(line, at, 2)
    if parts is None or any(len(part) > 2 for part in parts if part not in MONTHS):
        return None
    mark, end = line.word(at + 1), at + 3
    dotted = mark == "." and line.word(end) == "." and line.glued(end)
    numbers = _two_numbers(line, parts, mark)
    if numbers is None or (mark in ("-", "–") and not any(part in MONTHS for part in parts)):
        return None
    month, day, swapped = numbers
    coming = coming_date(line.today, month, day)
    if coming is None:
        return None
    named = any(part in MONTHS for part in parts)
    return found_day(
        coming[0], end + dotted, guess=swapped or coming[1], shy=not (dotted or named)
    )


def _two_numbers(line: Line, parts: tuple[str, ...], mark: str) -> tuple[int, int, bool] | None:
    a, b = parts
    if a in MONTHS and b.isdecimal():
        return MONTHS[a], int(b), False
    if b in MONTHS and a.isdecimal():
        return MONTHS[b], int(a), False
    if not (a.isdecimal() and b.isdecimal()):
        return None
    first, second = int(a), int(b)
    month_first = line.context.date_order != "dmy" and mark != "."
    month, day = (first, second) if month_first else (second, first)
    if month > 12:
        return (day, month, True) if day <= 12 else None
    return month, day, False


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year
