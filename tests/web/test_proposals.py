"""What would change, and the person's answer to it."""

import asyncio
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from dayloom.bootstrap import Container
from dayloom.plans.models import Proposal
from dayloom.preferences.models import PlanMode
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.web.visiting import Visitor, put_event, toast

T = TypeVar("T")


class Aside(Planner):
    """A planner in a thread of its own: a browser's driver may hold the loop of this one."""

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Aside(container, clock)


@pytest.fixture
def pending(planner: Planner) -> Proposal:
    """A proposal that waits: in manual mode nothing is applied without consent."""
    planner.add("Write 1 h")
    planner.add("Call 30 min")
    planner.write(
        lambda s: s.preferences.change(
            {"plan_mode": PlanMode.MANUAL, "buffer": timedelta(minutes=15)}
        )
    )
    planner.request()
    [proposal] = planner.run(planner.container.plans.proposals())
    return proposal


def test_a_waiting_proposal_shows_each_change_with_its_reason(
    visitor: Visitor, pending: Proposal
) -> None:
    page = visitor.look("/")
    assert "Nothing moves until you agree." in page
    for change in pending.changes:
        assert f'name="change" value="{change["id"]}" checked' in page
        assert str(change["reason"]) in page.replace("&#34;", '"')
    assert re.search(rf'hx-post="/proposals/{pending.id}/rejection"', page)


def test_accepting_applies_what_is_ticked(visitor: Visitor, pending: Proposal) -> None:
    ids = [str(change["id"]) for change in pending.changes]
    answer = visitor.send(f"/proposals/{pending.id}/acceptance", {"change": ids})
    assert toast(answer)["action"]["url"] == "/plan/undo"
    assert "until you agree" not in visitor.look("/")


def test_a_part_can_be_accepted(visitor: Visitor, planner: Planner, pending: Proposal) -> None:
    chosen = pending.changes[-1]
    answer = visitor.send(f"/proposals/{pending.id}/acceptance", {"change": str(chosen["id"])})
    assert toast(answer)["text"] == "That moves more than was shown: look at it, and accept"
    assert "action" not in toast(answer)
    page = visitor.look("/")
    (number,) = re.findall(r'hx-post="/proposals/(\d+)/acceptance"', page)
    ids = re.findall(r'name="change" value="(\d+)" checked', page)
    visitor.send(f"/proposals/{number}/acceptance", {"change": ids})
    task_id = int(str(chosen["task_id"]))
    [slot] = planner.read(lambda s: s.placements.slots_of([task_id]))[task_id]
    assert slot.provisional is False


def test_many_changes_are_folded_and_all_are_accepted(
    visitor: Visitor, planner: Planner, pending: Proposal
) -> None:
    ten = "\n".join(f"Task {n} 30 min" for n in range(10))
    planner.write(lambda s: s.capture.add_lines(ten))
    planner.request()
    [latest, *_] = planner.run(planner.container.plans.proposals())
    page = visitor.look("/")
    assert latest.id != pending.id
    assert f"And {len(latest.changes) - 6} more" in page
    assert page.count('name="change"') == len(latest.changes)


def test_ticking_nothing_is_no_answer(visitor: Visitor, pending: Proposal) -> None:
    answer = visitor.send(f"/proposals/{pending.id}/acceptance", {}, status=422)
    assert toast(answer)["text"].startswith("Tick what shall change")


def test_an_unknown_change_is_not_found(visitor: Visitor, pending: Proposal) -> None:
    visitor.send(f"/proposals/{pending.id}/acceptance", {"change": "99"}, status=404)


def test_rejecting_keeps_everything(visitor: Visitor, pending: Proposal) -> None:
    visitor.send(f"/proposals/{pending.id}/rejection", {})
    assert "until you agree" not in visitor.look("/")


