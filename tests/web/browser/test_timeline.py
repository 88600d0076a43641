"""The timeline under a hand: drawing a new task, moving one, by mouse and by finger."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import STEADY, Visit
from tests.web.browser.hands import Finger, drag, phone, place

pytestmark = pytest.mark.browser
FOUR, TEN, ELEVEN, NOON = 4 * 60, 10 * 60, 11 * 60, 12 * 60


def block_of(page: Page, task: int) -> Locator:
    return page.locator(f"#timeline .blk[data-task='{task}']")


def number_of(block: Locator, name: str) -> int:
    return int(block.get_attribute(f"data-{name}") or -1)


class TestDrawing:
    def test_a_stretch_of_the_day_becomes_a_task_there(self, visit: Visit) -> None:
        page = visit.open()
        drag(page, place(page, ELEVEN), place(page, ELEVEN + 45), place(page, NOON))
        field = page.locator("#capture-text")
        expect(field).to_be_focused()
        expect(field).to_have_value(" today 11:00-12:00")
        page.keyboard.type("Write report")
        expect(page.locator("#capture-chips")).to_contain_text("11:00")
        page.keyboard.press("Enter")
        block = page.locator("#timeline .blk", has_text="Write report")
        expect(block).to_have_attribute("data-start", str(ELEVEN))
        expect(block).to_have_attribute("data-length", "60")

    def test_upwards_is_the_same_and_the_last_one_drawn_counts(self, visit: Visit) -> None:
        page = visit.open()
        page.locator("#capture-text").fill("Write report")
        drag(page, place(page, NOON), place(page, NOON + 30))
        expect(page.locator("#capture-chips")).to_contain_text("12:00")
        drag(page, place(page, NOON), place(page, ELEVEN))
        expect(page.locator("#capture-text")).to_have_value("Write report today 11:00-12:00")

    def test_a_click_or_escape_draws_nothing(self, visit: Visit) -> None:
        page = visit.open()
        page.mouse.click(*place(page, ELEVEN))
        page.mouse.down()
        page.mouse.move(*place(page, NOON), steps=4)
        expect(page.locator(".blk.drag")).to_be_visible()
        page.keyboard.press("Escape")
        page.mouse.up()
        expect(page.locator(".blk")).to_have_count(0)
        expect(page.locator("#capture-text")).to_have_value("")

    def test_a_day_of_the_week_is_written_as_its_date(self, visit: Visit) -> None:
        page = visit.open("/week")
        day = page.locator("#timeline ol[data-day]").last.get_attribute("data-day") or ""
        drag(page, place(page, FOUR, day), place(page, FOUR + 90, day))
        field = page.locator("#capture-anywhere-text")
        expect(field).to_be_focused()
        expect(field).to_have_value(f" {day} 04:00-05:30")
        page.keyboard.type("Write report")
        page.keyboard.press("Enter")
        block = page.locator("#timeline .blk", has_text="Write report")
        expect(block).to_have_attribute("data-day", day)
        expect(block).to_have_attribute("data-start", str(FOUR))

    @phone
    def test_a_finger_rests_and_then_draws(self, visit: Visit) -> None:
        page = visit.open()
        finger = Finger(page)
        finger.drag(place(page, TEN), place(page, TEN + 15), place(page, TEN + 30))
        expect(page.locator("#capture-text")).to_have_value(" today 10:00-10:30")


@phone
class TestFinger:
    def test_moves_a_block_after_a_rest(self, visit: Visit) -> None:
        task = visit.add(f"Write report 1 h {STEADY}")
        page = visit.open()
        block = block_of(page, task)
        start = number_of(block, "start")
        before, after = place(page, start + 5), place(page, start + 95)
        Finger(page).drag(before, (after[0], after[1] - 20), after)
        expect(page.locator(".toast")).to_contain_text("pinned")
        expect(block).to_have_attribute("data-start", str(start + 90))

    def test_scrolls_when_it_does_not_rest(self, visit: Visit) -> None:
        task = visit.add(f"Write report 1 h {STEADY}")
        page = visit.open()
        block = block_of(page, task)
        start = number_of(block, "start")
        Finger(page).swipe(place(page, start + 30), place(page, start + 10), place(page, start))
        expect(page.locator(".blk.drag")).to_have_count(0)
        expect(block).to_have_attribute("data-start", str(start))

    def test_makes_a_block_longer_at_its_lower_edge(self, visit: Visit) -> None:
        task = visit.add(f"Write report 1 h {STEADY}")
        page = visit.open()
        block = block_of(page, task)
        end = number_of(block, "start") + 60
        Finger(page).swipe(place(page, end - 3), place(page, end + 14), place(page, end + 27))
        expect(block).to_have_attribute("data-length", "90")
        expect(page.locator(".toast")).to_contain_text("pinned")


def test_keys_go_through_days_and_views(visit: Visit) -> None:
    page = visit.open("/week?days=3")
    columns = page.locator("#timeline ol[data-day]")
    first = columns.last.get_attribute("data-day")
    page.keyboard.press("n")
    expect(columns.first).not_to_have_attribute("data-day", first or "")
    visit.settle()
    page.keyboard.press("p")
    expect(columns.last).to_have_attribute("data-day", first or "")
    visit.settle()
    page.keyboard.press("v")
    expect(columns).to_have_count(7)
