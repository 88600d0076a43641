"""Weekdays that repeat: "Mon, Wed and Fri", "Mon-Fri", "Tuesdays", "weekends"."""

from dataclasses import replace

from dayloom.language.rules.names import PLURAL_WEEKDAYS, WEEKDAYS
from dayloom.language.rules.parts import read_part_name
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip
from dayloom.language.rules.repetition import Repetition
from dayloom.language.rules.tokens import Found, Line

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
MOST_DAYS = 7
_THROUGH = frozenset({"-", "–", "to", "through"})
_DAY_SETS = phrase_table(
    dict.fromkeys(
        (
            "weekday",
            "weekdays",
            "workday",
            "workdays",
            "working day",
            "work day",
            "business day",
            "school day",
            "schoolday",
        ),
        WORKDAYS,
    )
    | dict.fromkeys(("weekend", "weekends", "week - end"), WEEKEND)
)
_LIST_MARKS = phrase_table(
    dict.fromkeys((", and", ",", "and", "&", "/", "+", "and on", "or"), True)
)


def with_part(line: Line, found: Found[Repetition]) -> Found[Repetition]:
    """Take in the part of the day of "every Tuesday morning"."""
    part = read_part_name(line, found.end) if not found.value.part else None
    if part is None:
        return found
    return Found(replace(found.value, part=part.value), part.end, found.guess)


def read_day_set(line: Line, at: int) -> Found[Repetition] | None:
    found = match_phrase(_DAY_SETS, line, at)
    return Found(Repetition(freq="WEEKLY", weekdays=found.value), found.end) if found else None


def read_plural_days(line: Line, at: int) -> Found[Repetition] | None:
    """Return "Mondays", "Friday mornings" and, as a guess, "on Monday and Thursday"."""
    start = skip(line, at, frozenset({"on"}))
    days = read_day_list(line, start)
    if days is None:
        return None
    plural = any(word in PLURAL_WEEKDAYS for word in line.words[start : days.end])
    part = read_part_name(line, days.end)
    if part and line.word(part.end - 1).endswith("s"):
        return Found(replace(days.value, part=part.value), part.end)
    if plural:
        return with_part(line, days)
    several = len(days.value.weekdays) > 1 and not _is_stretch(line, start, days)
    return Found(days.value, days.end, guess=True) if several else None


def _is_stretch(line: Line, start: int, days: Found[Repetition]) -> bool:
    """Are they days in a row once ("trip Mon-Wed"), and not each week ("Mon-Fri")?"""
    ranged = not _THROUGH.isdisjoint(line.words[start : days.end])
    return ranged and days.value.weekdays != WORKDAYS


def read_day_list(line: Line, at: int) -> Found[Repetition] | None:
    """Return weekdays in a row, "Mon, Wed and Fri" or "Mon-Fri"."""
    days: list[int] = []
    end = at
    start = at
    while len(days) < MOST_DAYS:
        day = WEEKDAYS.get(line.word(start), PLURAL_WEEKDAYS.get(line.word(start)))
        if day is None:
            break
        if days and line.word(start - 1) in _THROUGH:
            last = days[-1]
            days.extend((last + step) % 7 for step in range(1, (day - last) % 7))
        days.append(day)
        end = start + 1
        mark = match_phrase(_LIST_MARKS, line, end)
        start = mark.end if mark else skip(line, end, _THROUGH)
    if not days:
        return None
    return Found(Repetition(freq="WEEKLY", weekdays=tuple(sorted(set(days)))), end)
