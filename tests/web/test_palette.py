"""A few words find a task, an order or a page, or become a task."""

import re
from html import unescape

import pytest

from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

LINES = """Write the report 2h p8 #work +Website
Report the broken lamp 20 min
Call Jonas 20 min"""
LABEL = re.compile(r'role="option"[^>]*>(.*?)(?:<small>|<kbd>|</a>|</button>)', re.DOTALL)


@pytest.fixture(autouse=True)
def tasks(desk: Desk) -> None:
    desk.write(lambda s: s.capture.add_lines(LINES))


def labels(visitor: Visitor, text: str) -> list[str]:
    return [unescape(found) for found in LABEL.findall(visitor.part(f"/find?text={text}"))]


def test_without_a_word_it_offers_pages_and_orders(visitor: Visitor) -> None:
    found = labels(visitor, "")
    assert found[0] == "Today"
    assert {"Settings", "Plan again", "Undo the last change"} <= set(found)
    assert not any(label.startswith("Add") for label in found)


def test_what_runs_comes_first(visitor: Visitor) -> None:
    visitor.send("/tasks/3/start", {})
    assert labels(visitor, "")[:2] == ["Stop “Call Jonas”", "Finish “Call Jonas”"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("jon", "Call Jonas"),
        ("report", "Report the broken lamp"),
        ("write report", "Write the report"),
        ("website", "Write the report"),
        ("week", "Week"),
        ("settings work", "Working hours"),
        ("replan", "Plan again"),
        ("start jonas", "Start “Call Jonas”"),
        ("done lamp", "Finish “Report the broken lamp”"),
        ("tomorrow jonas", "Not before tomorrow: “Call Jonas”"),
        ("Ring Maya 30 min", "Add “Ring Maya 30 min”"),
    ],
)
def test_the_likeliest_comes_first(visitor: Visitor, text: str, first: str) -> None:
    assert labels(visitor, text)[0] == first


def test_finished_tasks_are_found_after_the_others(visitor: Visitor) -> None:
    visitor.send("/tasks/2/completion", {})
    assert labels(visitor, "report")[:2] == ["Write the report", "Report the broken lamp"]
    assert labels(visitor, "reopen lamp")[0] == "Open again “Report the broken lamp”"
    assert not [one for one in labels(visitor, "start lamp") if one.startswith("Start")]


def test_what_it_would_add_is_understood_first(visitor: Visitor) -> None:
    page = visitor.part("/find?text=Ring+Maya+tomorrow+9:00+30+min")
    assert "at tomorrow 09:00 · takes 30 min" in page


def test_orders_are_carried_out(visitor: Visitor) -> None:
    page = visitor.part("/find?text=tomorrow+jonas")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', page))
    answer = visitor.send("/tasks/selection", {"task": fields["task"], "later": fields["later"]})
    assert toast(answer)["text"] == "“Call Jonas”: not before tomorrow"


@pytest.mark.parametrize("text", ["%", "_", "\\", "<script>", "x" * 5000, "²", "\x00"])
def test_any_text_is_borne(visitor: Visitor, text: str) -> None:
    page = visitor.client.get("/find", params={"text": text})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert 'id="found"' in page.text
