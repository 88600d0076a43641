"""A day with mouse and keyboard: add, look, move, start, finish."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.browser.conftest import STEADY, Visit
from tests.web.browser.hands import drag, place

pytestmark = pytest.mark.browser
ELEVEN = 11 * 60


def title(page: Page, text: str) -> None:
    expect(page.locator("#timeline .blk a.t", has_text=text)).to_be_visible()


def test_typing_shows_what_is_understood_and_enter_adds_it(visit: Visit) -> None:
    page = visit.open()
    field = page.locator("#capture-text")
    field.fill("Call Jonas 20 min p8")
    expect(page.locator("#capture-chips")).to_contain_text("20 min")
    field.press("Enter")
    title(page, "Call Jonas")
    expect(page.locator(".toast")).to_contain_text("“Call Jonas” →")
    expect(field).to_have_value("")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#timeline .blk")).to_have_count(0)


def test_z_undoes_the_last_action_even_after_a_reload(visit: Visit) -> None:
    page = visit.open()
    field = page.locator("#capture-text")
    field.fill("Call Jonas 20 min p8")
    field.press("Enter")
    title(page, "Call Jonas")
    page.reload()
    title(page, "Call Jonas")
    page.keyboard.press("z")
    expect(page.locator("#timeline .blk")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("Undone: Added “Call Jonas”")
    page.get_by_role("button", name="Redo").click()
    title(page, "Call Jonas")


def test_an_example_can_be_clicked(visit: Visit) -> None:
    page = visit.open()
    page.locator("[data-example]").click()
    expect(page.locator("#capture-text")).to_have_value(
        "Call Jonas tomorrow before 11, 20 min, p8"
    )
    expect(page.locator("#capture-chips")).to_contain_text("Priority")


def test_several_lines_become_several_tasks(visit: Visit) -> None:
    page = visit.open()
    field = page.locator("#capture-text")
    field.press_sequentially("First 30 min")
    field.press("Shift+Enter")
    field.press_sequentially("Second 30 min")
    field.press("Enter")
    expect(page.locator("#timeline .blk.plan")).to_have_count(2)


def test_a_mistake_stands_beside_the_field_and_keeps_the_text(visit: Visit) -> None:
    page = visit.open()
    page.locator("#capture-text").fill("x" * 501)
    page.locator("#capture-text").press("Enter")
    expect(page.locator("#capture-error")).to_contain_text("at most 500 characters")
    expect(page.locator("#capture-text")).to_have_value("x" * 501)


def test_start_stop_and_done(visit: Visit) -> None:
    task = visit.add("Write report 1 h")
    page = visit.open()
    page.locator(f"#timeline [data-task='{task}']").get_by_role("button", name="Start").click()
    expect(page.locator("#running")).to_contain_text("Write report")
    page.locator("#running").get_by_role("button", name="Stop").click()
    expect(page.locator("#running")).to_have_count(0)
    page.locator(f"#timeline [data-task='{task}']").get_by_role("button", name="Start").click()
    expect(page.locator("#running")).to_be_visible()
    page.keyboard.press("d")
    expect(page.locator("#folded")).to_contain_text("Write report")


def test_a_drag_pins_where_it_is_dropped_and_undo_takes_it_away(visit: Visit) -> None:
    task = visit.add(f"Write report 1 h {STEADY}")
    page = visit.open()
    block = page.locator(f"#timeline [data-task='{task}']")
    expect(block).to_have_attribute("data-start", str(ELEVEN))
    drag(page, place(page, ELEVEN + 5), place(page, ELEVEN + 30), place(page, ELEVEN + 95))
    expect(page.locator(".toast")).to_contain_text("pinned")
    expect(block.get_by_role("button", name="Unpin")).to_be_visible()
    expect(block).to_have_attribute("data-start", str(ELEVEN + 90))
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(block.get_by_role("button", name="Unpin")).to_have_count(0)
    expect(block).to_have_attribute("data-start", str(ELEVEN))


def test_news_waits_while_a_block_is_under_the_hand(visit: Visit) -> None:
    visit.add(f"Write report 1 h {STEADY}")
    page = visit.open()
    late: list[Route] = []
    page.route("/", lambda route: late.append(route))
    with page.expect_request("/"):
        visit.add("Call Jonas 30 min")
    page.mouse.move(*place(page, ELEVEN + 5))
    page.mouse.down()
    page.mouse.move(*place(page, ELEVEN + 35), steps=4)
    for route in late:
        route.continue_()
    page.unroute("/")
    visit.settle()
    expect(page.locator("#timeline .blk.plan")).to_have_count(1)
    expect(page.locator("#timeline .blk.drag")).to_be_visible()
    page.mouse.up()
    title(page, "Call Jonas")
    expect(page.locator("#timeline .blk.plan")).to_have_count(2)


def test_keys_move_a_task_and_the_focus_stays(visit: Visit) -> None:
    task = visit.add(f"Write report 1 h {STEADY}")
    page = visit.open()
    block = page.locator(f"#timeline [data-task='{task}']")
    block.locator("a.t").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".toast")).to_contain_text("pinned")
    expect(block).to_have_attribute("data-start", str(ELEVEN + 30))
    expect(block.locator("a.t")).to_be_focused()


def test_another_page_is_told_at_once(visit: Visit) -> None:
    page = visit.open()
    expect(page.locator("#timeline .blk")).to_have_count(0)
    visit.add("From elsewhere 30 min")
    title(page, "From elsewhere")


def test_details_open_complain_and_save(visit: Visit) -> None:
    task = visit.add("Write report 1 h")
    page = visit.open("/tasks")
    page.locator(f"#row-{task} a.t").click()
    dialog = page.locator("#task-dialog")
    dialog.get_by_label("Takes").fill("a while")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("#task-duration-error")).to_contain_text("Write a length")
    dialog.get_by_label("Takes").fill("1 h 30")
    dialog.get_by_role("button", name="Add a time of day").click()
    row = dialog.locator("#task-windows [data-row]")
    row.get_by_label("From").fill("10:00")
    row.get_by_label("To").fill("12:00")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).not_to_be_visible()
    expect(page.locator(f"#row-{task}")).to_contain_text("1 h 30")
    assert visit.served.get(f"/tasks/{task}")["duration_minutes"] == 90


def test_the_week_shows_it_and_a_key_leads_there(visit: Visit) -> None:
    visit.add("Write report 1 h")
    page = visit.open()
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page).to_have_url(f"http://127.0.0.1:{visit.served.port}/week")
    title(page, "Write report")


def test_tasks_are_added_from_every_page(visit: Visit) -> None:
    page = visit.open("/settings")
    page.keyboard.press("q")
    page.locator("#capture-anywhere-text").fill("From anywhere 30 min")
    page.locator("#capture-anywhere-text").press("Enter")
    expect(page.locator(".toast")).to_contain_text("From anywhere")


def test_what_is_unfolded_stays_so_when_something_changes(visit: Visit) -> None:
    done = visit.add("Write report 1 h")
    visit.press(f"/tasks/{done}/completion")
    page = visit.open()
    page.locator("#folded summary").click()
    expect(page.locator("#folded")).to_have_attribute("open", "")
    visit.press(f"/tasks/{visit.add('Call Jonas 30 min')}/completion")
    expect(page.locator("#folded li")).to_have_count(2)
    expect(page.locator("#folded")).to_have_attribute("open", "")


def test_a_dragged_block_shows_where_it_would_stand(visit: Visit) -> None:
    visit.add(f"Write report 1 h {STEADY}")
    page = visit.open()
    block = page.locator("#timeline .blk", has_text="Write report")
    page.mouse.move(*place(page, ELEVEN + 5))
    page.mouse.down()
    page.mouse.move(*place(page, ELEVEN + 65), steps=4)
    expect(page.locator("#drag-label b")).to_have_text("12:00–13:00")
    expect(block.locator(".when .when-span")).to_have_text("12:00–13:00")
    page.mouse.up()
    expect(page.locator(".toast")).to_contain_text("pinned")


def test_a_proposal_is_answered_in_the_page(visit: Visit) -> None:
    visit.add("Write report 1 h")
    visit.add("Call Jonas 30 min")
    visit.served.patch("/settings", {"plan_mode": "manual", "buffer_minutes": 15})
    try:
        visit.served.post("/plan/proposals", status=201)
        page = visit.open()
        card = page.locator("#replanning")
        card.locator("summary").first.click()
        expect(card.locator("details[open] p")).not_to_be_empty()
        card.get_by_role("button", name="Accept").click()
        expect(page.locator(".toast")).to_contain_text("moved")
        expect(page.get_by_text("Nothing moves until you agree.")).to_have_count(0)
    finally:
        visit.served.patch("/settings", {"plan_mode": "ask", "buffer_minutes": 0})
