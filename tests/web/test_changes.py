"""The page of changes, and Z."""

import json

import pytest

from dayloom.bootstrap import Container
from tests.conftest import Desk
from tests.web.visiting import Visitor, toast


@pytest.fixture
def visitor(container: Container) -> Visitor:
    return Visitor(container)


def test_whatever_was_done_is_listed_and_taken_back(visitor: Visitor, desk: Desk) -> None:
    assert "Nothing was changed yet" in visitor.look("/changes")
    visitor.send("/tasks", {"text": "Call mum 30 min"})
    number = desk.read(lambda s: s.tasks.unfinished()[0].id)
    visitor.send(f"/tasks/{number}/row", {"title": "Call dad"}, status=200)
    page = visitor.look("/changes")
    assert page.index("Renamed “Call mum” to “Call dad”") < page.index("Added “Call mum”")
    assert "on a page" in page


def test_z_undoes_what_the_last_page_did_and_says_so(visitor: Visitor, desk: Desk) -> None:
    visitor.send("/tasks", {"text": "Call mum 30 min"})
    number = desk.read(lambda s: s.tasks.unfinished()[0].id)
    visitor.send(f"/tasks/{number}/deletion", {})
    answer = visitor.send("/changes/undo", {})
    assert toast(answer)["text"] == "Undone: Removed “Call mum”"
    assert [task.title for task in desk.read(lambda s: s.tasks.unfinished())] == ["Call mum"]
    again = toast(answer)["action"]
    assert again["label"] == "Redo"
    redone = visitor.send(again["url"], {})
    assert toast(redone)["text"] == "Done again: Removed “Call mum”"
    assert not desk.read(lambda s: s.tasks.unfinished())


def test_settings_tell_every_region_that_they_are_back(visitor: Visitor, desk: Desk) -> None:
    visitor.send("/settings/preferences/context", {"context": "No calls before 10:00."})
    answer = visitor.send("/changes/undo", {})
    told = json.loads(answer.headers["HX-Trigger"])
    assert {"preferences:changed", "rules:changed", "calendars:changed"} <= told.keys()
    assert told["app:toast"]["text"] == "Undone: Added the rule “No calls before 10:00.”"
    assert not desk.read(lambda s: s.preferences.require().context)


def test_a_pin_is_told_with_its_place_and_undone_with_its_plan(
    visitor: Visitor, desk: Desk
) -> None:
    visitor.send("/tasks", {"text": "Call mum 30 min"})
    number = desk.read(lambda s: s.tasks.unfinished()[0].id)
    visitor.send(f"/tasks/{number}/pin", {"day": "2026-11-24", "minute": "600"})
    assert "Put “Call mum” on tomorrow 10:00" in visitor.look("/changes")
    answer = visitor.send("/changes/undo", {})
    assert toast(answer)["text"].startswith("Undone: Put “Call mum” on tomorrow 10:00")
    assert desk.read(lambda s: s.tasks.require(number).pins) == []
    visitor.send(toast(answer)["action"]["url"], {})
    assert desk.read(lambda s: s.tasks.require(number).pins) != []


def test_nothing_to_undo_is_said(visitor: Visitor) -> None:
    answer = visitor.send("/changes/undo", {}, status=409)
    assert toast(answer)["text"] == "There is nothing to undo."
    visitor.send("/changes/77/undo", {}, status=404)


def test_without_scripts_the_page_undoes_by_plain_forms(visitor: Visitor, desk: Desk) -> None:
    visitor.send_plainly("/tasks", {"text": "Call mum"})
    assert 'action="/changes/1/undo"' in visitor.look("/changes")
    visitor.send_plainly("/changes/1/undo", {})
    assert not desk.read(lambda s: s.tasks.unfinished())


def test_a_long_history_is_read_page_by_page(visitor: Visitor) -> None:
    for number in range(53):
        visitor.send("/tasks", {"text": f"Task {number}"})
    first = visitor.look("/changes")
    assert "Added “Task 52”" in first
    assert "Added “Task 2”" not in first
    assert 'href="/changes?before=4"' in first
    assert "Added “Task 2”" in visitor.look("/changes?before=4")
