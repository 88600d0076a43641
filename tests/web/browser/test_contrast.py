"""Text against what is really behind it: glass, gradients, tints. Measured in pixels.

The colour is the computed one, the ground a picture of the page with its text made transparent.
WCAG 2.2, 1.4.3: at least 4.5, or 3 for large text; the tenth of the ground that is worst counts.
"""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Address, Visit
from tests.web.browser.test_access import open_task

pytestmark = pytest.mark.browser
SCRIPT = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
ENOUGH, ENOUGH_FOR_LARGE = 4.5, 3.0
TALLEST = 6000
PAGES = (
    "/", "/week", "/tasks", "/tasks/{task_id}", "/chat", "/history", "/insights", "/settings",
    "/changes", "/inferences", "/what-if", "/plan/certificate", "/find?text=report",
)  # fmt: skip


def faint(page: Page, *, enough: float = ENOUGH) -> list[str]:
    """Return what is too faint, with its contrast and where it stands."""
    texts: list[dict[str, Any]] = page.evaluate(f"{SCRIPT}.collect()")
    assert texts, "nothing is written here"
    page.evaluate(f"{SCRIPT}.hide()")
    picture = base64.b64encode(page.screenshot(animations="disabled")).decode()
    beside = page.context.new_page()
    found = beside.evaluate(
        f"given => {SCRIPT}.measure(given)", {"picture": picture, "texts": texts}
    )
    beside.close()
    return [
        f"{contrast:.2f} {text['name']} “{text['text']}”"
        for text, contrast in zip(texts, found, strict=True)
        if contrast < (ENOUGH_FOR_LARGE if text["large"] else enough)
    ]


def prepare(visit: Visit, theme: Any, *, width: int = 1440) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_text_stands_out(
    visit: Visit, address: Address, path: str, theme: Any, width: int
) -> None:
    done = visit.add("Water the plants 10 min p2 #home")
    visit.press(f"/tasks/{done}/completion")
    prepare(visit, theme, width=width)
    page = visit.open(address(path))
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(tall, TALLEST)})
    assert faint(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "opening",
    [
        open_task,
        lambda page: page.keyboard.press("q"),
        lambda page: page.keyboard.press("Control+k"),
        lambda page: page.keyboard.press("?"),
    ],
)
def test_every_text_of_a_dialog_stands_out(
    visit: Visit, opening: Callable[[Page], None], theme: Any
) -> None:
    visit.add("Write report 1 h p8 #work")
    prepare(visit, theme)
    page = visit.open("/tasks")
    opening(page)
    expect(page.locator("dialog:modal")).to_be_visible()
    visit.settle()
    assert faint(page) == []
