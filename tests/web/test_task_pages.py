"""The list of tasks, and the details of one."""

from datetime import timedelta

import pytest

from dayloom.tasks.models import Task
from dayloom.web.task_texts import read_length
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.web.visiting import Visitor, toast

PART = {"HX-Request": "true"}
WHOLE = {
    "title": "Write the report",
    "notes": "two\r\nlines",
    "duration": "1 h 30",
    "release": "2026-11-24T09:00",
    "due": "2026-11-26T17:00",
    "deadline": "2026-11-27T12:00",
    "priority": "7,5",
    "tags": "work #deep",
    "hour_map": "personal",
    "min_chunk": "30 min",
    "max_chunk": "1h",
    "preferred_name": ["", "morning"],
    "preferred_start": ["", "08:00"],
    "preferred_end": ["", "12:00"],
    "after_id": ["", "1"],
    "after_gap": ["", "15"],
    "pinned_start": "",
}


@pytest.fixture
def first(desk: Desk) -> Task:
    return desk.write(lambda s: s.capture.add_lines("Ask around 30 min")).tasks[0]


@pytest.fixture
def added(desk: Desk, first: Task) -> Task:
    assert first.id == 1  # which `WHOLE` comes after
    return desk.write(lambda s: s.capture.add_lines("Write report 2h #work")).tasks[0]


def task(desk: Desk, task_id: int) -> Task:
    return desk.read(lambda s: s.tasks.require(task_id))


def test_every_field_can_be_changed_and_put_back(
    visitor: Visitor, desk: Desk, added: Task
) -> None:
    answer = visitor.send(f"/tasks/{added.id}", WHOLE)
    now = task(desk, added.id)
    assert (now.title, now.notes, now.priority) == ("Write the report", "two\nlines", 7.5)
    assert now.duration == timedelta(minutes=90)
    assert (now.min_chunk, now.max_chunk) == (timedelta(minutes=30), timedelta(hours=1))
    assert now.tags == ["deep", "work"]
    assert now.hour_map == "personal"
    assert now.preferred == [{"name": "morning", "start": "08:00", "end": "12:00"}]
    assert [(one.after_id, one.gap) for one in now.after] == [(1, timedelta(minutes=15))]
    assert now.deadline is not None
    assert now.deadline.isoformat() == "2026-11-27T11:00:00+00:00"
    visitor.undo(answer)
    back = task(desk, added.id)
    assert (back.title, back.duration, back.after) == ("Write report", timedelta(hours=2), [])
    assert (back.deadline, back.preferred, back.hour_map) == (None, [], None)


def test_what_was_not_touched_stays_as_it_is(visitor: Visitor, desk: Desk, added: Task) -> None:
    visitor.send(f"/tasks/{added.id}", {"title": "Another title"})
    now = task(desk, added.id)
    assert (now.title, now.duration, now.tags) == ("Another title", timedelta(hours=2), ["work"])


def test_emptied_lists_are_empty(visitor: Visitor, desk: Desk, added: Task) -> None:
    visitor.send(f"/tasks/{added.id}", WHOLE)
    visitor.send(f"/tasks/{added.id}", {"after_id": "", "after_gap": ""})
    assert task(desk, added.id).after == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "  "),
        ("duration", "a while"),
        ("duration", "7"),
        ("priority", "eleven"),
        ("priority", "nan"),
        ("priority", "11"),
        ("due", "tomorrow"),
        ("deadline", "1800-01-01T00:00"),
        ("min_chunk", "3 min"),
        ("tags", "x" * 65),
    ],
)
def test_a_mistake_is_told_beside_its_field(
    visitor: Visitor, desk: Desk, added: Task, field: str, value: str
) -> None:
    answer = visitor.send(f"/tasks/{added.id}", {field: value}, status=422)
    assert answer.headers["HX-Retarget"] == f"#task-{field}-error"
    assert f'id="task-{field}-error"' in visitor.look(f"/tasks/{added.id}")
    assert task(desk, added.id).title == "Write report"


@pytest.mark.parametrize(
    "given",
    [
        {"preferred_name": "", "preferred_start": "09:00", "preferred_end": ""},
        {"after_id": "x", "after_gap": ""},
        {"after_id": "999", "after_gap": ""},
    ],
)
def test_a_mistake_in_a_list_is_told_beside_it(
    visitor: Visitor, added: Task, given: dict[str, str]
) -> None:
    answer = visitor.send(f"/tasks/{added.id}", given, status=422)
    target = answer.headers["HX-Retarget"].removeprefix("#")
    assert f'id="{target}"' in visitor.look(f"/tasks/{added.id}")


def test_without_scripts_a_mistake_keeps_everything_typed(visitor: Visitor, added: Task) -> None:
    given = WHOLE | {"duration": "a while", "title": "My <title>"}
    page = visitor.send_plainly(f"/tasks/{added.id}", given, status=422).text
    assert 'value="a while"' in page
    assert 'value="My &lt;title&gt;"' in page
    assert 'value="morning"' in page
    assert "Write a length such as" in page


def test_htmx_gets_the_dialog_and_a_person_the_page(visitor: Visitor, added: Task) -> None:
    part = visitor.client.get(f"/tasks/{added.id}", headers=PART)
    assert "app:modal" in part.headers["HX-Trigger"]
    assert "<html" not in part.text
    assert "<html" in visitor.look(f"/tasks/{added.id}")


