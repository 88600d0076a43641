"""What makes a browser offer to install Dayloom, and where another app's text lands."""

from urllib.parse import urlsplit

import pytest

from tests.conftest import Desk
from tests.web.visiting import Visitor


def test_the_manifest_names_icons_that_are_there(visitor: Visitor) -> None:
    answer = visitor.client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    icons = answer.json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        picture = visitor.client.get(icon["src"])
        assert picture.headers["Content-Type"] == "image/png"
        width, height = (int.from_bytes(picture.content[at : at + 4]) for at in (16, 20))
        assert icon["sizes"] == f"{width}x{height}"


@pytest.mark.parametrize("place", ["shortcuts", "share_target"])
def test_what_the_manifest_leads_to_is_there(visitor: Visitor, place: str) -> None:
    told = visitor.client.get("/manifest.webmanifest").json()[place]
    paths = [one["url"] for one in told] if place == "shortcuts" else [told["action"]]
    assert [visitor.client.get(urlsplit(path).path).status_code for path in paths] == [200] * len(
        paths
    )


@pytest.mark.parametrize(("theme", "ground"), [("light", "#e6e5e2"), ("dark", "#0a0b0d")])
def test_it_has_the_colours_that_were_chosen(visitor: Visitor, theme: str, ground: str) -> None:
    visitor.client.cookies.set("theme", theme)
    assert visitor.client.get("/manifest.webmanifest").json()["theme_color"] == ground
    assert visitor.look("/").count('<meta name="theme-color"') == 1


def test_both_colours_are_told_to_who_has_not_chosen(visitor: Visitor) -> None:
    page = visitor.look("/")
    assert 'content="#e6e5e2" media="(prefers-color-scheme: light)"' in page
    assert 'content="#0a0b0d" media="(prefers-color-scheme: dark)"' in page


def test_what_is_shared_stands_in_the_box_in_one_line(visitor: Visitor, desk: Desk) -> None:
    shared = {
        "title": "A talk",
        "text": "See\nhttps://example.com/1",
        "url": "https://example.com/1",
    }
    page = visitor.client.get("/add", params=shared)
    assert ">A talk See https://example.com/1</textarea>" in page.text
    assert page.headers["Referrer-Policy"] == "origin"
    assert desk.read(lambda s: s.tasks.count_unfinished()) == 0
