"""A hand before the screen: where a time of the timeline lies, a mouse and a finger that drag."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

Point = tuple[float, float]
phone = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
)
PLACE = """([day, minute]) => {
    const timeline = document.querySelector('#timeline');
    const column = timeline.querySelector(day ? `ol[data-day="${day}"]` : 'ol[data-day]');
    const number = (name) => parseFloat(getComputedStyle(timeline).getPropertyValue(name));
    const box = column.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + (minute - number('--from')) * number('--ppm')];
}"""


def place(page: Page, minute: int, day: str = "") -> Point:
    """Return where on the screen a minute of a day lies; of the first day when none is named."""
    x, y = page.evaluate(PLACE, [day, minute])
    return x, y + 0.5


def drag(page: Page, *points: Point) -> None:
    """Go from point to point with the button of the mouse held down."""
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


class Finger:
    """One finger on the glass."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def drag(self, *points: Point) -> None:
        """Rest at the first point until what is there can be dragged; then go on, and let go."""
        self._touch("touchStart", [points[0]])
        self.page.locator(".blk.drag").wait_for()
        for point in points[1:]:
            self._touch("touchMove", [point])
        self._touch("touchEnd", [])

    def swipe(self, *points: Point) -> None:
        """Go from point to point at once, as one who scrolls."""
        self._touch("touchStart", [points[0]])
        for point in points[1:]:
            self._touch("touchMove", [point])
        self._touch("touchEnd", [])

    def _touch(self, kind: str, points: Sequence[Point]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
