"""What can stand in the way of a task: other tasks, events, and rules; and the problem without."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from dayloom.planning.problem import GRID, SHORTEST, Problem, Task

ALWAYS = "\0always"  # an hour map that never closes; no hour map of a person has this name


class Rule(StrEnum):
    """A rule that may be part of a conflict. The codes are stable: the REST interface shows them.

    All but the pauses and the daily limit are rules of the task itself.
    """

    DEADLINE = "deadline"  # it must be done by its deadline, or was to be done by its due date
    HOURS = "hours"
    RELEASE = "release"
    ONE_PIECE = "one_piece"  # it may not be cut further; without that, into up to eight pieces
    BUFFER = "buffer"
    EVENT_BUFFER = "event_buffer"
    DAILY_CAP = "daily_cap"


@dataclass(frozen=True, slots=True)
class TaskMember:
    """Another task, which has to keep what it has: its deadline, its due date, its pins."""

    task_id: int


@dataclass(frozen=True, slots=True)
class EventMember:
    event_id: int


@dataclass(frozen=True, slots=True)
class RuleMember:
    rule: Rule


@dataclass(frozen=True, slots=True)
class WaitMember:
    """The task starts only after that one, and a gap."""

    task_id: int


Member = TaskMember | EventMember | RuleMember | WaitMember


def members_of(problem: Problem, subject: Task) -> tuple[Member, ...]:
    """Return everything that may stand in the way of `subject`, what is told first before."""
    others = sorted((task for task in problem.tasks if task.id != subject.id), key=_tightness)
    events = sorted(problem.busy, key=lambda event: (event.interval, event.event_id))
    return (
        *(RuleMember(rule) for rule in _own_rules(subject)),
        *dict.fromkeys(EventMember(event.event_id) for event in events),
        *(TaskMember(task.id) for task in others),
        *(WaitMember(link.task_id) for link in subject.after),
        *(RuleMember(rule) for rule in _shared_rules(problem)),
    )


def without(problem: Problem, subject_id: int, gone: Collection[Member]) -> Problem:
    """Return the problem in which none of `gone` stands in the way of the task any more.

    A task is left out and nothing waits for it; an event takes no time; a rule does not hold.
    """
    tasks = {member.task_id for member in gone if isinstance(member, TaskMember)}
    events = {member.event_id for member in gone if isinstance(member, EventMember)}
    rules = {member.rule for member in gone if isinstance(member, RuleMember)}
    waits = {member.task_id for member in gone if isinstance(member, WaitMember)}
    kept = (_unlinked(task, tasks) for task in problem.tasks if task.id not in tasks)
    free = Rule.HOURS in rules
    return replace(
        problem,
        tasks=tuple(
            _freed(task, rules, waits) if task.id == subject_id else task for task in kept
        ),
        busy=tuple(event for event in problem.busy if event.event_id not in events),
        hours={**problem.hours, ALWAYS: (problem.horizon,)} if free else problem.hours,
        caps=() if Rule.DAILY_CAP in rules else problem.caps,
        buffer=timedelta(0) if Rule.BUFFER in rules else problem.buffer,
        event_buffer=timedelta(0) if Rule.EVENT_BUFFER in rules else problem.event_buffer,
        previous=(),
    )


def _own_rules(subject: Task) -> Iterator[Rule]:
    if subject.deadline is not None:
        yield Rule.DEADLINE
    yield Rule.HOURS
    if subject.release is not None:
        yield Rule.RELEASE
    if subject.duration > SHORTEST:
        yield Rule.ONE_PIECE


def _shared_rules(problem: Problem) -> Iterator[Rule]:
    if problem.buffer:
        yield Rule.BUFFER
    if problem.event_buffer:
        yield Rule.EVENT_BUFFER
    if problem.caps:
        yield Rule.DAILY_CAP


def _tightness(task: Task) -> tuple[bool, bool, float, int]:
    """Order tasks by how little choice they have: pins, then deadlines, then the rest."""
    return (
        not task.pinned,
        task.deadline is None,
        task.deadline.timestamp() if task.deadline else 0,
        task.id,
    )


def _unlinked(task: Task, gone: Collection[int]) -> Task:
    if not any(link.task_id in gone for link in task.after):
        return task
    return replace(task, after=tuple(link for link in task.after if link.task_id not in gone))


def _freed(task: Task, rules: Collection[Rule], waits: Collection[int]) -> Task:
    cut = Rule.ONE_PIECE in rules
    return replace(
        task,
        deadline=None if Rule.DEADLINE in rules else task.deadline,
        release=None if Rule.RELEASE in rules else task.release,
        hours=ALWAYS if Rule.HOURS in rules else task.hours,
        min_chunk=_eighth(task) if cut else task.min_chunk,
        max_chunk=task.duration if cut else task.max_chunk,
        after=tuple(link for link in task.after if link.task_id not in waits),
    )


def _eighth(task: Task) -> timedelta:
    """Return an eighth of its length, on the grid, or its smallest piece if that is less."""
    eighth = -(-task.duration // (8 * GRID)) * GRID
    return min(eighth, task.min_chunk or task.duration)
