"""What the list of tasks shows: narrowed, in groups, a part at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dayloom.bootstrap import Services
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.blocks import is_late
from dayloom.web.task_groups import Grouped, Slots, group_tasks, place_of
from dayloom.web.task_query import Group, Only, Query, Show
from dayloom.web.task_row import Row, row_of, slots_of
from dayloom.web.today_page import EXAMPLE
from dayloom.web.words import Words, band

BACK = timedelta(days=60)
PART = 100
MOST_MISSED = 1000
EMPTY = {
    Show.OPEN: "Nothing to do.",
    Show.DONE: "Nothing was finished in the last 60 days.",
    Show.MISSED: "Nothing was missed: no occurrence of a recurring task was left open.",
}
ONLY = {
    Only.ANY: "All",
    Only.UNPLACED: "Not placed",
    Only.LATE: "Late",
    Only.DATED: "With a date",
    Only.PINNED: "Pinned",
    Only.URGENT: "Priority 7 and above",
    Only.REPEATED: "Repeating",
}
GROUPS = {
    Group.DAY: "Planned day",
    Group.DUE: "Due date",
    Group.PROJECT: "Project",
    Group.TAG: "Tag",
    Group.HOURS: "Hours",
    Group.ENERGY: "Time of day",
    Group.PRIORITY: "Priority",
    Group.NONE: "Nothing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tab or a tag: where it leads, and whether it is chosen."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(Link):
    """A view that was kept."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a selection."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows under a heading, which is empty where an earlier part of the list has said it."""

    heading: str
    count: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """One part of the list; `more` leads to the next one, `start` is the first row of this one.

    `empty` is said where no row is, and `example` is a task to begin with where no task is open.
    """

    query: Query
    start: int
    total: int
    tabs: Sequence[Link]
    saved: Sequence[Saved]
    savable: bool
    tags: Sequence[Link]
    only: Sequence[Choice]
    groups: Sequence[Choice]
    sections: Sequence[Section]
    more: int
    empty: str
    example: str


def view_list(s: Services, query: Query, *, start: int = 0) -> ListView:
    words = Words.of(s.preferences.require(), s.now)
    every = _tasks(s, query.show)
    narrowed = [task for task in every if _matches(task, query)]
    slots = slots_of(s, narrowed) if _is_open(query) else {}
    found = [task for task in narrowed if _has_state(task, slots, query.only)]
    later = _later(found, slots) if _is_open(query) else {task.id: 0 for task in found}
    listed = [task for task in found if task.id in later]
    grouped = group_tasks(listed, slots, words, show=query.show, by=query.group)
    before = grouped[start - 1].heading if 0 < start <= len(grouped) else None
    saved = _saved(s, query)
    part = grouped[start : start + PART]
    return ListView(
        query=query,
        start=start,
        total=len(grouped),
        tabs=_tabs(query),
        saved=saved,
        savable=bool(query.text_form) and not any(one.chosen for one in saved),
        tags=_tag_links(every, query),
        only=_choices(ONLY, query.only),
        groups=_choices(GROUPS, query.group),
        sections=_sections(part, slots, words, later=later, before=before),
        more=start + PART if len(grouped) > start + PART else 0,
        empty="No task fits this search." if every else EMPTY[query.show],
        example="" if every or start or not _is_open(query) else EXAMPLE,
    )


def _is_open(query: Query) -> bool:
    return query.show is Show.OPEN


def _tasks(s: Services, show: Show) -> Sequence[Task]:
    if show is Show.OPEN:
        return s.tasks.unfinished()
    if show is Show.MISSED:
        return s.tasks.page(statuses=(TaskStatus.MISSED,), limit=MOST_MISSED)
    return s.tasks.finished_since(s.now - BACK)


def _matches(task: Task, query: Query) -> bool:
    if query.tag and query.tag not in task.tags:
        return False
    wanted = query.text.casefold().split()
    said = f"{task.title}\n{task.notes}\n{task.project}\n{' '.join(task.tags)}".casefold()
    return all(word in said for word in wanted)


def _has_state(task: Task, slots: Slots, only: Only) -> bool:
    own = slots.get(task.id, ())
    return {
        Only.ANY: True,
        Only.UNPLACED: not own and task.status is TaskStatus.OPEN,
        Only.LATE: bool(own) and is_late(task, own[-1].end),
        Only.DATED: bool(task.due or task.deadline),
        Only.PINNED: bool(task.pins),
        Only.URGENT: band(task.priority) == "hi",
        Only.REPEATED: task.series_id is not None,
    }[only]


def _later(tasks: Sequence[Task], slots: Slots) -> Mapping[int, int]:
    """Return the tasks, and of each series only the first, with how many of it follow."""
    firsts: dict[object, int] = {}
    found: dict[int, int] = {}
    for task in sorted(tasks, key=lambda one: place_of(one, slots)):
        key = ("series", task.series_id) if task.series_id else task.id
        first = firsts.setdefault(key, task.id)
        found[first] = found[first] + 1 if first in found else 0
    return found


def _sections(
    part: Sequence[Grouped],
    slots: Slots,
    words: Words,
    *,
    later: Mapping[int, int],
    before: str | None,
) -> Sequence[Section]:
    sections: list[Section] = []
    for heading, members in _by_heading(part):
        rows = [
            row_of(
                one.task,
                slots.get(one.task.id, ()),
                words,
                later=later[one.task.id],
                dated=not one.of_day,
            )
            for one in members
        ]
        said = "" if heading == before else heading
        sections.append(Section(heading=said, count=members[0].count, rows=rows))
    return sections


def _by_heading(part: Sequence[Grouped]) -> Iterable[tuple[str, list[Grouped]]]:
    found: dict[str, list[Grouped]] = {}
    for one in part:
        found.setdefault(one.heading, []).append(one)
    return found.items()


def _tabs(query: Query) -> Sequence[Link]:
    return [
        Link(
            label=one.value.capitalize(),
            url=query.but(show=one, tag="").url,
            chosen=one is query.show,
        )
        for one in Show
    ]


def _saved(s: Services, query: Query) -> Sequence[Saved]:
    found: list[Saved] = []
    for view in s.views.all():
        kept = Query.parse(view.query)
        found.append(Saved(id=view.id, label=view.name, url=kept.url, chosen=kept == query))
    return found


def _tag_links(tasks: Iterable[Task], query: Query) -> Sequence[Link]:
    tags = sorted({tag for task in tasks for tag in task.tags} | ({query.tag} - {""}))
    return [
        Link(
            label=f"#{tag}",
            url=query.but(tag="" if tag == query.tag else tag).url,
            chosen=tag == query.tag,
        )
        for tag in tags
    ]


def _choices(labels: Mapping[Only, str] | Mapping[Group, str], chosen: str) -> Sequence[Choice]:
    return [
        Choice(value=one.value, label=label, chosen=one.value == chosen)
        for one, label in labels.items()
    ]
