"""Opening hours as a person types them: `9–12:30, 13:30–17`, `9am to 5pm`, or `closed`."""

import re
from collections.abc import Sequence

from dayloom.infra.errors import Invalid

DAY_MINUTES = 24 * 60
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?"
_SPAN = re.compile(rf"\s*{_CLOCK}\s*(?:-|–|—|to|until)\s*{_CLOCK}\s*", re.IGNORECASE)
_CLOSED = ("", "closed", "none", "off", "–", "-")


def read_hours(text: str, *, field: str) -> list[list[str]]:
    """Return the spans of one day. Raises `Invalid` for words that are no hours."""
    if text.strip().lower() in _CLOSED:
        return []
    return [_read_span(part, field) for part in re.split(r"[,;]|\band\b", text) if part.strip()]


def say_hours(spans: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{start}–{end}" for start, end in spans)


def minutes_of(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _read_span(text: str, field: str) -> list[str]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Invalid(f"“{text.strip()}” is no time span; write 09:00–17:30.", field=field)
    parts = found.groups()
    start, end = _clock(*parts[:3]), _clock(*parts[3:])
    if start is None or end is None:
        raise Invalid(f"“{text.strip()}” holds a time that no clock shows.", field=field)
    return [start, end]


def _clock(hours: str, minutes: str | None, half: str | None) -> str | None:
    """Return `HH:MM`, or None for a time that does not exist."""
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return (
        f"{hour:02d}:{minute:02d}" if hour * 60 + minute <= DAY_MINUTES and minute < 60 else None
    )
