"""Days, times and amounts in a sentence: what is left of it is words, and is matched as words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from dayloom.language.rules.amounts import read_amount, read_unit
from dayloom.language.rules.clock import DAY, NOON, Clock, read_range, read_time, settle
from dayloom.language.rules.names import PLURAL_WEEKDAYS
from dayloom.language.rules.parts import read_part_name
from dayloom.language.rules.phrases import match_phrase, phrase_table, word_set
from dayloom.language.rules.recurrence import read_times_per_week
from dayloom.language.rules.tokens import Found, Line
from dayloom.language.rules.weekday_lists import read_day_list, read_day_set
from dayloom.language.wishes.wish import EVERY_DAY

LATEST_MORNING = 9  # "after 8" means the evening, "after 10" does not


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays; `often` when a word says that they come again and again."""

    days: tuple[int, ...]
    often: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the day in minutes; `daily` is "every morning", which says the days too.

    A side that is None is open: "until 15:00" says nothing of the beginning.
    """

    start: int | None
    end: int | None
    named: bool = False
    daily: bool = False


@dataclass(frozen=True, slots=True)
class At:
    """A time on the clock."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of clock time in minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Times:
    """So often a week."""

    count: int


@dataclass(frozen=True, slots=True)
class PerDay:
    """ "a day", "per day"."""


Fact = Days | Stretch | At | Length | Times | PerDay
_PER_DAY = phrase_table(
    dict.fromkeys(("a day", "per day", "/ day", "/ d", "in a day", "on any day"), PerDay())
)
_EACH_DAY = phrase_table(
    dict.fromkeys(
        ("every day", "each day", "daily", "all days", "everyday", "any day", "every single day"),
        Days(EVERY_DAY, often=True),
    )
)
_DAY_LEADS = phrase_table(
    dict.fromkeys(("on", "every", "each", "on every", "all", "at the", "on the", "on all"), True)
)
_OFTEN = word_set("every each all weekdays weekends workdays")
_PART_LEADS = phrase_table(
    dict.fromkeys(("in my", "every", "each", "during the", "during", "over"), True)
    | dict.fromkeys(("my", "the"), False)
)
_EDGES = phrase_table(
    {"before": "before", "earlier than": "before", "prior to": "before", "after": "after"}
    | {"later than": "after", "past": "after", "from": "from", "starting at": "from"}
    | {"until": "until", "till": "until", "til": "until", "up to": "until", "to": "until"}
    | {"at": "at", "@": "at", "around": "at", "at around": "at"}
)
_NO_PARTS = (("lunch",), ("early",), ("night",))
_ONWARDS = word_set("on onward onwards")


def fact_at(line: Line, at: int) -> Found[Fact] | None:
    """Return the fact that begins at `at`, the most telling reading first."""
    if not line.fresh(at) or not line.word(at):
        return None
    for read in _READERS:
        found = read(line, at)
        if found is not None and line.closed(found.end):
            return found
    return None


def _times(line: Line, at: int) -> Found[Fact] | None:
    found = read_times_per_week(line, at)
    return Found(Times(found.value), found.end) if found else None


def _per_day(line: Line, at: int) -> Found[Fact] | None:
    found = match_phrase(_PER_DAY, line, at)
    return Found(found.value, found.end) if found else None


def _length(line: Line, at: int) -> Found[Fact] | None:
    found = read_amount(line, at)
    if found is None or not found.value.clocked:
        return None
    return Found(
        Length((found.value.as_work() or timedelta(0)) // timedelta(minutes=1)), found.end
    )


def _days(line: Line, at: int) -> Found[Fact] | None:
    each = match_phrase(_EACH_DAY, line, at)
    if each:
        return Found(each.value, each.end)
    lead = match_phrase(_DAY_LEADS, line, at)
    start = lead.end if lead else at
    found = read_day_list(line, start) or read_day_set(line, start)
    if found is None:
        return None
    said = line.words[at : found.end]
    days = found.value.weekdays
    often = len(days) > 1 or any(word in _OFTEN or word in PLURAL_WEEKDAYS for word in said)
    return Found(Days(days, often), found.end)


def _stretch(line: Line, at: int) -> Found[Fact] | None:
    start = at + 1 if line.word(at) == "between" else at
    found = read_range(line, start, lenient=True)
    if found is None or read_unit(line, found.end):
        return None
    first, last = found.value.start.minutes, found.value.end.minutes
    if NOON <= last < first:
        last -= NOON  # "22:00 to 7:00" is the night
    return Found(Stretch(first, last), found.end) if first != last else None


def _part(line: Line, at: int) -> Found[Fact] | None:
    lead = match_phrase(_PART_LEADS, line, at)
    start = lead.end if lead else at
    found = read_part_name(line, start)
    led = lead is not None and lead.value
    if found is None or (not led and line.words[start : found.end] in _NO_PARTS):
        return None
    start, end = (c.hour * 60 + c.minute for c in (found.value.start, found.value.end))
    daily = line.word(at) in ("every", "each")
    return Found(Stretch(start, end or DAY, named=True, daily=daily), found.end)


def _edge(line: Line, at: int) -> Found[Fact] | None:
    lead = match_phrase(_EDGES, line, at)
    found = read_time(line, lead.end if lead else at)
    if found is None or not (lead or found.value.explicit) or read_unit(line, found.end):
        return None
    kind = lead.value if lead else "at"
    end = found.end
    if line.word(end) in _ONWARDS and kind in ("at", "from"):
        kind, end = "after", end + 1
    return Found(_EDGE_FACTS[kind](found.value), end)


def _meant(clock: Clock, *, late: bool) -> int:
    """Return the minutes that were meant; an end that could be in the evening is."""
    minutes, _ = settle(clock, None)
    if late and clock.open and minutes <= LATEST_MORNING * 60:
        return minutes + NOON
    return minutes


_EDGE_FACTS: dict[str, Callable[[Clock], Fact]] = {
    "before": lambda clock: Stretch(0, _meant(clock, late=False)),
    "after": lambda clock: Stretch(_meant(clock, late=True), DAY),
    "from": lambda clock: Stretch(_meant(clock, late=False), None),
    "until": lambda clock: Stretch(None, _meant(clock, late=True)),
    "at": lambda clock: At(_meant(clock, late=False)),
}
_READERS = (_times, _per_day, _length, _stretch, _edge, _days, _part)
