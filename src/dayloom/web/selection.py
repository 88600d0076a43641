"""What is done with several tasks at once, or with one by a key: all of it or none."""

from collections.abc import Callable, Mapping, Sequence

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import Invalid
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task
from dayloom.tasks.postponing import Until
from dayloom.web.access import LARGEST_ID, ContainerDep
from dayloom.web.answers import done, undo
from dayloom.web.task_texts import read_priority
from dayloom.web.words import quoted

router = APIRouter()
Act = Callable[[Services, int], Task]
LATER: Mapping[Until, str] = {
    Until.SOON: "as soon as it fits",
    Until.TOMORROW: "tomorrow",
    Until.IN_TWO_DAYS: "in two days",
    Until.NEXT_WEEK: "next week",
    Until.IN_TWO_WEEKS: "in two weeks",
    Until.NEXT_MONTH: "next month",
}
MOST = 500
STATES: Mapping[str, tuple[str, Act]] = {
    "done": ("Done:", lambda s, task_id: s.tracking.complete(task_id)),
    "reopen": ("Open again:", lambda s, task_id: s.tracking.reopen(task_id)),
    "delete": ("Deleted", lambda s, task_id: s.tasks.delete(task_id)),
}


@router.post("/tasks/selection")
async def act_on_selection(request: Request, container: ContainerDep) -> Response:
    """Do one thing with the chosen tasks; they are taken back together."""
    form = await request.form()
    chosen = _chosen(form)
    said, act = _act(form)
    changed = await container.change(lambda s: [act(s, task_id) for task_id in chosen])
    titles = [task.title for task in changed.result]
    names = quoted(titles[0]) if len(titles) == 1 else f"{len(titles)} tasks"
    return done(request, said.format(names), action=undo(changed.entry), also={"app:close": {}})


def _chosen(form: FormData) -> Sequence[int]:
    given = dict.fromkeys(str(one) for one in form.getlist("task"))
    numbers = [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 19]
    if not numbers or len(numbers) != len(given):
        raise Invalid("Select the tasks first.")
    if len(numbers) > MOST or max(numbers) > LARGEST_ID:
        raise Invalid(f"At most {MOST} tasks can be changed at once.")
    return numbers


def _act(form: FormData) -> tuple[str, Act]:
    """Return what to say, with a gap for the tasks, and what to do with each."""
    texts = {name: str(value).strip() for name, value in form.items() if isinstance(value, str)}
    if name := texts.get("act"):
        if name not in STATES:
            raise Invalid("Choose what shall be done with them.")
        verb, act = STATES[name]
        return f"{verb} {{}}", act
    if until := texts.get("later"):
        return _later(until)
    if priority := texts.get("priority"):
        return _edit(f"{{}}: priority {priority}", {"priority": read_priority(priority)})
    if label := texts.get("label"):
        return _labelled(label)
    raise Invalid("Choose what shall be done with them.")


def _later(text: str) -> tuple[str, Act]:
    if text not in list(Until):
        raise Invalid("Choose a later day from the list.")
    until = Until(text)
    said = f"{{}}: {'' if until is Until.SOON else 'not before '}{LATER[until]}"
    return said, lambda s, task_id: s.postponing.postpone(task_id, until)


def _labelled(text: str) -> tuple[str, Act]:
    if text.startswith("+"):
        return _edit(f"{{}}: project {text[1:]}", {"project": text[1:]})
    tag = text.lstrip("#")

    def add(s: Services, task_id: int) -> Task:
        tags = s.tasks.require(task_id).tags
        return s.tasks.edit(task_id, {"tags": [*tags, tag]})

    return f"{{}}: #{tag}", add


def _edit(said: str, fields: TaskFields) -> tuple[str, Act]:
    return said, lambda s, task_id: s.tasks.edit(task_id, fields)
