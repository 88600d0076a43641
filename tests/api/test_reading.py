"""What is understood of words, without storing anything."""

import pytest

from tests.api.conftest import Api


def test_every_value_tells_where_it_came_from(api: Api) -> None:
    (draft,) = api.post("/parse", {"text": "Taxes 3h must be done by 30 Nov p9 #admin"})["drafts"]
    assert draft["title"] == "Taxes"
    assert draft["duration_minutes"] == {"value": 180, "start": 6, "end": 8, "guess": False}
    assert draft["deadline"]["value"] == "2026-12-01T00:00:00+01:00"
    assert [tag["value"] for tag in draft["tags"]] == ["admin"]
    assert draft["due"] is None


def test_says_whether_it_fits_and_with_how_much_to_spare(api: Api) -> None:
    fits, late = api.post("/parse", {"text": "One 1h due today\nTwo 10h due today"})["drafts"]
    assert fits["slots"] == [
        {"start": "2026-11-23T09:00:00+01:00", "end": "2026-11-23T10:00:00+01:00"}
    ]
    assert (fits["fits"], fits["spare_minutes"]) == (True, 14 * 60)
    assert late["spare_minutes"] < 0


def test_what_has_no_room_says_so(api: Api) -> None:
    text = "Long 7h must be done by today 10:00"
    (draft,) = api.post("/parse", {"text": text})["drafts"]
    assert (draft["fits"], draft["slots"], draft["spare_minutes"]) == (False, [], None)


def test_dependencies_and_times_of_day_are_told(api: Api) -> None:
    api.add("Before")
    (draft,) = api.post("/parse", {"text": "Run tomorrow morning after #1"})["drafts"]
    assert draft["after"][0]["value"] == {"task_id": 1, "gap_minutes": 0}
    assert draft["times_of_day"][0]["value"]["name"] == "morning"


def test_nothing_is_stored(api: Api) -> None:
    api.post("/parse", {"text": "Write 2h"})
    assert api.get("/tasks")["tasks"] == []


@pytest.mark.parametrize("text", ["", None, 5, "x" * 40_001, "a\0b", "x" * 4_001, "a\n" * 201])
def test_refuses_what_cannot_be_read(api: Api, text: object) -> None:
    problem = api.post("/parse", {"text": text}, status=422)
    assert problem["errors"][0]["field"] == "text"


def test_the_truth_about_a_line_names_who_would_move(api: Api) -> None:
    other = api.add("Read", duration_minutes=120)
    (draft,) = api.post("/parse", {"text": "Write 1h due today 10:00 p8"})["drafts"]
    truth = draft["truth"]
    assert (truth["code"], truth["sentence"]) == ("moves", "fits if “Read” (#1) moves to 10:00")
    assert truth["tasks"] == [{"task_id": other["id"], "title": "Read"}]
    assert truth["slots"][0]["start"] == "2026-11-23T09:00:00+01:00"
