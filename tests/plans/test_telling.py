"""What is stored as a reason names the person's own things and times, and still does tomorrow."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.plans.inputs import load_inputs
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TUESDAY = datetime(2026, 11, 24, tzinfo=BERLIN)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOMENT = re.compile(rf"(?:({'|'.join(WEEKDAYS)}) )?(\d\d):(\d\d)")
END_OF_DAY = re.compile(rf"the end of ({'|'.join(WEEKDAYS)})")
QUOTED = re.compile("“(.*?)”")
TEXTS = (
    "Write the report 3h by friday 17:00",
    "Call the bank 30m by tomorrow",
    "Read the contract 2h",
    "Tidy the cellar 5h",
    "Plan the party 1h not before wednesday",
)


def moments_in(slot: SlotRow, said: str, now: datetime) -> set[datetime]:
    """Return the moments that a sentence names, as somebody would read them at its slot."""
    own = slot.start.astimezone(BERLIN).replace(hour=0, minute=0)
    found = set()
    for name, hour, minute in MOMENT.findall(said):
        day = next_day(name, now) if name else own
        found.add(day + timedelta(hours=int(hour), minutes=int(minute)))
    return found | {next_day(name, now) + DAY for name in END_OF_DAY.findall(said)}


def next_day(name: str, now: datetime) -> datetime:
    today = now.astimezone(BERLIN).replace(hour=0, minute=0)
    return today + (WEEKDAYS.index(name) - today.weekday()) % 7 * DAY


def open_tasks(planner: Planner) -> Sequence[Task]:
    return planner.read(
        lambda s: load_inputs(s.session, account_id=s.account_id, now=planner.clock.now()).tasks
    )


def known_moments(planner: Planner) -> set[datetime]:
    view, tasks = planner.look(), open_tasks(planner)
    found = {one.start for one in view.slots} | {one.end for one in view.slots}
    found |= {one.start for one in view.busy} | {one.end for one in view.busy}
    found |= {at for task in tasks for at in (task.due, task.deadline, task.release) if at}
    return found | {TUESDAY + k * DAY + 9 * HOUR for k in range(-1, 6)}  # its hours open


def test_every_name_and_moment_in_a_stored_reason_is_one_of_the_persons_own(
    planner: Planner,
) -> None:
    for text in TEXTS:
        planner.add(text)
    planner.meet(TUESDAY.astimezone(UTC) + 9 * HOUR, TUESDAY.astimezone(UTC) + 11 * HOUR)
    planner.replan()
    slots, known = planner.look().slots, known_moments(planner)
    titles = {task.title for task in open_tasks(planner)}
    named: set[str] = set()
    told: set[datetime] = set()
    for slot in slots:
        for said in slot.reasons:
            if "is free for it too" not in said:  # that moment is nobody's
                told |= moments_in(slot, QUOTED.sub("", said), planner.clock.now())
            named |= set(QUOTED.findall(said))
    assert told
    assert told <= known, "\n".join(
        str((s.task_id, str(s.start), str(s.end), s.reasons)) for s in slots
    )
    assert named
    assert named <= titles | {"Review"}


def test_a_reason_does_not_say_today_or_tomorrow_which_soon_is_another_day(
    planner: Planner,
) -> None:
    planner.meet(TUESDAY.astimezone(UTC), TUESDAY.astimezone(UTC) + 10 * HOUR)
    for text in TEXTS:
        planner.add(text)
    planner.replan()
    said = " ".join(reason for slot in planner.look().slots for reason in slot.reasons)
    assert "today" not in said
    assert "tomorrow" not in said
    assert "Tue" in said


def test_what_makes_room_is_told_why_it_lies_there_and_what_stays_is_not_called_pinned(
    planner: Planner,
) -> None:
    first, second = planner.add("Draft 2h"), planner.add("Read 2h")
    planner.replan()
    planner.run(planner.container.pins.pin(first.id, planner.start_of(second)))
    assert planner.slots(first)[0].reasons[0] == "You put it there."
    [moved] = planner.slots(second)
    assert "You put it there." not in moved.reasons
    assert "First free time." in moved.reasons
