"""Times on the clock: "at 9", "3pm", "15:30", "half past seven", "9-11am"."""

from dataclasses import dataclass, replace
from datetime import time

from dayloom.language.draft import TimeOfDay
from dayloom.language.rules.numbers import SMALL, TENS, read_whole
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip
from dayloom.language.rules.tokens import Found, Line

DAY = 24 * 60
NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes since midnight; `open` when it may be of either half of the day.

    `explicit` tells a time from a bare number; `closing` times end the work ("COB"). 24:00 is
    the end of the day.
    """

    minutes: int
    open: bool = False
    explicit: bool = True
    closing: bool = False

    @property
    def time(self) -> time:
        return time(self.minutes // 60 % 24, self.minutes % 60)


@dataclass(frozen=True, slots=True)
class ClockRange:
    """From one time to another; `open` when both may be of either half of the day."""

    start: Clock
    end: Clock
    open: bool = False

    def within(self, part: TimeOfDay | None) -> "ClockRange":
        """Return the times in the half of the day that the part is in: "tonight from 7 to 9"."""
        if part is None or not self.open:
            return self
        late = part.start >= time(12)
        shift = NOON if late and self.start.minutes < NOON else 0
        shift = -NOON if not late and self.start.minutes >= NOON else shift
        start, end = (Clock(clock.minutes + shift) for clock in (self.start, self.end))
        return ClockRange(start, end)


_NAMED = phrase_table(
    {
        "noon": Clock(NOON),
        "12 noon": Clock(NOON),
        "noonish": Clock(NOON),
        "midday": Clock(NOON),
        "midnight": Clock(DAY),
        "mid night": Clock(DAY),
    }
    | dict.fromkeys(
        ("cob", "cop", "close of business", "end of business", "close of play"),
        Clock(17 * 60, closing=True),
    )
)
_MERIDIEM = phrase_table(
    {"am": 0, "a . m .": 0, "a . m": 0, "a m": 0, "in the am": 0}
    | {"pm": NOON, "p . m .": NOON, "p . m": NOON, "p m": NOON, "in the pm": NOON}
)
_LEADS = phrase_table(
    dict.fromkeys(("at", "@", "around", "at around", "at about", "at approx", "circa", "~"), True)
)
_RANGE_LEADS = frozenset({"from", "at", "@"})
_RANGE_MARKS = frozenset({"-", "–", "—", "to", "until", "till", "til"})
_BETWEEN_MARKS = frozenset({"and", "-", "–"})
_PARTIAL = phrase_table(
    {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}
)
_OCLOCK = frozenset({"o'clock", "oclock"})
_ISH = frozenset({"ish"})
_SHARP = frozenset({"sharp", "prompt"})


def read_clock(line: Line, at: int) -> Found[Clock] | None:
    """Return the time at `at`; a bare number only after "at" and the like."""
    lead = match_phrase(_LEADS, line, at)
    found = read_time(line, lead.end if lead else at)
    if found is None or (not lead and not found.value.explicit):
        return None
    return Found(found.value, skip(line, found.end, _SHARP), found.guess)


def read_time(line: Line, at: int, *, past: bool = True) -> Found[Clock] | None:
    """Return the time at `at`, where a bare number may be one; "5 to 6" only with `past`."""
    found = match_phrase(_NAMED, line, at) or (_read_past(line, at) if past else None)
    found = found or _read_figures(line, at)
    if found is None:
        return None
    end = _after_ish(line, skip(line, found.end, _OCLOCK))
    explicit = found.value.explicit or end > found.end
    meridiem = _read_meridiem(line, end)
    clock = replace(found.value, explicit=explicit)
    if meridiem is None:
        return Found(clock, end)
    if not 60 <= clock.minutes < NOON + 60:
        return Found(replace(clock, open=False, explicit=True), meridiem.end)
    minutes = clock.minutes % NOON + meridiem.value
    return Found(Clock(minutes), meridiem.end)


def read_range(line: Line, at: int, *, lenient: bool = False) -> Found[ClockRange] | None:
    """Return "9-11am", "from 14:00 to 15:30", "between 2 and 4pm".

    `lenient`: also two bare numbers, as after a date ("Monday 6-8"), which is a guess.
    """
    start = skip(line, at, _RANGE_LEADS)
    first = read_time(line, start, past=False)
    between = line.word(at - 1) == "between"
    if first is None or line.word(first.end) not in (_BETWEEN_MARKS if between else _RANGE_MARKS):
        return None
    second = read_time(line, first.end + 1)
    if second is None:
        return None
    bare = not (first.value.explicit or second.value.explicit)
    if bare and start == at and not (between or lenient):
        return None
    return Found(
        _matched(first.value, second.value), second.end, guess=bare and lenient and start == at
    )


def settle(clock: Clock, part: TimeOfDay | None) -> tuple[int, bool]:
    """Return the minutes that were meant, and whether that is a guess."""
    if not clock.open:
        return clock.minutes, False
    if part is not None:
        later = part.start >= time(12) and clock.minutes < NOON
        return clock.minutes + (NOON if later else 0), False
    hour = clock.minutes // 60
    return clock.minutes + (NOON if hour < 7 else 0), hour < 9


def _read_figures(line: Line, at: int) -> Found[Clock] | None:
    joined = _read_joined(line, at)
    if joined:
        return joined
    hour = _hour(line, at)
    if hour is None:
        return None
    minute = _read_minute(line, at + 1)
    end = minute.end if minute else at + 1
    minutes = hour * 60 + (minute.value if minute else 0)
    if minutes > DAY:
        return None
    leading_zero = line.word(at).startswith("0")
    is_open = 0 < hour < 12 and not leading_zero
    return Found(Clock(minutes, is_open, _is_explicit(line, at + 1, minute)), end)


def _is_explicit(line: Line, at: int, minute: Found[int] | None) -> bool:
    return minute is not None and line.word(at) == ":"


def _hour(line: Line, at: int) -> int | None:
    hour = line.number(at, digits=2)
    if hour is None:
        hour = SMALL.get(line.word(at))
        return hour if hour is not None and hour <= 12 else None
    return hour if hour <= 24 else None


def _read_minute(line: Line, at: int) -> Found[int] | None:
    """Return the minutes of ":30", ".30" and "thirty-six"; seconds are dropped."""
    minute = line.number(at + 1, digits=2)
    tight = line.glued(at) and line.glued(at + 1) and len(line.word(at + 1)) == 2
    if line.word(at) in (":", ".", "h") and tight and minute is not None and minute < 60:
        seconds = line.word(at + 2) == ":" and line.number(at + 3, digits=2) is not None
        return Found(minute, at + 4 if seconds else at + 2)
    joined = line.word(at) == "-" and line.word(at - 1) in SMALL
    at = at + 1 if joined and line.glued(at) and line.glued(at + 1) else at
    worded = read_whole(line, at)
    if worded and (line.word(at) in TENS or worded.value in range(10, 20)):
        return worded if not line.word(at).isdecimal() else None
    return None


def _read_joined(line: Line, at: int) -> Found[Clock] | None:
    """Return "1730" and "930" as times."""
    figures = line.number(at)
    if figures is None or len(line.word(at)) < 3:
        return None
    hour, minute = divmod(figures, 100)
    if hour > 23 or minute > 59:
        return None
    is_open = 0 < hour < 12 and not line.word(at).startswith("0")
    return Found(Clock(hour * 60 + minute, is_open, explicit=False), at + 1)


def _read_past(line: Line, at: int) -> Found[Clock] | None:
    """Return "half past seven", "quarter to 5", "20 past eight"."""
    part = match_phrase(_PARTIAL, line, at) or read_whole(line, at)
    if part is None or not 0 < part.value < 60:
        return None
    end = part.end + 1 if line.word(part.end) in ("min", "minutes", "mins") else part.end
    direction = {"past": 1, "to": -1}.get(line.word(end))
    hour = read_time(line, end + 1) if direction and not line.glued(end) else None
    if hour is None or direction is None or hour.value.minutes % 60:
        return None
    if direction < 0 and line.word(at).isdecimal() and part.value % 5:
        return None
    minutes = (hour.value.minutes + direction * part.value) % DAY
    sure = direction > 0 or part.value % 15 == 0
    return Found(Clock(minutes, hour.value.open, sure), hour.end)


def _read_meridiem(line: Line, at: int) -> Found[int] | None:
    found = match_phrase(_MERIDIEM, line, at)
    if found is None and line.word(at) in ("a", "p") and line.glued(at):
        found = Found(NOON if line.word(at) == "p" else 0, at + 1)
    return found


def _after_ish(line: Line, at: int) -> int:
    return skip(line, at, _ISH) if line.glued(at) else at


def _matched(first: Clock, second: Clock) -> ClockRange:
    """Settle the half of the day of each end by the other's: "11-1pm" begins before noon."""
    if first.open and not second.open:
        later = first.minutes + NOON
        start = later if later < second.minutes else first.minutes
        return ClockRange(Clock(start), second)
    start, _ = settle(first, None)
    end = second.minutes
    if second.open and end <= start:
        end += NOON
    return ClockRange(Clock(start), Clock(end), open=first.open and second.open)
