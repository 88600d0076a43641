"""The list of tasks: in groups, narrowed, kept as views, changed many at a time."""

import re
from collections.abc import Sequence
from urllib.parse import quote

import pytest

from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

LINES = """Write the report 2h due tomorrow p9 #work +Website
Call Jonas 20 min p8 mornings +website
Water plants 10 min p2 #home
Paint the fence 38h must be done by tomorrow p3 #home"""
HEADING = re.compile(r'<h2 class="group">(.*?) <span class="num">(\d+)<')


@pytest.fixture
def tasks(desk: Desk) -> Sequence[Task]:
    return desk.write(lambda s: s.capture.add_lines(LINES)).tasks


def headings(page: str) -> dict[str, int]:
    return {name: int(count) for name, count in HEADING.findall(page)}


def listed(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="row-(\d+)"', page)]


def test_where_no_task_is_an_example_invites(visitor: Visitor, desk: Desk) -> None:
    assert visitor.look("/tasks").count("data-example=") == 1
    assert "data-example=" not in visitor.look("/tasks?show=done")
    desk.write(lambda s: s.capture.add_lines("Call Jonas"))
    page = visitor.look("/tasks?text=nonsense")
    assert "data-example=" not in page
    assert "No task fits this search." in page


@pytest.mark.usefixtures("tasks")
class TestGroups:
    @pytest.mark.parametrize(
        ("group", "expected"),
        [
            ("", {"Today": 3, "Not placed": 1}),
            ("due", {"Tomorrow": 2, "No date": 2}),
            ("project", {"Website": 2, "No project": 2}),
            ("tag", {"#home": 2, "#work": 1, "No tag": 1}),
            ("hours", {"Usual hours": 4}),
            ("energy", {"Morning": 1, "At any time": 3}),
            ("priority", {"High, 7 and above": 2, "Low, below 4": 2}),
            ("none", {}),
            ("nonsense", {"Today": 3, "Not placed": 1}),
        ],
    )
    def test_have_a_heading_and_a_number(
        self, visitor: Visitor, group: str, expected: dict[str, int]
    ) -> None:
        page = visitor.look(f"/tasks?group={group}")
        assert headings(page) == expected
        assert len(listed(page)) == 4

    def test_of_finished_ones_are_days(self, visitor: Visitor) -> None:
        visitor.send("/tasks/1/completion", {})
        assert headings(visitor.look("/tasks?show=done")) == {"Today": 1}


@pytest.mark.usefixtures("tasks")
class TestNarrowing:
    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("only=unplaced", [4]),
            ("only=dated", [1, 4]),
            ("only=urgent", [1, 2]),
            ("only=pinned", []),
            ("only=repeated", []),
            ("text=website", [1, 2]),
            ("tag=home&text=paint", [4]),
        ],
    )
    def test_shows_what_fits(self, visitor: Visitor, query: str, ids: list[int]) -> None:
        assert sorted(listed(visitor.look(f"/tasks?{query}"))) == ids


class TestParts:
    def test_of_a_long_list_come_one_after_the_other(self, visitor: Visitor, desk: Desk) -> None:
        lines = "\n".join(f"Task {number} 15 min" for number in range(120))
        desk.write(lambda s: s.capture.add_lines(lines))
        first = visitor.look("/tasks?group=none")
        assert len(listed(first)) == 100
        assert 'href="/tasks?group=none&amp;start=100"' in first
        second = visitor.part("/tasks?group=none&start=100")
        assert second.lstrip().startswith('<div class="part" id="part-')
        assert len(listed(second)) == 20
        assert not set(listed(first)) & set(listed(second))

    def test_repeat_no_heading(self, visitor: Visitor, desk: Desk) -> None:
        lines = "\n".join(f"Task {number} 15 min" for number in range(120))
        desk.write(lambda s: s.capture.add_lines(lines))
        assert headings(visitor.look("/tasks?group=tag")) == {"No tag": 120}
        assert headings(visitor.part("/tasks?group=tag&start=100")) == {}

    @pytest.mark.parametrize("start", ["-1", "x", "²", "99999999999999999999"])
    def test_that_are_not_there_are_empty_or_the_first(self, visitor: Visitor, start: str) -> None:
        assert 'id="part-' in visitor.part(f"/tasks?start={quote(start)}")