def test_a_repetition_can_end(visitor: Visitor, desk: Desk) -> None:
    made = desk.write(lambda s: s.capture.add_lines("Stretch every day 10 min")).tasks
    assert "every day" in visitor.look(f"/tasks/{made[0].id}")
    visitor.send(f"/tasks/{made[0].id}/series-end", {})
    assert desk.read(lambda s: s.tasks.count_unfinished()) == 0


def test_what_does_not_repeat_cannot_end(visitor: Visitor, added: Task) -> None:
    visitor.send(f"/tasks/{added.id}/series-end", {}, status=409)


class TestList:
    def test_it_is_narrowed_by_words_and_by_a_tag(
        self, visitor: Visitor, first: Task, added: Task
    ) -> None:
        assert f'id="row-{added.id}"' in visitor.look("/tasks?text=REPORT")
        assert f'id="row-{first.id}"' not in visitor.look("/tasks?text=REPORT")
        assert f'id="row-{first.id}"' not in visitor.look("/tasks?tag=work")
        assert "No task fits this search." in visitor.look("/tasks?text=nowhere")

    def test_done_ones_have_a_list_of_their_own(
        self, visitor: Visitor, clock: FakeClock, added: Task
    ) -> None:
        clock.advance(timedelta(minutes=5))
        visitor.send(f"/tasks/{added.id}/completion", {})
        assert f'id="row-{added.id}"' not in visitor.look("/tasks")
        assert f'id="row-{added.id}"' in visitor.look("/tasks?show=done")

    @pytest.mark.parametrize("show", ["missed", "nonsense", ""])
    def test_any_state_gives_a_list(self, visitor: Visitor, show: str) -> None:
        assert 'id="list"' in visitor.look(f"/tasks?show={show}")

    def test_a_title_is_changed_in_place(self, visitor: Visitor, desk: Desk, added: Task) -> None:
        answer = visitor.send(f"/tasks/{added.id}/row", {"title": "Better"}, status=200)
        assert f'id="row-{added.id}"' in answer.text
        assert task(desk, added.id).title == "Better"
        visitor.undo(answer)
        assert task(desk, added.id).title == "Write report"

    def test_an_empty_title_is_refused(self, visitor: Visitor, added: Task) -> None:
        form = visitor.part(f"/tasks/{added.id}/row?edit=1")
        answer = visitor.send(f"/tasks/{added.id}/row", {"title": ""}, status=422)
        assert answer.text == "Say what there is to do."
        assert answer.headers["HX-Retarget"] == f"#row-{added.id}-title-error"
        assert f'id="row-{added.id}-title-error"' in form


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45", 45), ("45 min", 45), ("1 h 30", 90), ("1.5 h", 90), ("2h", 120), ("1:30", 90)],
)
def test_lengths_are_read_as_they_are_said(text: str, minutes: int) -> None:
    assert read_length(text, field="duration") == timedelta(minutes=minutes)


def test_hours_that_do_not_exist_are_refused(visitor: Visitor, added: Task) -> None:
    answer = visitor.send(f"/tasks/{added.id}", {"hour_map": "nights"}, status=422)
    assert answer.headers["HX-Retarget"] == "#task-hour_map-error"


def test_an_undo_carries_only_what_was_changed(visitor: Visitor, added: Task) -> None:
    answer = visitor.send(f"/tasks/{added.id}", WHOLE | {"notes": ""})
    assert "notes" not in toast(answer)["action"]["values"]
    same = visitor.send(f"/tasks/{added.id}", {"title": "Write the report"})
    assert "action" not in toast(same)


def test_long_notes_come_back_too(visitor: Visitor, desk: Desk, added: Task) -> None:
    visitor.send(f"/tasks/{added.id}", {"notes": "ä" * 20_000})
    answer = visitor.send(f"/tasks/{added.id}", {"notes": ""})
    visitor.undo(answer)
    assert task(desk, added.id).notes == "ä" * 20_000


def test_a_very_long_title_is_cut_in_a_toast(visitor: Visitor, added: Task) -> None:
    answer = visitor.send(f"/tasks/{added.id}/row", {"title": "x" * 400}, status=200)
    assert toast(answer)["text"] == f"Saved “{'x' * 60}…”"


def test_a_series_has_one_line_that_says_how_many_follow(visitor: Visitor, desk: Desk) -> None:
    occurrences = desk.write(lambda s: s.capture.add_lines("Standup every weekday at 9")).tasks
    page = visitor.look("/tasks")
    assert page.count('aria-label="Select Standup"') == 1
    assert f"+ {len(occurrences) - 1} later" in page


def test_what_will_be_late_is_marked(visitor: Visitor, desk: Desk) -> None:
    desk.write(lambda s: s.capture.add_lines("Write the report 7h p9\nCall Kim 2h by 14:00 p9"))
    page = visitor.look("/tasks")
    assert page.count("data-late") == 1
    answer = visitor.send("/tasks", {"text": "Call Jo 2h by 15:00"})
    assert toast(answer)["text"].endswith(", later than it is due")
    chips = visitor.send("/preview", {"text": "Call Li 2h by 10:30"}, status=200).text
    assert "data-late>→ 09:00–11:00 · makes it 30 min late<" in chips
