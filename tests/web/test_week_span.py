"""A week, three days or one, as this device shows them."""

import re

import pytest

from tests.web.visiting import Visitor


def columns(page: str) -> list[str]:
    return re.findall(r'<ol class="col[^"]*" data-day="([\d-]+)"', page)


def links(page: str) -> dict[str, str]:
    """Return where the keys of the page lead."""
    found = re.findall(r'<a [^>]*href="(/week[^"]*)"[^>]*data-key="(.)"', page)
    return {key: url.replace("&amp;", "&") for url, key in found}


def test_three_days_begin_with_the_one_asked_for(visitor: Visitor) -> None:
    page = visitor.look("/week?days=3&on=2026-11-30")
    assert columns(page) == ["2026-11-30", "2026-12-01", "2026-12-02"]
    assert "<h1>30 Nov – 2 Dec</h1>" in page


def test_one_day_is_called_by_its_name(visitor: Visitor) -> None:
    page = visitor.look("/week?days=1")
    assert columns(page) == ["2026-11-23"]
    assert "<h1>Monday <span>23 November</span></h1>" in page


@pytest.mark.parametrize(
    ("days", "before", "after"),
    [("1", "11-24", "11-26"), ("3", "11-22", "11-28"), ("7", "11-16", "11-30")],
)
def test_the_neighbours_follow_without_a_gap(
    visitor: Visitor, days: str, before: str, after: str
) -> None:
    found = links(visitor.look(f"/week?days={days}&on=2026-11-25"))
    assert found["p"] == f"/week?days={days}&on=2026-{before}"
    assert found["n"] == f"/week?days={days}&on=2026-{after}"
    assert columns(visitor.look(found["n"]))[0] == f"2026-{after}"


def test_the_key_goes_round_and_keeps_the_day(visitor: Visitor) -> None:
    url = "/week?days=7&on=2026-12-09"
    seen = []
    for _ in range(3):
        url = links(visitor.look(url))["v"]
        seen.append(len(columns(visitor.look(url))))
    assert seen == [1, 3, 7]
    assert "2026-12-09" in columns(visitor.look(url))


def test_the_device_remembers_its_choice_and_a_region_does_not_change_it(visitor: Visitor) -> None:
    visitor.look("/week?days=3")
    assert len(columns(visitor.look("/week"))) == 3
    assert len(columns(visitor.part("/week?days=7&on=2026-11-23"))) == 7
    assert len(columns(visitor.look("/week"))) == 3


@pytest.mark.parametrize("days", ["", "0", "2", "seven", "1000000"])
def test_another_number_is_a_week(visitor: Visitor, days: str) -> None:
    assert len(columns(visitor.look(f"/week?days={days}"))) == 7
