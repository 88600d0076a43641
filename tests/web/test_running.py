"""The running clock on every page, and a clock that was forgotten."""

import re
from datetime import timedelta

import pytest

from dayloom.bootstrap import Container
from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.web.visiting import Visitor, toast

HOUR = timedelta(hours=1)


@pytest.fixture
def visitor(container: Container) -> Visitor:
    return Visitor(container)


@pytest.fixture
def task(visitor: Visitor, desk: Desk) -> Task:
    """A task of an hour whose clock runs."""
    visitor.send("/tasks", {"text": "Write report 1 h"})
    [added] = desk.read(lambda s: s.tasks.unfinished())
    visitor.send(f"/tasks/{added.id}/start", {})
    return added


def test_nothing_is_shown_while_nothing_runs(visitor: Visitor) -> None:
    assert not visitor.part("/running").strip()


@pytest.mark.parametrize("page", ["/", "/week", "/tasks", "/settings", "/insights"])
def test_every_page_pulls_it(visitor: Visitor, page: str) -> None:
    assert 'hx-get="/running"' in visitor.look(page)


@pytest.mark.usefixtures("task")
def test_it_names_the_task_for_the_title_of_the_tab(visitor: Visitor) -> None:
    assert 'data-running="Write report"' in visitor.part("/running")


def test_a_quarter_of_an_hour_more_can_be_undone(visitor: Visitor, task: Task, desk: Desk) -> None:
    answer = visitor.send(f"/tasks/{task.id}/extension", {})
    assert toast(answer)["text"] == "15 minutes more for “Write report”"
    assert desk.read(lambda s: s.tasks.require(task.id)).duration == HOUR * 1.25
    visitor.undo(answer)
    assert desk.read(lambda s: s.tasks.require(task.id)).duration == HOUR


def test_a_forgotten_clock_is_asked_about_and_set_right(
    visitor: Visitor, task: Task, desk: Desk, clock: FakeClock
) -> None:
    began = clock.now()
    assert "Still on it?" not in visitor.part("/running")
    clock.advance(4 * HOUR)
    asked = visitor.part("/running")
    assert "Still on it? 4 h of 1 h." in asked
    [at] = set(re.findall(r'name="at" value="([^"]+)"', asked))
    visitor.send(f"/tasks/{task.id}/completion", {"at": at})
    assert desk.read(lambda s: s.tasks.require(task.id)).actual_end_time == began + HOUR


def test_who_is_still_on_it_is_not_asked_again_soon(
    visitor: Visitor, task: Task, clock: FakeClock
) -> None:
    clock.advance(4 * HOUR)
    visitor.send(f"/tasks/{task.id}/extension", {})
    assert "Still on it?" not in visitor.part("/running")


@pytest.mark.parametrize("at", ["2026-11-22T09:00:00Z", "yesterday", "2026-11-23T09:00:00"])
def test_a_moment_that_makes_no_sense_is_refused(visitor: Visitor, task: Task, at: str) -> None:
    answer = visitor.send(f"/tasks/{task.id}/stop", {"at": at}, status=422)
    assert toast(answer)["kind"] == "error"


def test_without_htmx_it_is_the_page_of_today(visitor: Visitor) -> None:
    response = visitor.client.get("/running", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/")
