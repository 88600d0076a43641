"""Why a task is late or has no place, and what would help, wherever that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dayloom.bootstrap import Services
from dayloom.planning.why_not.diagnosis import Finding
from dayloom.plans.diagnoses import Knowledge
from dayloom.plans.models import DiagnosisRow, SlotRow
from dayloom.tasks.models import Task
from dayloom.web.blocks import Mark, mark
from dayloom.web.board import Board

LOOKING = "Why that is so is being looked into."
MINIMAL = "Without any one of these there would be a way:"
ALONE = "Without this there would be a way:"
TOGETHER = "These are in its way together:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the things that are in its way; another task can be opened."""

    text: str
    task_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A repair: what a press does, and what comes of it."""

    number: int
    sentence: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """What is known of one task, if it `is_known`."""

    task_id: int
    sentence: str
    is_known: bool = False
    together: str = ""
    members: Sequence[Member] = ()
    remedies: Sequence[Remedy] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A task that ends after it is due."""

    task_id: int
    title: str
    priority: Mark
    note: str
    why: WhyNot | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """That a task is late or has no place, as its details say it."""

    heading: str
    sentence: str
    why: WhyNot | None


def view_trouble(s: Services, task: Task, slots: Sequence[SlotRow]) -> Trouble | None:
    """Return what is wrong with an unfinished task that lies in `slots`, if anything is."""
    unplaced = s.placements.unplaced_of(task.id)
    late = bool(slots) and ends_late(task, max(slot.end for slot in slots))
    if unplaced is None and not late:
        return None
    row = s.diagnoses.of(task.id)
    why = view_why_not(task.id, row, s.diagnoses.knowledge(row))
    known = why.sentence if why and (late or why.is_known) else ""
    return Trouble(
        heading="Late." if late else "Not placed.",
        sentence=known or (unplaced.reason if unplaced else ""),
        why=why,
    )


def view_why_not(task_id: int, row: DiagnosisRow | None, knowledge: Knowledge) -> WhyNot | None:
    """Return what is known of a task in trouble, or that somebody looks into it."""
    if row is None:
        waits = knowledge is Knowledge.WAITING
        return WhyNot(task_id=task_id, sentence=LOOKING) if waits else None
    members = [
        Member(text=one["text"], task_id=one["id"] if one["kind"] == "task" else None)
        for one in row.members
    ]
    return WhyNot(
        task_id=task_id,
        sentence=row.sentence,
        is_known=row.finding != Finding.UNKNOWN.value,
        together=_together(len(members), minimal=row.minimal),
        members=members,
        remedies=[
            Remedy(number=number, sentence=one["sentence"], effect=one["effect"])
            for number, one in enumerate(row.repairs, start=1)
        ],
    )


def _together(count: int, *, minimal: bool) -> str:
    if not count:
        return ""
    if not minimal:
        return TOGETHER
    return ALONE if count == 1 else MINIMAL


def view_late(board: Board) -> Sequence[Late]:
    """Return the tasks that end after they are due, the most important first."""
    found = [
        Late(
            task_id=task.id,
            title=task.title,
            priority=mark(task),
            note=f"{board.words.until(task)} · ends {board.words.begin(board.ends[task.id])}",
            why=why_of(board, task.id),
        )
        for task in board.tasks.values()
        if task.id in board.ends and ends_late(task, board.ends[task.id])
    ]
    return sorted(found, key=lambda one: (-float(one.priority.number), one.task_id))


def why_of(board: Board, task_id: int) -> WhyNot | None:
    row = board.diagnoses.get(task_id)
    return view_why_not(task_id, row, Knowledge.READY if row else board.knowledge)


def ends_late(task: Task, end: datetime) -> bool:
    """Tell whether work that ends then is too late for any of the dates of a task."""
    return any(date is not None and end > date for date in (task.due, task.deadline))
