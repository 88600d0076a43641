"""Quick add: lines become tasks; while they are typed, what is understood is shown."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Services
from dayloom.infra.errors import DayloomError, Invalid
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task
from dayloom.web.access import ContainerDep, by_htmx
from dayloom.web.answers import done, refused, undo
from dayloom.web.blocks import is_late
from dayloom.web.chips import PreviewLine, view_previews
from dayloom.web.rendering import render
from dayloom.web.today import render_today
from dayloom.web.words import Words, quoted

router = APIRouter()
Text = Annotated[str, Form()]


@router.post("/preview")
async def preview(request: Request, container: ContainerDep, text: Text = "") -> Response:
    """Return what would be understood, and where it would lie; nothing is stored."""

    def read(s: Services) -> Sequence[PreviewLine]:
        words = Words.of(s.preferences.require(), s.now)
        return view_previews(s.capture.preview(text), words)

    try:
        lines = await container.read(read)
    except Invalid as error:
        return render(request, "capture/too_much.html", sentence=str(error))
    return render(request, "capture/chips.html", lines=lines)


@router.post("/tasks")
async def add(request: Request, container: ContainerDep, text: Text = "") -> Response:
    """Add one task a line, each with a place at once."""

    def capture(s: Services) -> str:
        made = s.capture.add_lines(text)
        slots = s.placements.slots_of([task.id for task in made.tasks])
        words = Words.of(s.preferences.require(), s.now)
        return _said(made.tasks, slots.get(made.tasks[0].id, ()), words)

    try:
        captured = await container.change(capture)
    except DayloomError as error:
        if by_htmx(request):
            return refused(request, str(error), status=422)
        return await render_today(request, container, typed=text, complaint=str(error), status=422)
    said = captured.result
    return done(request, said, action=undo(captured.entry), also={"app:captured": {}})


def _said(tasks: Sequence[Task], slots: Sequence[SlotRow], words: Words) -> str:
    first = tasks[0]
    if first.series_id is not None and all(t.series_id == first.series_id for t in tasks):
        return f"{quoted(first.title)} repeats from now on"
    if len(tasks) > 1:
        return f"Added {len(tasks)} tasks"
    if not slots:
        return f"Added {quoted(first.title)}; it has no place yet"
    late = ", later than it is due" if is_late(first, slots[-1].end) else ""
    more = f" + {len(slots) - 1} more" if len(slots) > 1 else ""
    return f"{quoted(first.title)} → {words.place(slots[0].start, slots[0].end)}{more}{late}"
