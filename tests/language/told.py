"""Drafts told in plain values, so that tables of cases can say what they expect."""

import json
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.language import ReadingContext, TaskDraft
from dayloom.language.draft import Dependency, Reading, Span, TimeOfDay

CASES = Path(__file__).parent / "cases"
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
MAPS = ("Work", "Personal", "Deep work")
_BRIEF_NAMES = {"times_of_day": "part", "hour_map": "hours", "times_per_week": "weekly"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A draft in plain values: what each field holds, what it was read from, and the guesses."""

    title: str
    expect: dict[str, Any]
    read: dict[str, str]
    guess: list[str]


def context(
    now: datetime = WEDNESDAY,
    *,
    order: str = "dmy",
    week_start: int = 0,
    tags: tuple[str, ...] = (),
    hour_maps: tuple[str, ...] = MAPS,
) -> ReadingContext:
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    return ReadingContext(
        now=now,
        zone=zone,
        week_start=week_start,
        date_order=order,
        hour_maps=hour_maps,
        tags=tags,
    )


def context_of(case: dict[str, Any]) -> ReadingContext:
    """Return the context that a case names, else Wednesday morning in Berlin."""
    zone = ZoneInfo(case.get("zone", "Europe/Berlin"))
    now = datetime.fromisoformat(case.get("now", "2026-11-25T10:00")).replace(tzinfo=zone)
    return context(now, order=case.get("order", "dmy"), week_start=case.get("week_start", 0))


def load(name: str) -> list[dict[str, Any]]:
    """Return the cases of a file; the line that is its header has no text."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if "text" in case]


@dataclass(frozen=True, slots=True)
class EverydayCase:
    """One line of `people.txt`."""

    text: str
    title: str
    fields: dict[str, str]


def everyday_cases() -> list[EverydayCase]:
    lines = (CASES / "people.txt").read_text(encoding="utf-8").splitlines()
    return [_everyday(line) for line in lines if line and not line.startswith("# ")]


def _everyday(line: str) -> EverydayCase:
    text, _, expected = line.partition(" => ")
    title, _, fields = expected.partition(" | ")
    return EverydayCase(
        text, title, dict(field.split(" ", 1) for field in fields.split(", ") if field)
    )


def tell(draft: TaskDraft) -> Told:
    told: dict[str, Any] = {}
    source: dict[str, str] = {}
    guesses: list[str] = []
    for name, readings in readings_of(draft).items():
        told[name] = " & ".join(map(_plain, readings))
        source[name] = " & ".join(_typed(draft.source, reading) for reading in readings)
        if any(reading.guess for reading in readings):
            guesses.append(name)
    return Told(title=draft.title, expect=told, read=source, guess=guesses)


def brief(draft: TaskDraft) -> dict[str, str]:
    """Return the fields as `people.txt` writes them: whole days as dates, guesses with "?"."""
    told: dict[str, str] = {}
    for name, readings in readings_of(draft).items():
        values = " & ".join(_brief(name, reading.value) for reading in readings)
        doubt = "?" if any(reading.guess for reading in readings) else ""
        told[_BRIEF_NAMES.get(name, name)] = values + doubt
    if "release" in told and told["release"] == told.get("due"):
        told["on"] = told.pop("release")
        del told["due"]
    return told


def _brief(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        ends = name in ("due", "deadline")
        whole = (value.hour, value.minute) == (0, 0) and name != "start"
        day = value.date() - timedelta(days=1) if whole and ends else value.date()
        date_ = f"{day:%m-%d}" if day.year == WEDNESDAY.year else f"{day}"
        return date_ if whole else f"{date_} {value:%H:%M}"
    if isinstance(value, TimeOfDay):
        return value.name
    if isinstance(value, float):
        return f"{value:g}"
    return _plain(Reading(value=value, span=Span(0, 1)))


def readings_of(draft: TaskDraft) -> dict[str, tuple[Reading[Any], ...]]:
    """Return the fields that were read, each with its readings."""
    found: dict[str, tuple[Reading[Any], ...]] = {}
    for item in fields(draft):
        value = getattr(draft, item.name)
        readings = value if isinstance(value, tuple) else (value,)
        kept = tuple(reading for reading in readings if isinstance(reading, Reading))
        if kept:
            found[item.name] = kept
    return found


def _typed(source: str, reading: Reading[Any]) -> str:
    return source[reading.span.start : reading.span.end]


def _plain(reading: Reading[Any]) -> str:
    value = reading.value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, timedelta):
        return _clock(value)
    if isinstance(value, TimeOfDay):
        return f"{value.name} {value.start:%H:%M}-{value.end:%H:%M}"
    if isinstance(value, Dependency):
        return f"#{value.task_id}" + (f"+{_clock(value.gap)}" if value.gap else "")
    return str(value)


def _clock(duration: timedelta) -> str:
    minutes = int(duration.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
