"""The page of the present day, with htmx and without."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.web.visiting import HERE, Visitor, put_event, toast

PART = {"HX-Request": "true"}


def add(desk: Desk, text: str) -> Task:
    return desk.write(lambda s: s.capture.add_lines(text)).tasks[0]


def task(desk: Desk, task_id: int) -> Task:
    return desk.read(lambda s: s.tasks.require(task_id))


def test_a_day_with_nothing_beside_it_has_the_width(visitor: Visitor, desk: Desk) -> None:
    added = add(desk, "Write report 2h")
    for path in ("/", "/week"):
        assert 'class="side bare"' in visitor.look(path)
    visitor.send(f"/tasks/{added.id}/start", {})
    assert 'class="side"' in visitor.look("/")


def test_an_empty_day_invites_with_one_example(visitor: Visitor) -> None:
    page = visitor.look("/")
    assert "What is on your mind?" in page
    assert page.count("data-example=") == 1


def test_notes_stand_in_the_block_of_today(visitor: Visitor, desk: Desk) -> None:
    added = add(desk, "Write report 2h")
    desk.write(lambda s: s.tasks.edit(added.id, {"notes": "Ask Maya."}))
    assert '<span class="notes">Ask Maya.</span>' in visitor.look("/")
    assert "Ask Maya." not in visitor.look("/week")


def test_a_task_stands_at_its_minute_with_all_it_says(visitor: Visitor, desk: Desk) -> None:
    added = add(desk, "Write report 2h by friday p8 #work")
    block = re.search(rf'<li class="blk plan[^>]*id="slot-{added.id}-0[^>]*>', visitor.look("/"))
    assert block is not None
    assert 'data-start="540" data-length="120"' in block[0]
    assert 'data-p="hi"' in block[0]


def test_the_night_before_the_first_thing_is_folded(
    visitor: Visitor, desk: Desk, clock: FakeClock
) -> None:
    clock.advance(timedelta(hours=16))
    put_event(desk, "Deploy", clock.now() + timedelta(hours=2))
    put_event(desk, "Workshop", clock.now() + timedelta(hours=9, minutes=30))
    add(desk, "Write report 2h")
    page = visitor.look("/")
    assert "--from:540;" in page
    assert "02:00–03:00 Deploy</li>" in page
    clock.advance(timedelta(hours=10, minutes=15))
    page = visitor.look("/")
    assert "--from:600;" in page
    assert re.search('id="event-2-2026-11-24"[^>]*data-start="600" data-length="30"', page)


def test_several_lines_are_shown_one_after_the_other(visitor: Visitor) -> None:
    chips = visitor.send("/preview", {"text": "Write 2h\nCall Kim 1h"}, status=200).text
    assert re.findall("→ ([^<]+)<", chips) == ["09:00–11:00", "11:00–12:00"]


def test_the_title_is_text_and_never_markup(visitor: Visitor, desk: Desk) -> None:
    add(desk, "<img src=x onerror=alert(1)> 30 min")
    page = visitor.look("/")
    assert "<img" not in page
    assert "&lt;img" in page


def test_every_htmx_element_carries_the_nonce_of_its_response(
    visitor: Visitor, desk: Desk
) -> None:
    add(desk, "Write report 2h")
    for path in ("/", "/week", "/tasks", "/tasks/1", "/settings"):
        response = visitor.client.get(path)
        nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
        assert nonce is not None
        elements = re.findall(r"<[a-z]+ [^>]*\bhx-(?:get|post|trigger|sse)[^>]*>", response.text)
        assert elements
        assert all(f'hx-nonce="{nonce[1]}"' in element for element in elements)


def test_the_policy_lets_no_foreign_script_run(visitor: Visitor) -> None:
    policy = visitor.client.get("/").headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy


def test_htmx_gets_the_board_alone(visitor: Visitor) -> None:
    part = visitor.look("/", **PART)
    assert part.lstrip().startswith('<div class="board"')
    assert "<html" not in part


def test_what_was_shown_counts_as_seen(visitor: Visitor, desk: Desk) -> None:
    added, other = add(desk, "Write report 2h"), add(desk, "Call Jonas 20 min")
    visitor.send(f"/tasks/{other.id}/pin", {"day": "2026-11-23", "minute": "900"})
    visitor.look("/")
    [slot] = desk.read(lambda s: s.placements.slots_of([added.id]))[added.id]
    assert slot.seen_at is not None


def test_the_running_task_has_a_clock(visitor: Visitor, desk: Desk, clock: FakeClock) -> None:
    added = add(desk, "Write report 2h")
    visitor.send(f"/tasks/{added.id}/start", {})
    clock.advance(timedelta(minutes=61, seconds=5))
    page = visitor.look("/")
    assert "1:01:05" in page
    since = int(datetime(2026, 11, 23, 7, 0, tzinfo=UTC).timestamp() * 1000)
    assert f'data-since="{since}"' in page


def test_what_is_done_is_folded_and_counts(visitor: Visitor, desk: Desk, clock: FakeClock) -> None:
    added = add(desk, "Write report 2h")
    visitor.send(f"/tasks/{added.id}/start", {})
    clock.advance(timedelta(minutes=45))
    visitor.send(f"/tasks/{added.id}/completion", {})
    page = visitor.look("/")
    assert "<b>1 done</b>" in page
    assert "<b>45 min</b> done" in page


def test_a_task_that_fits_nowhere_says_so(visitor: Visitor, desk: Desk) -> None:
    added = add(desk, "Write a book 38h, must be done by tomorrow")
    assert f'id="waiting-{added.id}"' in visitor.look("/")


class TestQuickAdd:
    def test_each_line_becomes_a_task_and_undo_takes_all_back(
        self, visitor: Visitor, desk: Desk
    ) -> None:
        answer = visitor.send("/tasks", {"text": "Call Jonas 20 min\nBuy milk 10 min"})
        assert toast(answer)["text"] == "Added 2 tasks"
        visitor.undo(answer)
        assert desk.read(lambda s: s.tasks.count_unfinished()) == 0

    def test_the_toast_says_where_it_went(self, visitor: Visitor) -> None:
        answer = visitor.send("/tasks", {"text": "Call Jonas 20 min"})
        assert toast(answer)["text"] == "“Call Jonas” → 09:00–09:20"

    def test_undo_of_a_recurring_task_ends_it(self, visitor: Visitor, desk: Desk) -> None:
        visitor.undo(visitor.send("/tasks", {"text": "Stretch every day 10 min"}))
        assert desk.read(lambda s: s.tasks.count_unfinished()) == 0

    def test_nothing_typed_gives_a_sentence_beside_the_form(self, visitor: Visitor) -> None:
        headers = {**PART, "HX-Target": "p#capture-error"}
        answer = visitor.client.post("/tasks", data={"text": " "}, headers=headers)
        assert answer.status_code == 422
        assert answer.text.strip() == "Say what there is to do."

    def test_without_scripts_nothing_typed_is_lost(self, visitor: Visitor) -> None:
        long = "a" * 600
        page = visitor.send_plainly("/tasks", {"text": long}, status=422).text
        assert f">{long}</textarea>" in page
        assert "A title has at most 500 characters" in page

    def test_the_preview_shows_what_is_understood_and_stores_nothing(
        self, visitor: Visitor, desk: Desk
    ) -> None:
        answer = visitor.client.post(
            "/preview", data={"text": "Call Jonas tomorrow before 11, 20 min, p8"}, headers=PART
        )
        assert "Takes</span> 20 min" in answer.text
        assert "Priority</span> 8" in answer.text
        assert "→ tomorrow" in answer.text
        assert desk.read(lambda s: s.tasks.count_unfinished()) == 0


class TestWithoutScripts:
    @pytest.mark.parametrize("act", ["start", "completion"])
    def test_a_press_leads_back_to_where_it_was_pressed(
        self, visitor: Visitor, desk: Desk, act: str
    ) -> None:
        added = add(desk, "Write report 2h")
        headers = {"Referer": f"{HERE}/week?on=2026-11-23"}
        answer = visitor.client.post(
            f"/tasks/{added.id}/{act}", headers=headers, follow_redirects=False
        )
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/week?on=2026-11-23"

    def test_a_foreign_referrer_leads_nowhere_else(self, visitor: Visitor, desk: Desk) -> None:
        added = add(desk, "Write report 2h")
        answer = visitor.client.post(
            f"/tasks/{added.id}/start",
            headers={"Referer": "https://example.com/x"},
            follow_redirects=False,
        )
        assert answer.headers["Location"] == "/"

    def test_a_mistake_is_a_page_with_a_sentence(self, visitor: Visitor) -> None:
        answer = visitor.client.post("/tasks/99/start", headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert "There is no task #99." in answer.text


class TestStates:
    def test_completion_and_its_undo(self, visitor: Visitor, desk: Desk) -> None:
        added = add(desk, "Write report 2h")
        answer = visitor.send(f"/tasks/{added.id}/completion", {})
        assert task(desk, added.id).status == "completed"
        visitor.undo(answer)
        assert task(desk, added.id).status == "open"

    def test_deletion_and_its_undo(self, visitor: Visitor, desk: Desk) -> None:
        added = add(desk, "Write report 2h")
        answer = visitor.send(f"/tasks/{added.id}/deletion", {})
        assert desk.read(lambda s: s.tasks.count_unfinished()) == 0
        visitor.undo(answer)
        assert task(desk, added.id).title == "Write report"

    @pytest.mark.parametrize(
        "act", ["start", "stop", "completion", "reopening", "deletion", "restoration", "unpinning"]
    )
    def test_an_unknown_task_is_a_toast(self, visitor: Visitor, act: str) -> None:
        answer = visitor.send(f"/tasks/99/{act}", {}, status=404)
        assert toast(answer)["kind"] == "error"

    def test_a_get_changes_nothing(self, visitor: Visitor, desk: Desk) -> None:
        added = add(desk, "Write report 2h")
        assert visitor.client.get(f"/tasks/{added.id}/completion").status_code == 405
