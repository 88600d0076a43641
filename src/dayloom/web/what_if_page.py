"""What-ifs as their pages show them: how they are stated, and two plans side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dayloom.bootstrap import Services
from dayloom.infra.errors import Invalid
from dayloom.planning.interval import Interval
from dayloom.plans.changeset import Change
from dayloom.plans.content import PlanContent, PlannedSlot
from dayloom.scenarios.outcome import Outcome, Risk
from dayloom.scenarios.saying import Sayer
from dayloom.scenarios.service import State, Told
from dayloom.scenarios.telling import Load, differences, loads_of
from dayloom.web.forms import typed
from dayloom.web.what_if_fields import StatingForm, forms_for
from dayloom.web.words import duration

URL = "/what-if"
TONES = {State.SOLVED: "ok", State.WAITING: "wait", State.OUTDATED: "wait"}
READY = "Planned through for your present plan."
MINUTE = timedelta(minutes=1)
FIELDS_OF = {"duration": "length", "pinned_start": "start"}  # as the forms name them
NO_PLACE, NOTHING = "no place", "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a task on one side; a `changed` one is not there on the other."""

    when: str
    title: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day that differs, with how much work it holds."""

    name: str
    load_before: str
    load_after: str
    difference: str
    before: tuple[Block, ...]
    after: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing, now and then; `reason` says why it is where it would be."""

    title: str
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView:
    """A what-if; `lines` tell what would be different."""

    id: int
    url: str
    name: str
    says: tuple[str, ...]
    tone: str
    sentence: str
    can_keep: bool
    lines: tuple[str, ...] = ()
    totals: tuple[Row, ...] = ()
    days: tuple[DayView, ...] = ()
    same: str = ""
    risks: tuple[Row, ...] = ()
    changes: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfView:
    """The whole page. `text` and `error` are what was typed and could not be supposed."""

    all: tuple[ScenarioView, ...]
    forms: tuple[StatingForm, ...] = ()
    text: str = ""
    name: str = ""
    error: str = ""


def view_list(s: Services, found: Sequence[Told]) -> WhatIfView:
    return WhatIfView(all=tuple(view_scenario(s, told) for told in found))


def view_page(s: Services, found: Sequence[Told]) -> WhatIfView:
    zone = s.capture.context.zone
    tasks = {task.id: task.title for task in s.tasks.unfinished()}
    names = [hour_map.name for hour_map in s.preferences.hour_maps()]
    forms = forms_for(names, tasks, today=s.now.astimezone(zone).date())
    return replace(view_list(s, found), forms=forms)


def with_complaint(view: WhatIfView, given: Mapping[str, str], error: Invalid) -> WhatIfView:
    """Return the page with what was typed, and the complaint in its place."""
    if given.get("kind") not in {form.kind.value for form in view.forms}:
        text, name = given.get("text", ""), given.get("name", "")
        return replace(view, text=text, name=name, error=str(error))
    return replace(view, forms=tuple(_complained(form, given, error) for form in view.forms))


def line_of(view: WhatIfView, kind: str, error: Invalid) -> tuple[str, str]:
    """Return the form, and the line in it, in which a complaint stands."""
    form = next((one for one in view.forms if one.kind.value == kind), None)
    if form is None:
        return "suppose", "name" if error.field == "name" else "text"
    field = _field_of(error)
    return form.id, field if field in {one.name for one in form.fields} else "form"


def view_scenario(s: Services, told: Told) -> ScenarioView:
    sayer = s.scenarios.sayer(told)
    says = tuple(sayer.supposition(said) for said in told.suppositions)
    view = ScenarioView(
        id=told.id,
        url=f"{URL}/{told.id}",
        name=told.name or "; ".join(says),
        says=says if told.name or len(says) > 1 else (),
        tone=TONES.get(told.state, "bad"),
        sentence=told.sentence or READY,
        can_keep=told.state is State.SOLVED,
    )
    if (outcome := told.outcome) is None:
        return view
    at = told.solved_at or s.now
    loads = loads_of(outcome, sayer.clock.zone, now=at)
    days = tuple(_days(outcome, loads, sayer))
    return replace(
        view,
        lines=differences(outcome, told.suppositions, sayer, now=at),
        totals=tuple(_totals(outcome)),
        days=days,
        same=_same(len(loads) - len(days)),
        risks=tuple(_risk(risk, outcome, sayer) for risk in outcome.risks),
        changes=tuple(_change(change, sayer) for change in outcome.changes),
    )


