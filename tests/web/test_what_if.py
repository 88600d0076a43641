"""What if, on its pages: stated in words and in forms, compared, kept, thrown away."""

import asyncio
from functools import partial

import pytest
from sqlalchemy.orm import Session

from dayloom.accounts.changes import SCENARIO, scenario_key
from dayloom.bootstrap import Container
from dayloom.infra.work import Claim, Work
from dayloom.scenarios.jobs import ScenarioJob
from dayloom.scenarios.service import Told
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.plans.conftest import Planner, solve
from tests.web.visiting import HERE, Visitor, toast


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Planner(container, clock)


def think(planner: Planner) -> None:
    """Plan every scenario through, as the worker would."""
    container = planner.container
    for told in stored(planner):
        key = scenario_key(container.account_id, told.id)
        job = ScenarioJob(container.db, container.clock, solve)
        finish = asyncio.run(job(Claim(kind=SCENARIO, key=key, want=1)))
        assert finish.unit is not None
        container.db.write_now(finish.unit)
        container.db.write_now(partial(_settle, key=key))


def _settle(session: Session, *, key: str) -> None:
    row = session.get_one(Work, (SCENARIO, key))
    row.done = row.want


def stored(desk: Desk) -> list[Told]:
    return list(desk.read(lambda s: s.scenarios.all()))


def test_nothing_yet_says_what_to_write(visitor: Visitor) -> None:
    page = visitor.look("/what-if")
    assert "“Take Friday off”" in page
    assert "Nothing yet." in page
    assert "Without a task" not in page
    assert 'href="/what-if"' in visitor.look("/week")


def test_words_are_supposed_compared_and_kept(visitor: Visitor, planner: Planner) -> None:
    planner.add("Report <b> 3h due today 12:00")
    planner.replan()
    answer = visitor.send("/what-if", {"text": "board meeting today 9:00 2h", "name": "Yes"})
    assert toast(answer)["text"] == "Being planned through …"
    assert "It is being planned through." in visitor.part("/what-if")
    visitor.send("/what-if/1/acceptance", {}, status=409)
    think(planner)
    listed = visitor.part("/what-if")
    assert "Planned through for your present plan." in listed
    assert "would be 2 h late instead of in time." in listed
    page = visitor.look("/what-if/1")
    assert "“Board meeting” today 09:00–11:00" in page
    assert "Report <b>" not in page
    assert "Report &lt;b&gt;" in page
    assert "<s>09:00–12:00" in page
    assert "3 h → 5 h" in page
    answer = visitor.send("/what-if/1/acceptance", {})
    assert toast(answer)["text"] == "Kept: this is your plan now"
    assert "Nothing yet." in visitor.part("/what-if")
    titles = {task.title for task in planner.read(lambda s: s.tasks.unfinished())}
    assert titles == {"Report <b>", "Board meeting"}
    visitor.undo(answer)
    assert [task.title for task in planner.read(lambda s: s.tasks.unfinished())] == ["Report <b>"]


