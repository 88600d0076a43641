"""Dayloom beside the other apps of a device."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser.conftest import Visit

pytestmark = pytest.mark.browser
SHARED = "/add?title=Read+this+30+min&text=https%3A%2F%2Fexample.com%2F1"
ALONE = "in-incognito"  # what browsers complain of in a window that forgets everything


def test_a_browser_offers_to_install_it(visit: Visit) -> None:
    page = visit.open()
    browser = page.context.new_cdp_session(page)
    assert browser.send("Page.getAppManifest")["errors"] == []
    complaints = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in complaints if one["errorId"] != ALONE] == []


def test_what_another_app_shares_is_added_by_a_press(visit: Visit) -> None:
    page = visit.open(SHARED)
    field = page.locator("#capture-text")
    expect(field).to_be_focused()
    expect(field).to_have_value("Read this 30 min https://example.com/1")
    expect(page.locator("#capture-chips")).to_contain_text("30 min")
    field.press("Enter")
    expect(page.locator("#timeline .blk")).to_have_count(1)
    expect(field).to_have_value("")
    page.reload()
    expect(field).to_have_value("")


def test_what_is_shared_is_added_once_without_scripts_too(visit: Visit, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{visit.served.port}{SHARED}")
    page.locator("#capture").get_by_role("button", name="Add").click()
    expect(page.locator("#timeline .blk")).to_have_count(1)
    expect(page.locator("#capture-text")).to_have_value("")
    assert page.url == f"http://127.0.0.1:{visit.served.port}/"
    context.close()
