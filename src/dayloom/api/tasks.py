"""Tasks: add, list, read, change, delete, and bring back."""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from starlette.responses import Response

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import Stale, documented
from dayloom.api.safe_repeats import IdempotencyKey, do_once, key_of
from dayloom.bootstrap import Services
from dayloom.infra.errors import Invalid
from dayloom.plans.capture import CaptureService
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import TaskStatus
from dayloom.wire.drafts import TextGiven
from dayloom.wire.task_input import TaskGiven, TaskPatch
from dayloom.wire.task_output import (
    TaskPage,
    TaskShown,
    TasksShown,
    entity_tag,
    show_task,
    show_tasks,
)

router = APIRouter(prefix="/tasks", tags=["tasks"])
IfMatch = Annotated[
    str | None,
    Header(max_length=500, description="Refuse with 412 if the task has another ETag by now."),
]
PAGE = 100


@router.post(
    "", status_code=201, summary="Add one task, by words or by fields", responses=documented(409)
)
async def add_task(
    given: TaskGiven,
    container: ContainerDep,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> TaskShown:
    """A recurring task makes several; the answer is the first occurrence.

    It has a provisional time at once; the plan follows within seconds.
    """
    key = key_of(idempotency_key, given)

    def add(s: Services) -> TaskShown:
        s.preferences.require_hours(given.hour_map)
        capture = s.capture
        said = _said(capture, given.text) if given.text is not None else {}
        made = capture.add_fields(given.to_fields(), said=said)
        return show_task(s, made.tasks[0])

    task = await container.write(lambda s: do_once(s, key, TaskShown, lambda: add(s)))
    response.headers["Location"] = f"/api/v1/tasks/{task.id}"
    response.headers["ETag"] = entity_tag(task)
    return task


@router.post(
    "/batch", status_code=201, summary="Add one task for each line", responses=documented(409)
)
async def add_tasks(
    given: TextGiven, container: ContainerDep, idempotency_key: IdempotencyKey = None
) -> TasksShown:
    """All lines or none: one that cannot be added leaves nothing behind."""
    key = key_of(idempotency_key, given)

    def add(s: Services) -> TasksShown:
        return TasksShown(tasks=show_tasks(s, s.capture.add_lines(given.text).tasks))

    return await container.write(lambda s: do_once(s, key, TasksShown, lambda: add(s)))


@router.get("", summary="List tasks")
async def list_tasks(
    *,
    container: ContainerDep,
    status: Annotated[list[TaskStatus], Query(max_length=4)] = [],  # noqa: B006 — never changed
    q: Annotated[str, Query(max_length=200, description="Part of the title or notes.")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = PAGE,
    cursor: Annotated[str, Query(pattern=r"^([0-9]{1,18})?$")] = "",
) -> TaskPage:
    """In order of their ids, a page at a time."""

    def page(s: Services) -> TaskPage:
        found = s.tasks.page(statuses=status, text=q, after_id=int(cursor or 0), limit=limit + 1)
        more = len(found) > limit
        return TaskPage(
            tasks=show_tasks(s, found[:limit]),
            next_cursor=str(found[limit - 1].id) if more else None,
        )

    return await container.read(page)


@router.get("/{task_id}", summary="Read one task", responses=documented(404))
async def read_task(task_id: PathId, container: ContainerDep, response: Response) -> TaskShown:
    """The ETag covers what the person can change: a new plan keeps it."""
    task = await container.read(lambda s: show_task(s, s.tasks.require(task_id)))
    response.headers["ETag"] = entity_tag(task)
    return task


@router.patch("/{task_id}", summary="Change one task", responses=documented(404, 412))
async def change_task(
    *,
    task_id: PathId,
    given: TaskPatch,
    container: ContainerDep,
    response: Response,
    if_match: IfMatch = None,
) -> TaskShown:
    """What is absent stays as it is; null clears what may be empty."""

    def change(s: Services) -> TaskShown:
        _require_match(s, task_id, if_match)
        fields = given.to_fields()
        if fields.get("hour_map") != s.tasks.require(task_id).hour_map:
            s.preferences.require_hours(fields.get("hour_map"))
        return show_task(s, s.tasks.edit(task_id, fields))

    task = await container.write(change)
    response.headers["ETag"] = entity_tag(task)
    return task


@router.delete(
    "/{task_id}", status_code=204, summary="Delete one task", responses=documented(404, 412)
)
async def delete_task(task_id: PathId, container: ContainerDep, if_match: IfMatch = None) -> None:
    """`POST /tasks/{id}/restoration` brings it back."""

    def delete(s: Services) -> None:
        _require_match(s, task_id, if_match)
        s.tasks.delete(task_id)

    await container.write(delete)


@router.post(
    "/{task_id}/restoration", summary="Bring a deleted task back", responses=documented(404)
)
async def restore_task(task_id: PathId, container: ContainerDep) -> TaskShown:
    """As it was; a task that is not deleted stays as it is."""
    return await container.write(lambda s: show_task(s, s.tasks.restore(task_id)))


def _said(capture: CaptureService, text: str) -> TaskFields:
    """Return what one line says. Raises `Invalid` for none, or for more than one."""
    drafts = capture.read(text)
    if not drafts:
        raise Invalid("Say what there is to do.", field="text")
    if len(drafts) > 1:
        raise Invalid("These are several tasks: send them to /api/v1/tasks/batch.", field="text")
    return capture.fields_of(drafts[0])


def _require_match(s: Services, task_id: int, if_match: str | None) -> None:
    if if_match is None or if_match.strip() == "*":
        return
    present = entity_tag(show_task(s, s.tasks.require(task_id)))
    if present not in [tag.strip() for tag in if_match.split(",")]:
        raise Stale("The task has changed since you read it; read it again.")
