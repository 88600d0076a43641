"""Stretches of the local day: "mornings", "in the evening", "after lunch"."""

from dataclasses import dataclass
from datetime import time

from dayloom.language.draft import TimeOfDay
from dayloom.language.rules.phrases import match_phrase, phrase_table, spelled, word_set
from dayloom.language.rules.tokens import Found, Line


def _part(name: str, start: int, end: int) -> TimeOfDay:
    return TimeOfDay(name=name, start=time(start), end=time(end % 24))


MORNING = _part("morning", 6, 12)
AFTERNOON = _part("afternoon", 12, 18)
EVENING = _part("evening", 18, 22)
NIGHT = _part("night", 20, 24)
LUNCH = _part("lunch", 12, 14)
_SHIFTED = {
    "early morning": _part("early morning", 6, 9),
    "late morning": _part("late morning", 10, 12),
    "early afternoon": _part("early afternoon", 12, 15),
    "late afternoon": _part("late afternoon", 15, 18),
    "early evening": _part("early evening", 17, 20),
    "late evening": _part("late evening", 20, 24),
    "late night": _part("late evening", 20, 24),
}
_PLAIN = {
    "morning": MORNING,
    "afternoon": AFTERNOON,
    "evening": EVENING,
    "night": NIGHT,
    "lunchtime": LUNCH,
    "lunch time": LUNCH,
}
_EDGES = {
    "after lunch": _part("after lunch", 13, 17),
    "before lunch": _part("before lunch", 9, 12),
    "over lunch": LUNCH,
    "at lunch": LUNCH,
    "during lunch": LUNCH,
    "at lunchtime": LUNCH,
    "after work": _part("after work", 17, 22),
    "before work": _part("before work", 6, 9),
    "after dinner": _part("after dinner", 19, 22),
    "after breakfast": _part("after breakfast", 8, 12),
    "first thing": _part("first thing", 6, 9),
    "first thing in the morning": _part("first thing", 6, 9),
    "after school": _part("after school", 15, 18),
}
_EVENING_WORDS = word_set(
    "beers cinema concert dinner drinks gig movie movies opera party pub supper theater theatre"
)
_NAMES = _PLAIN | _SHIFTED
_PLURALS = frozenset({"mornings", "afternoons", "evenings", "nights", "lunchtimes"})
_NAME_TABLE = phrase_table(_NAMES | {"lunch": LUNCH, "early": _SHIFTED["early morning"]})
_BARE = phrase_table(_SHIFTED | {"morning": MORNING, "afternoon": AFTERNOON, "evening": EVENING})
_PHRASES = phrase_table(
    {
        phrase: part
        for name, part in _NAMES.items()
        for phrase in spelled("preferably|ideally|prefer|", "in the|during the", name)
    }
    | {
        phrase: part
        for name, part in _NAMES.items()
        for phrase in spelled(
            "preferably|ideally|prefer|", "in the|in|during the|only|", f"{name}s"
        )
    }
    | {f"at {name}": part for name, part in {"night": NIGHT, "lunchtime": LUNCH}.items()}
    | {f"preferably {name}": part for name, part in _NAMES.items()}
    | _EDGES
)


def read_part(line: Line, at: int) -> Found[TimeOfDay] | None:
    """Return a part of the day that stands for itself: "mornings", but not "morning run"."""
    found = match_phrase(_PHRASES, line, at)
    if found is None and line.word(at - 1) == "," and line.word(at) in _PLAIN:
        found = read_part_name(line, at)
        found = found if found and line.word(found.end) in ("", ",", ".", ";") else None
    if found is None or line.word(at - 1) == "the":
        return None
    number = line.number(at - 1) if line.fresh(at - 1) else None  # but not that of "p8"
    counted = line.word(at) in _PLURALS and number is not None
    return None if counted else found


def read_part_name(line: Line, at: int) -> Found[TimeOfDay] | None:
    """Return the part of the day after a date or time: "tomorrow morning", "8 in the evening"."""
    return match_phrase(_NAME_TABLE, line, at) or match_phrase(_PHRASES, line, at)


def usual_part(line: Line) -> TimeOfDay | None:
    """Return the part of the day in which it is usually done, as dinner "at 7" is."""
    return None if _EVENING_WORDS.isdisjoint(line.words) else EVENING


@dataclass(frozen=True, slots=True)
class BarePart:
    """A part of the day by its name alone; `loose` names are hardly ever part of a title."""

    part: TimeOfDay
    loose: bool


def read_bare_part(line: Line, at: int) -> Found[BarePart] | None:
    """Return "afternoon" or "early morning"; "evening" may belong to a title ("Jazz evening")."""
    found = match_phrase(_BARE, line, at)
    if found is None:
        return None
    loose = found.end > at + 1 or found.value is AFTERNOON
    return Found(BarePart(found.value, loose), found.end)


def is_plural(line: Line, part: Found[TimeOfDay]) -> bool:
    """Is it a habit of the day, "mornings", rather than one morning?"""
    return line.word(part.end - 1) in _PLURALS
