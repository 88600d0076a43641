"""The page of insights, and the same over REST."""

from dayloom.bootstrap import Container
from tests.conftest import Desk
from tests.web.visiting import Visitor


def test_what_moved_is_told_by_week(container: Container, desk: Desk) -> None:
    visitor = Visitor(container)
    assert "Nothing that was planned has moved this week." in visitor.look("/insights")
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
    assert week["first"] == "2026-11-23"


def test_wrong_numbers_of_weeks_are_refused(container: Container) -> None:
    visitor = Visitor(container)
    assert visitor.client.get("/api/v1/insights/churn?weeks=0").status_code == 422
