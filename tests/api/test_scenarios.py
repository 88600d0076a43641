"""What if, over REST."""

import pytest

from tests.api.conftest import Api, Body

MEETING = {
    "kind": "meeting",
    "title": "Board",
    "start": "2026-11-23T09:00:00+01:00",
    "minutes": 120,
}


def suppose(api: Api, **given: object) -> Body:
    return api.post("/scenarios?wait_seconds=30", given, status=201)


@pytest.mark.usefixtures("worker")
def test_a_what_if_is_compared_and_kept(api: Api) -> None:
    api.add("Report", duration_minutes=180, due="2026-11-23T12:00:00+01:00")
    api.post("/plan/proposals?wait_seconds=30", status=201)
    shown = suppose(api, text="board meeting today 9:00 2h")
    assert (shown["id"], shown["state"], shown["sentence"]) == (1, "solved", "")
    assert shown["name"] == "“Board meeting” today 09:00–11:00"
    (supposed,) = shown["suppositions"]
    assert supposed["kind"] == "meeting"
    assert supposed["fields"] == {
        "title": "Board meeting", "start": "2026-11-23T09:00:00+01:00", "minutes": 120,
    }  # fmt: skip
    compared = shown["comparison"]
    assert compared["sentences"] == [
        "“Report” (#1) would be 2 h late instead of in time.",
        "“Board meeting” would lie today 09:00–11:00.",
        "Only “Report” (#1) would move, from 09:00 to 11:00.",
        "The fullest day would be today with 5 h, now it is today with 3 h.",
    ]
    assert compared["days"] == [{"day": "2026-11-23", "before_minutes": 180, "after_minutes": 300}]
    assert compared["totals"] == {
        "moved_tasks": 1, "moved_minutes": 120, "at_risk_before": 0, "at_risk_after": 1,
        "late_minutes_before": 0, "late_minutes_after": 120,
        "sentence": "1 task moves, 2 h in all. At risk: 0 before, 1 after. Late in all: nothing "
        "before, 2 h after.",
    }  # fmt: skip
    assert {one["task_id"]: one["kind"] for one in compared["changes"]} == {
        None: "added",
        1: "moved",
    }
    (risk,) = compared["at_risk"]
    assert (risk["task_id"], risk["late_after_minutes"]) == (1, 120)
    before = api.get("/plan")
    assert [slot["task_id"] for slot in before["slots"]] == [1]

    kept = api.post("/scenarios/1/acceptance")
    assert (kept["cause"], kept["state"]) == ("what_if", "accepted")
    after = {slot["title"]: slot["start"] for slot in api.get("/plan")["slots"]}
    assert after == {
        "Board meeting": "2026-11-23T09:00:00+01:00", "Report": "2026-11-23T11:00:00+01:00",
    }  # fmt: skip
    assert api.get("/scenarios")["scenarios"] == []
    api.post("/scenarios/1/acceptance", status=404)


@pytest.mark.usefixtures("worker")
def test_fields_say_the_same_as_words(api: Api) -> None:
    task = api.add("Report", duration_minutes=60)
    shown = suppose(
        api,
        name="All of it",
        suppositions=[
            MEETING,
            {"kind": "day_off", "first": "2026-11-25"},
            {"kind": "day_off", "first": "2026-11-26", "last": "2026-11-27", "all_hours": True},
            {"kind": "work", "title": "Client X", "minutes": 600, "splittable": True,
             "due": "2026-12-16T00:00:00+01:00"},
            {"kind": "hours", "day": "2026-11-28", "start": "09:00", "end": "12:00"},
            {"kind": "without", "task_id": task["id"]},
        ],
    )  # fmt: skip
    assert shown["name"] == "All of it"
    assert [one["says"] for one in shown["suppositions"]] == [
        "“Board” today 09:00–11:00",
        "Wed off",
        "Thu to Fri off, all hours",
        "“Client X”, 10 h, by the end of Tue 15 Dec, in pieces",
        "More hours Sat 09:00–12:00",
        "Without “Report” (#1)",
    ]
    assert {slot["title"] for slot in shown["comparison"]["slots"]} == {"Board", "Client X"}
    for one in shown["suppositions"]:
        again = {"kind": one["kind"], **one["fields"]}
        assert suppose(api, suppositions=[again])["suppositions"] == [one]


