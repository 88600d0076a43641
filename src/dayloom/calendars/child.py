"""The child that reads feeds, with limits on memory and time: they come from strangers."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from dayloom.calendars.reading.feed import read_feed
from dayloom.calendars.reading.values import Feed, TooSlow, Window

MOST_MEMORY = 768 * 1024 * 1024
MOST_CPU_SECONDS = 10
MOST_CPU_SECONDS_A_SERIES = 1.0


def limit_memory() -> None:
    """Run first in the child: from then on it cannot grow beyond the limit."""
    with suppress(ValueError, OSError):  # some systems have the constant but not the limit
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def read_bounded(data: bytes, window: Window) -> Feed:
    """Read a feed within its share of processor time, beyond which the child is killed.

    The limit counts from the start of a process, and a child reads one feed after the other.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + MOST_CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
    return read_feed(data, window, patience=patience)


@contextmanager
def patience() -> Iterator[None]:
    """Raise `TooSlow` inside once a series has taken its share of processor time.

    A rule that never matches is looked for until the year 9999, and neither library stops.
    """
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_CPU_SECONDS_A_SERIES)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow
