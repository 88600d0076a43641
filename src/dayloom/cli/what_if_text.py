"""What-ifs as text for people."""

from datetime import datetime, time

from dayloom.cli.output import BAD, FAINT, GOOD, LOUD, console, line, table
from dayloom.cli.saying import length, stretch
from dayloom.preferences.wallclock import WallClock
from dayloom.scenarios.service import State
from dayloom.wire.scenarios import (
    ComparisonShown,
    LoadShown,
    ScenarioShown,
    ScenariosShown,
    ShiftShown,
)

NOON = time(12)


def print_scenarios(shown: ScenariosShown) -> None:
    """Print every what-if in a line, with what it would do first of all."""
    if not shown.scenarios:
        console().print("No what-ifs yet; “dayloom what-if add” takes a sentence.")
        return
    rows = table("#", "What if", "Then", stretch="Then")
    for scenario in shown.scenarios:
        rows.add_row(str(scenario.id), scenario.name, _first(scenario))
    console().print(rows)


def print_scenario(scenario: ScenarioShown, clock: WallClock) -> None:
    """Print what is supposed, and the two plans side by side."""
    out = console()
    out.print(line((f"What if {scenario.id}", FAINT), "  ", (scenario.name, LOUD)))
    for one in scenario.suppositions:
        if one.says != scenario.name:
            out.print(line(f"  {one.says}"))
    if scenario.sentence:
        out.print(line((scenario.sentence, BAD)))
    if scenario.comparison is not None:
        _print_comparison(scenario.comparison, clock)
    if scenario.state is State.SOLVED:
        number = scenario.id
        said = f"“dayloom what-if keep {number}” makes it so, “… discard {number}” forgets it."
        out.print(line((said, FAINT)))


def _print_comparison(shown: ComparisonShown, clock: WallClock) -> None:
    out = console()
    for sentence in shown.sentences:
        out.print(line((sentence, GOOD)))
    out.print()
    loads = table("Day", "Now", "Then", "")
    for load in shown.days:
        then = _difference(load)
        loads.add_row(
            clock.day(datetime.combine(load.day, NOON, clock.zone)),
            length(load.before_minutes),
            length(load.after_minutes),
            then,
        )
    out.print(loads)
    out.print()
    for change in shown.changes:
        out.print(line(_named(change), "  ", (_shifted(change, clock), FAINT)))


def _first(scenario: ScenarioShown) -> str:
    if scenario.sentence or scenario.comparison is None:
        return scenario.sentence
    return scenario.comparison.sentences[0]


def _difference(load: LoadShown) -> str:
    more = load.after_minutes - load.before_minutes
    return f"{'+' if more > 0 else '−'}{length(abs(more))}" if more else ""


def _named(change: ShiftShown) -> str:
    return f"#{change.task_id} {change.title}" if change.task_id else change.title


def _shifted(change: ShiftShown, clock: WallClock) -> str:
    before, after = (stretch(clock, side) for side in (change.before, change.after))
    return f"{before or 'no place'} → {after or 'no place'}"
