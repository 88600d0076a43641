"""How this was planned: the page behind the plan and behind a proposal that waits."""

import pytest

from dayloom.bootstrap import Container
from dayloom.planning.verify import Rule
from dayloom.plans.models import Made
from dayloom.web.certificate_page import MADE, RULES
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.web.visiting import Visitor


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Planner(container, clock)


def test_every_rule_and_every_way_of_planning_has_its_words() -> None:
    assert set(RULES) == set(Rule)
    assert set(MADE) == set(Made)


def test_the_page_says_how_good_the_plan_is_with_the_tasks_behind_it(
    visitor: Visitor, planner: Planner
) -> None:
    task = planner.add("Call <b>Jonas</b> 1 h due today 09:30")
    planner.replan()
    page = visitor.look("/plan/certificate")
    assert "How this was planned" in page
    assert "One task 30 min late" in page
    assert f'href="/tasks/{task.id}">Call &lt;b&gt;Jonas&lt;/b&gt;</a>' in page
    assert "16 rules, nothing broken" in page
    assert "/api/v1/plan/versions/1/problem?redacted=true" in page


def test_the_certificate_is_one_click_from_today_and_the_week(
    visitor: Visitor, planner: Planner
) -> None:
    planner.add("Write 1 h")
    planner.replan()
    for path in ("/", "/week"):
        assert 'href="/plan/certificate">Proven best' in visitor.look(path)


def test_without_a_plan_the_page_says_so(visitor: Visitor) -> None:
    answer = visitor.client.get("/plan/certificate", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "There is no plan yet." in answer.text
