"""What people and paper ask for beyond the usual look: contrast, calm, own colours, print."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Visit
from tests.web.browser.test_contrast import faint, prepare

pytestmark = pytest.mark.browser
MUCH = 7.0  # WCAG 2.2, 1.4.6


def opened(visit: Visit, path: str = "/") -> Page:
    task = visit.add("Write report 1 h p8 #work")
    visit.add("Call Jonas 30 min, due today")
    visit.add("A book that fits nowhere 39 h, must be done by tomorrow")
    visit.press(f"/tasks/{task}/start")
    return visit.open(path)


def style(page: Page, selector: str, name: str) -> str:
    found = page.locator(selector).first.evaluate(
        "(element, name) => getComputedStyle(element)[name]", name
    )
    return str(found)


class TestOwnColours:
    @pytest.fixture
    def page(self, visit: Visit) -> Page:
        visit.page.emulate_media(forced_colors="active")
        return opened(visit)

    @pytest.mark.parametrize("selector", [".blk.plan", ".blk.live", ".card", ".glass"])
    def test_what_was_told_apart_by_its_ground_has_an_edge(
        self, page: Page, selector: str
    ) -> None:
        assert style(page, selector, "borderTopStyle") in ("solid", "dashed")
        assert float(style(page, selector, "borderTopWidth").removesuffix("px")) >= 1

    def test_what_runs_and_where_one_is_stand_out(self, page: Page) -> None:
        assert style(page, ".blk.live", "borderTopWidth") == "3px"
        assert style(page, ".rail [aria-current]", "outlineStyle") == "solid"

    def test_the_focus_is_seen(self, page: Page) -> None:
        page.locator("#capture-text").focus()
        assert style(page, ".qa", "outlineStyle") == "solid"
        page.keyboard.press("Tab")
        assert style(page, ":focus-visible", "outlineStyle") != "none"
        page.locator("#timeline .blk.plan a.t").first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        ring = "element => getComputedStyle(element, '::after').outlineStyle"
        assert page.locator("#timeline .blk.plan a.t").first.evaluate(ring) == "solid"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/week", "/tasks", "/insights"])
def test_who_asks_for_more_contrast_gets_it(visit: Visit, path: str, theme: Any) -> None:
    prepare(visit, theme)
    visit.page.emulate_media(contrast="more")
    page = opened(visit, path)
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": 1440, "height": tall})
    assert faint(page, enough=MUCH) == []


def test_who_asks_for_no_glass_sees_through_nothing(visit: Visit) -> None:
    page = opened(visit, "/tasks")
    wanted = [{"name": "prefers-reduced-transparency", "value": "reduce"}]
    page.context.new_cdp_session(page).send("Emulation.setEmulatedMedia", {"features": wanted})
    page.keyboard.press("?")
    dialog = "#keys-dialog .glass"
    expect(page.locator(dialog)).to_be_visible()
    assert style(page, dialog, "backdropFilter") == "none"
    assert style(page, dialog, "backgroundColor").startswith("rgb(")


def test_who_asks_for_calm_sees_nothing_move(visit: Visit) -> None:
    page = opened(visit)
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    assert page.evaluate("document.getAnimations().map(one => one.animationName)") == []


class TestPaper:
    @pytest.mark.parametrize("path", ["/", "/week"])
    def test_shows_the_plan_and_nothing_to_press(self, visit: Visit, path: str) -> None:
        visit.page.emulate_media(media="print", color_scheme="dark")
        page = opened(visit, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("#timeline .blk", has_text="Call Jonas")).to_be_visible()
        for gone in (".rail", ".dock", ".side", ".capture-box", ".head .acts", ".blk .ft"):
            assert (
                page.locator(gone).evaluate_all(
                    "all => all.filter(one => one.checkVisibility()).length"
                )
                == 0
            ), gone
        assert page.locator("button:visible").count() == 0

    @pytest.mark.parametrize("path", ["/", "/week"])
    def test_is_black_on_white_whatever_the_theme(self, visit: Visit, path: str) -> None:
        visit.page.emulate_media(media="print", color_scheme="dark")
        page = opened(visit, path)
        assert style(page, "body", "backgroundColor") == "rgb(255, 255, 255)"
        assert style(page, "#timeline .blk a.t", "color") == "rgb(0, 0, 0)"
        assert faint(page) == []
