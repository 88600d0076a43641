"""Adding, changing, finding and removing tasks."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from dayloom.bootstrap import Services
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.plans.reader import connect

HOUR = timedelta(hours=1)


def add(desk: Desk, title: str = "Write", **fields: object) -> Task:
    given = cast("TaskFields", {"title": title, **fields})
    return desk.write(lambda s: s.tasks.add(given, default_duration=HOUR / 2))


class TestAdd:
    def test_fills_what_was_not_said(self, desk: Desk) -> None:
        task = add(desk, "  Write   the report ")
        assert (task.title, task.duration, task.priority) == ("Write the report", HOUR / 2, 5.0)
        assert task.needs_scheduling

    def test_refuses_an_empty_title_and_stores_nothing(self, desk: Desk) -> None:
        with pytest.raises(Invalid, match="Say what there is to do") as caught:
            add(desk, "   ")
        assert caught.value.field == "title"
        assert desk.read(lambda s: s.tasks.count_unfinished()) == 0

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("duration", timedelta(minutes=4), "between 5 minutes and 40 hours"),
            ("duration", timedelta(hours=41), "between 5 minutes and 40 hours"),
            ("duration", timedelta(minutes=7), "multiple of 5 minutes"),
            ("priority", 10.5, "between 0 and 10"),
            ("priority", -1.0, "between 0 and 10"),
            ("title", "x" * 501, "at most 500 characters"),
            ("notes", "x" * 20_001, "at most 20,000 characters"),
            ("tags", ["t"] * 21, "at most 20 tags"),
            ("min_chunk", timedelta(minutes=3), "steps of 5 minutes"),
            ("due", datetime(2026, 11, 24), "with its offset"),  # noqa: DTZ001 — the point
            ("deadline", datetime(2226, 11, 24, tzinfo=UTC), "1970 to 2100"),
            ("preferred", [{"name": "m", "start": "9", "end": "12:00"}], "times of day"),
        ],
    )
    def test_says_what_is_wrong_with_a_field(
        self, desk: Desk, field: str, value: object, words: str
    ) -> None:
        with pytest.raises(Invalid, match=words) as caught:
            desk.write(
                lambda s: s.tasks.add(
                    cast("TaskFields", {"title": "Write", field: value}), default_duration=HOUR
                )
            )
        assert caught.value.field == field

    def test_refuses_a_deadline_that_leaves_too_little_time(
        self, desk: Desk, clock: FakeClock
    ) -> None:
        now = clock.now()
        with pytest.raises(Invalid, match="less time than the task takes"):
            add(desk, duration=2 * HOUR, release=now, deadline=now + HOUR)

    def test_refuses_pieces_that_cannot_add_up(self, desk: Desk) -> None:
        with pytest.raises(Invalid, match="cannot be cut"):
            add(desk, duration=HOUR * 1.5, min_chunk=HOUR, max_chunk=HOUR)

    def test_tidies_tags(self, desk: Desk) -> None:
        assert add(desk, tags=["#Work", "work", " deep "]).tags == ["deep", "work"]


class TestEdit:
    def test_leaves_what_is_not_named(self, desk: Desk) -> None:
        task = add(desk, notes="keep me")
        edited = desk.write(lambda s: s.tasks.edit(task.id, {"title": "Other"}))
        assert (edited.title, edited.notes) == ("Other", "keep me")

    def test_does_not_know_a_missing_task(self, desk: Desk) -> None:
        with pytest.raises(NotFound, match="no task #99"):
            desk.write(lambda s: s.tasks.edit(99, {"title": "x"}))

    def test_keeps_a_pin_where_it_is_when_the_duration_changes(
        self, desk: Desk, clock: FakeClock
    ) -> None:
        start = clock.now() + HOUR
        task = add(desk, pinned_start=start, duration=HOUR)
        edited = desk.write(lambda s: s.tasks.edit(task.id, {"duration": 2 * HOUR}))
        assert [datetime.fromisoformat(t) for t in edited.pins[0]] == [start, start + 2 * HOUR]


class TestDelete:
    def test_can_be_taken_back(self, desk: Desk) -> None:
        task = add(desk)
        desk.write(lambda s: s.tasks.delete(task.id))
        with pytest.raises(NotFound):
            desk.read(lambda s: s.tasks.require(task.id))
        desk.write(lambda s: s.tasks.restore(task.id))
        assert desk.read(lambda s: s.tasks.require(task.id)).title == "Write"

    def test_stops_a_running_task_first(self, desk: Desk) -> None:
        task = add(desk)
        desk.write(lambda s: s.tracking.start(task.id))
        desk.write(lambda s: s.tasks.delete(task.id))
        assert desk.read(lambda s: s.tracking.running()) is None


class TestDependencies:
    def test_refuses_a_circle(self, desk: Desk) -> None:
        first = add(desk, "first")
        second = add(desk, "second", after=[{"task_id": first.id, "gap": timedelta(0)}])
        with pytest.raises(Invalid, match="wait for itself"):
            desk.write(
                lambda s: s.tasks.edit(
                    first.id, {"after": [{"task_id": second.id, "gap": timedelta(0)}]}
                )
            )

    def test_refuses_an_unknown_task(self, desk: Desk) -> None:
        with pytest.raises(Invalid, match="no task #77"):
            add(desk, after=[{"task_id": 77, "gap": timedelta(0)}])

    def test_can_be_changed_and_removed(self, desk: Desk) -> None:
        first, other = add(desk, "first"), add(desk, "other")
        task = add(desk, after=[{"task_id": first.id, "gap": HOUR}])
        edited = desk.write(
            lambda s: s.tasks.edit(task.id, {"after": [{"task_id": other.id, "gap": HOUR}]})
        )
        assert [(d.after_id, d.gap) for d in edited.after] == [(other.id, HOUR)]
        assert desk.write(lambda s: s.tasks.edit(task.id, {"after": []})).after == []


class TestFind:
    def test_looks_into_titles_and_notes_and_takes_signs_literally(self, desk: Desk) -> None:
        add(desk, "100% done")
        add(desk, "1000 things", notes="nothing")
        found = desk.read(lambda s: [t.title for t in s.tasks.page(text="100%")])
        assert found == ["100% done"]

    def test_pages_in_order_of_number(self, desk: Desk) -> None:
        ids = [add(desk, f"t{n}").id for n in range(5)]
        page = desk.read(lambda s: [t.id for t in s.tasks.page(after_id=ids[1], limit=2)])
        assert page == ids[2:4]


class TestProvenance:
    """Whose each field is: the person's own is known as such."""

    def test_fields_that_are_given_are_the_persons(self, desk: Desk) -> None:
        made = desk.write(
            lambda s: s.capture.add_fields(
                {"priority": 8.0, "notes": "n"}, said={"title": "Write", "duration": HOUR}
            )
        ).tasks[0]
        assert made.edited == ["notes", "priority"]

    def test_words_alone_set_none(self, desk: Desk) -> None:
        assert desk.write(lambda s: s.capture.add_lines("Write 2h p8")).tasks[0].edited == []

    def test_occurrences_have_what_was_given_for_all(self, desk: Desk) -> None:
        made = desk.write(
            lambda s: s.capture.add_fields(
                {"title": "Stretch", "rrule": "FREQ=DAILY", "priority": 2.0}
            )
        ).tasks
        assert len(made) > 1
        assert all("priority" in task.edited for task in made)

    def test_an_edit_makes_a_field_the_persons(self, desk: Desk) -> None:
        task = add(desk)

        def infer(s: Services) -> None:
            row = s.tasks.require(task.id)
            row.inferred = {"priority": 7, "due": 7, "proposed": 7}
            row.priority_reason = "Because."

        desk.write(infer)
        edited = desk.write(lambda s: s.tasks.edit(task.id, {"priority": 3.0}))
        assert (edited.edited, edited.priority_reason) == (["priority"], "")
        assert edited.inferred == {"due": 7, "proposed": 7}

    def test_all_open_single_tasks_are_read(self, desk: Desk) -> None:
        open_, done, begun = add(desk), add(desk), add(desk)
        desk.write(lambda s: s.tracking.complete(done.id))
        desk.write(lambda s: s.tracking.start(begun.id))
        desk.write(lambda s: s.capture.add_fields({"title": "Stretch", "rrule": "FREQ=DAILY"}))
        desk.write(connect)
        assert desk.write(lambda s: s.tasks.read_all()) == 1
        assert desk.read(lambda s: s.tasks.require(open_.id).needs_reading)
        assert not desk.read(lambda s: s.tasks.require(done.id).needs_reading)

    def test_all_are_read_by_a_model_or_not_at_all(self, desk: Desk) -> None:
        add(desk)
        with pytest.raises(Conflict, match="No model is connected"):
            desk.write(lambda s: s.tasks.read_all())

    def test_nothing_is_read_again_without_a_model(self, desk: Desk) -> None:
        task = add(desk)
        with pytest.raises(Conflict, match="No model is connected"):
            desk.write(lambda s: s.tasks.read_again(task.id))