@pytest.mark.usefixtures("tasks")
class TestViews:
    def test_are_kept_chosen_and_forgotten(self, visitor: Visitor) -> None:
        kept = visitor.send("/tasks/views", {"name": "At home", "query": "tag=home&x=1"})
        assert toast(kept)["text"] == "Kept as “At home”"
        page = visitor.look("/tasks?tag=home")
        assert '<a href="/tasks?tag=home" aria-current="true">At home</a>' in page
        assert "Save view" not in page
        gone = visitor.send("/tasks/views/1/deletion", {})
        assert "At home" not in visitor.look("/tasks?tag=home")
        visitor.undo(gone)
        assert "At home" in visitor.look("/tasks")
        assert "View “At home”" in visitor.look("/changes") or "At home" in visitor.look(
            "/changes"
        )

    def test_keeping_one_can_be_undone(self, visitor: Visitor) -> None:
        visitor.undo(visitor.send("/tasks/views", {"name": "Mine", "query": "only=late"}))
        assert "Mine" not in visitor.look("/tasks")

    @pytest.mark.parametrize(
        ("name", "status", "sentence"),
        [
            ("  ", 422, "Name the view with 1 to 40 characters."),
            ("x" * 41, 422, "Name the view with 1 to 40 characters."),
            ("taken", 409, "There is a view named “taken” already."),
        ],
    )
    def test_want_a_name_of_their_own(
        self, visitor: Visitor, name: str, status: int, sentence: str
    ) -> None:
        visitor.send("/tasks/views", {"name": "Taken", "query": "only=late"})
        answer = visitor.send("/tasks/views", {"name": name, "query": ""}, status=status)
        assert toast(answer)["text"] == sentence


@pytest.mark.usefixtures("tasks")
class TestSelection:
    @pytest.mark.parametrize(
        ("act", "said"),
        [
            ({"act": "done"}, "Done: 2 tasks"),
            ({"act": "delete"}, "Deleted 2 tasks"),
            ({"later": "tomorrow"}, "2 tasks: not before tomorrow"),
            ({"later": "soon"}, "2 tasks: as soon as it fits"),
            ({"priority": "7"}, "2 tasks: priority 7"),
            ({"label": "#garden"}, "2 tasks: #garden"),
            ({"label": "+House"}, "2 tasks: project House"),
        ],
    )
    def test_is_changed_and_undone_together(
        self, visitor: Visitor, desk: Desk, act: dict[str, str], said: str
    ) -> None:
        before = state(desk)
        answer = visitor.send("/tasks/selection", {"task": ["2", "3"], **act})
        assert toast(answer)["text"] == said
        if act != {"later": "soon"}:
            assert state(desk) != before
            visitor.undo(answer)
        assert state(desk) == before

    def test_is_changed_as_a_whole_or_not_at_all(self, visitor: Visitor, desk: Desk) -> None:
        before = state(desk)
        answer = visitor.send(
            "/tasks/selection", {"task": ["3", "4"], "later": "next-week"}, status=422
        )
        assert "less time than the task takes" in toast(answer)["text"]
        assert state(desk) == before

    @pytest.mark.parametrize(
        ("given", "status"),
        [
            ({"act": "done"}, 422),
            ({"task": "x", "act": "done"}, 422),
            ({"task": ["1", "²"], "act": "done"}, 422),
            ({"task": "1"}, 422),
            ({"task": "1", "act": "explode"}, 422),
            ({"task": "1", "later": "never"}, 422),
            ({"task": "1", "priority": "11"}, 422),
            ({"task": "1", "label": "#" + "x" * 65}, 422),
            ({"task": "1", "label": "+" + "x" * 61}, 422),
            ({"task": "999", "act": "done"}, 404),
            ({"task": [str(number) for number in range(1, 502)], "act": "done"}, 422),
        ],
    )
    def test_of_nonsense_is_refused(
        self, visitor: Visitor, given: dict[str, object], status: int
    ) -> None:
        answer = visitor.send("/tasks/selection", given, status=status)
        assert toast(answer)["kind"] == "error"

    def test_works_by_a_plain_form(self, visitor: Visitor, desk: Desk) -> None:
        visitor.send_plainly("/tasks/selection", {"task": ["1", "2"], "act": "done"})
        assert desk.read(lambda s: s.tasks.count_unfinished()) == 2


def state(desk: Desk) -> list[tuple[object, ...]]:
    return desk.read(
        lambda s: [
            (t.id, t.status, t.release, t.priority, list(t.tags), t.project)
            for t in s.tasks.page(limit=100)
        ]
    )
