"""Work that was given up is shown with its error."""

from dayloom.bootstrap import Services
from dayloom.infra import work
from dayloom.infra.work import Work
from tests.api.conftest import Api
from tests.conftest import MONDAY_MORNING, Desk


def test_nothing_is_parked_at_first(api: Api) -> None:
    assert api.get("/work") == {"parked": []}


def test_parked_work_tells_its_error(api: Api, desk: Desk) -> None:
    def park(s: Services) -> None:
        work.request(s.session, "replan", "1", now=s.now)
        row = s.session.get_one(Work, ("replan", "1"))
        row.parked_at, row.attempts, row.error = MONDAY_MORNING, 5, "ValueError: broken"

    desk.write(park)
    assert api.get("/work")["parked"] == [
        {
            "kind": "replan",
            "key": "1",
            "attempts": 5,
            "parked_at": "2026-11-23T08:00:00+01:00",
            "error": "ValueError: broken",
        }
    ]