STATED = [
    (
        {"kind": "meeting", "title": "Board", "day": "2026-11-24", "start": "14:00",
         "length": "2"},
        "“Board” tomorrow 14:00–16:00",
    ),
    ({"kind": "day_off", "first": "2026-11-27", "last": "", "hour_map": ""}, "Fri off"),
    (
        {"kind": "day_off", "first": "2026-11-27", "last": "2026-12-01", "hour_map": "*"},
        "Fri to Tue 1 Dec off, all hours",
    ),
    (
        {"kind": "work", "title": "X", "length": "10", "due": "2026-12-15", "splittable": "on"},
        "“X”, 10 h, by the end of Tue 15 Dec, in pieces",
    ),
    ({"kind": "work", "title": "X", "length": "0,5", "due": ""}, "“X”, 30 min"),
    (
        {"kind": "hours", "day": "2026-11-28", "start": "09:00", "end": "00:00", "hour_map": ""},
        "More hours Sat 09:00–24:00",
    ),
    ({"kind": "without", "task_id": "1"}, "Without “Report” (#1)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "says"), STATED)
def test_forms_say_it_without_scripts(
    visitor: Visitor, planner: Planner, given: dict[str, str], says: str
) -> None:
    planner.add("Report 1h")
    page = visitor.look("/what-if")
    assert "Report (#1)" in page
    answer = visitor.send_plainly("/what-if", given)
    assert answer.headers["location"] == "/what-if"
    assert says in visitor.look("/what-if")


REFUSED = [
    ({"text": "hello"}, "suppose-text", "“hello” is not understood."),
    ({"text": ""}, "suppose-text", "Say what might be"),
    ({"text": "take Friday off", "name": "x" * 101}, "suppose-name", "at most 100 characters"),
    ({"kind": "wish"}, "suppose-text", "Say what might be."),
    (
        {"kind": "meeting", "title": "", "day": "2026-11-24", "start": "9:", "length": "1"},
        "suppose-meeting-start",
        "Give a time, such as 14:00.",
    ),
    (
        {"kind": "meeting", "title": "", "day": "2026-11-24", "start": "09:00", "length": "1"},
        "suppose-meeting-title",
        "Say what there is to do.",
    ),
    (
        {"kind": "meeting", "title": "B", "day": "2026-11-20", "start": "09:00", "length": "1"},
        "suppose-meeting-start",
        "This time is over already.",
    ),
    (
        {"kind": "meeting", "title": "B", "day": "2026-11-24", "start": "09:00", "length": "99"},
        "suppose-meeting-length",
        "between 5 minutes and 24 hours",
    ),
    ({"kind": "day_off", "first": ""}, "suppose-day_off-first", "Choose a day."),
    (
        {"kind": "day_off", "first": "2026-11-27", "last": "2026-11-26"},
        "suppose-day_off-last",
        "The last day lies before the first.",
    ),
    (
        {"kind": "day_off", "first": "2026-11-27", "hour_map": "night"},
        "suppose-day_off-hour_map",
        "There are no hours named “night”.",
    ),
    (
        {"kind": "work", "title": "X", "length": "many"},
        "suppose-work-length",
        "Write a number here.",
    ),
    ({"kind": "work", "title": "X", "length": "41"}, "suppose-work-length", "40 hours"),
    (
        {"kind": "work", "title": "X", "length": "1", "due": "2026-11-01"},
        "suppose-work-due",
        "over already",
    ),
    (
        {"kind": "hours", "day": "2026-11-28", "start": "12:00", "end": "09:00"},
        "suppose-hours-end",
        "More hours end on the day",
    ),
    ({"kind": "without", "task_id": "x"}, "suppose-without-task_id", "Choose a task."),
    ({"kind": "without", "task_id": "9"}, "suppose-without-task_id", "no open task #9"),
]


@pytest.mark.parametrize(("given", "line", "sentence"), REFUSED)
def test_what_cannot_be_supposed_is_told_beside_its_field(
    visitor: Visitor, planner: Planner, given: dict[str, str], line: str, sentence: str
) -> None:
    planner.add("Report 1h")
    answer = visitor.send("/what-if", given, status=422)
    assert answer.headers["HX-Retarget"] == f"#{line}-error"
    assert sentence in answer.text
    page = visitor.send_plainly("/what-if", given, status=422).text
    assert sentence in page
    assert f'id="{line}-error"' in page
    assert stored(planner) == []


def test_what_was_typed_stays_typed(visitor: Visitor) -> None:
    given = {
        "kind": "meeting",
        "title": "Bo<b>ard",
        "day": "2026-11-24",
        "start": "x",
        "length": "",
    }
    page = visitor.send_plainly("/what-if", given, status=422).text
    assert 'value="Bo&lt;b&gt;ard"' in page
    page = visitor.send_plainly("/what-if", {"text": "“hm”"}, status=422).text
    assert 'value="“hm”"' in page


def test_what_is_thrown_away_can_be_brought_back(visitor: Visitor, planner: Planner) -> None:
    visitor.send("/what-if", {"text": "take Friday off; meeting Tuesday 14:00 2h", "name": "Both"})
    before = stored(planner)[0].suppositions
    answer = visitor.send("/what-if/1/removal", {})
    assert stored(planner) == []
    visitor.undo(answer)
    assert [(one.name, one.suppositions) for one in stored(planner)] == [("Both", before)]


@pytest.mark.parametrize(
    "said", ["", "{", "7", "[7]", '[{"kind": "wish"}]', '[{"kind": "without", "task_id": 9}]',
             '[{"kind": "day_off", "first": 3}]', '[{"kind": "without", "task": 9}]']
)  # fmt: skip
def test_a_forged_undo_brings_nothing_back(visitor: Visitor, planner: Planner, said: str) -> None:
    visitor.send("/what-if/restoration", {"suppositions": said}, status=422)
    assert stored(planner) == []


def test_without_scripts_one_is_kept_and_another_thrown_away(
    visitor: Visitor, planner: Planner
) -> None:
    for day in ("Thursday", "Friday"):
        visitor.send_plainly("/what-if", {"text": f"take {day} off"})
    think(planner)
    assert visitor.send_plainly("/what-if/1/acceptance", {}).headers["location"] == "/week"
    assert visitor.send_plainly("/what-if/2/removal", {}).headers["location"] == "/what-if"
    closed = planner.read(lambda s: s.preferences.hour_maps()[0].exceptions)
    assert closed == {"2026-11-26": []}


def test_what_is_out_of_date_says_so_and_is_planned_through_again(
    visitor: Visitor, planner: Planner
) -> None:
    visitor.send("/what-if", {"text": "take Friday off"})
    think(planner)
    planner.add("Report 1h")
    assert "Something has changed since" in visitor.look("/what-if/1")
    think(planner)
    assert "Planned through for your present plan." in visitor.look("/what-if/1")


def test_one_that_is_not_there_is_told(visitor: Visitor) -> None:
    assert visitor.client.get("/what-if/7").status_code == 404
    visitor.send("/what-if/7/acceptance", {}, status=404)
    visitor.send("/what-if/7/removal", {}, status=404)
    assert visitor.client.get("/what-if/x", headers={"Referer": HERE}).status_code in (404, 422)
    assert visitor.client.delete("/what-if/7").status_code == 405


def test_the_ninth_is_refused(visitor: Visitor, planner: Planner) -> None:
    for day in range(1, 9):
        visitor.send("/what-if", {"text": f"take {day} December off"})
    answer = visitor.send("/what-if", {"text": "take Friday off"}, status=409)
    assert "There are 8 what-ifs; throw one away first." in answer.text + str(answer.headers)
    assert len(stored(planner)) == 8
