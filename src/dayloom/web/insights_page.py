"""What the records tell, as the page shows it: four numbers, then charts."""

from dataclasses import dataclass, replace

from dayloom.insights.estimates import ENOUGH, Calibration
from dayloom.insights.pieces import NOTHING
from dayloom.insights.promises import Promise
from dayloom.insights.service import Insights
from dayloom.web import insight_charts as charts
from dayloom.web.churn_page import WeekView, say_week, view_weeks
from dayloom.web.insight_figures import Figure, say_about, say_missing, view_figures
from dayloom.web.shapes import Chart
from dayloom.web.words import Words, duration

RANGES = (7, 30, 90)
LISTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A choice of how far back to look."""

    days: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A task whose date was not kept."""

    task_id: int
    title: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart with its heading, or what makes it appear; `span` of twelve columns."""

    key: str
    title: str
    sentence: str
    span: int
    chart: Chart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightsView:
    """`churn` says what the present week came to, `more_late` how many dates are not listed."""

    days: int
    ranges: tuple[Range, ...]
    figures: tuple[Figure, ...]
    drawn: tuple[Drawn, ...]
    late: tuple[Late, ...]
    more_late: int
    churn: str
    churn_span: int
    weeks: tuple[WeekView, ...]


def view_insights(told: Insights, words: Words, week_start: int) -> InsightsView:
    days = len(told.days)
    late = [one for one in reversed(told.promises.made) if not one.kept]
    latency = _latency(told, week_start)
    beside = bool(latency)
    return InsightsView(
        days=days,
        ranges=tuple(
            Range(days=one, url=f"/insights?days={one}", chosen=one == days) for one in RANGES
        ),
        figures=view_figures(told),
        drawn=(
            _days(told, week_start),
            _dots(told.estimates),
            replace(_cells(told, words, week_start), span=7 if beside else 6),
            *latency,
            replace(_room(told, week_start), span=7 if beside and late else 6),
        ),
        late=tuple(_late(one, words) for one in late[:LISTED]),
        more_late=len(late[LISTED:]),
        churn=say_week(told.churn[-1]),
        churn_span=12 if beside == bool(late) else 6 if beside else 7,
        weeks=view_weeks(told.churn),
    )


def _days(told: Insights, week_start: int) -> Drawn:
    known = any(not day.empty for day in told.days)
    return Drawn(
        key="days",
        title="Planned and worked",
        sentence=" ".join(_about_days(told))
        if known
        else "Start the clock on a task, or let a planned one begin: each day gets two bars here, "
        "what the plan said when its time came, and what you worked.",
        span=7,
        chart=charts.chart_days(told.days, week_start) if known else None,
    )


def _about_days(told: Insights) -> list[str]:
    said = ["Outline: what the plan said when its time came. Solid: worked."]
    if told.adherence:
        share = round(100 * told.adherence.share)
        said.append(f"{share} % of what was planned went into that very task that day.")
    if ticked := sum(len(day.ticked) for day in told.days):
        tasks = "1 task was" if ticked == 1 else f"{ticked} tasks were"
        said.append(f"{tasks} ticked off without a clock.")
    if unknown := [day.on for day in told.days if not day.recorded]:
        said.append(f"Up to {charts.say_day(unknown[-1])} there is no record of what was planned.")
    return said


def _dots(estimates: Calibration) -> Drawn:
    if not estimates.tasks:
        sentence = (
            "Start and finish tasks with the clock: each becomes a dot, guess against reality, "
            f"and from {ENOUGH} on you see your factor."
        )
    else:
        sentence = "Each dot is a task: guess against reality, in minutes."
        sentence += " Solid: your factor." if estimates.factor else f" {say_missing(estimates)}."
    return Drawn(
        key="estimates",
        title="How good are the estimates?",
        sentence=sentence,
        span=5,
        chart=charts.chart_estimates(estimates) if estimates.tasks else None,
    )


def _cells(told: Insights, words: Words, week_start: int) -> Drawn:
    found = bool(told.focus.stretches)
    return Drawn(
        key="focus",
        title="When focus works",
        sentence="Unbroken work of 45 min or more, by hour."
        if found
        else "Work 45 min in one go with the clock running: here you see in which hours you do.",
        span=7,
        chart=charts.chart_focus(told.focus, words, week_start),
    )


def _latency(told: Insights, week_start: int) -> tuple[Drawn, ...]:
    if not any(day.p50_ms for day in told.calls):
        return ()
    drawn = Drawn(
        key="latency",
        title="Model latency",
        sentence="Median solid, 95th percentile dashed.",
        span=5,
        chart=charts.chart_latency(told.calls, week_start),
    )
    return (drawn,)


def _room(told: Insights, week_start: int) -> Drawn:
    free = sum((one.free for one in told.room), NOTHING)
    return Drawn(
        key="room",
        title="Room of the next four weeks",
        sentence=f"{duration(free)} free. Outline: usual hours. Grey: events. Solid: planned.",
        span=7,
        chart=charts.chart_room(told.room, week_start),
    )


def _late(promise: Promise, words: Words) -> Late:
    slack = promise.slack
    told = f"due {words.short(promise.until)}"
    return Late(
        task_id=promise.task_id,
        title=promise.title,
        told=f"{told}, still open" if slack is None else f"{told}, {say_about(-slack)} late",
    )
