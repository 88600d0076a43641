"""Whether a new task fits, in words: "fits, 2 h to spare", "would push “Report” past Friday"."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dayloom.planning.price_words import price_sentence
from dayloom.planning.pricing import Price
from dayloom.planning.wording import MINUTE, Name, Say, say_distance

NO_ROOM = "no room for it"
MOST = 3  # tasks named at most


def fits(spare: timedelta) -> str:
    return f"fits, {say_distance(spare)} to spare" if spare >= MINUTE else "fits, just in time"


def fits_by_moving(price: Price, *, name_of_task: Name, say_time: Say) -> str:
    if len(price.moves) > 1:
        return f"fits if {len(price.moves)} tasks move"
    (move,) = price.moves
    return f"fits if {name_of_task(move.task_id)} moves to {say_time(move.after[0].start)}"


def would_push(price: Price, *, name_of_task: Name, say_time: Say) -> str:
    """Return who would be late, or late by more, and who would lose the place."""
    found = list(_pushed(price, name_of_task, say_time))
    more = [f"{len(found) - MOST} more"] if len(found) > MOST else []
    return f"would {', '.join([*found[:MOST], *more])}"


def is_late(by: timedelta) -> str:
    return f"makes it {say_distance(by)} late"


def not_before(start: datetime, *, say_time: Say) -> str:
    return f"not before {say_time(start)}"


def as_pinned(price: Price, *, name_of_task: Name, name_of_event: Name, say_time: Say) -> str:
    """Return what a fixed time costs, without the full stop of a sentence."""
    said = price_sentence(
        price, name_of_task=name_of_task, name_of_event=name_of_event, say_time=say_time
    )
    return f"{said[0].lower()}{said[1:].rstrip('.')}"


def _pushed(price: Price, name_of_task: Name, say_time: Say) -> Iterator[str]:
    for late in price.late:
        if late.task_id == price.task_id:
            continue
        name = name_of_task(late.task_id)
        if late.before:
            by, before = say_distance(late.by), say_distance(late.before)
            yield f"make {name} {by} late instead of {before}"
        else:
            yield f"push {name} past {say_time(late.due)}"
    for task_id in price.dropped:
        yield f"leave {name_of_task(task_id)} without a place"
