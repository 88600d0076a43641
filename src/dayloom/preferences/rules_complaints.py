"""Where rules contradict each other, or leave a week without room: a sentence for each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from dayloom.language.wishes import Wish, WishKind
from dayloom.planning.availability import parse_clock
from dayloom.preferences.models import HourMap
from dayloom.preferences.rules_week import (
    ALWAYS,
    Week,
    longest_of,
    minutes_of,
    times_of,
    within,
    without,
)
from dayloom.preferences.ruling import Heard, Ruling
from dayloom.preferences.wallclock import say_duration

USUAL_ROUTINE = 60


def complaints(ruling: Ruling, rows: Sequence[HourMap]) -> dict[int, str]:
    """Return what speaks against each rule, for those against which something does."""
    case = _Case(ruling, rows)
    found = ((one.id, next(case.against(one), "")) for one in ruling.heard)
    return {rule_id: sentence for rule_id, sentence in found if sentence}


class _Case:
    """The rules of one account beside the hours that they leave."""

    def __init__(self, ruling: Ruling, rows: Sequence[HourMap]) -> None:
        self._ruling = ruling
        self._rows = rows
        self._open = _together([ruling.week(row) for row in rows])
        self._needs = sum(map(_weekly_minutes, ruling.of_kind(WishKind.ROUTINE)))

    def against(self, one: Heard) -> Iterator[str]:
        if one.wish.hour_map and one.wish.hour_map not in {row.name for row in self._rows}:
            yield f"There are no hours named “{one.wish.hour_map}” any more."
        yield from _AGAINST[one.wish.kind](self, one)

    def hours(self, one: Heard) -> Iterator[str]:
        yield from self._impossible(one)
        mine = times_of([one.wish])
        for other in self._ruling.of_kind(WishKind.HOURS):
            if _differ(one, other) and minutes_of(within(mine, times_of([other.wish]))):
                yield f"{_quoted(other)} says other hours for the same days."
        closing = [
            other
            for other in self._ruling.of_kind(WishKind.NO_GO)
            if not other.wish.subject and other.wish.hour_map in ("", one.wish.hour_map)
        ]
        for other in closing:
            if not minutes_of(without(mine, times_of([other.wish]))):
                yield f"{_quoted(other)} closes all of it."

    def no_go(self, one: Heard) -> Iterator[str]:
        if not one.wish.subject:
            yield from self._impossible(one)
        for hours in self._ruling.of_kind(WishKind.HOURS):
            covered = not minutes_of(without(times_of([hours.wish]), times_of([one.wish])))
            if not one.wish.subject and covered and _same_hours(one, hours):
                yield f"It closes all of {_quoted(hours)}."
        if one.wish.subject and self._nowhere(one.wish.subject):
            yield f"No time is left in which {one.wish.subject} may lie."

    def prefer(self, one: Heard) -> Iterator[str]:
        liked = times_of([one.wish])
        if not minutes_of(within(liked, self._open)):
            yield "No hours are open then, so nothing can lie there."
            return
        for other in self._ruling.of_kind(WishKind.NO_GO):
            same = other.wish.subject == one.wish.subject
            if same and not minutes_of(without(liked, times_of([other.wish]))):
                yield f"{_quoted(other)} forbids it."

    def buffer(self, one: Heard) -> Iterator[str]:
        for other in self._ruling.of_kind(WishKind.BUFFER):
            same = other.wish.around_events is one.wish.around_events
            if same and (other.wish.minutes or 0) > (one.wish.minutes or 0):
                yield f"{_quoted(other)} asks for more, which counts."

    def limit(self, one: Heard) -> Iterator[str]:
        for other in self._ruling.of_kind(WishKind.DAILY_LIMIT):
            of = (other.wish.subject, other.wish.hour_map, other.wish.days)
            same = of == (one.wish.subject, one.wish.hour_map, one.wish.days)
            if same and (other.wish.minutes or 0) < (one.wish.minutes or 0):
                yield f"{_quoted(other)} is stricter, which counts."
        for routine in self._ruling.of_kind(WishKind.ROUTINE):
            if _takes_part(one, routine) and _length(routine) > (one.wish.minutes or 0):
                length = say_duration(timedelta(minutes=_length(routine)))
                yield f"{_quoted(routine)} alone takes {length}."

    def routine(self, one: Heard) -> Iterator[str]:
        fixed = one.wish.start is not None and one.wish.end is None
        wanted = times_of([_at_its_time(one)])
        for other in self._ruling.of_kind(WishKind.NO_GO):
            closed = times_of([other.wish])
            hit = minutes_of(within(wanted, closed)) if fixed else not _left(wanted, closed)
            if not other.wish.subject and not other.wish.hour_map and hit:
                yield f"{_quoted(other)} keeps that time free."
        room = longest_of(within(wanted, self._open))
        if not fixed and room < _length(one):
            length = say_duration(timedelta(minutes=_length(one)))
            yield f"No hours are open for {length} then, so it finds no place."
        if self._needs > minutes_of(self._open):
            yield "The routines together need more time than the week has open."

    def _impossible(self, one: Heard) -> Iterator[str]:
        """Say that no time is left, to each rule without which there would be some."""
        left = minutes_of(self._open)
        if left and left >= self._needs:
            return
        rest = self._ruling.without(one.id)
        if minutes_of(_together([rest.week(row) for row in self._rows])) > left:
            yield (
                "With this, the week has no open time left."
                if not left
                else "With this, the week has less open time than your routines need."
            )

    def _nowhere(self, subject: str) -> bool:
        weeks = [self._ruling.week(row, [subject]) for row in self._rows]
        return minutes_of(self._open) > 0 and not minutes_of(_together(weeks))


def _together(weeks: Sequence[Week]) -> Week:
    """Return when at least one of the weeks is open."""
    closed = ALWAYS
    for week in weeks:
        closed = without(closed, week)
    return without(ALWAYS, closed)


def _at_its_time(one: Heard) -> Wish:
    """Return the routine's window; at a fixed time, as long as it takes."""
    if one.wish.start is None or one.wish.end is not None:
        return one.wish
    end = min(parse_clock(one.wish.start) + _length(one), 24 * 60)
    return replace(one.wish, end=f"{end // 60:02d}:{end % 60:02d}")


