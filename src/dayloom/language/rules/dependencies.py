"""What must be done before: "after #12", "once #3 and #4 are done", "2 days after #12"."""

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
_TASK = frozenset({"task", "tasks"})
_AT_LEAST = phrase_table(dict.fromkeys(("at least", "min", "minimum"), True))


def read_dependencies(line: Line, at: int) -> Found[tuple[Dependency, ...]] | None:
    """Return the tasks that come first, with the pause after them."""
    gap = _read_gap_before(line, at)
    start = gap.end if gap else at
    lead = match_phrase(_LEADS, line, start)
    if lead is None or not line.fresh(at):
        return None
    numbers, end = _read_numbers(line, lead.end)
    if not numbers:
        return None
    ending = match_phrase(_ENDINGS, line, end)
    end = ending.end if ending else end
    if gap is None and line.word(end) in _PLUS:
        later = read_amount(line, end + 1)
        gap = Found(later.value, later.end) if later else None
        end = later.end if later else end
    pause = _pause(gap.value) if gap else timedelta(0)
    found = tuple(Dependency(task_id=number, gap=pause) for number in numbers)
    return Found(found, end) if line.closed(end) else None


def _read_gap_before(line: Line, at: int) -> Found[Amount] | None:
    least = match_phrase(_AT_LEAST, line, at)
    return read_amount(line, least.end if least else at)


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
