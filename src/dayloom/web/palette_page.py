"""What the palette finds for a few words: tasks and what to do with them, orders, pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dayloom.bootstrap import Services
from dayloom.infra.errors import DayloomError
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.chips import view_previews
from dayloom.web.task_row import FINISHED, slots_of
from dayloom.web.words import Words, duration, quoted

MOST_TASKS, MOST_OTHERS = 8, 6
LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line: a link to `url`, or with `values` a press that posts them; `key` does the same."""

    label: str
    url: str
    detail: str = ""
    key: str = ""
    task: bool = False
    values: Mapping[str, object] | None = None
    opens: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Lines under a heading."""

    heading: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Verb:
    """An order about a task: what it is called, what is posted, and to which tasks it applies."""

    label: str
    url: str
    words: tuple[str, ...]
    values: Mapping[str, object] = field(default_factory=dict)
    fits: Callable[[Task], bool] = lambda task: task.status not in FINISHED
    of_running: bool = False


VERBS = (
    Verb("Start", "/tasks/{}/start", ("start", "begin", "work")),
    Verb(
        "Stop",
        "/tasks/{}/stop",
        ("stop", "pause"),
        fits=lambda task: task.status is TaskStatus.STARTED,
        of_running=True,
    ),
    Verb(
        "Finish", "/tasks/{}/completion", ("done", "finish", "complete", "tick"), of_running=True
    ),
    Verb(
        "15 minutes more for",
        "/tasks/{}/extension",
        ("extend", "more", "longer"),
        fits=lambda task: task.status is TaskStatus.STARTED,
        of_running=True,
    ),
    Verb("Delete", "/tasks/{}/deletion", ("delete", "remove"), fits=bool),
    Verb(
        "Open again", "/tasks/{}/reopening", ("reopen",), fits=lambda task: task.status in FINISHED
    ),
    Verb("Not before tomorrow:", "/tasks/selection", ("tomorrow", "later"), {"later": "tomorrow"}),
    Verb("Not before next week:", "/tasks/selection", ("next", "week"), {"later": "next-week"}),
)
ORDERS = (
    Item(label="Plan again", url="/plan/request", key="R", values={}, detail="replan optimize"),
    Item(label="Catch up on what is overdue", url="/plan/catch-up", values={}),
    Item(label="Undo the last change", url="/changes/undo", key="Z", values={}),
    Item(label="Reprioritize all tasks", url="/tasks/prioritization", values={}, detail="rank"),
    Item(label="Keyboard shortcuts", url="/#keys", key="?", opens="keys-dialog", detail="help"),
    Item(label="Light theme", url="/settings/theme", values={"theme": "light"}),
    Item(label="Dark theme", url="/settings/theme", values={"theme": "dark"}),
    Item(label="Theme like the system", url="/settings/theme", values={"theme": ""}),
)
PAGES = (
    Item(label="Today", url="/", key="G T"),
    Item(label="Week", url="/week", key="G W"),
    Item(label="Three days", url="/week?days=3", detail="week view"),
    Item(label="One day", url="/week?days=1", detail="day view"),
    Item(label="Tasks", url="/tasks", key="G L"),
    Item(label="Chat", url="/chat", key="G C", detail="ask assistant"),
    Item(label="What if", url="/what-if", detail="scenarios suppose"),
    Item(label="History", url="/history", key="G H", detail="days past planned worked"),
    Item(label="Insights", url="/insights", key="G I", detail="numbers charts estimates"),
    Item(label="Changes", url="/changes", detail="undo history journal"),
    Item(label="Earlier plans", url="/plan/history", detail="versions history"),
    Item(label="How the plan was made", url="/plan/certificate", detail="certificate proof"),
    Item(label="Settings", url="/settings", key="G S", detail="preferences"),
    Item(label="Working hours", url="/settings#hours", detail="settings week"),
    Item(label="Calendars", url="/settings#calendars", detail="settings ics import"),
    Item(label="Rules in plain words", url="/settings#rules", detail="settings context"),
    Item(label="Language model", url="/settings#model", detail="settings key openrouter ollama"),
    Item(label="Inference log", url="/inferences", detail="calls model cost"),
)


def find(s: Services, text: str) -> Sequence[Found]:
    """Return what fits, the likeliest first; to add a task is always possible."""
    wanted = text.casefold().split()
    words = Words.of(s.preferences.require(), s.now)
    orders = Found(heading="Do", items=_fitting(ORDERS, wanted))
    pages = Found(heading="Go to", items=_fitting([*PAGES, *_views(s)], wanted))
    if not wanted:
        return [found for found in (_acts_on_running(s), pages, orders) if found.items]
    tasks = Found(heading="Tasks", items=_tasks(s, wanted, words))
    ordered = Found(heading="Do", items=[*_ordered(s, wanted), *orders.items])
    added = Found(heading="Add", items=[_added(s, text, words)])
    return [found for found in (ordered, pages, tasks, added) if found.items]


def _fitting(items: Iterable[Item], wanted: Sequence[str]) -> Sequence[Item]:
    ranked = [(rank, item) for item in items if (rank := _rank(wanted, item)) is not None]
    items = [item for _, item in sorted(ranked, key=lambda one: one[0])]
    return items[:MOST_OTHERS] if wanted else items


def _rank(wanted: Sequence[str], item: Item) -> int | None:
    """Return how far down an item stands, None where a word is not found at all."""
    label = item.label.casefold()
    said = [*label.split(), *item.detail.casefold().split()]
    if not all(any(one.startswith(word) for one in said) for word in wanted):
        return None
    return 0 if label.startswith(" ".join(wanted)) else 1


def _views(s: Services) -> Sequence[Item]:
    return [
        Item(label=view.name, url=f"/tasks?{view.query}", detail="view") for view in s.views.all()
    ]


def _acts_on_running(s: Services) -> Found:
    task = s.tracking.running()
    chosen = [verb for verb in VERBS if verb.of_running] if task else []
    return Found(heading="Running now", items=[_order(verb, task) for verb in chosen if task])


def _ordered(s: Services, wanted: Sequence[str]) -> Sequence[Item]:
    """Return orders such as “start report”, for the tasks that the rest of the words name."""
    first, rest = wanted[0], wanted[1:]
    verbs = [verb for verb in VERBS if first in verb.words]
    rest = [word for word in rest if not any(word in verb.words for verb in verbs)]
    if not verbs or not rest:
        return []
    tasks = s.tasks.search(rest, limit=MOST_OTHERS)
    return [_order(verb, task) for verb in verbs for task in tasks if verb.fits(task)][
        :MOST_OTHERS
    ]


def _order(verb: Verb, task: Task) -> Item:
    values = {**verb.values, "task": task.id} if verb.values else {}
    return Item(
        label=f"{verb.label} {quoted(task.title)}", url=verb.url.format(task.id), values=values
    )


def _tasks(s: Services, wanted: Sequence[str], words: Words) -> Sequence[Item]:
    found = s.tasks.search(wanted, limit=MOST_TASKS)
    slots = slots_of(s, [task for task in found if task.status not in FINISHED])
    return [
        Item(
            label=task.title,
            url=f"/tasks/{task.id}",
            detail=_state(
                task, words, words.begin(own[0].start) if (own := slots.get(task.id)) else ""
            ),
            task=True,
        )
        for task in found
    ]


def _state(task: Task, words: Words, place: str) -> str:
    if task.status is TaskStatus.COMPLETED:
        return "done"
    if task.status is TaskStatus.STARTED:
        return "running"
    return " · ".join(filter(None, [place, duration(task.duration), words.until(task)]))


def _added(s: Services, text: str, words: Words) -> Item:
    """Return the line that adds a task, with what would be understood of it."""
    try:
        (line, *_) = view_previews(s.capture.preview(text), words)
    except (DayloomError, ValueError):
        return Item(label=f"Add {quoted(text)}", url="/tasks", values={"text": text})
    said = [f"{chip.label} {chip.value}".lower() for chip in line.chips]
    detail = " · ".join([*said, *([f"→ {line.place}"] if line.place else [])])
    return Item(label=f"Add {quoted(text)}", url="/tasks", detail=detail, values={"text": text})
