"""A day with too much on it, and out of it again with what the page offers."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Visit
from tests.web.browser.test_access import violations

pytestmark = pytest.mark.browser


def overloaded(visit: Visit) -> tuple[Page, int]:
    """Return Today, where about nine hours hold two tasks of six and five hours, and the task
    that has no place."""
    visit.add("Budget 6 h deadline today 18:00 p8")
    slides = visit.add("Slides 5 h deadline today 18:00")
    return visit.open(), slides


def test_one_press_and_it_fits_and_undo_brings_it_back(visit: Visit) -> None:
    page, slides = overloaded(visit)
    waiting = page.locator(f"#waiting-{slides}")
    waiting.get_by_text("Why not, and what helps").click()
    expect(waiting).to_contain_text("Without any one of these there would be a way:")
    expect(waiting).to_contain_text("“Budget”, deadline")
    assert violations(page) == []
    waiting.get_by_role("button", name="Move its deadline").click()
    expect(page.locator(".toast")).to_contain_text("“Slides” has its place")
    expect(waiting).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(waiting).to_have_count(1)


def test_in_the_details(visit: Visit) -> None:
    page, slides = overloaded(visit)
    expect(page.locator(f"#waiting-{slides}")).to_contain_text("Why not, and what helps")
    page.locator(f"#waiting-{slides} a.t").click()
    dialog = page.locator("#task-dialog")
    expect(dialog.locator("#task-why-not")).to_contain_text("It cannot be done in time.")
    assert violations(page) == []
    dialog.get_by_role("button", name="Remove “Budget”").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#waiting")).to_have_count(0)


def test_it_works_without_script(visit: Visit) -> None:
    page, slides = overloaded(visit)
    expect(page.locator(f"#waiting-{slides}")).to_contain_text("Why not, and what helps")
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_page(java_script_enabled=False, base_url=page.url)
    plain.goto(f"/tasks/{slides}")
    plain.get_by_role("button", name="Move its deadline").click()
    expect(plain.locator("h1")).to_have_text("Slides")
    expect(plain.locator(".place").first).not_to_contain_text("Not placed")
    plain.close()