@pytest.mark.usefixtures("worker")
def test_a_changed_world_is_planned_through_again_when_somebody_looks(api: Api) -> None:
    first = suppose(api, text="take Friday off")
    assert first["comparison"]["slots"] == []
    api.add("Report", duration_minutes=60)
    stale = api.get("/scenarios/1")
    assert stale["state"] == "outdated"
    assert stale["sentence"].startswith("Something has changed since")
    api.post("/scenarios/1/acceptance", status=409)
    fresh = api.get("/scenarios/1?wait_seconds=30")
    assert fresh["state"] == "solved"
    assert len(fresh["comparison"]["slots"]) == 1


def test_without_a_worker_it_waits(api: Api) -> None:
    shown = api.post("/scenarios", {"text": "take Friday off"}, status=201)
    assert (shown["state"], shown["comparison"]) == ("waiting", None)
    problem = api.post("/scenarios/1/acceptance", status=409)
    assert "not planned through yet" in problem["detail"]


def test_one_that_is_thrown_away_is_gone(api: Api) -> None:
    api.post("/scenarios", {"text": "take Friday off"}, status=201)
    api.ask("DELETE", "/scenarios/1", status=204)
    api.ask("DELETE", "/scenarios/1", status=404)
    problem = api.get("/scenarios/1", status=404)
    assert problem["detail"] == "There is no what-if 1."


def test_there_is_an_end_to_it(api: Api) -> None:
    for day in range(1, 9):
        api.post("/scenarios", {"text": f"take {day} December off"}, status=201)
    problem = api.post("/scenarios", {"text": "take Friday off"}, status=409)
    assert problem["detail"] == "There are 8 what-ifs; throw one away first."
    assert [one["id"] for one in api.get("/scenarios")["scenarios"]] == list(range(1, 9))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Say what might be."),
        ({"text": "hello"}, "“hello” is not understood."),
        ({"text": "work Saturday"}, "From when to when is “work Saturday”?"),
        ({"text": "take Friday afternoon off"}, "Only whole days are taken off"),
        ({"text": "say yes to Thursday's 2 h meeting"}, "At what time does"),
        ({"text": "write the proposal by Friday"}, "How long does"),
        ({"text": "without #9"}, "No open task is called “#9”"),
        ({"text": "take Friday off\n" * 11}, "One what-if supposes at most 10 things"),
        ({"text": "take 1 May 2027 off"}, "A what-if looks 12 weeks ahead"),
        ({"text": "x" * 500}, "One what-if has at most 400 characters."),
        ({"text": ""}, "Text"),
        ({"text": "take Friday off", "name": "x" * 101}, "Name"),
        ({"suppositions": [{"kind": "without", "task_id": 9}]}, "There is no open task #9."),
        ({"suppositions": [{"kind": "wish"}]}, "tag"),
        ({"suppositions": [{**MEETING, "minutes": 3}]}, "greater than or equal to 5"),
        ({"suppositions": [{**MEETING, "minutes": 2000}]}, "between 5 minutes and 24 hours"),
        ({"suppositions": [{**MEETING, "title": " "}]}, "Say what there is to do."),
        ({"suppositions": [{**MEETING, "start": "2026-11-20T09:00:00Z"}]}, "over already"),
        ({"suppositions": [{**MEETING, "start": "2026-11-23 9"}]}, "write a time"),
        ({"suppositions": [{"kind": "day_off", "first": "soon"}]}, "write a date as 2026-12-24"),
        ({"suppositions": [{"kind": "day_off", "first": "2026-11-01"}]}, "over already"),
        (
            {"suppositions": [{"kind": "day_off", "first": "2026-12-02", "last": "2026-12-01"}]},
            "The last day lies before the first.",
        ),
        (
            {"suppositions": [{"kind": "day_off", "first": "2026-12-02", "last": "2027-02-10"}]},
            "At most 60 days",
        ),
        (
            {"suppositions": [{"kind": "day_off", "first": "2026-12-02", "hour_map": "night"}]},
            "There are no hours named “night”.",
        ),
        (
            {"suppositions": [
                {"kind": "hours", "day": "2026-11-28", "start": "12:00", "end": "09:00"}
            ]},
            "More hours end on the day on which they begin.",
        ),
        (
            {"suppositions": [
                {"kind": "hours", "day": "2026-11-28", "start": "12:00", "end": "12:00"}
            ]},
            "12:00–12:00 is empty",
        ),
        ({"suppositions": [{"kind": "work", "title": "X", "minutes": 3000}]}, "40 hours"),
        (
            {"suppositions": [{"kind": "work", "title": "X", "minutes": 60,
              "due": "2026-11-20T09:00:00Z"}]},
            "over already",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_supposed_is_told(api: Api, given: Body, sentence: str) -> None:
    problem = api.post("/scenarios", given, status=422)
    assert sentence.casefold() in problem["detail"].casefold()
    assert api.get("/scenarios")["scenarios"] == []
