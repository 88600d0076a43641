"""Days that were and what they tell, as text for people."""

from collections.abc import Iterator
from datetime import date

from dayloom.cli.output import FAINT, LOUD, console, line, table
from dayloom.cli.saying import length
from dayloom.wire.history import DayShown, HistoryShown
from dayloom.wire.insights import InsightsShown

UNKNOWN = "no record"
WEEK = 7


def print_past_days(shown: HistoryShown) -> None:
    """Print a day on a line, with what was done on it."""
    rows = table("Day", "Planned", "Worked", "Done", stretch="Done")
    for day in shown.days:
        rows.add_row(_day(day.on), _planned(day), length(day.worked_minutes), _done(day))
    console().print(rows)


def print_insights(shown: InsightsShown) -> None:
    """Print a measure on a line; what is not known is said, with what makes it known."""
    out = console()
    out.print(line((f"The last {len(shown.days)} days", LOUD)))
    for name, told in _measures(shown):
        out.print(line((f"  {name:<12}", FAINT), told))


def _measures(shown: InsightsShown) -> Iterator[tuple[str, str]]:
    known = [day.planned_minutes for day in shown.days if day.planned_minutes is not None]
    worked = length(sum(day.worked_minutes for day in shown.days))
    yield "Planned", length(sum(known)) if known else UNKNOWN
    yield "Worked", f"{worked}{_ticked(shown)}"
    if shown.adherence:
        share = round(100 * shown.adherence.share)
        yield "As planned", f"{share} % of the planned time, on that very task that day"
    yield "Dates", _promises(shown)
    yield "Focus", f"{length(shown.focus.minutes)} in stretches of 45 min or more"
    yield "Estimates", _estimates(shown)
    yield "Room", _room(shown)
    yield "Model", _model(shown)


def _ticked(shown: InsightsShown) -> str:
    ticked = sum(day.ticked for day in shown.days)
    return f", and {ticked} ticked off without a clock" if ticked else ""


def _promises(shown: InsightsShown) -> str:
    made = len(shown.promises.promises)
    return f"{shown.promises.kept} of {made} kept" if made else "none came up"


def _estimates(shown: InsightsShown) -> str:
    estimates = shown.estimates
    if estimates.factor is None:
        return f"{estimates.missing} more clocked tasks until a factor can be said"
    return f"you need {estimates.factor:.2f} × what you guess, by {len(estimates.tasks)} tasks"


def _room(shown: InsightsShown) -> str:
    free = [day.free_minutes for day in shown.room]
    return f"{length(sum(free[:WEEK]))} free in a week, {length(sum(free))} in four"


def _model(shown: InsightsShown) -> str:
    calls = sum(day.calls for day in shown.calls)
    if not calls:
        return "no call" if shown.has_model else "none is connected"
    costs = [day.cost for day in shown.calls if day.cost is not None]
    told = f"{calls} call{'' if calls == 1 else 's'}"
    return f"{told}, ${sum(costs):.4f}" if costs else told


def _planned(day: DayShown) -> str:
    return UNKNOWN if day.planned_minutes is None else length(day.planned_minutes)


def _done(day: DayShown) -> str:
    return ", ".join(task.title for task in day.done)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
