"""What must be done before: "after #12", "once #3 and #4 are done", "2 days after #12"."""

from dataclasses import dataclass
from datetime import timedelta

from dayloom.language.draft import Dependency
from dayloom.language.rules.amounts import Amount, read_amount
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled
from dayloom.language.rules.tokens import Found, Line

_LEADS = phrase_table(
    dict.fromkeys(("after", "once", "when", "as soon as", "depends on", "depending on",
                   "blocked by", "blocked on", "following", "requires", "waits for",
                   "waiting for", "waiting on", "needs", "after finishing", "not before",
                   "only after"), True)
)  # fmt: skip
_ENDINGS = phrase_table(
    dict.fromkeys(
        spelled("is|are|gets|get|has been|have been|", "done|finished|complete|completed|closed"),
        True,
    )
)
_MARKS = phrase_table(dict.fromkeys((", and", ",", "and", "&", "+"), True))
_PLUS = frozenset({"+", "plus"})
MOST_MINUTES = 40 * 60
_SPELLED_OUT = frozenset({"hour", "hours", "minute", "minutes"})
_TASK = frozenset({"task", "tasks"})
_AT_LEAST = phrase_table(dict.fromkeys(("at least", "min", "minimum"), True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessors:
    """The tasks that come first.

    `effort`: of "30m after #12", the 30 minutes and where they end: they are how long the task
    takes rather than a pause, unless that is said elsewhere.
    """

    dependencies: tuple[Dependency, ...]
    effort: Found[timedelta] | None = None

    @property
    def at_once(self) -> tuple[Dependency, ...]:
        """Return the tasks without a pause after them."""
        return tuple(Dependency(task_id=one.task_id) for one in self.dependencies)


def read_dependencies(line: Line, at: int) -> Found[Predecessors] | None:
    """Return the tasks that come first, with the pause after them."""
    least = match_phrase(_AT_LEAST, line, at)
    before = read_amount(line, least.end if least else at)
    start = before.end if before else at
    lead = match_phrase(_LEADS, line, start)
    if lead is None or not line.fresh(at):
        return None
    numbers, listed = _read_numbers(line, lead.end)
    if not numbers:
        return None
    ending = match_phrase(_ENDINGS, line, listed)
    end = ending.end if ending else listed
    after = _read_plus(line, end) if before is None else None
    end = after.end if after else end
    gap = before or after
    pause = _pause(gap.value) if gap else timedelta(0)
    found = Predecessors(
        dependencies=tuple(Dependency(task_id=number, gap=pause) for number in numbers),
        effort=None if least or ending else _read_effort(line, before),
    )
    return Found(found, end) if line.closed(end) else None


def _read_plus(line: Line, at: int) -> Found[Amount] | None:
    return read_amount(line, at + 1) if line.word(at) in _PLUS else None


def _read_effort(line: Line, before: Found[Amount] | None) -> Found[timedelta] | None:
    """Return the hours and minutes before "after #12", a guess when they are spelled out."""
    if before is None or not before.value.clocked or before.value.minutes > MOST_MINUTES:
        return None
    spelled_out = line.word(before.end - 1) in _SPELLED_OUT
    return Found(timedelta(minutes=before.value.minutes), before.end, spelled_out or before.guess)


def _read_numbers(line: Line, at: int) -> tuple[list[int], int]:
    numbers: list[int] = []
    end = at
    start = skip(line, at, _TASK)
    spoken = start > at
    while True:
        marked = line.word(start) == "#"
        number = line.number(start + marked, digits=9)
        if number is None or not (marked or spoken) or (marked and not line.glued(start + 1)):
            return numbers, end
        numbers.append(number)
        end = start + 1 + marked
        mark = match_phrase(_MARKS, line, end)
        if mark is None or len(numbers) > 20:
            return numbers, end
        start = mark.end


def _pause(gap: Amount) -> timedelta:
    """Return the pause in clock time: here a day is 24 hours."""
    return timedelta(days=gap.days + gap.workdays + 30 * gap.months, minutes=gap.minutes)
