"""The context becomes rules under the person's eyes, with scripts and without."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Visit
from tests.web.browser.test_access import violations

pytestmark = pytest.mark.browser
CONTEXT = "I am a teacher. No calls before 10. Errands on Saturday. Nothing on weekends."


def tell(page: Page, context: str) -> None:
    page.locator("#context-context").fill(context)
    page.locator("#context").get_by_role("button", name="Save").click()


def test_a_context_is_read_switched_and_said_anew(visit: Visit) -> None:
    page = visit.open("/settings")
    tell(page, CONTEXT)
    rules = page.locator("#rules")
    calls = rules.locator("article", has_text="No calls before 10:00")
    expect(calls).to_contain_text("Concerns")
    expect(rules).to_contain_text("Not understood as a rule: it changes nothing.")
    calls.get_by_role("button", name="Switch off").click()
    expect(calls).to_contain_text("Switched off: it changes nothing.")
    expect(calls.get_by_role("button", name="Switch on")).to_be_visible()
    calls.locator("summary").click()
    calls.locator("input[name=words]").fill("Whatever")
    calls.get_by_role("button", name="Save").click()
    expect(calls.locator(".error")).to_contain_text("not understood as one rule")
    calls.locator("input[name=words]").fill("No calls before 11:30")
    calls.get_by_role("button", name="Save").click()
    expect(rules).to_contain_text("No calls before 11:30")
    page.get_by_role("button", name="Undo").last.click()
    expect(rules).to_contain_text("No calls before 10:00")
    tell(page, "")
    expect(rules).to_contain_text("None yet.")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rules_are_in_nobodys_way(visit: Visit, theme: str, width: int) -> None:
    page = visit.open("/settings")
    tell(page, CONTEXT)
    page.locator("#rules summary").first.click()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of the two
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tell(page, "")
    expect(page.locator("#rules")).to_contain_text("None yet.")


def test_without_scripts_rules_are_added_and_removed(visit: Visit, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{visit.served.port}/settings")
    page.locator("#new-rule-sentence").fill("Nothing on Sundays")
    page.get_by_role("button", name="Add rule").click()
    rule = page.locator("#rules article", has_text="No tasks on Sunday")
    rule.get_by_role("button", name="Remove").click()
    expect(page.locator("#rules")).to_contain_text("None yet.")
    context.close()