def test_what_is_decided_stays_decided(visitor: Visitor, pending: Proposal) -> None:
    visitor.send(f"/proposals/{pending.id}/rejection", {})
    answer = visitor.send(f"/proposals/{pending.id}/rejection", {}, status=409)
    assert toast(answer)["text"] == "This proposal is rejected already."


def test_without_scripts_it_is_answered_too(visitor: Visitor, pending: Proposal) -> None:
    answer = visitor.send_plainly(f"/proposals/{pending.id}/rejection", {})
    assert answer.headers["Location"] == "/settings"


def test_the_running_task_is_no_news(visitor: Visitor, planner: Planner) -> None:
    task = planner.add("Write 1 h")
    planner.replan()
    visitor.look("/")
    planner.clock.advance(timedelta(minutes=20))
    visitor.send(f"/tasks/{task.id}/start", {})
    planner.replan()
    assert 'id="replanning"' not in visitor.look("/")


def test_what_moved_stays_in_view_when_the_next_plan_changes_nothing(
    visitor: Visitor, planner: Planner
) -> None:
    planner.add("Write 1 h")
    planner.add("Call 30 min")
    planner.replan()
    planner.look()
    planner.write(lambda s: s.preferences.change({"buffer": timedelta(minutes=15)}))
    planner.request()
    pending = planner.pending()
    ids = [str(change["id"]) for change in pending.changes]
    visitor.send(f"/proposals/{pending.id}/acceptance", {"change": ids})
    planner.replan()
    page = visitor.look("/")
    assert 'id="replanning"' in page
    assert 'hx-post="/plan/undo"' in page


def test_a_task_under_a_new_event_says_so(
    visitor: Visitor, planner: Planner, clock: FakeClock
) -> None:
    planner.add("Write 1 h")
    planner.replan()
    visitor.look("/")
    put_event(planner, "Standup", clock.now() + timedelta(hours=1))
    planner.replan()
    page = visitor.look("/")
    assert "“Write” lies under “Standup”. 1 task would change." in page
    assert page.count('<li class="blk plan clash"') == 1


def test_an_earlier_plan_is_shown_before_it_holds_again(
    visitor: Visitor, planner: Planner
) -> None:
    task = planner.add("Write 2h")
    planner.replan()
    before = planner.start_of(task)
    planner.run(planner.container.pins.pin(task.id, before + timedelta(hours=3)))
    planner.run(planner.container.pins.unpin(task.id))
    page = visitor.look("/plan/history")
    assert page.count("Go back to this plan") == page.count("<section") - 1 == 2
    assert "1 task moves, 2 h in all." in page
    answer = visitor.send_plainly("/plan/versions/1/restoration", {})
    assert answer.headers["location"] == "/#replanning"
    assert "You asked for an earlier plan" in visitor.look("/")
    assert planner.start_of(task) == before + timedelta(hours=3)


def test_a_plan_that_is_not_kept_is_told(visitor: Visitor) -> None:
    assert "There is no plan yet" in visitor.look("/plan/history")
    answer = visitor.send("/plan/versions/7/restoration", {}, status=404)
    assert "Plan 7 is not kept." in answer.text or "Plan 7 is not kept." in toast(answer)["text"]


def test_overdue_work_is_caught_up_with_one_press(visitor: Visitor, planner: Planner) -> None:
    planner.write(lambda s: s.preferences.change({"overdue_mode": PlanMode.MANUAL}))
    for number in range(8):
        planner.add(f"Call {number} 30 min due today 12:00")
    planner.replan()
    assert "Catch up" not in visitor.look("/")
    planner.clock.advance(timedelta(hours=26))
    page = visitor.look("/")
    assert 'Overdue <span class="n">8</span>' in page
    answer = visitor.send("/plan/catch-up", {})
    assert toast(answer)["text"] == "Caught up: 8 tasks found a new place"
    page = visitor.look("/")
    assert "Everything that was overdue has a place again; the rest stayed." in page
    assert "And 4 more" in page
    assert "Catch up" not in page
