"""The rules of a context hold in what is placed and planned, whatever the tasks are."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from dayloom.tasks.models import Task
from tests.plans.conftest import Planner

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def tell(planner: Planner, context: str) -> None:
    planner.write(lambda s: s.change_preferences({"context": context}))


def local(moment: datetime) -> datetime:
    return moment.astimezone(BERLIN)


def pieces(planner: Planner) -> Iterator[tuple[str, datetime, datetime]]:
    titles = {task.id: task.title for task in planner.read(lambda s: s.tasks.unfinished())}
    for slot in planner.look().slots:
        yield titles[slot.task_id], local(slot.start), local(slot.end)


def hours(planner: Planner, task: Task) -> tuple[str, str]:
    (slot,) = planner.slots(task)
    return f"{local(slot.start):%a %H:%M}", f"{local(slot.end):%H:%M}"


def test_a_call_waits_for_its_time_at_once_and_after_planning(planner: Planner) -> None:
    tell(planner, "No calls before 14:00.")
    call, report = planner.add("Call Peter 30m"), planner.add("Report 30m")
    assert hours(planner, call)[0] == "Mon 14:00"
    planner.replan()
    assert (hours(planner, call)[0], hours(planner, report)[0]) == ("Mon 14:00", "Mon 09:00")
    said = " ".join(planner.slots(call)[0].reasons)
    assert "You said: “No calls before 14:00.”" in said


def test_a_preview_keeps_the_rules_too(planner: Planner) -> None:
    tell(planner, "No calls before 14:00.")
    (shown,) = planner.read(lambda s: s.capture.preview("Call Peter 30m"))
    assert f"{local(shown.intervals[0].start):%H:%M}" == "14:00"


def test_work_lies_in_the_hours_that_were_said(planner: Planner) -> None:
    tell(planner, "I work on Tuesdays and Thursdays from 13 to 15.")
    for number in range(3):
        planner.add(f"Report {number} 1h")
    planner.replan()
    starts = sorted(f"{start:%a %H:%M}" for _, start, _ in pieces(planner))
    assert starts == ["Thu 13:00", "Tue 13:00", "Tue 14:00"]


def test_a_kind_of_task_goes_where_it_is_liked(planner: Planner) -> None:
    tell(planner, "Deep work in the afternoon. Errands on Saturday.")
    deep, errand = planner.add("Deep work on the parser 1h"), planner.add("Errand: paint 30m")
    assert hours(planner, deep)[0] == "Mon 12:00"
    planner.replan()
    assert (hours(planner, deep)[0], hours(planner, errand)[0]) == ("Mon 12:00", "Sat 09:00")
    assert "“Deep work in the afternoon”" in " ".join(planner.slots(deep)[0].reasons)


def test_what_a_task_says_itself_counts_before_its_kind(planner: Planner) -> None:
    tell(planner, "Calls in the afternoon.")
    assert hours(planner, planner.add("Call Peter in the morning 30m"))[0] == "Mon 09:00"


def test_pauses_and_daily_limits_are_kept(planner: Planner) -> None:
    tell(planner, "15 minutes between tasks. At most 3 hours a day. Max 1h of calls a day.")
    for number in range(3):
        planner.add(f"Call number {number} 45m")
        planner.add(f"Report {number} 1h")
    planner.replan()
    for title, _, total in per_day(planner):
        assert total <= (HOUR if title.startswith("Call") else 3 * HOUR)
    ordered = sorted(pieces(planner), key=lambda piece: piece[1])
    for (_, _, end), (_, start, _) in pairwise(ordered):
        assert start - end >= timedelta(minutes=15)


def per_day(planner: Planner) -> Iterator[tuple[str, str, timedelta]]:
    totals: dict[tuple[str, str], timedelta] = {}
    for title, start, end in pieces(planner):
        for kind in (title.split()[0], "everything"):
            key = (kind, f"{start:%F}")
            totals[key] = totals.get(key, timedelta(0)) + (end - start)
    for (kind, day), total in totals.items():
        yield kind, day, total


def test_what_was_worked_today_counts_against_the_limit_of_its_kind(planner: Planner) -> None:
    tell(planner, "Max 1h of calls a day.")
    done = planner.add("Call Anna 1h")
    planner.write(lambda s: s.tracking.start(done.id))
    planner.clock.advance(HOUR)
    planner.write(lambda s: s.tracking.complete(done.id))
    call = planner.add("Call Peter 30m")
    planner.replan()
    assert hours(planner, call)[0].startswith("Tue")


def test_a_routine_lies_in_its_window_and_apart(planner: Planner) -> None:
    tell(planner, "Gym three times a week at lunch.")
    planner.replan()
    gym = [start for title, start, _ in pieces(planner) if title == "Gym"]
    first_week = [start for start in gym if start.isocalendar().week == gym[0].isocalendar().week]
    assert len(first_week) == 3
    assert len({start.date() for start in gym}) == len(gym)
    assert {start.hour for start in gym} <= {12, 13}


def test_a_routine_at_a_time_is_pinned_there(planner: Planner) -> None:
    tell(planner, "Run on Tuesday and Thursday 7am for 45 min.")
    planner.replan()
    runs = [(start, end) for title, start, end in pieces(planner) if title == "Run"]
    assert {f"{start:%a %H:%M}–{end:%H:%M}" for start, end in runs} == {
        "Tue 07:00–07:45",
        "Thu 07:00–07:45",
    }


def test_a_rule_that_is_switched_off_binds_nothing(planner: Planner) -> None:
    tell(planner, "No calls before 14:00.")
    (rule,) = planner.read(lambda s: s.rules.all())
    planner.write(lambda s: s.rules.switch(rule.id, enabled=False))
    assert hours(planner, planner.add("Call Peter 30m"))[0] == "Mon 09:00"


def test_a_week_without_open_time_leaves_tasks_without_a_place(planner: Planner) -> None:
    tell(planner, "Nothing on weekdays. Nothing on weekends.")
    planner.add("Report 1h")
    planner.replan()
    assert list(pieces(planner)) == []
    assert len(planner.look().unplaced) == 1


def test_dates_of_their_own_are_cut_as_well(planner: Planner) -> None:
    tell(planner, "No calls before 14:00.")
    work = planner.read(lambda s: s.preferences.hour_maps()[0])
    planner.write(
        lambda s: s.preferences.change_hour_map(
            work.id, weekly=work.weekly, exceptions={"2026-11-23": [["10:00", "16:00"]]}
        )
    )
    assert hours(planner, planner.add("Call Peter 30m"))[0] == "Mon 14:00"
    assert hours(planner, planner.add("Report 30m"))[0] == "Mon 10:00"


SENTENCES = (
    "No calls before 11.",
    "No calls after 15:00.",
    "Nothing on Wednesdays.",
    "Keep lunch 12–13 free.",
    "Friday afternoons off.",
    "No meetings on Mondays and Tuesdays.",
    "I work Mon–Fri 8 to 16.",
    "At most 5 hours a day.",
    "Max 2h of calls a day.",
    "Writing in the mornings.",
    "10 minutes between tasks.",
)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_rules_a_plan_keeps_them(planner: Planner, seed: int) -> None:
    chance = random.Random(seed)
    said = chance.sample(SENTENCES, 6)
    tell(planner, " ".join(said))
    kinds = ("Call Anna", "Meeting prep", "Writing", "Report")
    for number in range(14):
        planner.add(f"{chance.choice(kinds)} {number} {chance.choice((30, 45, 60, 90))}m")
    planner.replan()
    found = list(pieces(planner))
    assert found
    for title, start, end in found:
        assert allowed(said, title, start, end), (title, start, end, said)


def allowed(said: list[str], title: str, start: datetime, end: datetime) -> bool:
    """Judge a place by the sentences alone, written down anew."""
    begin, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    call, meeting = title.startswith("Call"), title.startswith("Meeting")
    broken = {
        "No calls before 11.": call and begin < 11 * 60,
        "No calls after 15:00.": call and last > 15 * 60,
        "Nothing on Wednesdays.": start.weekday() == 2,
        "Keep lunch 12–13 free.": begin < 13 * 60 and last > 12 * 60,
        "Friday afternoons off.": start.weekday() == 4 and last > 12 * 60 and begin < 18 * 60,
        "No meetings on Mondays and Tuesdays.": meeting and start.weekday() < 2,
        "I work Mon–Fri 8 to 16.": begin < 8 * 60 or last > 16 * 60,
    }
    return not any(broken.get(sentence, False) for sentence in said)
