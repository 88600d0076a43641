"""The four numbers above the charts."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from dayloom.inferences.executions import add_costs
from dayloom.insights.estimates import Calibration
from dayloom.insights.pieces import NOTHING
from dayloom.insights.promises import Promises
from dayloom.insights.service import Insights
from dayloom.web.numbers import say_dollars
from dayloom.web.words import MINUTE, duration

HOUR = timedelta(hours=1)
UNTOLD = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, what more there is to it, and what it means."""

    title: str
    number: str
    rest: str
    sentence: str


def view_figures(told: Insights) -> tuple[Figure, ...]:
    return (_promises(told.promises), _focus(told), _estimates(told.estimates), _cost(told))


def say_missing(estimates: Calibration) -> str:
    """Say how many more tasks it takes to say a factor."""
    tasks = "task" if estimates.missing == 1 else "tasks"
    return f"{estimates.missing} more clocked {tasks} until a factor can be said"


def say_about(length: timedelta) -> str:
    """Return a length as it matters: hours up to two days, then days."""
    if length < HOUR:
        return duration(length)
    hours = round(length / HOUR)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"


def _promises(promises: Promises) -> Figure:
    slacks = [one.slack for one in promises.made if one.slack is not None]
    sentence = "Give tasks a date: here stands how many were done in time."
    if slacks:
        usual = median(slack / MINUTE for slack in slacks) * MINUTE
        side = "before" if usual >= NOTHING else "after"
        sentence = f"Usually done {say_about(abs(usual))} {side} the date"
    elif promises.made:
        sentence = "Dates that went by"
    return Figure(
        title="Kept promises",
        number=str(promises.kept) if promises.made else UNTOLD,
        rest=f"of {len(promises.made)}" if promises.made else "",
        sentence=sentence,
    )


def _focus(told: Insights) -> Figure:
    return Figure(
        title="Focus",
        number=duration(told.focus.total) if told.focus.stretches else UNTOLD,
        rest="",
        sentence="Unbroken work of 45 min or more",
    )


def _estimates(estimates: Calibration) -> Figure:
    factor = estimates.factor
    if factor is None:
        number, sentence = UNTOLD, say_missing(estimates)
    else:
        per_cent = round(100 * (factor - 1))
        number = f"{'+' if per_cent > 0 else '−' if per_cent else '±'}{abs(per_cent)} %"
        sentence = f"You need {factor:.2f} × what you guess, by {len(estimates.tasks)} tasks"
    return Figure(title="Estimates", number=number, rest="", sentence=sentence)


def _cost(told: Insights) -> Figure:
    calls = sum(day.calls for day in told.calls)
    failed = sum(day.failures for day in told.calls)
    cost = add_costs(day.cost for day in told.calls)
    sentence = f"{calls} call{'' if calls == 1 else 's'}"
    if not calls and not told.has_model:
        sentence = "No model is connected: all of this was done without"
    return Figure(
        title="Model cost",
        number=say_dollars(cost) or UNTOLD,
        rest="",
        sentence=f"{sentence}, {failed} without an answer" if failed else sentence,
    )
