"""What one sentence asks for, as typed values."""

from dataclasses import dataclass
from enum import StrEnum

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


class WishKind(StrEnum):
    """What kind of thing is asked for."""

    HOURS = "hours"
    NO_GO = "no_go"
    PREFER = "prefer"
    BUFFER = "buffer"
    DAILY_LIMIT = "daily_limit"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One wish. Clocks are "HH:MM", local; an `end` of 24:00 is midnight.

    Without `days` every day is meant, without `start` and `end` the whole of it; hours with
    one of them keep the other end as it is. `days_off` tells that the other days are closed.
    `subject` is a kind of task in the person's words; `hour_map` names the hours that it is
    about, else all.
    """

    kind: WishKind
    days: tuple[int, ...] = ()
    start: str | None = None
    end: str | None = None
    minutes: int | None = None
    times_per_week: int | None = None
    subject: str = ""
    hour_map: str = ""
    around_events: bool = False
    days_off: bool = False
