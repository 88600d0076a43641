"""What if, on the screen: stated, compared, kept and thrown away; with scripts and without."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Visit
from tests.web.browser.test_access import violations

pytestmark = pytest.mark.browser
SOLVED = "Planned through for your present plan."
PATIENCE_MS = 60_000


@pytest.fixture(autouse=True)
def _nothing_supposed(visit: Visit) -> None:
    for one in visit.served.get("/scenarios")["scenarios"]:
        visit.press(f"/what-if/{one['id']}/removal")


def suppose(page: Page, words: str, name: str = "") -> None:
    page.get_by_label("In a sentence").fill(words)
    page.get_by_label("A name, if you like").fill(name)
    page.get_by_role("button", name="Think it through", exact=True).click()


def test_one_is_kept_and_another_thrown_away(visit: Visit) -> None:
    visit.add("Report 2h")
    page = visit.open("/week")
    page.get_by_role("link", name="What if …").click()
    suppose(page, "hello")
    expect(page.locator("#suppose-text-error")).to_contain_text("“hello” is not understood.")
    suppose(page, "meeting in 3 days at 14:00 2h", "Say yes")
    yes = page.locator("#scenarios article", has_text="Say yes")
    expect(yes).to_contain_text(SOLVED, timeout=PATIENCE_MS)
    expect(yes).to_contain_text("“Meeting” would lie")

    page.get_by_text("More work …").click()
    form = page.locator("#suppose-work")
    form.get_by_label("What", exact=True).fill("Client X")
    form.get_by_role("button").click()
    expect(page.locator("#suppose-work-length-error")).to_contain_text("Write a number here.")
    form.get_by_label("How long").fill("10")
    form.get_by_label("In pieces").check()
    form.get_by_role("button").click()
    work = page.locator("#scenarios article", has_text="“Client X”, 10 h, in pieces")
    expect(work).to_contain_text(SOLVED, timeout=PATIENCE_MS)
    work.get_by_role("button", name="Throw away").click()
    expect(work).to_have_count(0)
    page.get_by_role("button", name="Bring back").last.click()
    expect(work).to_have_count(1)
    work.get_by_role("button", name="Throw away").click()
    expect(work).to_have_count(0)

    yes.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", name="Day by day")).to_be_visible()
    expect(page.locator("#scenario tbody b")).to_have_text("14:00–16:00 Meeting")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**/week")
    meeting = next(t for t in visit.served.get("/tasks")["tasks"] if t["title"] == "Meeting")
    assert meeting["slots"][0]["pinned"] is True
    page.goto("/what-if")
    expect(page.locator("#scenarios")).to_contain_text("Nothing yet.")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_in_nobodys_way(visit: Visit, theme: Any, width: int) -> None:
    visit.add("Write a report with quite a long title that has to be somewhere 2h due tomorrow")
    given = {"text": "take tomorrow off; meeting in 3 days at 14:00 2h", "name": "Both"}
    number = visit.served.post("/scenarios?wait_seconds=60", given, status=201)["id"]
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    for path in ("/what-if", f"/what-if/{number}"):
        page = visit.open(path)
        expect(page.locator("main")).to_contain_text(SOLVED, timeout=PATIENCE_MS)
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_one_is_stated_and_thrown_away(visit: Visit, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{visit.served.port}/what-if")
    page.get_by_text("Days off …").click()
    form = page.locator("#suppose-day_off")
    form.get_by_role("button").click()
    expect(page.locator("#suppose-day_off-first-error")).to_contain_text("Choose a day.")
    page.locator("#suppose-text").fill("take tomorrow off")
    page.get_by_role("button", name="Think it through", exact=True).click()
    one = page.locator("#scenarios article", has_text="Tomorrow off")
    one.get_by_role("button", name="Throw away").click()
    expect(page.locator("#scenarios")).to_contain_text("Nothing yet.")
    context.close()
