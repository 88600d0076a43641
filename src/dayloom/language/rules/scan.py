"""One pass over a line: at each place the longest phrase that a rule can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from dayloom.language.draft import Span
from dayloom.language.rules.chunks import Split, read_split
from dayloom.language.rules.dependencies import Predecessors, read_dependencies
from dayloom.language.rules.durations import Effort, read_effort
from dayloom.language.rules.hour_maps import read_hour_map
from dayloom.language.rules.mentions import Mention, read_mention
from dayloom.language.rules.priority import Importance, read_importance
from dayloom.language.rules.recurrence import read_repetition, read_times_per_week
from dayloom.language.rules.repetition import Repetition
from dayloom.language.rules.tags import read_project, read_tag
from dayloom.language.rules.tokens import Found, Line


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class HourMapName:
    """An hour map by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Habit:
    """So many times a week."""

    times: int


Meaning: TypeAlias = (
    Mention
    | Effort
    | Repetition
    | Habit
    | Importance
    | Tag
    | Project
    | HourMapName
    | Predecessors
    | Split
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens `[start, end)` of a line and what they mean."""

    value: Meaning
    start: int
    end: int
    span: Span
    guess: bool


def phrase_of(line: Line, at: int, found: Found[Meaning]) -> Phrase:
    """Return what was found at `at` with its place."""
    return Phrase(found.value, at, found.end, line.span(at, found.end), found.guess)


def scan(line: Line) -> list[Phrase]:
    """Return the phrases of a line from left to right; they do not overlap."""
    phrases: list[Phrase] = []
    at = 0
    while at < len(line.tokens):
        found = _longest(line, at) if line.words[at] else None
        if found is None:
            at += 1
            continue
        phrases.append(phrase_of(line, at, found))
        at = found.end
    return phrases


def _longest(line: Line, at: int) -> Found[Meaning] | None:
    """Return the longest reading at `at`; of two as long, the more particular one."""
    best: Found[Meaning] | None = None
    for found in _readings(line, at):
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _readings(line: Line, at: int) -> Iterator[Found[Meaning] | None]:
    yield read_dependencies(line, at)
    yield read_split(line, at)
    times = read_times_per_week(line, at)
    yield Found(Habit(times.value), times.end) if times else None
    yield read_repetition(line, at)
    hours = read_hour_map(line, at)
    yield Found(HourMapName(hours.value), hours.end) if hours else None
    tag = read_tag(line, at)
    yield Found(Tag(tag.value), tag.end) if tag else None
    project = read_project(line, at)
    yield Found(Project(project.value), project.end) if project else None
    yield read_mention(line, at)
    effort = read_effort(line, at)
    yield effort if effort and line.fresh(at) and line.closed(effort.end) else None
    yield read_importance(line, at)
