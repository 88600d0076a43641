"""The page of insights, and the same over REST."""

import re
from datetime import timedelta

import pytest

from dayloom.bootstrap import Container, Services
from dayloom.inferences.models import ExecutionRow
from dayloom.language.program.execution import Module
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.web.visiting import Visitor

MINUTE = timedelta(minutes=1)


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Planner(container, clock)


def work(planner: Planner, text: str, minutes: int) -> int:
    """Add a task, plan it, begin it in time and finish it after so many minutes."""
    task = planner.add(text)
    planner.replan()
    planner.clock.moment = planner.start_of(task)
    planner.write(lambda s: s.tracking.start(task.id))
    planner.replan()
    planner.clock.advance(minutes * MINUTE)
    planner.write(lambda s: s.tracking.complete(task.id))
    planner.replan()
    return task.id


def words(page: str) -> str:
    """Return what is to be read, without what only pictures say."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_where_nothing_is_known_it_says_what_makes_it_known(visitor: Visitor) -> None:
    page = words(visitor.look("/insights"))
    assert "Insights last 7 days" in page
    assert "Start the clock on a task" in page
    assert "5 more clocked tasks until a factor can be said" in page
    assert "Work 45 min in one go" in page
    assert "Give tasks a date" in page
    assert "No model is connected" in page
    assert "Room of the next four weeks" in page


def test_a_day_of_work_fills_the_page(visitor: Visitor, planner: Planner) -> None:
    for n in range(5):
        work(planner, f"Write part {n} 1h, due today", 72)
    page = visitor.look("/insights")
    told = words(page)
    assert "+20 %" in told
    assert "You need 1.20 × what you guess, by 5 tasks" in told
    assert "5 of 5" in told
    assert "6 h" in told
    assert '<th scope="row">Mon 23 Nov</th><td>5 h</td><td>6 h</td>' in page
    assert '<th scope="row">Sun 22 Nov</th><td>no record</td><td>0 min</td>' in page
    assert "Up to Sun 22 Nov there is no record of what was planned." in told
    assert page.count("<circle") == 5
    assert page.count('role="img"') >= 4


def test_dates_that_were_not_kept_are_named(visitor: Visitor, planner: Planner) -> None:
    planner.add("Book the train 30 min, due today")
    number = work(planner, "Write the report 1h, due today", 30)
    planner.clock.advance(timedelta(days=1))
    page = visitor.look("/insights")
    assert "1 of 2" in words(page)
    assert "still open" in page
    assert f"/tasks/{number}" not in page


def test_how_far_back_is_chosen_by_links(visitor: Visitor) -> None:
    page = visitor.look("/insights?days=30")
    assert "last 30 days" in page
    assert 'href="/insights?days=30" aria-current="page"' in page
    for odd in ("8", "x", "", "-1", "9" * 400):
        assert "last 7 days" in visitor.look(f"/insights?days={odd}")


def test_calls_of_models_are_told(visitor: Visitor, desk: Desk) -> None:
    def put(s: Services) -> None:
        row = ExecutionRow(
            account_id=s.account_id,
            module=Module.CHAT,
            model="small",
            base_url="http://localhost/v1",
            mode="plain",
            started_at=s.now,
            duration_ms=1300,
            inputs={},
            outputs={},
            cost=0.25,
        )
        s.session.add(row)

    desk.write(put)
    page = words(visitor.look("/insights"))
    assert "1 call $0.25" in page
    assert "Model latency" in page
    assert "1.3 s" in page


def test_what_moved_is_told_by_week(container: Container, desk: Desk) -> None:
    visitor = Visitor(container)
    page = visitor.look("/insights")
    assert "Nothing that was planned has moved this week." in page
    assert "By itself" not in page
    visitor.send("/tasks", {"text": "Call mum 30 min"})
    number = desk.read(lambda s: s.tasks.unfinished()[0].id)
    for minute in ("600", "900"):
        visitor.send(f"/tasks/{number}/pin", {"day": "2026-11-24", "minute": minute})
    page = visitor.look("/insights")
    (week,) = visitor.client.get("/api/v1/insights/churn?weeks=1").json()["weeks"]
    assert week["unasked"]["tasks"] == 0
    tasks = week["agreed"]["tasks"]
    assert tasks >= 1
    assert f"nothing by itself, and {tasks} task" in page
    assert page.count('<th scope="row">This week</th>') == 1
    assert '<th scope="row">16 Nov – 22 Nov</th>' not in page
    assert week["first"] == "2026-11-23"


def test_wrong_numbers_of_weeks_are_refused(container: Container) -> None:
    visitor = Visitor(container)
    assert visitor.client.get("/api/v1/insights/churn?weeks=0").status_code == 422
