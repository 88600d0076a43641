"""What was understood, in our words: "No calls before 10:00, Monday to Friday"."""

from collections.abc import Callable, Mapping, Sequence

from dayloom.language.wishes import Wish, WishKind
from dayloom.preferences.models import PlanRule, RuleKind
from dayloom.preferences.rules_values import wish_of

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SETS = {(0, 1, 2, 3, 4): "Monday to Friday", (5, 6): "on weekends", tuple(range(7)): "every day"}


def understood(rule: PlanRule) -> str:
    """Return what a rule says, empty for one that was not understood."""
    if rule.kind is RuleKind.NOT_UNDERSTOOD:
        return ""
    wish = wish_of(rule)
    return f"{say(wish)}{_beside(wish)}"


def say(wish: Wish) -> str:
    """Return the wish in words that are read as the same wish."""
    return _WORDS[wish.kind](wish)


def say_days(days: Sequence[int]) -> str:
    """Return the days as one says them: Monday to Friday, on Tuesday and Thursday."""
    known = tuple(sorted(days))
    if known in _SETS:
        return _SETS[known]
    if len(known) > 2 and known == tuple(range(known[0], known[-1] + 1)):
        return f"{_DAYS[known[0]]} to {_DAYS[known[-1]]}"
    return f"on {_listed([_DAYS[day] for day in known])}" if known else ""


def say_times(wish: Wish) -> str:
    """Return the times: before 10:00, from 9:00 to 17:00."""
    start = None if wish.start == "00:00" else wish.start
    end = None if wish.end == "24:00" else wish.end
    if start and end:
        return f"from {start} to {end}"
    if end:
        return f"before {end}"
    return f"after {start}" if start else ""


def _hours(wish: Wish) -> str:
    name = (wish.hour_map or "usual").capitalize()
    if wish.start and wish.end:
        times = f"{wish.start} to {wish.end}"
    elif wish.start or wish.end:
        times = f"start at {wish.start}" if wish.start else f"end at {wish.end}"
    else:
        times = ""
    link = ":" if bool(wish.start) == bool(wish.end) else ""
    return f"{name} hours{link} {_joined(times, say_days(wish.days))}"


def _no_go(wish: Wish) -> str:
    of = f"{wish.hour_map} tasks" if wish.hour_map else wish.subject or "tasks"
    return f"No {of} {_joined(say_times(wish), say_days(wish.days))}"


def _prefer(wish: Wish) -> str:
    what = wish.subject[:1].upper() + wish.subject[1:] if wish.subject else "Tasks"
    return f"{what} preferably {_joined(say_times(wish), say_days(wish.days))}"


def _buffer(wish: Wish) -> str:
    where = "around events" if wish.around_events else "between tasks"
    return f"{_minutes(wish)} free {where}"


def _limit(wish: Wish) -> str:
    what = wish.subject or (f"{wish.hour_map} tasks" if wish.hour_map else "tasks")
    return f"At most {_minutes(wish)} of {what} {say_days(wish.days) or 'a day'}"


def _routine(wish: Wish) -> str:
    times = {1: "once a week", 2: "twice a week"}
    count = wish.times_per_week
    often = times.get(count, f"{count} times a week") if count else ""
    at = f"at {wish.start}" if wish.start and not wish.end else say_times(wish)
    length = f"for {_minutes(wish)}" if wish.minutes else ""
    parts = (often, say_days(wish.days).replace("on ", "every ", 1), at, length)
    return f"{wish.subject}, {' '.join(part for part in parts if part)}"


def _beside(wish: Wish) -> str:
    """Return what else it does, which nobody would write."""
    if wish.kind is WishKind.ROUTINE:
        return ", as a task that repeats"
    return ", no other day" if wish.days_off else ""


def _minutes(wish: Wish) -> str:
    hours, minutes = divmod(wish.minutes or 0, 60)
    said = (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")
    return " ".join(part for part in said if part)


def _joined(times: str, days: str) -> str:
    return f"{times}, {days}" if times and days else times or days


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


_WORDS: Mapping[WishKind, Callable[[Wish], str]] = {
    WishKind.HOURS: _hours,
    WishKind.NO_GO: _no_go,
    WishKind.PREFER: _prefer,
    WishKind.BUFFER: _buffer,
    WishKind.DAILY_LIMIT: _limit,
    WishKind.ROUTINE: _routine,
}
