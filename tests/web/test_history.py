"""The page of the days that were."""

import re
from datetime import timedelta

import pytest

from dayloom.bootstrap import Container
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.web.visiting import Visitor

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Planner(container, clock)


@pytest.fixture
def report(planner: Planner) -> int:
    """On Monday, an hour is planned, 50 minutes are worked, and something is ticked off."""
    task, call = planner.add("Write the report 1h"), planner.add("Call mum in December 30 min")
    planner.replan()
    planner.clock.moment = planner.start_of(task)
    planner.write(lambda s: s.tracking.start(task.id))
    planner.replan()
    planner.clock.advance(50 * MINUTE)
    planner.write(lambda s: s.tracking.complete(task.id))
    planner.write(lambda s: s.tracking.complete(call.id))
    planner.replan()
    planner.clock.advance(2 * DAY)
    return task.id


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_where_nothing_was_it_says_what_fills_a_day(visitor: Visitor) -> None:
    page = words(visitor.look("/history"))
    assert "History 23–29 November" in page
    assert "Nothing was planned or worked in these days." in page


@pytest.mark.usefixtures("report")
def test_days_are_rows_the_newest_first(visitor: Visitor) -> None:
    page = words(visitor.look("/history"))
    assert page.index("Wed 25 Nov") < page.index("Tue 24 Nov") < page.index("Mon 23 Nov")
    assert "Thu 26 Nov" not in page
    assert "Mon 23 Nov 1 h 50 min 2" in page


def test_a_day_is_opened_planned_beside_worked(visitor: Visitor, report: int) -> None:
    page = visitor.look("/history?day=2026-11-23")
    assert page.count(f'hx-get="/tasks/{report}"') == 2
    assert 'class="blk soft"' in page
    assert 'class="blk done"' in page
    assert 'href="/history?day=2026-11-22#opened"' in page
    assert 'href="/history?day=2026-11-24#opened"' in page
    assert "Monday, 23 November" in words(page)
    assert "Ticked off without a clock Call mum" in words(page)


@pytest.mark.usefixtures("report")
def test_the_newest_day_with_something_is_opened_unless_one_is_named(visitor: Visitor) -> None:
    assert "Monday, 23 November" in visitor.look("/history")
    page = words(visitor.look("/history?day=2026-11-22"))
    assert "Sunday, 22 November" in page
    assert "no record of this day" in page


def test_weeks_are_turned_as_pages(visitor: Visitor) -> None:
    page = visitor.look("/history")
    assert 'href="/history?on=2026-11-22"' in page
    assert "The week after" not in page
    before = visitor.look("/history?on=2026-11-22")
    assert "16–22 November" in words(before)
    assert 'href="/history?on=2026-11-23"' in before


@pytest.mark.parametrize(
    "query", ["day=soon", "day=2099-01-01", "on=9999-12-31", "day=", "day=" + "9" * 500]
)
def test_what_is_no_past_day_is_the_present_week(visitor: Visitor, query: str) -> None:
    assert "23–29 November" in words(visitor.look(f"/history?{query}"))


def test_the_first_day_of_all_is_a_day(visitor: Visitor) -> None:
    assert "History" in visitor.look("/history?day=0001-01-01")


def test_the_night_in_which_clocks_go_back_is_shown(visitor: Visitor, planner: Planner) -> None:
    planner.clock.moment = planner.clock.moment.replace(month=10, day=25, hour=0, minute=10)
    task = planner.add("Watch the stars 30 min")
    planner.write(lambda s: s.tracking.start(task.id))
    planner.clock.advance(60 * MINUTE)  # from 02:10 to 02:10
    planner.write(lambda s: s.tracking.complete(task.id))
    page = words(visitor.look("/history?day=2026-10-25"))
    assert "Watch the stars 02:10–02:10" in page
    assert "Worked 1 h" in page


def test_the_way_there_is_on_every_page(visitor: Visitor) -> None:
    page = visitor.look("/history")
    assert '<a href="/history" aria-current="page">' in page
    assert 'href="/plan/history"' in page
    assert "Earlier plans" in visitor.look("/plan/history")
