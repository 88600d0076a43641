"""Why not, and what helps: beside the day, beside the week, and in the details of a task."""

import re
from datetime import timedelta
from html import unescape

import pytest

from dayloom.bootstrap import Container, Services
from dayloom.tasks.models import Task
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.plans.overload import FIVE, TUESDAY, numbered, overload
from tests.web.test_proposals import Aside
from tests.web.visiting import Visitor, toast

HOUR = timedelta(hours=1)


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Aside(container, clock)


@pytest.fixture
def slides(planner: Planner) -> Task:
    """The task for which Monday has no room."""
    return overload(planner)[1]


def address(planner: Planner, task: Task, start: str) -> str:
    (row,) = [row for row in planner.diagnose() if row.task_id == task.id]
    return f"/tasks/{task.id}/repairs/{numbered(row, start)}"


def deadline(planner: Planner, task: Task) -> object:
    return planner.read(lambda s: s.tasks.require(task.id).deadline)


@pytest.mark.parametrize("path", ["/", "/week"])
def test_what_has_no_place_says_why_and_what_helps(
    visitor: Visitor, planner: Planner, slides: Task, path: str
) -> None:
    assert "What is left free" in visitor.look(path) or "are missing" in visitor.look(path)
    planner.diagnose()
    waiting = visitor.look(path).partition('id="waiting"')[2]
    assert "It cannot be done in time. It would have to be 1 h shorter." in waiting
    assert "Without any one of these there would be a way:" in waiting
    assert "its hours, “work”" in waiting
    assert "“Budget”, deadline Mon 17:00</a>" in waiting
    assert f'action="/tasks/{slides.id}/repairs/1"' in waiting
    assert "Move its deadline to Tue 12:00</button><p>It is done Tue 12:00." in waiting


@pytest.mark.parametrize("path", ["/", "/week"])
def test_what_is_late_says_so_too(visitor: Visitor, planner: Planner, path: str) -> None:
    late = planner.add("Budget 2h due today 10:00")
    fine = planner.add("Call 30 min")
    planner.replan()
    panel = visitor.look(path).partition('id="late"')[2]
    assert "Why that is so is being looked into." in panel
    planner.diagnose()
    panel = visitor.look(path).partition('id="late"')[2]
    assert f'id="late-{late.id}"' in panel
    assert f'id="late-{fine.id}"' not in panel
    assert "Move its due date to Mon 11:00" in panel


def test_a_day_that_holds_everything_says_nothing(visitor: Visitor, planner: Planner) -> None:
    task = planner.add("Call 30 min due today 17:00")
    planner.replan()
    planner.diagnose()
    page = visitor.look("/")
    assert 'id="late"' not in page
    assert "Why not" not in page
    assert "repairs" not in visitor.look(f"/tasks/{task.id}")


def test_the_details_of_a_task(visitor: Visitor, planner: Planner, slides: Task) -> None:
    planner.diagnose()
    page = visitor.look(f"/tasks/{slides.id}")
    assert re.search(r"<b>Not placed.</b> It cannot be done in time", page)
    part = visitor.part(f"/tasks/{slides.id}/why-not")
    assert part.lstrip().startswith('<section class="note" id="task-why-not"')
    assert part.count("</button>") == 4


def test_what_could_not_be_found_out_leaves_what_the_plan_says(
    visitor: Visitor, planner: Planner, slides: Task
) -> None:
    planner.diagnose()

    def forget(s: Services) -> None:
        row = s.diagnoses.of(slides.id)
        assert row is not None
        row.finding, row.sentence = "unknown", "Whether it can be done could not be found out."
        row.members, row.repairs = [], []

    planner.write(forget)
    (unplaced,) = planner.look().unplaced
    for path in ("/", "/week", f"/tasks/{slides.id}"):
        page = unescape(visitor.look(path))
        assert unplaced.reason in page
        assert "could not be found out" not in page


def test_its_address_alone_leads_to_the_task(visitor: Visitor, slides: Task) -> None:
    answer = visitor.client.get(f"/tasks/{slides.id}/why-not", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/tasks/{slides.id}")


def test_one_press_repairs_and_the_toast_takes_it_back(
    visitor: Visitor, planner: Planner, slides: Task
) -> None:
    answer = visitor.send(address(planner, slides, "Move its deadline"), {})
    assert toast(answer)["text"] == "“Slides” has its place: tomorrow 09:00"
    assert deadline(planner, slides) == TUESDAY + 3 * HOUR
    assert 'id="waiting"' not in visitor.look("/")
    visitor.undo(answer)
    assert deadline(planner, slides) == FIVE
    assert 'id="waiting"' in visitor.look("/")


def test_a_plain_form_does_the_same(visitor: Visitor, planner: Planner, slides: Task) -> None:
    visitor.send_plainly(address(planner, slides, "Add 1 h"), {})
    assert 'id="waiting"' not in visitor.look("/")
    assert "You let a task be helped" in visitor.look("/")


def test_a_stale_press_is_refused_in_a_sentence(
    visitor: Visitor, planner: Planner, slides: Task
) -> None:
    path = address(planner, slides, "Move its deadline")
    planner.write(lambda s: s.tasks.edit(slides.id, {"deadline": FIVE - HOUR}))
    answer = visitor.send(path, {}, status=409)
    assert toast(answer)["text"].startswith("Something has changed since this was found out.")
    assert deadline(planner, slides) == FIVE - HOUR
    visitor.send_plainly(path, {}, status=409)


def test_titles_are_text(visitor: Visitor, planner: Planner) -> None:
    planner.add("<b>Budget</b> 6h deadline today 17:00 p8")
    planner.add("Slides 3h deadline today 17:00")
    planner.replan()
    planner.diagnose()
    page = visitor.look("/")
    assert "Remove “&lt;b&gt;Budget&lt;/b&gt;”" in page
    assert "<b>Budget" not in page


@pytest.mark.parametrize("path", ["/tasks/9/repairs/1", "/tasks/2/repairs/9"])
def test_what_is_not_there(visitor: Visitor, planner: Planner, slides: Task, path: str) -> None:
    planner.diagnose()
    assert slides.id == 2
    assert "There is no" in toast(visitor.send(path, {}, status=404))["text"]