def _left(wanted: Week, closed: Week) -> int:
    return minutes_of(without(wanted, closed))


def _differ(one: Heard, other: Heard) -> bool:
    """Do two sentences give the same days other hours?"""
    mine, theirs = one.wish, other.wish
    both = all((mine.start, mine.end, theirs.start, theirs.end))
    apart = one.sentence != other.sentence and (mine.start, mine.end) != (
        theirs.start,
        theirs.end,
    )
    days = bool(mine.days) == bool(theirs.days)
    return both and apart and days and mine.hour_map == theirs.hour_map


def _same_hours(closing: Heard, hours: Heard) -> bool:
    return closing.wish.hour_map in ("", hours.wish.hour_map)


def _takes_part(limit: Heard, routine: Heard) -> bool:
    """Does the routine count against the limit?"""
    if limit.wish.subject or limit.wish.hour_map:
        return False
    return (
        not limit.wish.days
        or not routine.wish.days
        or bool(set(limit.wish.days) & set(routine.wish.days))
    )


def _length(routine: Heard) -> int:
    return routine.wish.minutes or USUAL_ROUTINE


def _weekly_minutes(routine: Heard) -> int:
    if routine.wish.start is not None and routine.wish.end is None:
        return 0  # it lies at its time, whatever the hours
    return _length(routine) * (routine.wish.times_per_week or len(routine.wish.days))


def _quoted(one: Heard) -> str:
    return f"“{one.sentence.rstrip(' .!;')}”"


_AGAINST: Mapping[WishKind, Callable[[_Case, Heard], Iterator[str]]] = {
    WishKind.HOURS: _Case.hours,
    WishKind.NO_GO: _Case.no_go,
    WishKind.PREFER: _Case.prefer,
    WishKind.BUFFER: _Case.buffer,
    WishKind.DAILY_LIMIT: _Case.limit,
    WishKind.ROUTINE: _Case.routine,
}
