"""How long a task takes: "2h", "for 90 min", "about half a day", "30-45 min"."""

from dataclasses import dataclass
from datetime import timedelta

from dayloom.language.rules.amounts import Amount, read_amount
from dayloom.language.rules.numbers import read_whole
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled, word_set
from dayloom.language.rules.tokens import Found, Line

LONGEST = timedelta(hours=40)


@dataclass(frozen=True, slots=True)
class Effort:
    """A duration as it was said; `stated` when a word says that it is one ("for", "~")."""

    duration: timedelta
    stated: bool


_ABOUT = ("about", "around", "approx", "approx .", "approximately", "roughly", "ca .", "~", "")
_LEADS = (
    "for|takes|take|will take|should take|it takes|it will take|lasting|lasts|duration|"
    "duration :|estimate|estimate :|estimated|est|est .|est :|effort :|needs|spend|"
)
_PREFIXES = phrase_table(dict.fromkeys(filter(None, spelled(_LEADS, "|".join(_ABOUT))), True))
_SUFFIXES = phrase_table(
    dict.fromkeys(spelled("of", "work|effort|focus|deep work"), True)
    | dict.fromkeys(("long", "- long", "or so", "in total", "total", "of time"), True)
)
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
_BEYOND = frozenset({"ago", "later", "hence", "earlier", "old", "/", "past"})
_APART = word_set("by due starting from on in until not every p urgent this next today")
_SPEND_ON = frozenset({"on"})


def read_effort(line: Line, at: int) -> Found[Effort] | None:
    """Return the duration at `at`. "2 days" is two working days and, unstated, a guess."""
    prefix = match_phrase(_PREFIXES, line, at)
    start = prefix.end if prefix else at
    amount = match_phrase(_WHOLE_DAY, line, start) or _read_range(line, start)
    amount = amount or read_amount(line, start)
    if amount is None or line.word(at - 1) in (
        "the",
        "every",
        "each",
        "next",
        "last",
        "past",
        "over",
    ):
        return None
    duration = amount.value.as_work()
    suffix = match_phrase(_SUFFIXES, line, amount.end)
    end = suffix.end if suffix else amount.end
    if not duration or duration > LONGEST or _is_other(line, amount.end, end):
        return None
    stated = prefix is not None or suffix is not None
    if not (stated or amount.value.clocked or _is_apart(line, end)):
        return None
    if prefix and line.word(at) == "spend":
        end = skip(line, end, _SPEND_ON)
    guess = amount.guess or (not amount.value.clocked and not stated)
    return Found(Effort(duration, stated), end, guess)


def _is_apart(line: Line, end: int) -> bool:
    """Does "2 days" stand for itself, and not as in "one day at a time"?"""
    return not line.word(end)[:1].isalpha() or line.word(end) in _APART


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
