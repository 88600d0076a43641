"""The list of tasks by mouse and by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import FORM, Visit

pytestmark = pytest.mark.browser


def pick(page: Page, task: int) -> None:
    page.locator(f"#row-{task}").hover()
    page.locator(f"#row-{task} .pick").check()


def test_it_is_searched_and_grouped_and_the_address_says_so(visit: Visit) -> None:
    task, other = visit.add("Write report 1 h #work"), visit.add("Call Jonas 20 min #home")
    page = visit.open("/tasks")
    page.locator("#filter-text").fill("jonas")
    expect(page.locator(f"#row-{task}")).to_have_count(0)
    page.locator("select[name=group]").select_option("Tag")
    expect(page.locator("h2.group")).to_have_text("#home 1")
    expect(page).to_have_url(re.compile("text=jonas.*group=tag"))
    page.reload()
    expect(page.locator(f"#row-{other}")).to_be_visible()
    expect(page.locator(f"#row-{task}")).to_have_count(0)


def test_a_row_is_edited_in_place(visit: Visit) -> None:
    task = visit.add("Call Jonas 20 min")
    page = visit.open("/tasks")
    row = page.locator(f"#row-{task}")
    row.hover()
    row.locator(".edit").click()
    title = row.get_by_label("Title")
    expect(title).to_be_focused()
    title.fill("Call Jonas back")
    row.get_by_label("Takes").fill("a while")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".error", has_text="Write a length")).to_be_visible()
    row.get_by_label("Takes").fill("45 min")
    row.get_by_label("Takes").press("Enter")
    expect(row.locator("a.t")).to_have_text("Call Jonas back")
    expect(row).to_contain_text("45 min")
    expect(page.locator(".toast")).to_contain_text("Saved “Call Jonas back”")


def test_escape_leaves_a_row_as_it_was(visit: Visit) -> None:
    task = visit.add("Call Jonas 20 min")
    page = visit.open("/tasks")
    page.locator(f"#row-{task} a.t").focus()
    page.keyboard.press("e")
    title = page.locator(f"#row-{task}").get_by_label("Title")
    expect(title).to_be_focused()
    title.fill("Something else")
    title.press("Escape")
    expect(page.locator(f"#row-{task} a.t")).to_have_text("Call Jonas")


def test_several_are_chosen_and_put_off_together(visit: Visit) -> None:
    first, second = visit.add("Write report 1 h"), visit.add("Call Jonas 20 min")
    page = visit.open("/tasks")
    expect(page.locator("#selection")).not_to_be_visible()
    pick(page, first)
    pick(page, second)
    expect(page.locator("#selection")).to_contain_text("2 selected")
    page.get_by_label("Put off").select_option("tomorrow")
    expect(page.locator(".toast")).to_contain_text("2 tasks: not before tomorrow")
    expect(page.locator("#selection")).not_to_be_visible()
    expect(page.locator("h2.group")).to_contain_text("Tomorrow")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator("h2.group")).to_contain_text("Today")


def test_shift_chooses_what_lies_between(visit: Visit) -> None:
    tasks = [visit.add(f"Task {name} 15 min") for name in ("one", "two", "three")]
    page = visit.open("/tasks")
    pick(page, tasks[0])
    page.locator(f"#row-{tasks[2]}").hover()
    page.locator(f"#row-{tasks[2]} .pick").click(modifiers=["Shift"])
    expect(page.locator("#selection")).to_contain_text("3 selected")
    page.keyboard.press("Escape")
    expect(page.locator("#selection")).not_to_be_visible()


def test_keys_walk_choose_and_act(visit: Visit) -> None:
    first, second = visit.add("Write report 1 h"), visit.add("Call Jonas 20 min")
    page = visit.open("/tasks")
    page.keyboard.press("j")
    expect(page.locator(f"#row-{first} a.t")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#selection")).to_contain_text("2 selected")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".toast")).to_contain_text("“Call Jonas”: not before tomorrow")
    expect(page.locator(f"#row-{second} a.t")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("d")
    expect(page.locator(".toast", has_text="Done: “Write report”")).to_be_visible()
    expect(page.locator(f"#row-{first}")).to_have_count(0)


def test_a_key_starts_and_stops_and_deletes(visit: Visit) -> None:
    task = visit.add("Write report 1 h")
    page = visit.open("/tasks")
    row = page.locator(f"#row-{task}")
    row.locator("a.t").focus()
    page.keyboard.press("s")
    expect(row).to_contain_text("running")
    page.keyboard.press("s")
    expect(row).not_to_contain_text("running")
    page.keyboard.press("Delete")
    expect(row).to_have_count(0)
    page.keyboard.press("z")
    expect(row).to_be_visible()


def test_a_long_list_goes_on_as_one_scrolls(visit: Visit) -> None:
    lines = "\n".join(f"Task {number} 15 min" for number in range(120))
    visit.served.ask("POST", "/tasks", f"text={lines}".encode(), Content_Type=FORM)
    page = visit.open("/tasks?group=none")
    expect(page.locator(".tasks .row")).to_have_count(100)
    page.locator(".more").scroll_into_view_if_needed()
    expect(page.locator(".tasks .row")).to_have_count(120)
    expect(page.locator(".more:visible")).to_have_count(0)


def test_a_view_is_kept_and_found_again(visit: Visit) -> None:
    visit.add("Write report 1 h #work")
    page = visit.open("/tasks?tag=work")
    page.get_by_text("Save view").click()
    page.get_by_label("Name of the view").fill("At work")
    page.keyboard.press("Enter")
    link = page.locator("#tabs").get_by_role("link", name="At work")
    expect(link).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Forget the view At work").click()
    expect(link).to_have_count(0)
