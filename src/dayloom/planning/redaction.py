"""A problem without words: it may leave the machine, and still gives the same plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dayloom.planning.problem import Problem

UNUSED = "hours that no task has"


def redacted(problem: Problem) -> Problem:
    """Return the problem with neutral names for hour maps and windows, in the same order.

    Of tasks and events a problem holds only numbers and times.
    """
    hours, windows = _neutral("hours", problem.hours), _neutral("window", problem.windows)
    return replace(
        problem,
        tasks=tuple(
            replace(
                task,
                hours=hours[task.hours],
                preferred=tuple(replace(p, window=windows[p.window]) for p in task.preferred),
            )
            for task in problem.tasks
        ),
        hours={hours[name]: spans for name, spans in problem.hours.items()},
        windows={windows[name]: spans for name, spans in problem.windows.items()},
        caps=tuple(
            replace(
                cap,
                hours=None if cap.hours is None else hours.get(cap.hours, UNUSED),
                also=tuple(hours.get(name, UNUSED) for name in cap.also),
            )
            for cap in problem.caps
        ),
    )


def _neutral(kind: str, names: Iterable[str]) -> Mapping[str, str]:
    return {name: f"{kind} {number}" for number, name in enumerate(names, start=1)}
