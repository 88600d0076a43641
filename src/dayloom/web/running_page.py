"""The task that is worked on, as it is shown on every page."""

from dataclasses import dataclass
from datetime import datetime

from dayloom.bootstrap import Services
from dayloom.tasks.extending import forgotten_since
from dayloom.tasks.models import Task
from dayloom.tasks.remaining import worked_time
from dayloom.web.words import Words, duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """A clock that runs suspiciously long; `at` and `time` are when its estimate was used up."""

    worked: str
    at: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What the person works on; `since` is when its clock would have begun at zero."""

    task_id: int
    title: str
    since: int
    clock: str
    estimate: str
    share: float
    forgotten: Forgotten | None


def find_running(s: Services) -> Running | None:
    task = s.tracking.running()
    return view_running(task, Words.of(s.preferences.require(), s.now)) if task else None


def view_running(task: Task, words: Words) -> Running:
    worked = worked_time(task, words.now)
    seconds = int(worked.total_seconds())
    since = forgotten_since(task, words.now)
    return Running(
        task_id=task.id,
        title=task.title,
        since=int((words.now - worked).timestamp() * 1000),
        clock=f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}",
        estimate=duration(task.duration),
        share=round(min(100.0, 100 * (worked / task.duration)), 1),
        forgotten=_forgotten(task, since, words) if since else None,
    )


def _forgotten(task: Task, since: datetime, words: Words) -> Forgotten:
    return Forgotten(
        worked=duration(worked_time(task, words.now)),
        at=since.isoformat(),
        time=words.begin(since),
    )
