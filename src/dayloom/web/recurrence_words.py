"""Recurrence rules (RFC 5545) in words."""

from collections.abc import Mapping

from dayloom.tasks.models import Task

DAYS = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}
UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
WEEKDAYS, WEEKEND = "MO,TU,WE,TH,FR", "SA,SU"
PLACES = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}


def say_repetition(task: Task) -> str:
    """Return how the task repeats; empty if it does not."""
    if task.series is None:
        return ""
    if task.series.rrule:
        return say_rule(task.series.rrule)
    return f"{task.series.times_per_week}× a week"


def say_rule(rule: str) -> str:
    """Return a rule in words, as far as a few words can tell it."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    said = _often(parts)
    if days := parts.get("BYDAY"):
        said = _on_days(said, days)
    if dates := parts.get("BYMONTHDAY"):
        said += f" on day {dates.replace('-1', 'last')}"
    if count := parts.get("COUNT"):
        said += f", {count} times"
    return said


def _often(parts: Mapping[str, str]) -> str:
    unit = UNITS.get(parts.get("FREQ", ""), "time")
    interval = parts.get("INTERVAL", "1")
    return f"every {unit}" if interval == "1" else f"every {interval} {unit}s"


def _on_days(said: str, days: str) -> str:
    if said == "every week" and days == WEEKDAYS:
        return "every weekday"
    if said == "every week" and days == WEEKEND:
        return "every weekend"
    named = ", ".join(_day(day) for day in days.split(","))
    return f"every {named}" if said == "every week" else f"{said} on {named}"


def _day(text: str) -> str:
    place, day = text[:-2], DAYS.get(text[-2:], text)
    return f"the {PLACES.get(place, place)} {day}" if place else day