def _complained(form: StatingForm, given: Mapping[str, str], error: Invalid) -> StatingForm:
    if form.kind.value != given["kind"]:
        return form
    about = Invalid(str(error), field=_field_of(error))
    known = about.field in {field.name for field in form.fields}
    fields = typed(form.fields, given, about)
    return replace(form, fields=fields, open=True, error="" if known else str(error))


def _field_of(error: Invalid) -> str:
    return FIELDS_OF.get(error.field or "", error.field or "")


def _totals(outcome: Outcome) -> Iterator[Row]:
    totals = outcome.totals
    late = totals.late_minutes_before, totals.late_minutes_after
    yield Row(title="Late in all", before=_length(late[0]), after=_length(late[1]))
    at_risk = str(totals.at_risk_before), str(totals.at_risk_after)
    yield Row(title="Tasks at risk", before=at_risk[0], after=at_risk[1])
    yield Row(title="Tasks that move", before=NOTHING, after=str(totals.moved_tasks))
    yield Row(title="Time that moves", before=NOTHING, after=_length(totals.moved_minutes))


def _days(outcome: Outcome, loads: Sequence[Load], sayer: Sayer) -> Iterator[DayView]:
    """Yield the days on which something is different."""
    sides = _by_day(outcome.before, sayer), _by_day(outcome.after, sayer)
    for load in loads:
        before, after = (side.get(load.day, []) for side in sides)
        there = {_place(slot) for slot in before}, {_place(slot) for slot in after}
        if there[0] == there[1]:
            continue
        more = load.after - load.before
        yield DayView(
            name=sayer.day(load.day),
            load_before=_length(load.before),
            load_after=_length(load.after),
            difference=f"{'+' if more > 0 else '−'}{_length(abs(more))}" if more else "",
            before=tuple(
                _block(slot, sayer, changed=_place(slot) not in there[1]) for slot in before
            ),
            after=tuple(
                _block(slot, sayer, changed=_place(slot) not in there[0]) for slot in after
            ),
        )


def _by_day(content: PlanContent, sayer: Sayer) -> dict[date, list[PlannedSlot]]:
    found: dict[date, list[PlannedSlot]] = {}
    for slot in sorted(content.slots, key=lambda one: one.start):
        day = slot.start.astimezone(sayer.clock.zone).date()
        found.setdefault(day, []).append(slot)
    return found


def _place(slot: PlannedSlot) -> tuple[int, Interval]:
    return slot.task_id, slot.interval


def _block(slot: PlannedSlot, sayer: Sayer, *, changed: bool) -> Block:
    when = f"{sayer.clock.time(slot.start)}–{sayer.clock.time(slot.end)}"
    return Block(when=when, title=sayer.titles.get(slot.task_id, "A task"), changed=changed)


def _same(count: int) -> str:
    if count > 1:
        return f"{count} other days stay as they are."
    return "One other day stays as it is." if count else ""


def _risk(risk: Risk, outcome: Outcome, sayer: Sayer) -> Row:
    gone = risk.task_id not in outcome.after.by_task() and not risk.lost_after
    after = "left out" if gone else _risk_words(risk.late_after, lost=risk.lost_after)
    before = _risk_words(risk.late_before, lost=risk.lost_before)
    return Row(title=sayer.task(risk.task_id), before=before, after=after)


def _risk_words(late: int, *, lost: bool) -> str:
    if lost:
        return NO_PLACE
    return f"{_length(late)} late" if late else "in time"


def _change(change: Change, sayer: Sayer) -> Row:
    return Row(
        title=sayer.titles.get(change.task_id, "A task"),
        before=_pieces(change.before, sayer) if change.before else "",
        after=_pieces(change.after, sayer) if change.after else NO_PLACE,
        reason=change.reason,
    )


def _pieces(pieces: Sequence[Interval], sayer: Sayer) -> str:
    first = sayer.span(pieces[0].start, pieces[0].end)
    return f"{first} + {len(pieces) - 1} more" if len(pieces) > 1 else first


def _length(minutes: int) -> str:
    return duration(minutes * MINUTE) if minutes else "0 h"
