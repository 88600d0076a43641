"""Amounts of time, "90 minutes" or "3 weeks", before it is known what they are for."""

from dataclasses import dataclass
from datetime import timedelta

from dayloom.language.rules.numbers import read_half, read_number
from dayloom.language.rules.phrases import match_phrase, phrase_table, word_set
from dayloom.language.rules.tokens import Found, Line

WORKDAY_MINUTES = 8 * 60
LONGEST_COUNT = 2000


@dataclass(frozen=True, slots=True)
class Amount:
    """A stretch of clock time (`minutes`) and of the calendar (the rest)."""

    minutes: int = 0
    days: int = 0
    workdays: int = 0
    months: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.minutes + other.minutes,
            self.days + other.days,
            self.workdays + other.workdays,
            self.months + other.months,
        )

    @property
    def clocked(self) -> bool:
        """Is it all hours and minutes?"""
        return not (self.days or self.workdays or self.months)

    def as_work(self) -> timedelta | None:
        """Return the time it takes to work it off: 8 hours a day, 5 days a week, or nothing."""
        if self.months:
            return None
        weeks, days = divmod(self.days, 7)
        return timedelta(
            minutes=self.minutes + (weeks * 5 + days + self.workdays) * WORKDAY_MINUTES
        )


_UNIT_NAMES = {
    "minute": "m min mins minute minutes",
    "hour": "h hr hrs hour hours",
    "day": "d day days",
    "workday": "workday workdays",
    "week": "w wk wks week weeks",
    "fortnight": "fortnight fortnights",
    "month": "month months",
    "quarter": "qtr qtrs",
    "year": "yr yrs year years",
}
UNITS = {word: unit for unit, words in _UNIT_NAMES.items() for word in words.split()}
_LONG_UNITS = phrase_table(
    {
        "working day": "workday",
        "working days": "workday",
        "work days": "workday",
        "business day": "workday",
        "business days": "workday",
    }
)
_MINUTES = {"minute": 1, "hour": 60}
_JOINERS = frozenset({"and", "&", ","})
_AFTER_REST = word_set("p by due on at before after every in for not starting must")


def read_amount(line: Line, at: int) -> Found[Amount] | None:
    """Return the amount at `at`, several units added up ("1h30", "2 hours and 10 min")."""
    place = ("amount", at, False)
    if place not in line.known:
        line.known[place] = _read_amount(line, at)
    found: Found[Amount] | None = line.known[place]
    return found


def _read_amount(line: Line, at: int) -> Found[Amount] | None:
    first = _read_clock_like(line, at) or _read_single(line, at)
    if first is None:
        return None
    if first.value.clocked and line.word(first.end - 1) in UNITS:
        first = _with_minutes(line, first)
    return first


def read_unit(line: Line, at: int) -> Found[str] | None:
    """Return the unit at `at`.

    A single letter counts only in lower case, and "m" only right after its number: "5M" and
    "3 m" are no times.
    """
    found = match_phrase(_LONG_UNITS, line, at)
    if found:
        return found
    word = line.word(at)
    if line.word(at + 1) == "time":
        word = word.removesuffix("'s")
    if word not in UNITS or (len(word) == 1 and word != "h" and not line.typed(at).islower()):
        return None
    if word == "m" and not line.glued(at):
        return None
    return Found(UNITS[word], at + 1)


def amount_of(count: float, unit: str) -> Amount | None:
    """Return `count` units; halves of days become hours, other broken numbers are refused."""
    if not 0 < count <= LONGEST_COUNT:
        return None
    if unit in _MINUTES:
        return Amount(minutes=round(count * _MINUTES[unit]))
    if unit in ("day", "workday") and count != int(count):
        return Amount(minutes=round(count * WORKDAY_MINUTES))
    if count != int(count):
        return Amount(months=6) if (unit, count) == ("year", 0.5) else None
    whole = int(count)
    return {
        "day": Amount(days=whole),
        "workday": Amount(workdays=whole),
        "week": Amount(days=7 * whole),
        "fortnight": Amount(days=14 * whole),
        "month": Amount(months=whole),
        "quarter": Amount(months=3 * whole),
        "year": Amount(months=12 * whole),
    }[unit]


def _read_single(line: Line, at: int) -> Found[Amount] | None:
    number = read_number(line, at)
    if number is None:
        return None
    count, end = number.value, number.end
    half = read_half(line, end)
    if half:
        count, end = count + half.value, half.end
    if line.word(end) in ("-", "more") and read_unit(line, end + 1):
        end += 1
    unit = read_unit(line, end)
    if unit is None:
        return None
    half = read_half(line, unit.end)
    if half:
        count, unit = count + half.value, Found(unit.value, half.end)
    amount = amount_of(count, unit.value)
    return Found(amount, unit.end, number.guess) if amount else None


def _read_clock_like(line: Line, at: int) -> Found[Amount] | None:
    """Return "1:30h" as an hour and a half."""
    hours, minutes = line.number(at, digits=2), line.number(at + 2, digits=2)
    if line.word(at + 1) != ":" or hours is None or minutes is None or minutes > 59:
        return None
    unit = read_unit(line, at + 3)
    if unit is None or unit.value != "hour":
        return None
    return Found(Amount(minutes=hours * 60 + minutes), unit.end)


def _with_minutes(line: Line, first: Found[Amount]) -> Found[Amount]:
    """Add what follows the hours: "30" in "1h30" and "1 h 30", "30 min" in "1 hour, 30 min"."""
    if UNITS.get(line.word(first.end - 1)) != "hour":
        return first
    bare = line.number(first.end, digits=2)
    if bare is not None and bare < 60 and _is_rest(line, first.end):
        end = first.end + 1
        end = end + 1 if line.glued(end) and line.word(end) in ("m", "min") else end
        return Found(first.value + Amount(minutes=bare), end, first.guess)
    start = first.end + 1 if line.word(first.end) in _JOINERS else first.end
    rest = _read_single(line, start)
    if rest and rest.value.clocked and UNITS.get(line.word(rest.end - 1)) == "minute":
        return Found(first.value + rest.value, rest.end, first.guess or rest.guess)
    return first


def _is_rest(line: Line, at: int) -> bool:
    """Tell whether a bare number is minutes: glued to the hours, or two digits standing alone."""
    if line.glued(at):
        return True
    follows = line.word(at + 1)
    alone = follows in ("", ",", ";") or (
        not line.glued(at + 1) and (follows in _AFTER_REST or not follows.isalnum())
    )
    return line.word(at - 1) == "h" and len(line.word(at)) == 2 and alone
