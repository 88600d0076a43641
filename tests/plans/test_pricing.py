"""What is shown before a drop is what the drop does, and asking changes nothing."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from dayloom.infra.errors import Invalid, NotFound
from dayloom.plans.changeset import Change
from dayloom.plans.pricing import Quote, RefusedBy
from dayloom.plans.wishing import Wish
from tests.plans.conftest import Planner

HOUR, GRID = timedelta(hours=1), timedelta(minutes=5)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 12:00 in Berlin


def quoted(planner: Planner, task_id: int, start: datetime, **more: Any) -> Quote:
    wish = Wish(task_id=task_id, start=start, **more)
    (quote,) = planner.run(planner.container.prices.quote([wish]))
    return quote


def test_a_free_place_costs_nothing(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    quote = quoted(planner, task.id, NOON)
    assert quote.sentence == "Costs nothing; nothing else moves, and nothing is late."
    assert quote.line == "costs nothing"


def test_what_moves_is_named_with_its_new_time(planner: Planner) -> None:
    under = planner.add("Read 2h")
    new = planner.add("Write 1h")
    planner.replan()
    quote = quoted(planner, new.id, planner.start_of(under))
    assert quote.sentence == f"Moves “Read” (#{under.id}) to 11:00."
    assert (quote.line, quote.titles) == (f"moves #{under.id}", {under.id: "Read"})


def test_who_would_be_late_is_named_with_the_minutes(planner: Planner) -> None:
    under = planner.add("Read 1h due today 10:40")
    new = planner.add("Write 1h")
    planner.replan()
    quote = quoted(planner, new.id, planner.start_of(under))
    moved = f"Moves “Read” (#{under.id}) to 10:00"
    assert quote.sentence == f"{moved}, makes “Read” (#{under.id}) 20 min late."


def test_its_own_lateness_and_hours_are_told(planner: Planner) -> None:
    task = planner.add("Write 1h due today 17:00")
    planner.replan()
    quote = quoted(planner, task.id, NOON + 8 * HOUR)
    assert quote.line == "lies outside of its work hours · 4 h late"


def test_an_event_refuses_unless_it_is_meant(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.meet(NOON, NOON + HOUR)
    planner.replan()
    quote = quoted(planner, task.id, NOON)
    assert (quote.refused_by, quote.line) == (RefusedBy.EVENT, "“Review” is in the way there")
    assert quoted(planner, task.id, NOON, over_events=True).line == "lies over “Review”"


def test_the_past_and_running_work_refuse(planner: Planner) -> None:
    task = planner.add("Write 1h")
    over = quoted(planner, task.id, planner.clock.now() - HOUR)
    assert (over.refused_by, over.price) == (RefusedBy.PAST, None)
    planner.write(lambda s: s.tracking.start(task.id))
    assert quoted(planner, task.id, NOON).refused_by is RefusedBy.RUNNING


def test_what_is_not_there_or_makes_no_sense_is_an_error(planner: Planner) -> None:
    task = planner.add("Write 1h")
    with pytest.raises(NotFound):
        quoted(planner, 77, NOON)
    with pytest.raises(Invalid, match="40 hours"):
        quoted(planner, task.id, NOON, duration=50 * HOUR)


LINES = (
    "Report {n} 2h due tomorrow 15:00",
    "Call {n} 30m",
    "Slides {n} 90m must be done by Wednesday 12:00 p8",
    "Read {n} 3h in 1h chunks",
    "Review {n} 1h after #1",
)


@pytest.mark.parametrize("seed", range(12))
def test_the_drop_does_what_the_price_said(planner: Planner, seed: int) -> None:
    chance = Random(seed)
    tasks = [planner.add("Gather figures 1h")]
    tasks += [planner.add(chance.choice(LINES).format(n=n)) for n in range(12)]
    planner.meet(NOON + 24 * HOUR, NOON + 26 * HOUR)
    planner.replan()
    pinned = NOON + chance.randrange(8 * 12) * GRID
    planner.run(planner.container.pins.pin(tasks[1].id, pinned, over_events=True))
    before = lying(planner)
    task = chance.choice(tasks)
    start = chance.choice([pinned, NOON + chance.randrange(8 * 12 * 5) * GRID])
    quote = quoted(planner, task.id, start, over_events=True)
    assert lying(planner) == before
    assert quote.price is not None
    done = planner.run(planner.container.pins.pin(task.id, start, over_events=True))
    changes = {c.task_id: c.after for c in map(Change.from_json, done.changes)}
    assert changes.pop(task.id, quote.price.pieces) == quote.price.pieces
    assert changes == {
        **{move.task_id: move.after for move in quote.price.moves},
        **dict.fromkeys(quote.price.dropped, ()),
    }


def lying(planner: Planner) -> list[tuple[int, datetime, datetime]]:
    return [(slot.task_id, slot.start, slot.end) for slot in planner.look().slots]
