"""Fetches a calendar from its address; what goes wrong becomes a sentence."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from dayloom.calendars.models import Calendar
from dayloom.infra.errors import Unavailable
from dayloom.infra.outbound import Fetched, fetch

LARGEST = 10 * 1024 * 1024
FETCH_WITHIN = timedelta(seconds=30)
UNCHANGED = 304

_REFUSALS = {
    401: "The server asks for a password (401). Use the calendar's secret address.",
    403: "The server does not allow it (403). Check the calendar's address.",
    404: "There is no calendar at this address (404).",
    410: "The calendar was taken away (410).",
    429: "The server asks to come less often (429).",
}


class Refused(Unavailable):
    """The server answered, but not with the calendar; `wait` is how long it asks to stay away."""

    def __init__(self, message: str, *, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.wait = wait


async def fetch_calendar(
    calendar: Calendar, *, now: datetime, allow: Collection[str] = ()
) -> Fetched:
    """Return the calendar's bytes, or status 304 where they are still the same.

    Raises `Refused` for an answer that is neither, `Invalid` or `Unavailable` for none at all.
    """
    fetched = await fetch(
        calendar.url or "",
        etag=calendar.etag,
        last_modified=calendar.last_modified,
        limit_bytes=LARGEST,
        total_timeout=FETCH_WITHIN,
        allow=allow,
    )
    if fetched.status not in (200, UNCHANGED):
        raise Refused(_sentence(fetched.status), wait=_wait(fetched.retry_after, now))
    return fetched


def _sentence(status: int) -> str:
    if status >= 500:
        return f"The server has trouble of its own ({status})."
    return _REFUSALS.get(status, f"The server answered without a calendar ({status}).")


def _wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """Return the pause that Retry-After asks for (RFC 9110 §10.2.3): seconds, or a date."""
    text = (retry_after or "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return timedelta(seconds=int(text))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(timedelta(0), until.replace(tzinfo=until.tzinfo or UTC) - now)
