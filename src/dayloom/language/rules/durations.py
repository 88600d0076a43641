"""How long a task takes: "2h", "for 90 min", "about half a day", "30-45 min"."""

from dataclasses import dataclass
from datetime import timedelta

from dayloom.language.rules.amounts import Amount, read_amount, read_unit
from dayloom.language.rules.names import WEEKDAYS
from dayloom.language.rules.numbers import read_whole
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled, word_set
from dayloom.language.rules.tokens import Found, Line

DAY = 24 * 60
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=40)


@dataclass(frozen=True, slots=True)
class Effort:
    """A duration as it was said; `stated` when a word says that it is one ("for", "~")."""

    duration: timedelta
    stated: bool


_ABOUT = ("about", "around", "approx", "approx .", "approximately", "roughly", "ca .", "~", "")
_LEADS = (
    "for|takes|take|will take|should take|it takes|it will take|lasting|lasts|should last|"
    "will last|duration|duration :|estimate|estimate :|estimated|est|est .|est :|"
    "effort :|needs|spend|=|"
)
_PREFIXES = phrase_table(dict.fromkeys(filter(None, spelled(_LEADS, "|".join(_ABOUT))), True))
_SUFFIXES = phrase_table(
    dict.fromkeys(spelled("of", "work|effort|focus|deep work"), True)
    | dict.fromkeys(("long", "- long", "or so", "in total", "total", "of time"), True)
)
_AT_MOST = phrase_table(dict.fromkeys(("max", "maximum", "at most", "tops"), True))
_WHOLE_DAY = phrase_table(
    {
        "all day": Amount(days=1),
        "all morning": Amount(minutes=240),
        "all afternoon": Amount(minutes=240),
        "full day": Amount(days=1),
        "a full day": Amount(days=1),
        "the whole day": Amount(days=1),
        "half day": Amount(minutes=240),
        "half - day": Amount(minutes=240),
        "a half day": Amount(minutes=240),
        "an hour or two": Amount(minutes=120),
    }
)
_RANGE_MARKS = frozenset({"-", "–", "—", "to", "or"})
_BEYOND = frozenset({"off", "ago", "later", "hence", "earlier", "old", "/", "past"})
_APART = word_set("by due starting from on in until not must every p urgent this next today")
_NOT_BEFORE = word_set("the every each next last past over")
_ACTIVITIES = word_set(
    "appointment block break call catch chat check class coffee conversation discussion drive "
    "exercise flight focus interview jog lesson long meditation meeting nap phone planning "
    "practice prep presentation reading rest review ride run session skype slot standup stretch "
    "study swim sync talk training video visit walk webinar work workout yoga zoom"
)
_SMALL_WORDS = word_set("a and at before after for in of on or p the to total with")
_SPEND_ON = frozenset({"on"})


def read_effort(line: Line, at: int) -> Found[Effort] | None:
    """Return the duration at `at`. "2 days" is two working days and, unstated, a guess."""
    prefix = match_phrase(_PREFIXES, line, at)
    start = prefix.end if prefix else at
    amount = match_phrase(_WHOLE_DAY, line, start) or _read_range(line, start)
    amount = amount or read_amount(line, start) or _read_nothing(line, start)
    if amount is None or line.word(at - 1) in _NOT_BEFORE:
        return None
    duration = amount.value.as_work()
    suffix = match_phrase(_SUFFIXES, line, amount.end) or _read_at_most(line, amount.end)
    end = suffix.end if suffix else amount.end
    if duration is None or _is_other(line, amount.end, end):
        return None
    stated = prefix is not None or suffix is not None
    if not stated and (_belongs_to_title(line, at, amount) or not _is_apart(line, amount, end)):
        return None
    if suffix is None and line.word(at) == "for" and _is_kind(line, amount):
        return None
    if prefix and line.word(at) == "spend":
        end = skip(line, end, _SPEND_ON)
    possible = min(max(duration, SHORTEST), LONGEST)
    if possible != duration and not amount.value.clocked:
        return None
    guess = amount.guess or possible != duration or (not amount.value.clocked and not stated)
    return Found(Effort(possible, stated), end, guess)


def _read_at_most(line: Line, at: int) -> Found[bool] | None:
    """Return the end of "one hour max", but not of "10h, max 2h per day"."""
    found = match_phrase(_AT_MOST, line, at)
    return None if found is None or read_amount(line, found.end) else found


def _read_nothing(line: Line, at: int) -> Found[Amount] | None:
    """Return the least time for "0 min", which no other reader takes for an amount."""
    unit = read_unit(line, at + 1) if line.number(at) == 0 else None
    clocked = unit is not None and unit.value in ("minute", "hour")
    return Found(Amount(minutes=5), unit.end, guess=True) if unit and clocked else None


def _is_apart(line: Line, amount: Found[Amount], end: int) -> bool:
    """Does "2 days" stand for itself, and not as in "one day at a time" or "twice a day"?"""
    if amount.value.clocked:
        return True
    word = line.word(end)
    return not word[:1].isalpha() or word in _APART or word in WEEKDAYS


def _belongs_to_title(line: Line, at: int, amount: Found[Amount]) -> bool:
    """Is it what kind of a thing it is: "2 hour delay bug", but not "30 minute call"?"""
    if line.word(amount.end - 1) in ("day", "week", "month") and line.word(at) in ("a", "an"):
        return True
    return at > 0 and _is_kind(line, amount)


def _is_kind(line: Line, amount: Found[Amount]) -> bool:
    """Does a noun follow on several of one unit, as in "5 day trip"?"""
    of_clock = amount.value.minutes > {"hour": 60, "minute": 1}.get(line.word(amount.end - 1), DAY)
    of_days = amount.value.days > 1 and line.word(amount.end - 1) == "day"
    word = line.word(amount.end)
    goes_on = word[:1].isalpha() and word not in _APART and word not in _ACTIVITIES
    return (of_clock or of_days) and goes_on and word not in _SMALL_WORDS


def _is_other(line: Line, unit_end: int, end: int) -> bool:
    """Is it a moment ("2 hours ago"), or rather metres ("swim 400m")?"""
    count = line.number(unit_end - 2)
    metres = line.word(unit_end - 1) == "m" and count is not None and count > 240
    return metres or line.word(end) in _BEYOND


def _read_range(line: Line, at: int) -> Found[Amount] | None:
    """Return the larger end of "2-3 hours", always a guess."""
    first = read_whole(line, at)
    if first is None or line.word(first.end) not in _RANGE_MARKS:
        return None
    second = read_amount(line, first.end + 1)
    smaller = read_whole(line, first.end + 1)
    if second is None or smaller is None or smaller.value <= first.value:
        return None
    return Found(second.value, second.end, guess=True)
