"""From the phrases of a line to its draft: which are used, and what they fill."""

from dataclasses import dataclass, replace
from datetime import timedelta

from dayloom.language.context import ReadingContext
from dayloom.language.draft import Reading, TaskDraft
from dayloom.language.rules.chunks import Split
from dayloom.language.rules.dependencies import Predecessors
from dayloom.language.rules.durations import Effort
from dayloom.language.rules.fallback import read_fallback
from dayloom.language.rules.neighbours import settle_neighbours
from dayloom.language.rules.phrases import word_set
from dayloom.language.rules.priority import Importance
from dayloom.language.rules.said import Schedule
from dayloom.language.rules.scan import HourMapName, Phrase, Project, Tag, scan
from dayloom.language.rules.schedule import arrange
from dayloom.language.rules.sources import with_sources
from dayloom.language.rules.title import clean_title
from dayloom.language.rules.tokens import Line, build_line

_PLANNING_VERBS = word_set(
    "plan review prepare organise organize schedule discuss outline replan draft prep"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """The phrases that are used, one of each kind but tags and dependencies."""

    effort: Phrase | None
    importance: Phrase | None
    other_importances: tuple[Phrase, ...]
    hour_map: Phrase | None
    project: Phrase | None
    splits: tuple[Phrase, ...]
    tags: tuple[Phrase, ...]
    after: tuple[Phrase, ...]

    @property
    def used(self) -> list[Phrase]:
        single = (self.effort, self.importance, self.hour_map, self.project)
        several = (*self.other_importances, *self.splits, *self.tags, *self.after)
        return [phrase for phrase in (*single, *several) if phrase]


def read_from(source: str, context: ReadingContext, *, begin: int) -> TaskDraft:
    """Return the draft of a line, whose first `begin` characters are only its bullet."""
    line = build_line(source, context, begin=begin)
    phrases = settle_neighbours(line, scan(line))
    schedule = arrange(line, phrases)
    if not schedule.dated:
        fallback = read_fallback(line, phrases)
        schedule = arrange(line, [*phrases, fallback]) if fallback else schedule
    schedule = _without_object(line, phrases, schedule)
    return _drafted(line, begin, _sort(phrases), schedule)


def _without_object(line: Line, phrases: list[Phrase], schedule: Schedule) -> Schedule:
    """Give "next week" back to the title of "Plan next week": it is what is planned."""
    first = line.words[0] if line.words else ""
    objects = [p for p in schedule.used if p.start == 1 and first in _PLANNING_VERBS]
    bare = [p for p in objects if line.word(p.start) not in ("by", "on", "due", "before", "for")]
    left = len(line.tokens) - sum(p.end - p.start for p in phrases)
    if not bare or left > 1:
        return schedule
    return arrange(line, [phrase for phrase in phrases if phrase not in bare])


def _sort(phrases: list[Phrase]) -> _Sorted:
    return _Sorted(
        effort=_best_effort(phrases),
        importance=_best_importance(phrases),
        other_importances=tuple(
            p for p in phrases if isinstance(p.value, Importance) and not p.guess
        ),
        hour_map=_last(phrases, HourMapName),
        project=_last(phrases, Project),
        splits=tuple(p for p in phrases if isinstance(p.value, Split)),
        tags=tuple(p for p in phrases if isinstance(p.value, Tag)),
        after=tuple(p for p in phrases if isinstance(p.value, Predecessors)),
    )


def _last(phrases: list[Phrase], kind: type) -> Phrase | None:
    return next((p for p in reversed(phrases) if isinstance(p.value, kind)), None)


def _best_effort(phrases: list[Phrase]) -> Phrase | None:
    """Return the last duration that says it is one, else the last that is no guess."""
    efforts = [p for p in phrases if isinstance(p.value, Effort)]
    stated = [p for p in efforts if isinstance(p.value, Effort) and p.value.stated]
    sure = [p for p in efforts if not p.guess]
    return next(reversed(stated or sure or efforts), None)


def _best_importance(phrases: list[Phrase]) -> Phrase | None:
    """Return the last priority that is a number, else the last that is no guess."""
    found = [p for p in phrases if isinstance(p.value, Importance)]
    exact = [p for p in found if isinstance(p.value, Importance) and p.value.exact]
    return next(reversed(exact or [p for p in found if not p.guess] or found), None)


def _drafted(line: Line, begin: int, found: _Sorted, schedule: Schedule) -> TaskDraft:
    duration = _duration(found, schedule)
    smallest, largest = _limits(found.splits, duration)
    eaten = [p for p in (*found.used, *schedule.used) if not _is_kept(p)]
    if smallest is None and largest is None:
        eaten = [p for p in eaten if p not in found.splits]
    draft = TaskDraft(
        source=line.source,
        title=clean_title(line.source, begin, [p.span for p in eaten]) or "Untitled",
        duration=duration,
        start=schedule.start,
        release=schedule.release,
        due=schedule.due,
        deadline=schedule.deadline,
        times_of_day=schedule.times_of_day,
        priority=_priority(found.importance),
        project=_project(found.project),
        tags=_tags(found.tags),
        hour_map=_hour_map(found.hour_map),
        rrule=schedule.rrule,
        times_per_week=schedule.times_per_week,
        after=tuple(
            Reading(value=dependency, span=p.span, guess=p.guess)
            for p in found.after
            if isinstance(p.value, Predecessors)
            for dependency in p.value.dependencies
        ),
        min_chunk=smallest,
        max_chunk=largest,
    )
    return with_sources(draft, eaten)


def _duration(found: _Sorted, schedule: Schedule) -> Reading[timedelta] | None:
    if found.effort and isinstance(found.effort.value, Effort):
        effort = found.effort
        return Reading(value=found.effort.value.duration, span=effort.span, guess=effort.guess)
    return schedule.duration


def _limits(
    splits: tuple[Phrase, ...], duration: Reading[timedelta] | None
) -> tuple[Reading[timedelta] | None, Reading[timedelta] | None]:
    """Return the narrowest limits that were given; of two that exclude each other, the last."""
    smallest: Reading[timedelta] | None = None
    largest: Reading[timedelta] | None = None
    for phrase in splits:
        if isinstance(phrase.value, Split):
            low, high = phrase.value.limits(duration.value if duration else None)
            if low and (smallest is None or low > smallest.value):
                smallest = _limit(low, phrase)
            if high and (largest is None or high < largest.value):
                largest = _limit(high, phrase)
    if smallest and largest and smallest.value > largest.value:
        return _limits(splits[-1:], duration)
    return smallest, largest


def _limit(length: timedelta, phrase: Phrase) -> Reading[timedelta]:
    return Reading(value=length, span=phrase.span, guess=phrase.guess)


def _priority(phrase: Phrase | None) -> Reading[float] | None:
    if phrase is None or not isinstance(phrase.value, Importance):
        return None
    return Reading(value=phrase.value.value, span=phrase.span, guess=phrase.guess)


def _hour_map(phrase: Phrase | None) -> Reading[str] | None:
    if phrase is None or not isinstance(phrase.value, HourMapName):
        return None
    return Reading(value=phrase.value.name, span=phrase.span)


def _project(phrase: Phrase | None) -> Reading[str] | None:
    if phrase is None or not isinstance(phrase.value, Project):
        return None
    return Reading(value=phrase.value.name, span=phrase.span)


def _tags(phrases: tuple[Phrase, ...]) -> tuple[Reading[str], ...]:
    """Return each tag once, with all the places where it stands."""
    tags: dict[str, Reading[str]] = {}
    for phrase in phrases:
        if not isinstance(phrase.value, Tag):
            continue
        name = phrase.value.name
        first = tags.get(name.casefold())
        again = replace(first, also=(*first.also, phrase.span)) if first else None
        tags[name.casefold()] = again or Reading(value=name, span=phrase.span)
    return tuple(tags.values())


def _is_kept(phrase: Phrase) -> bool:
    return bool(getattr(phrase.value, "kept", False))
