"""The differences of a scenario in words: every number and name in them is read off its plans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.language.suppositions import DayOff, Supposition
from dayloom.planning.difference import Kind
from dayloom.planning.interval import Interval
from dayloom.plans.changeset import Change
from dayloom.plans.content import PlannedSlot
from dayloom.plans.truth import FIRST_IMAGINED
from dayloom.preferences.wallclock import say_duration
from dayloom.scenarios.outcome import Outcome, Risk
from dayloom.scenarios.saying import Sayer

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MOVES = (Kind.MOVED, Kind.RECUT, Kind.RESIZED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much work lies on a day, in minutes, on both sides."""

    day: date
    before: int
    after: int


def loads_of(outcome: Outcome, zone: ZoneInfo, *, now: datetime) -> tuple[Load, ...]:
    """Return every day with work on either side, from `now` on."""
    before = _by_day(outcome.before.slots, zone, now)
    after = _by_day(outcome.after.slots, zone, now)
    return tuple(
        Load(day=day, before=before.get(day, 0), after=after.get(day, 0))
        for day in sorted(before.keys() | after.keys())
    )


def differences(
    outcome: Outcome, suppositions: Sequence[Supposition], sayer: Sayer, *, now: datetime
) -> tuple[str, ...]:
    """Return what would be different, the gravest first."""
    return (
        *_lateness(outcome, sayer),
        *_places(outcome, sayer),
        *_moves(outcome, sayer),
        *_stays(outcome, suppositions, sayer),
        *_fullest(loads_of(outcome, sayer.clock.zone, now=now), sayer),
    )


def _lateness(outcome: Outcome, sayer: Sayer) -> Iterator[str]:
    placed = outcome.after.by_task()
    changed = [
        risk
        for risk in outcome.risks
        if risk.late_before != risk.late_after and risk.task_id in placed
    ]
    for risk in sorted(changed, key=lambda one: one.late_before - one.late_after):
        yield f"{sayer.task(risk.task_id)} would be {_late(risk)}."
    if changed or any(risk.lost_after for risk in outcome.risks):
        return
    late = sum(risk.late_after > 0 for risk in outcome.risks)
    yield "Nothing would be later than it is." if late else "Nothing would be late."


def _late(risk: Risk) -> str:
    after = f"{_length(risk.late_after)} late" if risk.late_after else "in time"
    if risk.task_id >= FIRST_IMAGINED:
        return after
    before = _length(risk.late_before) if risk.late_before else "in time"
    return (
        f"{after} instead of {before}{'' if risk.late_after or before == 'in time' else ' late'}"
    )


def _places(outcome: Outcome, sayer: Sayer) -> Iterator[str]:
    """Say who gets a place, and who has none."""
    placed = outcome.after.by_task()
    known = {slot.task_id for slot in outcome.before.slots}
    for change in outcome.changes:
        if change.kind is Kind.ADDED and change.task_id in placed:
            gets = "would lie" if change.task_id >= FIRST_IMAGINED else "would get a place:"
            yield f"{sayer.task(change.task_id)} {gets} {_stretch(change.after, sayer)}."
    for one in outcome.after.unplaced:
        if one.task_id >= FIRST_IMAGINED:
            yield f"{sayer.task(one.task_id)} would have no place. {one.reason}"
        elif one.task_id in known:
            yield f"{sayer.task(one.task_id)} would lose its place. {one.reason}"


def _moves(outcome: Outcome, sayer: Sayer) -> Iterator[str]:
    moved = [change for change in outcome.changes if change.kind in MOVES]
    if not moved:
        yield "Nothing that lies in your plan would move."
    elif len(moved) == 1:
        yield _move(moved[0], sayer)
    else:
        time = _length(outcome.totals.moved_minutes)
        yield f"{len(moved)} tasks would move, {time} of their time."


def _move(change: Change, sayer: Sayer) -> str:
    name, before, after = sayer.task(change.task_id), change.before[0], change.after[0]
    if before.start == after.start:
        return f"Only {name} would change: it would lie {_stretch(change.after, sayer)}."
    start = sayer.clock.start
    return f"Only {name} would move, from {start(before.start)} to {start(after.start)}."


def _stays(outcome: Outcome, suppositions: Sequence[Supposition], sayer: Sayer) -> Iterator[str]:
    """Say what is pinned on a day that is taken off: it stays there."""
    off = [said for said in suppositions if isinstance(said, DayOff)]
    for slot in outcome.after.slots:
        day = slot.start.astimezone(sayer.clock.zone).date()
        if slot.pinned and any(said.first <= day <= said.last for said in off):
            yield f"{sayer.task(slot.task_id)} stays on {sayer.day(day)}: it is pinned there."


def _fullest(loads: Sequence[Load], sayer: Sayer) -> Iterator[str]:
    if not loads:
        return
    before = max(loads, key=lambda one: (one.before, one.day.toordinal() * -1))
    after = max(loads, key=lambda one: (one.after, one.day.toordinal() * -1))
    if after.after and (after.day, after.after) != (before.day, before.before):
        now = f", now it is {sayer.day(before.day)} with {_length(before.before)}"
        said = f"The fullest day would be {sayer.day(after.day)} with {_length(after.after)}"
        yield f"{said}{now if before.before else ''}."


def _stretch(pieces: Sequence[Interval], sayer: Sayer) -> str:
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return sayer.span(first.start, first.end)
    end = f"{sayer.clock.day(last.end)} {sayer.clock.time(last.end)}"
    begin = f"{sayer.clock.day(first.start)} {sayer.clock.time(first.start)}"
    return f"{begin} to {end}, in {len(pieces)} pieces"


def _by_day(slots: Sequence[PlannedSlot], zone: ZoneInfo, now: datetime) -> dict[date, int]:
    found: dict[date, int] = {}
    for slot in slots:
        start = max(slot.start, now)
        while start < slot.end:
            local = start.astimezone(zone)
            midnight = datetime.combine(local.date() + DAY, datetime.min.time(), zone)
            end = min(slot.end, midnight)
            minutes = (end.timestamp() - start.timestamp()) // 60
            found[local.date()] = found.get(local.date(), 0) + int(minutes)
            start = end
    return found


def _length(minutes: int) -> str:
    return say_duration(minutes * MINUTE)
