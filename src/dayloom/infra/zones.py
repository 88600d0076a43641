"""The names of time zones."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all zones. They are looked up once: that opens some 600 files."""
    return frozenset(available_timezones())
