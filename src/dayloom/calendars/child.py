"""The child that reads feeds, with a limit on memory and time: they come from strangers."""

import resource

from dayloom.calendars.reading.feed import read_feed
from dayloom.calendars.reading.values import Feed, Window

MOST_MEMORY = 768 * 1024 * 1024
MOST_CPU_SECONDS = 10


def limit_memory() -> None:
    """Run first in the child: from then on it cannot grow beyond the limit."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def read_bounded(data: bytes, window: Window) -> Feed:
    """Read a feed within its share of processor time, beyond which the child is killed."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + MOST_CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
    return read_feed(data, window)
