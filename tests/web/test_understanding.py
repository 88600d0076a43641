"""What the pages show of a model's part in a task, and the two presses that ask for it."""

import re

import pytest

from dayloom.accounts.changes import PRIORITIES
from dayloom.infra import work
from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.plans.reader import Reader, connect
from tests.web.visiting import Visitor, toast

EVIL = '<script>alert("x")</script>'


@pytest.fixture
def reader(desk: Desk, clock: FakeClock) -> Reader:
    return Reader(Planner(desk.container, clock))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def read(reader: Reader) -> Task:
    task = reader.add("Write report by Friday", notes="three hours")
    reading = {"duration_text": "three hours"}
    return reader.read(task, reading=reading, slot=2, reasoning=f"Fresh then. {EVIL}")


def test_each_field_tells_who_said_so(visitor: Visitor, reader: Reader, read: Task) -> None:
    reader.rank(**{f"t{read.id}": 8})
    reader.planner.write(lambda s: s.tasks.edit(read.id, {"min_chunk": None}))
    said = words(visitor.look(f"/tasks/{read.id}"))
    assert "Takes 3 h your model, from “three hours”" in said
    assert "Due Fri your words" in said
    assert "Priority 8 your model’s estimate" in said
    assert f"Why this priority: Because of t{read.id}." in said


def test_the_proposal_and_the_place_are_both_told(
    visitor: Visitor, reader: Reader, read: Task
) -> None:
    assert f"/inferences/{read.inferred['proposed']}" in visitor.look(f"/tasks/{read.id}")
    reader.planner.replan()
    page = words(visitor.look(f"/tasks/{read.id}"))
    assert "Proposed and placed" in page
    assert "Where your model proposed it." in page
    assert read.proposed_start_time
    assert read.proposed_end_time
    reader.planner.meet(read.proposed_start_time, read.proposed_end_time)
    reader.planner.replan()
    page = words(visitor.look(f"/tasks/{read.id}"))
    assert "Proposed and placed" not in page
    assert "Proposed 12:00–15:00 Fresh then." in page
    assert "12:00–15:00 Where" not in page


def test_what_a_model_says_is_text(visitor: Visitor, reader: Reader, read: Task) -> None:
    reader.planner.replan()
    page = visitor.look(f"/tasks/{read.id}")
    assert EVIL not in page
    assert "alert(&#34;x&#34;)" in page


def test_a_task_can_be_read_again(visitor: Visitor, reader: Reader, read: Task) -> None:
    assert "Read again" in visitor.look(f"/tasks/{read.id}")
    answer = visitor.send(f"/tasks/{read.id}/reading", {})
    assert toast(answer)["text"] == "Your model reads “Write report” once more"
    assert "about to read it" in visitor.look(f"/tasks/{read.id}")
    assert reader.now(read).needs_reading


def test_all_open_tasks_are_read_with_a_press(visitor: Visitor, desk: Desk) -> None:
    desk.write(lambda s: s.capture.add_lines("Write report\nCall Jonas"))
    assert "Read my open tasks" not in visitor.look("/settings")
    desk.write(connect)
    assert "Read my open tasks" in visitor.look("/settings")
    answer = visitor.send("/tasks/reading", {})
    assert toast(answer)["text"] == "Your model reads 2 open tasks; what you have set stays"


def test_without_a_model_nothing_speaks_of_one(visitor: Visitor, desk: Desk) -> None:
    task = desk.write(lambda s: s.capture.add_lines("Write report 2h")).tasks[0]
    page = visitor.look(f"/tasks/{task.id}")
    assert "model" not in words(page)
    assert "Takes 2 h your words" in words(page)
    answer = visitor.send(f"/tasks/{task.id}/reading", {}, status=409)
    assert toast(answer)["kind"] == "error"


def test_all_tasks_are_ranked_with_a_press(visitor: Visitor, desk: Desk) -> None:
    desk.write(lambda s: s.capture.add_lines("Write report"))
    assert "Reprioritize all tasks" in visitor.look("/tasks")
    answer = visitor.send("/tasks/prioritization", {})
    assert toast(answer)["text"].startswith("Your tasks are ranked by their dates")
    key = str(desk.container.account_id)
    assert desk.read(lambda s: work.wanted(s.session, PRIORITIES, key)) == 1


def test_the_log_says_in_words_what_a_call_has_set(visitor: Visitor, reader: Reader) -> None:
    first = reader.add("Draft contract")
    notes = "three hours, due Friday 17:00, deadline December 1st, in the morning"
    task = reader.add("Send contract to Mia", notes=notes)
    texts = {"duration_text": "three hours", "due_text": "due Friday 17:00"}
    texts |= {"deadline_text": "deadline December 1st", "window_text": "in the morning"}
    reader.model.says = lambda q: (
        {"reading": {**texts, "after_ids": [first.id]}, "slot": 1, "reasoning": "Fresh."}
        if "Mia" in q.task.text
        else {}
    )
    reader.once()
    said = words(visitor.look(f"/inferences/{reader.now(task).inferred['due']}"))
    for expected in (
        "takes: 30 min → 3 h",
        "due: nothing → Fri 17:00",
        "preferred: nothing → morning",
        f"comes after: nothing → #{first.id}",
        "proposed time: nothing →",
    ):
        assert expected in said
    assert "must end by" not in said  # a model sets no hard end
    reader.rank(**{f"t{task.id}": 8.5})
    newest = reader.newest_call()
    assert "priority: 5 → 8.5" in words(visitor.look(f"/inferences/{newest}"))
