"""A cheap proof that not all tasks fit: some stretch of time holds less than must lie in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dayloom.planning.grid import Range, bits, lowest, starts_of_runs
from dayloom.planning.instance import Instance
from dayloom.planning.work import Work


@dataclass(frozen=True, slots=True)
class Overload:
    """These tasks must lie within `span`, and cannot."""

    span: Range
    works: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """Where one task can lie at all."""

    index: int
    usable: int
    start: int
    end: int
    duration: int


def find_overload(instance: Instance) -> Overload | None:
    """Return the overload of the fewest tasks that this test sees, if any.

    For each stretch between the first usable step of one task and the last of another, the tasks
    that can lie nowhere else take at most the steps that any of them may use.
    """
    windows: dict[int, _Window] = {}
    done: dict[int, int] = {}  # the earliest end of each task
    for index in instance.order:
        work = instance.works[index]
        if work.fixed:
            done[index] = work.fixed[-1][1]
            continue
        ready = (done[link.index] + link.gap for link in work.before)
        start = max([work.release, *ready])
        usable = _usable(instance, work) & ~bits(0, start)
        end = _earliest_end(work, usable)
        if end is None:
            return Overload((work.release, work.deadline), tuple(_chain(instance, index)))
        done[index] = end
        windows[index] = _Window(index, usable, lowest(usable), usable.bit_length(), work.duration)
    return min(_overloads(list(windows.values())), key=lambda one: len(one.works), default=None)


def _usable(instance: Instance, work: Work) -> int:
    clear = starts_of_runs(instance.room, instance.buffer + 1)
    return instance.open[work.hours] & clear & bits(work.release, work.deadline)


def _earliest_end(work: Work, usable: int) -> int | None:
    """Return a step before which the task is not done, or None if it does not fit at all."""
    if usable.bit_count() < work.duration or not (runs := starts_of_runs(usable, work.smallest)):
        return None
    if work.min_chunk < work.duration:
        return lowest(usable) + work.duration
    return lowest(runs) + work.duration


def _chain(instance: Instance, index: int) -> list[int]:
    """Return a task and all that it waits for."""
    found = [index]
    for one in found:
        found += [link.index for link in instance.works[one].before if link.index not in found]
    return found


def _overloads(windows: list[_Window]) -> Iterator[Overload]:
    """Yield the first overload from each start."""
    by_end = sorted(windows, key=lambda window: (window.end, window.index))
    for start in sorted({window.start for window in windows}):
        inside: list[int] = []
        free = needed = 0
        for window in by_end:
            if window.start < start:
                continue
            inside.append(window.index)
            free |= window.usable
            needed += window.duration
            if needed > free.bit_count():
                yield Overload((start, window.end), tuple(inside))
                break
