"""Every reason, obstacle and certificate has a sentence with its own names and numbers."""

from datetime import datetime, timedelta

import pytest

from dayloom.planning.plan import Obstacle, Status, Unplaced
from dayloom.planning.reason import Code, Reason
from dayloom.planning.wording import (
    OBSTACLES,
    REASONS,
    certificate_sentence,
    obstacle_sentence,
    say_length,
    sentence,
)
from tests.planning.builders import DAY, HOUR, MINUTE, at

NAMES = {1: "Draft", 2: "Review {at}", 3: "Call"}
NOON = at("tue 12:00")


def say(moment: datetime) -> str:
    return f"{moment:%a %H:%M}"


def said(reason: Reason) -> str:
    return sentence(
        reason,
        name_of_task=lambda id_: NAMES[id_],
        name_of_event=lambda id_: f"event {id_}",
        say_time=say,
    )


def test_every_reason_and_every_obstacle_has_its_sentence() -> None:
    assert set(REASONS) == set(Code)
    assert set(OBSTACLES) == set(Obstacle)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason(code=Code.FIRST_FREE), "First free time."),
        (Reason(code=Code.PINNED), "You put it there."),
        (Reason(code=Code.KEPT_WHERE_SEEN), "Kept where you saw it."),
        (Reason(code=Code.RIGHT_AFTER, task_id=1), "Right after “Draft”."),
        (
            Reason(code=Code.RIGHT_AFTER, task_id=1, by=90 * MINUTE),
            "Right after “Draft”, with 1 h 30 between.",
        ),
        (
            Reason(code=Code.BEFORE_DEADLINE, at=NOON, by=3 * HOUR),
            "3 h before its deadline, Tue 12:00.",
        ),
        (
            Reason(code=Code.BEFORE_DEADLINE, at=NOON, by=timedelta(0)),
            "Just in time for its deadline, Tue 12:00.",
        ),
        (Reason(code=Code.BEFORE_DUE, at=NOON, by=DAY), "1 day before it is due, Tue 12:00."),
        (
            Reason(code=Code.LATE, at=NOON, by=2 * DAY + 3 * HOUR + MINUTE),
            "Late by 2 days 3 h: due Tue 12:00.",
        ),
        (
            Reason(code=Code.LATE, at=NOON, by=timedelta(seconds=5)),
            "Late by 1 min: due Tue 12:00.",
        ),
        (
            Reason(code=Code.NOT_BEFORE_EVENT, event_id=7, until=NOON),
            "Not earlier: event 7 until Tue 12:00.",
        ),
        (
            Reason(code=Code.NOT_BEFORE_TASK, task_id=2, until=NOON, by=10 * MINUTE),
            "Not earlier: “Review {at}” until Tue 12:00 and 10 min of buffer.",
        ),
        (
            Reason(code=Code.NOT_BEFORE_TASK, task_id=1, until=NOON, at=NOON + HOUR),
            "Not earlier: “Draft” until Tue 12:00, then nothing long enough before Tue 13:00.",
        ),
        (
            Reason(code=Code.NOT_BEFORE_HOURS, name="work", at=NOON),
            "Not earlier: work hours start Tue 12:00.",
        ),
        (
            Reason(code=Code.NOT_BEFORE_CAP, at=NOON),
            "Not Tue 12:00: a daily limit would be exceeded.",
        ),
        (
            Reason(code=Code.NOT_BEFORE_CAP, at=NOON, until=NOON + DAY),
            "Not from Tue 12:00 to Wed 12:00: a daily limit would be exceeded.",
        ),
        (Reason(code=Code.IN_PIECES, count=3), "In 3 pieces."),
    ],
)
def test_a_reason_is_said_with_its_facts(reason: Reason, words: str) -> None:
    assert said(reason) == words


@pytest.mark.parametrize(
    ("unplaced", "words"),
    [
        (
            Unplaced(task_id=3, obstacle=Obstacle.NO_ROOM, missing=90 * MINUTE, because_of=(1, 2)),
            "1 h 30 are missing: “Draft” and “Review {at}” have the time. "
            "Move its dates, or let something else wait.",
        ),
        (
            Unplaced(task_id=3, obstacle=Obstacle.DEADLINE, missing=26 * HOUR),
            "It cannot be done by its deadline: 26 h are missing. "
            "Move the deadline, or make it shorter.",
        ),
        (
            Unplaced(task_id=3, obstacle=Obstacle.WAITS, because_of=(1,)),
            "It waits for “Draft”, which has no place. Make room for that first.",
        ),
        (
            Unplaced(task_id=3, obstacle=Obstacle.TOO_LONG),
            "No free stretch is long enough. Let it be split, or make it shorter.",
        ),
        (
            Unplaced(task_id=3, obstacle=Obstacle.EVENTS, missing=HOUR),
            "Events take all of the hours in which it may be done. "
            "Give it other hours, or other dates.",
        ),
        (
            Unplaced(task_id=3, obstacle=Obstacle.BEFORE_PINNED, because_of=(1,)),
            "It must be done before “Draft”, which lies too early. Move that.",
        ),
        (
            Unplaced(task_id=3, obstacle=Obstacle.NO_ROOM),
            "What is left free does not fit it. Move its dates, or let something else wait.",
        ),
    ],
)
def test_an_obstacle_says_what_by_how_much_and_what_to_do(unplaced: Unplaced, words: str) -> None:
    assert obstacle_sentence(unplaced, name_of_task=lambda id_: NAMES[id_]) == words


@pytest.mark.parametrize(
    ("status", "gap", "words"),
    [
        (Status.OPTIMAL, 0.0, "Proven best: no plan keeps the rules at a lower cost."),
        (
            Status.BOUNDED,
            0.0312,
            "Within 4 %: at most that much of its cost could still be saved.",
        ),
        (Status.BOUNDED, None, "Improved; how much better it could be is not known."),
        (Status.PROVISIONAL, None, "First answer; a better plan may follow."),
    ],
)
def test_a_certificate_says_what_is_known(status: Status, gap: float | None, words: str) -> None:
    assert certificate_sentence(status, gap) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [(5 * MINUTE, "5 min"), (HOUR, "1 h"), (65 * MINUTE, "1 h 05"), (40 * HOUR, "40 h")],
)
def test_lengths_are_short_to_read(length: timedelta, words: str) -> None:
    assert say_length(length) == words
